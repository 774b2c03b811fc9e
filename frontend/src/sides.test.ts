import { describe, expect, it } from "vitest";
import { COLOURS, marks } from "./sides";

describe("marks of sides", () => {
  it("differ in letters, however alike the names are", () => {
    const sides = ["government", "government_ally", "guards", "g", "sdf", "south", "1", "2", "3"];
    const letters = [...marks(sides).values()].map((mark) => mark.letter);
    expect(new Set(letters).size).toBe(sides.length);
    expect(letters.slice(0, 2)).toEqual(["G", "GA"]);
  });

  it("differ in colour and pattern up to the number of colours", () => {
    const found = [...marks(Array.from({ length: COLOURS }, (_, at) => `side ${at}`)).values()];
    expect(new Set(found.map((mark) => mark.colour)).size).toBe(COLOURS);
    expect(new Set(found.map((mark) => mark.pattern)).size).toBe(COLOURS);
  });
});
