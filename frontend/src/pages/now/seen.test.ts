import { describe, expect, it } from "vitest";
import type { Section } from "../../types";
import { lineKey, lineKeys, unseen } from "./seen";

const line = (text: string) => ({ text, ids: [], claims: [], said: [] });
const section = (title: string, lines: string[], more: string[] = []): Section => ({
  title,
  none: "",
  lines: lines.map(line),
  more: more.map(line),
  grid: null,
  left_off: more.length,
});

describe("what is new since a visit", () => {
  const before = [section("New disputes", ["a"], ["b"])];

  it("is nothing on the first one", () => {
    expect(unseen(before, null).size).toBe(0);
  });

  it("is what was not told then, folded lines among it", () => {
    const now = [section("New disputes", ["a", "c"], ["b", "d"])];
    const visit = { at: "2024-12-08T00:00:00Z", lines: lineKeys(before) };
    const told = now.flatMap((one) =>
      [...one.lines, ...one.more].filter((said) => unseen(now, visit).has(lineKey(one, said))),
    );
    expect(told.map((one) => one.text)).toEqual(["c", "d"]);
  });

  it("is also what moved to another section", () => {
    const now = [section("Open from before", ["a"])];
    const visit = { at: "2024-12-08T00:00:00Z", lines: lineKeys(before) };
    expect(unseen(now, visit).size).toBe(1);
  });

  it("is kept without a word of any report", () => {
    expect(lineKeys([section("New disputes", ["The army left Qarn"])])).toEqual([
      expect.stringMatching(/^[a-z0-9]{6,11}$/),
    ]);
  });
});
