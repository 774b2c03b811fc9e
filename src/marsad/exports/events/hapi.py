"""Events counted by month, first division and type, as humanitarian dashboards take them; disputed ones apart."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from marsad.exports.events.cast import Cast
from marsad.exports.events.coding import coded
from marsad.exports.events.figures import NOBODY_SAYS, dead_by_proposition
from marsad.exports.events.rows import AFFIRMED, DENIED, DISPUTED, UNDATED, hashtags, joined, origin, standing
from marsad.exports.events.where import country_of, first_division_of, span_of
from marsad.exports.spreadsheets import csv_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from marsad.exports.account import Account
    from marsad.exports.events.coding import Coded
    from marsad.exports.events.figures import Dead
    from marsad.exports.holdings import Holdings, Matter
    from marsad.exports.sinks import Sink

SHAPE = (
    "location_code", "admin1_code", "admin2_code", "event_type", "events", "fatalities", "reference_period_start",
    "reference_period_end", "resource_hdx_id",
)  # fmt: skip
COLUMNS = (
    *SHAPE, "admin1_name", "events_disputed", "events_denied", "events_by_grade", "events_with_figures",
    "fatalities_low", "fatalities_high", "claimants_for", "claimants_against", "evidence_ids", "policy", "rules",
    "as_of", "licence", "notice",
)  # fmt: skip
CIVILIAN_TARGETING, DEMONSTRATION, POLITICAL_VIOLENCE = "civilian_targeting", "demonstration", "political_violence"
_DISORDERS = {"Demonstrations": DEMONSTRATION, "Political violence": POLITICAL_VIOLENCE}
_COUNTED = "an event that is counted already, told in other numbers"
_LONGEST = 31  # days of an event that still counts in the month of its first


@dataclass(frozen=True, slots=True, order=True)
class _Cell:
    country: str
    division: str
    month: date
    event_type: str


@dataclass(slots=True)
class _Count:
    """What is counted in a cell; the figures are those of affirmed events, in order of their ids."""

    standings: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    figures: list[Dead] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)


def write_hapi(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write one row for each country, first division, month and type of event, in this order."""
    beneath = hashtags(holdings, "hapi", COLUMNS)
    counts = _counted(holdings, account)
    with sink.file("aggregates.csv") as stream, csv_rows(stream, COLUMNS, beneath=beneath) as put:
        for cell in sorted(counts):
            put(_row(cell, counts[cell]) | origin(holdings.about))
            account.wrote("aggregates")


def _counted(holdings: Holdings, account: Account) -> dict[_Cell, _Count]:
    cast, dead = Cast(holdings.theatre), dead_by_proposition(holdings.picture())
    counts: dict[_Cell, _Count] = defaultdict(_Count)
    counted: set[str] = set()
    for matter in holdings.matters():
        event, name = coded(matter.proposition, cast), matter.proposition.id
        if reason := _why_not(matter, event) or (_COUNTED if name in counted else None):
            account.left_out(name, reason)
            continue
        counted.update(dead.get(name, NOBODY_SAYS).propositions)
        for cell in _cells(matter, event):
            count, stands = counts[cell], standing(matter.assessment, holdings.about.rules)
            count.standings[stands] += 1
            count.grades[matter.assessment.stands] += 1
            count.matters.append(matter)
            if stands == AFFIRMED:
                count.figures.append(dead.get(matter.proposition.id, NOBODY_SAYS))
    return counts


def _why_not(matter: Matter, event: Coded | None) -> str | None:
    interval, span = matter.proposition.interval, span_of(matter.proposition.interval)
    if event is None or not _types(event):
        return f"an event of type '{matter.proposition.event}' is neither political violence nor a demonstration"
    if country_of(matter.proposition.place) is None:
        return "no country is known"
    if span is None:
        return UNDATED
    if interval.start is None or interval.end is None or (interval.end - interval.start).days >= _LONGEST:
        return "no month is told"
    return None


def _types(event: Coded | None) -> tuple[str, ...]:
    """Return the types of an event: what is done to civilians is political violence too."""
    told = event.kind.disorder.split("; ") if event is not None else ()
    types = [_DISORDERS[one] for one in told if one in _DISORDERS]
    on_civilians = event is not None and event.on_civilians and POLITICAL_VIOLENCE in types
    return (*types, *([CIVILIAN_TARGETING] if on_civilians else ()))


def _cells(matter: Matter, event: Coded | None) -> Iterator[_Cell]:
    place, span = matter.proposition.place, span_of(matter.proposition.interval)
    country = country_of(place)
    if country is not None and span is not None:
        for one in _types(event):
            yield _Cell(country.alpha3, first_division_of(place), span[0].replace(day=1), one)


def _row(cell: _Cell, count: _Count) -> dict[str, Any]:
    low, high = bounds(count.figures)
    voices = [one.assessment for one in count.matters]
    return {
        "location_code": cell.country,
        "event_type": cell.event_type,
        "events": count.standings[AFFIRMED],
        "fatalities": low if low == high else None,
        "reference_period_start": cell.month.isoformat(),
        "reference_period_end": cell.month.replace(day=monthrange(cell.month.year, cell.month.month)[1]).isoformat(),
        "admin1_name": cell.division,
        "events_disputed": count.standings[DISPUTED],
        "events_denied": count.standings[DENIED],
        "events_by_grade": joined(f"{grade}: {number}" for grade, number in sorted(count.grades.items())),
        "events_with_figures": sum(1 for one in count.figures if one.voices),
        "fatalities_low": low,
        "fatalities_high": high,
        "claimants_for": joined(name for one in voices for voice in one.voices_for for name in voice.sources),
        "claimants_against": joined(name for one in voices for voice in one.voices_against for name in voice.sources),
        "evidence_ids": joined(one.proposition.id for one in count.matters),
    }


def bounds(figures: list[Dead]) -> tuple[int | None, int | None]:
    """Return the bounds of the dead of some events that may share them, None where there is none.

    At least so many died as in the worst of them by its lowest figure; at most all of their highest figures together,
    which nobody knows as long as one of them has none.
    """
    lows = [one.low for one in figures if one.low is not None]
    highs = [one.high for one in figures if one.voices and one.high is not None]
    return max(lows, default=None), sum(highs) if highs and len(highs) == len(figures) else None
