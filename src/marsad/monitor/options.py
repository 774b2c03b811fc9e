"""What the words of an option mean: times, periods, classes of road; every one raises InputError for what is none."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.vocabulary import load_events, load_roads

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_PERIOD = re.compile(r"(\d{1,5}(?:\.\d+)?)([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_DAY = len("2024-12-07")


def day_of(words: str | None) -> date | None:
    """Return the day that is written, None for None."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise InputError(f"'{words}' is no date; write it as in 2024-12-07") from None


def instant_of(words: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant that is written, None for None; a date means the end of its day."""
    if words is None:
        return None
    hint = "write a date such as 2024-12-07 or an instant such as 2024-12-07T23:00+03:00"
    return _instant(words, zone, time.max, f"'{words}' is no time; {hint}")


def beginning_of(words: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant that is written, None for None; a date means the beginning of its day."""
    found = instant_of(words, zone)
    return found.replace(hour=0, minute=0, second=0, microsecond=0) if found and words and "T" not in words else found


def period_of(words: str, zone: ZoneInfo) -> timedelta | datetime:
    """Return the period that is written, or the instant that it begins at; a date means the beginning of its day."""
    if match := _PERIOD.fullmatch(words):
        return float(match[1]) * _UNITS[match[2]]
    hint = "write 90m, 24h or 7d, a date such as 2024-12-07, or an instant such as 2024-12-07T23:00+03:00"
    return _instant(words, zone, time.min, f"'{words}' is no period; {hint}")


def topic_of(words: str | None) -> str | None:
    """Return the family of events that is written, None for None."""
    topics = {event.family for event in load_events().values()}
    if words is not None and words not in topics:
        raise InputError(f"'{words}' is none of {', '.join(sorted(topics))}")
    return words


def road_classes(words: str) -> tuple[str, ...]:
    """Return the classes of road that are written with commas between; none where nothing is."""
    found = tuple(word.strip() for word in words.split(",") if word.strip())
    for kind in found:
        if kind not in load_roads().speeds:
            raise InputError(f"'{kind}' is none of {', '.join(load_roads().speeds)}")
    return found


def borders_of(avoid: str | None) -> bool:
    """Return whether borders may be crossed, by what is to be avoided: `border`, or nothing."""
    if avoid not in {None, "border"}:
        raise InputError("only 'border' can be avoided")
    return avoid is None


def supposed(words: str) -> tuple[str, str]:
    """Return the place and who is supposed to hold it, of "PLACE held by ACTOR"."""
    place, held, holder = words.partition(" held by ")
    if not (held and place.strip() and holder.strip()):
        raise InputError(f"'{words}' is not of the form \"PLACE held by ACTOR\"")
    return place.strip(), holder.strip()


def _instant(words: str, zone: ZoneInfo, hour: time, wrong: str) -> datetime:
    try:
        if len(words) == _DAY:
            return _reachable(datetime.combine(date.fromisoformat(words), hour, zone))
        found = datetime.fromisoformat(words)
        return _reachable(found if found.tzinfo else found.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise InputError(wrong) from None


def _reachable(instant: datetime) -> datetime:
    """Return an instant that every zone can tell; raise OverflowError for another.

    Those are not at the very ends of the calendar, nor from before there were time zones, which RFC 3339 cannot write.
    """
    for days in (-2, 2):
        instant + timedelta(days=days)
    if (instant.utcoffset() or timedelta()) % timedelta(minutes=1):
        raise OverflowError
    return instant
