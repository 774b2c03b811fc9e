"""Invented rows in the shape of others' data sets; nothing of those data sets themselves."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from marsad.vocabulary import load_coded_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
OLD_ACLED = ["data_id", "iso", "event_id_cnty", "event_id_no_cnty", *ACLED[1:15], *ACLED[16:], "iso3"]
CHANGED = 1_935_500_000  # 2 May 2031
CLASH = {
    "event_id_cnty": "SDN1",
    "event_date": "2031-05-02",
    "year": "2031",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Sudan (2019-)",
    "inter1": "State forces",
    "actor2": "Rapid Support Forces",
    "inter2": "Rebel group",
    "country": "Sudan",
    "admin1": "North Kordofan",
    "location": "El Obeid",
    "latitude": "13.18",
    "longitude": "30.21",
    "geo_precision": "1",
    "source": "Example Tribune; Example Radio",
    "notes": "On 2 May 2031, an invented clash.\nNobody \\ knows it.",
    "fatalities": "7",
    "timestamp": str(CHANGED),
}
GED = load_coded_tables()["ucdp-ged"].headers
DEATHS = {
    "id": "412001",
    "year": "2031",
    "type_of_violence": "1",
    "side_a": "Government of Sudan",
    "side_b": "RSF",
    "source_original": "Example Doctors",
    "where_prec": "1",
    "where_coordinates": "El Obeid town",
    "adm_1": "North Kordofan state",
    "latitude": "13.18",
    "longitude": "30.21",
    "country": "Sudan",
    "date_prec": "2",
    "date_start": "2031-05-01 00:00:00.000",
    "date_end": "2031-05-03 00:00:00.000",
    "deaths_a": "3",
    "deaths_b": "5",
    "deaths_civilians": "2",
    "deaths_unknown": "0",
    "best": "10",
    "high": "14",
    "low": "9",
}
CONTROL = ["geonameid", "date", "status_wiki", "status_boost", "status_dsm", "status_isw", "status"]
LYMAN, IZIUM = "702320", "707753"
SQUARE = [[36.0, 47.0], [40.0, 47.0], [40.0, 50.0], [36.0, 50.0], [36.0, 47.0]]


def table(columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, header: bool = True) -> str:
    """Return rows as CSV; what a row does not have is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    if header:
        writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def days(place: str, *statuses: tuple[str, str]) -> list[dict[str, str]]:
    """Return rows of control of a place, by day and by what every map says."""
    return [{"geonameid": place, "date": day, **dict.fromkeys(CONTROL[2:], status)} for day, status in statuses]


def feature(geometry: Mapping[str, Any], **properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def area(ring: Sequence[Sequence[float]] = SQUARE, *holes: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Return a polygon as GeoJSON."""
    return {"type": "Polygon", "coordinates": [ring, *holes]}


def collection(*features: Mapping[str, Any], **members: Any) -> str:
    """Return features as a GeoJSON document."""
    return json.dumps({"type": "FeatureCollection", "features": features, **members})
