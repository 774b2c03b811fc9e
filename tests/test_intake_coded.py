"""Data that others coded: which tables and maps are known, and which reports they make."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coded_support import (
    ACLED,
    CHANGED,
    CLASH,
    CONTROL,
    DEATHS,
    GED,
    IZIUM,
    LYMAN,
    OLD_ACLED,
    SQUARE,
    area,
    collection,
    days,
    feature,
    table,
)
from intake_support import NOW, reasons, reports, write
from marsad.errors import DataFileError
from marsad.intake import ColumnMap, Skipped, Taken, cells_of, load_columns, read_inputs
from marsad.intake.coded import written
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

MAKER = {"publisher": "Example Map", "holder": "Russia"}


def mapped(path: Path, *, constants: dict[str, str] | None = None, **tables: dict[str, str]) -> list[Taken | Skipped]:
    columns = ColumnMap(
        columns={name: (column,) for name, column in tables.get("columns", {}).items()},
        constants=MAKER if constants is None else constants,
        holders=tables.get("holders", {}),
    )
    return list(read_inputs([path], retrieved=NOW, columns=columns))


def areas(path: Path, **tables: dict[str, str]) -> list[Report]:
    items = mapped(path, **tables)
    assert not [item for item in items if isinstance(item, Skipped)], items
    return [item.report for item in items if isinstance(item, Taken)]


def values(report: Report) -> dict[str, str]:
    return {name: cell.value for name, cell in cells_of(report.text).items()}


# Rows as text


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), st.text(max_size=30), max_size=6))
def test_a_row_can_be_had_back_from_its_text(row: dict[str, str]) -> None:
    text = written(row.items())
    cells = cells_of(text)
    by_name: dict[str, str] = {}
    for column, value in row.items():
        by_name.setdefault(column.casefold(), value)
    assert {name: cell.value for name, cell in cells.items()} == by_name
    assert all(written([("x", cell.value)]) == f"x: {text[cell.start : cell.end]}" for cell in cells.values())


# ACLED


def test_an_acled_row_is_a_report_whose_text_is_the_row(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "a.csv", table(ACLED, [CLASH])))
    assert (report.id, report.publisher, report.kind, report.form) == ("acled:SDN1", "ACLED", "ngo", "acled")
    assert report.published == report.updated == datetime.fromtimestamp(CHANGED, UTC)
    assert [line.split(": ")[0] for line in report.text.split("\n")] == ACLED
    assert values(report)["notes"] == CLASH["notes"]
    assert "sub_event_type: Armed clash" in report.text.split("\n")


@pytest.mark.parametrize("change", [str.upper, str.title, lambda name: f" {name}"])
def test_columns_are_known_in_any_case_and_order(tmp_path: Path, change: type[str]) -> None:
    columns = list(reversed(ACLED))
    text = "\ufeff" + table([change(name) for name in columns], [{change(k): v for k, v in CLASH.items()}])
    (report,) = reports(write(tmp_path, "a.csv", text))
    assert report.id == "acled:SDN1"
    assert values(report)[change("event_id_cnty").casefold()] == "SDN1"


def test_the_columns_of_before_2023_and_a_missing_timestamp_are_known(tmp_path: Path) -> None:
    columns = [name for name in OLD_ACLED if name != "timestamp"]
    (report,) = reports(write(tmp_path, "a.csv", table(columns, [{**CLASH, "data_id": "9", "iso3": "SDN"}])))
    assert (report.id, report.published, report.published_precision) == ("acled:SDN1", None, DatePrecision.UNKNOWN)
    assert report.updated is None


def test_a_row_that_comes_again_changed_is_a_later_version(tmp_path: Path) -> None:
    later = {**CLASH, "fatalities": "9", "timestamp": str(CHANGED + 86_400)}
    path = write(tmp_path, "a.csv", table(ACLED, [CLASH, later]))
    first, second = read_inputs([path], retrieved=NOW)
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert first.report.id == second.report.id
    assert second.report.updated is not None
    assert first.report.updated is not None
    assert second.report.updated > first.report.updated


def test_rows_that_cannot_be_read_are_told_and_the_others_kept(tmp_path: Path) -> None:
    text = table(ACLED, [{**CLASH, "event_id_cnty": ""}, CLASH]) + "a,b\n"
    path = write(tmp_path, "a.csv", text)
    assert reasons(path) == ["a row without 'event_id_cnty'", "2 cells where the header has 31"]
    assert [one.id for one in reports(path)] == ["acled:SDN1"]


def test_hashtags_beneath_the_header_are_no_row(tmp_path: Path) -> None:
    tags = {"event_id_cnty": "#event+code", "event_date": "#date +occurred", "latitude": "#geo+lat"}
    path = write(tmp_path, "a.csv", table(ACLED, [tags, CLASH]))
    assert [one.id for one in reports(path)] == ["acled:SDN1"]
    assert reasons(path) == []


def test_the_users_own_words_overrule_what_a_table_is_known_for(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", table(ACLED, [{**CLASH, "timestamp": ""}]))
    (item,) = mapped(path, constants={"publisher": "Our coders", "published": "2031-05-03"})
    assert isinstance(item, Taken)
    assert (item.report.publisher, item.report.form) == ("Our coders", "acled")
    assert item.report.published == datetime(2031, 5, 3, 12, tzinfo=UTC)


def test_a_map_that_names_the_text_makes_it_the_users_own_table(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", table(ACLED, [CLASH]))
    assert not [
        item
        for item in mapped(path, columns={"text": "notes"})
        if isinstance(item, Taken) and item.report.form == "acled"
    ]


# UCDP


@pytest.mark.parametrize("columns", GED, ids=len)
@pytest.mark.parametrize("header", [True, False], ids=["header", "headerless"])
def test_ged_rows_are_known_by_header_or_width(tmp_path: Path, columns: tuple[str, ...], header: bool) -> None:
    (report,) = reports(write(tmp_path, "a.csv", table(columns, [DEATHS], header=header)))
    assert (report.id, report.publisher, report.form) == ("ucdp:412001", "UCDP", "ucdp-ged")
    cells = values(report)
    assert (cells["low"], cells["best"], cells["high"]) == ("9", "10", "14")
    assert report.published is None


def test_a_table_of_that_width_with_other_cells_is_not_taken_for_one(tmp_path: Path) -> None:
    other = {**DEATHS, "latitude": "north"}
    (reason,) = reasons(write(tmp_path, "a.csv", table(GED[0], [other], header=False)))
    assert reason.startswith("no column 'text' among")


def test_a_later_release_of_a_row_is_a_version_since_it_was_taken_in(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", table(GED[0], [DEATHS, {**DEATHS, "best": "11"}]))
    items = list(read_inputs([path], retrieved=NOW))
    assert [isinstance(item, Taken) and item.versioned for item in items] == [True, True]


# Control by place and day


def test_a_place_has_a_report_where_a_status_changes_and_on_its_last_day(tmp_path: Path) -> None:
    lyman = days(
        LYMAN, ("20220224", "UA"), ("20220225", "UA"), ("20220226", "RU"), ("20220227", "RU"), ("20220228", "RU")
    )
    izium = days(IZIUM, ("20220224", "UA"), ("20220225", "UA"))
    rows = sorted([*lyman, *izium], key=lambda row: row["date"])
    found = reports(write(tmp_path, "a.csv", table(CONTROL, rows)))
    assert {one.id for one in found} == {
        *(f"viina-control:{LYMAN}:{day}" for day in (20220224, 20220226, 20220228)),
        *(f"viina-control:{IZIUM}:{day}" for day in (20220224, 20220225)),
    }
    first = next(one for one in found if one.id.endswith(f"{LYMAN}:20220226"))
    assert (first.publisher, first.form) == ("VIINA", "viina-control")
    assert first.published == datetime(2022, 2, 26, 12, tzinfo=UTC)
    assert values(first) == lyman[2]


def test_days_that_do_not_rise_are_refused(tmp_path: Path) -> None:
    rows = days(LYMAN, ("20220225", "UA"), ("20220224", "UA"))
    (reason,) = reasons(write(tmp_path, "a.csv", table(CONTROL, rows)))
    assert reason == f"the days of place '{LYMAN}' do not rise; sort the table by 'date'"


def test_the_first_version_has_a_column_a_day(tmp_path: Path) -> None:
    columns = ["geonameid", "asciiname", "ctr_20220226000000", "ctr_20220224000000", "ctr_20220225000000"]
    row = {"geonameid": LYMAN, "asciiname": "Lyman", columns[2]: "RU", columns[3]: "UA", columns[4]: "UA"}
    first, last = reports(write(tmp_path, "a.csv", table(columns, [row])))
    assert values(first) == {"geonameid": LYMAN, "asciiname": "Lyman", "ctr_20220224000000": "UA"}
    assert (last.id, values(last)["ctr_20220226000000"]) == (f"viina-control:{LYMAN}:20220226000000", "RU")


# Areas


def test_an_area_is_a_report_with_holder_day_and_shape(tmp_path: Path) -> None:
    text = collection(feature(area(), Name="Occupied", note=None), name="Assessed_Control")
    (report,) = areas(write(tmp_path, "deepstate_20241207.geojson", text), constants=MAKER)
    assert (report.publisher, report.kind, report.form) == ("Example Map", "ngo", "control-area")
    assert (report.title, report.published) == ("Assessed_Control / Occupied", datetime(2024, 12, 7, 12, tzinfo=UTC))
    cells = values(report)
    assert (cells["holder"], cells["day"], cells["properties.name"]) == ("Russia", "2024-12-07", "Occupied")
    assert json.loads(cells["geometry"]) == {"type": "MultiPolygon", "coordinates": [[SQUARE]]}


@pytest.mark.parametrize("document", [feature(area()), area(), {"type": "MultiPolygon", "coordinates": [[SQUARE]]}])
def test_a_single_feature_or_shape_is_a_map_too(tmp_path: Path, document: dict[str, object]) -> None:
    (report,) = areas(write(tmp_path, "m_2024-12-07.json", json.dumps(document)))
    assert values(report)["day"] == "2024-12-07"


def test_the_same_area_has_the_same_id_and_another_day_another(tmp_path: Path) -> None:
    names = ["a_20241207.geojson", "b_20241207.geojson", "b_20241208.geojson"]
    ids = [areas(write(tmp_path, name, json.dumps(area())))[0].id for name in names]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    ("properties", "day"),
    [({"date": "2024-12-05"}, "2024-12-05"), ({"Date": 1733356800000}, "2024-12-05"), ({"date": "soon"}, "2024-12-07")],
)
def test_the_day_is_the_areas_own_before_that_of_its_file(
    tmp_path: Path, properties: dict[str, object], day: str
) -> None:
    (report,) = areas(write(tmp_path, "m_20241207.geojson", json.dumps(feature(area(), **properties))))
    assert values(report)["day"] == day


def test_values_of_properties_tell_the_holder(tmp_path: Path) -> None:
    text = collection(
        feature(area(), status="Occupied"), feature(area(), status="liberated"), feature(area(), status="?")
    )
    path = write(tmp_path, "m.geojson", text)
    items = mapped(path, constants={"publisher": "M"}, holders={"occupied": "Russia", "Liberated": "Ukraine"})
    assert [values(one.report)["holder"] for one in items if isinstance(one, Taken)] == ["Russia", "Ukraine"]
    (skipped,) = [one for one in items if isinstance(one, Skipped)]
    assert skipped.origin.endswith("m.geojson[2]")
    assert "'holder' in [constants] of a column map" in skipped.reason


def test_a_map_by_nobody_is_skipped_with_what_to_give(tmp_path: Path) -> None:
    (reason,) = reasons(write(tmp_path, "m.geojson", json.dumps(feature(area(), holder="Russia"))))
    assert reason == "nobody's map: name its maker as 'publisher' in [constants] of a column map"


def _metres(lon: float, lat: float) -> list[float]:
    from math import asinh, radians, tan

    return [6378137.0 * radians(lon), 6378137.0 * asinh(tan(radians(lat)))]


@pytest.mark.parametrize(
    "members", [{}, {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}]
)
def test_metres_of_web_maps_become_degrees(tmp_path: Path, members: dict[str, object]) -> None:
    ring = [_metres(lon, lat) for lon, lat in SQUARE]
    (report,) = areas(write(tmp_path, "m.geojson", collection(feature(area(ring)), **members)))
    (((outer,),),) = [json.loads(values(report)["geometry"])["coordinates"]]
    assert [pytest.approx(point, abs=1e-6) for point in SQUARE] == outer


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Front</name><Folder>
<name>Claimed control</name><Placemark><name>North</name><TimeSpan><begin>2024-12-05</begin><end>2024-12-09</end>
</TimeSpan><ExtendedData><Data name="status"><value>occupied</value></Data></ExtendedData><MultiGeometry><Polygon>
<outerBoundaryIs><LinearRing><coordinates>36,47,0 40,47,0 40,50,0 36,50,0 36,47,0</coordinates></LinearRing>
</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>37,48 38,48 38,49 37,48</coordinates></LinearRing>
</innerBoundaryIs></Polygon></MultiGeometry></Placemark><Placemark><Point><coordinates>1,2</coordinates></Point>
</Placemark></Folder></Document></kml>"""


