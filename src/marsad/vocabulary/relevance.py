"""By which words one tells whether a text can speak of war at all, before anything is read; one file a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import word_sets

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent
_FILE = "relevance.toml"
_LISTS = ("begin", "whole")
_NUMBERS: Mapping[str, tuple[str, ...]] = {"counts": ("strong", "weak"), "needed": ("enough", "words", "short")}


@dataclass(frozen=True, slots=True, kw_only=True)
class WarWords:
    """The words of one language, lower-cased: beginnings of words under `begin`, whole ones under `whole`."""

    strong: Mapping[str, frozenset[str]]
    weak: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """What tells a text of war from others: words by language (ISO 639-1), what each counts, and how much is enough.

    A text of `words` different words or more must count `enough`, a shorter one in proportion; one of fewer than
    `short` passes.
    """

    strong: float
    weak: float
    enough: float
    words: float
    short: float
    languages: Mapping[str, WarWords]


@cache
def load_relevance(folder: Path = SHIPPED) -> Relevance:
    """Load the words, from a folder for each language; raise DataFileError with line and reason where one is wrong."""
    file = DataFile(folder / _FILE)
    file.only(file.data, _NUMBERS)
    numbers: dict[str, float] = {}
    for name, wanted in _NUMBERS.items():
        table = file.table(file.data, name)
        file.only(table, wanted, name)
        numbers |= {key: file.number(table, key, name, above=0) for key in wanted}
    languages = {path.parent.name: _words(DataFile(path)) for path in sorted(folder.glob(f"*/{_FILE}"))}
    return Relevance(**numbers, languages=languages)


def _words(file: DataFile) -> WarWords:
    file.only(file.data, ("strong", "weak"))
    return WarWords(strong=word_sets(file, "strong", _LISTS), weak=word_sets(file, "weak", _LISTS))
