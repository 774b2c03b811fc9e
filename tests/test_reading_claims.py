"""What makes a claim: event types by their arguments, times, tolls, spans, stable ids, nothing invented."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.reading import Unread
from marsad.reading.reader import RULES
from marsad.records import Certainty, Count, Counts, DatePrecision, Interval
from reading_support import RSF, SAF, Readings, reader, report, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

pytestmark = pytest.mark.slow
STORY = (
    "Heavy fighting broke out in El Obeid on Friday. The army said its troops had entered Kosti. "
    "The RSF denied that.\n\n"
    '"Shells killed four people in Sennar," Emergency Lawyers said. The army has withdrawn from Nyala.'
)


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


# ---- event types -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ("advance", "Kokang fighters advanced towards Lashio."),
        ("enter", "Kokang fighters entered Lashio."),
        ("enter", "Kokang fighters have broken into Lashio."),
        ("capture", "Kokang fighters took the town of Lashio."),
        ("capture", "The town of Lashio fell to Kokang fighters."),
        ("capture", "Kokang fighters took control of Lashio."),
        ("hold", "Kokang fighters control Lashio."),
        ("hold", "The town of Lashio is in the hands of Kokang fighters."),
        ("repel", "Kokang fighters repelled an attack on Lashio."),
        ("withdraw", "Kokang fighters withdrew from Lashio."),
        ("withdraw", "Kokang fighters pulled out of Lashio."),
        ("encircle", "Kokang fighters surrounded Lashio."),
        ("cut_route", "Kokang fighters cut the road to Lashio."),
        ("open_route", "Kokang fighters reopened the road to Lashio."),
        ("clash", "Kokang fighters clashed with soldiers in Lashio."),
        ("air_strike", "Junta warplanes bombed Lashio."),
        ("shelling", "Kokang fighters shelled Lashio."),
        ("bombing", "A roadside bomb exploded in Lashio."),
        ("attack_civilians", "Kokang fighters killed six villagers in Lashio."),
        ("casualties", "Six people were killed in Lashio."),
        ("detain", "Kokang fighters arrested a journalist in Lashio."),
        ("release", "Kokang fighters freed 20 prisoners in Lashio."),
        ("destroy", "Kokang fighters blew up a bridge in Lashio."),
        ("deploy", "The army sent reinforcements to Lashio."),
        ("launch_offensive", "Kokang fighters launched an offensive on Lashio."),
        ("surrender", "Forty soldiers surrendered in Lashio."),
        ("ceasefire", "The two sides agreed a ceasefire in Lashio."),
        ("displace", "Thousands of people fled Lashio."),
        ("depart", "President Ashraf Ghani fled Kabul."),
        ("aid", "An aid convoy reached Lashio."),
        ("protest", "Hundreds of people protested in Lashio."),
    ],
)
def test_every_event_type_is_read(read: Readings, event: str, text: str) -> None:
    claims = read(text)
    assert [claim.event for claim in claims] == [event]


@pytest.mark.parametrize(
    ("events", "text"),
    [
        (["ceasefire"], "The truce announced for Monday was broken at noon by the army in Lashio."),
        (["deploy"], "The army has taken up a new line at Lashio."),
        (["capture"], "The army took control of Lashio."),
    ],
)
def test_one_event_is_one_claim_of_its_type(read: Readings, events: list[str], text: str) -> None:
    assert [claim.event for claim in read(text)] == events


@pytest.mark.parametrize(
    "text",
    [
        "The governor took a bus to Lashio on Friday.",
        "The team took the title in Lagos.",
        "The minister entered talks in Addis Ababa.",
        "Ministers won the battle against inflation.",
        "Prices fell in Lashio.",
        "The singer captured the hearts of Bamako.",
        "The mayor held a meeting in Gao.",
        "The bank opened a branch in Mekelle.",
        "Rain delayed the harvest around Kassala.",
    ],
)
def test_a_verb_of_war_with_an_argument_of_peace_is_no_event(read: Readings, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize("text", ["Has Lashio fallen?", "Did the rebels capture Lashio?", "Who bombed the hospital?"])
def test_a_question_claims_nothing(read: Readings, text: str) -> None:
    assert read(text) == ()


def test_a_heading_claims_nothing(read: Readings) -> None:
    assert read("Rebels capture Lashio\n\nThe governor spoke to the newspaper about the harvest.") == ()


def test_the_title_claims_nothing(read: Readings) -> None:
    assert read("The governor spoke about the harvest.", title="Rebels capture Lashio.") == ()


# ---- time ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("on Friday", date(2024, 11, 29), date(2024, 11, 29)),
        ("late on Saturday", date(2024, 11, 30), date(2024, 11, 30)),
        ("overnight", date(2024, 11, 30), date(2024, 12, 1)),
        ("yesterday", date(2024, 11, 30), date(2024, 11, 30)),
        ("ten days ago", date(2024, 11, 21), date(2024, 11, 21)),
        ("on 3 October", date(2024, 10, 3), date(2024, 10, 3)),
        ("on Nov. 27", date(2024, 11, 27), date(2024, 11, 27)),
        ("in September", date(2024, 9, 1), date(2024, 9, 30)),
        ("in 2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_an_event_has_the_time_that_its_sentence_gives(read: Readings, when: str, first: date, last: date) -> None:
    claim = read.one("shelling", f"The Russian army shelled the city of Kharkiv {when}.", "ukraine")
    assert (claim.interval.start, claim.interval.end) == (first, last)


def test_without_a_word_of_time_the_event_is_of_the_day_of_publication(read: Readings) -> None:
    claim = read.one("shelling", "Russian forces shelled Kharkiv.", "ukraine")
    assert claim.interval == Interval(start=date(2024, 12, 1), end=date(2024, 12, 1), precision=DatePrecision.DAY)


def test_without_a_date_of_publication_there_is_no_date(read: Readings) -> None:
    claim = read.one("shelling", "Russian forces shelled Kharkiv.", "ukraine", published=None)
    assert (claim.interval.start, claim.interval.end) == (None, None)


def test_the_time_of_the_saying_is_not_the_time_of_the_event(read: Readings) -> None:
    text = "The General Staff said on Saturday that Russian forces had shelled Kharkiv on Thursday."
    assert read.one("shelling", text, "ukraine").interval.start == date(2024, 11, 28)


# ---- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Shelling killed 12 people and wounded 23 in Kherson.",
            Counts(killed=Count(12, 12), wounded=Count(23, 23)),
        ),
        (
            "Russian artillery shelled Kherson, killing 12 people and wounding 23.",
            Counts(killed=Count(12, 12), wounded=Count(23, 23)),
        ),
        ("Shelling killed at least seven people in Kherson.", Counts(killed=Count(7, None))),
    ],
)
def test_the_dead_of_a_bombardment_are_numbers_of_its_own_claim(read: Readings, text: str, counts: Counts) -> None:
    (claim,) = read(text, "ukraine")
    assert (claim.event, where(claim), claim.counts) == ("shelling", "Kherson", counts)


def test_dead_and_wounded_of_one_toll_are_one_claim(read: Readings) -> None:
    (claim,) = read("Twelve people were killed and 23 wounded in Kherson, the mayor said.", "ukraine")
    assert claim.event == "casualties"
    assert claim.counts == Counts(killed=Count(12, 12), wounded=Count(23, 23))


def test_how_many_of_the_dead_were_civilians_is_a_claim_of_its_own(read: Readings) -> None:
    claims = read("An air strike killed 31 people, 24 of them civilians, in Pokrovsk.", "ukraine")
    assert {(claim.event, claim.target, claim.counts.killed) for claim in claims} == {
        ("air_strike", None, Count(31, 31)),
        ("casualties", "civilians", Count(24, 24)),
    }


def test_the_dead_of_two_kinds_are_two_claims(read: Readings) -> None:
    claims = read.of("casualties", "Two soldiers and three civilians were killed in Kherson.", "ukraine")
    assert {(claim.target, claim.counts.killed) for claim in claims} == {
        ("soldiers", Count(2, 2)),
        ("civilians", Count(3, 3)),
    }


def test_two_sources_with_two_tolls_keep_each_its_number(read: Readings) -> None:
    text = "Emergency Lawyers said 40 people were killed in Kutum. The army said 11 people were killed there."
    claims = read.of("casualties", text, "sudan")
    assert {(claim.source, claim.counts.killed) for claim in claims} == {
        ("Emergency Lawyers", Count(40, 40)),
        (SAF, Count(11, 11)),
    }


def test_prisoners_are_counted_as_detained(read: Readings) -> None:
    claim = read.one("detain", "Soldiers detained 30 men in Mekelle.")
    assert claim.counts == Counts(detained=Count(30, 30))


def test_those_who_fled_are_counted_as_displaced(read: Readings) -> None:
    claim = read.one("displace", "Some 4,000 people fled Kutum.", "sudan")
    assert (claim.counts, claim.target) == (Counts(displaced=Count(4000, 4000)), "civilians")


# ---- nothing invented ------------------------------------------------------------------------------------------------


def test_a_claim_without_place_agent_or_number_has_none(read: Readings) -> None:
    claim = read.one("clash", "Heavy fighting broke out on Friday.")
    assert (claim.place, claim.agent, claim.target, claim.speaker, claim.via) == (None,) * 5
    assert claim.counts == Counts()
    assert claim.extent.value == "unknown"


def test_a_passive_without_a_doer_has_no_agent(read: Readings) -> None:
    claim = read.one("shelling", "Kharkiv was shelled on Friday.", "ukraine")
    assert (claim.agent, where(claim)) == (None, "Kharkiv")


def test_a_place_that_nobody_knows_has_no_coordinates(read: Readings) -> None:
    claim = read.one("capture", "Rebels captured the village of Qorzhtal on Friday.")
    assert claim.place is not None
    assert claim.place.name == "Qorzhtal"
    assert (claim.place.lat, claim.place.lon, claim.place.gazetteer_id) == (None, None, None)


# ---- spans, ids, order -----------------------------------------------------------------------------------------------


def test_claims_stand_in_order_of_text_with_their_spans_inside_it(read: Readings) -> None:
    claims = read(STORY, "sudan")
    starts = [claim.anchor.start for claim in claims]
    assert len(claims) >= 5
    assert starts == sorted(starts)
    for claim in claims:
        for passage in (claim.anchor, claim.cue, claim.source_passage, claim.content):
            if passage is not None:
                assert passage.report == claim.report == "r1"
                assert STORY[passage.start : passage.end].strip()


def test_an_anchor_is_a_few_words_of_the_text_around_the_event(read: Readings) -> None:
    text = "On Friday, Russian forces entered Kupiansk after a long march."
    claim = read.one("enter", text, "ukraine")
    words = text[claim.anchor.start : claim.anchor.end].split()
    assert "entered" in words
    assert 2 <= len(words) <= 8


def test_ids_are_unique_within_a_report(read: Readings) -> None:
    claims = read(STORY, "sudan")
    assert len({claim.id for claim in claims}) == len(claims)


def test_reading_twice_gives_the_same_claims(read: Readings) -> None:
    assert read(STORY, "sudan") == read(STORY, "sudan")


def test_ids_differ_between_reports(read: Readings) -> None:
    first, second = read(STORY, "sudan"), read(STORY, "sudan", id="r2")
    assert not {claim.id for claim in first} & {claim.id for claim in second}


def test_one_report_leaves_no_trace_in_the_next(gazetteer: Gazetteer) -> None:
    one = reader(gazetteer, "sudan")
    pointing = report("It also said that the army had left the city.", id="r2")
    after = [claims for _, claims in one.read_many([report(STORY), pointing])][1]
    assert after == one.read(pointing)


def test_many_reports_come_back_in_order_each_with_its_claims(gazetteer: Gazetteer) -> None:
    one = reader(gazetteer, "sudan")
    reports = [report(f"The army entered Kosti on {day} November.", id=f"r{day}") for day in range(1, 21)]
    pairs = list(one.read_many(reports))
    assert [made.id for made, _ in pairs] == [made.id for made in reports]
    for made, claims in pairs:
        assert not isinstance(claims, Unread)
        assert [(claim.report, f"r{claim.interval.start.day}") for claim in claims if claim.interval.start] == [
            (made.id, made.id)
        ]


def test_every_claim_names_the_reader_that_made_it(read: Readings) -> None:
    assert {claim.extractor for claim in read(STORY, "sudan")} == {RULES}


def test_what_one_source_says_twice_in_a_report_is_one_claim_at_its_fullest(read: Readings) -> None:
    text = "The RSF entered Singa on Friday. Singa is a market town. RSF fighters entered Singa on Friday."
    claim = read.one("enter", text, "sudan")
    assert (claim.agent, where(claim)) == (RSF, "Singa")


def test_what_two_sources_say_alike_are_two_claims(read: Readings) -> None:
    text = "The army said the RSF had entered Singa. Emergency Lawyers also said the RSF had entered Singa."
    assert [claim.source for claim in read.of("enter", text, "sudan")] == [SAF, "Emergency Lawyers"]


def test_conditional_and_certain_mentions_stay_apart(read: Readings) -> None:
    text = "The RSF has entered Singa. The RSF vowed to enter Kosti."
    assert {(where(claim), claim.certainty) for claim in read.of("enter", text, "sudan")} == {
        ("Singa", Certainty.CERTAIN),
        ("Kosti", Certainty.PLANNED),
    }


# ---- what is not read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Rebellerna intog staden Bukavu i fredags, enligt boende och guvernören, sade radion.", "language sv"),
        ("Αντάρτες κατέλαβαν την πόλη την Παρασκευή, σύμφωνα με κατοίκους και τον κυβερνήτη.", "language el"),
        ("سخنگوی وزارت دفاع روز جمعه گفت که نیروها صبح امروز وارد شهر شده‌اند و پیشروی می‌کنند.", "language fa"),
        ("", "no words"),
        ("12 -- 14 !!", "no words"),
    ],
)
def test_what_is_in_no_known_language_is_kept_unread_with_a_reason(
    gazetteer: Gazetteer, text: str, reason: str
) -> None:
    unread = reader(gazetteer, "none").read(report(text))
    assert isinstance(unread, Unread)
    assert unread.report == "r1"
    assert unread.reason.startswith(reason)


def test_an_unread_report_does_not_stop_the_others(gazetteer: Gazetteer) -> None:
    reports = [report("12 --", id="a"), report("Rebels captured Lashio on Friday.", id="b")]
    (_, first), (_, second) = reader(gazetteer, "none").read_many(reports)
    assert isinstance(first, Unread)
    assert not isinstance(second, Unread)
    assert [claim.event for claim in second] == ["capture"]


_TEXT = (
    'the The army rebels said denied that had entered Goma Kharkiv, “ ” " . ? ! \n\n and not if killed 12 23'
    " people wounded shelled of to from who It they withdrew El Fasher's according – ( ) : 2024 Friday no"
)
_WORDS = st.sampled_from(_TEXT.split(" "))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(alphabet=string.printable, max_size=160), st.lists(_WORDS, max_size=30).map(" ".join)))
def test_reading_never_raises_and_anchors_lie_inside_the_text(gazetteer: Gazetteer, text: str) -> None:
    claims = reader(gazetteer, "sudan").read(report(text))
    if isinstance(claims, Unread):
        assert claims.reason
        return
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert 0 <= claim.anchor.start < claim.anchor.end <= len(text)
        for passage in (claim.cue, claim.source_passage, claim.content):
            assert passage is None or 0 <= passage.start <= passage.end <= len(text)


def test_the_reader_takes_nothing_from_the_publisher_of_a_newspaper(read: Readings) -> None:
    text = "The army entered Kosti."
    one, other = read(text, "sudan"), read(text, "sudan", publisher="Another Daily")
    assert [replace(claim, id="") for claim in one] == [replace(claim, id="") for claim in other]
