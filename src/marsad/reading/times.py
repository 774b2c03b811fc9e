"""Expressions of time in a text, and the days that they mean.

They are resolved against the day of publication where the event was. A weekday is the most recent one, since reports
look back; a date without a year the most recent such date, or one of the coming week. Nothing is guessed: an expression
that cannot be placed keeps its words, without dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from marsad.reading._dates import Dates, days_from
from marsad.reading._time_rules import Frame, load_time_rules
from marsad.records import DatePrecision, Interval
from marsad.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from marsad.reading._time_rules import TimeRules

# The words that may bring an expression in, in the order in which they are looked for.
_PREFIXES = ("since", "until", "before", "from", "between", "plain")
_LETTERS, _DIGIT = re.compile(r"[^\W\d_]+"), re.compile(r"\d")
_CLAUSE_END = re.compile(r"[.,;:()!?؟،؛]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """An expression of time: its half-open span in the text, what it comes to, and of what kind it is.

    `kind` is one of

    - `point` (one day or part of one), `range` (a stretch with both ends, or one of them open),
    - `since` (up to the publication; an open end where the text does not reach so far), `until`,
    - `relative` (measured from another date: "a day earlier"),
    - `part_of_day` (a time of day that changes no date; the interval has none),
    - `duration` and `frequency` (how long, how often or how rare: not when; the interval has no dates).
    """

    start: int
    end: int
    interval: Interval
    kind: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    dates: Dates


def find_times(
    text: str,
    start: int,
    end: int,
    *,
    published: datetime | None,
    zone: ZoneInfo,
    reference: date | None = None,
    language: str = "en",
) -> tuple[TimeExpression, ...]:
    """Return the expressions of time in `text[start:end]`, in order, with offsets in `text`.

    `published` is timezone-aware; its day is taken in `zone`, in its own offset where `zone` is UTC. Expressions
    relative to another date take the last single day named before them in the span, else `reference`, else the day of
    publication. Without `published`, absolute dates still resolve; the others keep their words and have no dates.
    """
    frame = Frame(today=_local_day(published, zone), spoken_of=reference)
    return _reader(language).expressions(text, start, end, frame)


def resolve(
    expression_text: str, published: datetime | None, zone: ZoneInfo, *, future: bool = False, language: str = "en"
) -> Interval | None:
    """Return the interval of the first expression of time in `expression_text`, None where there is none.

    `future` reads it as said of what is to come: weekdays and yearless dates are then the next ones.
    """
    frame = Frame(today=_local_day(published, zone), future=future)
    found = _reader(language).expressions(expression_text, 0, len(expression_text), frame)
    return found[0].interval if found else None


def _local_day(published: datetime | None, zone: ZoneInfo) -> date | None:
    if published is None:
        return None
    return (published if zone.key == "UTC" else published.astimezone(zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Finds the expressions of one language; the patterns are those of its `times.toml`."""

    rules: TimeRules
    prefixes: Mapping[str, re.Pattern[str]]
    between_dates: re.Pattern[str]
    before_day: re.Pattern[str]
    after_day: re.Pattern[str]
    possessed: re.Pattern[str]
    record: re.Pattern[str]

    def expressions(self, text: str, start: int, end: int, frame: Frame) -> tuple[TimeExpression, ...]:
        found = self._with_times_of_day(text, list(self._scan(text, start, end, frame)))
        return tuple(
            TimeExpression(
                start=one.start,
                end=one.end,
                kind=one.dates.kind,
                interval=Interval(
                    start=one.dates.first,
                    end=one.dates.last,
                    precision=one.dates.precision,
                    expression=text[one.start : one.end],
                ),
            )
            for one in self._with_prefixes(text, start, self._joined(text, start, found), frame)
        )

    def _scan(self, text: str, start: int, end: int, frame: Frame) -> Iterator[_Found]:
        """Yield single expressions: the longest from the left, each read with the last day named before it in mind."""
        words = _words(text[start:end])
        rules = ((p, read) for p, read, telling in self.rules.rules if not telling or not telling.isdisjoint(words))
        matches = [(match, read) for pattern, read in rules for match in pattern.finditer(text, start, end)]
        reached = start
        for match, read in sorted(matches, key=lambda pair: (pair[0].start(), -pair[0].end())):
            if match.start() < reached or match.end() == match.start():
                continue
            dates = read if isinstance(read, Dates) else read(match, frame)
            if dates is None:
                continue
            reached = match.end()
            spoken_of = dates.day or (
                dates.first if dates.precision in {DatePrecision.MONTH, DatePrecision.YEAR} else None
            )
            if spoken_of and not dates.counted:
                frame = replace(frame, spoken_of=spoken_of)
            yield _Found(match.start(), match.end(), dates)

    def _with_times_of_day(self, text: str, found: list[_Found]) -> list[_Found]:
        """Join a time of day with the day beside it: late Saturday, Thursday evening, 14:25 on Friday."""
        done: list[_Found] = []
        for one in found:
            before = done[-1] if done else None
            gap = text[before.end : one.start] if before else ""
            if before and _is_time(before.dates) and _is_day(one.dates) and self.before_day.fullmatch(gap):
                day = one.dates
            elif before and _is_day(before.dates) and _is_time(one.dates) and self.after_day.fullmatch(gap):
                day = before.dates
            else:
                done.append(one)
                continue
            done[-1] = _Found(before.start, one.end, replace(day, precision=DatePrecision.PART_OF_DAY))
        return done

    def _joined(self, text: str, start: int, found: list[_Found]) -> list[_Found]:
        """Join two dates into a stretch (from A to B, A and B), and drop weak ones that nothing brings in."""
        done: list[_Found] = []
        for one in found:
            before = done[-1] if done else None
            if (
                before
                and _makes_stretch(before.dates, one.dates)
                and self.between_dates.fullmatch(text[before.end : one.start])
            ):
                precision = max(before.dates.precision, one.dates.precision, key=list(DatePrecision).index)
                dates = Dates("range", before.dates.first, one.dates.last, precision, closed=True)
                done[-1] = _Found(before.start, one.end, dates)
            elif not one.dates.weak or self._brought_in(text, start, one):
                done.append(one)
        return done

    def _brought_in(self, text: str, start: int, one: _Found) -> bool:
        if one.dates.kind == "part_of_day":
            return False
        return self._prefix(text, start, one.start)[1] is not None

    def _prefix(self, text: str, start: int, end: int) -> tuple[str, re.Match[str] | None]:
        """Return the kind of word that stands right before `end`, with its match; none where there is no such word."""
        for name, pattern in self.prefixes.items():
            if match := pattern.search(text, start, end):
                return name, match
        return "", None

    def _with_prefixes(self, text: str, start: int, found: list[_Found], frame: Frame) -> Iterator[_Found]:
        """Take in the word before each expression: it may open it ("since"), close it ("until") or alter nothing."""
        reached = start
        for one in found:
            name, match = self._prefix(text, reached, one.start)
            name = "plain" if name in {"from", "before"} and self.possessed.match(text, one.end) else name
            dates = _prefixed(name, one.dates, frame)
            begin = match.start() if match and dates.kind not in {"duration", "part_of_day"} else one.start
            if (dates.kind == "since" or dates.counted) and self.record.search(_clause_before(text, start, begin)):
                dates = Dates("frequency")
            yield _Found(begin, one.end, dates)
            reached = one.end


