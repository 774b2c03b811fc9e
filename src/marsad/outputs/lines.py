"""The lines of the situation report: a sentence, the ids that it stands on, and the words under it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from marsad.outputs.notice import load_notice
from marsad.outputs.wording import aged, clock, day, heard, listed, number, place_name, plain, spoken_days
from marsad.records import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from marsad.outputs.matters import Concession, Matter, Word
    from marsad.outputs.quotations import Quotation
    from marsad.outputs.routes import Route, RouteWord
    from marsad.outputs.situation import SituationReport
    from marsad.outputs.tolls import SourceFigures, Toll
    from marsad.outputs.towns import Change, Shift, Town
    from marsad.records import Counts

_KINDS = ("killed", "wounded")
_ROUTE = "route"  # the feature of a place that is a road itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One voice under a line: `mark` is "+" for, "-" against, "" for neither; no `words` where they stand above.

    `language` is that of the words, where their report tells it.
    """

    mark: str
    who: str
    words: str
    id: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence; `ids` are what it can be followed by, `claims` those behind it that no word under it bears."""

    text: str
    ids: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: plain cells, and the claims behind them."""

    cells: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """How a report tells instants: in its zone, which the heading names, without the year that it is of."""

    zone: ZoneInfo
    now: datetime | None

    @classmethod
    def of(cls, report: SituationReport) -> Times:
        """Return those of a report."""
        return cls(report.zone, report.as_of)

    def at(self, instant: datetime | None) -> str:
        """Return an instant in words."""
        return day(instant, self.zone, self._year)

    def day(self, instant: datetime) -> str:
        """Return the day of an instant in words."""
        on = instant.astimezone(self.zone).date()
        return self.days(Interval(start=on, end=on))

    def said(self, instant: datetime | None) -> str:
        """Return when something was last said, or for how long nothing was."""
        words = heard(instant, self.now, self.zone)
        return words if aged(instant, self.now) else f"said {words}"

    def days(self, interval: Interval) -> str:
        """Return the days of an event in words."""
        return spoken_days(interval, self._year)

    @property
    def _year(self) -> int | None:
        return self.now.astimezone(self.zone).year if self.now else None


def who_said(quotation: Quotation, side: str | None, zone: ZoneInfo) -> str:
    """Return who said something where and when, in one line."""
    return _who(quotation, side, clock(quotation.said, zone))


def casualties(counts: Counts) -> str:
    """Return the numbers killed and wounded in words."""
    told = [(number(getattr(counts, kind)), kind) for kind in _KINDS]
    return ", ".join(f"{count} {kind}" for count, kind in told if count)


def matter_lines(found: Iterable[Matter], times: Times, since: datetime | None = None) -> tuple[Line, ...]:
    """Return a line for each matter; the same thing by the same voices is one, with all its days and ids.

    Words that stand under an earlier line of its place are not repeated; matters on which nobody spoke after `since`
    stand without words.
    """
    lines = []
    for _, group in groupby(found, key=lambda one: one.site):
        alike: dict[tuple[object, ...], list[Matter]] = defaultdict(list)
        for matter in group:
            told = (matter.headline, matter.grade, matter.graded_by)
            alike[*told, _names(matter.supporters), _names(matter.deniers)].append(matter)
        quoted: set[str] = set()
        for matters in alike.values():
            old = since is not None and max(one.last_word for one in matters) <= since
            lines.append(_matter(matters, times, None if old else quoted))
    return tuple(lines)


def concession_lines(found: Iterable[Concession], times: Times) -> tuple[Line, ...]:
    """Return who admitted what and when, and who had denied it before; the same admission is one line."""
    alike: dict[tuple[str, str], list[Concession]] = defaultdict(list)
    for one in found:
        alike[one.by.voice, one.matter.headline].append(one)
    quoted: set[str] = set()
    return tuple(_concession(same, times, quoted) for same in alike.values())


def shift_line(shift: Shift, times: Times) -> Line:
    """Return what changed at one place, with each account's new word under it."""
    accounts: dict[str, list[Change]] = defaultdict(list)
    for change in shift.changes:
        accounts[change.state.according_to].append(change)
    if shift.hands:
        what = f"changed hands by the word of {listed(shift.hands)}"
    else:
        new = all(change.was is None for change in shift.changes)
        what = f"{'first told of' if new else 'told otherwise'} by {listed(tuple(accounts))}"
    said = tuple(_standing(account, changes, times) for account, changes in accounts.items())
    return Line(text=plain(f"{place_name(shift.place)}: {what}"), claims=_others(shift.claims, said), said=said)


