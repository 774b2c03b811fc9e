from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from marsad.errors import DataFileError
from marsad.reading._time_words import TIMES_FILE, load_time_words
from marsad.reading.numerals import NUMBERS_FILE, SHIPPED
from marsad.reading.times import TimeExpression, find_times, resolve
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from pathlib import Path

GMT = ZoneInfo("UTC")
SUNDAY = datetime(2024, 12, 1, 19, 0, tzinfo=UTC)


def times(text: str, published: datetime | None = SUNDAY, **keywords: object) -> tuple[TimeExpression, ...]:
    return find_times(text, 0, len(text), published=published, zone=GMT, **keywords)  # type: ignore[arg-type]


def only(text: str, published: datetime | None = SUNDAY) -> TimeExpression:
    found = times(text, published)
    assert len(found) == 1, found
    return found[0]


def days(text: str, published: datetime | None = SUNDAY) -> tuple[str, str, str]:
    one = only(text, published)
    return one.kind, str(one.interval.start or ""), str(one.interval.end or "")


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("The column left late Saturday.", "point", "2024-11-30", "2024-11-30"),
        ("Troops crossed the Dnipro on Friday.", "point", "2024-11-29", "2024-11-29"),
        ("Shells fell on Goma early on Sunday.", "point", "2024-12-01", "2024-12-01"),
        ("The port burned Thursday evening.", "point", "2024-11-28", "2024-11-28"),
        ("Drones came overnight.", "range", "2024-11-30", "2024-12-01"),
        ("Drones came overnight into Friday.", "range", "2024-11-28", "2024-11-29"),
        ("The siege began ten days ago.", "relative", "2024-11-21", "2024-11-21"),
        ("The siege began 10 days ago.", "relative", "2024-11-21", "2024-11-21"),
        ("The bridge was blown up yesterday evening.", "point", "2024-11-30", "2024-11-30"),
        ("The front is quiet today.", "point", "2024-12-01", "2024-12-01"),
        ("Khartoum is dark tonight.", "point", "2024-12-01", "2024-12-01"),
        ("It was bombed on Nov. 27.", "point", "2024-11-27", "2024-11-27"),
        ("It was bombed on 27 November.", "point", "2024-11-27", "2024-11-27"),
        ("It was bombed on Dec 8, 2021.", "point", "2021-12-08", "2021-12-08"),
        ("It was bombed on the 3rd of March 2022.", "point", "2022-03-03", "2022-03-03"),
        ("On Sunday, 1 December, it was bombed.", "point", "2024-12-01", "2024-12-01"),
        ("It was bombed on 2023-10-07.", "point", "2023-10-07", "2023-10-07"),
        ("It was bombed on 15.04.2023.", "point", "2023-04-15", "2023-04-15"),
        ("It has been bombed since Wednesday.", "since", "2024-11-27", "2024-12-01"),
        ("It has been bombed since late November.", "since", "2024-11-21", "2024-12-01"),
        ("It has been bombed since 2014.", "since", "2014-01-01", "2024-12-01"),
        ("They held the town from 2014, a map shows.", "since", "2014-01-01", ""),
        ("They held it from 2014 to 2017.", "range", "2014-01-01", "2017-12-31"),
        ("It lasted from 3 March to 5 April 2022.", "range", "2022-03-03", "2022-04-05"),
        ("Both sides shelled it between 1980 and 1988.", "range", "1980-01-01", "1988-12-31"),
        ("It changed hands in 2012 and 2013.", "range", "2012-01-01", "2013-12-31"),
        ("It was hit on 30 November and 1 December.", "range", "2024-11-30", "2024-12-01"),
        ("It was hit on 27-29 November.", "range", "2024-11-27", "2024-11-29"),
        ("It fell in August 2019.", "range", "2019-08-01", "2019-08-31"),
        ("It fell last August.", "range", "2024-08-01", "2024-08-31"),
        ("It fell in the summer of 2014.", "range", "2014-01-01", "2014-12-31"),
        ("They fought in the 1990s.", "range", "1990-01-01", "1999-12-31"),
        ("By December 7 it was over.", "until", "", "2024-12-07"),
        ("As of 28 November 2024 the road is shut.", "until", "", "2024-11-28"),
        ("Before 2011 it was a market town.", "until", "", "2010-12-31"),
        ("It took two towns in three days.", "range", "2024-11-29", "2024-12-01"),
        ("It took two towns in the past three days.", "range", "2024-11-29", "2024-12-01"),
        ("The army lost two towns in 24 hours.", "range", "2024-11-30", "2024-12-01"),
        ("The army lost a town in under 12 hours.", "range", "2024-12-01", "2024-12-01"),
        ("Convoys moved in the past day.", "range", "2024-11-30", "2024-12-01"),
        ("Convoys moved in recent days.", "range", "", "2024-12-01"),
        ("It was quiet last week.", "range", "2024-11-18", "2024-11-24"),
        ("Talks resume next week.", "range", "2024-12-02", "2024-12-08"),
        ("They must leave within 72 hours.", "range", "2024-12-01", "2024-12-04"),
        ("It burned over the past decade.", "range", "2014-01-01", "2024-12-01"),
    ],
)
def test_expression_resolves_against_the_publication(text: str, kind: str, first: str, last: str) -> None:
    assert days(text) == (kind, first, last)


