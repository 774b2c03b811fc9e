import { Say, Term, Words } from "../../components/text";
import { type Key, t } from "../../i18n";
import { useAnswer } from "../../state";
import type { List } from "../../types";
import { ClaimWords } from "../report/claims";
import type { JudgementRow } from "./rows";
import { agreement, type Done, type Second } from "./sitting";

/** What was done in this sitting; what others said of the last claim, which is told only now; how far one agrees. */
export function Beside({
  done,
  others,
  user,
}: {
  readonly done: readonly Done[];
  readonly others: { readonly claim: string; readonly said: readonly Second[] } | null;
  readonly user: string;
}) {
  return (
    <aside class="beside-queue" aria-label={t("review.sitting")}>
      <h2>{t("review.others")}</h2>
      <div role="status">
        {others === null && <p class="nothing">{t("review.others_hidden")}</p>}
        {others?.said.length === 0 && <p>{t("review.others_none")}</p>}
        <ul>
          {others?.said.map((one) => (
            <li key={one.user} class={one.agrees ? "agrees" : "differs"}>
              <b>{t(one.agrees ? "review.agrees" : "review.differs")}</b>{" "}
              <Say
                k="review.other_said"
                user={<Words>{one.user}</Words>}
                what={<Term kind="review" word={one.kind} />}
              />{" "}
              <Words>{one.reason}</Words>
            </li>
          ))}
        </ul>
      </div>
      <Agreed user={user} key={done.map((one) => one.state).join(" ")} />
      <h2>{t("review.sitting")}</h2>
      <ol class="done">
        {[...done].reverse().map((one) => (
          <li key={`${one.item.id} ${one.state}`} class={`done-${one.state}`}>
            <b>{t(`review.${one.ruling}` as Key)}</b> ({t(`review.state.${one.state}` as Key)}){" "}
            <ClaimWords claim={one.item} publisher={null} />
          </li>
        ))}
      </ol>
    </aside>
  );
}

function Agreed({ user }: { readonly user: string }) {
  const { data } = useAnswer<List<JudgementRow>>("judgements", { limit: "500" });
  const found = data ? agreement(data.items, user) : [];
  if (found.length === 0) return null;
  return (
    <ul class="agreement">
      {found.map((one) => (
        <li key={one.user}>
          <Say k="review.agreement" n={one.both} user={<Words>{one.user}</Words>} alike={String(one.alike)} />
        </li>
      ))}
    </ul>
  );
}