def single_line(matter: Matter, times: Times) -> Line:
    """Return what one voice alone says."""
    voices = "; ".join(_who(word.quotation, word.side, times.at(word.quotation.said)) for word in matter.supporters)
    return Line(
        text=plain(f"{matter.headline}, {times.days(matter.interval)}: {voices}"),
        ids=(matter.proposition,),
        claims=matter.claims,
    )


def toll_line(toll: Toll, times: Times) -> Line:
    """Return a toll with the range over its sources, and each source's figures under it."""
    ranges = [words for kind in _KINDS if (words := _range(toll, kind))]
    said = tuple(_figures(source, times) for source in toll.sources)
    return Line(
        text=plain("; ".join([f"{toll.headline}, {times.days(toll.interval)}", *ranges])),
        ids=toll.propositions,
        claims=_others(toll.claims, said),
        said=said,
    )


def route_line(route: Route, times: Times) -> Line:
    """Return what accounts say of the routes at a place or of a crossing: one account in the line, more under it."""
    itself = route.place.feature == _ROUTE or route.place.feature in load_notice().crossings
    name = place_name(route.place) if itself else f"Routes at {place_name(route.place)}"
    accounts: dict[str, list[RouteWord]] = defaultdict(list)
    for word in route.words:
        accounts[_with_side(word.according_to, word.side)].append(word)
    told = {account: _passages(words, times) for account, words in accounts.items()}
    if len(told) == 1:
        ((account, words),) = told.items()
        return Line(text=plain(f"{name}: {words}, by {account}"), claims=_others(route.claims, ()))
    said = tuple(
        Said(mark="", who=plain(f"{account}: {words}"), words="", id=accounts[account][0].claims[-1])
        for account, words in told.items()
    )
    standings = dict.fromkeys(word.standing for word in route.words)
    text = f"{name}: {listed(tuple(standings))}, by {len(told)} accounts"
    return Line(text=plain(text), claims=_others(route.claims, said), said=said)


def quotation_line(quotation: Quotation, times: Times) -> Line:
    """Return the exact words of a claim, who said them, and where they stand."""
    where = f"{quotation.report}, characters {quotation.start} to {quotation.end}"
    who = _who(quotation, None, times.at(quotation.said))
    return Line(text=f"{who}; {plain(where)}: “{plain(quotation.words)}”", ids=(quotation.claim,))


def town_rows(town: Town, times: Times) -> Iterator[Row]:
    """Yield a row for each account of a town; the place's name stands on the first row only."""
    name = plain(place_name(town.place))
    for account in town.accounts:
        stands = "; ".join(plain(f"{one.holder}: {one.status.value}") for one in account.standings)
        last = heard(account.last_heard, times.now, times.zone)
        yield Row(
            cells=(name, plain(account.name), stands, last),
            claims=tuple(dict.fromkeys(state.claims[-1] for state in account.standings)),
        )
        name = ""


def _concession(same: Sequence[Concession], times: Times, quoted: set[str]) -> Line:
    first = same[0]
    denied = {word.voice: f"{word.voice} ({_stretch(word, times)})" for one in same for word in one.denials}
    after = f"after denials by {listed(tuple(denied.values()))}" if denied else "nobody in these reports had denied it"
    said = tuple(
        _said(word, mark, times, quoted) for mark, word in (("+", first.by), *(("-", one) for one in first.denials))
    )
    what = f"{first.matter.headline}, {listed(_distinct(times.days(one.matter.interval) for one in same))}"
    return Line(
        text=plain(f"{first.by.voice} admits: {what}; said {times.at(first.since)}, {after}"),
        ids=tuple(one.matter.proposition for one in same),
        claims=_others([claim for one in same for claim in one.claims], said),
        said=said,
    )


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _matter(same: Sequence[Matter], times: Times, quoted: set[str] | None) -> Line:
    first = same[0]
    text = f"{first.headline}, {listed(_distinct(times.days(one.interval) for one in same))}"
    if first.grade != "disputed" or first.graded_by:
        text += f": {first.grade}" + (f" (graded by {first.graded_by})" if first.graded_by else "")
    if first.settled_as and first.grade != "admitted":
        text += f" as {first.settled_as.value}"
    if first.settled_on:
        text += f" on {times.at(first.settled_on)}"
    if quoted is None:
        text += f"; {times.said(max(one.last_word for one in same))}"
    words = [("+", word) for word in first.supporters] + [("-", word) for word in first.deniers]
    said = tuple(
        _said(word, mark, times, quoted)
        for mark, word in words
        if quoted is not None and plain(word.quotation.words) not in quoted
    )
    return Line(
        text=plain(f"{text} ({_camps(first)})"),
        ids=tuple(one.proposition for one in same),
        claims=_others([claim for one in same for claim in one.claims], said),
        said=said,
    )


