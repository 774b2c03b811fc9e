/** How a side is told from others without colour, on maps and in marginal marks. */
export type Pattern = "solid" | "rising" | "falling" | "level" | "upright" | "dots" | "grid" | "waves";

export interface Mark {
  /** The custom property that holds its colour. */
  readonly colour: string;
  /** One or two letters, no other side's. */
  readonly letter: string;
  readonly pattern: Pattern;
}

const PATTERNS: readonly Pattern[] = ["solid", "rising", "falling", "level", "upright", "dots", "grid", "waves"];

/** How many sides have a colour of their own; further ones share, and differ by letters and pattern. */
export const COLOURS = 8;

/** Return the mark of each side by its place in the fixed order; whoever has no side has none. */
export function marks(sides: readonly string[]): ReadonlyMap<string, Mark> {
  const taken = new Set<string>();
  const found = new Map<string, Mark>();
  for (const [at, side] of sides.entries()) {
    const letter = letters(side).find((one) => !taken.has(one)) ?? String(at + 1);
    taken.add(letter);
    const pattern = PATTERNS[at % PATTERNS.length] ?? "solid";
    found.set(side, { colour: `--side-${(at % COLOURS) + 1}`, letter, pattern });
  }
  return found;
}

/** Return a side's name as it is read: "government ally". */
export function sideName(side: string): string {
  return side.replaceAll("_", " ");
}

function letters(side: string): string[] {
  const words = side.split(/[_\s-]+/).filter((word) => word !== "");
  const first = (words[0] ?? "").slice(0, 1).toUpperCase();
  const initials = words.map((word) => word.slice(0, 1).toUpperCase()).join("");
  const rest = [...side.slice(1)].filter((letter) => /\p{L}/u.test(letter)).map((letter) => first + letter);
  return words.length > 1 ? [initials.slice(0, 2), first, ...rest] : [first, ...rest];
}
