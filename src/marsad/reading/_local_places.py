"""The gazetteer as a war's profile corrects it: names that a side gives, that held for a time, or that no file has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.gazetteer import Entry, Match, normalise

if TYPE_CHECKING:
    from datetime import date

    from marsad.gazetteer import Context, Lookup
    from marsad.theatre import LocalPlace, Theatre

_TOWN_KM = 3.0


@dataclass(frozen=True)
class LocalPlaces:
    """Answers like a gazetteer; the theatre's places go first, by the names that they had on the day of the report."""

    gazetteer: Lookup
    theatre: Theatre
    on: date | None

    def known(self, key: str, countries: tuple[str, ...]) -> bool:
        """Tell whether a normalised name is that of a place."""
        mine = key in self._keys or normalise(self.theatre.form(key)) in self._keys
        return mine or self.gazetteer.known(key, countries)

    def called(self, name: str) -> str | None:
        """Return a name as the theatre writes it, None where the theatre has no such place."""
        found = self.theatre.place(name, self.on)
        return found[1].name if found is not None else None

    @cached_property
    def _keys(self) -> frozenset[str]:
        names = (name for place in self.theatre.places for name in (place.name, *(one.name for one in place.names)))
        return frozenset(normalise(form) for name in names for form in (name, self.theatre.form(name)))

    def rank(self, name: str, context: Context) -> tuple[Match, ...]:
        """Return every place that `name` might mean, the best first."""
        found = self.theatre.place(name, self.on)
        if found is None:
            return self.gazetteer.rank(name, context)
        place, called = found
        reason = "a name of the theatre" if called.side is None else f"what side {called.side} calls it"
        if place.lat is not None and place.lon is not None:
            return (Match(_entry(place, place.lat, place.lon), 1.0, (reason,), confidence=1.0),)
        countries = (place.country,) if place.country else context.countries
        matches = self.gazetteer.rank(place.name, replace(context, countries=countries))
        return tuple(replace(one, reasons=(*one.reasons, reason)) for one in matches)

    def resolve(self, name: str, context: Context) -> Match | None:
        """Return the place that a name means, None where none fits."""
        return next((match for match in self.rank(name, context)[:1] if match.possible), None)


def _entry(place: LocalPlace, lat: float, lon: float) -> Entry:
    return Entry(
        id=f"theatre:{normalise(place.name)}",
        name=place.name,
        kind="city",
        lat=lat,
        lon=lon,
        country=place.country,
        countries=(place.country,) if place.country else (),
        admin=None,
        feature="settlement",
        population=0,
        radius_km=_TOWN_KM,
        prominence=1.0,  # whoever wrote the profile vouches for the name
        source="theatre",
    )
