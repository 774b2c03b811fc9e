import { useEffect, useRef, useState } from "preact/hooks";
import { get, question, send } from "../../api";
import { SignIn } from "../../components/signin";
import { Answer, Nothing } from "../../components/states";
import { Say, Words } from "../../components/text";
import { type Key, t } from "../../i18n";
import { monitor, useAnswer } from "../../state";
import type { List } from "../../types";
import { Beside } from "./beside";
import { Item } from "./item";
import type { JudgementRow, ReviewRow, Ruling } from "./rows";
import { signOut, worded } from "./session";
import { type Deed, type Done, deedOf, KEYS, last, next, type Second, seconds } from "./sitting";
import "./review.css";

const AT_ONCE = "50";

/** Claims that a person should look at, one after another, by the keyboard. */
export default function Review() {
  const now = monitor.value;
  const user = now?.can_review ? now.user : null;
  return (
    <>
      <div class="page-head">
        <h1>{t("nav.review")}</h1>
        <p>{t("review.lead")}</p>
      </div>
      {user ? (
        <Queue user={user} key={user} />
      ) : (
        <>
          <p>{t("review.needs_token")}</p>
          <SignIn />
        </>
      )}
    </>
  );
}

function Queue({ user }: { readonly user: string }) {
  const loaded = useAnswer<List<ReviewRow>>("review", { user, limit: AT_ONCE });
  return (
    <>
      <p class="who">
        <Say k="review.as" user={<Words>{user}</Words>} />{" "}
        <button type="button" onClick={() => void signOut()}>
          {t("review.sign_out")}
        </button>
      </p>
      <Answer loaded={loaded}>{(list) => <Sitting queue={list.items} user={user} again={loaded.again} />}</Answer>
    </>
  );
}

/** One sitting: rulings are sent as they are made; one that fails brings its claim back, and says why. */
function Sitting({
  queue,
  user,
  again,
}: {
  readonly queue: readonly ReviewRow[];
  readonly user: string;
  readonly again: () => void;
}) {
  const [done, setDone] = useState<readonly Done[]>([]);
  const [others, setOthers] = useState<{ claim: string; said: readonly Second[] } | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const why = useRef<HTMLInputElement>(null);
  const item = next(queue, done);

  const note = (id: string, change: Partial<Done>) =>
    setDone((before) =>
      before.map((one) => (one.item.id === id && one.state !== "undone" ? { ...one, ...change } : one)),
    );

  const rule = async (ruling: Ruling, values: Record<string, string | number | null> = {}) => {
    if (!item) return;
    const reason = why.current?.value.trim() || (ruling === "accept" ? t("review.accepted") : "");
    if (!reason) {
      setTrouble(t("review.why_needed"));
      why.current?.focus();
      return;
    }
    setTrouble(null);
    setCorrecting(false);
    setDone((before) => [
      ...before.filter((one) => one.item.id !== item.id),
      { item, ruling, state: "sending", id: null },
    ]);
    if (why.current) why.current.value = "";
    try {
      const made = await send<JudgementRow>("judgements", { kind: ruling, subject: item.id, reason, values });
      note(item.id, { state: "kept", id: made.id });
      const rows = await get<List<JudgementRow>>(question("judgements", { subject: item.id, limit: "500" }));
      setOthers({ claim: item.id, said: seconds(rows.items, user) });
    } catch (failed) {
      note(item.id, { state: "failed" });
      setTrouble(t("review.not_kept", { why: worded(failed) }));
    }
  };

  const undo = async () => {
    const before = last(done);
    if (!before?.id) {
      setTrouble(t("review.nothing_to_undo"));
      return;
    }
    try {
      await send("judgements", { kind: "undo", subject: before.id, reason: t("review.undone") });
      note(before.item.id, { state: "undone" });
      setOthers(null);
      setTrouble(null);
    } catch (failed) {
      setTrouble(t("review.not_kept", { why: worded(failed) }));
    }
  };

  const act = (deed: Deed) => {
    if (deed === "undo") void undo();
    else if (!item) return;
    else if (deed === "skip") setDone((before) => [...before, { item, ruling: "skip", state: "kept", id: null }]);
    else if (deed === "correct") setCorrecting(true);
    else void rule(deed);
  };
  useKeys(act);

  return (
    <div class="sitting">
      <div>
        {trouble && (
          <p role="alert" class="trouble">
            {trouble}
          </p>
        )}
        {item ? (
          <>
            <p class="count" role="status">
              {t("review.left", { n: queue.filter((one) => next([one], done)).length })}
            </p>
            <Item
              key={item.id}
              item={item}
              correcting={correcting}
              correct={(values) => void rule("correct", values)}
              cancel={() => setCorrecting(false)}
            />
            <Deeds act={act} why={why} />
          </>
        ) : (
          <Nothing>
            {t("review.empty")}{" "}
            <button type="button" onClick={again}>
              {t("review.more")}
            </button>
          </Nothing>
        )}
      </div>
      <Beside done={done} others={others} user={user} />
    </div>
  );
}

function Deeds({
  act,
  why,
}: {
  readonly act: (deed: Deed) => void;
  readonly why: { readonly current: HTMLInputElement | null };
}) {
  return (
    <div class="deeds">
      <label>
        {t("review.why")}
        <input ref={why as never} type="text" dir="auto" maxLength={2000} />
      </label>
      <div class="keys-row" role="toolbar" aria-label={t("review.deeds")}>
        {Object.entries(KEYS).map(([key, deed]) => (
          <button key={key} type="button" class={`deed deed-${deed}`} aria-keyshortcuts={key} onClick={() => act(deed)}>
            {t(`review.${deed}` as Key)} <kbd>{key}</kbd>
          </button>
        ))}
      </div>
    </div>
  );
}

function useKeys(act: (deed: Deed) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
      const deed = deedOf(event, typing);
      if (!deed) return;
      event.preventDefault();
      act(deed);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [act]);
}
