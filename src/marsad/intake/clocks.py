"""Times of day and their zones as texts write them, from `zones.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

WORDS = Path(__file__).with_name("zones.toml")
_OFFSET = r"(?:(?:GMT|UTC)\s?[+\-−]\d{1,2}(?::?\d\d)?|[+\-−]\d\d(?::?\d\d)?)(?!\d)"
_IANA = r"[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30}(?:/[A-Z][A-Za-z_]{2,30})?"
_MOST_HOURS = 15


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was written; `zone` is None where none was named, or one that could be several (`unsure`)."""

    time: time
    zone: tzinfo | None = None
    unsure: bool = False

    def on(self, day: date, zone: tzinfo) -> datetime:
        """Return the instant at which this clock, in a zone, shows its time on a day; its offset is a fixed one.

        Raises OverflowError where that is outside of the calendar.
        """
        when = datetime.combine(day, self.time, zone)
        when.astimezone(UTC)
        return when.replace(tzinfo=timezone(when.utcoffset() or timedelta()))


@dataclass(frozen=True, slots=True)
class _Names:
    """What `zones.toml` says, as patterns; `known` has the zone of each name, None for those that could be several."""

    clock: re.Pattern[str]
    zone: re.Pattern[str]
    local: re.Pattern[str]
    filler: re.Pattern[str]
    known: Mapping[str, tzinfo | None]
    afternoon: frozenset[str]


def read_clock(words: str, at: int) -> tuple[Clock, int] | None:
    """Return the time of day that stands at `at`, without its zone, and where it ends; None where there is none."""
    match = _names().clock.match(words, at)
    if match is None:
        return None
    hour = int(match["h12"] or match["h24"] or match["h"])
    half = match["half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() in _names().afternoon else 0)
    try:
        shown = time(hour, int(match["m12"] or match["m24"] or match["m"] or 0), int(match["s12"] or match["s24"] or 0))
    except ValueError:
        return None
    return Clock(shown), match.end()


def read_zone(words: str, at: int) -> tuple[tzinfo | None, int] | None:
    """Return the zone that is named at `at`, None for a name that could be several, and where its name ends."""
    match = _names().zone.match(words, at)
    if match is None:
        return None
    name = match.group()
    known = _names().known
    if name in known or name.lower() in known:
        return known[name] if name in known else known[name.lower()], match.end()
    try:
        return (ZoneInfo(name) if "/" in name else _offset(name)), match.end()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read_local(words: str, at: int) -> int | None:
    """Return where the words for the time of an unnamed place end that stand at `at`, None where there are none."""
    match = _names().local.match(words, at)
    return match.end() if match else None


def skip_filler(words: str, at: int) -> int:
    """Return where the word at `at` ends if it says nothing of a time, else `at`."""
    match = _names().filler.match(words, at)
    return match.end() if match else at


def _offset(words: str) -> timezone | None:
    sign, digits = (-1 if re.search(r"[-−]", words) else 1), re.sub(r"\D", "", words)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > _MOST_HOURS or minutes > 59:
        raise ValueError(words)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


@cache
def _names() -> _Names:
    file = DataFile(WORDS)
    offsets, zones = file.table(file.data, "offsets"), file.table(file.data, "zones")
    known: dict[str, tzinfo | None] = dict.fromkeys(file.texts(file.data, "ambiguous"))
    for name in offsets:
        value = file.text(offsets, name, "offsets")
        known[name] = ZoneInfo(value) if "/" in value else _offset(value)
    exact = _any(known)
    known |= {name: ZoneInfo(file.text(zones, name, "zones")) for name in zones}
    local = rf"(?i:{_any(file.texts(file.data, 'local'))})(?!\w)"
    zone = rf"(?:{_OFFSET}|(?:{exact})(?![\w/])|(?i:{_any(zones)})(?!\w)|{_IANA})"
    am, pm = file.texts(file.data, "am"), file.texts(file.data, "pm")
    seconds = r"(?::(?P<s{0}>\d\d)(?:[.,]\d{{1,9}})?)?"
    clock = (
        rf"(?P<h12>\d{{1,2}})(?:[:.](?P<m12>\d\d){seconds.format('12')})?\s?(?P<half>(?i:{_any((*am, *pm))}))(?!\w)"
        rf"|(?P<h24>\d{{1,2}})(?::|\s?h\s?)(?P<m24>\d\d){seconds.format('24')}(?!\d)"
        # Without a colon only a zone tells a time from a year or a number.
        rf"|(?P<h>\d\d?)\.?(?P<m>\d\d)(?=\s?(?:hrs?|hours|h)?\s?\(?(?:{zone}|{local}))"
    )
    return _Names(
        clock=re.compile(clock),
        zone=re.compile(zone),
        local=re.compile(local),
        filler=re.compile(rf"(?i:{_any(file.texts(file.data, 'fillers'))})(?!\w)"),
        known=known,
        afternoon=frozenset(word.lower() for word in pm),
    )


def _any(words: Iterable[str]) -> str:
    """Return the pattern of one of several words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
