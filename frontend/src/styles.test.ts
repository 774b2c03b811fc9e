import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const PHYSICAL =
  /(?:^|[\s;{-])(?:left|right)\s*:|(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?:text-align|float)\s*:\s*(?:left|right)/m;

const sheets = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));

describe("style sheets", () => {
  it("name no left or right, so that a page turns round with its language", () => {
    for (const sheet of sheets) expect(readFileSync(`src/${sheet}`, "utf8"), sheet).not.toMatch(PHYSICAL);
  });

  it("take colours from tokens alone", () => {
    for (const sheet of sheets.filter((name) => !/tokens|print/.test(name)))
      expect(readFileSync(`src/${sheet}`, "utf8"), sheet).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(/i);
  });
});
