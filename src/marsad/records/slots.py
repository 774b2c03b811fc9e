"""Where claims stand among others: what is kept so that one more report touches only what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place as linking tells it from others: gazetteer id (or empty), compared name, coordinates where known.

    `facility` is what is named after a town and has only its point, such as its airport; empty for the town itself.
    """

    identity: str
    name: str
    lat: float | None
    lon: float | None
    facility: str = ""

    def __str__(self) -> str:
        """Return the spot in one line, by which a site is named."""
        return f"{self.identity}|{self.name}|{self.lat}|{self.lon}|{self.facility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where and when one claim stands among those that can be of its proposition.

    `site` is the one that the `spot` belongs to. `first` and `last` are the proleptic ordinals of the days that it is
    compared by, None without a date, `tolerance` is in days. `proposition` is empty until it has one.
    """

    claim: str
    report: str
    spot: Spot | None
    site: str | None
    zone: str
    thing: str
    first: int | None
    last: int | None
    tolerance: int
    proposition: str = ""

    @property
    def block(self) -> tuple[str | None, str, str]:
        """What the claims of one proposition share: site, zone and thing."""
        return self.site, self.zone, self.thing
