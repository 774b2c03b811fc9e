"""The situation report as sections of plain lines, before any renderer gives them their looks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from marsad.outputs.wording import clock, day, days, number, place_name, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from marsad.outputs.quotations import Quotation
    from marsad.outputs.situation import Change, Matter, SituationReport, Toll, Town, Word
    from marsad.records import ControlState, Counts

_IDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Exact words under a line: `mark` is "+" for, "-" against, "" for neither; no `words` where they stand above."""

    mark: str
    who: str
    words: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, the ids that it can be followed by, and the words under it."""

    text: str
    ids: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of plain cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part: lines or a grid, else `none`; `left_off` counts the lines that are not shown."""

    title: str
    none: str
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None
    left_off: int = 0


def heading(report: SituationReport) -> tuple[str, ...]:
    """Return the lines at the head of a report, its title first."""
    title = f"Situation report: {report.theatre}" if report.theatre else "Situation report"
    since = f", changes since {clock(report.since, report.zone)}" if report.since else ""
    return (
        title,
        f"As of {clock(report.as_of, report.zone)}{since}. Times are of {report.zone.key}.",
        f"{report.reports} reports, {report.new_reports} of them new; {report.claims} claims.",
    )


def sections(report: SituationReport, most: int | None = None) -> tuple[Section, ...]:
    """Return the sections of a report in order.

    `most` bounds the lines of the long ones, and leaves the words out of disputes that nobody spoke on lately; None
    gives all.
    """
    zone, since = report.zone, None if most is None else report.since
    silent = [f"{_with_side(one.voice, one.side)}: silent since {clock(one.last_heard, zone)}" for one in report.silent]
    failed = [f"{skip.origin}: {skip.reason}" for skip in report.failed]
    return (
        _cut("Changed, by account", "Nothing changed by any account.", _changes(report.changes, zone), most),
        _cut("Open disputes", "No dispute is open.", _matters(report.open_disputes, zone, since)),
        _cut("Settled and conceded", "Nothing was settled or conceded.", _matters(report.settled, zone)),
        Section(title="Towns by side", none="Nobody says who holds what.", grid=_grid(report)),
        _cut("One voice only", "Nothing rests on one voice.", [_single(one, zone) for one in report.single], most),
        _cut("Killed and wounded, by source", "No numbers were given.", [_toll(toll, zone) for toll in report.tolls]),
        _cut("Not heard from", "Every known voice was heard.", [Line(text=plain(text)) for text in silent]),
        _cut("Skipped or unread", "All input was read.", [Line(text=plain(text)) for text in failed]),
    )


def _cut(title: str, none: str, lines: Sequence[Line], most: int | None = None) -> Section:
    shown = tuple(lines[:most])
    return Section(title=title, none=none, lines=shown, left_off=len(lines) - len(shown))


def who_said(quotation: Quotation, side: str | None, zone: ZoneInfo) -> str:
    """Return who said something where and when, in one line."""
    name = f"{quotation.source} ({quotation.speaker})" if quotation.speaker else quotation.source
    carried = f" in {quotation.publisher}" if quotation.publisher not in {None, quotation.source} else ""
    return plain(f"{_with_side(name, side)}{carried}, {clock(quotation.said, zone)}")


def casualties(counts: Counts) -> str:
    """Return the numbers killed and wounded in words."""
    told = [
        f"{number(count)} {what}" for what, count in (("killed", counts.killed), ("wounded", counts.wounded)) if count
    ]
    return ", ".join(told)


def _with_side(name: str, side: str | None) -> str:
    return f"{name} [{side}]" if side and side != name else name


def _changes(changes: Iterable[Change], zone: ZoneInfo) -> tuple[Line, ...]:
    """Return one line for each place and account, with all that changed there by that account."""
    groups: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.state.place.name, change.state.according_to].append(change)
    return tuple(_change(place, account, group, zone) for (place, account), group in groups.items())


