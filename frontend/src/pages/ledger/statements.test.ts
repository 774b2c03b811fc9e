import { expect, test } from "vitest";
import type { DossierRow, EvidenceRow, StatementRow, VoiceRow } from "./rows";
import { lanes, scale, spoken } from "./statements";

const voice = (claims: string[]): VoiceRow => ({
  name: "army",
  side: null,
  sources: ["army"],
  claims,
  first: null,
  last: null,
  reports: 1,
  interest: "neutral",
});

const word = (id: string, words: string, report = "r", copy_of: string | null = null) =>
  ({ id, words, report, copy_of }) as EvidenceRow;

test("a sentence on which two claims stand is shown once, and copies are folded into their origin", () => {
  const origin = {
    report: "r",
    publisher: "Wire",
    said: null,
    copies: [{ report: "s", publisher: "Daily", reasons: [] }],
  };
  const of = {
    evidence: [word("a", "They left."), word("b", "They left."), word("c", "They left.", "s", "r"), word("d", "Gone.")],
    origins: [origin],
  } as unknown as DossierRow;
  const [one] = spoken([voice(["a", "b", "c", "d"])], of);
  expect(one?.words.map((told) => told.evidence.id)).toEqual(["a", "d"]);
  expect(one?.words[0]?.origin?.copies).toHaveLength(1);
});

test("a voice that said both has a lane on either side, those for it first", () => {
  const said = (name: string, stance: string, at: string) => ({ voice: name, stance, said: at }) as StatementRow;
  const found = lanes([
    said("army", "denied", "2024-12-01T00:00:00Z"),
    said("rebels", "affirmed", "2024-12-02T00:00:00Z"),
    said("army", "affirmed", "2024-12-03T00:00:00Z"),
    said("army", "denied", "2024-12-04T00:00:00Z"),
  ]);
  expect(found.map((lane) => [lane.voice, lane.against, lane.at.length])).toEqual([
    ["rebels", false, 1],
    ["army", false, 1],
    ["army", true, 2],
  ]);
});

test("instants stand between the first and the last", () => {
  const at = scale(["2024-12-01T00:00:00Z", "2024-12-03T00:00:00Z"]);
  expect(at("2024-12-02T00:00:00Z")).toBe(0.5);
  expect(scale(["2024-12-01T00:00:00Z"])("2024-12-01T00:00:00Z")).toBe(0.5);
});
