"""Which places are one place: spellings of one town are, a town and its airport are not."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Self

from rapidfuzz.fuzz import ratio

from marsad.gazetteer import kilometres, likeness, normalise, site_of
from marsad.records import COARSE, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.records import Place

WITHIN_KM = 25.0
_SPELLING = 80.0  # similarity in per cent of two names that stand within WITHIN_KM of each other
_ACROSS_SCRIPTS = 90.0  # the same where one is written in another script, which can leave vowels out
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
    return Spot(identity, name, place.lat, place.lon, _facility(place.name, place.canonical or ""))


@lru_cache(maxsize=1 << 16)
def _facility(name: str, canonical: str) -> str:
    """Return what is named after a town, whose point stands for it: "airport"; "" for the town itself.

    A town can have such a word in its name: Jisr al-Shughur is no bridge. Its canonical name is then like the whole.
    """
    known = site_of(canonical)[1]
    bare, site = site_of(name)
    if known or not site or not canonical:
        return known or site
    whole, bare, called = normalise(name), normalise(bare), normalise(canonical)
    return "" if _alike(called, whole) > _alike(called, bare) else site


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
    names = [normalise(site_of(spot.name)[0]) if spot.facility else spot.name for spot in (one, other)]
    return near and (names[0] == names[1] or _spelt_alike(*names))


def _spelt_alike(one: str, other: str) -> bool:
    """Tell whether two names that stand for neighbouring points can be spellings of one."""
    if one.isascii() and other.isascii():
        bones = _bones(one)
        return (len(bones) > 1 and bones == _bones(other)) or ratio(one, other) >= _SPELLING
    return _alike(one, other) >= (_ACROSS_SCRIPTS if one.isascii() or other.isascii() else _SPELLING)


def _alike(one: str, other: str) -> float:
    """Return how alike two compared names are, 0..100, by sound where just one of them is in Latin letters."""
    if one.isascii() == other.isascii():
        return float(ratio(one, other))
    return likeness(one, other) if one.isascii() else likeness(other, one)


def _bones(name: str) -> str:
    """Return a name without its vowels and breaths, on which transliterations disagree most."""
    return name.translate(_NO_VOWELS)
