"""Countries as words: names, adjectives, peoples, capitals and the places that stand for a government; as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHIPPED = Path(__file__).parent
_KEYS = frozenset({"name", "names", "adjectives", "people", "capital", "spellings", "metonyms"})
_LISTS = ("names", "adjectives", "people", "spellings", "metonyms")
_ALPHA2 = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country and its words as written; `spellings` are other spellings of `capital`."""

    alpha2: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    spellings: tuple[str, ...]
    metonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonyms:
    """Casefolded words of one language to ISO 3166-1 alpha-2 codes; a word that two countries share is in no mapping.

    `countries` are in English whatever the language: by their words claims name nations.
    Look up only words that a text writes with a capital: casefolded, `US` is also a pronoun and `Polish` also a verb.
    """

    countries: Mapping[str, Country]
    adjectives: Mapping[str, str]
    people: Mapping[str, str]
    names: Mapping[str, str]
    capitals: Mapping[str, str]
    metonyms: Mapping[str, str]

    def country(self, alpha2: str) -> Country | None:
        """Return the country of an alpha-2 code in capitals, None where the file has no such country."""
        return self.countries.get(alpha2)


@cache
def load_demonyms(code: str = "en", folder: Path = SHIPPED) -> Demonyms:
    """Load the words of a language for countries; raise DataFileError with line and reason where a file is wrong."""
    file = DataFile(folder / code / "demonyms.toml")
    countries = {alpha2: _country(file, alpha2, file.table(file.data, alpha2)) for alpha2 in file.data}
    every = countries.values()
    return Demonyms(
        countries=countries if code == "en" else load_demonyms(folder=folder).countries,
        adjectives=_unshared((word, one.alpha2) for one in every for word in one.adjectives),
        people=_unshared((word, one.alpha2) for one in every for word in one.people),
        names=_unshared((word, one.alpha2) for one in every for word in one.names),
        capitals=_unshared((word, one.alpha2) for one in every for word in (one.capital, *one.spellings)),
        metonyms=_unshared((word, one.alpha2) for one in every for word in one.metonyms),
    )


def _country(file: DataFile, alpha2: str, table: Mapping[str, Any]) -> Country:
    """Check one table and return its country."""
    if not _ALPHA2.fullmatch(alpha2):
        file.fail(f"'{alpha2}' is not a country code of two capital letters", alpha2)
    file.only(table, _KEYS, alpha2)
    lists = {key: file.texts(table, key, alpha2) for key in _LISTS}
    for key, words in lists.items():
        if len({word.casefold() for word in words}) < len(words):
            file.fail(f"'{key}' holds a word twice", alpha2, key)
    if not lists["adjectives"]:
        file.fail("'adjectives' must hold at least one word", alpha2, "adjectives")
    name = file.text(table, "name", alpha2)
    if name not in lists["names"]:
        file.fail(f"'{name}' must also be one of 'names'", alpha2, "names")
    return Country(alpha2=alpha2, name=name, capital=file.text(table, "capital", alpha2), **lists)


def _unshared(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map each casefolded word to its country, leaving out the words of several countries."""
    found: dict[str, set[str]] = {}
    for word, alpha2 in pairs:
        found.setdefault(word.casefold(), set()).add(alpha2)
    return {word: min(codes) for word, codes in found.items() if len(codes) == 1}
