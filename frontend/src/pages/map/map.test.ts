import { describe, expect, it } from "vitest";
import { boxOf, inBox, WORLD } from "./box";
import { daysBetween, moved, silentDays, spanOf, within } from "./days";
import { drawnAs, iconName, iconOf, NONE, OTHER, pieName, pieSums, slices, slotOf } from "./icons";
import { lanesOf, ticks } from "./lanes";
import type { Spell, Standing, Town } from "./towns";
import { byQuery, cameraQuery, viewOf } from "./view";
import { grouped, type Passage } from "./ways";

const spell = (
  from: string | null,
  to: string | null,
  claims: readonly string[],
  status: Spell["status"] = "held",
): Spell => ({
  holder: "Front",
  status,
  from,
  to,
  last_heard: "2031-05-09T22:30:00+00:00",
  silent_hours: null,
  claims,
});
const town = (...spells: Spell[]): Town => ({
  place: "Varenna",
  canonical: null,
  gazetteer_id: null,
  lat: 1,
  lon: 1,
  country: null,
  accounts: [{ according_to: "a", side: null, spells }],
  nowcast: null,
  disputed: false,
  contested: false,
  claims: 1,
});

describe("the days of the slider", () => {
  const towns = [
    town(spell("2011-01-01", null, ["c-0"]), spell("2031-05-08", null, ["c-1", "c-2"])),
    town(spell("2031-05-08", null, ["c-2"])),
  ];
  const span = spanOf(towns, "2031-05-10", "2031-05-12");

  it("begin with the first event that was news, and count each claim once", () => {
    expect([span.first, span.last, span.days]).toEqual(["2031-05-08", "2031-05-12", 5]);
    expect(span.told).toEqual([2, 0, 0, 0, 0]);
  });

  it("hold whatever day is asked for", () => {
    expect([null, "2031-05-09", "1999-01-01", "2999-01-01", "soon"].map((day) => within(span, day))).toEqual([
      "2031-05-12",
      "2031-05-09",
      "2031-05-08",
      "2031-05-12",
      "2031-05-12",
    ]);
  });

  it("are stepped through by keys, a week at a time too, and never beyond their ends", () => {
    const to = (key: string, forward: "ArrowRight" | "ArrowLeft" = "ArrowRight") =>
      moved(span, "2031-05-09", key, forward);
    expect(["ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "PageDown", "x"].map((key) => to(key))).toEqual([
      "2031-05-10",
      "2031-05-08",
      "2031-05-08",
      "2031-05-12",
      "2031-05-12",
      "2031-05-08",
      null,
    ]);
    expect(to("ArrowLeft", "ArrowLeft")).toBe("2031-05-10");
  });

  it("tell how old a word was on a day, which is no age before it came", () => {
    expect([
      silentDays("2031-05-07", "2031-05-10"),
      silentDays("2031-05-12", "2031-05-10"),
      silentDays(null, "2031-05-10"),
    ]).toEqual([3, 0, null]);
    expect(daysBetween("2032-02-28", "2032-03-01")).toBe(2);
  });
});

describe("signs", () => {
  const sides = ["army", "rebels"];
  const camp = (holder: string) => (holder === "Front" ? "rebels" : holder === "Guards" ? "army" : holder);
  const draw = (one: Partial<Standing>, stale = false) =>
    iconOf({ kind: "holds", holder: "Front", rivals: [], heard: null, ...one }, { sides, camp, stale, changed: false });

  it("are of the holder's side, hatched with a rival's", () => {
    expect(draw({})).toMatchObject({ main: 1, hatched: false });
    expect(draw({ rivals: ["Guards"] })).toMatchObject({ main: 1, rival: 0, hatched: true });
    expect(draw({ holder: "Clan" }).main).toBe(OTHER);
  });

  it("are hollow where nobody is known to hold the town, and then never faded", () => {
    expect(draw({ kind: "lost" }, true)).toMatchObject({ main: NONE, stale: false, hatched: false });
  });

  it("come back from the names that the map knows them by", () => {
    const icon = { main: 1, rival: NONE, hatched: true, stale: false, changed: true };
    expect(drawnAs(iconName(icon, "light"))).toEqual(icon);
    expect(drawnAs(pieName([2, 0, 1], "light"))).toEqual([2, 0, 1]);
    expect(drawnAs("anything")).toBeNull();
  });

  it("of clusters count each town once, and what is not one side's alone for no side", () => {
    const kinds = [
      draw({}),
      draw({ holder: "Clan" }),
      draw({ rivals: ["Guards"] }),
      draw({ kind: "unknown", holder: null }),
    ];
    expect(kinds.map((icon) => slotOf(icon, 2))).toEqual([1, 2, 3, 4]);
    expect(Object.keys(pieSums(2))).toHaveLength(5);
    expect(slices([1, 0, 3])).toEqual([
      { slot: 0, begin: 0, end: 0.25 },
      { slot: 2, begin: 0.25, end: 1 },
    ]);
  });
});

