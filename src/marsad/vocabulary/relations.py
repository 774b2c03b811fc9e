"""Words that say where something is by the name of a place beside it, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent
_PATTERNS = ("distance", "direction", "words", "after")
_NUMBERS = ("directions", "units", "reach")
_LISTS = ("before", "joins", "after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """The words, lower-cased: `directions` in degrees from north, `units` and `reach` in kilometres.

    `before`, `joins` and `after` map words to the relation that they tell; `within` stand between a place and what it
    lies in, `lists` go on with a list. `patterns` find them before and after a name; `{number}` in them is to be filled
    with the language's pattern of a number.
    """

    directions: Mapping[str, float]
    units: Mapping[str, float]
    reach: Mapping[str, float]
    before: Mapping[str, str]
    joins: Mapping[str, frozenset[str]]
    after: Mapping[str, str]
    skipped: frozenset[str]
    within: frozenset[str]
    lists: frozenset[str]
    patterns: Mapping[str, str]


@cache
def load_relations(code: str = "en", folder: Path = SHIPPED) -> Relations:
    """Load the words of a language; raise DataFileError with line and reason where its file is wrong."""
    file = DataFile(folder / code / "relations.toml")
    file.only(file.data, {*_NUMBERS, *_LISTS, "skipped", "lying", "snippets", "patterns"})
    numbers = {name: _numbers(file, name) for name in _NUMBERS}
    lists = {name: _lists(file, name) for name in _LISTS}
    lying = file.table(file.data, "lying")
    return Relations(
        directions=numbers["directions"],
        units=numbers["units"],
        reach=numbers["reach"],
        before={word: kind for kind, words in lists["before"].items() for word in words},
        joins={kind: frozenset(words) for kind, words in lists["joins"].items()},
        after={word: kind for kind, words in lists["after"].items() for word in words},
        skipped=frozenset(file.texts(file.table(file.data, "skipped"), "words", "skipped")),
        within=frozenset(file.texts(lying, "within", "lying")),
        lists=frozenset(file.texts(lying, "lists", "lying")),
        patterns=_patterns(file, lists, numbers),
    )


def _patterns(
    file: DataFile, lists: Mapping[str, Mapping[str, tuple[str, ...]]], numbers: Mapping[str, Mapping[str, float]]
) -> Mapping[str, str]:
    words = {name: [word for some in lists[name].values() for word in some] for name in ("before", "after")}
    skipped = file.texts(file.table(file.data, "skipped"), "words", "skipped")
    tables = {**words, "directions": numbers["directions"], "units": numbers["units"], "skipped": skipped}
    return Patterns(file, tables, {"number": "{number}"}).table("patterns", _PATTERNS)


def _numbers(file: DataFile, key: str) -> dict[str, float]:
    table = file.table(file.data, key)
    for word, value in table.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
            file.fail(f"'{word}' must be a number that is not negative", key, word)
    return {word: float(value) for word, value in table.items()}


def _lists(file: DataFile, key: str) -> dict[str, tuple[str, ...]]:
    table = file.table(file.data, key)
    return {kind: file.texts(table, kind, key) for kind in table}
