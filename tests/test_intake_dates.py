"""Dates and instants in the words of inputs: read strictly, or refused."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.intake.dates import instant
from marsad.records import DatePrecision

SIX = datetime(2024, 12, 7, 18, 5, tzinfo=UTC)

INSTANTS = {
    "Sat, 07 Dec 2024 21:05:00 +0300": SIX,
    "Sat, 07 Dec 2024 21:05:00 +0300 (MSK)": SIX,
    "07 Dec 2024 18:05:00 GMT": SIX,
    "2024-12-07 18:05:00 UTC": SIX,
    "2024-12-07 21:05 +03:00": SIX,
    "2024-12-07T18:05Z": SIX,
    "2024-12-07T21:05:00+0300": SIX,
    "7 December 2024 18:05 GMT": SIX,
    "Saturday, December 7th, 2024 at 6:05 PM UTC": SIX,
    "Dec 7, 2024, 1:05 p.m. EST": SIX,
    "Dec. 7, 2024 1:05 pm ET": SIX,
    "18:05 GMT, 7 December 2024": SIX,
    "1805 GMT, 7 December 2024": SIX,
    "7 December 2024, 18.05 GMT": SIX,
    "7th of December 2024, 8:05 pm Israel time": SIX,
    "7 December 2024 21:05 Moscow time": SIX,
    "7 December 2024 20:05 Europe/Kyiv": SIX,
    "7 December 2024 (21:05 GMT+3)": SIX,
    "7 December 2024 9:05 pm local time (1805 GMT)": SIX,
    "7 December 2024, 9:05 p.m. (18:05 GMT)": SIX,
    "2:05 am local time on Dec 8, 2024 (1805 GMT)": SIX,
    "07.12.2024 21:05:00 UTC+03:00": SIX,
    "2024/12/07 18:05 UTC": SIX,
    "7 декабря 2024 г. в 21:05 по московскому времени": SIX,
    "7 грудня 2024 року, 20:05 за Києвом": SIX,
    "٧ ديسمبر ٢٠٢٤ ١٨:٠٥ بتوقيت غرينتش": SIX,
    "7 كانون الأول 2024، 6:05 مساءً بتوقيت غرينتش": SIX,
    "le 7 décembre 2024 à 19h05 (heure de Paris)": SIX,
    "7 de diciembre de 2024 a las 18:05 GMT": SIX,
}


@pytest.mark.parametrize("words", INSTANTS)
def test_an_instant_is_read_where_the_words_name_its_zone(words: str) -> None:
    when, precision = instant(words)
    assert (when, precision) == (INSTANTS[words], DatePrecision.PART_OF_DAY)
    assert when.utcoffset() is not None


@pytest.mark.parametrize(
    "words",
    [
        "2024-12-07",
        "7 December 2024",
        "2024-12-07 18:05:00",
        "7 December 2024 18:05",
        "7 December 2024, 6:05 p.m. CST",
        "7 December 2024 18:05 IST",
        "7 December 2024 18:05 local time",
        "٢٠٢٤-١٢-٠٧",
        "السبت، 7 ديسمبر 2024",
        "07.12.2024",
        "le 7 décembre 2024 à 18h05",
    ],
)
def test_without_a_zone_that_is_one_alone_the_day_is_what_is_known(words: str) -> None:
    assert instant(words) == (datetime(2024, 12, 7, 12, tzinfo=UTC), DatePrecision.DAY)


@pytest.mark.parametrize(
    "words",
    [
        "07/12/2024",
        "7-12-2024",
        "30 February 2024",
        "31.13.2024",
        "December 2024",
        "7 December",
        "yesterday",
        "2 hours ago",
        "18:05 GMT",
        "7 December 2024 GMT",
        "7 December 2024 25:05 GMT",
        "7 December 2024 13:05 pm GMT",
        "7 December 2024 18:05 Nowhere/Atall",
        "7 December 2024 18:05 - 19:05 GMT",
        "7 December 2024 18:05 GMT+19",
        "7 December 2024 and 8 December 2024",
        "7 December 2024 rebels entered",
        "Sat, 07 Dec 2024 21:05:00 +0300 (GMT)",
        "1733000000",
        "0001-01-01T00:00:00+14:00",
        "2031-W02",
        "",
    ],
)
def test_what_is_no_one_instant_is_refused_in_one_line(words: str) -> None:
    with pytest.raises(InputError, match="no date that can be read") as refused:
        instant(words)
    assert len(str(refused.value)) < 200


def test_a_day_above_twelve_or_a_hint_tells_day_from_month() -> None:
    assert instant("13/12/2024")[0].date() == instant("12/13/2024")[0].date() == date(2024, 12, 13)
    assert instant("12/12/2024")[0].date() == date(2024, 12, 12)
    assert instant("07/12/2024", day_first=True)[0].date() == date(2024, 12, 7)
    assert instant("07/12/2024", day_first=False)[0].date() == date(2024, 7, 12)
    with pytest.raises(InputError):
        instant("13/12/2024", day_first=False)


def test_the_callers_zone_is_that_of_times_without_one() -> None:
    damascus = ZoneInfo("Asia/Damascus")
    for words in ("7 December 2024 21:05", "2024-12-07 21:05:00", "7 December 2024 21:05 local time"):
        assert instant(words, damascus) == (SIX, DatePrecision.PART_OF_DAY)
    assert instant("7 December 2024 18:05 GMT", damascus)[0] == SIX
    assert instant("7 December 2024", damascus)[1] is DatePrecision.DAY
    assert instant("7 December 2024 18:05 CST", damascus)[1] is DatePrecision.DAY


def test_the_clocks_of_a_zone_change_with_the_season() -> None:
    summer, winter = (instant(f"7 {month} 2024 12:00 Paris time")[0] for month in ("July", "December"))
    assert (summer.utcoffset(), winter.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))


def test_a_time_alone_is_of_the_day_that_is_given() -> None:
    assert instant("18:05 GMT", day=date(2024, 12, 7))[0] == SIX
    with pytest.raises(InputError):
        instant("GMT", day=date(2024, 12, 7))


@pytest.mark.parametrize(
    "words", ["(" * 500_000, "12:" * 200_000, "1 de " * 200_000, " " * 500_000 + "x", "٧" * 500_000]
)
def test_endless_words_are_refused_at_once(words: str) -> None:
    began = time.process_time()
    with pytest.raises(InputError):
        instant(words)
    assert time.process_time() - began < 1


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),  # noqa: DTZ001
    st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
def test_every_instant_is_read_back_from_words(when: datetime, zone: timezone) -> None:
    when = when.replace(microsecond=0, tzinfo=zone)
    for form in (
        "%a, %d %b %Y %H:%M:%S %z",
        "%d %B %Y %H:%M:%S %z",
        "%B %d, %Y, %I:%M:%S %p %z",
        "%Y-%m-%d %H:%M:%S %z",
    ):
        assert instant(when.strftime(form)) == (when, DatePrecision.PART_OF_DAY)


@given(st.text(alphabet="7 Dec2024,18:05GMTp.m+-/()декабряIST", max_size=60))
def test_any_words_give_an_instant_with_a_zone_or_one_reason(words: str) -> None:
    try:
        when, _ = instant(words)
    except InputError:
        return
    assert when.utcoffset() is not None
