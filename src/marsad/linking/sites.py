"""Which places are one place: spellings of one town are, a town and its airport are not."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Self

from rapidfuzz.fuzz import ratio

from marsad.gazetteer import features, kilometres, normalise
from marsad.records import COARSE, Spot
from marsad.vocabulary import load_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.records import Place

WITHIN_KM = 25.0
_SPELLING = 80.0  # similarity in per cent of two names that stand within WITHIN_KM of each other
_CELL_DEGREES = 0.5
_NO_VOWELS = str.maketrans("", "", "aeiouyhw")


class Sites:
    """Places to sites; equal sites are one place."""

    def __init__(self, places: Iterable[Place | None], spots: Iterable[Spot] = ()) -> None:
        """Group places, and those that are known as `spots`; the order does not matter."""
        keys = sorted({*spots, *(spot_of(place) for place in places if place is not None)}, key=str)
        self._root = {key: key for key in keys}
        for one, other in _candidates(keys):
            if _same(one, other):
                self._join(one, other)
        self._settle_unresolved(keys)

    @classmethod
    def known(cls, roots: Mapping[Spot, Spot]) -> Self:
        """Return sites that were found before, by what `roots` told of each spot then."""
        found = cls(())
        found._root = dict(roots)
        return found

    @property
    def roots(self) -> Mapping[Spot, Spot]:
        """The spot that stands for its whole site, by spot."""
        return {spot: self._find(spot) for spot in self._root}

    def site(self, place: Place | None) -> str | None:
        """Return the site of a place; None for no place."""
        return None if place is None else self.of_spot(spot_of(place))

    def of_spot(self, spot: Spot) -> str:
        """Return the site of a spot."""
        return str(self._find(spot))

    def _find(self, key: Spot) -> Spot:
        while self._root[key] != key:
            key = self._root[key]
        return key

    def _join(self, one: Spot, other: Spot) -> None:
        first, second = sorted((self._find(one), self._find(other)), key=str)
        self._root[second] = first

    def _settle_unresolved(self, keys: list[Spot]) -> None:
        """Let a name without coordinates stand for the only place of that name, if it is the only one."""
        by_name: dict[str, set[Spot]] = defaultdict(set)
        for key in keys:
            if key.lat is not None:
                by_name[key.name].add(self._find(key))
        for key in keys:
            if key.lat is None and not key.identity and len(by_name[key.name]) == 1:
                self._join(key, next(iter(by_name[key.name])))


def spot_of(place: Place) -> Spot:
    """Return what a place is told from others by."""
    name = normalise(place.canonical or place.name)
    # Places that are not told have one point, and names that differ in a number: by these they stay apart.
    identity = place.name if place.feature == COARSE else place.gazetteer_id or ""
    return Spot(identity, name, place.lat, place.lon, _facility(place.name))


@lru_cache(maxsize=1 << 16)
def _facility(name: str) -> str:
    """Return the word for what is named after a town, whose point stands for it: "airport"; "" for the town itself."""
    words = normalise(name).split()
    kinds, around = features(), load_relations().after
    named = any(kinds.get(" ".join(words[-size:])) == "site" for size in (1, 2) if len(words) > size)
    return words[-1] if named and words[-1] not in around else ""


def _candidates(keys: list[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Yield pairs that share a gazetteer id, a name or a neighbourhood."""
    buckets: dict[object, list[Spot]] = defaultdict(list)
    for key in keys:
        buckets["id", key.identity or key].append(key)
        buckets["name", key.name].append(key)
        if key.lat is not None and key.lon is not None:
            row, column = int(key.lat // _CELL_DEGREES), int(key.lon // _CELL_DEGREES)
            for cell in ((row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)):
                buckets["cell", cell].append(key)
    for bucket in buckets.values():
        yield from combinations(bucket, 2)


def _same(one: Spot, other: Spot) -> bool:
    if one.facility != other.facility:
        return False
    if one.identity and other.identity:
        return one.identity == other.identity
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.name == other.name and one.lat is None and other.lat is None
    near = kilometres((one.lat, one.lon), (other.lat, other.lon)) <= WITHIN_KM
    bones, others = _bones(one.name), _bones(other.name)
    alike = (len(bones) > 1 and bones == others) or ratio(one.name, other.name) >= _SPELLING
    return near and (one.name == other.name or alike)


def _bones(name: str) -> str:
    """Return a name without its vowels and breaths, on which transliterations disagree most."""
    return name.translate(_NO_VOWELS)
