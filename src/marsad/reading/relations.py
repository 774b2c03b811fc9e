"""Where something is by the name of a place beside it: near it, part of it, so far from it, between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from marsad.gazetteer import kilometres, middle, towards
from marsad.reading.numerals import alternatives, load_numerals
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


def relations(text: str, names: Sequence[tuple[int, int]]) -> tuple[Relation | None, ...]:
    """Return, for each name `[start, end)` of a sentence, what the words beside it say of the position."""
    found = [_before(text, start) or _after(text, end) for start, end in names]
    for index, one in enumerate(found[:-1]):
        if one is None or one.kind not in load_relations().joins:
            continue
        between = text[names[index][1] : names[index + 1][0]].strip().lower()
        joined = between in load_relations().joins[one.kind]
        words = f"{one.words} {text[slice(names[index][0], names[index + 1][1])]}"
        found[index] = replace(one, words=words, other=index + 1) if joined else None
        if joined:
            found[index + 1] = replace(one, words=words, other=index)
    return tuple(None if one and one.kind in load_relations().joins and one.other is None else one for one in found)


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


def _before(text: str, start: int) -> Relation | None:
    before = text[max(0, start - _BEFORE) : start]
    match = _distance().search(before) or _direction().search(before) or _words().search(before)
    if match is None:
        return None
    found, data = match.groupdict(), load_relations()
    words = re.sub(r"\s+", " ", found["words"] or found["edge"])
    bearing = data.directions.get(_plain(found.get("direction")))
    if found.get("unit"):
        number = load_numerals().value(match["number"])
        many = float(match["number"]) if number is None and re.fullmatch(r"\d+\.\d+", match["number"]) else number
        distance = None if many is None else round(many * data.units[match["unit"].lower()], 1)
        return Relation(
            kind="bearing" if bearing is not None else "near", words=words, distance=distance, bearing=bearing
        )
    if found.get("direction"):
        return Relation(kind="bearing", words=words, bearing=bearing)
    if found.get("side"):
        return Relation(kind="part", words=words)
    return Relation(kind=data.before[_plain(match["phrase"])], words=words)


def _after(text: str, end: int) -> Relation | None:
    match = _following().match(text, end)
    return None if match is None else Relation(kind=load_relations().after[match[1].lower()], words=match[1])


def _plain(words: str | None) -> str:
    return re.sub(r"\s+", " ", words or "").lower()


@cache
def _skipped() -> str:
    return rf"\s+(?:(?:{alternatives(load_relations().skipped)})\s+)?$"


@cache
def _distance() -> re.Pattern[str]:
    """Match "15 km south of", "about 140 kilometres from", "3 miles outside"."""
    data = load_relations()
    number, unit = rf"{load_numerals().pattern}|\d+(?:[.,]\d+)?", alternatives(data.units)
    way = rf"(?:(?:to\s+the\s+)?(?P<direction>{alternatives(data.directions)})\s+of|from|outside|away\s+from|of)"
    return re.compile(rf"(?P<words>(?P<number>{number})[\s-]*(?P<unit>{unit})\s+{way}){_skipped()}", re.IGNORECASE)


@cache
def _direction() -> re.Pattern[str]:
    """Match "south of", "to the north-east of", and the side of a place: "northern"."""
    ways = alternatives(load_relations().directions)
    of = rf"(?P<words>(?:just\s+)?(?:(?:to\s+)?the\s+)?(?P<direction>{ways})\s+of){_skipped()}"
    side = rf"(?P<edge>(?P<side>{ways}|(?:{ways})ern))\s+$"
    return re.compile(rf"\b{of}|\b{side}", re.IGNORECASE)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<words>(?P<phrase>{alternatives(load_relations().before)})){_skipped()}", re.IGNORECASE)


@cache
def _following() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s)?\s+({alternatives(load_relations().after)})\b", re.IGNORECASE)
