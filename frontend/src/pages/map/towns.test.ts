import { describe, expect, it } from "vitest";
import {
  accountNames,
  type By,
  changes,
  hatched,
  keys,
  type Spell,
  standing,
  standingAgreed,
  standingBy,
  type Town,
} from "./towns";

const SIDES: Readonly<Record<string, string>> = { "First Army": "army", "Second Army": "army", Front: "rebels" };
const camp = (holder: string) => SIDES[holder] ?? holder;
const agreed: By = { kind: "agreed" };

function spell(holder: string, status: Spell["status"], from: string | null, to: string | null = null): Spell {
  const last_heard = `${from ?? "2031-05-07"}T12:00:00+00:00`;
  return { holder, status, from, to, last_heard, silent_hours: null, claims: ["c-1"] };
}

function town(accounts: Readonly<Record<string, readonly Spell[]>>): Town {
  return {
    place: "Varenna",
    canonical: null,
    gazetteer_id: null,
    lat: 1,
    lon: 1,
    country: null,
    accounts: Object.entries(accounts).map(([according_to, spells]) => ({ according_to, side: null, spells })),
    nowcast: null,
    disputed: false,
    contested: false,
    claims: 1,
  };
}

const by = (spells: readonly Spell[], day: string) => standingBy({ according_to: "x", side: null, spells }, day, camp);

describe("who stands in a town by one account", () => {
  it("counts a spell's first day and not its last", () => {
    const spells = [spell("Front", "held", "2031-05-08", "2031-05-10")];
    expect(["07", "08", "09", "10"].map((day) => by(spells, `2031-05-${day}`).kind)).toEqual([
      "unknown",
      "holds",
      "holds",
      "unknown",
    ]);
  });

  it("begins on the day it was heard where no first day is told", () => {
    expect(by([spell("Front", "held", null)], "2031-05-06").kind).toBe("unknown");
    expect(by([spell("Front", "held", null)], "2031-05-07").holder).toBe("Front");
  });

  it("is the later of two standings of one holder on a day", () => {
    const spells = [spell("Front", "contested", "2031-05-08"), spell("Front", "claimed", "2031-05-08")];
    expect(by(spells, "2031-05-08")).toMatchObject({ kind: "holds", holder: "Front" });
  });

  it("is contested where it has two sides in the town, not where two of one side are", () => {
    const both = [spell("First Army", "held", "2031-05-08"), spell("Front", "contested", "2031-05-08")];
    expect(by(both, "2031-05-09")).toMatchObject({ kind: "contested", holder: "First Army", rivals: ["Front"] });
    const one = [spell("First Army", "held", "2031-05-08"), spell("Second Army", "contested", "2031-05-08")];
    expect(by(one, "2031-05-09").kind).toBe("holds");
  });

  it("knows who is gone and not who came", () => {
    expect(by([spell("Front", "lost", "2031-05-08")], "2031-05-09")).toMatchObject({ kind: "lost", holder: "Front" });
  });
});

describe("who stands in a town where accounts agree", () => {
  it("is the side that all name, whichever of its parties they name", () => {
    const told = town({
      a: [spell("First Army", "held", "2031-05-08")],
      b: [spell("Second Army", "claimed", "2031-05-09")],
    });
    const one = standingAgreed(told, "2031-05-09", camp);
    expect(one).toMatchObject({ kind: "holds", heard: "2031-05-09T12:00:00+00:00" });
    expect(hatched(one)).toBe(false);
  });

  it("differs where another side is named, or the same one denied", () => {
    const rival = town({
      a: [spell("First Army", "held", "2031-05-08")],
      b: [spell("Front", "contested", "2031-05-08")],
    });
    expect(standingAgreed(rival, "2031-05-08", camp)).toMatchObject({ kind: "differs", rivals: ["Front"] });
    const denied = town({ a: [spell("Front", "claimed", "2031-05-08")], b: [spell("Front", "denied", "2031-05-08")] });
    expect(standingAgreed(denied, "2031-05-08", camp)).toMatchObject({ kind: "differs", rivals: [] });
  });

  it("is unknown before anybody says anything", () => {
    expect(standingAgreed(town({ a: [spell("Front", "held", "2031-05-08")] }), "2031-05-07", camp).kind).toBe(
      "unknown",
    );
  });
});

describe("who stands in a town by whose word is chosen", () => {
  const told = town({
    army: [spell("First Army", "claimed", "2031-05-08")],
    rebels: [spell("Front", "claimed", "2031-05-09")],
    other: [],
  });

  it("is that account's holder, hatched once another account names another", () => {
    const army: By = { kind: "account", name: "army" };
    expect(hatched(standing(told, "2031-05-08", army, camp))).toBe(false);
    const later = standing(told, "2031-05-09", army, camp);
    expect([later.holder, later.rivals, hatched(later)]).toEqual(["First Army", ["Front"], true]);
  });

  it("is unknown where that account says nothing, whatever others say", () => {
    for (const name of ["other", "nobody at all"])
      expect(standing(told, "2031-05-09", { kind: "account", name }, camp).kind).toBe("unknown");
  });

  it("is the nowcast's likeliest, or contested, or unknown", () => {
    const nowcast = (holder: string) =>
      standing(told, "2031-05-09", { kind: "nowcast" }, camp, { holder, probability: 0.6 });
    expect(nowcast("Front")).toMatchObject({
      kind: "holds",
      holder: "Front",
      probability: 0.6,
      rivals: ["First Army"],
    });
    expect(nowcast("contested")).toMatchObject({ kind: "contested", holder: null });
    expect(nowcast("unknown").kind).toBe("unknown");
  });

  it("changes on the day that its holder does", () => {
    const on = (day: string) => standing(told, day, agreed, camp);
    expect(changes(on("2031-05-09"), on("2031-05-08"), camp)).toBe(true);
    expect(changes(on("2031-05-10"), on("2031-05-09"), camp)).toBe(false);
  });
});

describe("names", () => {
  it("of accounts come with sides first in their order, then whoever speaks of most towns", () => {
    const towns = [town({ rebels: [], Wire: [], army: [] }), town({ Wire: [], Radio: [] }), town({ Agency: [] })];
    expect(accountNames(towns, ["army", "rebels", "others"])).toEqual({
      sides: ["army", "rebels"],
      others: ["Wire", "Agency", "Radio"],
    });
  });

  it("of towns that are named alike are their ids", () => {
    const [one, other, third] = [
      { ...town({}), gazetteer_id: "g:1" },
      { ...town({}), gazetteer_id: "g:2" },
      { ...town({}), place: "Qarn" },
    ];
    expect([...keys([one, other, third]).values()]).toEqual(["g:1", "g:2", "Qarn"]);
  });
});