def test_kml_gives_areas_with_their_folders_and_span(tmp_path: Path) -> None:
    (report,) = areas(write(tmp_path, "m.kml", KML))
    cells = values(report)
    assert (cells["day"], cells["until"], cells["layer"]) == (
        "2024-12-05",
        "2024-12-09",
        "Front / Claimed control / North",
    )
    assert cells["properties.status"] == "occupied"
    (polygon,) = json.loads(cells["geometry"])["coordinates"]
    assert [len(ring) for ring in polygon] == [5, 4]


def test_kmz_is_kml_in_an_archive(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", KML)
    (report,) = areas(write(tmp_path, "m.kmz", packed.getvalue()))
    assert values(report)["holder"] == "Russia"


# Hostile maps


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (feature(area([[0, 0], [1, 1]])), "a ring of less than three points"),
        (feature(area([[0, 0], [1, 1], ["a", 0], [0, 0]])), "no point: ['a', 0]"),
        (feature(area([[0, 0], [1, 1e300], [1, 0], [0, 0]])), "no point: [1, 1e+300]"),
        (feature(area([[0, 0], [1, 1e8], [1, 0], [0, 0]])), "coordinates that lie nowhere: (1.0, 100000000.0)"),
        (feature({"type": "Point", "coordinates": [1, 2]}), "no area: 'Point'"),
        (feature({"type": "MultiPolygon", "coordinates": []}), "an area of no polygons"),
        ({"type": "Feature", "properties": None, "geometry": None}, "no geometry: None"),
        (
            {"type": "FeatureCollection", "features": [3], "crs": {"properties": {"name": "EPSG:32637"}}},
            "coordinates of the system 'EPSG:32637'; known are WGS 84 and EPSG:3857",
        ),
        ({"type": "FeatureCollection", "features": []}, "empty: a map without features"),
        (
            feature(area([[n / 2000, n % 7] for n in range(250_000)])),
            "too long: 250,001 vertices, the limit is 200,000",
        ),
    ],
    ids=range(10),
)
def test_shapes_that_are_none_are_told(tmp_path: Path, document: dict[str, object], reason: str) -> None:
    items = mapped(write(tmp_path, "m.geojson", json.dumps(document)))
    assert [item.reason for item in items if isinstance(item, Skipped)] == [reason]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<kml><Placemark>", "not KML: "),
        ("<kml><Placemark/></kml>", "KML without an area"),
        ('<!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>', "KML with a document type, which is not read"),
        (KML.replace("36,47,0", "a,b"), "coordinates that are no numbers: "),
    ],
)
def test_kml_that_cannot_be_read_is_told(tmp_path: Path, text: str, reason: str) -> None:
    (item,) = mapped(write(tmp_path, "m.kml", text))
    assert isinstance(item, Skipped)
    assert item.reason.startswith(reason)


def test_an_archive_that_is_no_kmz_is_told(tmp_path: Path) -> None:
    (item,) = mapped(write(tmp_path, "m.kmz", b"PK\x03\x04 and no more"))
    assert isinstance(item, Skipped)
    assert item.reason.startswith("no ZIP archive")


def test_a_column_map_holds_who_holds(tmp_path: Path) -> None:
    path = write(tmp_path, "m.toml", '[constants]\npublisher = "M"\n[holders]\noccupied = "Russia"\n')
    assert load_columns(path).holders == {"occupied": "Russia"}
    with pytest.raises(DataFileError, match=r"m\.toml:2: 'occupied' must be a non-empty string"):
        load_columns(write(tmp_path, "m.toml", "[holders]\noccupied = 3\n"))
