import { describe, expect, it } from "vitest";
import { marked } from "./found";

const found = (text: string, words: string) =>
  marked(text, words)
    .filter((piece) => piece.found)
    .map((piece) => piece.text);

describe("words found in a text", () => {
  it("are marked in every case, at the beginning of words", () => {
    expect(found("Homs: the army left HOMS, not Alhoms", "homs army")).toEqual(["Homs", "army", "HOMS"]);
  });

  it("stand together where they are quoted", () => {
    expect(found("took control of the city; control was lost", '"took control"')).toEqual(["took control"]);
  });

  it("may have letters that patterns know, and those of any script", () => {
    expect(found("(a+b) حلب وحلب", "(a+b) حلب")).toEqual(["(a+b)", "حلب"]);
  });

  it("leave the text whole", () => {
    const text = "Homs fell. Who holds Homs?";
    expect(
      marked(text, "homs")
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
    expect(marked(text, "  ")).toEqual([{ text, found: false }]);
  });
});
