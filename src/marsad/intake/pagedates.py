"""Dates as pages write them, and which of several is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from marsad.intake.dates import date_of, written_date_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_EARLIEST = date(1990, 1, 1)
_AHEAD = timedelta(hours=24)
_LATE_TOUCH = timedelta(days=7)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|\d{8})"
    r"(?:(?:T|t|\s{1,3}|,\s?)(?P<clock>\d\d?:?\d\d(?::?\d\d)?)(?:[.,]\d{1,9})?"
    r"\s{0,3}(?P<zone>Z|z|UTC|GMT|(?:(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?))?)?"
)
_DOTTED = re.compile(r"(?<![\d.])(\d\d?)\.(\d\d?)\.(\d{4})(?![\d.])")  # day first, as all who write dots do
_EPOCH = re.compile(r"1?\d{9}(?:\d{3})?")
_MAIL = re.compile(r"[A-Za-z]{3,9},?\s+\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d\d?:\d\d")


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the instant where a time and its zone are told."""

    day: date
    instant: datetime | None = None

    def __str__(self) -> str:
        return self.instant.isoformat() if self.instant else self.day.isoformat()


def when(written: str | None, latest: datetime | None = None) -> When | None:
    """Return what a date on a page says, None where it says none, or one before 1990 or after `latest` and a day."""
    words = (written or "").strip()
    if not words or len(words) > 100:
        return None
    try:
        found = _read(words)
        if found is None or found.day < _EARLIEST:
            return None
        if latest is not None:
            instant = found.instant or datetime.combine(found.day, datetime.min.time(), UTC)
            return found if instant <= latest + _AHEAD else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return found


def first_told(candidates: Iterable[When | None]) -> When | None:
    """Return the date that counts of several, the most trusted first: with a zone if one of the same day has it."""
    some = [one for one in candidates if one]
    if not some:
        return None
    zoned = (one for one in some if one.instant and abs((one.day - some[0].day).days) <= 1)
    return next(zoned, some[0])


def later(published: When | None, changed: When | None) -> When | None:
    """Return when a story was changed, None where that is not after its publication, or so late that it means nothing.

    Systems touch pages long after anybody wrote: what comes more than seven days later is no change of the story.
    """
    if changed is None or published is None or (changed.instant is None and changed.day == published.day):
        return changed if published is None else None
    if changed.instant and published.instant:
        return changed if timedelta(0) < changed.instant - published.instant <= _LATE_TOUCH else None
    return changed if published.day <= changed.day <= published.day + _LATE_TOUCH else None


def zone_of(written: str | None) -> timezone | None:
    """Return the zone that `Z`, `GMT`, `UTC+3`, `+03:00` or `GMT+3` names, None for any other."""
    words = (written or "").strip().upper()
    if words in {"Z", "UTC", "GMT"}:
        return UTC
    match = re.fullmatch(r"(?:UTC|GMT)?\s?([+-])(\d\d?):?(\d\d)?", words)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset) if offset <= timedelta(hours=14) else None


def _read(words: str) -> When | None:
    if _EPOCH.fullmatch(words):
        number = int(words)
        instant = datetime.fromtimestamp(number / 1000 if number > 10**11 else number, UTC)
        return When(instant.date(), instant)
    if match := _ISO.match(words):
        day = date.fromisoformat(match["day"])
        zone = zone_of(match["zone"])
        if not match["clock"] or zone is None:
            return When(day)
        digits = match["clock"].replace(":", "").zfill(4).ljust(6, "0")
        clock = datetime(day.year, day.month, day.day, int(digits[:2]), int(digits[2:4]), int(digits[4:]), tzinfo=zone)
        clock.astimezone(UTC)  # raises OverflowError beyond the calendar
        return When(day, clock)
    if _MAIL.match(words):
        told = parsedate_to_datetime(words)
        return When(told.date(), told if told.tzinfo else None)
    if match := _DOTTED.search(words):
        return When(date(int(match[3]), int(match[2]), int(match[1])))
    match = written_date_pattern().search(words)
    found = date_of(match) if match else None
    return When(found) if found else None
