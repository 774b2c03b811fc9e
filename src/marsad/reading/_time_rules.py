"""The expressions of time: a pattern for each, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
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
from marsad.reading.numerals import alternatives, load_numerals
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR
_WORDS = load_time_words()
_LISTS = _WORDS.lists
_LONGEST = {"year": 500}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, in either case."""
    return f"(?i:{alternatives(words)})"


def _which(*lists: str) -> str:
    return f"(?P<which>{any_of(word for name in lists for word in _LISTS[name])})"


def _names(names: Mapping[str, int]) -> str:
    """Return a pattern for names as written or in capitals; an abbreviation may carry a full stop."""
    full = {number: max((name for name in names if names[name] == number), key=len) for number in names.values()}
    ordered = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(rf"(?:{n}|{n.upper()})\b" + (r"\.?" if n != full[names[n]] else "") for n in ordered) + ")"


_MONTH = _names(_WORDS.months)
_WEEKDAY = _names(_WORDS.weekdays)
_NUMBER = f"(?i:{load_numerals().pattern})"
_UNIT = rf"(?P<unit>(?i:{alternatives(_WORDS.units)}))"
_ABOUT = rf"(?:{any_of(_LISTS['about'])}\s+)?"
_COUNT = rf"{_ABOUT}(?P<n>{_NUMBER}|\b(?i:an?))\s+{_UNIT}(?i:s?)\b"
_UNITS = rf"(?i:(?:{alternatives(_WORDS.units)})s?\b)"
_PART = rf"(?:(?P<part>{any_of([*_LISTS['early'], *_LISTS['middle'], *_LISTS['late']])})[\s-]*)?"
_TAIL = rf"(?:,?\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b|\s+(?:of\s+)?(?P<that>{any_of(_LISTS['that_year'])}))?"
_NO_NAME = rf"(?!\s+{any_of(_LISTS['named_after'])}\b)"
_ORDINAL = r"(?:st|nd|rd|th)?"
_LETTERS = re.compile(r"[^\W\d_]+")


