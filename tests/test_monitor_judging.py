"""People overrule a monitor: what they rule is kept in its file, obeyed in every picture, and never overwritten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import monitor_support as war
from marsad import Claim, InputError, Judgement, MarsadError, Monitor, Polarity, Producer, StoreError
from marsad.evaluation import load_gold
from marsad.outputs import evidence_rows, judgement_rows, markdown, report_page_row, review_rows, ruling, write_jsonl
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest
from marsad.vocabulary import shipped_policies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marsad import Assessment, Proposition

FRONT = "Northern Front"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return war.filled(tmp_path)


@pytest.fixture
def monitor(path: Path) -> Iterator[Monitor]:
    with Monitor.open(path) as held:
        yield held


def judge(monitor: Monitor, kind: str, subject: str, **fields: object) -> Judgement:
    given = {"user": "ana", "reason": "read again", **fields}
    return monitor.judge(kind, subject, **given)  # type: ignore[arg-type]


def proposition_of(monitor: Monitor, claim: str) -> Proposition:
    """The proposition that a claim is of, not only bears on."""
    (found,) = [one for one in monitor.propositions() if any(m.claim == claim and not m.reasons for m in one.members)]
    return found


def verdict_on(monitor: Monitor, claim: str) -> Assessment:
    return monitor.picture().assessments[proposition_of(monitor, claim).id]


# Claims


def test_a_rejected_claim_is_of_nothing_and_is_listed_as_rejected(monitor: Monitor) -> None:
    assert len(monitor.disputes()) > 0
    made = judge(monitor, "reject", "c-denied", reason="a parody account")
    assert "c-denied" not in {claim.id for claim in monitor.claims()}
    assert [claim.id for claim in monitor.claims(rejected=True)] == ["c-denied"]
    assert all(member.claim != "c-denied" for one in monitor.propositions() for member in one.members)
    with pytest.raises(MarsadError, match=rf"ana rejected it \({made.id}\): a parody account"):
        monitor.assess("c-denied")


def test_a_proposition_is_found_by_its_id_when_the_claim_that_founded_it_is_rejected(path: Path) -> None:
    with Monitor.open(path) as held:
        held.add([])  # links what was read, and keeps the ids of propositions
        known = proposition_of(held, "c-taken").id
        assert proposition_of(held, "c-denied").id == known
        judge(held, "reject", "c-taken")
        (detail,) = held.assess(known)
        assert detail.proposition == proposition_of(held, "c-denied")
        assert detail.proposition.id != known


def test_a_corrected_field_replaces_the_readers_everywhere(monitor: Monitor) -> None:
    judge(monitor, "correct", "c-inside", values={"agent": "the army", "killed": "3"})
    (claim,) = [one for one in monitor.claims() if one.id == "c-inside"]
    assert (claim.agent, claim.produced.agent, claim.produced.counts) == (
        "Army of Exampleland",
        Producer.PERSON,
        Producer.PERSON,
    )
    assert proposition_of(monitor, "c-inside").agent == "Army of Exampleland"
    assert all("Front" not in state.holder for state in monitor.control() if "c-inside" in state.claims)


def test_the_beginning_of_an_id_will_do(monitor: Monitor) -> None:
    assert judge(monitor, "accept", "c-ba").subject == "c-bay"
    with pytest.raises(MarsadError, match="fits 2 ids: c-dead, c-denied"):
        judge(monitor, "accept", "c-de")


def test_undo_is_a_judgement_that_restores_what_was(monitor: Monitor) -> None:
    before = monitor.picture()
    made = judge(monitor, "correct", "c-denied", values={"polarity": "affirmed"})
    assert monitor.picture().disputes != before.disputes
    judge(monitor, "undo", made.id)
    after = monitor.picture()
    for name in ("claims", "linked", "assessments", "disputes", "control", "sources"):
        assert getattr(after, name) == getattr(before, name), name
    assert [one.kind for one in monitor.judgements()] == ["correct", "undo"]
    with pytest.raises(InputError, match="is undone already"):
        judge(monitor, "undo", made.id)


def test_judgements_stay_when_the_file_is_closed(path: Path) -> None:
    with Monitor.open(path) as held:
        made = judge(held, "correct", "c-taken", values={"place": "Bay"})
    with Monitor.open(path) as held:
        assert held.judgements() == (made,)
        assert held.claims()[0].place == war.BAY


def test_another_process_sees_a_judgement_at_once(path: Path, monitor: Monitor) -> None:
    assert len(monitor.claims()) == len(monitor.picture().claims)
    with Monitor.open(path) as other:
        judge(other, "reject", "c-taken")
    assert "c-taken" not in {claim.id for claim in monitor.picture().claims}


# Another version of the reader


def read_by_another_version(path: Path, *, without: str = "") -> None:
    """Read all reports anew: every claim has another id, and one more word of anchor where there is one."""
    with Store.open(path) as store:
        for report in war.reports().values():
            found = [anew(one) for one in war.claims() if one.report == report.id and one.id != without]
            store.add_reading(report.id, f"{EXTRACTOR}-next", theatre_digest(war.THEATRE), found, learnt=war.START)


def anew(claim: Claim) -> Claim:
    start = max(0, claim.anchor.start - 4)
    return replace(claim, id=f"{claim.id}-next", anchor=replace(claim.anchor, start=start))


def test_judgements_win_after_a_reading_by_another_version(path: Path) -> None:
    with Monitor.open(path) as held:
        judge(held, "reject", "c-bay")
        judge(held, "correct", "c-inside", values={"certainty": "possible"})
        judge(held, "grade", proposition_of(held, "c-taken").id, grade="corroborated")
    read_by_another_version(path)
    with Monitor.open(path) as held:
        assert [claim.id for claim in held.claims(rejected=True)] == ["c-bay-next"]
        (inside,) = [claim for claim in held.claims() if claim.id == "c-inside-next"]
        assert (inside.certainty, inside.produced.certainty) == ("possible", Producer.PERSON)
        assert verdict_on(held, "c-taken-next").stands == "corroborated"
        assert held.judged().orphaned == ()


def test_a_judgement_that_finds_its_claim_no_more_is_listed_as_orphaned(path: Path) -> None:
    with Monitor.open(path) as held:
        made = judge(held, "reject", "c-bay")
    read_by_another_version(path, without="c-bay")
    with Monitor.open(path) as held:
        assert held.judged().orphaned == held.judgements() == (made,)
        (row,) = judgement_rows(held.judgements(), held.judged(), held.zone).full
        assert (row["status"], row["claims"]) == ("orphaned", [])
        judge(held, "undo", made.id)
        assert held.judged().orphaned == ()


# Propositions


def test_merged_propositions_are_one_and_undo_parts_them(monitor: Monitor) -> None:
    one, other = (proposition_of(monitor, claim).id for claim in ("c-taken", "c-left"))
    before = monitor.picture().linked
    made = judge(monitor, "merge", one, other=[other])
    merged = proposition_of(monitor, "c-taken")
    assert proposition_of(monitor, "c-left") == merged
    assert len(monitor.propositions()) == len(before.propositions) - 1
    assert {detail.proposition.id for detail in monitor.assess("c-left")} >= {merged.id}
    judge(monitor, "undo", made.id)
    assert monitor.picture().linked == before


def test_claims_that_are_split_off_no_longer_bear_on_what_they_were_of(monitor: Monitor) -> None:
    taken = proposition_of(monitor, "c-taken")
    assert proposition_of(monitor, "c-denied") == taken
    judge(monitor, "split", taken.id, other=["c-denied"])
    apart = proposition_of(monitor, "c-denied")
    assert apart.id != taken.id
    (kept,) = [one for one in monitor.propositions() if one.id == taken.id]
    assert "c-denied" not in {member.claim for member in kept.members}
    assert "c-taken" not in {member.claim for member in apart.members}


def test_what_was_split_can_be_merged_again(monitor: Monitor) -> None:
    taken = proposition_of(monitor, "c-taken")
    judge(monitor, "split", taken.id, other=["c-denied"])
    judge(monitor, "merge", taken.id, other=[proposition_of(monitor, "c-denied").id])
    assert proposition_of(monitor, "c-denied") == taken == proposition_of(monitor, "c-taken")


def test_a_grade_by_hand_stands_before_the_rules_grade_with_its_reason(monitor: Monitor) -> None:
    (dispute, *_) = [one for one in monitor.disputes() if one.open] or monitor.disputes()
    by_rules = monitor.picture().assessments[dispute.proposition].grade
    made = judge(monitor, "grade", dispute.proposition, grade="denied", reason="the photograph is old")
    verdict = monitor.picture().assessments[dispute.proposition]
    assert (verdict.stands, verdict.grade) == ("denied", by_rules)
    assert verdict.by_hand is not None
    assert verdict.by_hand.judgement == made.id
    assert verdict.working[0].startswith("Graded denied by ana on ")
    assert f"the photograph is old. By the rules alone: {by_rules}." in verdict.working[0]
    assert {one.open for one in monitor.disputes() if one.proposition == dispute.proposition} == {False}
    rows = evidence_rows(monitor.assess(dispute.proposition)).full
    assert {(row["grade"], row["graded_by"]) for row in rows} == {("denied", "ana")}


def test_the_report_says_whose_grade_it_is(monitor: Monitor) -> None:
    judge(monitor, "reject", "c-left")  # without the concession the dispute is open
    (dispute, *_) = [one for one in monitor.disputes() if one.open]
    judge(monitor, "grade", dispute.proposition, grade="disputed", user="ben")
    lines = markdown(monitor.report())
    assert ": disputed (graded by ben)" in lines


def test_what_a_person_grades_open_is_no_longer_told_as_settled(monitor: Monitor) -> None:
    settled = [one for one in monitor.disputes() if not one.open]
    assert settled
    for one in settled:
        judge(monitor, "grade", one.proposition, grade="disputed")
    assert all(one.open for one in monitor.disputes())
    report = monitor.report(since=timedelta(days=30))
    told = {one.proposition for one in (*report.settled, *(one.matter for one in report.concessions))}
    assert told.isdisjoint(one.proposition for one in settled)


def test_notes_and_labels_are_shown_with_the_proposition(monitor: Monitor) -> None:
    note = judge(monitor, "note", "c-taken", text="ask the stringer", reason="")
    label = judge(monitor, "label", proposition_of(monitor, "c-taken").id, text="urgent", reason="")
    (detail,) = [one for one in monitor.assess("c-taken") if note in one.judgements]
    assert detail.judgements == (note, label)


def test_a_translation_stands_beside_its_report_and_nothing_is_read_from_it(monitor: Monitor) -> None:
    before, found = monitor.picture(), len(monitor.search("zanzibar"))
    made = judge(monitor, "translate", "r1", text="Zanzibar is taken.\n\nنحن هنا.", reason="NLLB-200")
    page = monitor.report_page("r1")
    assert page.translations == (made,)
    assert monitor.report_page("r2").translations == ()
    (row,) = report_page_row(page, monitor.picture(), monitor.zone)["translations"]
    assert (row["made_by"], row["user"], row["text"]) == ("NLLB-200", "ana", "Zanzibar is taken.\n\nنحن هنا.")
    assert row["direction"] == "ltr"
    now = monitor.picture()
    assert (now.claims, now.linked, now.assessments) == (before.claims, before.linked, before.assessments)
    assert len(monitor.search("zanzibar")) == found == 0
    assert "Zanzibar" not in ruling(made, monitor.zone)
    assert monitor.check().faults == ()
    judge(monitor, "undo", made.id, reason="a poor one")
    assert monitor.report_page("r1").translations == ()


def test_a_translation_leaves_under_no_policy(path: Path, monitor: Monitor) -> None:
    judge(monitor, "translate", "r1", text="Layla Doe took the town.", reason="NLLB-200")
    for name in shipped_policies():
        with Monitor.open(path, policy=name) as held:
            shown = held.report_page("r1").translations
            assert (shown != ()) == held.policy.lets_all_out
            assert ("translate" in {one.kind for one in held.judgements()}) == held.policy.lets_all_out


@pytest.mark.parametrize(
    ("kind", "subject", "fields", "reason"),
    [
        ("translate", "r9", {"text": "a"}, "no report with the id 'r9'"),
        ("translate", "r1", {}, "needs the translation"),
        ("translate", "r1", {"text": "a", "reason": ""}, "'reason' is empty"),
        ("translate", "r1", {"text": "a", "other": ["r2"]}, "takes no other"),
        ("translate", "r1", {"text": "\n \n"}, "'text' is empty"),
        ("translate", "r1", {"text": "a" * 40_001}, "40000 are the most"),
        ("praise", "c-taken", {}, "'praise' is no judgement"),
        ("accept", "c-nothing", {}, "no claim with the id 'c-nothing'"),
        ("accept", "", {}, "no claim with the id ''"),
        ("accept", "c-taken", {"user": " "}, "'user' is empty"),
        ("accept", "c-taken", {"reason": ""}, "'reason' is empty"),
        ("accept", "c-taken", {"values": {"agent": "X"}}, "'accept' takes no values"),
        ("correct", "c-taken", {}, "needs a field and its new value"),
        ("grade", "TAKEN", {"grade": "splendid"}, "'splendid' is no grade of marsad-1"),
        ("grade", "TAKEN", {}, "needs a grade"),
        ("merge", "TAKEN", {"other": ["TAKEN"]}, "merged with itself"),
        ("merge", "TAKEN", {"other": ["p-nothing"]}, "no proposition with the id"),
        ("split", "TAKEN", {"other": ["c-bay"]}, "'c-bay' is not of proposition"),
        ("split", "TAKEN", {"other": ["c-taken", "c-denied"]}, "nothing would be left"),
        ("undo", "j-nothing", {}, "no judgement with the id"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_not_kept(
    monitor: Monitor, kind: str, subject: str, fields: dict[str, object], reason: str
) -> None:
    taken = proposition_of(monitor, "c-taken").id
    if isinstance(fields.get("other"), list):
        fields = {**fields, "other": [taken if one == "TAKEN" else one for one in fields["other"]]}  # type: ignore[attr-defined]
    with pytest.raises(MarsadError, match=reason):
        judge(monitor, kind, taken if subject == "TAKEN" else subject, **fields)
    assert monitor.judgements() == ()


# Time


def test_judgements_hold_for_every_hour_of_the_war_and_from_when_they_were_made(monitor: Monitor, path: Path) -> None:
    made = judge(monitor, "reject", "c-taken")
    earlier, later = made.made - timedelta(seconds=1), made.made
    assert "c-taken" not in {claim.id for claim in monitor.picture(war.at(1)).claims}
    assert (monitor.judgements(as_of=earlier), monitor.judgements(as_of=later)) == ((), (made,))
    with Monitor.open(path, learnt_by=earlier) as before, Monitor.open(path, learnt_by=later) as after:
        assert "c-taken" in {claim.id for claim in before.picture().claims}
        assert "c-taken" not in {claim.id for claim in after.picture().claims}


def test_a_judgement_is_no_news_in_the_report(monitor: Monitor) -> None:
    judge(monitor, "reject", "c-denied")
    report = monitor.report(since=timedelta(hours=1))
    assert (report.new_disputes, report.settled, report.concessions, report.shifts) == ((), (), (), ())


def test_judgements_can_be_chosen_by_subject_and_user(monitor: Monitor) -> None:
    one = judge(monitor, "accept", "c-taken")
    other = judge(monitor, "reject", "c-taken", user="ben")
    back = judge(monitor, "undo", other.id, user="ben")
    assert monitor.judgements("c-taken") == (one, other)
    assert monitor.judgements(other.id) == (back,)
    assert monitor.judgements(user="ben") == (other, back)


# The store


def test_the_store_keeps_judgements_in_order_of_time_on_each_kind_of_database(
    where: Path | str, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with war.opened(tmp_path / "other") as held:
        first, second = judge(held, "accept", "c-taken"), judge(held, "reject", "c-bay")
    with Store.open(where) as store:
        before = store.revision()
        store.add_judgement(second)
        store.add_judgement(first)
        assert store.judgements() == (first, second)
        assert store.judgements(made_until=first.made) == (first,)
        assert store.revision() != before
        with pytest.raises(StoreError, match="is there already"):
            store.add_judgement(first)
        assert len(store.judgements()) == 2


# Review and gold


def test_the_queue_begins_with_what_most_hangs_on_and_leaves_out_what_is_ruled(monitor: Monitor) -> None:
    queue = monitor.review_queue()
    points = [item.points for item in queue]
    assert points == sorted(points, reverse=True)
    assert {item.claim.id for item in queue} == {claim.id for claim in monitor.claims()}
    first = queue[0].claim.id
    judge(monitor, "accept", first, user="ben")
    assert first not in {item.claim.id for item in monitor.review_queue()}
    assert first in {item.claim.id for item in monitor.review_queue("ana")}
    assert first not in {item.claim.id for item in monitor.review_queue("ben")}
    assert len(monitor.review_queue(most=2)) == 2
    assert [row["id"] for row in review_rows(queue).full] == [item.claim.id for item in queue]


def test_words_of_an_open_dispute_come_before_all_others(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    with Monitor.open(path) as held:
        judge(held, "reject", "c-left")  # without the concession the dispute is open
        assert any(one.open for one in held.disputes())
        queue = held.review_queue()
    assert {queue[0].claim.id, queue[1].claim.id} <= {"c-taken", "c-denied", "c-inside"}
    assert "in open dispute" in queue[0].reasons


def test_gold_is_what_people_accepted_and_corrected_in_a_form_that_can_be_scored(
    monitor: Monitor, tmp_path: Path
) -> None:
    judge(monitor, "accept", "c-taken")
    judge(monitor, "correct", "c-inside", values={"event": "capture", "extent": "part"})
    judge(monitor, "reject", "c-denied")
    gold = monitor.gold()
    assert {row["report"] for row in gold.claims} == {"r1", "r3"}
    assert [row["id"] for row in gold.reports] == ["r1", "r2", "r3"]
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, rows in (("reports", gold.reports), ("claims", gold.claims)):
        with (folder / f"{name}.jsonl").open("w") as stream:
            write_jsonl(rows, stream)
    (folder / "actors.json").write_text(json.dumps(gold.actors))
    loaded = load_gold(folder)
    now = {claim.id: claim for claim in monitor.claims()}
    names = ("event", "source", "polarity", "certainty", "agent", "extent", "interval", "counts", "anchor")
    for one, was in zip(loaded.claims, (now["c-taken"], now["c-inside"]), strict=True):
        assert {name: getattr(one, name) for name in names} == {name: getattr(was, name) for name in names}
    assert loaded.claims[0].polarity is Polarity.AFFIRMED
    assert set(loaded.actors) >= {FRONT}


def test_agreement_is_asked_of_the_monitor(monitor: Monitor) -> None:
    for claim, kind in (("c-taken", "accept"), ("c-denied", "accept"), ("c-bay", "reject")):
        judge(monitor, kind, claim, user="ana")
    for claim, kind in (("c-taken", "accept"), ("c-denied", "reject"), ("c-bay", "reject")):
        judge(monitor, kind, claim, user="ben")
    (verdict,) = monitor.agreement("ana", "ben")
    assert (verdict.claims, verdict.agreed) == (3, 2)
    assert verdict.alpha == pytest.approx(1 - (2 / 6) / (2 * 3 * 3 / 30))
