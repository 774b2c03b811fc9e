"""Where a coded row says that it was: the gazetteer's place of that name if it lies there, else the row's own point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.gazetteer import Context, kilometres
from marsad.reading.coded.row import without_brackets
from marsad.reading.places import place_of
from marsad.records import Extent, Place
from marsad.vocabulary import CodedWhere, load_demonyms

if TYPE_CHECKING:
    from datetime import date

    from marsad.gazetteer import Entry, Point
    from marsad.reading.coded.row import CodedRow
    from marsad.vocabulary import CodedTable

_NEAR_KM = 15.0  # how far two gazetteers' points of one town lie apart at most
_FAR_KM = 200.0  # how far a row's point can lie from the middle of the division or region that it is in
_FEATURES = {"admin1": "first division", "admin2": "second division", "country": "country"}


@dataclass(frozen=True, slots=True)
class _Near:
    """What a row tells of where and when, beside a name."""

    point: Point | None
    country: str | None
    on: date | None


def where(row: CodedRow, table: CodedTable, on: date | None) -> tuple[Place | None, Extent]:
    """Return the place of a row, None where it names none, and how much of it is meant."""
    code = table.places.get(row.value(table.place_code))
    if code is None:
        first = next(iter(table.places.values()))
        code = CodedWhere(name=first.name, kind=first.kind, extent=None, radius_km=None)
    extent = code.extent or Extent.UNKNOWN
    name, country = row.value(code.name), _country(row, row.value(table.country))
    if not name:
        return None, extent
    point = _point(row, table)
    if code.kind == "country":
        entry = row.gazetteer.country(country) if country is not None else None
    else:
        entry = _entry(row, name, code.kind, _Near(point, country, on))
    if entry is None:
        place = Place(name=name, country=country, feature=_FEATURES.get(code.kind), radius_km=code.radius_km)
        return replace(place, lat=point[0], lon=point[1]) if point is not None else place, extent
    place = place_of(name, entry)
    if code.kind == "city" and point is not None:
        place = replace(place, lat=point[0], lon=point[1], radius_km=code.radius_km or entry.radius_km)
    return place, extent


def _point(row: CodedRow, table: CodedTable) -> Point | None:
    lat, lon = row.number(table.lat), row.number(table.lon)
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return lat, lon


def _country(row: CodedRow, name: str) -> str | None:
    """Return the alpha-2 code of a country, whatever stands in brackets after its name."""
    for one in (name, without_brackets(name)):
        code = load_demonyms().names.get(one.casefold())
        if code is not None:
            return code
        if one and (entry := row.gazetteer.country(one)) is not None:
            return entry.country
    return None


def _entry(row: CodedRow, name: str, kind: str, near: _Near) -> Entry | None:
    """Return the best known place of a name and kind that lies where the row says, None without such a point."""
    if near.point is None:
        return None
    context = Context(
        countries=(near.country,) if near.country is not None else (),
        anchors=(near.point,),
        prefer="admin1" if kind == "admin2" else kind,
    )
    for match in row.places(near.on).rank(name, context):
        entry = match.entry
        reach = max(_NEAR_KM if kind == "city" else _FAR_KM, entry.radius_km)
        if match.possible and entry.kind == kind and kilometres(entry.point, near.point) <= reach:
            return entry
    return None
