"""Dates and instants as inputs write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.clocks import Clock, read_clock, read_local, read_zone, skip_filler
from marsad.intake.items import shown
from marsad.records import DatePrecision
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from datetime import tzinfo

WORDS = Path(__file__).with_name("datelines.toml")
_MAX_STAMP = 100
_ISO = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")
_NUMERIC = re.compile(
    r"(?P<y>\d{4})(?P<sep>[/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"
    r"|(?P<a>\d{1,2})(?P<by>[/.-])(?P<b>\d{1,2})(?P=by)(?P<year>\d{4})(?!\d)"
)
_BETWEEN = re.compile(r"(?:[\s,;،|()\[\]·•–—]|-(?!\d))+")  # a sign before a digit is an offset's
_MARKS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 120
# How far clocks on Earth are ahead of UTC: what tells the day of a local time from its time in UTC.
_BEHIND, _AHEAD = timedelta(hours=-12), timedelta(hours=14)


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
    weekday = rf"(?:(?:{'|'.join(file.texts(file.data, 'weekdays'))})\b\.?[,،]?\s+)?"
    day = r"\d{1,2}(?:st|nd|rd|th|er)?"
    return re.compile(
        rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
        rf"|\b{weekday}(?:(?P<m1>{month})\s+(?P<d1>{day})|(?P<d2>{day})\s+(?:(?:de|of)\s+)?(?P<m2>{month}))\b"
        r"(?:[,،]?\s+(?:del?\s+)?(?P<year>\d{4})\b)?",
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


def instant(
    words: str, zone: tzinfo | None = None, *, day: date | None = None, day_first: bool | None = None
) -> tuple[datetime, DatePrecision]:
    """Return the instant that `words` name, and how finely: `part_of_day`, or `day` without a time or a zone.

    Reads ISO 8601, the dates of e-mail, and dates and times in words. `zone` is that of times without one, `day` that
    of a time alone. Of 7/12/2024 nobody can tell the day but by `day_first`; with full stops the day stands first.
    Raises InputError where they name no instant, or nothing else can be made of a part of them.
    """
    plain = _plain(words)
    try:
        return _from_iso(plain, zone) or _told(_read(plain, day_first), zone, day)
    except (ValueError, OverflowError) as error:
        raise InputError(f"no date that can be read: {shown(words.strip())}") from error


def _plain(words: str) -> str:
    """Return words without marks of direction, and with the digits 0 to 9."""
    words = _MARKS.sub("", words[: _LONGEST + 1]).strip()
    return "".join(c if c.isascii() or not c.isdecimal() else str(unicodedata.decimal(c)) for c in words)


def _from_iso(words: str, zone: tzinfo | None) -> tuple[datetime, DatePrecision] | None:
    if not _ISO.match(words):
        return None
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        return None
    if when.tzinfo is None and (zone is None or len(words) <= len("2024-12-07")):
        return noon(when.date()), DatePrecision.DAY
    if when.tzinfo is None and zone is not None:
        return Clock(when.time()).on(when.date(), zone), DatePrecision.PART_OF_DAY
    when.astimezone(UTC)  # an instant that its offset takes out of the calendar cannot be compared
    return when, DatePrecision.PART_OF_DAY


@dataclass(slots=True)
class _Parts:
    """The days and times found; `paired` where a time is that of an unnamed place, or stands again in parentheses."""

    days: list[date] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    paired: bool = False


def _read(words: str, day_first: bool | None) -> _Parts:
    """Return the parts of words, read from left to right; raise ValueError where one is no part of an instant."""
    if len(words) > _LONGEST:
        raise ValueError("too long")
    parts, at = _Parts(), 0
    while at < len(words):
        if end := _part(words, at, parts, day_first):
            at = end
        elif match := _BETWEEN.match(words, at):
            at = match.end()
        elif (end := skip_filler(words, at)) > at:
            at = end
        else:
            raise ValueError("no part of a date")
    return parts


def _part(words: str, at: int, parts: _Parts, day_first: bool | None) -> int | None:
    """Read the day, time or zone at `at` into `parts`; return where it ends, None where there is none."""
    if match := _NUMERIC.match(words, at):
        parts.days.append(_numeric(match, day_first))
        return match.end()
    if (match := written_date_pattern().match(words, at)) and (day := date_of(match)):
        parts.days.append(day)
        return match.end()
    if clock := read_clock(words, at):
        parts.clocks.append(clock[0])
        parts.paired |= words[at - 1 : at] == "("
        return clock[1]
    if parts.clocks and (end := read_local(words, at)):
        parts.paired = True
        return end
    if parts.clocks and (zone := read_zone(words, at)):
        parts.clocks[-1] = _zoned(parts.clocks[-1], zone[0])
        return zone[1]
    return None


def _zoned(clock: Clock, zone: tzinfo | None) -> Clock:
    """Return a time in a zone that stands after it; raise ValueError where another stands there already."""
    if clock.zone is None and not clock.unsure:
        return Clock(clock.time, zone, zone is None)
    sample = datetime(2000, 1, 1, tzinfo=UTC)  # "+0300 (MSK)" names one zone twice
    if clock.zone and zone and clock.zone.utcoffset(sample) != zone.utcoffset(sample):
        raise ValueError("two zones")
    return clock


def _numeric(match: re.Match[str], day_first: bool | None) -> date:
    if match["y"]:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if match["by"] == "." and day_first is None:
        day_first = True
    if day_first is None:
        if a <= 12 and b <= 12 and a != b:
            raise ValueError("day or month")
        day_first = a > 12
    return date(year, b, a) if day_first else date(year, a, b)


def _told(parts: _Parts, zone: tzinfo | None, day: date | None) -> tuple[datetime, DatePrecision]:
    """Return what days and times amount to; raise ValueError where that is not one instant."""
    days = parts.days or ([day] if day and parts.clocks else [])
    if len(days) != 1 or len(parts.clocks) > 2:
        raise ValueError("not one day")
    if len(parts.clocks) == 2:
        return _both(days[0], *parts.clocks, paired=parts.paired), DatePrecision.PART_OF_DAY
    for clock in parts.clocks:
        if known := clock.zone or (None if clock.unsure else zone):
            return clock.on(days[0], known), DatePrecision.PART_OF_DAY
    return noon(days[0]), DatePrecision.DAY


def _both(day: date, one: Clock, other: Clock, *, paired: bool) -> datetime:
    """Return the instant of a time of a place and the same in a zone: "2 am local time on Dec 8 (2300 GMT)"."""
    local, told = (one, other) if one.zone is None else (other, one)
    if not paired or local.zone is not None or told.zone is None:
        raise ValueError("two times")
    here = datetime.combine(day, local.time, UTC)
    near = (day - timedelta(days=1), day, day + timedelta(days=1))
    found = [when for when in (told.on(one, told.zone) for one in near) if _BEHIND <= here - when <= _AHEAD]
    if len(found) != 1:
        raise ValueError("two times")
    return found[0]


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
