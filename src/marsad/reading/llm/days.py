"""When the events of an answer were: words of time that a model quotes, by the rules for dates.

Where the rules do not know the words, as in another language, the model's own days are taken if they can be borne out:
by the numbers among the words, or, where there is none, by lying within a week of the publication.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.reading.times import find_times, resolve
from marsad.records import Certainty, DatePrecision, Interval, Producer

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.reading.llm.answers import When
    from marsad.records import Report

_OWN_CLOCK = ZoneInfo("UTC")  # an instant's own offset: the publisher's calendar
_UNREAL = frozenset({Certainty.PLANNED, Certainty.CONDITIONAL})
_NUMBER = re.compile(r"\d+")
_NEAR, _FAR = timedelta(days=7), timedelta(days=366)
_FIRST_YEAR = 1900
# The precision of stretches up to so many days; what is longer is a year.
_STRETCHES = ((1, DatePrecision.DAY), (7, DatePrecision.WEEK), (31, DatePrecision.MONTH))
Dated = tuple[Interval, Producer]


def dated(
    report: Report, words: str | None, told: When | None, certainty: Certainty, left_open: Callable[[str], None]
) -> Dated:
    """Return when an event was, and what says so; `words` are those of the text, None where it has none.

    What is real and has no words was on the day of publication, what is unreal at no day that is known.
    """
    today = report.published.date() if report.published is not None else None
    usual = Interval()
    if today is not None and certainty not in _UNREAL:
        usual = Interval(start=today, end=today, precision=DatePrecision.DAY)
    if words is None or told is None:
        return usual, Producer.RULES
    found = resolve(words, report.published, _OWN_CLOCK, future=certainty is Certainty.PLANNED)
    if found is not None and (found.start or found.end) and _numbers(words) <= _numbers(found.expression or ""):
        if (told.first, told.last) != (found.start, found.end) and told.first is not None:
            left_open("the model's days are not those of the words")
        return found, Producer.RULES
    kinds = {one.kind for one in find_times(words, 0, len(words), published=report.published, zone=_OWN_CLOCK)}
    if kinds & {"duration", "frequency", "part_of_day"}:
        return usual, Producer.RULES
    first, last = told.first or told.last, told.last or told.first
    if first is not None and last is not None:
        if _is_borne_out(words, first, last, today, certainty):
            return Interval(start=first, end=last, precision=_precision(first, last), expression=words), Producer.MODEL
        left_open("days that the words do not bear out")
    return Interval(expression=words), Producer.RULES


def _is_borne_out(words: str, first: date, last: date, today: date | None, certainty: Certainty) -> bool:
    """Tell whether days can be those of the words, as far as numbers and the calendar tell."""
    if first > last:
        return False
    numbers = _numbers(words)
    years = {number for number in numbers if number >= _FIRST_YEAR}
    if years and not {first.year, last.year} <= years:
        return False
    if not years:
        if today is None:
            return False
        reach = _FAR if numbers else _NEAR
        if first < today - reach or last > (today + reach if certainty in _UNREAL else today):
            return False
    if not numbers or {first.day, last.day} <= numbers:
        return True
    # Whole months: a year alone bears them out, as the month may be among the words.
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    return whole and (bool(years) or {first.month, last.month} <= numbers)


def _numbers(words: str) -> set[int]:
    return {int(one) for one in _NUMBER.findall(words) if len(one) <= 4}


def _precision(first: date, last: date) -> DatePrecision:
    days = (last - first).days + 1
    return next((precision for most, precision in _STRETCHES if days <= most), DatePrecision.YEAR)
