"""The expressions of time of a language: a pattern for each, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from marsad.reading._dates import (
    PRECISIONS,
    Dates,
    calendar_unit,
    days_from,
    make_date,
    month_span,
    moved,
    nearest,
    stretch,
    weekday,
    year_span,
)
from marsad.reading._time_words import load_time_words
from marsad.reading.numerals import load_numerals
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from datetime import date

    from marsad.reading._time_words import TimeWords
    from marsad.reading.numerals import Numerals

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR
_LONGEST = {"year": 500}
_ISO = r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?\b"
_NUMERIC = r"\b(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where an expression is read from: the day of publication, the date last spoken of, the mood of its verb."""

    today: date | None
    spoken_of: date | None = None
    future: bool = False


Reading = Callable[[re.Match[str], Frame], Dates | None]
_TIME_OF_DAY = Dates("part_of_day", precision=DatePrecision.PART_OF_DAY)
# What some expressions always come to, whatever their words.
_FIXED = {
    "duration": Dates("duration"),
    "frequency": Dates("frequency"),
    "time_of_day": _TIME_OF_DAY,
    "beside": replace(_TIME_OF_DAY, weak=True),
}


def _group(match: re.Match[str], name: str) -> str | None:
    """Return the words of a group, None where the pattern has no such group or it took no part."""
    found: str | None = match.groupdict().get(name)
    return found


def _word(match: re.Match[str], group: str) -> str:
    """Return the words of a group in lower case, empty where the pattern has no such group or it took no part."""
    return " ".join((match.groupdict().get(group) or "").lower().split())


def _fineness(count: int, base: str) -> DatePrecision:
    return DAY if base == "hour" and count >= 24 else PRECISIONS[base]


