"""When claims speak of one time: intervals with a tolerance that grows as the dates get vaguer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from marsad.records import DatePrecision

if TYPE_CHECKING:
    from marsad.records import Claim, Interval, Report

_TOLERANCE_DAYS = {
    DatePrecision.PART_OF_DAY: 1,
    DatePrecision.DAY: 1,
    DatePrecision.WEEK: 3,
    DatePrecision.MONTH: 10,
    DatePrecision.YEAR: 60,
    DatePrecision.UNKNOWN: 1,
}
_OPEN_START = timedelta(days=7)  # "had taken the town by Friday" is matched as if of the week before
_UNDATED = timedelta(days=3)  # a claim without a date as if of the days before it was published
_LONG = timedelta(days=14)
_FIRM = timedelta(days=3)  # "overnight" and "since Thursday" name the days; "this week" does not


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a claim is compared by, both inclusive; its record keeps the open ends."""

    start: date
    end: date
    tolerance: timedelta

    @property
    def length(self) -> timedelta:
        """How long it is, at least one day."""
        return self.end - self.start + timedelta(days=1)

    @property
    def firm(self) -> bool:
        """Whether it names the days, and not a span in which they lie."""
        return self.length <= _FIRM

    @property
    def outcome(self) -> Window:
        """The days by which an event in it has surely been: all of a firm one, the last day of a span."""
        return self if self.firm else Window(self.end, self.end, self.tolerance)

    def overlaps(self, other: Window) -> bool:
        """Tell whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def same_time(self, other: Window) -> bool:
        """Tell whether the two can be the time of one event: near enough, and not one a far longer span."""
        slack = max(self.tolerance, other.tolerance)
        near = self.start <= other.end + slack and other.start <= self.end + slack
        shorter, longer = sorted((self.length, other.length))
        return near and (longer <= _LONG or 2 * shorter >= longer)


def firm(interval: Interval) -> bool:
    """Tell whether an interval names the days, and not a span in which they lie."""
    return interval.start is not None and interval.end is not None and abs(interval.end - interval.start) < _FIRM


def window(claim: Claim, report: Report | None) -> Window | None:
    """Return when `claim` speaks of; None where neither it nor its report has a date."""
    published = report.published.date() if report and report.published else None
    start, end = claim.interval.start, claim.interval.end
    tolerance = timedelta(days=_TOLERANCE_DAYS[claim.interval.precision])
    if start and end:
        return Window(min(start, end), max(start, end), tolerance)
    if end:
        return Window(end - _OPEN_START, end, tolerance)
    if start:
        return Window(start, max(start, published or start), tolerance)
    return Window(published - _UNDATED, published, tolerance) if published else None
