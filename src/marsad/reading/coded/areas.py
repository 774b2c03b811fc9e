"""Who holds the places inside of an area that a map-maker drew.

A point lies inside by the even-odd rule, polygon by polygon, so that rings which cross themselves need no repair. How
near the line runs is measured in Mercator's projection, which is true in all directions around a point.
"""

from __future__ import annotations

import json
from dataclasses import replace
from math import cos, radians
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.errors import ShapelyError  # type: ignore[attr-defined]

from marsad.intake import GEOMETRY
from marsad.reading.coded.row import NotReadError
from marsad.reading.places import place_of
from marsad.records import Counts, DatePrecision, Extent, Interval
from marsad.vocabulary import load_control_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.gazetteer import Entry
    from marsad.reading.coded.row import CodedRow
    from marsad.records import Claim
    from marsad.vocabulary import ControlAreas

_HOLD = "hold"
_HOLDER = "holder"
_EARTH_KM = 6371.0088
_POLE = 89.0
_COMPARED = 5_000_000  # places that are compared with polygons; the world has some 230,000


def area_claims(row: CodedRow) -> tuple[Claim, ...]:
    """Return that the holder holds each place inside; raise NotReadError where there is none, or too many."""
    rules = load_control_areas()
    polygons = _polygons(row.value(GEOMETRY))
    if not row.value(_HOLDER):
        raise NotReadError("nothing tells who holds the area")
    inside = _inside(row, polygons, rules)
    if not inside:
        raise NotReadError(f"no place of {rules.least_population:,} people or more lies inside of the area")
    if len(inside) > rules.most:
        raise NotReadError(f"{len(inside):,} places lie inside of the area; more than {rules.most:,} are not read")
    day = row.day("day")
    interval = Interval(
        start=day, end=row.day("until") or day, precision=DatePrecision.DAY if day else DatePrecision.UNKNOWN
    )
    base = row.base(row.publisher, interval, certainty=rules.certainty(row.value("layer")))
    base, agent = replace(base, extent=Extent.WHOLE), row.party(_HOLDER)
    return tuple(
        row.told(replace(base, place=place_of(entry.name, entry)), _HOLD, _HOLDER, agent=agent, counts=Counts())
        for entry in inside
    )


def _polygons(words: str) -> list[Any]:
    """Return the polygons of a shape, each by itself; raise NotReadError where it is none."""
    try:
        shape = json.loads(words)
        return [shapely.polygons(one[0], one[1:] or None) for one in shape["coordinates"]]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, ShapelyError) as error:
        raise NotReadError("the shape of the area cannot be read") from error


def _inside(row: CodedRow, polygons: Sequence[Any], rules: ControlAreas) -> list[Entry]:
    """Return the places in one of the polygons whose edge is not near, the largest first."""
    west, south, east, north = shapely.total_bounds(polygons)
    towns = row.gazetteer.towns((south, north), (west, east), people=rules.least_population)
    points = np.array([one.point for one in towns]).reshape(-1, 2)
    tree = shapely.STRtree(shapely.points(points[:, 1], points[:, 0]))
    found: set[int] = set()
    compared = 0
    for polygon in polygons:
        around = [int(index) for index in tree.query(polygon) if int(index) not in found]
        compared += len(around)
        if compared > _COMPARED:
            raise NotReadError("too many polygons of the area lie over one another")
        if around:
            shapely.prepare(polygon)
            within = shapely.contains_xy(polygon, points[around, 1], points[around, 0])
            held = [index for index, is_within in zip(around, within, strict=True) if is_within]
            found |= _clear(held, towns, polygon, rules.margin_km)
    return [towns[index] for index in sorted(found)]


def _clear(held: Sequence[int], towns: Sequence[Entry], polygon: Any, margin: float) -> set[int]:
    """Return the places from which the edge is farther than their radius and than a margin in kilometres."""
    if not held:
        return set()
    edge = shapely.transform(polygon, _mercator).boundary
    shapely.prepare(edge)
    some = [towns[index] for index in held]
    points = shapely.points(_mercator(np.array([(one.lon, one.lat) for one in some])))
    reach = [max(margin, one.radius_km) / (_EARTH_KM * cos(radians(min(abs(one.lat), _POLE)))) for one in some]
    near = shapely.dwithin(edge, points, reach)
    return {index for index, is_near in zip(held, near, strict=True) if not is_near}


def _mercator(points: Any) -> Any:
    """Return points of longitude and latitude, in degrees, on a map of radius 1 by Mercator's projection."""
    lats = np.radians(np.clip(points[:, 1], -_POLE, _POLE))
    return np.column_stack((np.radians(points[:, 0]), np.arcsinh(np.tan(lats))))
