"""Numbers of people: which can be of one event, and which exclude each other."""

from __future__ import annotations

from dataclasses import dataclass, fields
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Numbers, who gives them, and over which days."""

    counts: Counts
    source: str
    when: Window


def compatible(one: Counts, other: Counts) -> bool:
    """Tell whether two sets of numbers can be of one event."""
    return all(_gap(a, b) <= 1 + _SLACK for _, a, b in _shared(one, other))


def common(one: Counts, other: Counts) -> bool:
    """Tell whether both give a number of the same kind."""
    return any(True for _ in _shared(one, other))


def equal(one: Counts, other: Counts) -> bool:
    """Tell whether all numbers that both give are the same."""
    return all(a == b for _, a, b in _shared(one, other))


def newer(one: Counts, other: Counts) -> str | None:
    """Say which number of `one` cannot be that of `other`, which it replaces; None where all can be the same."""
    found = ((name, a, b) for name, a, b in _shared(one, other) if _gap(a, b) > 1)
    return next((f"{said(a)} {name}, where it had said {said(b)}" for name, a, b in found), None)


def exclusive(one: Counted, other: Counted) -> str | None:
    """Say whose numbers, counted over about the same days, cannot both be right; None where both can."""
    when, then = one.when, other.when
    if abs(when.start - then.start) > _SAME_START or abs(when.end - then.end) > _SAME_END:
        return None
    for name, a, b in _shared(one.counts, other.counts):
        later, earlier = (a, b) if when.end > then.end else (b, a)
        grown = when.end != then.end and _middle(later) > _middle(earlier)
        if _gap(a, b) > (_GROWTH if grown else 1 + _SLACK):
            return (
                f"{said(a)} {name} according to {one.source} as of {_day(when)} and {said(b)} according to "
                f"{other.source} as of {_day(then)} exclude each other"
            )
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


def _day(when: Window) -> str:
    return f"{when.end.day} {when.end:%b %Y}"


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
