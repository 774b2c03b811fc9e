import { Choice, Field } from "../../components/filters";
import { Claims } from "../../components/rows";
import { Answer, Nothing } from "../../components/states";
import { Unknown, When, Words } from "../../components/text";
import { t, vocabulary } from "../../i18n";
import { address, ask, href, hrefWith } from "../../route";
import { useAnswer } from "../../state";
import type { Hit, List } from "../../types";
import { marked } from "./found";
import "./search.css";

const FILTERS = ["place", "source", "event", "grade", "since", "until"] as const;
const LIMIT = "20";

interface RuleSetRow {
  readonly name: string;
  readonly grades: readonly string[];
}

/** Reports by the words in them, and by what their claims are about. */
export default function Search() {
  const { query } = address.value;
  const words = query.words ?? "";
  const narrowed = FILTERS.some((name) => query[name]);
  const given = Object.fromEntries(["as_of", "rules", "after", ...FILTERS].map((name) => [name, query[name] ?? ""]));
  const loaded = useAnswer<List<Hit>>(words || narrowed ? "search" : null, { ...given, words, limit: LIMIT });
  return (
    <>
      <h1>{t("nav.search")}</h1>
      <Form words={words} />
      {words || narrowed ? (
        <Answer loaded={loaded}>{(found) => <Hits found={found} words={words} />}</Answer>
      ) : (
        <Nothing>{t("search.begin")}</Nothing>
      )}
    </>
  );
}

function Form({ words }: { readonly words: string }) {
  const rules = useAnswer<List<RuleSetRow>>("rules");
  const used = address.value.query.rules;
  const sets = rules.data?.items ?? [];
  const grades = (sets.find((one) => one.name === used) ?? sets[0])?.grades ?? [];
  return (
    <search>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          const box = event.currentTarget.elements.namedItem("words");
          if (box instanceof HTMLInputElement) ask({ words: box.value.trim(), after: "" });
        }}
      >
        <label class="search-words">
          {t("search.words")}
          <input name="words" type="search" dir="auto" maxLength={200} defaultValue={words} />
        </label>
        <button type="submit">{t("nav.search")}</button>
        <Field name="place" label={t("column.place")} />
        <Field name="source" label={t("column.voice")} />
        <Choice name="event" label={t("column.event")} all={t("search.any")} kind="event" words={vocabulary("event")} />
        <Choice name="grade" label={t("column.grade")} all={t("search.any")} kind="grade" words={grades} />
        <Field name="since" label={t("search.since")} date />
        <Field name="until" label={t("search.until")} date />
      </form>
    </search>
  );
}

function Hits({ found, words }: { readonly found: List<Hit>; readonly words: string }) {
  if (found.total === 0) return <Nothing>{t("search.none")}</Nothing>;
  return (
    <>
      <p class="note" role="status">
        {t("search.count", { n: found.total })}
      </p>
      <ol class="hits">
        {found.items.map((hit) => (
          <li key={hit.report}>
            <h2>
              <a href={href("report", hit.report, { words })}>{hit.title ? <Words>{hit.title}</Words> : hit.report}</a>
            </h2>
            <p class="note">
              {hit.publisher ? <Words>{hit.publisher}</Words> : <Unknown />} · <When at={hit.published} />
            </p>
            <p dir="auto" class="excerpt">
              {marked(hit.excerpt, words).map((piece, at) =>
                piece.found ? <mark key={at}>{piece.text}</mark> : piece.text,
              )}
            </p>
            {hit.claims.length > 0 && (
              <details>
                <summary>{t("search.claims", { n: hit.claims.length })}</summary>
                <Claims rows={hit.claims} />
              </details>
            )}
          </li>
        ))}
      </ol>
      <nav class="pager" aria-label={t("search.pages")}>
        {address.value.query.after && <a href={hrefWith({ after: "" })}>{t("search.first")}</a>}
        {found.next && <a href={hrefWith({ after: found.next })}>{t("search.next")}</a>}
      </nav>
    </>
  );
}
