import { useState } from "preact/hooks";
import { Say, Words } from "../../components/text";
import { t } from "../../i18n";
import { href, hrefWith } from "../../route";
import type { Palette } from "./icons";
import { Sign } from "./legend";
import { NoWordSince, type Shown, StandingSaid } from "./words";

/** So many towns are listed before one asks for all. */
const FEW = 60;

/** The towns that the map shows, as a table: all that the map tells is here in words. */
export function TownList({
  shown,
  inSight,
  selected,
  palette,
}: {
  readonly shown: readonly Shown[];
  readonly inSight: (one: Shown) => boolean;
  readonly selected: string | null;
  readonly palette: Palette;
}) {
  const [all, setAll] = useState(false);
  const visible = shown.filter(inSight);
  const rows = all ? visible : visible.slice(0, FEW);
  return (
    <section class="town-list" aria-labelledby="town-list">
      <h2 id="town-list">
        <Say k="map.list" n={visible.length} all={t("map.places", { n: shown.length })} />
      </h2>
      <div class="town-rows">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("column.place")}</th>
              <th scope="col">{t("column.stands")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <TownRow key={one.key} one={one} selected={one.key === selected} palette={palette} />
            ))}
          </tbody>
        </table>
        {rows.length < visible.length && (
          <button type="button" onClick={() => setAll(true)}>
            {t("map.list-all", { n: visible.length })}
          </button>
        )}
      </div>
    </section>
  );
}

function TownRow({
  one,
  selected,
  palette,
}: {
  readonly one: Shown;
  readonly selected: boolean;
  readonly palette: Palette;
}) {
  return (
    <tr class={selected ? "selected" : ""}>
      <th scope="row">
        <Sign icon={one.icon} palette={palette} />
        <a href={hrefWith({ place: one.key })} {...(selected && { "aria-current": "true" as const })}>
          <Words>{one.key}</Words>
        </a>
      </th>
      <td>
        <StandingSaid standing={one.standing} />
        <NoWordSince standing={one.standing} silent={one.silent} />
        <Notes one={one} />
      </td>
    </tr>
  );
}

function Notes({ one }: { readonly one: Shown }) {
  return (
    <>
      {one.changed && <span class="tag changed">{t("map.changed")}</span>}
      {one.town.disputed && (
        <a class="tag disputed" href={href("ledger", null, { place: one.town.place })}>
          {t("map.disputed")}
        </a>
      )}
      {one.town.lat === null && <span class="tag">{t("map.nowhere")}</span>}
    </>
  );
}
