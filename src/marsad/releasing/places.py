"""Coarsening: the town, the division or the country in place of what is finer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.gazetteer import features, kilometres, normalise, site_of
from marsad.records import COARSE, Place
from marsad.releasing.names import Names, plain
from marsad.theatre import fold
from marsad.vocabulary import Fineness, load_finer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from marsad.gazetteer import Entry, Gazetteer

_AROUND = 0.5  # degrees in which a town near a point is looked for
_PEOPLE = 5000  # of a town that stands for what lies near it, where there is one
_REGION_KM = 50.0  # the radius from which a sea or a mountain range is no finer than a division
_DIVISION_KM = 100.0
_AREAS = frozenset({"country", "admin1", "region"})
_LONG = 3  # letters that a name must have to be looked for in words


class Atlas:
    """What becomes of places; those of one division are numbered in the order in which they are first met."""

    def __init__(self, fineness: Fineness, gazetteer: Callable[[], Gazetteer]) -> None:
        """Hold how fine places may be; the gazetteer is opened when a place needs it."""
        self._fineness = fineness
        self._open = gazetteer
        self._done: dict[Place, Place] = {}
        self._numbers: dict[str, dict[object, int]] = {}
        self._hidden: dict[str, str] = {}
        self._names: Names | None = None

    def meet(self, places: Iterable[Place | None]) -> None:
        """Take in places: they have their numbers, and their names are looked for in texts, from here on."""
        for place in places:
            if place is not None:
                self.coarse(place)

    def coarse(self, place: Place) -> Place:
        """Return what is told in place of a place: itself where it is coarse enough."""
        if self._fineness is Fineness.EXACT or place.feature == COARSE:
            return place
        if place not in self._done:
            made = self._in_town(place) if self._fineness is Fineness.TOWN else self._in_area(place)
            self._done[place] = made
            self._hide(place, made)
        return self._done[place]

    @property
    def names(self) -> Names:
        """The names that were met and are not told, with what is told in their place."""
        if self._names is None or len(self._names.labels) != len(self._hidden):
            # "a place in Homs province (1)" names a division, not the town that is hidden.
            self._names = Names(self._hidden, frozenset(self._hidden.values()))
        return self._names

    def _hide(self, place: Place, made: Place) -> None:
        """Note the names and the words of a place that are not told."""
        told = {made.name, made.canonical}
        names = [name for name in (place.name, place.canonical) if name and name not in told]
        if self._fineness is Fineness.TOWN:
            names = [place.name] if _is_part(place) else []
            names += [place.words] if place.words and place.relation in load_finer().apart else []
        for name in names:
            if len(name) >= _LONG:
                self._hidden.setdefault(plain(name), made.name)
                self._hidden.setdefault(plain(name).upper(), made.name)

    # ---- towns ----------------------------------------------------------------------------------------------------

    def _in_town(self, place: Place) -> Place:
        """Return the town for what lies within or beside one; a town keeps its point and loses what is said beside."""
        if place.feature == "route" or not (_is_part(place) or place.relation in load_finer().apart):
            return replace(place, words=None) if place.words else place
        town = self._town(place)
        if town is None:
            where = Place(name="", country=place.country, admin=place.admin)
            return self._numbered("a place", place, where)
        lat, lon = town.point
        away = 0.0 if place.lat is None or place.lon is None else kilometres((place.lat, place.lon), town.point)
        radius = round(max(town.radius_km, away + (place.radius_km or 0.0)), 1)
        where = Place(name="", lat=lat, lon=lon, country=town.country, admin=town.admin, radius_km=radius)
        return self._numbered(f"a place near {town.name}", place, where, relation="near")

    def _town(self, place: Place) -> Entry | None:
        """Return the town that a place belongs to: its own by the gazetteer, else the nearest of some size."""
        own = self._entry(place)
        if own is not None and own.kind == "city":
            return own
        if place.lat is None or place.lon is None:
            return None
        lat, lon = place.lat, place.lon
        box = lon - _AROUND, lat - _AROUND, lon + _AROUND, lat + _AROUND
        for people in (_PEOPLE, 0):
            found = self._open().settlements(*box, people=people)
            if found:
                return min(found, key=lambda one: (kilometres((lat, lon), one.point), one.id))
        return None

    # ---- divisions and countries ----------------------------------------------------------------------------------

    def _in_area(self, place: Place) -> Place:
        if self._is_wide(place):
            return place
        near = self._town(place) if place.admin is None or place.country is None else None
        country = place.country or (near.country if near else None)
        admin = place.admin or (near.admin if near else None)
        if self._fineness is Fineness.DISTRICT and admin is not None:
            return self._numbered(f"a place in {_called(admin)}", place, self._division(admin, country), relation="in")
        entry = self._open().country(country) if country else None
        if entry is None:
            return self._numbered("a place", place, Place(name="", country=country))
        where = Place(name="", lat=entry.lat, lon=entry.lon, country=country, radius_km=entry.radius_km)
        return self._numbered(f"a place in {entry.name}", place, where, relation="in")

    def _is_wide(self, place: Place) -> bool:
        """Tell whether a place is itself no finer than what may be told."""
        entry = self._entry(place)
        if entry is None or _is_part(place) or place.relation in load_finer().apart:
            return False
        if self._fineness is Fineness.COUNTRY:
            return entry.kind == "country"
        return entry.kind in _AREAS and (entry.kind != "region" or entry.radius_km >= _REGION_KM)

    def _division(self, admin: str, country: str | None) -> Place:
        """Return a division without a name of its own: its point by the gazetteer, else none.

        The middle of the places that are known of it would tell the only one where there is but one.
        """
        gazetteer, countries = self._open(), (country,) if country else ()
        found = [one for one in gazetteer.find(admin, countries=countries) if one.kind == "admin1"]
        entry = next((one for one in found if one.country == country), None)
        if entry is not None:
            lat, lon, radius = entry.lat, entry.lon, max(entry.radius_km, _DIVISION_KM)
            return Place(name="", lat=lat, lon=lon, country=country, admin=admin, radius_km=radius)
        return Place(name="", country=country, admin=admin)

    # ---- together -------------------------------------------------------------------------------------------------

    def _entry(self, place: Place) -> Entry | None:
        return self._open().entry(place.gazetteer_id) if place.gazetteer_id else None

    def _numbered(self, name: str, place: Place, where: Place, relation: str | None = None) -> Place:
        numbers = self._numbers.setdefault(name, {})
        number = numbers.setdefault(_identity(place), len(numbers) + 1)
        return replace(where, name=f"{name} ({number})", feature=COARSE, relation=relation)


def _identity(place: Place) -> object:
    """Return what tells a place from others of its area, whatever words stand beside its name."""
    apart = (place.lat, place.lon) if place.gazetteer_id is None else None
    return place.gazetteer_id, normalise(place.canonical or place.name), apart, _part(place.name)


def _is_part(place: Place) -> bool:
    """Tell whether a place lies within or beside a town, by the last words of its name or by what it is."""
    return _part(place.name) is not None or (place.feature or "") in load_finer().parts


def _part(name: str) -> str | None:
    written, compared = fold(name).split(), normalise(name).split()
    if written and written[-1] in load_finer().parts:
        return written[-1]
    lasts = (" ".join(compared[-size:]) for size in (2, 1))
    return next((last for last in lasts if features().get(last) == "site"), site_of(name)[1] or None)


def _called(admin: str) -> str:
    last = fold(admin).split()[-1:]
    return admin if last and last[0] in load_finer().divisions else f"{admin} province"
