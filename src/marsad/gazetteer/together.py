"""All the names of one text resolved together: each in the light of the others, and as one place throughout."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.gazetteer.names import fold
from marsad.gazetteer.resolving import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.gazetteer.resolving import Lookup, Match

# How many countries a text can be about, and the share of its names that one must have.
_COUNTRIES = 4
_SHARE = 0.12
# How much a name tells of which country a text is about, by what it names.
_TELLS = {"country": 1.0, "admin1": 1.0, "city": 0.7, "admin2": 0.3, "region": 0.3, "site": 0.3}
_ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as a text has it: how often, the kind that a word beside it asks for, and what it is said to lie in."""

    text: str
    count: int = 1
    prefer: str | None = None
    within: tuple[str, ...] = ()


def resolve_together(
    gazetteer: Lookup, names: Sequence[Name], countries: Sequence[str], *, settled: bool
) -> Mapping[Name, Match]:
    """Return the place that each name means; a name that fits no place is not among them.

    `countries` are alpha-2 codes, nearest first: those of the war where that is `settled`, else those that the text
    names, to which the countries of the places that it is about are added.
    """
    found = _all(gazetteer, names, tuple(countries), {}, settled)
    for _ in range(_ROUNDS):
        around = tuple(countries) if settled else _countries(names, found, countries)
        found = _all(gazetteer, names, around, found, settled)
    return found


def _all(
    gazetteer: Lookup, names: Sequence[Name], countries: tuple[str, ...], before: Mapping[Name, Match], local: bool
) -> dict[Name, Match]:
    """Return the best match of each name, the other names' places of the round before being its neighbourhood."""
    points = {name: one.entry.point for name, one in before.items() if one.entry.kind in {"city", "site"}}
    found = {}
    for name in names:
        anchors = tuple(point for other, point in points.items() if fold(other.text) != fold(name.text))
        within = tuple(dict.fromkeys(fold(outer) for outer in name.within))
        context = Context(countries=countries, anchors=anchors, prefer=name.prefer, within=within, local=local)
        best = next(iter(gazetteer.rank(name.text, context)), None)
        if best is not None and best.possible:
            found[name] = best
    return found


def _countries(names: Sequence[Name], found: Mapping[Name, Match], named: Sequence[str]) -> tuple[str, ...]:
    """Return the countries that the names are about, the one with most of them first."""
    votes: Counter[str] = Counter(dict.fromkeys(named, 0.0))
    for name in names:
        match = found.get(name)
        if match is not None and match.entry.country is not None:
            entry = match.entry
            votes[entry.country or ""] += name.count**0.5 * _TELLS[entry.kind] * entry.prominence
    total = sum(votes.values()) or 1.0
    return tuple(code for code, weight in votes.most_common(_COUNTRIES) if weight >= _SHARE * total)
