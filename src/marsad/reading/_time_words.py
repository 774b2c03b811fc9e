"""The English words of dates and times of day, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from marsad.reading.numerals import ENGLISH
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TIMES_FILE = ENGLISH / "times.toml"
_BASES = frozenset({"hour", "day", "week", "month", "year"})
_LISTS = {
    "names": ("seasons", "named_after"),
    "parts_of_day": ("phrases", "beside", "overnight", "zones"),
    "deictic": ("weekend",),
    "relative": ("earlier", "later", "earlier_at_end", "later_at_end", "that_year"),
    "words": (
        *("early", "middle", "late", "last", "this", "next", "past", "coming", "vague", "ago", "about", "plain"),
        *("since", "from", "until", "before", "between", "to", "every", "span", "within", "record", "possessed"),
    ),
}
_OFFSETS = {"parts_of_day": "of_today", "deictic": "days", "relative": "days"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """The words by what they do; names as written, everything else in lower case.

    `months` count from 1, `weekdays` from 0 (Monday). `lists` holds the plain word lists by their key in the file,
    `offsets` phrases with days from the day they are measured from, by table, `units` a number of a base unit.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    lists: Mapping[str, tuple[str, ...]]
    offsets: Mapping[str, Mapping[str, int]]
    units: Mapping[str, tuple[int, str]]


@cache
def load_time_words(path: Path = TIMES_FILE) -> TimeWords:
    """Load the words; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {*_LISTS, "units"})
    allowed = {
        section: {*keys, *([_OFFSETS[section]] if section in _OFFSETS else [])} for section, keys in _LISTS.items()
    }
    allowed["names"] |= {"months", "weekdays"}
    lists = {}
    for section, keys in _LISTS.items():
        table = file.table(file.data, section)
        file.only(table, allowed[section], section)
        for key in keys:
            lists[key] = file.texts(table, key, section)
            if not lists[key]:
                file.fail(f"'{key}' is missing or empty", section, key)
    return TimeWords(
        months=_calendar(file, "months", 12, first=1),
        weekdays=_calendar(file, "weekdays", 7, first=0),
        lists=lists,
        offsets={section: _days(file, section, key) for section, key in _OFFSETS.items()},
        units=_units(file),
    )


def _calendar(file: DataFile, key: str, length: int, *, first: int) -> dict[str, int]:
    rows: Any = file.table(file.data, "names").get(key)
    if not isinstance(rows, list) or len(rows) != length or not all(isinstance(row, list) and row for row in rows):
        file.fail(f"'{key}' must be {length} lists of names", "names", key)
    if not all(isinstance(name, str) and name for row in rows for name in row):
        file.fail(f"'{key}' must hold names only", "names", key)
    return {name: number for number, row in enumerate(rows, start=first) for name in row}


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
