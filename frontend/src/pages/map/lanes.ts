import { dayAfter } from "../../dates";
import { daysBetween } from "./days";
import type { Account, Spell } from "./towns";

/** A piece of a lane: from one day up to another one, and where the word on it ends and silence begins. */
export interface Piece {
  readonly spell: Spell;
  readonly from: string;
  readonly to: string;
  /** The day after the last word; what follows up to `to` is silence. */
  readonly heard: string;
  /** Whether the spell had begun before the picture does. */
  readonly before: boolean;
}

/** What one account says of one holder, day by day. */
export interface Lane {
  readonly account: string;
  readonly side: string | null;
  readonly holder: string;
  readonly pieces: readonly Piece[];
}

/** Return a lane for each account and each holder that it speaks of, within days; `dayOf` tells an instant's day. */
export function lanesOf(
  accounts: readonly Account[],
  span: { readonly first: string; readonly last: string },
  dayOf: (instant: string) => string,
): Lane[] {
  const end = dayAfter(span.last, 1);
  return accounts.flatMap((account) => {
    const holders = [...new Set(account.spells.map((spell) => spell.holder))];
    const lanes = holders.map((holder) => {
      const spells = account.spells.filter((spell) => spell.holder === holder);
      const pieces = spells.flatMap((spell) => piece(spell, span.first, end, dayOf));
      return { account: account.according_to, side: account.side, holder, pieces };
    });
    return lanes.filter((lane) => lane.pieces.length > 0);
  });
}

function piece(spell: Spell, first: string, end: string, dayOf: (instant: string) => string): Piece[] {
  const heardOn = spell.last_heard && dayOf(spell.last_heard);
  const begun = spell.from ?? heardOn;
  if (begun === null || begun >= end) return [];
  const stop = spell.to !== null && spell.to < end ? spell.to : end;
  const from = begun < first ? first : begun;
  // A standing that ended on the day it began is shown as a sliver rather than not at all.
  const to = stop > from ? stop : from;
  if (stop <= first) return [];
  const heard = spell.to !== null || heardOn === null ? to : clamp(dayAfter(heardOn, 1), from, to);
  return [{ spell, from, to, heard, before: begun < first }];
}

function clamp(day: string, low: string, high: string): string {
  return day < low ? low : day > high ? high : day;
}

/** Return the days that a scale is labelled with: about as many as fit, and none twice. */
export function ticks(span: { readonly first: string; readonly last: string }, most: number): string[] {
  const days = daysBetween(span.first, span.last) + 1;
  const step = [1, 2, 7, 14, 28, 91, 182, 365].find((size) => days / size <= most) ?? Math.ceil(days / most);
  return Array.from({ length: Math.ceil(days / step) }, (_, at) => dayAfter(span.first, at * step));
}
