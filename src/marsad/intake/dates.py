"""Dates as inputs write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

from marsad.errors import InputError
from marsad.intake.items import shown
from marsad.records import DatePrecision
from marsad.vocabulary import DataFile

WORDS = Path(__file__).with_name("datelines.toml")
_MAX_STAMP = 100
_ISO = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")


@cache
def months() -> dict[str, int]:
    """Return the number of every month's name and short form, lower case, without a full stop."""
    file = DataFile(WORDS)
    names = file.table(file.data, "months")
    return {word.lower(): number for number, key in enumerate(names, 1) for word in (key, *file.texts(names, key))}


@cache
def written_date_pattern() -> re.Pattern[str]:
    """Return the pattern of a date in words or ISO form; a weekday may stand before it, the year may be missing."""
    file = DataFile(WORDS)
    month = rf"(?:{'|'.join(sorted(months(), key=len, reverse=True))})\b\.?"
    weekday = rf"(?:(?:{'|'.join(file.texts(file.data, 'weekdays'))})\b\.?,?\s+)?"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
        rf"|\b{weekday}(?:(?P<m1>{month})\s+(?P<d1>{day})|(?P<d2>{day})\s+(?P<m2>{month}))\b"
        r"(?:,?\s+(?P<year>\d{4})\b)?",
        re.IGNORECASE,
    )


def date_of(match: re.Match[str]) -> date | None:
    """Return the date of a match of `written_date_pattern`; None without a year or where there is no such day."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if not match["year"]:
            return None
        month = months()[(match["m1"] or match["m2"]).lower().rstrip(".")]
        return date(int(match["year"]), month, int(re.sub(r"\D", "", match["d1"] or match["d2"])))
    except ValueError:
        return None


def noon(day: date) -> datetime:
    """Return the instant that stands for a day whose time is unknown: its noon, UTC."""
    return datetime.combine(day, time(12), UTC)


def instant(words: str) -> tuple[datetime, DatePrecision]:
    """Return the instant that `words` name, and how finely: `part_of_day`, or `day` without a time or a zone.

    Raises InputError where they name none.
    """
    words = words.strip()
    if (match := written_date_pattern().fullmatch(words)) and (day := date_of(match)):
        return noon(day), DatePrecision.DAY
    if not _ISO.match(words):
        raise InputError(f"no date that can be read: {shown(words)}")
    try:
        when = datetime.fromisoformat(words)
        when.astimezone(UTC)  # an instant that its offset takes out of the calendar cannot be compared
    except (ValueError, OverflowError) as error:
        raise InputError(f"no date that can be read: {shown(words)}") from error
    if when.tzinfo is None:
        return noon(when.date()), DatePrecision.DAY
    return when, DatePrecision.PART_OF_DAY


def stamped(words: str) -> str | None:
    """Return a date as messages and feeds write it, RFC 5322 or ISO 8601, as ISO 8601; None where it is neither.

    What has no zone is given without one. `-0000` tells the instant, though not whose clock it was.
    """
    words = words.strip()[:_MAX_STAMP]
    try:
        if _ISO.match(words):
            return datetime.fromisoformat(words).isoformat()
        when = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (when.replace(tzinfo=UTC) if words.endswith("-0000") else when).isoformat()
