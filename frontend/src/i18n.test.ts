import { describe, expect, it } from "vitest";
import { type Entry, type Key, LANGUAGES, type Language, pieces, STRINGS } from "./i18n";

const languages = Object.keys(STRINGS) as Language[];
const keys = Object.keys(STRINGS.en) as Key[];
const forms = (entry: Entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const names = (entry: Entry) => [...new Set(forms(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe("texts of the interface", () => {
  it("are there in every language", () => {
    for (const lang of languages) expect(Object.keys(STRINGS[lang]).sort()).toEqual([...keys].sort());
  });

  it("have words", () => {
    for (const lang of languages)
      for (const key of keys) for (const form of forms(STRINGS[lang][key])) expect(form.trim(), key).not.toBe("");
  });

  it("have values of the same names in every language", () => {
    for (const key of keys)
      for (const lang of languages) expect(names(STRINGS[lang][key]), key).toEqual(names(STRINGS.en[key]));
  });

  it("have a form for every plural category of their language", () => {
    for (const lang of languages) {
      const wanted = new Intl.PluralRules(LANGUAGES[lang].locale).resolvedOptions().pluralCategories;
      for (const key of keys) {
        const entry = STRINGS[lang][key];
        if (typeof entry !== "string") expect(Object.keys(entry).sort(), key).toEqual([...wanted].sort());
      }
    }
  });

  it("choose the form by the number", () => {
    const told = (lang: Language, n: number) =>
      pieces(lang, "status.reports", { n })
        .map((piece) => (typeof piece === "string" ? piece : n))
        .join("");
    expect([told("en", 1), told("en", 2)]).toEqual(["1 report", "2 reports"]);
    expect([told("ar", 2), told("ar", 3), told("ar", 11)]).toEqual(["تقريران", "3 تقارير", "11 تقريرًا"]);
  });
});
