"""Numbers of people: which can be of one event, and which exclude each other."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.records import Count, Counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.linking.times import Window

_SLACK = 0.1  # "about 1,000" and 950 are one number
_GROWTH = 2.0  # a later, higher number may be growth until it is this many times the earlier
_SAME_START = timedelta(days=3)
_SAME_END = timedelta(days=1)


def compatible(one: Counts, other: Counts) -> bool:
    """Tell whether two sets of numbers can be of one event."""
    return all(_gap(a, b) <= 1 + _SLACK for _, a, b in _shared(one, other))


def exclusive(one: Counts, when: Window, other: Counts, then: Window) -> str | None:
    """Say which numbers, counted over about the same days, cannot both be right; None where both can."""
    if abs(when.start - then.start) > _SAME_START or abs(when.end - then.end) > _SAME_END:
        return None
    for name, a, b in _shared(one, other):
        later, earlier = (a, b) if when.end > then.end else (b, a)
        grown = when.end != then.end and _middle(later) > _middle(earlier)
        if _gap(a, b) > (_GROWTH if grown else 1 + _SLACK):
            return f"{said(a)} and {said(b)} {name} exclude each other"
    return None


def said(count: Count) -> str:
    """Return a number in words: "12", "at least 12", "up to 12", "12 to 15"."""
    if count.low == count.high:
        return f"{count.low:,}" if count.low is not None else "an unknown number of"
    if count.high is None:
        return f"at least {count.low:,}"
    if count.low is None:
        return f"up to {count.high:,}"
    return f"{count.low:,} to {count.high:,}"


def _shared(one: Counts, other: Counts) -> Iterator[tuple[str, Count, Count]]:
    for item in fields(Counts):
        a, b = getattr(one, item.name), getattr(other, item.name)
        if a is not None and b is not None:
            yield item.name, a, b


def _gap(one: Count, other: Count) -> float:
    """Return the ratio between the nearest bounds of two ranges, 1 where they meet."""
    low = max(one.low or 0, other.low or 0)
    high = min(float("inf") if bound is None else bound for bound in (one.high, other.high))
    return 1.0 if low <= high else low / max(high, 0.5)


def _middle(count: Count) -> float:
    bounds = [bound for bound in (count.low, count.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else 0.0
