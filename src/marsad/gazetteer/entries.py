"""What the gazetteer answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.gazetteer.sphere import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place that the gazetteer knows.

    `kind` is `city` (any settlement), `admin1` (a country's first division), `admin2` (the second), `country`,
    `region` (seas, rivers, mountains, historical lands) or `site` (airports, dams, crossings, which only added files
    have). `lat` and `lon` are decimal degrees, WGS 84; `radius_km` says
    how far the point stands for the place. `countries` are those it lies in (ISO 3166-1 alpha-2), `country` the only
    one and `admin` the first division's name, None where there is none or more than one. `prominence` in 0..1 grows
    with population and with the number of languages that have a name for the place. `source` says where the row comes
    from.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None
    countries: tuple[str, ...]
    admin: str | None
    feature: str
    population: int
    radius_km: float
    prominence: float
    source: str

    @property
    def point(self) -> Point:
        """Latitude and longitude."""
        return self.lat, self.lon
