import { expect, test } from "vitest";
import type { JudgementRow, ReviewRow } from "./rows";
import { agreement, changes, type Done, deedOf, last, next, seconds } from "./sitting";

const item = (id: string) => ({ id }) as ReviewRow;
const done = (id: string, state: Done["state"], judgement: string | null = "j"): Done => ({
  item: item(id),
  ruling: "accept",
  state,
  id: judgement,
});
const ruled = (
  user: string,
  kind: string,
  claim = "c",
  values: Record<string, unknown> | null = null,
): JudgementRow => ({
  id: `${user}-${claim}`,
  kind,
  subject: claim,
  status: "standing",
  claims: [claim],
  values,
  user,
  reason: "why",
  made: "",
});

test("keys do what they say, but not while one writes or the browser is meant", () => {
  const press = { key: "a", metaKey: false, ctrlKey: false, altKey: false };
  expect(deedOf(press, false)).toBe("accept");
  expect(deedOf(press, true)).toBeNull();
  expect(deedOf({ ...press, ctrlKey: true }, false)).toBeNull();
  expect(deedOf({ ...press, key: "x" }, false)).toBeNull();
});

test("what failed comes back, and so does what was undone", () => {
  const queue = [item("a"), item("b"), item("c")];
  expect(next(queue, [done("a", "kept"), done("b", "failed")])?.id).toBe("b");
  expect(next(queue, [done("a", "undone"), done("b", "kept")])?.id).toBe("a");
  expect(next(queue, [done("a", "kept"), done("b", "sending"), done("c", "kept")])).toBeNull();
});

test("the last ruling that stands is the one that is undone; a skipped claim has none", () => {
  expect(last([done("a", "kept"), done("b", "undone"), done("c", "kept", null)])?.item.id).toBe("a");
  expect(last([])).toBeNull();
});

test("only what was changed is sent, and an emptied field is unknown", () => {
  const claim = { event: "enter", place: "Aleppo", agent: null, killed_min: 3 };
  expect(changes(claim, { event: "capture", place: "", agent: "", killed_min: "4" })).toEqual({
    event: "capture",
    place: null,
    killed_min: 4,
  });
});

test("another's word agrees where it rules alike, with the same values", () => {
  const rows = [ruled("ana", "correct", "c", { event: "capture" }), ruled("ben", "correct", "c", { event: "enter" })];
  expect(seconds(rows, "ana")).toEqual([{ user: "ben", kind: "correct", reason: "why", agrees: false }]);
  expect(seconds([ruled("ana", "accept"), ruled("ben", "accept")], "ana")[0]?.agrees).toBe(true);
});

test("agreement counts the claims on which both ruled", () => {
  const rows = [
    ruled("ana", "accept", "c"),
    ruled("ben", "reject", "c"),
    ruled("ana", "correct", "d"),
    ruled("ben", "accept", "d"),
    ruled("ben", "accept", "e"),
  ];
  expect(agreement(rows, "ana")).toEqual([{ user: "ben", both: 2, alike: 1 }]);
});
