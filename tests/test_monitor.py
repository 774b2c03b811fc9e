"""The monitor: adding is repeatable, questions look only at what was published by then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

import marsad
import monitor_support as war
from marsad import Claim, DataFileError, MarsadError, Monitor, Polarity, Proposition, StoreError
from marsad.demo import demo_reports, demo_theatre
from marsad.reading import EXTRACTOR
from marsad.serial import report_to_row
from marsad.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with war.opened(tmp_path) as held:
        yield held


def ids(items: Iterable[Claim | Proposition]) -> list[str]:
    return [item.id for item in items]


def test_theatre_is_kept_with_the_reports(tmp_path: Path) -> None:
    profile = tmp_path / "theatre.toml"
    profile.write_text(war.THEATRE)
    with Monitor.open(tmp_path / "war.marsad", theatre=profile) as held:
        assert held.zone.key == "Asia/Damascus"
    profile.unlink()
    with Monitor.open(tmp_path / "war.marsad") as held:
        assert held.theatre is not None
        assert held.theatre.side_of("the rebels") == "rebels"


def test_monitor_without_a_theatre_tells_times_in_utc(tmp_path: Path) -> None:
    with Monitor.open(tmp_path / "war.marsad") as held:
        assert (held.theatre, held.zone.key) == (None, "UTC")


def test_wrong_theatre_makes_no_monitor(tmp_path: Path) -> None:
    profile = tmp_path / "theatre.toml"
    profile.write_text("name = 3")
    with pytest.raises(DataFileError):
        Monitor.open(tmp_path / "war.marsad", theatre=profile)
    assert not (tmp_path / "war.marsad").exists()


def test_file_that_is_no_monitor_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    with pytest.raises(StoreError):
        Monitor.open(path)


def test_empty_monitor_answers_every_question(tmp_path: Path) -> None:
    with Monitor.open(tmp_path / "war.marsad") as held:
        assert (
            held.claims()
            == held.reports()
            == held.propositions()
            == held.disputes()
            == held.control()
            == held.nowcast()
            == ()
        )
        report = held.report()
    assert (report.as_of, report.since, report.reports, report.towns) == (None, None, 0, ())


def test_adding_what_is_there_changes_nothing(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    again = tmp_path / "again.jsonl"
    rows = [report_to_row(report) for report in war.reports().values()]
    again.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Monitor.open(path) as held:
        before = held.claims(), held.reports(), held.propositions()
        receipt = held.add([again])
        assert (receipt.added, receipt.skipped, receipt.claims) == ((), (), 0)
        assert receipt.duplicates == tuple(war.TEXTS)
        assert (held.claims(), held.reports(), held.propositions()) == before


def test_skipped_input_is_told_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "no text"}\nnot json\n')
    with war.opened(tmp_path) as held:
        receipts = [held.add([bad]), held.add([bad])]
        assert [len(receipt.skipped) for receipt in receipts] == [2, 2]
        assert [len(one.inputs) for one in held.report().unused] == [1, 1]


def test_id_of_another_text_is_skipped_and_the_rest_goes_on(tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    text = war.TEXTS["r2"][3]
    rows = [{"id": "r1", "text": "Another text altogether."}, {"id": "r2", "publisher": "State News", "text": text}]
    other.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with war.opened(tmp_path) as held:
        receipt = held.add([other])
    assert [item.reason for item in receipt.skipped] == ["id 'r1' is already used by another text"]
    assert receipt.duplicates == ("r2",)


@pytest.mark.slow
def test_report_not_in_english_is_kept_unread_with_its_reason(tmp_path: Path, gazetteer: marsad.Gazetteer) -> None:
    path = tmp_path / "fremd.txt"
    path.write_text("Die Truppen haben sich am Sonntag aus der Stadt zurückgezogen, sagte ein Sprecher der Armee. " * 5)
    with Monitor.open(tmp_path / "war.marsad", gazetteer=gazetteer) as held:
        first, second = held.add([path]), held.add([path])
        assert (len(first.added), len(first.unread), first.claims) == (1, 1, 0)
        assert (len(second.duplicates), second.unread) == (1, ())
        (unused,) = held.report().unused
    assert unused.reason.startswith("not read: ")


def test_what_another_process_adds_is_seen(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    with Monitor.open(path) as held:
        assert len(held.picture().reports) == 5
        with Store.open(path) as store:
            extra = war.reports()["r1"]
            new = marsad.Report(
                id="r6", publisher="X", kind="wire", title="", text="A.", sha256="0", published=extra.published
            )
            store.add(new, (), extractor=EXTRACTOR, theatre="", learnt=war.START, origin="r6")
        assert len(held.picture().reports) == 6


def test_picture_is_drawn_once_for_an_instant(monitor: Monitor) -> None:
    assert monitor.picture(war.at(8)) is monitor.picture(war.at(8))
    assert monitor.picture(war.at(8)) is not monitor.picture(war.at(9))


def test_claims_are_those_published_by_then(monitor: Monitor) -> None:
    assert ids(monitor.claims(as_of=war.at(-1))) == []
    assert ids(monitor.claims(as_of=war.at(0))) == ["c-taken"]
    assert ids(monitor.claims(as_of=war.at(6))) == ["c-taken", "c-denied"]


def test_claims_are_narrowed_down(monitor: Monitor) -> None:
    assert ids(monitor.claims(place="bay")) == ["c-bay", "c-plan"]
    assert ids(monitor.claims(source="the army")) == ["c-denied", "c-left"]
    assert ids(monitor.claims(event="casualties")) == ["c-dead"]
    assert ids(monitor.claims(polarity=Polarity.DENIED, place="Qarn")) == ["c-denied"]


def test_dispute_opens_with_the_denial(monitor: Monitor) -> None:
    assert monitor.disputes(war.at(1)) == ()
    (dispute,) = [one for one in monitor.disputes(war.at(6)) if one.event == "capture"]
    assert dispute.open
    assert (dispute.supporters, dispute.deniers) == (("Northern Front Channel",), ("Army of Exampleland",))


def test_proposition_keeps_its_id_as_reports_arrive(monitor: Monitor) -> None:
    early, late = monitor.propositions(war.at(0)), monitor.propositions()
    assert set(ids(early)) <= set(ids(late))


def test_assess_finds_by_proposition_claim_and_report(monitor: Monitor) -> None:
    (proposition,) = monitor.propositions(war.at(0))
    for wanted in (proposition.id, proposition.id[:6], "c-taken", "c-tak", "r1"):
        assert proposition.id in [detail.proposition.id for detail in monitor.assess(wanted)]


def test_assess_shows_exact_words_where_they_stand(monitor: Monitor) -> None:
    (detail,) = monitor.assess("r1", war.at(6))
    assert [evidence.claim.id for evidence in detail.evidence] == ["c-taken", "c-denied"]
    denial = detail.evidence[1].quotation
    assert denial.words == "The army denied that rebels had taken Qarn."
    assert war.TEXTS["r2"][3][denial.start : denial.end] == denial.words
    assert detail.assessment is not None
    assert detail.assessment.grade == "disputed"


def test_assess_names_what_it_cannot_find(monitor: Monitor) -> None:
    with pytest.raises(MarsadError, match="no proposition, claim or report with the id 'x-9'"):
        monitor.assess("x-9")
    with pytest.raises(MarsadError, match="fits 7 ids: c-bay"):
        monitor.assess("c-")
    with pytest.raises(MarsadError, match="'c-plan' is of no proposition"):
        monitor.assess("c-plan")
    with pytest.raises(MarsadError, match="no proposition"):
        monitor.assess("c-left", war.at(6))


def test_verdicts_follow_the_rules_that_the_monitor_is_opened_with(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    with Monitor.open(path, rules="recorders-1") as held:
        assert held.rules.name == "recorders-1"
        verdicts = held.picture(war.at(6)).assessments.values()
        assert {(one.rule_set, one.grade) for one in verdicts} == {("recorders-1", "contested")}
        assert [one.open for one in held.disputes(war.at(6))] == [True]
    with Monitor.open(path) as held:
        assert {one.rule_set for one in held.picture().assessments.values()} == {"marsad-1"}


def test_wrong_rules_are_refused_before_a_monitor_is_made(tmp_path: Path) -> None:
    with pytest.raises(marsad.DataFileError, match="no rule set and no file 'mine'"):
        Monitor.open(tmp_path / "new.marsad", rules="mine")
    assert not (tmp_path / "new.marsad").exists()


def test_withdrawal_told_the_day_after_settles_the_denied_capture(monitor: Monitor) -> None:
    (before,) = monitor.assess("c-denied", war.at(29))
    (after,) = monitor.assess("c-denied", war.at(30))
    assert before.assessment is not None
    assert after.assessment is not None
    assert (before.assessment.grade, after.assessment.grade) == ("disputed", "settled")
    assert after.assessment.settled_on == war.at(30)
    assert "c-left" in [evidence.claim.id for evidence in after.evidence]


def test_sources_are_told_by_topic(monitor: Monitor) -> None:
    (army,) = monitor.sources(name="government", topic="territory")
    assert (army.held, army.failed, army.self_serving.failed) == (0, 1, 1)
    assert {record.topic for record in monitor.sources(name="Exampleland Monitor")} == {"territory", "violence"}
    assert monitor.sources(topic="routes") == ()


def test_control_is_told_by_account(monitor: Monitor) -> None:
    (claimed,) = monitor.control("Qarn", according_to="rebels", as_of=war.at(6))
    assert (claimed.holder, claimed.status) == ("Northern Front", "claimed")
    (denied,) = monitor.control("Qarn", according_to="government", as_of=war.at(6))
    assert (denied.holder, denied.status) == ("Northern Front", "denied")


def test_nowcast_follows_what_was_published(monitor: Monitor) -> None:
    day = date(2021, 3, 1)
    (early,) = monitor.nowcast("Qarn", day, war.at(1))
    (later,) = monitor.nowcast("Qarn", day, war.at(8))
    assert early.claims == ("c-taken",)
    assert early.holders[0][0] == later.holders[0][0] == "Northern Front"
    assert set(later.claims) == {"c-taken", "c-denied", "c-inside"}
    assert monitor.nowcast("Qarn", day, war.at(-1)) == ()


def test_nowcast_of_all_places_has_each_day_since(monitor: Monitor) -> None:
    found = monitor.nowcast(since=date(2021, 2, 27))
    assert [(one.place.name, one.on) for one in found] == [
        ("Qarn", date(2021, 3, 1)), ("Qarn", date(2021, 3, 2)), ("Bay", date(2021, 3, 2)),
    ]  # fmt: skip
    with pytest.raises(MarsadError, match="after their end"):
        monitor.nowcast(on=date(2021, 3, 1), since=date(2021, 3, 2))


def test_control_on_a_day_leaves_other_spells_out(monitor: Monitor) -> None:
    assert monitor.control("Qarn", date(2021, 2, 28)) == ()
    assert monitor.control("Qarn", date(2021, 3, 1)) != ()


def test_report_tells_what_changed_in_its_period(monitor: Monitor) -> None:
    report = monitor.report(war.at(30), timedelta(hours=24))
    assert (report.reports, report.new_reports) == (4, 2)
    changed = {
        (change.state.according_to, change.state.holder, change.state.status.value)
        for shift in report.shifts
        for change in shift.changes
    }
    assert ("government", "Army of Exampleland", "lost") in changed
    assert ("rebels", "Northern Front", "claimed") not in changed


def test_report_begins_where_it_is_asked_to(monitor: Monitor) -> None:
    assert monitor.report(war.at(30), war.at(6)) == monitor.report(war.at(30), timedelta(hours=24))
    with pytest.raises(MarsadError, match=r"the period begins at .*, after its end at"):
        monitor.report(war.at(6), war.at(7))


def test_report_without_an_hour_is_as_of_the_last_publication(monitor: Monitor) -> None:
    assert monitor.report().as_of == war.at(31)


@pytest.mark.slow
def test_demonstration_is_read_once_and_asked_often(tmp_path: Path, gazetteer: marsad.Gazetteer) -> None:
    path = tmp_path / "demo.marsad"
    with Monitor.open(path, theatre=demo_theatre(), gazetteer=gazetteer) as held:
        told: list[tuple[str, int, int | None]] = []
        receipt = held.add([demo_reports()], progress=lambda *step: told.append(step))
        assert (len(receipt.added), receipt.skipped, receipt.unread) == (36, (), ())
        assert [step for step in told if step[1] == 36][-2:] == [("reading", 36, 36), ("linking", 36, 36)]
        assert receipt.claims == len(held.claims()) > 100
        assert held.add([demo_reports()]).claims == 0
        assert any(one.open for one in held.disputes())


@pytest.mark.slow
def test_reports_are_read_again_with_another_theatre(tmp_path: Path, gazetteer: marsad.Gazetteer) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The rebels captured Homs on Sunday, the army said.")
    profile = tmp_path / "theatre.toml"
    profile.write_text(war.THEATRE)
    path = tmp_path / "war.marsad"
    with Monitor.open(path, gazetteer=gazetteer) as held:
        held.add([story])
        without = [claim.agent for claim in held.claims()]
    with Monitor.open(path, theatre=profile, gazetteer=gazetteer) as held:
        receipt = held.add([])
        assert receipt.claims == len(without)
        assert [claim.agent for claim in held.claims()] == ["Northern Front"] != without


@pytest.mark.slow
def test_rereading_shows_what_changes_and_keeps_what_was(tmp_path: Path, gazetteer: marsad.Gazetteer) -> None:
    path = tmp_path / "war.marsad"
    text = "QARN - The army said on Monday that its soldiers had entered Qarn."
    (tmp_path / "story.txt").write_text(text, "utf-8")
    with Monitor.open(path, gazetteer=gazetteer) as held:
        held.add([tmp_path / "story.txt"])
        (report,) = held.reports()
        (kept,) = held.claims()
    old = tmp_path / "old.marsad"
    with Store.open(old) as store:
        earlier = [replace(kept, extractor="older"), replace(kept, id="c-gone", event="withdraw", extractor="older")]
        store.add(report, earlier, extractor="older", theatre="", learnt=war.START, origin="story")
    with Monitor.open(old, gazetteer=gazetteer) as held:
        assert held.add([tmp_path / "story.txt"]).outdated == 1
        assert {claim.id for claim in held.claims()} == {kept.id, "c-gone"}
        (change,) = held.reread()
        assert (change.report, change.kept, change.new) == (report, 1, ())
        assert [claim.id for claim in change.gone] == ["c-gone"]
        assert [claim.id for claim in held.claims()] == [kept.id]
        assert held.reread() == ()
    with Monitor.open(old, learnt_by=war.START) as held:
        assert {claim.id for claim in held.claims()} == {kept.id, "c-gone"}
