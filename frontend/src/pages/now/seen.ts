import type { Line, Section } from "../../types";

/** What was seen on a visit: when, and which lines. */
export interface Visit {
  readonly at: string;
  readonly lines: readonly string[];
}

/** Return what tells a line from others: a digest of its section and words, as no word of a report is kept in a browser. */
export function lineKey(section: Section, line: Line): string {
  return digest(`${section.title}: ${line.text}`);
}

/** Return 53 bits that differ between texts, as letters; quick, and no secret (cyrb53, in the public domain). */
function digest(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

/** Return the keys of all lines of a report. */
export function lineKeys(sections: readonly Section[]): string[] {
  return sections.flatMap((section) => [...section.lines, ...section.more].map((line) => lineKey(section, line)));
}

/** Return the lines that were not there on an earlier visit; none on the first one, when everything is new. */
export function unseen(sections: readonly Section[], before: Visit | null): ReadonlySet<string> {
  if (!before) return new Set();
  const known = new Set(before.lines);
  return new Set(lineKeys(sections).filter((key) => !known.has(key)));
}

/** Return the visit before this one, and keep this one for the next. A reload is no visit of its own. */
export function lastVisit(name: string, lines: readonly string[], now: string): Visit | null {
  const key = `marsad.seen.${name}`;
  try {
    const held = sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? "null";
    sessionStorage.setItem(key, held);
    localStorage.setItem(key, JSON.stringify({ at: now, lines }));
    return visit(JSON.parse(held));
  } catch {
    return null;
  }
}

function visit(held: unknown): Visit | null {
  if (typeof held !== "object" || held === null) return null;
  const { at, lines } = held as Partial<Visit>;
  return typeof at === "string" && Array.isArray(lines) ? { at, lines } : null;
}
