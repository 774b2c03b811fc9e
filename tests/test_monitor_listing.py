"""What a monitor lists: what became of every input, reports retracted by people, claims by the names in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import monitor_support as war
from marsad import Claim, InputError, MarsadError, Monitor, Outcome, Place, Polarity, Report
from marsad.linking import current
from marsad.monitor.listing import named
from marsad.outputs import judgement_rows, receipt_rows
from marsad.records import WITHDRAWN
from marsad.store import Store
from store_support import NOW, READER, claim, report

if TYPE_CHECKING:
    from pathlib import Path


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps({"publisher": "Wire", "title": "", **row}) + "\n" for row in rows), "utf-8")
    return path


DAY = {"published": "2021-03-01T06:00:00+00:00"}


# Receipts


def test_every_input_has_a_receipt_once_in_order_of_time(tmp_path: Path, where: Path | str) -> None:
    first = lines(tmp_path / "a.jsonl", {"id": "r1", "text": "Rebels entered Qarn.", **DAY}, {"id": "r2", "text": ""})
    again = lines(
        tmp_path / "b.jsonl",
        {"id": "r1", "text": "Rebels entered Qarn.", **DAY},
        {"id": "r1", "text": "Rebels left Qarn.", "updated": "2021-03-01T09:00:00+00:00", **DAY},
    )
    with Monitor.open(where) as monitor:
        begin = datetime.now(UTC)
        monitor.add([first], read=False)
        between = datetime.now(UTC)
        monitor.add([again], read=False)
        monitor.add([first, again], read=False)
        found = monitor.receipts()
        assert [(one.outcome.value, one.report, one.origin.rpartition("/")[2]) for one in found] == [
            ("added", "r1", "a.jsonl:1"),
            ("skipped", None, "a.jsonl:2"),
            ("duplicate", "r1", "b.jsonl:1"),
            ("updated", monitor.versions("r1")[1].id, "b.jsonl:2"),
        ]
        assert begin < found[0].learnt <= found[1].learnt < between < found[2].learnt
        assert [one.reason is None for one in found] == [True, False, True, True]
        assert monitor.receipts("skipped") == found[1:2]
        assert monitor.receipts(since=between) == found[2:]
        assert monitor.receipts(Outcome.ADDED, since=between) == ()
        assert [row["outcome"] for row in receipt_rows(found, monitor.zone).full] == [one.outcome for one in found]
        assert monitor.check().faults == ()


def test_a_receipt_holds_the_hash_of_a_file_that_is_one_report(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Rebels entered Qarn.")
    with Monitor.open(tmp_path / "war.marsad") as monitor:
        monitor.add([tmp_path / "story.txt"], read=False)
        (one,) = monitor.receipts()
    assert one.content is None or len(one.content) == 64


def test_an_unknown_outcome_is_told(tmp_path: Path) -> None:
    with war.opened(tmp_path) as monitor, pytest.raises(InputError, match="must be one of added, updated, duplicate"):
        monitor.receipts("lost")


# Taken in, and read later


def test_reports_that_are_only_taken_in_wait_to_be_read_and_are_found_by_their_words(tmp_path: Path) -> None:
    source = lines(
        tmp_path / "a.jsonl", *({"id": f"r{n}", "text": f"Number {n} entered Qarn.", **DAY} for n in range(130))
    )
    told: list[tuple[str, int, int | None]] = []
    with Monitor.open(tmp_path / "war.marsad") as monitor:
        receipt = monitor.add([source], read=False, progress=lambda *step: told.append(step))
        assert (len(receipt.added), receipt.waiting, receipt.outdated, receipt.claims) == (130, 130, 0, 0)
        assert [hit.report.id for hit in monitor.search("Number 77")] == ["r77"]
        assert monitor.claims() == ()
    assert told == [("taking in", 64, None), ("taking in", 128, None), ("taking in", 130, None)]
    with Store.open(tmp_path / "war.marsad") as store:
        assert len(store.unread(None, "")) == 130


def test_reports_come_by_id_in_the_order_asked_for(where: Path | str) -> None:
    names = [f"r{number}" for number in range(900)]
    with Store.open(where) as store:
        with store.transaction():
            for name in names:
                store.add_report(report(name), learnt=NOW)
        assert [one.id for one in store.reports_of(["r9", "none", *reversed(names)])] == ["r9", *reversed(names)]


# Retraction


def test_a_retracted_report_and_its_claims_are_in_no_picture_until_that_is_undone(tmp_path: Path) -> None:
    with war.opened(tmp_path) as monitor:
        before = monitor.picture()
        made = monitor.judge("retract", "r2", user="ana", reason="a forged page")
        now = monitor.picture()
        assert "r2" not in now.report_by_id
        assert "c-denied" not in now.claim_by_id
        assert "r2" not in {one.id for one in monitor.reports(war.at(6))}
        assert monitor.disputes() == ()
        assert [one.id for one in monitor.claims(rejected=True)] == ["c-denied"]
        assert "r2" in monitor.reports_of(monitor.claims(rejected=True))
        with pytest.raises(MarsadError, match=rf"ana retracted its report \({made.id}\): a forged page"):
            monitor.assess("c-denied")
        (row,) = judgement_rows(monitor.judgements(), monitor.judged(), monitor.zone).full
        assert (row["kind"], row["subject"], row["status"], row["claims"]) == (
            "retract",
            "r2",
            "standing",
            ["c-denied"],
        )
        monitor.judge("undo", made.id, user="ben", reason="it is genuine")
        assert monitor.picture().claims == before.claims
        assert monitor.disputes() == before.disputes


def test_a_retraction_obeys_the_clock_of_judgements_and_no_ruling_on_a_claim_takes_it_back(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    with Monitor.open(path) as monitor:
        made = monitor.judge("retract", "r2", user="ana", reason="a forged page")
        monitor.judge("accept", "c-denied", user="ben", reason="read in its context")
        assert "c-denied" not in {one.id for one in monitor.claims()}
    with Monitor.open(path, learnt_by=made.made - timedelta(microseconds=1)) as then:
        assert "r2" in then.picture().report_by_id
        assert "c-denied" in {one.id for one in then.claims()}


def test_a_retraction_is_of_all_versions_so_far_and_not_of_a_later_one(tmp_path: Path) -> None:
    def version(text: str, hour: int) -> Report:
        return report(text=text, updated=NOW + timedelta(hours=hour))

    with Monitor.open(tmp_path / "war.marsad") as monitor, Store.open(tmp_path / "war.marsad") as store:
        store.add(report(), [claim()], extractor=READER, theatre="", learnt=NOW)
        second, _ = store.add_report(version("They left.", 1), learnt=NOW)
        made = monitor.judge("retract", "r1", user="ana", reason="made up")
        assert (made.subject, made.other) == ("r1", (second,))
        assert monitor.reports() == monitor.reports(NOW) == ()
        third, _ = store.add_report(version("They came back.", 2), learnt=NOW)
        assert [one.id for one in monitor.reports()] == [third]


def test_a_report_that_is_not_there_cannot_be_retracted(tmp_path: Path) -> None:
    with war.opened(tmp_path) as monitor:
        with pytest.raises(InputError, match="no report with the id 'r9'"):
            monitor.judge("retract", "r9", user="ana", reason="forged")
        with pytest.raises(InputError, match="takes no other"):
            monitor.judge("retract", "r2", user="ana", reason="forged", other=["r1"])
        with pytest.raises(MarsadError, match="fits 5 ids"):
            monitor.judge("retract", "r", user="ana", reason="forged")


# Claims by what they name


def test_claims_of_one_report_are_asked_for_by_its_id(tmp_path: Path) -> None:
    with war.opened(tmp_path) as monitor:
        assert [one.id for one in monitor.claims(report="r3")] == ["c-inside", "c-dead"]
        assert monitor.claims(report="r") == ()


PLACES = (
    None,
    war.QARN,
    war.BAY,
    Place(name="al-Qarn", canonical="Qarn", gazetteer_id="x:1", lat=35.0, lon=37.0),
    Place(name="Qarn"),
    Place(name="bay"),
)
SOURCES = ("narrator", "Army of Exampleland", "the army", "Northern Front")
EVENTS = ("capture", "enter", "clash")
made_up = st.tuples(
    st.sampled_from(PLACES), st.sampled_from(SOURCES), st.sampled_from((None, *SOURCES)), st.sampled_from(EVENTS)
)
rulings = st.tuples(
    st.sampled_from(("reject", "correct place", "correct source", "correct event", "retract", "accept")),
    st.integers(0, 19),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    stories=st.lists(st.tuples(st.lists(made_up, max_size=3), st.integers(0, 9)), min_size=1, max_size=6),
    changes=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9), st.booleans()), max_size=3),
    ruled=st.lists(rulings, max_size=4),
    hour=st.sampled_from((None, 2, 5, 9)),
)
def test_claims_asked_for_by_name_are_those_that_looking_at_all_of_them_finds(
    tmp_path_factory: pytest.TempPathFactory,
    stories: list[tuple[list[tuple[Place | None, str, str | None, str]], int]],
    changes: list[tuple[int, int, bool]],
    ruled: list[tuple[str, int]],
    hour: int | None,
) -> None:
    path = tmp_path_factory.mktemp("listing") / "war.marsad"
    with Store.open(path) as store:
        store.add_theatre(war.THEATRE, learnt=NOW)
        for number, (told, hours) in enumerate(stories):
            one = report(f"r{number}", published=NOW + timedelta(hours=hours))
            store.add(one, claims_of(one.id, told), extractor=READER, theatre="", learnt=NOW)
        for number, hours, gone in changes:
            name = f"r{number % len(stories)}"
            form = {"form": WITHDRAWN} if gone else {}
            new = report(name, f"Changed {hours} {gone}.", updated=NOW + timedelta(hours=10 * hours / 9), **form)
            name, outcome = store.add_report(new, learnt=NOW)
            if outcome == "updated":
                store.add_reading(name, READER, "", claims_of(name, stories[0][0]), learnt=NOW)
    with Monitor.open(path) as monitor:
        for kind, number in ruled:
            rule(monitor, kind, number)
        when = None if hour is None else NOW + timedelta(hours=hour)
        standing = {one.id for one in current(monitor._store.reports(published_until=when))}
        whole, picture = monitor.judged(), monitor.picture(when)
        kept, out = (tuple(one for one in some if one.report in standing) for some in (whole.claims, whole.rejected))
        assert (picture.claims, picture.judged.rejected) == (kept, out)
        assert picture.judged.standing == whole.standing
    for again in (False, True):  # from the database, and from a picture that is kept
        with Monitor.open(path) as monitor:
            if again:
                monitor.picture(when)
            for rejected, everything in ((False, kept), (True, out)):
                compare(monitor, everything, when, rejected=rejected)


def compare(monitor: Monitor, everything: tuple[Claim, ...], when: datetime | None, *, rejected: bool) -> None:
    """Assert that each question is answered with what fits of all there is."""
    assert monitor.claims(as_of=when, rejected=rejected) == everything
    for place in ("qarn", "x:1", "AL-QARN", "Bay", "nowhere"):
        found = monitor.claims(as_of=when, place=place, rejected=rejected)
        assert found == tuple(one for one in everything if named(one.place, place))
    for source in ("the army", "narrator", "northern front"):
        found = monitor.claims(as_of=when, source=source, rejected=rejected)
        assert found == tuple(one for one in everything if monitor._fits(one, None, source, None))
    for event in EVENTS:
        found = monitor.claims(as_of=when, event=event, polarity=Polarity.AFFIRMED, rejected=rejected)
        assert found == tuple(one for one in everything if one.event == event)
    for name in {one.report for one in everything}:
        found = monitor.claims(as_of=when, report=name, rejected=rejected)
        assert found == tuple(one for one in everything if one.report == name)


def claims_of(name: str, told: list[tuple[Place | None, str, str | None, str]]) -> list[Claim]:
    return [
        claim(f"c-{name}-{number}", name, place=place, source=source, speaker=speaker, event=event)
        for number, (place, source, speaker, event) in enumerate(told)
    ]


def rule(monitor: Monitor, kind: str, number: int) -> None:
    """Make a ruling on one of the claims or reports, where it can be made."""
    known = [*monitor.judged().claims, *monitor.judged().rejected]
    if not known:
        return
    one = known[number % len(known)]
    what, _, field = kind.partition(" ")
    values = {"place": {"place": "Bay"}, "source": {"source": "Northern Front"}, "event": {"event": "clash"}}.get(field)
    subject = one.report if what == "retract" else one.id
    try:
        monitor.judge(what, subject, user="ana", reason="read again", values=values)
    except InputError:  # it would change nothing
        return