def test_span_covers_the_words_with_their_preposition() -> None:
    text = "Tigray: the town fell on Friday night, they said."
    one = only(text)
    assert text[one.start : one.end] == "on Friday night" == one.interval.expression
    assert one.interval.precision is DatePrecision.PART_OF_DAY


def test_only_the_given_part_of_the_text_is_read() -> None:
    text = "On Monday they met. On Tuesday they fought. On Friday they left."
    found = find_times(text, 20, 43, published=SUNDAY, zone=GMT)
    assert [one.interval.expression for one in found] == ["On Tuesday"]


@pytest.mark.parametrize(
    "text",
    [
        "It was the first raid on the port since 2016.",
        "It was the worst week of the war in more than four years.",
        "The biggest attack since Monday began.",
        "The town is shelled every day.",
        "They pray every Friday.",
    ],
)
def test_rarity_and_habit_are_no_dates(text: str) -> None:
    one = only(text)
    assert one.kind == "frequency"
    assert one.interval.start is one.interval.end is None


@pytest.mark.parametrize("text", ["The siege ended after five decades of rule.", "A battle of 13 years is over."])
def test_duration_has_no_dates(text: str) -> None:
    assert days(text) == ("duration", "", "")


@pytest.mark.parametrize("text", ["14:25 GMT - Army in the port", "The tanks came at dawn.", "It fell by nightfall."])
def test_time_of_day_alone_changes_no_date(text: str) -> None:
    one = only(text)
    assert (one.kind, one.interval.start, one.interval.precision) == ("part_of_day", None, DatePrecision.PART_OF_DAY)


def test_time_of_day_joins_the_day_beside_it() -> None:
    one = only("Rockets hit the depot at 14:25 on Friday.")
    assert (one.interval.start, one.interval.precision) == (date(2024, 11, 29), DatePrecision.PART_OF_DAY)


@pytest.mark.parametrize(
    "text",
    [
        "On the tenth anniversary of the uprising they marched.",
        "Tanks march on Mekelle; they may reach it.",
        "The 23 March Movement denied it.",
        "The April 6 Bridge is down.",
        "Two days before the assault the lines were cut, a day after the truce.",
        "They fired 2,016 shells at Unit 1990 and 2024-strong crowds.",
    ],
)
def test_names_and_numbers_are_no_dates(text: str) -> None:
    assert [one for one in times(text) if one.interval.start or one.interval.end] == []


def test_number_after_month_counts_people() -> None:
    assert only("In March 12 people fled Bunia.").interval.expression == "In March"


def test_relative_day_is_measured_from_the_last_day_named() -> None:
    found = times("Jets hit Sanaa on Thursday, and shells had hit it a day earlier.")
    assert [(one.kind, one.interval.start) for one in found] == [
        ("point", date(2024, 11, 28)),
        ("relative", date(2024, 11, 27)),
    ]


def test_relative_day_takes_the_reference_else_the_publication() -> None:
    assert times("It fell two days earlier.", reference=date(2022, 3, 10))[0].interval.start == date(2022, 3, 8)
    assert times("It fell two days earlier.")[0].interval.start == date(2024, 11, 29)


