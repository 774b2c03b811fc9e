"""Areas that a map-maker drew, as GeoJSON: a report a feature, with who holds it, of which day and by which layer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.coded.cells import GEOMETRY, written
from marsad.intake.coded.geometry import in_metres, polygons
from marsad.intake.dates import instant
from marsad.intake.items import Row, Skipped
from marsad.vocabulary import load_control_areas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from marsad.intake.items import Input

_GEOMETRIES = frozenset({"Polygon", "MultiPolygon", "GeometryCollection"})
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(\d\d)[-_]?(\d\d)(?!\d)")
_MILLISECONDS = re.compile(r"\d{12,13}")
_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One feature of a map: its properties as text, its shape as GeoJSON, and what stands around it.

    `metres` is as in `polygons`; `layers` are the names of the layers that it lies in, outermost first; `day` and
    `until` are when it stood so, where the format tells that.
    """

    origin: str
    properties: Mapping[str, str]
    geometry: object
    metres: bool | None = None
    layers: Sequence[str] = ()
    day: str | None = None
    until: str | None = None


def is_geojson(value: object) -> bool:
    """Tell whether a JSON value is a GeoJSON object that may hold areas."""
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    return (
        (kind == "FeatureCollection" and isinstance(value.get("features"), list))
        or (kind == "Feature" and "geometry" in value)
        or (kind in _GEOMETRIES and ("coordinates" in value or "geometries" in value))
    )


def read_areas(value: Mapping[str, object], origin: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every feature; raise InputError for unknown coordinates."""
    metres, features = in_metres(value), value.get("features")
    if not isinstance(features, list):
        yield area_row(_feature(value, origin, metres, ()), source)
        return
    if not features:
        raise InputError("empty: a map without features")
    name = value.get("name")
    layers = (name,) if isinstance(name, str) and name.strip() else ()
    for index, feature in enumerate(features):
        yield area_row(_feature(feature, f"{origin}[{index}]", metres, layers), source)


def _feature(value: object, origin: str, metres: bool | None, layers: Sequence[str]) -> Area:
    if not isinstance(value, dict) or value.get("type") != "Feature":
        return Area(origin=origin, properties={}, geometry=value, metres=metres, layers=layers)
    own = value.get("properties")
    properties = {str(name): _words(one) for name, one in own.items()} if isinstance(own, dict) else {}
    return Area(origin=origin, properties=properties, geometry=value.get("geometry"), metres=metres, layers=layers)


def _words(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def area_row(area: Area, source: Input) -> Row | Skipped:
    """Return the row of a report that says who holds an area, or why there can be none."""
    told, given = _Told(area, source), source.columns
    if given is None or "publisher" not in given.constants:
        return Skipped(area.origin, "nobody's map: name its maker as 'publisher' in [constants] of a column map")
    try:
        holder, day = told.holder(), told.day()
        shape = {"type": "MultiPolygon", "coordinates": polygons(area.geometry, metres=area.metres)}
    except InputError as error:
        return Skipped(area.origin, str(error))
    layer = " / ".join(told.layers())
    cells = {"holder": holder, "day": day, "until": area.until, "layer": layer}
    lines = [(name, one) for name, one in cells.items() if one]
    lines += [(f"properties.{name}", one) for name, one in area.properties.items()]
    lines.append((GEOMETRY, json.dumps(shape, separators=(",", ":"))))
    rules = load_control_areas()
    fields: dict[str, object] = {
        "kind": rules.kind,
        "title": layer[:_TITLE],
        "published": day,
        **given.constants,
        "form": rules.form,
        "text": written(lines),
    }
    return Row(area.origin, fields)


@dataclass(frozen=True, slots=True)
class _Told:
    """What an area, the name of its file and the user's column map tell of it."""

    area: Area
    source: Input

    def holder(self) -> str:
        """Return who holds it; raise InputError that says what is missing where nothing tells."""
        given = self.source.columns
        if given is not None:
            by_value = {value.casefold(): actor for value, actor in given.holders.items()}
            values = (value.strip().casefold() for value in self.area.properties.values())
            if found := next((by_value[value] for value in values if value in by_value), None):
                return found
            if found := self._property(tuple(map(str, given.columns.get("holder", ())))) or given.constants.get(
                "holder"
            ):
                return found
        if found := self._property(load_control_areas().holder):
            return found
        how = "name it as 'holder' in [constants] of a column map, or by the values of properties in [holders]"
        raise InputError(f"nothing tells who holds the area: {how}")

    def day(self) -> str | None:
        """Return the day that the map is of: by the area itself, the user's word, or the name of the file."""
        for words in (self.area.day, *self._properties(load_control_areas().day)):
            if words and (day := _day(words)):
                return day.isoformat()
        given = self.source.columns
        if given is not None and (said := given.constants.get("published")):
            return instant(said)[0].date().isoformat()
        named = (_IN_NAME.search(part) for part in reversed(self.source.origin.replace("\\", "/").split("/")))
        match = next((one for one in named if one), None)
        day = _day("-".join(match.groups())) if match else None
        return day.isoformat() if day else None

    def layers(self) -> Sequence[str]:
        """Return the names of the layers of the area, and its own."""
        own = self._property(load_control_areas().layer)
        return list(dict.fromkeys(one for one in (*self.area.layers, own) if one))

    def _property(self, names: Sequence[str]) -> str | None:
        return next(iter(self._properties(names)), None)

    def _properties(self, names: Sequence[str]) -> list[str]:
        """Return the values of some properties that are not blank, in the order of the names."""
        values = {name.casefold(): value.strip() for name, value in self.area.properties.items()}
        return [values[name.casefold()] for name in names if values.get(name.casefold())]


def _day(words: str) -> date | None:
    """Return the day that words name: a date, an instant, or milliseconds since 1970 as ArcGIS writes them."""
    if _MILLISECONDS.fullmatch(words):
        return datetime.fromtimestamp(int(words) / 1000, UTC).date()
    try:
        return instant(words)[0].date()
    except InputError:
        return None
