import { describe, expect, it } from "vitest";
import { dayAfter, dayOf, daysWords, dayWords, instantWords, isDay, isInstant, isZoned, localWords } from "./dates";

const damascus = { locale: "en-GB", zone: "Asia/Damascus" };

describe("times", () => {
  it("are told in the zone asked for", () => {
    expect(instantWords("2024-12-08T00:40:00+00:00", damascus)).toBe("8 Dec 2024, 03:40");
    expect(instantWords("2024-12-08T00:40:00+00:00", { ...damascus, zone: "UTC" })).toBe("8 Dec 2024, 00:40");
  });

  it("are told as they are where they name no zone", () => {
    expect(instantWords("2024-12-07T23:00", damascus)).toBe("7 Dec 2024, 23:00");
  });

  it("stay on their day, whatever zone the reader is in", () => {
    expect(dayWords("2024-12-06", damascus, true)).toBe("Friday 6 December");
    expect(dayOf("2024-12-08T22:30:00+00:00", "Asia/Damascus")).toBe("2024-12-09");
    expect(dayOf("2024-12-08", "Asia/Damascus")).toBe("2024-12-08");
  });

  it("fill a date field as clocks of the zone show them", () => {
    expect(localWords("2024-12-08T21:00:00+00:00", "Asia/Damascus")).toBe("2024-12-09T00:00");
  });

  it("tell a day once where it is both ends", () => {
    expect(daysWords("2024-12-08", "2024-12-08", damascus)).toBe("8 Dec 2024");
    expect(daysWords("2024-12-08", "2024-12-09", damascus)).toMatch(/^8\s*–\s*9 Dec 2024$/);
    expect(daysWords(null, null, damascus)).toBe("");
  });

  it("are told from what is no time", () => {
    for (const words of ["", "yesterday", "2024-13-40", "2024-13-40T10:00"])
      expect([isDay(words), isInstant(words)]).toEqual([false, false]);
    expect([isDay("2024-12-08"), isInstant("2024-12-08T23:00"), isZoned("2024-12-08T23:00")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("step over the ends of months and years", () => {
    expect([dayAfter("2024-12-31", 1), dayAfter("2024-03-01", -1)]).toEqual(["2025-01-01", "2024-02-29"]);
  });
});