def test_later_day_follows_the_date_before_it() -> None:
    found = times("On April 4, 2017, gas was used, and three days later missiles came.")
    assert found[1].interval.start == date(2017, 4, 7)


def test_that_year_is_the_year_named_before() -> None:
    found = times("The city was retaken in March 2016, lost in December of that year.")
    assert (found[1].interval.start, found[1].interval.end) == (date(2016, 12, 1), date(2016, 12, 31))


def test_weekday_just_past_midnight_is_the_day_before() -> None:
    assert days("It fell late Saturday.", datetime(2024, 12, 8, 0, 40, tzinfo=UTC))[1] == "2024-12-07"


def test_day_of_publication_is_that_of_the_zone() -> None:
    published = datetime(2024, 3, 9, 23, 30, tzinfo=UTC)
    text = "Shelling went on today."
    found = find_times(text, 0, len(text), published=published, zone=ZoneInfo("Europe/Kyiv"))
    assert found[0].interval.start == date(2024, 3, 10)


def test_day_of_publication_keeps_its_own_offset_where_no_zone_is_known() -> None:
    published = datetime(2024, 3, 10, 1, 30, tzinfo=timezone(timedelta(hours=3)))
    assert days("Shelling went on today.", published)[1] == "2024-03-10"


def test_yearless_date_looks_back_unless_it_is_a_week_ahead() -> None:
    published = datetime(2023, 1, 4, 12, tzinfo=UTC)
    assert days("It fell on 30 December.", published)[1] == "2022-12-30"
    assert days("Talks open on 9 January.", published)[1] == "2023-01-09"
    assert days("It fell on 20 January.", published)[1] == "2022-01-20"


def test_without_publication_absolute_dates_resolve_and_others_keep_their_words() -> None:
    assert days("It fell on 3 May 1999.", None)[1] == "1999-05-03"
    one = only("It fell on Friday.", None)
    assert (one.interval.start, one.interval.end, one.interval.precision) == (None, None, DatePrecision.UNKNOWN)
    assert one.interval.expression == "on Friday"


@pytest.mark.parametrize("text", ["on 31 February", "on 2024-13-40", "on 10/11/2024", "5,000 years ago"])
def test_impossible_or_ambiguous_date_gives_nothing(text: str) -> None:
    assert [one for one in times(text) if one.interval.start or one.interval.end] == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("on Monday", date(2024, 12, 2)),
        ("on 20 December", date(2024, 12, 20)),
        ("in three days", date(2024, 12, 4)),
        ("next Sunday", date(2024, 12, 8)),
        ("in March", date(2025, 3, 1)),
    ],
)
def test_future_mood_looks_ahead(text: str, first: date) -> None:
    interval = resolve(text, SUNDAY, GMT, future=True)
    assert interval is not None
    assert interval.start == first


def test_resolve_gives_nothing_where_there_is_no_time() -> None:
    assert resolve("near the old mill", SUNDAY, GMT) is None


def test_shipped_words_load() -> None:
    assert load_time_words().months["sept"] == 9


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('day = "1 day"', 'day = "one day"', "a number and one of"),
        ('ago = ["ago"]', "", "'ago' is missing"),
        ("{ago})", "{agone})", "'agone' in braces is no list"),
        ("pattern = '\\b{phrases}\\b'", "pattern = '\\b{phrases}\\b)'", "no regular expression"),
        ('reads = "decade"', 'reads = "age"', "must be one of"),
        ("[units]", "[unit]", "unknown key"),
        ('"yesterday" = -1', '"yesterday" = "-1"', "whole number of days"),
        ('["May"]', "[]", "12 lists of names"),
    ],
)
def test_wrong_word_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = (SHIPPED / "en" / TIMES_FILE).read_text("utf-8")
    assert old in text
    path = tmp_path / "en" / TIMES_FILE
    path.parent.mkdir()
    path.with_name(NUMBERS_FILE).write_bytes((SHIPPED / "en" / NUMBERS_FILE).read_bytes())
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=rf"times\.toml:\d+: .*{reason}"):
        load_time_words(folder=tmp_path)
