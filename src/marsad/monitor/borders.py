"""In which country a point lies, as far as the gazetteer can tell: that of the nearest settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.gazetteer import Gazetteer

_MARGIN = 0.5  # degrees


def countries_of(gazetteer: Gazetteer) -> Callable[[Sequence[tuple[float, float]]], Sequence[str]]:
    """Return what tells the countries of points (longitude, latitude), as ISO 3166-1 alpha-2 codes, empty if unknown.

    So a border is taken to run half way between the last settlements of two countries.
    """

    def countries(points: Sequence[tuple[float, float]]) -> Sequence[str]:
        if not points:
            return []
        lons, lats = zip(*points, strict=True)
        box = min(lons) - _MARGIN, min(lats) - _MARGIN, max(lons) + _MARGIN, max(lats) + _MARGIN
        known = [one for one in gazetteer.settlements(*box) if one.country]
        if not known:
            return [""] * len(points)
        tree = shapely.STRtree(shapely.points([(one.lon, one.lat) for one in known]))
        return [known[index].country or "" for index in tree.nearest(shapely.points(points)).tolist()]

    return countries
