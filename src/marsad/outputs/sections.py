"""The situation report as sections of plain lines, before any renderer gives them their looks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from marsad.outputs.lines import (
    Line,
    Row,
    Times,
    concession_lines,
    matter_lines,
    quotation_line,
    route_line,
    shift_line,
    single_line,
    toll_line,
    town_rows,
)
from marsad.outputs.notice import load_notice
from marsad.outputs.summary import summary
from marsad.outputs.wording import clock, listed, place_name, plain, several
from marsad.records import Interval
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from marsad.outputs.gaps import Pause, Quiet, Unused
    from marsad.outputs.situation import SituationReport

_NAMES = 12  # in one line, unless all are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; `columns` name the cells, and the rows of `more` are those beyond what is shown first."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part: lines or a grid, else `none`; `more` are the lines beyond what is shown first.

    `left_off` counts what these are: lines, or places of a grid.
    """

    title: str
    none: str
    lines: tuple[Line, ...] = ()
    more: tuple[Line, ...] = ()
    grid: Grid | None = None
    left_off: int = 0


def heading(report: SituationReport) -> tuple[str, ...]:
    """Return the lines at the head of a report, its title first."""
    title = f"Situation report: {report.theatre}" if report.theatre else "Situation report"
    since = f", with what is new since {clock(report.since, report.zone)}" if report.since else ""
    return (
        plain(title),
        f"As of {clock(report.as_of, report.zone)}{since}. Times are of {report.time_zone}.",
        f"{several(report.reports, 'report')}, {report.new_reports} of them new; {several(report.claims, 'claim')}.",
        *([f"Given out by the policy {plain(report.policy)}."] if report.policy else []),
    )


def sections(report: SituationReport, most: int | None = None) -> tuple[Section, ...]:
    """Return the sections of a report in order.

    `most` bounds what the long ones show first, and leaves the words out of disputes that nobody spoke on lately; None
    gives all.
    """
    times, since = Times.of(report), None if most is None else report.since
    ended = (*concession_lines(report.concessions, times), *matter_lines(report.settled, times))
    return (
        Section(title="In short", none="", lines=summary(report)),
        _cut("New disputes", "No dispute opened in the period.", matter_lines(report.new_disputes, times), most),
        _cut("Conceded and settled", "Nothing was conceded or settled.", ended, most),
        _cut("Changed, by account", "Nothing changed by any account.", _each(shift_line, report.shifts, times), most),
        _cut("Killed and wounded, by source", "No numbers were given.", _each(toll_line, report.tolls, times), most),
        _cut("Open from before", _no_dispute(report), matter_lines(report.open_disputes, times, since), most),
        _cut(
            "Routes and crossings, by account",
            "Nobody speaks of a route.",
            _each(route_line, report.routes, times),
            most,
        ),
        _cut("One voice only", "Nothing new rests on one voice.", _each(single_line, report.single, times), most),
        _towns(report, times, most),
        Section(title="Not known", none="", lines=tuple(_gaps(report, times, None if most is None else _NAMES))),
        _cut(
            "Words behind the lines",
            "No line stands on a claim.",
            _each(quotation_line, report.quotations, times),
            None if most is None else 0,
        ),
    )


def section_rows(report: SituationReport, most: int | None = None) -> list[dict[str, Any]]:
    """Return the sections of a report as JSON-safe values; `most` is that of `sections`."""
    return [to_json(section) for section in sections(report, most)]


def _no_dispute(report: SituationReport) -> str:
    return "No other dispute is open." if report.new_disputes else "No dispute is open."


def _each(line: Callable[[Any, Times], Line], found: Iterable[object], times: Times) -> tuple[Line, ...]:
    return tuple(line(one, times) for one in found)


def _cut(title: str, none: str, lines: Sequence[Line], most: int | None = None) -> Section:
    shown = len(lines) if most is None else most
    more = tuple(lines[shown:])
    return Section(title=title, none=none, lines=tuple(lines[:shown]), more=more, left_off=len(more))


def _towns(report: SituationReport, times: Times, most: int | None) -> Section:
    title, none = "Who stands where, by account", "Nobody says who holds what."
    if not report.towns:
        return Section(title=title, none=none)
    shown = len(report.towns) if most is None else most
    first, rest = report.towns[:shown], report.towns[shown:]
    grid = Grid(
        columns=("place", "by the account of", "stands", "last word"),
        rows=tuple(row for town in first for row in town_rows(town, times)),
        more=tuple(row for town in rest for row in town_rows(town, times)),
    )
    return Section(title=title, none=none, grid=grid, left_off=len(rest))


def _gaps(report: SituationReport, times: Times, most: int | None) -> Iterator[Line]:
    """Yield a line for each kind of thing that nobody tells, several where they differ by day or side."""
    yield from _quiet(report.quiet, times, most)
    for side, matters in _by(report.unanswered, "side"):
        yield Line(
            text=plain(f"{side} has not spoken on: {listed([one.headline for one in matters], most, ';')}."),
            ids=tuple(one.proposition for one in matters),
            claims=_claims(matters),
        )
    for side, places in _by(report.one_sided, "side"):
        named = listed([place_name(one.place) for one in places], most)
        yield Line(text=plain(f"Told by {side} alone: {named}."), claims=_claims(places))
    if report.silent:
        latest = sorted(report.silent, key=lambda one: one.last_heard, reverse=True)
        named = listed([f"{one.voice} (since {times.at(one.last_heard)})" for one in latest], most)
        yield Line(text=plain(f"Not heard from in the period: {named}."), claims=_claims(latest))
    if report.as_of:
        yield Line(text=_published(report.pauses, times, most))
    yield from _unused(report.unused, most)


def _unused(found: Sequence[Unused], most: int | None) -> Iterator[Line]:
    """Yield a line for each reason that inputs were not used for, the rarest together beyond `most`."""
    if not found:
        yield Line(text="All input was read.")
    ordered = sorted(found, key=lambda one: -len(one.inputs))
    for unused in ordered[:most]:
        inputs = listed(unused.inputs, most)
        yield Line(text=plain(f"{several(len(unused.inputs), 'input')} not used, {unused.reason}: {inputs}."))
    if most is not None and (rest := ordered[most:]):
        number = several(sum(len(one.inputs) for one in rest), "input")
        yield Line(text=f"{number} more not used, for {several(len(rest), 'other reason')}.")


def _quiet(found: Sequence[Quiet], times: Times, most: int | None) -> Iterator[Line]:
    """Yield a line for each band of days without word, the longest first."""
    bands = load_notice().town_days
    for start, end in reversed([*pairwise(bands), (bands[-1], None)]):
        places = [one for one in found if one.days >= start and (end is None or one.days < end)]
        if not places:
            continue
        told = f"{start} days or more" if end is None else f"{start} to {end - 1} days"
        named = [f"{place_name(one.place)} (since {times.day(one.last_heard)})" for one in places]
        yield Line(text=plain(f"No word for {told}: {listed(named, most)}."), claims=_claims(places))


def _published(pauses: Sequence[Pause], times: Times, most: int | None) -> str:
    if not pauses:
        return "Every day since the first report has one."
    named = [times.days(Interval(start=one.start, end=one.end)) for one in pauses]
    return f"Nothing was published on {listed(named, most)}."


def _by(found: Iterable[Any], name: str) -> list[tuple[str, list[Any]]]:
    """Group things by one of their fields, in order of its first value."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in found:
        groups[getattr(one, name)].append(one)
    return list(groups.items())


def _claims(found: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim for one in found for claim in one.claims))
