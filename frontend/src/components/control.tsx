import { dayOf, dayWords, instantWords } from "../dates";
import { locale, t } from "../i18n";
import { zone } from "../state";
import type { ControlRow } from "../types";
import { Nothing } from "./states";
import { Actor, Id, PlaceName, Term, Unknown, Voice, When } from "./text";

/** Hours after which an account's silence on a place is told, as the situation report does. */
const SILENT = 48;

/** Spells of control by each account; `of` says what the page is about, and is left out of the rows. */
export function Control({ rows, of }: { readonly rows: readonly ControlRow[]; readonly of: "place" | "holder" }) {
  if (rows.length === 0) return <Nothing>{t("control.none")}</Nothing>;
  return (
    <div class="scroll">
      <table class="control">
        <thead>
          <tr>
            <th scope="col">{t("column.account")}</th>
            <th scope="col">{t(of === "place" ? "column.holder" : "column.place")}</th>
            <th scope="col">{t("column.stands")}</th>
            <th scope="col">{t("column.from")}</th>
            <th scope="col">{t("column.to")}</th>
            <th scope="col">{t("column.last-word")}</th>
            <th scope="col">{t("column.claims")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Spell key={`${row.according_to} ${row.place} ${row.holder} ${row.status} ${row.from}`} row={row} of={of} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Spell({ row, of }: { readonly row: ControlRow; readonly of: "place" | "holder" }) {
  const account = <Voice name={row.according_to} side={row.side ?? null} />;
  if (row.holder === null)
    return (
      <tr class="no-word">
        <td>{account}</td>
        <td colSpan={6}>
          <Unknown k="control.no-word" />
        </td>
      </tr>
    );
  return (
    <tr class={row.to ? "ended" : ""}>
      <td>{account}</td>
      <td>{of === "place" ? <Actor name={row.holder} /> : <PlaceName name={row.place} />}</td>
      <td>
        <Term kind="stands" word={row.status} />
      </td>
      <td>
        <When at={row.from} />
      </td>
      <td>{row.to ? <When at={row.to} /> : <span class="days">{t("control.still")}</span>}</td>
      <td>
        <LastWord row={row} />
      </td>
      <td>
        {row.claims.slice(-2).map((id) => (
          <Id key={id} id={id} />
        ))}
        {row.claims.length > 2 && <bdi dir="ltr"> +{row.claims.length - 2}</bdi>}
      </td>
    </tr>
  );
}

/** When an account last spoke of it; where that is long ago, that it has been silent since. */
function LastWord({ row }: { readonly row: ControlRow }) {
  if (!row.last_heard || row.silent_hours === null || row.silent_hours < SILENT) return <When at={row.last_heard} />;
  const style = { locale: locale.value, zone: zone.value };
  return (
    <time class="silent" dateTime={row.last_heard} title={instantWords(row.last_heard, style)}>
      {t("control.silent", { day: dayWords(dayOf(row.last_heard, zone.value), style, true) })}
    </time>
  );
}
