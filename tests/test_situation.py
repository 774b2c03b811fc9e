"""What the situation report tells: news apart from what was known, each account apart, and what nobody tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import Count, Counts, DataFileError, DatePrecision, Interval, Place, Polarity, SituationReport
from marsad.outputs import html, markdown
from marsad.outputs.lines import casualties
from marsad.outputs.notice import load_notice
from marsad.outputs.sections import sections
from marsad.outputs.summary import summary
from marsad.outputs.tolls import span
from marsad.records import Certainty, Extent, Stance
from marsad.serial import from_json, to_json
from marsad.store import Skip
from marsad.vocabulary import load_events
from picture_support import reported
from weighing_support import ARMY, DAY, NOON, REBELS, TOWN, claim, copied, denial, report

if TYPE_CHECKING:
    from pathlib import Path

    from marsad import Claim
    from marsad.outputs.sections import Section

OTHER = Place(name="Sabra", gazetteer_id="x:2", lat=12.0, lon=22.0, country="XA")
CROSSING = Place(name="Gate", gazetteer_id="x:3", lat=14.0, lon=24.0, country="XA", feature="crossing")


def section(one: SituationReport, title: str, most: int | None = None) -> Section:
    return next(part for part in sections(one, most) if part.title == title)


def texts(one: SituationReport, title: str) -> list[str]:
    return [line.text for line in section(one, title).lines]


# Disputes


def disputed() -> list[Claim]:
    return [claim("a", REBELS, "capture"), denial("b", ARMY, "capture")]


def test_dispute_is_new_from_the_first_word_against_it() -> None:
    reports = [report("a"), report("b", hours=20)]
    early, late = (reported(disputed(), reports, hours=hours) for hours in (23, 45))
    assert [len(early.new_disputes), len(early.open_disputes)] == [1, 0]
    assert [len(late.new_disputes), len(late.open_disputes)] == [0, 1]
    assert early.new_disputes[0].opened == NOON + timedelta(hours=20)
    assert set(early.new_disputes[0].claims) == {one.id for one in disputed()}


def test_dispute_that_was_settled_is_new_again_when_it_opens_again() -> None:
    claims = [*disputed(), claim("c", ARMY, "capture", stance=Stance.CONCEDES), denial("d", ARMY, "capture")]
    reports = [report("a"), report("b", hours=1), report("c", hours=2), report("d", hours=30)]
    assert reported(claims, reports, hours=20, period=30).new_disputes == ()
    assert [one.grade for one in reported(claims, reports, hours=40).new_disputes] == ["disputed"]


def test_concession_says_who_when_and_after_whose_denials() -> None:
    claims = [*disputed(), claim("c", ARMY, "capture", stance=Stance.CONCEDES)]
    reports = [report("a"), report("b", hours=1), report("c", hours=30)]
    one = reported(claims, reports, hours=40)
    (concession,) = one.concessions
    assert (concession.by.voice, concession.since) == ("government", NOON + timedelta(hours=30))
    assert [(word.voice, word.last) for word in concession.denials] == [("government", NOON + timedelta(hours=1))]
    (text,) = texts(one, "Conceded and settled")
    assert text.startswith("government admits: Northern Front captured Varenna, 10 May; said 11 May 18:00")
    assert text.endswith("after denials by government (10 May 13:00)")


def test_concession_that_nobody_had_denied_says_so() -> None:
    one = reported([claim("a", ARMY, "withdraw", agent=ARMY)])
    assert one.concessions[0].denials == ()
    assert "nobody in these reports had denied it" in texts(one, "Conceded and settled")[0]


def test_same_admission_of_several_days_is_one_line() -> None:
    one = reported([claim("a", ARMY, "withdraw", agent=ARMY)])
    (first,) = one.concessions
    again = replace(first, matter=replace(first.matter, proposition="p-2", interval=Interval(end=date(2031, 5, 2))))
    (line,) = section(replace(one, concessions=(first, again)), "Conceded and settled").lines
    assert line.ids == (first.matter.proposition, "p-2")
    assert "10 May and by 2 May" in line.text


def test_concession_of_before_the_period_is_no_news() -> None:
    one = reported([claim("a", ARMY, "withdraw", agent=ARMY)], [report("a")], hours=48)
    assert (one.concessions, one.settled) == ((), ())


def test_voice_that_said_both_is_told_apart_from_the_camps() -> None:
    claims = [*disputed(), claim("c", "Monitor", "capture"), denial("d", "Monitor", "capture")]
    (text,) = texts(reported(claims), "New disputes")
    assert "(for: rebels; against: government; has said both: Monitor)" in text


def test_history_stands_after_what_is_of_today() -> None:
    past = Interval(start=date(2020, 1, 1), end=date(2020, 12, 31))
    claims = [claim("a", REBELS, "capture"), claim("b", "Monitor", "shelling", place=OTHER, interval=past)]
    assert [one.headline.split()[-1] for one in reported(claims).single] == ["Varenna", "Sabra"]


# Towns


def test_place_changes_hands_by_the_account_that_says_so_alone() -> None:
    claims = [
        claim("a", "Monitor", "hold", agent=ARMY),
        claim("b", ARMY, "hold", agent=ARMY),
        claim("c", "Monitor", "capture"),
    ]
    reports = [report("a"), report("b", hours=1), report("c", hours=30)]
    (shift,) = reported(claims, reports, hours=40).shifts
    assert shift.hands == ("Monitor",)
    told = {(one.state.holder, one.state.status.value, one.was and one.was.value) for one in shift.changes}
    assert told == {(REBELS, "held", None), (ARMY, "lost", "held")}


def test_first_word_on_who_is_there_changes_no_hands() -> None:
    one = reported([claim("a", "Monitor", "hold", agent=ARMY), claim("b", "Monitor", "enter", place=OTHER)])
    assert [shift.hands for shift in one.shifts] == [(), ()]
    assert texts(one, "Changed, by account") == ["Sabra: first told of by Monitor", "Varenna: first told of by Monitor"]


def test_towns_without_word_are_told_with_their_days() -> None:
    claims = [claim("a", "Monitor", "hold"), claim("b", "Monitor", "hold", place=OTHER, days=4)]
    one = reported(claims, [report("a"), report("b", hours=96)], hours=100)
    assert [(quiet.place.name, quiet.days, quiet.accounts) for quiet in one.quiet] == [("Varenna", 4, ("Monitor",))]
    assert one.quiet[0].claims == (claims[0].id,)
    assert "No word for 2 to 6 days: Varenna (since 10 May)." in texts(one, "Not known")


# Numbers


def counted(name: str, source: str, low: int, high: int | None = None) -> Claim:
    counts = Counts(killed=Count(low, high or low))
    return claim(name, source, "casualties", agent=None, target="civilians", counts=counts)


def test_figures_stand_by_source_with_the_lowest_and_the_highest() -> None:
    one = reported([counted("a", "Monitor", 12), counted("b", ARMY, 3)])
    (toll,) = one.tolls
    assert {source.source: casualties(source.span) for source in toll.sources} == {
        "Monitor": "12 killed",
        ARMY: "3 killed",
    }
    (text,) = texts(one, "Killed and wounded, by source")
    assert f"killed: lowest 3 ({ARMY}), highest 12 (Monitor)" in text
    assert "15" not in text


def test_figure_without_an_upper_bound_is_not_the_highest_for_that() -> None:
    at_least = replace(counted("b", ARMY, 3), counts=Counts(killed=Count(3, None)))
    (text,) = texts(reported([counted("a", "Monitor", 12), at_least]), "Killed and wounded, by source")
    assert f"lowest 3 or more ({ARMY}), highest 12 (Monitor)" in text


def test_figures_that_agree_are_no_range() -> None:
    (text,) = texts(reported([counted("a", "Monitor", 12), counted("b", ARMY, 12)]), "Killed and wounded, by source")
    assert text.endswith("; 12 killed by 2 sources")


def test_later_figure_of_a_source_is_an_update() -> None:
    claims = [counted("a", "Monitor", 12), counted("b", "Monitor", 15), counted("c", "Monitor", 15)]
    one = reported(claims, [report("a"), report("b", hours=20), report("c", hours=30)], hours=40)
    ((source,),) = [toll.sources for toll in one.tolls]
    assert [casualties(figure.counts) for figure in source.figures] == ["12 killed", "15 killed"]
    assert source.span.killed == Count(12, 15)
    ((line,),) = [section(one, "Killed and wounded, by source").lines]
    assert line.said[0].who == (
        "Monitor: 15 killed, 11 May 08:00; an update of 12 killed on 10 May 12:00; in all 12 to 15 killed"
    )


def test_figures_of_another_day_are_another_matter() -> None:
    tomorrow = Interval(start=DAY + timedelta(days=1), end=DAY + timedelta(days=1), precision=DatePrecision.DAY)
    one = reported([counted("a", "Monitor", 12), replace(counted("b", "Monitor", 5), interval=tomorrow)])
    told = sorted([casualties(source.span) for source in toll.sources] for toll in one.tolls)
    assert told == [["12 killed"], ["5 killed"]]


def test_figures_that_one_report_tells_apart_are_of_different_things() -> None:
    both = [counted("a", "Monitor", 12), replace(counted("a", "Monitor", 5), id="c-2")]
    assert sorted(len(toll.sources[0].figures) for toll in reported(both).tolls) == [1, 1]


def test_who_denies_a_number_gives_none() -> None:
    denied = replace(counted("b", ARMY, 12), polarity=Polarity.DENIED, stance=Stance.DENIES)
    (toll,) = reported([counted("a", "Monitor", 12), denied]).tolls
    assert [source.source for source in toll.sources] == ["Monitor"]


def test_copy_of_a_report_gives_no_figure_of_its_own() -> None:
    original = report(
        "a", text="The Monitor said on Saturday that twelve people were killed in Varenna by shells. " * 4
    )
    claims = [counted("a", "Monitor", 12), counted("b", "Monitor", 12)]
    (toll,) = reported(claims, [original, copied(original, "b", 5)]).tolls
    assert [len(source.figures) for source in toll.sources] == [1]


def test_old_figures_that_nobody_repeats_are_no_news() -> None:
    assert reported([counted("a", "Monitor", 12)], [report("a")], hours=40).tolls == ()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        ([Count(3, 3)], Count(3, 3)),
        ([Count(3, 3), Count(9, 12)], Count(3, 12)),
        ([Count(3, None), Count(9, 12)], Count(3, None)),
        ([Count(None, 5), Count(9, 12)], Count(None, 12)),
    ],
)
def test_span_is_open_where_one_count_is(counts: list[Count], expected: Count | None) -> None:
    assert span(counts) == expected


# Routes


def test_routes_are_told_by_account_with_since_when_and_what_was_before() -> None:
    claims = [
        claim("a", "Monitor", "cut_route", extent=Extent.ROUTE),
        claim("b", "Monitor", "open_route", agent=ARMY, extent=Extent.ROUTE, days=2),
        claim("c", ARMY, "cut_route", extent=Extent.ROUTE),
    ]
    reports = [report("a"), report("b", hours=48), report("c", hours=49)]
    (route,) = reported(claims, reports, hours=60).routes
    told = {word.according_to: (word.standing, word.agent, word.since, word.was) for word in route.words}
    assert told == {
        "Monitor": ("open", ARMY, DAY + timedelta(days=2), "closed"),
        "government": ("closed", REBELS, DAY, None),
    }


def test_denied_closure_is_a_word_for_open() -> None:
    (route,) = reported([denial("a", ARMY, "cut_route", extent=Extent.ROUTE)]).routes
    assert [(word.standing, word.side) for word in route.words] == [("open", "government")]


@pytest.mark.parametrize(
    "one",
    [
        claim("a", "Monitor", "cut_route", certainty=Certainty.PLANNED),
        claim("a", "Monitor", "cut_route", stance=Stance.DOUBTS),
        claim("a", "Monitor", "cut_route", days=-400),
        claim("a", "Monitor", "shelling"),
    ],
)
def test_plans_doubts_and_history_close_no_route(one: Claim) -> None:
    assert reported([one]).routes == ()


def test_old_word_on_a_route_is_told_with_its_age() -> None:
    one = reported([claim("a", "Monitor", "cut_route", extent=Extent.ROUTE)], [report("a")], hours=80)
    (text,) = texts(one, "Routes and crossings, by account")
    assert text == f"Routes at Varenna: closed by {REBELS} since 10 May, no word since 10 May, 3 days, by Monitor"


def test_crossing_is_told_by_who_holds_it() -> None:
    one = reported([claim("a", "Monitor", "capture", place=CROSSING)])
    assert texts(one, "Routes and crossings, by account") == [
        f"Gate: held by {REBELS} since 10 May, said 10 May 12:00, by Monitor"
    ]


# What nobody tells


def test_side_that_a_dispute_is_about_and_that_is_silent_is_named() -> None:
    claims = [claim("a", "Monitor", "capture"), denial("b", ARMY, "capture")]
    (one,) = reported(claims).unanswered
    assert (one.side, one.headline) == ("rebels", "Northern Front captured Varenna")
    assert reported(disputed()).unanswered == ()


def test_place_that_one_side_alone_tells_of_is_named() -> None:
    claims = [claim("a", REBELS, "capture"), claim("b", REBELS, "capture", place=OTHER), claim("c", "Monitor", "hold")]
    assert [(one.place.name, one.side) for one in reported(claims).one_sided] == [("Sabra", "rebels")]


def test_voice_heard_often_before_and_not_in_the_period_is_silent() -> None:
    claims = [claim("a", "Monitor", "hold"), claim("b", "Monitor", "hold", place=OTHER), claim("c", REBELS, "shelling")]
    one = reported(claims, [report("a"), report("b", hours=1), report("c", hours=40)], hours=41)
    assert [(silence.voice, silence.last_heard) for silence in one.silent] == [("Monitor", NOON + timedelta(hours=1))]
    assert one.silent[0].claims == (claims[1].id,)


def test_days_without_reports_are_named_and_the_last_day_only_when_it_is_over() -> None:
    claims = [claim("a", "Monitor", "hold"), claim("b", "Monitor", "hold", days=3)]
    reports = [report("a"), report("b", hours=72)]
    pauses = [reported(claims, reports, hours=hours).pauses for hours in (72, 100, 108)]
    assert [[(one.start.day, one.end.day) for one in found] for found in pauses] == [
        [(11, 12)],
        [(11, 12)],
        [(11, 12), (14, 14)],
    ]


def test_unread_inputs_are_counted_by_reason() -> None:
    skips = [Skip(origin=name, reason="not read: German", learnt=NOON) for name in ("x.txt", "y.txt")]
    one = reported([claim("a", "Monitor", "hold")], skips=skips)
    assert [(unused.reason, unused.inputs) for unused in one.unused] == [("not read: German", ("x.txt", "y.txt"))]
    assert "2 inputs not used, not read: German: x.txt and y.txt." in texts(one, "Not known")
    assert "2 inputs not read" in summary(one)[-1].text


def test_many_reasons_for_not_reading_are_cut() -> None:
    skips = [Skip(origin=f"x:{number}", reason=f"reason {number}", learnt=NOON) for number in range(20)]
    one = reported([], skips=skips)
    brief, full = (section(one, "Not known", most).lines for most in (10, None))
    assert len(full) == len(brief) + 7
    assert brief[-1].text == "8 inputs more not used, for 8 other reasons."


# The whole


def everything() -> SituationReport:
    claims = [
        *disputed(),
        claim("c", ARMY, "withdraw", agent=ARMY, place=OTHER),
        counted("d", "Monitor", 12),
        claim("e", "Monitor", "cut_route", extent=Extent.ROUTE),
    ]
    return reported(claims)


def test_summary_has_at_most_five_lines_and_each_leads_to_its_claims() -> None:
    lines = summary(everything())
    assert [line.text.split(":")[0] for line in lines] == [
        "1 new dispute", "Admitted against interest", "Changed hands by some account",
        "Killed and wounded by source, never added", "Not known",
    ]  # fmt: skip
    assert all(line.claims for line in lines[:-1])


def test_summary_counts_what_is_disputed_at_one_place_together() -> None:
    claims = [*disputed(), claim("c", REBELS, "capture", place=OTHER), denial("d", ARMY, "capture", place=OTHER)]
    claims += [claim("e", REBELS, "encircle", place=OTHER), denial("f", ARMY, "encircle", place=OTHER)]
    text = summary(reported(claims))[0].text
    assert text.startswith("3 new disputes: ")
    assert "Sabra (1 more there)" in text
    assert "Northern Front captured Varenna; 0 open" in text


def test_summary_of_nothing_says_why() -> None:
    one = replace(reported([]), as_of=None)
    assert [line.text for line in summary(one)] == ["Nothing can be told to be new: there is no report."]


def test_summary_of_a_quiet_day_says_that_nothing_is_new() -> None:
    texts = [line.text for line in summary(reported(disputed(), hours=60))]
    assert texts[0] == "No new dispute; 1 open from before."
    assert texts[1] == "No place changed hands by any account."


def test_every_line_of_what_is_told_stands_on_claims_whose_words_are_there() -> None:
    one = everything()
    quoted = {quotation.claim for quotation in one.quotations}
    parts = [part for part in sections(one) if part.title not in {"In short", "Not known"}]
    for line in (line for part in parts for line in part.lines):
        behind = {*line.claims, *(said.id for said in line.said), *(i for i in line.ids if i.startswith("c-"))}
        assert behind, line.text
        assert behind <= quoted


def test_report_survives_json() -> None:
    one = everything()
    assert one.new_disputes
    assert one.routes
    assert one.tolls
    assert from_json(SituationReport, to_json(one)) == one


def test_report_of_nothing_says_what_is_not_there() -> None:
    one = reported([])
    assert texts(one, "In short")[0] == "No new dispute; 0 open from before."
    none = {part.title: part.none for part in sections(one) if not part.lines and part.none}
    assert none["Who stands where, by account"] == "Nobody says who holds what."
    assert none["Killed and wounded, by source"] == "No numbers were given."


def test_year_is_told_where_it_is_another_than_that_of_the_report() -> None:
    days = Interval(start=date(2030, 12, 31), end=date(2031, 1, 2))
    one = reported([claim("a", REBELS, "shelling", interval=days)])
    assert "31 Dec 2030 to 2 Jan" in texts(one, "One voice only")[0]


CLAIMS = st.builds(
    lambda number, source, event, agent, place, polarity, days, counts: claim(
        f"r{number}", source, event, agent, place=place, polarity=polarity, days=days, counts=counts,
    ),
    st.integers(0, 9),
    st.sampled_from(["Monitor", ARMY, REBELS, "narrator", "residents"]),
    st.sampled_from(sorted(load_events())),
    st.sampled_from([ARMY, REBELS, None]),
    st.sampled_from([TOWN, OTHER, CROSSING, None]),
    st.sampled_from(sorted(Polarity)),
    st.integers(-40, 3),
    st.sampled_from([Counts(), Counts(killed=Count(3, None)), Counts(killed=Count(5, 5), wounded=Count(None, 9))]),
)  # fmt: skip


@given(st.lists(CLAIMS, max_size=12, unique_by=lambda one: one.id), st.integers(0, 12), st.integers(0, 24))
def test_any_claims_make_a_report_in_every_form(claims: list[Claim], hours: int, period: int) -> None:
    one = reported(claims, hours=hours, period=period)
    assert from_json(SituationReport, to_json(one)) == one
    assert len(summary(one)) <= 5
    new, old = ({matter.proposition for matter in found} for found in (one.new_disputes, one.open_disputes))
    assert new.isdisjoint(old)
    quoted = {quotation.claim for quotation in one.quotations}
    named = {i for part in sections(one) for line in part.lines for i in (*line.claims, *(s.id for s in line.said))}
    assert named <= quoted <= {claim.id for claim in claims}
    assert all(part.title in text for part in sections(one) for text in (markdown(one), html(one, 1)))


# The data file


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[2, 7, 30]", "[2, 30, 7]", "'town_days' must be whole numbers of at least 1, each higher"),
        ("[2, 7, 30]", "[]", "'town_days' must be whole numbers"),
        ("voice_words = 2", "voice_words = true", "'voice_words' must be a whole number"),
        ('"capture"', '"captur"', "'taken' has 'captur', which is no event type"),
        ("lost =", "gone =", "unknown key 'gone'"),
        ("[history]", "[histories]", "unknown key 'histories'"),
    ],
)
def test_wrong_notice_is_refused_with_its_line(old: str, new: str, reason: str, tmp_path: Path) -> None:
    from marsad.outputs.notice import SHIPPED

    path = tmp_path / "situation.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=rf"situation\.toml:\d+: {reason}"):
        load_notice(path)
