import type { Kind, PassageClaim, Span } from "./rows";

export const KINDS: readonly Kind[] = ["source", "cue", "content", "anchor"];

/** A piece of text that is marked alike throughout: with kinds of the chosen claim, and the claims that stand on it. */
export interface Piece {
  readonly text: string;
  readonly kinds: readonly Kind[];
  readonly claims: readonly string[];
}

/** A paragraph in pieces; `start` is its first code point in the text. */
export interface Paragraph {
  readonly start: number;
  readonly pieces: readonly Piece[];
}

/** Return a claim's sentence in effect: from the first to the last code point that any of its spans covers. */
export function reach(claim: PassageClaim): Span {
  const spans = KINDS.flatMap((kind) => claim.spans[kind] ?? []);
  return [Math.min(claim.start, ...spans), Math.max(claim.end, ...spans)];
}

/**
 * Return a text in paragraphs and pieces. Spans count code points, as the server does, and not the UTF-16 units of
 * strings here. Every character of the text is in one piece, but for the line ends between paragraphs.
 */
export function paragraphs(text: string, claims: readonly PassageClaim[], chosen: PassageClaim | null): Paragraph[] {
  const points = [...text];
  const cuts = new Set<number>([0, points.length]);
  for (const claim of claims) for (const at of claim.spans.anchor ?? [claim.start, claim.end]) cuts.add(at);
  if (chosen) for (const kind of KINDS) for (const at of chosen.spans[kind] ?? []) cuts.add(at);
  for (const [at, point] of points.entries()) {
    if (point === "\n") {
      cuts.add(at);
      cuts.add(at + 1);
    }
  }
  const edges = [...cuts].filter((at) => at >= 0 && at <= points.length).sort((a, b) => a - b);
  const found: { start: number; pieces: Piece[] }[] = [];
  let current: { start: number; pieces: Piece[] } | null = null;
  for (const [number, start] of edges.entries()) {
    const end = edges[number + 1];
    if (end === undefined) break;
    if (points[start] === "\n") {
      current = null;
      continue;
    }
    if (!current) {
      current = { start, pieces: [] };
      found.push(current);
    }
    current.pieces.push({
      text: points.slice(start, end).join(""),
      kinds: chosen ? KINDS.filter((kind) => within(start, chosen.spans[kind])) : [],
      claims: claims
        .filter((claim) => within(start, claim.spans.anchor ?? [claim.start, claim.end]))
        .map((claim) => claim.id),
    });
  }
  return found;
}

/** Return the words of a span. */
export function wordsOf(text: string, span: Span | null): string | null {
  return span && [...text].slice(span[0], span[1]).join("");
}

function within(at: number, span: Span | null): boolean {
  return span !== null && span[0] <= at && at < span[1];
}