@dataclass(frozen=True)
class TimeRules:
    """The expressions of one language; `rules` gives every pattern with its reading, or with what it always means."""

    words: TimeWords
    numerals: Numerals

    @cached_property
    def rules(self) -> tuple[tuple[re.Pattern[str], Reading | Dates, frozenset[str]], ...]:
        """Every expression's pattern, its reading or what it always comes to, and words one of which it holds."""
        own = [(one.pattern, self._reading(one.reads), one.telling) for one in self.words.rules]
        digit = frozenset("0")
        every = ((_ISO, self._iso, digit), (_NUMERIC, self._numeric, digit), *own)
        return tuple((re.compile(pattern), reading, telling) for pattern, reading, telling in every)

    def _reading(self, name: str) -> Reading | Dates:
        reading: Reading | Dates = _FIXED[name] if name in _FIXED else getattr(self, f"_{name}")
        return reading

    @cached_property
    def _shared_year(self) -> re.Pattern[str]:
        """The year after the second of two dates, which goes for both: "from 3 March to 5 April 2022"."""
        return re.compile(self.words.joints["shared_year"])

    def _year(self, match: re.Match[str], frame: Frame) -> int | None:
        if year := _group(match, "y"):
            return int(year)
        if _group(match, "that"):
            return frame.spoken_of.year if frame.spoken_of else None
        shared = self._shared_year.match(match.string, match.end())
        return int(shared[1]) if shared else None

    def _month(self, match: re.Match[str], group: str = "month") -> int:
        return self.words.months[match[group].rstrip(".").casefold()]

    def _part(self, match: re.Match[str]) -> str:
        word = _word(match, "part")
        return next((part for part in ("early", "middle", "late") if word in self.words.lists[part]), "whole")

    def _count(self, match: re.Match[str]) -> tuple[int, str] | None:
        """Return the number of base units that the match names, None where it is no whole or no sensible number."""
        word = _word(match, "n")
        number = 1 if not word or word in self.words.lists["one"] else self.numerals.value(word)
        count, base = self.words.units[_word(match, "unit")]
        if number is None or number * count > _LONGEST.get(base, 10_000):
            return None
        return number * count, base

    def _iso(self, match: re.Match[str], _frame: Frame) -> Dates | None:
        day = make_date(int(match["y"]), int(match["m"]), int(match["d"]))
        return Dates("point", day, day, DAY) if day else None

    def _numeric(self, match: re.Match[str], _frame: Frame) -> Dates | None:
        """Read 29.11.2024, and 29/11/2024 where only one order makes a date."""
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        days = [make_date(year, b, a)] if match["sep"] == "." else [make_date(year, b, a), make_date(year, a, b)]
        known = {day for day in days if day}
        day = known.pop() if len(known) == 1 else None
        return Dates("point", day, day, DAY) if day else None

    def _date(self, match: re.Match[str], frame: Frame) -> Dates | None:
        month, year = self._month(match), self._year(match, frame)
        days = [int(word) for group in ("d", "e") if (word := _word(match, group))]
        if any(make_date(2000, month, day) is None for day in days):
            return None
        if year is None and (_group(match, "that") or frame.today is None):
            return Dates("point")
        if year is None and frame.today:
            last = nearest(month, days[-1], frame.today, future=frame.future)
            year = last.year if last else None
        found = [make_date(year, month, day) for day in days] if year else []
        if not found or None in found or found != sorted(found, key=str):
            return None
        return Dates("point" if len(days) == 1 else "range", found[0], found[-1], DAY, closed=len(days) > 1)

    def _month_alone(self, match: re.Match[str], frame: Frame) -> Dates | None:
        month, year, part = self._month(match), self._year(match, frame), self._part(match)
        which = _word(match, "which")
        weak = not (year or _group(match, "that") or _group(match, "part") or which)
        if year is None:
            if _group(match, "that") or frame.today is None:
                return Dates("range", weak=weak)
            nearby = nearest(month, 1, frame.today, future=False)
            year = nearby.year if nearby else frame.today.year
            if (frame.future or which in self.words.lists["next"]) and (year, month) < (
                frame.today.year,
                frame.today.month,
            ):
                year += 1
            if which in self.words.lists["last"] and (year, month) == (frame.today.year, frame.today.month):
                year -= 1
        precision = MONTH if part == "whole" else DatePrecision.WEEK
        return Dates("range", *month_span(year, month, part), precision, weak=weak)

    def _years(self, match: re.Match[str], _frame: Frame) -> Dates | None:
        first = int(match["y"])
        ending = _group(match, "z")
        last = int(str(first)[: -len(ending)] + ending) if ending else first
        part = self._part(match)
        if last < first:
            return None
        return Dates("range", *year_span(first, last, part), YEAR if part == "whole" else MONTH, weak=part == "whole")

    def _season(self, match: re.Match[str], _frame: Frame) -> Dates | None:
        # When a season falls depends on the hemisphere; the year does not.
        return Dates("range", *year_span(int(match["y"]), int(match["y"])), YEAR)

    def _decade(self, match: re.Match[str], _frame: Frame) -> Dates | None:
        first = int(match["y"]) * 10
        offsets = {"early": (0, 3), "middle": (4, 6), "late": (7, 9)}.get(self._part(match), (0, 9))
        return Dates("range", *year_span(first + offsets[0], first + offsets[1]), YEAR)

    def _weekday(self, match: re.Match[str], frame: Frame) -> Dates | None:
        which = _word(match, "which")
        if which in self.words.lists["every"]:
            return Dates("frequency")
        if frame.today is None:
            return Dates("point")
        number = self.words.weekdays[match["weekday"].rstrip(".").casefold()]
        ahead, strict = (
            frame.future or which in self.words.lists["next"],
            which in {*self.words.lists["last"], *self.words.lists["next"]},
        )
        day = weekday(number, frame.today, future=ahead and which not in self.words.lists["last"], strict=strict)
        return Dates("point", day, day, DAY)

    def _overnight(self, match: re.Match[str], frame: Frame) -> Dates | None:
        if frame.today is None:
            return Dates("range")
        last = frame.today
        if _group(match, "weekday"):
            found = self._weekday(match, frame)
            named = found.first if found and found.first else last
            # "Overnight on Friday" runs into Saturday, unless that is yet to come; "overnight into Friday" ends then.
            last = named if _group(match, "into") or named == frame.today else days_from(named, 1)
        return Dates("range", days_from(last, -1), last, DatePrecision.PART_OF_DAY)

    def _phrase(self, match: re.Match[str], frame: Frame) -> Dates | None:
        """Read a phrase that names a day by its distance: from the publication, or from the date last spoken of."""
        word = " ".join(match[0].lower().split())
        relative = word in self.words.offsets["relative"]
        kind = "relative" if relative else "point"
        start = frame.spoken_of or frame.today if relative else frame.today
        if start is None:
            return Dates(kind)
        in_parts = word in self.words.offsets["parts_of_day"]
        table = "relative" if relative else "parts_of_day" if in_parts else "deictic"
        day = days_from(start, self.words.offsets[table][word])
        return Dates(kind, day, day, DatePrecision.PART_OF_DAY if in_parts else DAY)

    def _that_year(self, _match: re.Match[str], frame: Frame) -> Dates | None:
        if frame.spoken_of is None:
            return Dates("relative")
        return Dates("relative", *year_span(frame.spoken_of.year, frame.spoken_of.year), YEAR)

    def _distance(self, match: re.Match[str], frame: Frame) -> Dates | None:
        """Read "ten days ago", from the publication, and "two days earlier", from the date last spoken of."""
        word = _word(match, "way")
        start = frame.today if word in self.words.lists["ago"] else frame.spoken_of or frame.today
        counted = self._count(match) if _group(match, "n") or _group(match, "single") else None
        if _group(match, "n") and counted is None:
            return None
        if start is None or counted is None:
            return Dates("relative")
        count, base = counted
        signed = count if word in {*self.words.lists["later"], *self.words.lists["later_at_end"]} else -count
        return Dates("relative", *moved(start, signed, base), _fineness(count, base))

    def _calendar(self, match: re.Match[str], frame: Frame) -> Dates | None:
        word, unit = _word(match, "which"), _word(match, "unit")
        if frame.today is None:
            return Dates("range")
        offset = -1 if word in self.words.lists["last"] else 1 if word in self.words.lists["next"] else 0
        if unit in self.words.lists["weekend"]:
            saturday = weekday(5, frame.today, future=offset > 0 or frame.future)
            return Dates("range", saturday, days_from(saturday, 1), DAY)
        _, base = self.words.units[unit]
        first, last = calendar_unit(frame.today, base, offset)
        if offset == 0:
            first, last = (frame.today, last) if frame.future else (first, frame.today)
        return Dates("range", first, last, PRECISIONS[base])

    def _rolling(self, match: re.Match[str], frame: Frame) -> Dates | None:
        """Read "in the past three days", "in the coming hours"."""
        ahead = _word(match, "which") in self.words.lists["coming"]
        if frame.today is None:
            return Dates("range", counted=not ahead)
        unit = self.words.units[_word(match, "unit")]
        counted = self._count(match) if _word(match, "n") else None if _group(match, "plural") else unit
        if counted:
            return Dates("range", *stretch(frame.today, *counted, ahead=ahead), _fineness(*counted), counted=not ahead)
        if _word(match, "n"):
            return None
        if unit[1] == "hour":
            return Dates("range", frame.today, frame.today, DatePrecision.PART_OF_DAY)
        return Dates("range", frame.today, None) if ahead else Dates("range", None, frame.today, counted=True)

    def _within(self, match: re.Match[str], frame: Frame) -> Dates | None:
        counted = self._count(match)
        if counted is None:
            return None
        if frame.today is None:
            return Dates("range")
        return Dates("range", *stretch(frame.today, *counted, ahead=True), _fineness(*counted))

    def _lasting(self, match: re.Match[str], frame: Frame) -> Dates | None:
        """Read "in three days": a stretch up to the publication, or in the future mood the day on which it ends."""
        counted = self._count(match)
        if counted is None:
            return None
        if frame.today is None:
            return Dates("range", counted=True)
        if frame.future:
            return Dates("point", *moved(frame.today, *counted), _fineness(*counted))
        return Dates("range", *stretch(frame.today, *counted), _fineness(*counted), counted=True)


@cache
def load_time_rules(code: str = "en") -> TimeRules:
    """Load the expressions of a language; raise DataFileError with line and reason where its file is wrong."""
    numerals = load_numerals(code)
    return TimeRules(load_time_words(code), numerals)
