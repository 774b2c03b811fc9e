"""What people and programs read: quotations, the situation report in both forms, tables."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

import monitor_support as war
from marsad import Count, Counts, Interval, Nowcast, Picture, Place, Polarity, Share, SourceRecord, Tally
from marsad.outputs import (
    Course,
    Rows,
    claim_rows,
    control_rows,
    courses,
    details,
    dispute_rows,
    evidence_rows,
    html,
    markdown,
    nowcast_rows,
    print_detail,
    print_report,
    print_table,
    quote,
    source_rows,
    write_csv,
    write_jsonl,
)
from marsad.outputs.lines import casualties
from marsad.outputs.sections import sections
from marsad.outputs.wording import clock, days, headline, load_phrases, number, place_name, plain
from marsad.serial import to_json
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marsad import Claim, Monitor, SituationReport
    from marsad.outputs.sections import Section


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with war.opened(tmp_path) as held:
        yield held


def console() -> Console:
    return Console(file=io.StringIO(), width=100, record=True)


def of(name: str) -> Claim:
    return next(claim for claim in war.claims() if claim.id == name)


def quoted(picture: Picture, claim: str) -> str:
    return quote(picture.claim_by_id[claim], picture).words


# Words


def test_quotation_is_the_whole_sentence_with_its_attribution(monitor: Monitor) -> None:
    picture = monitor.picture()
    assert quoted(picture, "c-inside") == "The Exampleland Monitor said the rebels were inside Qarn."
    assert quoted(picture, "c-taken") == "Our fighters have taken Qarn this morning."


def test_quotation_reaches_over_sentences_where_the_source_stands_earlier(monitor: Monitor) -> None:
    picture = monitor.picture()
    claim = dataclasses.replace(of("c-dead"), source_passage=war.span("r3", "The Exampleland Monitor"))
    assert quote(claim, picture).words == war.TEXTS["r3"][3]


def test_initial_does_not_end_a_sentence(monitor: Monitor) -> None:
    claim = dataclasses.replace(of("c-denied"), anchor=war.span("r2", "Nothing happened"), cue=None)
    assert quote(claim, monitor.picture()).words == 'Gen. A. Dar said: "Nothing happened."'


def test_narrator_is_quoted_by_the_publisher(monitor: Monitor) -> None:
    picture = monitor.picture()
    assert quote(picture.claim_by_id["c-taken"], picture).source == "Northern Front Channel"


def test_every_event_type_has_a_phrase_and_no_other() -> None:
    assert set(load_phrases()) == set(load_events())


def test_headline_says_who_did_what_where_to_whom() -> None:
    assert headline(of("c-taken")) == "Northern Front captured Qarn"
    assert headline(dataclasses.replace(of("c-left"), target="Northern Front")) == (
        "Army of Exampleland withdrew from Qarn before Northern Front"
    )
    assert (
        headline(dataclasses.replace(of("c-dead"), place=None))
        == "somebody caused casualties among Army of Exampleland"
    )


def test_place_keeps_the_words_of_its_position() -> None:
    assert place_name(Place(name="Qarn", relation="bearing", words="15 km south of")) == "15 km south of Qarn"
    assert (
        place_name(Place(name="Qarn", relation="road", words="the road from Qarn to Sur"))
        == "the road from Qarn to Sur"
    )
    assert place_name(Place(name="Qarn", relation="outskirts", words="the outskirts of")) == "Qarn"
    assert place_name(None) == "no named place"


def test_instants_carry_the_offset_of_the_theatre(monitor: Monitor) -> None:
    assert clock(war.at(0), monitor.zone) == "1 Mar 2021 08:00 +02:00"
    assert clock(None, monitor.zone) == "no date"


def test_unknown_days_and_numbers_are_said_to_be_unknown() -> None:
    first = of("c-taken").interval.start
    assert days(Interval()) == "unknown"
    assert days(Interval(start=first)) == "2021-03-01 to ?"
    assert [number(count) for count in (None, Count(3, 3), Count(3, None), Count(None, 3), Count(3, 5))] == [
        "", "3", "3 or more", "up to 3", "3 to 5",
    ]  # fmt: skip
    assert casualties(Counts(killed=Count(3, 3), wounded=Count(9, None))) == "3 killed, 9 or more wounded"


def test_text_cannot_steer_a_terminal() -> None:
    assert plain("a\x1b[31mred\x07\u202eb\n\tc") == "a[31mredb c"


# The situation report


def test_open_dispute_shows_both_sides_words(monitor: Monitor) -> None:
    report = monitor.report(war.at(6))
    (dispute,) = report.new_disputes
    assert dispute.headline == "Northern Front captured Qarn"
    assert [word.quotation.words for word in dispute.supporters] == ["Our fighters have taken Qarn this morning."]
    assert [word.quotation.words for word in dispute.deniers] == ["The army denied that rebels had taken Qarn."]


def test_concession_is_told_with_its_words(monitor: Monitor) -> None:
    report = monitor.report(war.at(30))
    told = {one.matter.headline: one.by.quotation.claim for one in report.concessions}
    assert told["Army of Exampleland withdrew from Qarn"] == "c-left"


def test_town_stands_with_each_side_apart(monitor: Monitor) -> None:
    report = monitor.report(war.at(8))
    (town,) = report.towns
    assert report.sides == ("government", "rebels", "no side")
    assert [(one.side, [state.status.value for state in one.standings]) for one in town.accounts] == [
        ("government", ["denied"]),
        ("rebels", ["claimed"]),
        (None, ["contested"]),
    ]


def test_tolls_stand_by_source_within_the_period(monitor: Monitor) -> None:
    (toll,) = monitor.report(war.at(8)).tolls
    assert [(one.source, casualties(one.span)) for one in toll.sources] == [("Exampleland Monitor", "12 killed")]
    assert monitor.report().tolls == ()


def test_single_voice_is_told_while_it_is_fresh(monitor: Monitor) -> None:
    assert "c-bay" in {word.quotation.claim for one in monitor.report().single for word in one.supporters}
    assert "c-taken" not in {word.quotation.claim for one in monitor.report().single for word in one.supporters}


def test_voice_that_fell_silent_is_named(monitor: Monitor) -> None:
    silent = monitor.report(war.at(40)).silent
    assert [(one.voice, one.last_heard) for one in silent] == [("rebels", war.at(0))]


def test_report_is_the_same_every_time(tmp_path: Path) -> None:
    texts = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with war.opened(tmp_path / name) as held:
            texts.add(markdown(held.report(war.at(30))))
    assert len(texts) == 1


def section(report: SituationReport, title: str, most: int | None = None) -> Section:
    return next(one for one in sections(report, most) if one.title == title)


def test_every_form_carries_the_same_ids(monitor: Monitor) -> None:
    report, out = monitor.report(war.at(8)), console()
    print_report(report, out)
    texts = out.export_text(), markdown(report), html(report), json.dumps(to_json(report))
    lines = [line for part in sections(report) for line in (*part.lines, *part.more)]
    ids = {one for line in lines for one in (*line.ids, *line.claims, *(said.id for said in line.said))}
    assert {"c-taken", "c-denied", "c-inside", "c-dead"} < ids
    assert [[one for one in ids if one not in text] for text in texts] == [[], [], [], []]


def test_markdown_does_not_let_a_report_write_markup(monitor: Monitor) -> None:
    report = monitor.report(war.at(6))
    (dispute,) = report.new_disputes
    hostile = dataclasses.replace(dispute, headline="<script> | **x** [y](z)")
    text = markdown(dataclasses.replace(report, new_disputes=(hostile,)))
    assert r"\<script\> \| \*\*x\*\* \[y\](z)" in text


def test_words_that_stand_above_are_not_repeated(monitor: Monitor) -> None:
    report = monitor.report(war.at(6))
    (dispute,) = report.new_disputes
    again = dataclasses.replace(dispute, proposition="p-2", headline="Northern Front holds Qarn")
    first, second = section(dataclasses.replace(report, new_disputes=(dispute, again)), "New disputes").lines
    assert [said.id for said in first.said] == ["c-taken", "c-denied"]
    assert all(said.words for said in first.said)
    assert second.said == ()
    assert second.claims == ("c-taken", "c-denied")


def test_the_same_thing_by_the_same_voices_is_one_line(monitor: Monitor) -> None:
    report = monitor.report(war.at(6))
    (dispute,) = report.new_disputes
    again = dataclasses.replace(dispute, proposition="p-2", interval=Interval(end=date(2021, 2, 27)))
    (line,) = section(dataclasses.replace(report, new_disputes=(dispute, again)), "New disputes").lines
    assert line.ids == (dispute.proposition, "p-2")
    assert "1 Mar and by 27 Feb" in line.text


def test_dispute_that_nobody_spoke_on_lately_stands_without_words(monitor: Monitor) -> None:
    report = monitor.report(war.at(29.5))
    assert report.open_disputes
    brief, full = (section(report, "Open from before", most) for most in (10, None))
    assert [said.words for line in brief.lines for said in line.said] == []
    assert all(said.words for line in full.lines for said in line.said)


def test_long_sections_say_how_much_they_leave_off(monitor: Monitor) -> None:
    report = monitor.report()
    part, whole = (section(report, "Changed, by account", most) for most in (0, None))
    assert part.lines == ()
    assert part.left_off == len(whole.lines) > 0


def test_empty_sections_say_so(monitor: Monitor) -> None:
    text = markdown(monitor.report(war.at(-1)))
    assert "No dispute is open." in text
    assert "Nobody says who holds what." in text


def test_detail_shows_verdict_working_and_context(monitor: Monitor) -> None:
    out = console()
    (detail,) = monitor.assess("c-denied", war.at(6))
    print_detail(detail, out, monitor.zone)
    shown = " ".join(out.export_text().split())
    assert "verdict: disputed" in shown
    assert '... Gen. A. Dar said: "Nothing happened." The army denied that rebels had taken Qarn.' in shown
    assert "r2, characters 38 to 81" in shown


# Tables


def csv_of(rows: Rows) -> list[dict[str, str]]:
    stream = io.StringIO()
    write_csv(rows.full, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_claim_lines_have_the_fields_of_annotations(monitor: Monitor) -> None:
    stream = io.StringIO()
    write_jsonl(claim_rows(monitor.claims(), war.reports(), monitor.zone).full, stream)
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["id"] for row in rows] == [claim.id for claim in monitor.claims()]
    denial = next(row for row in rows if row["id"] == "c-denied")
    assert (denial["polarity"], denial["anchor"], denial["cue"]) == ("denied", "had taken Qarn", "denied")


def test_csv_keeps_columns_that_only_some_rows_have(monitor: Monitor) -> None:
    rows = {row["id"]: row for row in csv_of(claim_rows(monitor.claims(), war.reports(), monitor.zone))}
    assert (rows["c-dead"]["killed"], rows["c-left"]["killed"]) == ("12", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_csv_text_cannot_be_a_formula(text: str) -> None:
    (row,) = csv_of(Rows((), (), [{"a": text, "b": [text, "y"]}]))
    assert row == {"a": f"'{text}", "b": f"'{text}; y"}


def test_csv_numbers_stay_numbers() -> None:
    (row,) = csv_of(Rows((), (), [{"a": -3.5, "b": 7, "c": None, "d": True}]))
    assert row == {"a": "-3.5", "b": "7", "c": "", "d": "true"}


def test_no_rows_make_an_empty_csv() -> None:
    assert csv_of(Rows((), (), [])) == []


def test_dispute_rows_name_both_camps(monitor: Monitor) -> None:
    picture = monitor.picture(war.at(6))
    (row,) = dispute_rows(picture.disputes, picture).full
    assert (row["grade"], row["supporters"], row["deniers"]) == (
        "disputed", ["Northern Front Channel"], ["Army of Exampleland"],
    )  # fmt: skip


def test_control_rows_carry_account_and_claims(monitor: Monitor) -> None:
    rows = control_rows(monitor.control(as_of=war.at(0)), monitor.zone, war.at(0))
    assert [(row["according_to"], row["status"], row["claims"]) for row in rows.full] == [
        ("rebels", "claimed", ["c-taken"])
    ]


def test_source_rows_are_counts_with_intervals() -> None:
    record = SourceRecord(
        voice="rebels",
        side="rebels",
        topic="territory",
        claims=5,
        held=2,
        failed=1,
        open=2,
        share=Share(value=2 / 3, low=0.21, high=0.94),
        against_interest=Tally(held=1, failed=0, share=Share(value=1.0, low=0.21, high=1.0)),
    )
    rows = source_rows([record])
    assert rows.brief == [
        ("rebels", "rebels", "territory", "5", "2", "1", "2", "67 % (21–94)", "–", "1 of 1 (21–100)"),
    ]
    (row,) = rows.full
    assert (row["share"], row["share_low"], row["share_high"]) == (2 / 3, 0.21, 0.94)
    assert (row["held_against_interest"], row["share_self_serving"]) == (1, None)


def test_nowcast_rows_name_every_possible_holder(monitor: Monitor) -> None:
    found = monitor.nowcast("Qarn", as_of=war.at(1))
    rows = nowcast_rows(found, monitor.zone)
    assert len(rows.brief) == 1
    assert [row["holder"] for row in rows.full] == [name for name, _ in found[0].holders]
    assert rows.brief[0][-1] == "heard that day, 1 claim"


def test_courses_have_a_bar_a_day_and_the_likeliest_first() -> None:
    days = [
        Nowcast(
            place=war.QARN,
            on=date(2021, 3, day),
            as_of=None,
            holders=(("A", chance), ("B", 1 - chance), ("contested", 0.0)),
            last_heard=None,
            claims=(),
        )
        for day, chance in ((1, 1.0), (2, 0.5), (4, 0.25))
    ]
    assert courses(days) == (Course("B", " ▄ ▆", 0.75), Course("A", "█▄ ▂", 0.25))
    assert courses([]) == ()


def test_evidence_rows_carry_verdict_and_words(monitor: Monitor) -> None:
    rows = evidence_rows(monitor.assess("r1", war.at(6))).full
    assert {row["grade"] for row in rows} == {"disputed"}
    assert [(row["counts_as"], row["polarity"]) for row in rows] == [
        ("asserts", Polarity.AFFIRMED), ("denies", Polarity.DENIED),
    ]  # fmt: skip


def test_table_shows_every_row(monitor: Monitor) -> None:
    out = console()
    print_table(claim_rows(monitor.claims(), war.reports(), monitor.zone), out)
    shown = out.export_text()
    assert all(claim.id in shown for claim in monitor.claims())


def test_a_whole_id_means_its_thing_whatever_else_begins_with_it(monitor: Monitor) -> None:
    picture = monitor.picture()
    longer = [replace(picture.claims[0], id=name) for name in ("r1-more", "r1-most")]
    found = details(replace(picture, claims=(*picture.claims, *longer)), "r1")
    assert [one.proposition.id for one in found] == [one.proposition.id for one in monitor.assess("r1")]
