"""Arithmetic of days, weeks, months and years; nothing here reads text."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from marsad.records import DatePrecision

PRECISIONS = {
    "hour": DatePrecision.PART_OF_DAY,
    "day": DatePrecision.DAY,
    "week": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
    "year": DatePrecision.YEAR,
}
# A date without a year may lie this many days ahead of the publication and still be meant as the coming one.
LEEWAY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Dates:
    """What an expression comes to: its kind and its days, both inclusive, None where open or unknown.

    `weak` where it is an expression of time only with a word that brings it in or a neighbour ("2016", "late");
    `counted` where it is a stretch measured back from the publication ("in three days"); `closed` where both its ends
    are named ("27 to 29 November").
    """

    kind: str
    first: date | None = None
    last: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    weak: bool = False
    counted: bool = False
    closed: bool = False

    @property
    def day(self) -> date | None:
        """The one day that this is, None where it is more or less than that."""
        return self.first if self.first == self.last else None


def days_from(day: date, days: int) -> date:
    """Return the day so many days later, earlier where negative."""
    return day + timedelta(days=days)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, today: date, *, future: bool) -> date | None:
    """Return the most recent such day (up to a week ahead of `today`), or the next one; None where there is none."""
    years = range(today.year, today.year + 9) if future else range(today.year + 1, today.year - 8, -1)
    for year in years:
        found = make_date(year, month, day)
        if found and (found >= today if future else found <= today + LEEWAY):
            return found
    return None


def weekday(number: int, today: date, *, future: bool, strict: bool = False) -> date:
    """Return the last such weekday up to `today`, or the next from it; `strict` leaves out `today` itself."""
    away = (number - today.weekday()) % 7 if future else (today.weekday() - number) % 7
    away = 7 if strict and away == 0 else away
    return days_from(today, away if future else -away)


def month_span(year: int, month: int, part: str = "whole") -> tuple[date, date]:
    """Return the first and the last day of a month, or of its `early`, `middle` or `late` third."""
    length = monthrange(year, month)[1]
    first, last = {"early": (1, 10), "middle": (11, 20), "late": (21, length)}.get(part, (1, length))
    return date(year, month, first), date(year, month, last)


def year_span(first: int, last: int, part: str = "whole") -> tuple[date, date]:
    """Return the first and the last day of some years; a part is a quarter at either end, or the four months amid."""
    start, end = {"early": (1, 3), "middle": (5, 8), "late": (10, 12)}.get(part, (1, 12))
    return date(first, start, 1), month_span(last, end)[1]


def add_months(day: date, months: int) -> date:
    """Return the first day of the month so many months later, earlier where negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def stretch(today: date, count: int, base: str, *, ahead: bool = False) -> tuple[date, date]:
    """Return the stretch of `count` base units that ends on `today`, or that starts there.

    Days are counted inclusively, as reports do ("in three days": the day and the two before it), a single day or 24
    hours from the day before; months and years begin on their first day.
    """
    if base == "hour":
        away = ceil(count / 24) if count >= 24 or ahead else 0
    elif base == "day":
        away = count if ahead else max(count - 1, 1)
    else:
        away = count * 7
    if base in {"month", "year"}:
        months = count * (12 if base == "year" else 1)
        if ahead:
            return today, days_from(add_months(today, months + 1), -1)
        start = add_months(today, -months)
        return (start.replace(month=1) if base == "year" else start), today
    return (today, days_from(today, away)) if ahead else (days_from(today, -away), today)


def moved(day: date, count: int, base: str) -> tuple[date, date]:
    """Return the day, month or year that lies `count` base units after `day`, before it where negative."""
    if base in {"month", "year"}:
        start = add_months(day, count * (12 if base == "year" else 1))
        return year_span(start.year, start.year) if base == "year" else month_span(start.year, start.month)
    days = {"hour": int(count / 24), "day": count}.get(base, count * 7)
    return days_from(day, days), days_from(day, days)


def calendar_unit(today: date, base: str, offset: int) -> tuple[date, date]:
    """Return the calendar week (Monday to Sunday), month or year so many units from the one of `today`."""
    if base == "week":
        monday = days_from(today, 7 * offset - today.weekday())
        return monday, days_from(monday, 6)
    return moved(today, offset, base)
