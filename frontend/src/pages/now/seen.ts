import type { Line, Section } from "../../types";

/** What was seen on a visit: when, and which lines. */
export interface Visit {
  readonly at: string;
  readonly lines: readonly string[];
}

/** Return what tells a line from others: its words, in its section. */
export function lineKey(section: Section, line: Line): string {
  return `${section.title}: ${line.text}`;
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
