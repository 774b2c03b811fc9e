import { describe, expect, it } from "vitest";
import { format, type PageName, parse } from "./route";

const read = (path: string) => parse(new URL(path, "http://127.0.0.1"));

describe("addresses", () => {
  it("come back from the URL that they are written to", () => {
    const pages: [PageName, string | null][] = [
      ["now", null],
      ["assess", "p-1"],
      ["place", "Ma'arrat / an-Nu'man?#"],
      ["source", "المرصد السوري"],
    ];
    for (const [page, item] of pages) {
      const query = { as_of: "2024-12-07T23:00", words: "a & b" };
      expect(read(format(page, item, query, "c-1"))).toEqual({ page, item, query, hash: "c-1" });
    }
  });

  it("leave out what is not asked for", () => {
    expect(format("search", null, { words: "", source: "x" })).toBe("/search?source=x");
    expect(read("/search?words=&source=x").query).toEqual({ source: "x" });
  });

  it("mean no page where the path is none, or cannot be read", () => {
    for (const path of ["/nowhere", "/places", "/places/", "/places/a/b", "/places/%E0%A4%A"])
      expect(read(path).page).toBe("missing");
  });

  it("mean the same with a slash at the end", () => {
    expect(read("/ledger/").page).toBe("ledger");
  });
});
