"""Where something is by the name of a place beside it: near it, part of it, so far from it, between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from marsad.gazetteer import kilometres, middle, towards
from marsad.reading.numerals import load_numerals
from marsad.vocabulary import load_relations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.records import Place

# How much of the sentence before a name is looked at, in characters; which part of a distance is left uncertain.
_BEFORE, _VAGUE = 80, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What the words beside a name say: `kind`, the words as written, and what a point can be made of.

    `distance` in kilometres, `bearing` in degrees from north; `other` is the index of the second name of two.
    """

    kind: str
    words: str
    distance: float | None = None
    bearing: float | None = None
    other: int | None = None


def relations(text: str, names: Sequence[tuple[int, int]], language: str = "en") -> tuple[Relation | None, ...]:
    """Return, for each name `[start, end)` of a sentence, what the words beside it say of the position."""
    joins = load_relations(language).joins
    found = [_before(text, start, language) or _after(text, end, language) for start, end in names]
    for index, one in enumerate(found[:-1]):
        if one is None or one.kind not in joins:
            continue
        between = text[names[index][1] : names[index + 1][0]].strip().lower()
        joined = between in joins[one.kind]
        words = f"{one.words} {text[slice(names[index][0], names[index + 1][1])]}"
        found[index] = replace(one, words=words, other=index + 1) if joined else None
        if joined:
            found[index + 1] = replace(one, words=words, other=index)
    return tuple(None if one and one.kind in joins and one.other is None else one for one in found)


def placed(place: Place, relation: Relation, other: Place | None) -> Place:
    """Return a place as the words beside its name have it: at a point of its own where they give one.

    Such a point is no place of the gazetteer and has no id; its radius says how vague the words are.
    """
    told = replace(place, relation=relation.kind, words=relation.words)
    if place.lat is None or place.lon is None:
        return told
    point, radius = (place.lat, place.lon), place.radius_km or 0.0
    if relation.distance is not None and relation.bearing is not None:
        lat, lon = towards(point, relation.bearing, relation.distance)
        return _apart(told, lat, lon, max(1.0, _VAGUE * relation.distance))
    if relation.distance is not None:
        return replace(told, radius_km=round(radius + relation.distance, 1))
    if relation.other is not None and other is not None and other.lat is not None and other.lon is not None:
        lat, lon = middle(point, (other.lat, other.lon))
        return _apart(told, lat, lon, max(1.0, kilometres(point, (other.lat, other.lon)) / 2))
    return replace(told, radius_km=round(radius + load_relations().reach.get(relation.kind, 0.0), 1))


def _apart(place: Place, lat: float, lon: float, radius: float) -> Place:
    return replace(
        place,
        gazetteer_id=None,
        canonical=None,
        feature=None,
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=round(radius, 1),
    )


def _before(text: str, start: int, language: str) -> Relation | None:
    before = text[max(0, start - _BEFORE) : start]
    ways = ("distance", "direction", "words")
    match = next((hit for way in ways if (hit := _pattern(way, language).search(before))), None)
    if match is None:
        return None
    found, data = match.groupdict(), load_relations(language)
    words = re.sub(r"\s+", " ", found["words"] or found["edge"])
    bearing = data.directions.get(_plain(found.get("direction")))
    if found.get("unit"):
        numerals = load_numerals(language)
        number = numerals.value(match["number"])
        many = numerals.decimals(match["number"]) if number is None else number
        distance = None if many is None else round(many * data.units[match["unit"].lower()], 1)
        return Relation(
            kind="bearing" if bearing is not None else "near", words=words, distance=distance, bearing=bearing
        )
    if found.get("direction"):
        return Relation(kind="bearing", words=words, bearing=bearing)
    if found.get("side"):
        return Relation(kind="part", words=words)
    return Relation(kind=data.before[_plain(match["phrase"])], words=words)


def _after(text: str, end: int, language: str) -> Relation | None:
    match = _pattern("after", language).match(text, end)
    return None if match is None else Relation(kind=load_relations(language).after[match[1].lower()], words=match[1])


def _plain(words: str | None) -> str:
    return re.sub(r"\s+", " ", words or "").lower()


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    """Return a pattern of the language: `distance`, `direction` and `words` before a name, `after` behind it."""
    pattern = load_relations(language).patterns[name].replace("{number}", f"(?:{load_numerals(language).pattern})")
    return re.compile(pattern, re.IGNORECASE)
