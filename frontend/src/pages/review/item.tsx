import { useEffect, useRef } from "preact/hooks";
import { Actor, Days, Id, PlaceName, Term, Words } from "../../components/text";
import { type Key, t } from "../../i18n";
import { href } from "../../route";
import { ClaimWords } from "../report/claims";
import { type ReviewRow, SETTABLE } from "./rows";
import { changes } from "./sitting";

/** One claim with its sentence and why it should be looked at; or the form that corrects it. */
export function Item({
  item,
  correcting,
  correct,
  cancel,
}: {
  readonly item: ReviewRow;
  readonly correcting: boolean;
  readonly correct: (values: Record<string, string | number | null>) => void;
  readonly cancel: () => void;
}) {
  return (
    <article class="review-item">
      <h2>
        <ClaimWords claim={item} publisher={null} />
      </h2>
      <p class="because">
        {item.reasons.map((reason) => (
          <span key={reason}>
            <Words>{reason}</Words>
          </span>
        ))}
      </p>
      <blockquote class="quote" dir="auto">
        {item.words}
      </blockquote>
      <p>
        <a href={href("report", item.report, {}, `claim=${item.id}`)}>{t("review.in_context")}</a>{" "}
        {item.propositions.map((one) => (
          <span key={one}>
            <Id id={one} />{" "}
          </span>
        ))}
      </p>
      {correcting ? <Correction item={item} correct={correct} cancel={cancel} /> : <Facts item={item} />}
    </article>
  );
}

function Facts({ item }: { readonly item: ReviewRow }) {
  return (
    <dl class="facts">
      <div>
        <dt>{t("report.stance")}</dt>
        <dd>
          <Term kind="stance" word={item.stance} />
          {t("list.comma")}
          <Term kind="certainty" word={item.certainty} />
        </dd>
      </div>
      <div>
        <dt>{t("report.agent")}</dt>
        <dd>
          <Actor name={item.agent} />
        </dd>
      </div>
      <div>
        <dt>{t("report.target")}</dt>
        <dd>
          <Actor name={item.target} />
        </dd>
      </div>
      <div>
        <dt>{t("title.place")}</dt>
        <dd>
          <PlaceName name={item.place_canonical ?? item.place} />
        </dd>
      </div>
      <div>
        <dt>{t("report.when")}</dt>
        <dd>
          <Days from={item.from} to={item.to} />
        </dd>
      </div>
    </dl>
  );
}

/** A field for everything that can be corrected, with what was read in it; the server says what a value may be. */
function Correction({
  item,
  correct,
  cancel,
}: {
  readonly item: ReviewRow;
  readonly correct: (values: Record<string, string | number | null>) => void;
  readonly cancel: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const before = item as unknown as Readonly<Record<string, unknown>>;
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      ref={form}
      class="correction"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget as HTMLFormElement);
        correct(changes(before, Object.fromEntries([...given].map(([name, value]) => [name, String(value)]))));
      }}
      onKeyDown={(event) => event.key === "Escape" && cancel()}
    >
      <p>{t("review.correct_hint")}</p>
      <div class="fields">
        {SETTABLE.map((name) => (
          <label key={name}>
            {t(`field.${name}` as Key)}
            <input
              name={name}
              dir="auto"
              value={before[name] === null || before[name] === undefined ? "" : String(before[name])}
            />
          </label>
        ))}
      </div>
      <button type="submit">{t("review.keep_correction")}</button>{" "}
      <button type="button" onClick={cancel}>
        {t("review.cancel")}
      </button>
    </form>
  );
}
