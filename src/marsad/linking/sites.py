"""Which places are one place: spellings of one town are, a town and its airport are not."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from marsad.gazetteer import features, kilometres, normalise
from marsad.vocabulary import load_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.records import Place

WITHIN_KM = 25.0
_SPELLING = 80.0  # similarity in per cent of two names that stand within WITHIN_KM of each other
_CELL_DEGREES = 0.5
_NO_VOWELS = str.maketrans("", "", "aeiouyhw")

_Key = tuple[str, str, float | None, float | None, str]


class Sites:
    """Places to sites; equal sites are one place."""

    def __init__(self, places: Iterable[Place | None]) -> None:
        """Group `places`; the order does not matter."""
        keys = sorted({_key(place) for place in places if place is not None}, key=str)
        self._root = {key: key for key in keys}
        for one, other in _candidates(keys):
            if _same(one, other):
                self._join(one, other)
        self._settle_unresolved(keys)

    def site(self, place: Place | None) -> str | None:
        """Return the site of a place; None for no place."""
        return None if place is None else "|".join(map(str, self._find(_key(place))))

    def _find(self, key: _Key) -> _Key:
        while self._root[key] != key:
            key = self._root[key]
        return key

    def _join(self, one: _Key, other: _Key) -> None:
        first, second = sorted((self._find(one), self._find(other)), key=str)
        self._root[second] = first

    def _settle_unresolved(self, keys: list[_Key]) -> None:
        """Let a name without coordinates stand for the only place of that name, if it is the only one."""
        by_name: dict[str, set[_Key]] = defaultdict(set)
        for key in keys:
            if key[2] is not None:
                by_name[key[1]].add(self._find(key))
        for key in keys:
            if key[2] is None and not key[0] and len(by_name[key[1]]) == 1:
                self._join(key, next(iter(by_name[key[1]])))


def _key(place: Place) -> _Key:
    name = normalise(place.canonical or place.name)
    return place.gazetteer_id or "", name, place.lat, place.lon, _facility(place.name)


def _facility(name: str) -> str:
    """Return the word for what is named after a town, whose point stands for it: "airport"; "" for the town itself."""
    words = normalise(name).split()
    kinds, around = features(), load_relations().after
    named = any(kinds.get(" ".join(words[-size:])) == "site" for size in (1, 2) if len(words) > size)
    return words[-1] if named and words[-1] not in around else ""


def _candidates(keys: list[_Key]) -> Iterator[tuple[_Key, _Key]]:
    """Yield pairs that share a gazetteer id, a name or a neighbourhood."""
    buckets: dict[object, list[_Key]] = defaultdict(list)
    for key in keys:
        identity, name, lat, lon, _ = key
        buckets["id", identity or key].append(key)
        buckets["name", name].append(key)
        if lat is not None and lon is not None:
            row, column = int(lat // _CELL_DEGREES), int(lon // _CELL_DEGREES)
            for cell in ((row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)):
                buckets["cell", cell].append(key)
    for bucket in buckets.values():
        yield from combinations(bucket, 2)


def _same(one: _Key, other: _Key) -> bool:
    if one[4] != other[4]:
        return False
    if one[0] and other[0]:
        return one[0] == other[0]
    if one[2] is None or one[3] is None or other[2] is None or other[3] is None:
        return one[1] == other[1] and one[2] is None and other[2] is None
    near = kilometres((one[2], one[3]), (other[2], other[3])) <= WITHIN_KM
    bones, others = _bones(one[1]), _bones(other[1])
    alike = (len(bones) > 1 and bones == others) or ratio(one[1], other[1]) >= _SPELLING
    return near and (one[1] == other[1] or alike)


def _bones(name: str) -> str:
    """Return a name without its vowels and breaths, on which transliterations disagree most."""
    return name.translate(_NO_VOWELS)
