"""Where and when events were in the codes of others: countries, regions, grid cells and how finely either is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from marsad.gazetteer import CountryCodes, country_codes
from marsad.records import Extent
from marsad.vocabulary import Codes, load_precisions, load_regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from marsad.records import Interval, Place
    from marsad.vocabulary import Region

_BESIDE = frozenset({Extent.NEAR, Extent.OUTSKIRTS, Extent.ROUTE})
_FIRST_DIVISION = "first division"
_SECOND_DIVISION = "second division"
_CELL = 0.5  # degrees
_COLUMNS, _ROWS = 720, 360


def country_of(place: Place | None) -> CountryCodes | None:
    """Return the country of a place, None where it is not known."""
    return country_codes().get(place.country) if place is not None and place.country is not None else None


def region_of(place: Place | None) -> Region | None:
    """Return the region of a place, None where its country is not known."""
    return load_regions().get(place.country) if place is not None and place.country is not None else None


def location_of(place: Place | None) -> str:
    """Return the gazetteer's name of a place, or else the text's."""
    return (place.canonical or place.name) if place is not None else ""


def first_division_of(place: Place | None) -> str:
    """Return the name of the first division that a place lies in, or is."""
    if place is None:
        return ""
    return place.admin or (location_of(place) if place.feature == _FIRST_DIVISION else "")


def second_division_of(place: Place | None) -> str:
    """Return the name of the second division that a place is; which one a town lies in is not kept."""
    return location_of(place) if place is not None and place.feature == _SECOND_DIVISION else ""


def place_codes(place: Place | None, extents: Iterable[Extent]) -> Codes | None:
    """Return how finely a place is known, None without a point; `extents` are those that claims tell of the event."""
    known = load_precisions()
    if place is None or place.lat is None or place.lon is None:
        return None
    if (wide := known.wide.get(place.feature or "")) is not None:
        return wide
    off = place.relation is not None and place.relation not in known.inside
    return known.beside if off or not _BESIDE.isdisjoint(extents) else known.exact


def span_of(interval: Interval) -> tuple[date, date | None] | None:
    """Return the first and the last day of an event, its only one first where the first is not known; None undated."""
    first = interval.start or interval.end
    if first is None:
        return None
    return first, interval.end if interval.start is not None else None


def day_codes(interval: Interval) -> Codes | None:
    """Return how finely the days are known, None where no day is: by how many they are, or how the text tells them."""
    span, known = span_of(interval), load_precisions()
    if span is None:
        return None
    first, last = span
    width = math.inf if last is None else (last - first).days + 1
    least = known.least.get(interval.precision, Codes(1, 1))
    return Codes(max(_coded(width, known.days.acled), least.acled), max(_coded(width, known.days.ged), least.ged))


def _coded(width: float, days: Sequence[int]) -> int:
    return next((code for code, most in enumerate(days, start=1) if width <= most), len(days) + 1)


def grid_cell(lat: float, lon: float) -> int:
    """Return the number of the PRIO-GRID cell of a point in degrees.

    Cells measure half a degree and are counted along rows of 720 from the south-western corner of the world, from 1 on
    (A. F. Tollefsen, H. Strand and H. Buhaug, PRIO-GRID: A unified spatial data structure, Journal of Peace Research
    49(2), 2012, 363-374). The last row and column take in the northern and eastern edges.
    """
    row = min(math.floor((lat + 90) / _CELL), _ROWS - 1)
    column = min(math.floor((lon + 180) / _CELL), _COLUMNS - 1)
    return row * _COLUMNS + column + 1
