"""The words of a language about numbers of people, and the patterns made of them, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from marsad.reading.numerals import NUMBERS_FILE, SHIPPED
from marsad.vocabulary import DataFile, Patterns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

HARMS = ("killed", "wounded", "detained", "displaced")
_TABLES = frozenset(
    {"units", "tens", "scales", "digits", "number", "snippets", "bounds", "people", "harm", "grammar", "joints"}
)
_BOUNDS = ("low", "high", "about")
_PEOPLE = ("nouns", "collective", "attributive", "demonym_endings", "demonyms", "stops")
_HARM = ("active", "passive", "alone", "tolls", "figures")
_GRAMMAR = (
    *("be", "have", "adverbs", "objects", "lives", "life_verbs", "after_number", "links"),
    *("breakdown_before", "breakdown_after", "figure_links", "attachments", "clause_words", "followers", "ages"),
    *("range_starts", "range_links", "range_seconds", "articles", "ones", "mixed", "age_links", "toll_links"),
)
_JOINTS = ("grown", "attributed", "followed", "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """The words for one thing that befell people, by where they stand beside the number.

    `active` before it ("killed 12"), `passive` after it with a form of "be" or alone ("12 were killed", "12 killed"),
    `alone` after it without one ("12 died"), `tolls` nouns of which it is the figure ("the deaths of 12"), `figures`
    nouns on which verbs put a figure ("the toll rose to 12").
    """

    active: tuple[str, ...]
    passive: tuple[str, ...]
    alone: tuple[str, ...]
    tolls: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """Bounds (`low`, `high`, `about`), nouns for people by number, what befell them, and the small words between.

    `plurals` maps each singular noun to its plural, `groups` nouns for a fixed number of people to that number;
    `people` and `grammar` are the word lists of those tables, `joints` the patterns of that table, by key.
    """

    bounds: Mapping[str, tuple[str, ...]]
    plurals: Mapping[str, str]
    groups: Mapping[str, int]
    people: Mapping[str, tuple[str, ...]]
    harms: Mapping[str, Harm]
    grammar: Mapping[str, tuple[str, ...]]
    joints: Mapping[str, str]


@cache
def load_count_words(code: str = "en", folder: Path = SHIPPED) -> CountWords:
    """Load the words of a language; raise DataFileError with line and reason where its file is wrong."""
    file = DataFile(folder / code / NUMBERS_FILE)
    file.only(file.data, _TABLES)
    people, harm = file.table(file.data, "people"), file.table(file.data, "harm")
    file.only(people, {*_PEOPLE, "irregular", "groups", "endings"}, "people")
    file.only(harm, HARMS, "harm")
    lists = _lists(file, people, _PEOPLE, "people")
    irregular = file.table(people, "irregular", "people")
    endings = _endings(file, people)
    plurals = {noun: _plural(noun, endings) for noun in lists["nouns"]}
    plurals |= {noun: file.text(irregular, noun, "people", "irregular") for noun in irregular}
    groups = file.table(people, "groups", "people")
    for noun, size in groups.items():
        if not isinstance(size, int) or isinstance(size, bool) or size < 1:
            file.fail(f"'{noun}' must be a positive whole number", "people", "groups", noun)
    return CountWords(
        bounds=_lists(file, file.table(file.data, "bounds"), _BOUNDS, "bounds"),
        plurals=plurals,
        groups=dict(groups),
        people=lists,
        harms={name: _harm(file, harm, name) for name in HARMS},
        grammar=_lists(file, file.table(file.data, "grammar"), _GRAMMAR, "grammar"),
        joints=Patterns(file, {}, {}).table("joints", _JOINTS),
    )


def _lists(
    file: DataFile, table: Mapping[str, object], keys: tuple[str, ...], section: str
) -> dict[str, tuple[str, ...]]:
    if section != "people":
        file.only(table, keys, section)
    lists = {key: file.texts(table, key, section) for key in keys}
    for key in keys:
        if key not in table:
            file.fail(f"'{key}' is missing", section, key)
    return lists


def _harm(file: DataFile, table: Mapping[str, object], name: str) -> Harm:
    row = file.table(table, name, "harm")
    file.only(row, _HARM, "harm", name)
    active, passive, alone, tolls, figures = (file.texts(row, key, "harm", name) for key in _HARM)
    if not (active and passive and tolls and figures):
        file.fail(f"'{name}' needs 'active', 'passive', 'tolls' and 'figures'", "harm", name)
    return Harm(active=active, passive=passive, alone=alone, tolls=tolls, figures=figures)


def _endings(file: DataFile, people: Mapping[str, Any]) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows: Any = people.get("endings", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 2 for row in rows):
        file.fail("'endings' must be a list of pairs: the end of a noun and that of its plural", "people", "endings")
    return tuple((re.compile(f"{singular}$"), plural) for singular, plural in rows)


def _plural(noun: str, endings: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """Return the plural of a noun by the first ending that fits, the noun itself where none does."""
    return next((end.sub(plural, noun, count=1) for end, plural in endings if end.search(noun)), noun)