describe("the address of a view", () => {
  it("says where one looks, by whose word, and which town", () => {
    const query = { ...cameraQuery({ lat: 35.1234, lon: -36.5, zoom: 7.256 }), day: "2031-05-08", place: "Varenna" };
    expect(viewOf(query)).toMatchObject({
      camera: { lat: 35.123, lon: -36.5, zoom: 7.26 },
      day: "2031-05-08",
      town: "Varenna",
    });
    for (const by of [{ kind: "agreed" }, { kind: "nowcast" }, { kind: "account", name: "rebels" }] as const)
      expect(viewOf(Object.fromEntries(Object.entries(byQuery(by)).filter(([, value]) => value))).by).toEqual(by);
  });

  it("means no place where it is nonsense", () => {
    for (const at of ["", "1,2", "91,0,4", "1,2,x", "1,,4", "1,2,3,4"]) expect(viewOf({ at }).camera, at).toBeNull();
  });
});

describe("what the map shows at first", () => {
  it("is where nearly all towns are", () => {
    const at = (lat: number, lon: number) => ({ lat, lon });
    const near = [at(33, 36), at(34, 37), at(35, 36), at(36, 37), at(35, 40)];
    expect(boxOf([...near, at(60, 31), { lat: null, lon: null }])).toEqual([36, 33, 40, 36]);
    expect(boxOf([at(1, 2)])).toEqual([2, 1, 2, 1]);
    expect(boxOf([])).toBe(WORLD);
  });

  it("has in it what lies there, and what lies nowhere", () => {
    expect([
      inBox({ lat: 1, lon: 1 }, [0, 0, 2, 2]),
      inBox({ lat: 3, lon: 1 }, [0, 0, 2, 2]),
      inBox({ lat: null, lon: null }, [0, 0, 2, 2]),
    ]).toEqual([true, false, true]);
  });
});

describe("lanes", () => {
  const span = { first: "2031-05-08", last: "2031-05-12" };
  const dayOf = (instant: string) => instant.slice(0, 10);

  it("end a word on the day it was last heard, and go on in silence", () => {
    const [lane] = lanesOf(town(spell("2031-05-01", null, [])).accounts, span, dayOf);
    expect(lane?.pieces).toMatchObject([{ from: "2031-05-08", heard: "2031-05-10", to: "2031-05-13", before: true }]);
  });

  it("know no silence in what an account itself ended", () => {
    const [lane] = lanesOf(town(spell("2031-05-08", "2031-05-12", [])).accounts, span, dayOf);
    expect(lane?.pieces).toMatchObject([{ heard: "2031-05-12", to: "2031-05-12" }]);
  });

  it("leave out what was over before", () => {
    expect(lanesOf(town(spell("2031-04-01", "2031-04-02", [])).accounts, span, dayOf)).toEqual([]);
  });

  it("are labelled with as many days as fit", () => {
    expect(ticks(span, 9)).toHaveLength(5);
    expect(ticks({ first: "2031-01-01", last: "2031-12-31" }, 9)).toHaveLength(5);
  });
});

describe("ways", () => {
  const way = (status: string, line: [number, number][]): Passage => ({
    km: 1,
    minutes: 1,
    legs: [{ road: "M5", kind: "motorway", km: 1, minutes: 1, status, states: [], line, border: null }],
  });
  const view = (according_to: string, one: Passage | null) => ({ according_to, side: null, way: one, closing: [] });

  it("that are the same are told once, those shared by most first", () => {
    const told = grouped([
      view("a", way("open", [[1, 1]])),
      view("b", way("unknown", [[1, 1]])),
      view("c", way("unknown", [[1, 1]])),
      view("d", null),
    ]);
    expect(told.ways.map(({ accounts }) => accounts.map((one) => one.according_to))).toEqual([["b", "c"], ["a"]]);
    expect(told.closed.map((one) => one.according_to)).toEqual(["d"]);
  });
});
