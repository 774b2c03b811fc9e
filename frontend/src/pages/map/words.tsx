import { Actor, Say, Words } from "../../components/text";
import { dayOf } from "../../dates";
import { type Key, listed, locale, numeral, t } from "../../i18n";
import { sideName } from "../../sides";
import { monitor, sideOf, zone } from "../../state";
import { STALE_DAYS, silentDays } from "./days";
import type { Standing, Town } from "./towns";

const NO_SIDES: readonly string[] = [];

/** A town with what is shown of it: who stands there on the day, and how that is drawn. */
export interface Shown {
  readonly town: Town;
  readonly key: string;
  readonly standing: Standing;
  readonly icon: string;
  readonly slot: number;
  readonly changed: boolean;
  /** Days without word; null where there never was one. */
  readonly silent: number | null;
}

/** Return a day in full: "Sunday 8 December 2024". */
export function fullDay(day: string): string {
  const style: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(locale.value, { ...style, timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
}

/** Return the sides in their fixed order; none where the monitor follows no theatre. */
export function sidesInOrder(): readonly string[] {
  return monitor.value?.theatre?.sides ?? NO_SIDES;
}

/** Return the side of a holder, or its own name where it is of none. */
export function campOf(holder: string): string {
  return sideOf(holder) ?? holder;
}

/** Return an account's name as it is read. */
export function accountName(name: string): string {
  return sideOf(name) === name ? sideName(name) : name;
}

/** Return for how many days a town was without word on a day. */
export function silence(standing: Standing, day: string): number | null {
  return silentDays(standing.heard && dayOf(standing.heard, zone.value), day);
}

export function isStale(silent: number | null): boolean {
  return silent !== null && silent >= STALE_DAYS;
}

/** Return who stands in a town as plain text, for what has no room for links. */
export function standingText(standing: Standing): string {
  const { holder, rivals, probability = 0 } = standing;
  const names = listed([holder, ...rivals].filter((name): name is string => name !== null));
  const percent = Math.round(probability * 100);
  const said = t(sayingOf(standing), { holder: holder ?? "", names, percent });
  return besides(standing) ? `${said}; ${t("map.others", { names: listed(rivals) })}` : said;
}

/** Who stands in a town, with links to whom that is. */
export function StandingSaid({ standing }: { readonly standing: Standing }) {
  const { holder, rivals, probability = 0 } = standing;
  const names = holder === null ? [] : [holder, ...rivals];
  return (
    <>
      <Say
        k={sayingOf(standing)}
        holder={<Actor name={holder} />}
        names={<Actors names={names} />}
        percent={numeral(Math.round(probability * 100))}
      />
      {besides(standing) && (
        <>
          {"; "}
          <Say k="map.others" names={<Actors names={rivals} />} />
        </>
      )}
    </>
  );
}

function sayingOf({ kind, holder, rivals, probability }: Standing): Key {
  if (kind === "differs") return rivals.length > 0 ? "map.differs" : "map.denied";
  if (kind === "holds") return probability === undefined ? "map.holds" : "map.likely";
  if (kind === "contested") return holder === null ? "map.contested" : "map.inside";
  return kind === "lost" ? "map.lost" : "map.unknown";
}

/** Return whether others are told of who are not in the first words. */
function besides({ kind, rivals }: Standing): boolean {
  return rivals.length > 0 && (kind === "holds" || kind === "contested");
}

/** ", no word since …", where a standing is old enough for that to matter; else nothing. */
export function NoWordSince({ standing, silent }: { readonly standing: Standing; readonly silent: number | null }) {
  if (!isStale(silent) || standing.heard === null) return null;
  return (
    <span class="silent">
      {t("list.comma")}
      <Say k="map.silent" day={<Words>{shortDay(standing.heard)}</Words>} n={silent ?? 0} />
    </span>
  );
}

/** Return the day of an instant, short: "6 Dec". */
export function shortDay(at: string): string {
  const day = dayOf(at, zone.value);
  const style: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale.value, style).format(new Date(`${day}T12:00:00Z`));
}

function Actors({ names }: { readonly names: readonly string[] }) {
  return (
    <>
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && t("list.comma")}
          <Actor name={name} />
        </span>
      ))}
    </>
  );
}