def _words(text: str) -> set[str]:
    """Return the words of a text as the rules ask for them: few sentences can hold most kinds of expressions."""
    words = set(_LETTERS.findall(text.casefold()))
    return {*words, "0"} if _DIGIT.search(text) else words


@cache
def _reader(language: str) -> _Reader:
    rules = load_time_rules(language)
    lists, joints = rules.words.lists, rules.words.joints
    return _Reader(
        rules=rules,
        prefixes={name: re.compile(rf"\b{any_of(lists[name])}{joints['after_prefix']}$") for name in _PREFIXES},
        between_dates=re.compile(joints["between_dates"]),
        before_day=re.compile(joints["before_day"]),
        after_day=re.compile(joints["after_day"]),
        possessed=re.compile(joints["possessed"]),
        record=re.compile(joints["record"]),
    )


def _is_time(dates: Dates) -> bool:
    return dates.kind == "part_of_day"


def _is_day(dates: Dates) -> bool:
    return dates.kind in {"point", "relative"} and (dates.day is not None or dates.first is None)


def _makes_stretch(one: Dates, other: Dates) -> bool:
    if {one.kind, other.kind} - {"point", "range"} or one.counted or other.counted:
        return False
    return one.first is not None and other.last is not None and one.first < other.last


def _prefixed(name: str, dates: Dates, frame: Frame) -> Dates:
    if dates.kind not in {"point", "range", "relative"} or dates.counted:
        return dates
    if name == "since":
        ended = frame.today if frame.today and dates.first and dates.first <= frame.today else None
        return replace(dates, kind="since", last=ended)
    if name == "from" and dates.kind != "relative" and not dates.closed:
        return replace(dates, kind="since", last=None)
    if name == "until":
        return replace(dates, kind="until", first=None)
    if name == "before":
        return replace(dates, kind="until", first=None, last=days_from(dates.first, -1) if dates.first else None)
    return dates


def _clause_before(text: str, start: int, end: int) -> str:
    ends = [match.end() for match in _CLAUSE_END.finditer(text, start, end)]
    return text[ends[-1] if ends else start : end]
