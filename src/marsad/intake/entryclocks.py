"""Clocks beside the entries of a live blog, and the days that they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from marsad.intake.pagedates import When, zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3])(?:[:h]|\.(?=\d\d(?!\d|\.)))(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"\s{0,3}(?P<half>[ap]\.?m\b\.?)?\s{0,3}\(?(?P<zone>(?:GMT|UTC)(?:\s?[+-]\s?\d\d?(?::?\d\d)?)?|[+-]\d\d:\d\d|Z\b)?",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(\d{1,3})\s?(m|mins?|minutes?|h|hrs?|hours?)\.?\s+ago\b", re.IGNORECASE)
_NIGHT = timedelta(hours=6)
_HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, with its zone where one stands beside it."""

    time: time
    zone: tzinfo | None = None


def clock_of(words: str) -> Clock | None:
    """Return the time of day that short words beside an entry tell, None where they tell none."""
    match = _CLOCK.search(words[:60])
    if not match:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(time(hour, int(match["minute"])), zone_of((match["zone"] or "").replace(" ", "")))


def leading_clock(words: str) -> tuple[str, str] | None:
    """Return the clock that words begin with and what follows it and its dash; None where they begin otherwise."""
    words = " ".join(words.split())
    match = _CLOCK.match(words)
    if not match:
        return None
    rest = words[match.end() :].lstrip(")")
    after = rest.lstrip(" -–—:|•,")
    return (match[0].strip(), after) if not after or rest != after else None


def only_ago(words: str) -> bool:
    """Return whether words are a time such as `2h ago` and hardly more."""
    return len(words) <= 20 and _AGO.search(words) is not None


def ago(words: str, retrieved: datetime | None) -> When | None:
    """Return the instant that `2h ago` names on a page that was fetched at `retrieved`, None where it names none."""
    match = _AGO.search(words[:60])
    if not match or retrieved is None:
        return None
    unit = "hours" if match[2].lower().startswith("h") else "minutes"
    instant = retrieved - timedelta(**{unit: int(match[1])})
    return When(instant.date(), instant)


def dated(
    clocks: Sequence[Clock | None], first: date, last: date | None, zone: tzinfo | None, *, loose: frozenset[int]
) -> list[When | None]:
    """Return the instants of clocks that stand in a list, in the same order; `first` is the day of the earliest.

    The list runs forwards or backwards, whichever most neighbours do. A clock that falls back by six hours or more has
    passed midnight, up to the day `last` where that is known. `loose` are places of entries that stay at the top: they
    pass no midnight. An entry without a zone, where the page names none either, has its day alone.
    """
    some = [(at, one.time) for at, one in enumerate(clocks) if one and at not in loose]
    steps = [_minutes(later) - _minutes(earlier) for (_, earlier), (_, later) in pairwise(some)]
    near = [(one + _HALF_DAY) % (2 * _HALF_DAY) - _HALF_DAY for one in steps]  # over midnight the short way
    backwards = sum(1 for one in near if one < 0) > sum(1 for one in near if one > 0)
    some = some[::-1] if backwards else some
    days, day, before = dict.fromkeys(loose, first), first, None
    for at, clock in some:
        if (
            before is not None
            and timedelta(minutes=_minutes(before) - _minutes(clock)) >= _NIGHT
            and (not last or day < last)
        ):
            day += timedelta(days=1)
        days[at], before = day, clock
    found: list[When | None] = []
    for at, one in enumerate(clocks):
        if one is None or at not in days:
            found.append(None)
            continue
        known = one.zone or zone
        instant = datetime.combine(days[at], one.time, known) if known else None
        found.append(When(days[at], instant))
    return found


def zone_told(published: When | None, entries: Sequence[Clock | None], page: tzinfo | None = None) -> tzinfo | None:
    """Return the zone of a page's clocks: what most of them name, else what the `page` says, else its own offset.

    An offset of zero is how systems store times and says nothing of the clocks that readers see.
    """
    named = [one.zone for one in entries if one and one.zone]
    if named:
        return max(named, key=named.count)
    if page is not None:
        return page
    offset = published.instant.tzinfo if published and published.instant else None
    return offset if published and published.instant and published.instant.utcoffset() != UTC.utcoffset(None) else None


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
