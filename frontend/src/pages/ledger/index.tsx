import { Answer, Nothing, Trouble } from "../../components/states";
import { Actor, Days, Grade, Id, PlaceName, Term, Words } from "../../components/text";
import { t } from "../../i18n";
import { address, ask, href, hrefWith, type Query } from "../../route";
import { useAnswer } from "../../state";
import type { DisputeRow, List } from "../../types";
import { Sides, Verdict, Working } from "./dossier";
import type { DossierRow } from "./rows";
import "./ledger.css";

const AT_ONCE = "10";
const STANDINGS = ["true", "false", "all"] as const;

/** What some affirm and others deny: both sides side by side, the open ones first. */
export default function Ledger() {
  const { open = "true", place = "", after = "", as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<List<DisputeRow>>("disputes", {
    open: open === "all" ? "" : open,
    place,
    after,
    as_of,
    rules,
    limit: AT_ONCE,
  });
  return (
    <>
      <div class="page-head">
        <h1>{t("nav.ledger")}</h1>
        <p>{t("ledger.lead")}</p>
      </div>
      <Filters open={open} place={place} />
      <Answer loaded={loaded}>
        {(list) => (
          <>
            <p class="count" role="status">
              {t("ledger.count", { n: list.total })}
            </p>
            {list.items.length === 0 && <Nothing>{t("ledger.nothing")}</Nothing>}
            <ol class="disputes">
              {list.items.map((row) => (
                <li key={row.proposition}>
                  <Card row={row} query={{ as_of, rules }} />
                </li>
              ))}
            </ol>
            <nav class="turns" aria-label={t("ledger.turns")}>
              {after && <a href={hrefWith({ after: "" })}>{t("ledger.first")}</a>}
              {list.next && <a href={hrefWith({ after: list.next })}>{t("ledger.next")}</a>}
            </nav>
          </>
        )}
      </Answer>
    </>
  );
}

function Filters({ open, place }: { readonly open: string; readonly place: string }) {
  return (
    <search>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          {t("ledger.standing")}
          <select
            value={open}
            onChange={(event) =>
              ask({ open: event.currentTarget.value === "true" ? "" : event.currentTarget.value, after: "" })
            }
          >
            {STANDINGS.map((one) => (
              <option key={one} value={one}>
                {t(one === "true" ? "ledger.open" : one === "false" ? "ledger.closed" : "ledger.all")}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("title.place")}
          <input
            type="search"
            dir="auto"
            value={place}
            onChange={(event) => ask({ place: event.currentTarget.value.trim(), after: "" })}
          />
        </label>
      </form>
    </search>
  );
}

/** One dispute: its line at once, the words of both sides as soon as they are there. */
function Card({ row, query }: { readonly row: DisputeRow; readonly query: Query }) {
  const loaded = useAnswer<{ items: readonly DossierRow[] }>(`assess/${encodeURIComponent(row.proposition)}`, query);
  const of = loaded.data?.items[0];
  return (
    <article class="dispute" aria-labelledby={`h-${row.proposition}`}>
      <h2 id={`h-${row.proposition}`}>
        <a href={href("assess", row.proposition)}>{of ? <Words>{of.headline}</Words> : <Outline row={row} />}</a>
      </h2>
      <p class="about">
        <Days from={row.from} to={row.to} />
        {row.place && <PlaceName name={row.place} />}
        <Id id={row.proposition} />
        {row.also.length > 0 && <span>{t("ledger.also", { n: row.also.length })}</span>}
      </p>
      {loaded.problem && <Trouble problem={loaded.problem} again={loaded.again} />}
      {of ? (
        <>
          <Verdict of={of} />
          <Sides of={of} />
          <Working of={of} />
        </>
      ) : (
        <Names row={row} />
      )}
    </article>
  );
}

function Outline({ row }: { readonly row: DisputeRow }) {
  return (
    <>
      {row.agent && <Words>{row.agent}</Words>} <Term kind="event" word={row.event} />{" "}
      {row.place && <Words>{row.place}</Words>}
    </>
  );
}

function Names({ row }: { readonly row: DisputeRow }) {
  const camps = [
    ["for", "ledger.for", row.supporters],
    ["against", "ledger.against", row.deniers],
  ] as const;
  return (
    <>
      <p class="verdict">
        <Grade grade={row.grade} />
      </p>
      <div class="camps">
        {camps.map(([side, key, names]) => (
          <section key={side} class={`camp camp-${side}`}>
            <h3>{t(key, { n: names.length })}</h3>
            <ul>
              {names.map((name) => (
                <li key={name}>
                  <Actor name={name} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
