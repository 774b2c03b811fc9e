import type { JudgementRow, ReviewRow, Ruling } from "./rows";

/** What one has done with a claim in this sitting. */
export interface Done {
  readonly item: ReviewRow;
  readonly ruling: Ruling | "skip";
  readonly state: "sending" | "kept" | "failed" | "undone";
  readonly id: string | null;
}

/** The keys, and what they do. */
export const KEYS = { a: "accept", c: "correct", r: "reject", s: "skip", u: "undo" } as const;

export type Deed = (typeof KEYS)[keyof typeof KEYS];

/** Return what a key press does, null where it is no key of review or belongs to a field or to the browser. */
export function deedOf(
  event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey">,
  typing: boolean,
): Deed | null {
  if (typing || event.metaKey || event.ctrlKey || event.altKey) return null;
  return event.key in KEYS ? KEYS[event.key as keyof typeof KEYS] : null;
}

/** Return the first claim of the queue that is still to be looked at: a failed one comes back. */
export function next(queue: readonly ReviewRow[], done: readonly Done[]): ReviewRow | null {
  const behind = new Set(
    done.filter((one) => one.state === "sending" || one.state === "kept").map((one) => one.item.id),
  );
  return queue.find((item) => !behind.has(item.id)) ?? null;
}

/** Return the last ruling that can be undone. */
export function last(done: readonly Done[]): Done | null {
  return done.findLast((one) => one.state === "kept" && one.id !== null) ?? null;
}

/** Return the values that a form changes: those that differ from the claim's; an emptied field is null, for unknown. */
export function changes(
  item: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, string>>,
): Record<string, string | number | null> {
  const found: Record<string, string | number | null> = {};
  for (const [name, words] of Object.entries(given)) {
    const before = item[name];
    const said = words.trim();
    if (said === (before === null || before === undefined ? "" : String(before))) continue;
    found[name] = said === "" ? null : /_(min|max)$/.test(name) && /^\d+$/.test(said) ? Number(said) : said;
  }
  return found;
}

/** How others ruled on a claim beside oneself. */
export interface Second {
  readonly user: string;
  readonly kind: string;
  readonly reason: string;
  readonly agrees: boolean;
}

/** Return what others say of a claim that one has ruled on; a correction agrees where it sets the same values. */
export function seconds(rows: readonly JudgementRow[], own: string): Second[] {
  const standing = rows.filter(
    (one) => one.status === "standing" && ["accept", "correct", "reject"].includes(one.kind),
  );
  const mine = standing.findLast((one) => one.user === own);
  return standing
    .filter((one) => one.user !== own)
    .map((one) => ({
      user: one.user,
      kind: one.kind,
      reason: one.reason,
      agrees:
        mine !== undefined && one.kind === mine.kind && JSON.stringify(one.values) === JSON.stringify(mine.values),
    }));
}

/** Return on how many claims two people both ruled, and on how many alike. */
export function agreement(rows: readonly JudgementRow[], own: string): { user: string; both: number; alike: number }[] {
  const standing = rows.filter(
    (one) => one.status === "standing" && ["accept", "correct", "reject"].includes(one.kind),
  );
  const kinds = new Map<string, Map<string, string>>();
  for (const one of standing) {
    const held = kinds.get(one.user) ?? new Map<string, string>();
    for (const claim of one.claims) held.set(claim, one.kind === "reject" ? "out" : "in");
    kinds.set(one.user, held);
  }
  const mine = kinds.get(own) ?? new Map<string, string>();
  return [...kinds]
    .filter(([user]) => user !== own)
    .map(([user, theirs]) => {
      const both = [...theirs.keys()].filter((claim) => mine.has(claim));
      return { user, both: both.length, alike: both.filter((claim) => mine.get(claim) === theirs.get(claim)).length };
    })
    .filter(({ both }) => both > 0);
}
