import { t } from "../i18n";
import { href } from "../route";
import type { ClaimRow, DisputeRow } from "../types";
import { Nothing } from "./states";
import { Actor, Days, Grade, Id, PlaceName, Term, Unknown, Voice, Words } from "./text";

/** Disputes as a table: what is disputed, by whom it is said and denied, and how it stands. */
export function Disputes({ rows }: { readonly rows: readonly DisputeRow[] }) {
  if (rows.length === 0) return <Nothing>{t("disputes.none")}</Nothing>;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("column.matter")}</th>
            <th scope="col">{t("column.days")}</th>
            <th scope="col">{t("column.for")}</th>
            <th scope="col">{t("column.against")}</th>
            <th scope="col">{t("column.grade")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.proposition}>
              <td>
                <Matter event={row.event} agent={row.agent} place={row.place} /> <Id id={row.proposition} />
              </td>
              <td>
                <Days from={row.from} to={row.to} />
              </td>
              <td>
                <Names names={row.supporters} />
              </td>
              <td>
                <Names names={row.deniers} />
              </td>
              <td>
                <Grade grade={row.grade} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Claims as a table: who says what, of when and where, and in which report. */
export function Claims({ rows }: { readonly rows: readonly ClaimRow[] }) {
  if (rows.length === 0) return <Nothing>{t("claims.none")}</Nothing>;
  return (
    <div class="scroll">
      <table class="claims">
        <thead>
          <tr>
            <th scope="col">{t("column.who-says")}</th>
            <th scope="col">{t("column.what")}</th>
            <th scope="col">{t("column.place")}</th>
            <th scope="col">{t("column.days")}</th>
            <th scope="col">{t("column.report")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Source row={row} />
              </td>
              <td>
                <What row={row} />
              </td>
              <td>
                <PlaceName name={row.place} />
              </td>
              <td>
                <Days from={row.from} to={row.to} />
              </td>
              <td>
                <a href={href("report", row.report, { claim: row.id })}>
                  <Words>{row.report}</Words>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is disputed, in the words of the vocabulary: event, who, where. */
export function Matter({
  event,
  agent,
  place,
}: {
  readonly event: string;
  readonly agent: string | null;
  readonly place: string | null;
}) {
  return (
    <span class="matter">
      <b>
        <Term kind="event" word={event} />
      </b>
      {agent && (
        <>
          {" · "}
          <Actor name={agent} />
        </>
      )}
      {place && (
        <>
          {" · "}
          <PlaceName name={place} />
        </>
      )}
    </span>
  );
}

function Source({ row }: { readonly row: ClaimRow }) {
  return (
    <>
      {row.source === "narrator" ? t("source.narrator") : <Voice name={row.source} />}
      {row.speaker && (
        <>
          {" "}
          (<Words>{row.speaker}</Words>)
        </>
      )}
    </>
  );
}

function What({ row }: { readonly row: ClaimRow }) {
  return (
    <>
      {row.polarity === "denied" && <span class="denied">{t("polarity.denied")} </span>}
      <b>
        <Term kind="event" word={row.event} />
      </b>
      {row.certainty !== "certain" && (
        <>
          {" "}
          (<Term kind="certainty" word={row.certainty} />)
        </>
      )}
      {(row.agent || row.target) && (
        <span class="parties">
          {" "}
          <Actor name={row.agent} />
          {row.target && (
            <>
              {" "}
              <span class="onto" role="img" aria-label={t("claim.onto")}>
                →
              </span>{" "}
              <Actor name={row.target} />
            </>
          )}
        </span>
      )}{" "}
      <Id id={row.id} />
    </>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <Unknown k="nobody" />;
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <Voice name={name} />
        </li>
      ))}
    </ul>
  );
}
