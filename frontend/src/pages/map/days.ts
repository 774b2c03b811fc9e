import { dayAfter } from "../../dates";
import type { Town } from "./towns";

/** A place is told to be without word from so many days on, as the situation report has it. */
export const STALE_DAYS = 2;
/** Control takes no event for news that ended so many days before it was published, so no slider begins earlier. */
const HISTORY_DAYS = 30;
const MS = 86_400_000;

/** The days that a slider runs over, and how many claims speak of each. */
export interface Span {
  readonly first: string;
  readonly last: string;
  readonly days: number;
  /** For each day the claims behind spells that begin on it; what began before stands on none. */
  readonly told: readonly number[];
}

/**
 * Return the days from the earliest on which anything changes to the last: `until`, up to which is known, or a later
 * one of which something is told. `since` is the day of the first report.
 */
export function spanOf(towns: readonly Town[], since: string, until: string): Span {
  const floor = dayAfter(since, -HISTORY_DAYS);
  const told = new Map<string, Set<string>>();
  let [first, last] = [since, until];
  for (const town of towns)
    for (const account of town.accounts)
      for (const { from, claims } of account.spells) {
        if (from === null || from < floor) continue;
        if (from < first) first = from;
        if (from > last) last = from;
        const day = told.get(from) ?? new Set();
        for (const claim of claims) day.add(claim);
        told.set(from, day);
      }
  const days = daysBetween(first, last) + 1;
  const counts = Array.from({ length: days }, (_, at) => told.get(dayAfter(first, at))?.size ?? 0);
  return { first, last, days, told: counts };
}

/** Return how many days after one day another one is; below 0 where it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / MS);
}

/** Return a day within a span: the last one where none is asked for, the nearest end where it lies outside. */
export function within(span: Span, day: string | null): string {
  if (day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day) || day > span.last) return span.last;
  return day < span.first ? span.first : day;
}

/** Return for how many days there was no word on a day; 0 where there was one on that day or a later one. */
export function silentDays(heardOn: string | null, day: string): number | null {
  return heardOn === null ? null : Math.max(0, daysBetween(heardOn, day));
}

/** Return the day to which a key moves the slider, null where it is none of its keys. */
export function moved(span: Span, day: string, key: string, forward: "ArrowRight" | "ArrowLeft"): string | null {
  const at = daysBetween(span.first, day);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: forward === "ArrowRight" ? at + 1 : at - 1,
    ArrowLeft: forward === "ArrowRight" ? at - 1 : at + 1,
    ArrowUp: at + 1,
    ArrowDown: at - 1,
    PageUp: at + 7,
    PageDown: at - 7,
    Home: 0,
    End: span.days - 1,
  };
  const to = steps[key];
  return to === undefined ? null : dayAfter(span.first, Math.min(Math.max(to, 0), span.days - 1));
}