def _change(place: str, account: str, changes: Sequence[Change], zone: ZoneInfo) -> Line:
    moves = [
        f"{one.state.holder} {one.state.status.value}" + (f" (was {one.was.value})" if one.was else "")
        for one in changes
    ]
    heard = max((one.state.last_heard for one in changes if one.state.last_heard), default=None)
    ids = tuple(dict.fromkeys(one.state.claims[-1] for one in changes))
    return Line(text=plain(f"{place}: {'; '.join(moves)} – by {account}, {clock(heard, zone)}"), ids=ids[:_IDS])


def _matters(matters: Iterable[Matter], zone: ZoneInfo, since: datetime | None = None) -> tuple[Line, ...]:
    """Return a line for each matter; words that stand under an earlier line of its place are not repeated.

    Matters on which nobody spoke after `since` stand without words.
    """
    lines = []
    for _, group in groupby(matters, key=lambda one: one.site):
        quoted: set[str] = set()
        for matter in group:
            old = since is not None and matter.last_word <= since
            lines.append(_matter(matter, zone, None if old else quoted))
    return tuple(lines)


def _matter(matter: Matter, zone: ZoneInfo, quoted: set[str] | None) -> Line:
    text = f"{matter.headline}, {days(matter.interval)}: {matter.grade}"
    if matter.settled_as and matter.grade != "admitted":
        text += f" as {matter.settled_as.value}"
    if matter.settled_on:
        text += f" on {clock(matter.settled_on, zone)}"
    said = [_said(word, "+", zone, quoted) for word in matter.supporters]
    said += [_said(word, "-", zone, quoted) for word in matter.deniers]
    return Line(text=plain(text), ids=(matter.proposition,), said=tuple(said))


def _said(word: Word, mark: str, zone: ZoneInfo, quoted: set[str] | None) -> Said:
    reach = f", in {word.reports} reports" if word.reports > 1 else ""
    against = ", against its interest" if word.against_interest else ""
    who = f"{who_said(word.quotation, word.side, zone)}{reach}{against}"
    if quoted is None:
        return Said(mark=mark, who=who, words="", id=word.quotation.claim)
    words = plain(word.quotation.words)
    if words in quoted:
        return Said(mark=mark, who=f"{who}: as above", words="", id=word.quotation.claim)
    quoted.add(words)
    return Said(mark=mark, who=who, words=words, id=word.quotation.claim)


def _single(matter: Matter, zone: ZoneInfo) -> Line:
    voices = "; ".join(who_said(word.quotation, word.side, zone) for word in matter.supporters)
    return Line(text=plain(f"{matter.headline}, {days(matter.interval)}: {voices}"), ids=(matter.proposition,))


def _toll(toll: Toll, zone: ZoneInfo) -> Line:
    said = tuple(
        Said(
            mark="",
            who=f"{casualties(counts)}: {who_said(quote, None, zone)}",
            words=plain(quote.words),
            id=quote.claim,
        )
        for quote, counts in toll.numbers
    )
    return Line(text=plain(toll.headline), ids=(toll.proposition,), said=said)


def _grid(report: SituationReport) -> Grid | None:
    if not report.towns:
        return None
    rows = [row for town in report.towns for row in _town(town, report.zone)]
    return Grid(columns=("place", "by the account of", "stands", "last heard"), rows=tuple(rows))


def _town(town: Town, zone: ZoneInfo) -> Iterable[tuple[str, ...]]:
    """Yield a row for each account, the sides first; the place's name stands on the first row only."""
    name = plain(place_name(town.place))
    for states in town.accounts.values():
        accounts: dict[str, list[ControlState]] = defaultdict(list)
        for state in states:
            accounts[state.according_to].append(state)
        for account, standings in accounts.items():
            heard = max((one.last_heard for one in standings if one.last_heard), default=None)
            yield (
                name,
                plain(account),
                "; ".join(plain(f"{one.holder} {one.status.value}") for one in standings),
                day(heard, zone),
            )
            name = ""
