import { expect, test } from "vitest";
import { paragraphs, reach, wordsOf } from "./marks";
import type { PassageClaim, Span } from "./rows";

function claim(id: string, spans: Partial<Record<"source" | "cue" | "content" | "anchor", Span>>): PassageClaim {
  const [start, end] = spans.anchor ?? [0, 0];
  return { id, start, end, spans: { source: null, cue: null, content: null, anchor: null, ...spans } } as PassageClaim;
}

test("offsets count code points, whatever the letters are", () => {
  const text = "🔥 النظام قال";
  const one = claim("a", { source: [2, 8], cue: [9, 12] });
  const [paragraph] = paragraphs(text, [one], one);
  const marked = paragraph?.pieces.filter((piece) => piece.kinds.length > 0).map((piece) => [piece.text, piece.kinds]);
  expect(marked).toEqual([
    ["النظام", ["source"]],
    ["قال", ["cue"]],
  ]);
  expect(wordsOf(text, [0, 1])).toBe("🔥");
});

test("spans of different kinds may overlap", () => {
  const one = claim("a", { content: [0, 10], anchor: [4, 7] });
  const [paragraph] = paragraphs("They left it.", [one], one);
  expect(paragraph?.pieces.map((piece) => [piece.text, piece.kinds.join(" ")])).toEqual([
    ["They", "content"],
    [" le", "content anchor"],
    ["ft ", "content"],
    ["it.", ""],
  ]);
});

test("nothing of a text is lost, and paragraphs know where they begin", () => {
  const text = "One.\n\nTwo, and\nthree.";
  const found = paragraphs(text, [claim("a", { anchor: [2, 9] })], null);
  expect(found.map((one) => one.start)).toEqual([0, 6, 15]);
  expect(found.map((one) => one.pieces.map((piece) => piece.text).join("")).join("|")).toBe("One.|Two, and|three.");
});

test("every claim is marked where its event stands, and its reach is all that it stands on", () => {
  const one = claim("a", { source: [20, 24], content: [0, 12], anchor: [5, 9] });
  expect(reach(one)).toEqual([0, 24]);
  const [paragraph] = paragraphs("They left the town, he said.", [one], null);
  expect(paragraph?.pieces.find((piece) => piece.claims.includes("a"))?.text).toBe("left");
});

test("a long text is cut in little time", () => {
  const text = "A line of the town and what was said of it.\n".repeat(25_000);
  const started = performance.now();
  expect(paragraphs(text, [], null)).toHaveLength(25_000);
  expect(performance.now() - started).toBeLessThan(3000);
});