def _telling(phrases: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each phrase: what a text must hold where it holds one of the phrases."""
    words = (_LETTERS.findall(phrase.casefold()) for phrase in phrases)
    return frozenset(max(reversed(parts), key=len) for parts in words)


_DIGIT, _MONTHS = frozenset("0"), _telling(_WORDS.months)
_UNIT_WORDS = frozenset(word for unit in _telling(_WORDS.units) for word in (unit, f"{unit}s"))
_CALENDAR_WORDS = frozenset({"week", "month", "year", "weekend"})
# The year after the second of two dates goes for both: "from 3 March to 5 April 2022".
_SHARED_YEAR = re.compile(
    rf"\s*(?:{any_of(_LISTS['to'])}|[-–,])\s*(?:\d{{1,2}}{_ORDINAL}\s+)?{_MONTH}(?:\s+\d{{1,2}}{_ORDINAL}\b)?,?\s+((?:19|20)\d\d)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where an expression is read from: the day of publication, the date last spoken of, the mood of its verb."""

    today: date | None
    spoken_of: date | None = None
    future: bool = False


Reading = Callable[[re.Match[str], Frame], Dates | None]
_Listed = tuple[str, Reading | Dates, frozenset[str]]
_TIME_OF_DAY = Dates("part_of_day", precision=DatePrecision.PART_OF_DAY)


def _word(match: re.Match[str], group: str) -> str:
    """Return the words of a group in lower case, empty where the pattern has no such group or it took no part."""
    return " ".join((match.groupdict().get(group) or "").lower().split())


def _year(match: re.Match[str], frame: Frame) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["that"]:
        return frame.spoken_of.year if frame.spoken_of else None
    shared = _SHARED_YEAR.match(match.string, match.end())
    return int(shared[1]) if shared else None


def _month(match: re.Match[str], group: str = "month") -> int:
    name = match[group].rstrip(".")
    return _WORDS.months.get(name) or _WORDS.months[name.capitalize()]


def _part(match: re.Match[str]) -> str:
    word = _word(match, "part")
    return next((part for part in ("early", "middle", "late") if word in _LISTS[part]), "whole")


def _count(match: re.Match[str]) -> tuple[int, str] | None:
    """Return the number of base units that the match names, None where it is no whole or no sensible number."""
    word = match["n"].lower()
    number = 1 if word in {"a", "an"} else load_numerals().value(word)
    count, base = _WORDS.units[_word(match, "unit")]
    if number is None or number * count > _LONGEST.get(base, 10_000):
        return None
    return number * count, base


def _fineness(count: int, base: str) -> DatePrecision:
    return DAY if base == "hour" and count >= 24 else PRECISIONS[base]


def _iso(match: re.Match[str], _frame: Frame) -> Dates | None:
    day = make_date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Dates("point", day, day, DAY) if day else None


def _numeric(match: re.Match[str], _frame: Frame) -> Dates | None:
    """Read 29.11.2024, and 29/11/2024 where only one order makes a date."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    days = [make_date(year, b, a)] if match["sep"] == "." else [make_date(year, b, a), make_date(year, a, b)]
    known = {day for day in days if day}
    day = known.pop() if len(known) == 1 else None
    return Dates("point", day, day, DAY) if day else None


def _date(match: re.Match[str], frame: Frame) -> Dates | None:
    month, year = _month(match), _year(match, frame)
    days = [int(word) for group in ("d", "e") if (word := _word(match, group))]
    if any(make_date(2000, month, day) is None for day in days):
        return None
    if year is None and (match["that"] or frame.today is None):
        return Dates("point")
    if year is None and frame.today:
        last = nearest(month, days[-1], frame.today, future=frame.future)
        year = last.year if last else None
    found = [make_date(year, month, day) for day in days] if year else []
    if not found or None in found or found != sorted(found, key=str):
        return None
    return Dates("point" if len(days) == 1 else "range", found[0], found[-1], DAY, closed=len(days) > 1)


def _month_alone(match: re.Match[str], frame: Frame) -> Dates | None:
    month, year, part = _month(match), _year(match, frame), _part(match)
    which = _word(match, "which")
    weak = not (year or match["that"] or match["part"] or which)
    if year is None:
        if match["that"] or frame.today is None:
            return Dates("range", weak=weak)
        nearby = nearest(month, 1, frame.today, future=False)
        year = nearby.year if nearby else frame.today.year
        if (frame.future or which in _LISTS["next"]) and (year, month) < (frame.today.year, frame.today.month):
            year += 1
        if which in _LISTS["last"] and (year, month) == (frame.today.year, frame.today.month):
            year -= 1
    precision = MONTH if part == "whole" else DatePrecision.WEEK
    return Dates("range", *month_span(year, month, part), precision, weak=weak)


def _years(match: re.Match[str], _frame: Frame) -> Dates | None:
    first = int(match["y"])
    last = int(str(first)[: -len(match["z"])] + match["z"]) if match["z"] else first
    part = _part(match)
    if last < first:
        return None
    return Dates("range", *year_span(first, last, part), YEAR if part == "whole" else MONTH, weak=part == "whole")


def _season(match: re.Match[str], _frame: Frame) -> Dates | None:
    # When a season falls depends on the hemisphere; the year does not.
    return Dates("range", *year_span(int(match["y"]), int(match["y"])), YEAR)


def _decade(match: re.Match[str], _frame: Frame) -> Dates | None:
    first = int(match["y"]) * 10
    offsets = {"early": (0, 3), "middle": (4, 6), "late": (7, 9)}.get(_part(match), (0, 9))
    return Dates("range", *year_span(first + offsets[0], first + offsets[1]), YEAR)


def _weekday(match: re.Match[str], frame: Frame) -> Dates | None:
    which = _word(match, "which")
    if which in _LISTS["every"]:
        return Dates("frequency")
    if frame.today is None:
        return Dates("point")
    name = match["weekday"].rstrip(".")
    number = _WORDS.weekdays[name] if name in _WORDS.weekdays else _WORDS.weekdays[name.capitalize()]
    ahead, strict = frame.future or which in _LISTS["next"], which in {*_LISTS["last"], *_LISTS["next"]}
    day = weekday(number, frame.today, future=ahead and which not in _LISTS["last"], strict=strict)
    return Dates("point", day, day, DAY)


def _overnight(match: re.Match[str], frame: Frame) -> Dates | None:
    if frame.today is None:
        return Dates("range")
    last = frame.today
    if match["weekday"]:
        found = _weekday(match, frame)
        named = found.first if found and found.first else last
        # "Overnight on Friday" runs into Saturday, unless that is yet to come; "overnight into Friday" ends on Friday.
        last = named if match["into"] or named == frame.today else days_from(named, 1)
    return Dates("range", days_from(last, -1), last, DatePrecision.PART_OF_DAY)


def _phrase(match: re.Match[str], frame: Frame) -> Dates | None:
    """Read a phrase that names a day by its distance: from the publication, or from the date last spoken of."""
    word = " ".join(match[0].lower().split())
    relative = word in _WORDS.offsets["relative"]
    kind = "relative" if relative else "point"
    start = frame.spoken_of or frame.today if relative else frame.today
    if start is None:
        return Dates(kind)
    in_parts = word in _WORDS.offsets["parts_of_day"]
    table = "relative" if relative else "parts_of_day" if in_parts else "deictic"
    day = days_from(start, _WORDS.offsets[table][word])
    return Dates(kind, day, day, DatePrecision.PART_OF_DAY if in_parts else DAY)


def _that_year(_match: re.Match[str], frame: Frame) -> Dates | None:
    if frame.spoken_of is None:
        return Dates("relative")
    return Dates("relative", *year_span(frame.spoken_of.year, frame.spoken_of.year), YEAR)


def _distance(match: re.Match[str], frame: Frame) -> Dates | None:
    """Read "ten days ago", from the publication, and "two days earlier", from the date last spoken of."""
    word = _word(match, "way")
    start = frame.today if word in _LISTS["ago"] else frame.spoken_of or frame.today
    counted = _count(match) if match["n"] else None
    if match["n"] and counted is None:
        return None
    if start is None or counted is None:
        return Dates("relative")
    count, base = counted
    signed = count if word in {*_LISTS["later"], *_LISTS["later_at_end"]} else -count
    return Dates("relative", *moved(start, signed, base), _fineness(count, base))


def _calendar(match: re.Match[str], frame: Frame) -> Dates | None:
    word, base = _word(match, "which"), _word(match, "unit")
    if frame.today is None:
        return Dates("range")
    offset = -1 if word in _LISTS["last"] else 1 if word in _LISTS["next"] else 0
    if base in _LISTS["weekend"]:
        saturday = weekday(5, frame.today, future=offset > 0 or frame.future)
        return Dates("range", saturday, days_from(saturday, 1), DAY)
    first, last = calendar_unit(frame.today, base, offset)
    if offset == 0:
        first, last = (frame.today, last) if frame.future else (first, frame.today)
    return Dates("range", first, last, PRECISIONS[base])


def _rolling(match: re.Match[str], frame: Frame) -> Dates | None:
    """Read "in the past three days", "in the coming hours"."""
    ahead = _word(match, "which") in _LISTS["coming"]
    if frame.today is None:
        return Dates("range", counted=not ahead)
    unit = _WORDS.units[_word(match, "unit")]
    counted = _count(match) if _word(match, "n") else None if match["plural"] else unit
    if counted:
        return Dates("range", *stretch(frame.today, *counted, ahead=ahead), _fineness(*counted), counted=not ahead)
    if _word(match, "n"):
        return None
    if unit[1] == "hour":
        return Dates("range", frame.today, frame.today, DatePrecision.PART_OF_DAY)
    return Dates("range", frame.today, None) if ahead else Dates("range", None, frame.today, counted=True)


def _within(match: re.Match[str], frame: Frame) -> Dates | None:
    counted = _count(match)
    if counted is None:
        return None
    if frame.today is None:
        return Dates("range")
    return Dates("range", *stretch(frame.today, *counted, ahead=True), _fineness(*counted))


def _lasting(match: re.Match[str], frame: Frame) -> Dates | None:
    """Read "in three days": a stretch up to the publication, or in the future mood the day on which it ends."""
    counted = _count(match)
    if counted is None:
        return None
    if frame.today is None:
        return Dates("range", counted=True)
    if frame.future:
        return Dates("point", *moved(frame.today, *counted), _fineness(*counted))
    return Dates("range", *stretch(frame.today, *counted), _fineness(*counted), counted=True)


def _dates() -> list[_Listed]:
    month = rf"(?P<month>{_MONTH})"
    named = rf"(?:{_WEEKDAY},?\s+)?"
    day, other = rf"(?P<d>\d{{1,2}}){_ORDINAL}", rf"(?P<e>\d{{1,2}}){_ORDINAL}"
    year = r"(?<![\w$€£.,:/-])(?P<y>(?:19|20)\d\d)(?:\s?[-–]\s?(?P<z>(?:19|20)?\d\d))?(?![\w%-]|[.,:]\d)"
    return [
        (r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?\b", _iso, _DIGIT),
        (r"\b(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})\b", _numeric, _DIGIT),
        (rf"\b{named}(?:(?i:the)\s+)?{day}(?:\s+of)?\s+{month}{_TAIL}{_NO_NAME}", _date, _MONTHS),
        (rf"\b{day}\s*(?:[-–]|\bto\b|\band\b)\s*{other}\s+(?:of\s+)?{month}{_TAIL}", _date, _MONTHS),
        # "In March 12 people" counts people; a day of the month never follows "in".
        (rf"(?<![Ii]n\s)\b{named}{month}\s+{day}(?![\d:%]|[.,]\d|[-–]\d|\w){_TAIL}{_NO_NAME}", _date, _MONTHS),
        (rf"\b{month}\s+{day}\s*(?:[-–]|\bto\b)\s*{other}(?![\d:%]|,\d|\w){_TAIL}", _date, _MONTHS),
        (rf"\b(?:{_which('last', 'next', 'this')}\s+)?{_PART}\b{month}{_TAIL}{_NO_NAME}", _month_alone, _MONTHS),
        (rf"{_PART}{year}", _years, _DIGIT),
        (rf"\b(?:(?i:the)\s+)?{any_of(_LISTS['seasons'])}(?:\s+of)?\s+(?P<y>(?:19|20)\d\d)\b", _season, _DIGIT),
        (rf"(?:\b(?i:the)\s+)?{_PART}\b(?P<y>(?:19|20)\d)0s\b", _decade, _DIGIT),
    ]


def _days() -> list[_Listed]:
    weekday_name = rf"(?P<weekday>{_WEEKDAY})"
    overnight, that_year = any_of(_LISTS["overnight"]), any_of(_LISTS["that_year"])
    ways, ambiguous = (any_of([*_LISTS[f"earlier{end}"], *_LISTS[f"later{end}"]]) for end in ("", "_at_end"))
    ends = r"(?=\s*(?:[.,;:)\]”\"]|$|(?i:and|but|in|on|at|with|when)\b))"
    ago = rf"(?P<way>{any_of(_LISTS['ago'])})"
    phrases = any_of([*_WORDS.offsets["parts_of_day"], *_WORDS.offsets["deictic"]])
    return [
        (rf"\b(?:{_which('last', 'next', 'every')}\s+)?{weekday_name}", _weekday, _telling(_WORDS.weekdays)),
        (
            rf"\b{overnight}\b(?:\s+(?:(?P<into>into|to)\s+|on\s+)?{weekday_name})?",
            _overnight,
            _telling(_LISTS["overnight"]),
        ),
        (rf"\b{phrases}\b", _phrase, _telling([*_WORDS.offsets["parts_of_day"], *_WORDS.offsets["deictic"]])),
        (rf"\b{any_of(_WORDS.offsets['relative'])}\b{ends}", _phrase, _telling(_WORDS.offsets["relative"])),
        (rf"\b(?:(?i:later|earlier)\s+)?{that_year}\b", _that_year, _telling(_LISTS["that_year"])),
        (rf"\b(?:{_COUNT}|{any_of(_LISTS['vague'])}\s+{_UNITS}|{_UNITS})\s+{ago}\b", _distance, _UNIT_WORDS),
        (rf"\b{_COUNT}\s+(?P<way>{ways})\b", _distance, _UNIT_WORDS),
        # "Two days before the attack" is measured from the attack; only at the end of its clause is it from a date.
        (rf"\b{_COUNT}\s+(?P<way>{ambiguous})\b{ends}", _distance, _UNIT_WORDS),
    ]


def _stretches() -> list[_Listed]:
    span, vague = any_of(_LISTS["span"]), any_of(_LISTS["vague"])
    number = rf"(?:{_ABOUT}(?P<n>{_NUMBER})\s+|{vague}\s+)?"
    plural = r"(?P<plural>(?i:s?))\b"
    weekend = any_of(_LISTS["weekend"])
    return [
        (rf"\b{_which('last', 'next', 'this')}\s+(?P<unit>(?i:week|month|year|weekend))\b", _calendar, _CALENDAR_WORDS),
        (rf"\b(?i:over|during|at|on)\s+(?i:the)\s+(?P<unit>{weekend})\b", _calendar, _telling(_LISTS["weekend"])),
        (
            rf"\b(?:{span}\s+)?(?i:the|these)\s+{_which('past', 'coming')}\s+{number}{_UNIT}{plural}",
            _rolling,
            _UNIT_WORDS,
        ),
        (rf"\b{span}\s+(?i:recent)\s+{_UNIT}(?P<plural>(?i:s))\b", _rolling, _UNIT_WORDS),
        (rf"\b{any_of(_LISTS['within'])}\s+{_COUNT}", _within, _UNIT_WORDS),
        (rf"\b{span}\s+{_COUNT}", _lasting, _UNIT_WORDS),
        (rf"(?<![\w-]){_ABOUT}{_NUMBER}\s+{_UNITS}", Dates("duration"), _UNIT_WORDS),
        (rf"\b{any_of(_LISTS['every'])}\s+{_UNITS}", Dates("frequency"), _UNIT_WORDS),
    ]


def _hours() -> list[_Listed]:
    zone = any_of(_LISTS["zones"])
    hour, minute = r"(?:[01]?\d|2[0-3])", r"[0-5]\d"
    clocks = (
        rf"{hour}[:.]{minute}(?::{minute})?\s*{zone}",
        rf"{hour}:{minute}(?::{minute})?",
        rf"[0-2]\d{minute}\s+{zone}",
        r"(?:1[0-2]|[1-9])\s*(?i:a\.m\.|p\.m\.|am\b|pm\b)",
    )
    return [
        (rf"\b(?:(?i:at|around|by)\s+)?(?:{'|'.join(clocks)})", _TIME_OF_DAY, _DIGIT),
        (rf"\b{any_of(_LISTS['phrases'])}\b", _TIME_OF_DAY, _telling(_LISTS["phrases"])),
        (rf"\b{any_of(_LISTS['beside'])}\b", replace(_TIME_OF_DAY, weak=True), _telling(_LISTS["beside"])),
    ]


@cache
def rules() -> tuple[tuple[re.Pattern[str], Reading | Dates, frozenset[str]], ...]:
    """Return every expression's pattern with its reading, or what it always comes to, and one of whose words it holds.

    The words are in lower case, `0` for a digit.
    """
    listed = (*_dates(), *_days(), *_stretches(), *_hours())
    return tuple((re.compile(pattern), reading, words) for pattern, reading, words in listed)