def _camps(matter: Matter) -> str:
    """Return who is for a matter, who is against it, and who has said both."""
    sayers, deniers = _names(matter.supporters), _names(matter.deniers)
    both = tuple(name for name in sayers if name in deniers)
    camps = {
        "for": [name for name in sayers if name not in both],
        "against": [name for name in deniers if name not in both],
        "has said both": both,
    }
    return "; ".join(f"{how}: {listed(names)}" for how, names in camps.items() if names)


def _said(word: Word, mark: str, times: Times, quoted: set[str] | None) -> Said:
    reach = f", in {word.reports} reports" if word.reports > 1 else ""
    against = ", against its interest" if word.against_interest else ""
    words = plain(word.quotation.words)
    shown = "" if quoted is None or words in quoted else words
    if quoted is not None:
        quoted.add(words)
    who = f"{_who(word.quotation, word.side, times.at(word.quotation.said))}{reach}{against}"
    return Said(mark=mark, who=who, words=shown, id=word.quotation.claim, language=word.quotation.language)


def _standing(account: str, changes: Sequence[Change], times: Times) -> Said:
    told = [
        f"{one.state.holder} {load_notice().standings[one.state.status]}"
        + (f", was {one.was.value}" if one.was else "")
        for one in changes
    ]
    last = max((one.state.last_heard for one in changes if one.state.last_heard), default=None)
    return Said(
        mark="",
        who=plain(f"{account}, {times.at(last)}: {'; '.join(told)}"),
        words="",
        id=changes[0].state.claims[-1],
    )


def _figures(source: SourceFigures, times: Times) -> Said:
    *earlier, last = source.figures
    text = f"{_with_side(source.source, source.side)}: {casualties(last.counts)}, {times.at(last.quotation.said)}"
    if earlier:
        before = [f"{casualties(one.counts)} on {times.at(one.quotation.said)}" for one in earlier]
        text += f"; an update of {', '.join(before)}; in all {casualties(source.span)}"
    words = plain(last.quotation.words)
    return Said(mark="", who=plain(text), words=words, id=last.quotation.claim, language=last.quotation.language)


def _range(toll: Toll, kind: str) -> str:
    """Return the lowest and the highest figure of one kind with their sources; "" where fewer than two tell it."""
    spans = [(count, source.source) for source in toll.sources if (count := getattr(source.span, kind))]
    if len(spans) < 2:
        return ""
    low = min(spans, key=lambda one: one[0].low or 0)
    high = max(spans, key=lambda one: one[0].high or one[0].low or 0)
    if low[0] == high[0]:
        return f"{number(low[0])} {kind} by {len(spans)} sources"
    return f"{kind}: lowest {number(low[0])} ({low[1]}), highest {number(high[0])} ({high[1]})"


def _passages(words: Sequence[RouteWord], times: Times) -> str:
    """Return one account's words on a route or crossing: "closed by the army since 6 Dec (was open), said 7 Dec"."""
    told = []
    for word in words:
        by = f" by {word.agent}" if word.agent else ""
        since = f" since {times.days(Interval(start=word.since, end=word.since))}" if word.since else ""
        told.append(f"{word.standing}{by}{since}{f' (was {word.was})' if word.was else ''}")
    return f"{'; '.join(told)}, {times.said(words[0].said)}"


def _who(quotation: Quotation, side: str | None, when: str) -> str:
    name = quotation.source
    if quotation.speaker and quotation.speaker != name:
        name = f"{name} ({quotation.speaker})"
    carried = f" in {quotation.publisher}" if quotation.publisher not in {None, quotation.source} else ""
    return plain(f"{_with_side(name, side)}{carried}, {when}")


def _with_side(name: str, side: str | None) -> str:
    return f"{name} [{side}]" if side and side != name else name


def _stretch(word: Word, times: Times) -> str:
    first, last = times.at(word.first), times.at(word.last)
    return last if first == last else f"{first} to {last}"


def _names(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.voice for word in words)


def _others(claims: Iterable[str], said: Iterable[Said]) -> tuple[str, ...]:
    shown = {one.id for one in said}
    return tuple(dict.fromkeys(claim for claim in claims if claim not in shown))
