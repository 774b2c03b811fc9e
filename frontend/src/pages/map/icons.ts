import type { Mark } from "../../sides";
import { type Camp, hatched, type Standing } from "./towns";

/** How a town is drawn. A side is told by its place in the theatre's order, `OTHER` is a holder of no side. */
export interface Icon {
  readonly main: number;
  readonly rival: number;
  readonly hatched: boolean;
  readonly stale: boolean;
  readonly changed: boolean;
}

/** Colours as the browser has resolved them, and the letters of sides in their order. */
export interface Palette {
  readonly scheme: string;
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly sideInk: string;
  readonly sides: readonly { readonly colour: string; readonly letter: string }[];
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly country: string;
  readonly open: string;
  readonly restricted: string;
  readonly closed: string;
}

export const NONE = -1;
export const OTHER = -2;
/** Pixels of a town's sign and of a cluster's. */
export const TOWN_SIZE = 26;
export const PIE_SIZE = 36;

const KINDS = { town: "town", pie: "pie" } as const;

/** Return how a standing is drawn. */
export function iconOf(
  one: Standing,
  { sides, camp, stale, changed }: { sides: readonly string[]; camp: Camp; stale: boolean; changed: boolean },
): Icon {
  const numbered = (holder: string | null | undefined) => {
    if (!holder) return NONE;
    const at = sides.indexOf(camp(holder));
    return at < 0 ? OTHER : at;
  };
  const stands = one.kind !== "lost" && one.kind !== "unknown";
  return {
    main: stands ? numbered(one.holder) : NONE,
    rival: stands ? numbered(one.rivals[0]) : NONE,
    hatched: hatched(one),
    stale: stale && stands,
    changed,
  };
}

/** Return the name under which the map keeps a town's sign; `drawnAs` reads it. */
export function iconName(icon: Icon, scheme: string): string {
  const flags = [icon.hatched && "h", icon.stale && "s", icon.changed && "c"].filter(Boolean).join("");
  return `${KINDS.town}/${scheme}/${icon.main}/${icon.rival}/${flags}`;
}

/** Return the icon or the shares of a cluster that a name means, null where it means neither. */
export function drawnAs(name: string): Icon | readonly number[] | null {
  const [kind, , main, rival, flags = ""] = name.split("/");
  if (kind === KINDS.pie) return (main ?? "").split(",").map(Number);
  if (kind !== KINDS.town) return null;
  return {
    main: Number(main),
    rival: Number(rival),
    hatched: flags.includes("h"),
    stale: flags.includes("s"),
    changed: flags.includes("c"),
  };
}

/** How many kinds of towns a cluster counts: each side's, those of no side, hatched ones, and hollow ones. */
export function slots(sides: number): number {
  return sides + 3;
}

/** Return which of the kinds a town counts as in a cluster; what is not one side's alone counts for none. */
export function slotOf(icon: Icon, sides: number): number {
  if (icon.hatched) return sides + 1;
  if (icon.main === NONE) return sides + 2;
  return icon.main === OTHER ? sides : icon.main;
}

/** Return the name of a cluster's sign, by how many towns of each kind it has. */
export function pieName(counts: readonly number[], scheme: string): string {
  return `${KINDS.pie}/${scheme}/${counts.join()}`;
}

/** Return a MapLibre expression for the name of a cluster's sign. */
export function pieExpression(scheme: string, sides: number): unknown[] {
  const counts = Array.from({ length: slots(sides) }, (_, at) => ["to-string", ["get", `slot${at}`]]);
  const listed = counts.flatMap((count, at) => (at === 0 ? [count] : [",", count]));
  return ["concat", `${KINDS.pie}/${scheme}/`, ...listed];
}

/** Return what a clustering source adds up: how many towns of each kind are in a cluster. */
export function pieSums(sides: number): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: slots(sides) }, (_, at) => [`slot${at}`, ["+", ["case", ["==", ["get", "slot"], at], 1, 0]]]),
  );
}

/** Return each slice of a pie as the turns at which it begins and ends, from the top clockwise. */
export function slices(counts: readonly number[]): readonly { slot: number; begin: number; end: number }[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  return counts.flatMap((count, slot) => {
    const begin = before / all;
    before += count;
    return count > 0 ? [{ slot, begin, end: before / all }] : [];
  });
}

/** Return the colours and letters in force, as the style sheet and the reader's choice of scheme have them. */
export function readPalette(marks: readonly (Mark | null)[]): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const sides = marks.map((mark) => ({ colour: colour(mark?.colour ?? "--soft"), letter: mark?.letter ?? "" }));
  const paper = colour("--paper");
  const palette: Palette = {
    scheme: paper.replaceAll(/\W+/g, "-"),
    paper,
    ink: colour("--ink"),
    soft: colour("--soft"),
    edge: colour("--new-edge"),
    sideInk: colour("--side-ink"),
    sides,
    sea: colour("--map-sea"),
    land: colour("--map-land"),
    coast: colour("--map-coast"),
    border: colour("--map-border"),
    country: colour("--map-country"),
    open: colour("--for"),
    restricted: colour("--open"),
    closed: colour("--against"),
  };
  probe.remove();
  return palette;
}
