"""Who holds the places inside of an area that a map-maker drew.

A point lies inside by the even-odd rule, polygon by polygon: rings which cross themselves need no repair, which a ring
that is made for it can draw out for hours. Between vertices lines are straight on a map of degrees, as in GeoJSON.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from itertools import chain
from math import cos, floor, radians
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.errors import ShapelyError

from marsad.intake import GEOMETRY
from marsad.reading.coded.row import NotReadError
from marsad.reading.places import place_of
from marsad.records import Counts, DatePrecision, Extent, Interval
from marsad.vocabulary import load_control_areas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from marsad.gazetteer import Entry
    from marsad.reading.coded.row import CodedRow
    from marsad.records import Claim
    from marsad.vocabulary import ControlAreas

_HOLD = "hold"
_HOLDER = "holder"
_KM_A_DEGREE = 111.2
_POLYGONS = 10_000
_CROSSINGS = 1000  # the front lines of real maps are met some ten times
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
        coordinates = json.loads(words)["coordinates"]
        if len(coordinates) > _POLYGONS:
            raise NotReadError(f"the area has {len(coordinates):,} polygons; more than {_POLYGONS:,} are not read")
        return [shapely.polygons(one[0], one[1:] or None) for one in coordinates]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, ShapelyError) as error:
        raise NotReadError("the shape of the area cannot be read") from error


def _inside(row: CodedRow, polygons: Sequence[Any], rules: ControlAreas) -> list[Entry]:
    """Return the places in one of the polygons whose edge is not near, in the order of the gazetteer."""
    west, south, east, north = shapely.total_bounds(polygons)
    towns = np.array(row.gazetteer.towns((south, north), (west, east), people=rules.least_population)).reshape(-1, 3)
    lats, lons = towns[:, 1], towns[:, 2]
    tree = shapely.STRtree(shapely.points(lons, lats))
    inside: dict[int, list[int]] = {}
    compared = 0
    for number, polygon in enumerate(polygons):
        around = np.sort(tree.query(polygon))
        compared += len(around)
        if compared > _COMPARED:
            raise NotReadError("too many polygons of the area lie over one another")
        if len(around):
            if _is_tangled(polygon):
                raise NotReadError("the edge of the area runs to and fro over itself too often")
            shapely.prepare(polygon)
            inside[number] = around[shapely.contains_xy(polygon, lons[around], lats[around])].tolist()
    count = len(set(chain.from_iterable(inside.values())))
    if count > rules.most:
        raise NotReadError(f"{count:,} places lie inside of the area; more than {rules.most:,} are not read")
    places = {index: row.gazetteer.place(int(towns[index, 0])) for some in inside.values() for index in some}
    clear = {
        index
        for number, some in inside.items()
        for index in _clear({index: places[index] for index in some}, polygons[number], rules.margin_km)
    }
    return [places[index] for index in sorted(clear)]


def _is_tangled(polygon: Any) -> bool:
    """Tell whether a line across a polygon meets its edge so often that to look at every place would take hours."""
    rings = shapely.get_rings(polygon)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    if len(points) <= _CROSSINGS:
        return False
    steps = np.abs(np.diff(points, axis=0))[np.diff(ring) == 0]
    return bool(np.any(steps.sum(axis=0) > _CROSSINGS * np.ptp(points, axis=0)))


def _clear(held: Mapping[int, Entry], polygon: Any, margin: float) -> Iterator[int]:
    """Yield the places from which the edge is farther than their radius and than a margin in kilometres.

    Degrees of longitude are as wide as they are in the middle of the place's degree of latitude.
    """
    bands: dict[int, list[int]] = defaultdict(list)
    for index, one in held.items():
        bands[floor(one.lat)].append(index)
    for band, some in bands.items():
        width = np.array([cos(radians(band + 0.5)), 1.0])
        edge = shapely.transform(polygon.boundary, lambda points, width=width: points * width)
        shapely.prepare(edge)
        points = shapely.points(np.array([(held[index].lon, held[index].lat) for index in some]) * width)
        reach = [max(margin, held[index].radius_km) / _KM_A_DEGREE for index in some]
        near = shapely.dwithin(edge, points, reach)
        yield from (index for index, is_near in zip(some, near, strict=True) if not is_near)
