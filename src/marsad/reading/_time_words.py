"""The words of a language for dates and times of day, and the patterns made of them, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from marsad.reading.numerals import SHIPPED, load_numerals
from marsad.vocabulary import DataFile, Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

TIMES_FILE = "times.toml"
_LETTERS = re.compile(r"[^\W\d_]+")
_BASES = frozenset({"hour", "day", "week", "month", "year"})
_LISTS = {
    "names": ("seasons", "named_after"),
    "parts_of_day": ("phrases", "beside", "overnight", "zones"),
    "deictic": ("weekend",),
    "relative": ("earlier", "later", "earlier_at_end", "later_at_end", "that_year"),
    "words": (
        *("early", "middle", "late", "last", "this", "next", "past", "coming", "vague", "ago", "about", "plain", "one"),
        *("since", "from", "until", "before", "between", "to", "every", "span", "within", "record", "possessed"),
    ),
}
_OFFSETS = {"parts_of_day": "of_today", "deictic": "days", "relative": "days"}
_JOINTS = ("shared_year", "after_prefix", "between_dates", "before_day", "after_day", "possessed", "record")
_READS = frozenset(
    {
        *(
            "date",
            "month_alone",
            "years",
            "season",
            "decade",
            "weekday",
            "overnight",
            "phrase",
            "that_year",
            "distance",
        ),
        *("calendar", "rolling", "within", "lasting", "duration", "frequency", "time_of_day", "beside"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """What an expression is read as, its pattern, and words one of which it holds, `0` for a digit.

    The words are casefolded; there are none where the file names none, and then every text may hold the expression.
    """

    reads: str
    pattern: str
    telling: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """The words by what they do; names as written, everything else in lower case.

    `months` count from 1, `weekdays` from 0 (Monday), by casefolded name. `lists` holds the plain word lists by their
    key in the file, `offsets` phrases with days from the day they are measured from, by table, `units` a number of a
    base unit. `joints` are the patterns of what stands between expressions, by
    their key in the file.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    lists: Mapping[str, tuple[str, ...]]
    offsets: Mapping[str, Mapping[str, int]]
    units: Mapping[str, tuple[int, str]]
    rules: tuple[TimeRule, ...]
    joints: Mapping[str, str]


@cache
def load_time_words(code: str = "en", folder: Path = SHIPPED) -> TimeWords:
    """Load the words of a language; raise DataFileError with line and reason where its file is wrong."""
    file = DataFile(folder / code / TIMES_FILE)
    file.only(file.data, {*_LISTS, "units", "snippets", "joints", "needs", "rule"})
    lists = _lists(file)
    offsets = {section: _days(file, section, key) for section, key in _OFFSETS.items()}
    units = _units(file)
    months, weekdays = _calendar(file, "months", 12), _calendar(file, "weekdays", 7)
    phrases = {"of_today": offsets["parts_of_day"], "days": offsets["deictic"], "relative": offsets["relative"]}
    number = f"(?i:{load_numerals(code, folder).pattern})"
    pieces = {"number": number, "month": _names(months), "weekday": _names(weekdays)}
    patterns = Patterns(file, {**lists, **phrases, "units": units}, pieces)
    return TimeWords(
        months={name.casefold(): number for number, row in enumerate(months, start=1) for name in row},
        weekdays={name.casefold(): number for number, row in enumerate(weekdays) for name in row},
        lists=lists,
        offsets=offsets,
        units=units,
        rules=_rules(file, patterns, _telling(file, {**lists, **phrases, "month": months, "weekday": weekdays})),
        joints=patterns.table("joints", _JOINTS),
    )


def _lists(file: DataFile) -> dict[str, tuple[str, ...]]:
    lists = {}
    for section, keys in _LISTS.items():
        table = file.table(file.data, section)
        known = {*keys, *([_OFFSETS[section]] if section in _OFFSETS else [])}
        file.only(table, known | ({"months", "weekdays"} if section == "names" else set()), section)
        for key in keys:
            lists[key] = file.texts(table, key, section)
            if key not in table:
                file.fail(f"'{key}' is missing", section, key)
    return lists


def _telling(file: DataFile, known: Mapping[str, Iterable[str | Sequence[str]]]) -> dict[str, frozenset[str]]:
    """Return, by name of a list, the longest word of each of its phrases: what a text holds that holds the phrase."""
    own = file.table(file.data, "needs")
    every: dict[str, Iterable[str | Sequence[str]]] = {**known, **{key: file.texts(own, key, "needs") for key in own}}
    found = {"digit": frozenset("0")}
    for name, entries in every.items():
        phrases = [phrase for entry in entries for phrase in ([entry] if isinstance(entry, str) else entry)]
        parts = (_LETTERS.findall(phrase.casefold()) for phrase in phrases)
        found[name] = frozenset(max(reversed(words), key=len) for words in parts if words)
    return found


def _rules(file: DataFile, patterns: Patterns, telling: Mapping[str, frozenset[str]]) -> tuple[TimeRule, ...]:
    rows: Any = file.data.get("rule")
    if not isinstance(rows, list) or not rows:
        file.fail("'rule' must be a list of tables", "rule")
    found = []
    for index, row in enumerate(rows):
        file.only(row, {"reads", "pattern", "needs"}, "rule", index)
        reads = file.choice(row, "reads", _READS, "rule", index)
        pattern = patterns.filled(file.text(row, "pattern", "rule", index), "rule", index, "pattern")
        needs = file.texts(row, "needs", "rule", index)
        for name in needs:
            if name not in telling:
                file.fail(f"'{name}' is no list of words", "rule", index, "needs")
        words = frozenset().union(*(telling[name] for name in needs))
        found.append(TimeRule(reads=reads, pattern=pattern, telling=words))
    return tuple(found)


def _names(rows: Sequence[Sequence[str]]) -> str:
    """Return a pattern for names as written or in capitals; an abbreviation may carry a full stop."""
    full = {max(row, key=len) for row in rows}
    ordered = sorted((name for row in rows for name in row), key=len, reverse=True)
    return "(?:" + "|".join(rf"(?:{n}|{n.upper()})\b" + (r"\.?" if n not in full else "") for n in ordered) + ")"


def _calendar(file: DataFile, key: str, length: int) -> list[list[str]]:
    rows: Any = file.table(file.data, "names").get(key)
    if not isinstance(rows, list) or len(rows) != length or not all(isinstance(row, list) and row for row in rows):
        file.fail(f"'{key}' must be {length} lists of names", "names", key)
    if not all(isinstance(name, str) and name for row in rows for name in row):
        file.fail(f"'{key}' must hold names only", "names", key)
    found: list[list[str]] = rows
    return found


def _days(file: DataFile, section: str, key: str) -> dict[str, int]:
    table = file.table(file.table(file.data, section), key, section)
    for phrase, days in table.items():
        if not isinstance(days, int) or isinstance(days, bool):
            file.fail(f"'{phrase}' must be a whole number of days", section, key, phrase)
    return dict(table)


def _units(file: DataFile) -> dict[str, tuple[int, str]]:
    table = file.table(file.data, "units")
    units = {}
    for word in table:
        count, _, base = file.text(table, word, "units").partition(" ")
        if not count.isdigit() or base not in _BASES:
            file.fail(f"'{word}' must be a number and one of {', '.join(sorted(_BASES))}", "units", word)
        units[word] = (int(count), base)
    return units
