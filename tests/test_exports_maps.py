"""Maps: GeoJSON, GeoParquet and KML, read back by the programs that people open them with."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from fastkml import kml
from fastkml.validator import get_schema_parser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from maps_support import hard, told, written
from marsad import Count, Monitor, Passage, Place, RouteState, RouteStatus
from marsad.exports.marks import span
from marsad.exports.xmlwords import element, xml_text
from marsad.roads import Network, Road, Search, drawn
from marsad.vocabulary import load_roads
from monitor_support import QARN, at, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastkml.features import Placemark

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with Monitor.open(hard(tmp_path)) as held:
        yield held


def features(monitor: Monitor, **more: Any) -> list[dict[str, Any]]:
    return list(json.loads(written(monitor, "geojson", **more))["features"])


def of_kind(monitor: Monitor, kind: str, **more: Any) -> list[dict[str, Any]]:
    return [one for one in features(monitor, **more) if one["properties"]["kind"] == kind]


# GeoJSON


def test_geojson_opens_in_geopandas_with_every_feature(monitor: Monitor) -> None:
    found = geopandas.read_file(io.BytesIO(written(monitor, "geojson")))
    assert found.crs.to_epsg() == 4326
    assert len(found) == len(features(monitor)) > 0
    assert {(point.x, point.y) for point in found.geometry} <= {(37.0, 35.0), (39.0, 36.0)}
    assert all(found.geometry.is_valid)


def test_geojson_says_what_it_is_of_and_names_no_crs(monitor: Monitor) -> None:
    whole = json.loads(written(monitor, "geojson", licence="CC BY 4.0", as_of=at(50)))
    assert (whole["about"]["policy"], whole["about"]["licence"]) == ("internal 1", "CC BY 4.0")
    assert whole["about"]["as_of"] == "2021-03-03T08:00:00+00:00"
    assert set(whole) == {"type", "about", "features"}


def test_each_spell_of_control_has_its_account_its_days_and_the_words(monitor: Monitor) -> None:
    states = [state for state in monitor.control() if state.place.lat is not None]
    found = of_kind(monitor, "control")
    assert [(one["properties"]["claimants"], one["properties"]["status"]) for one in found] == [
        ([state.according_to], state.status.value) for state in states
    ]
    assert [one["properties"]["claims"] for one in found] == [list(state.claims) for state in states]
    for one in found:
        assert [words["claim"] for words in one["properties"]["words"]] == one["properties"]["claims"]
        assert one["properties"]["policy"] == "internal 1"


def test_the_last_day_of_a_spell_is_the_one_before_the_next(monitor: Monitor) -> None:
    ended = {state.claims: state.end for state in monitor.control() if state.end and state.place.lat is not None}
    found = {tuple(one["properties"]["claims"]): one["properties"] for one in of_kind(monitor, "control")}
    assert ended
    for claims, end in ended.items():
        before = date.fromisoformat(found[claims]["end"]) + timedelta(days=1)
        assert before == end or found[claims]["start"] == found[claims]["end"] == str(end)


def test_both_sides_of_an_event_stand_in_its_feature(monitor: Monitor) -> None:
    (one,) = [
        one["properties"] for one in of_kind(monitor, "event", as_of=at(6)) if one["properties"]["event"] == "capture"
    ]
    assert (one["status"], one["claimants"], one["claimants_against"]) == ("disputed", ["rebels"], ["government"])
    assert {words["claim"]: words["stance"] for words in one["words"]} == {"c-taken": "asserts", "c-denied": "denies"}
    assert "The army denied that rebels had taken Qarn." in [words["words"] for words in one["words"]]


def test_numbers_are_ranges_and_an_open_bound_stays_unknown(monitor: Monitor) -> None:
    dead = [one["properties"] for one in of_kind(monitor, "event") if one["properties"]["event"] == "casualties"]
    found = sorted((one["killed_min"], one["killed_max"]) for one in dead)
    assert found in ([(12, None)], [(12, 12), (20, None)])
    assert all(one["wounded_min"] is None for one in dead)


@given(st.lists(st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(0, 99)), min_size=1))
def test_a_range_holds_every_number_that_is_told(bounds: list[tuple[int | None, int | None]]) -> None:
    found = span([Count(low, high) for low, high in bounds])
    assert found is not None
    for low, high in bounds:
        assert found.low is None or (low is not None and found.low <= low)
        assert found.high is None or (high is not None and found.high >= high)


def test_nothing_told_is_no_number() -> None:
    assert span([None, None]) is None


def test_what_has_no_point_is_counted_and_named(monitor: Monitor) -> None:
    missed: dict[str, str] = {}
    _, done = told(monitor, "geojson", left_out=missed.__setitem__)
    assert set(done.left_out) == {"no point is known of its place", "no place is named"}
    names = {one.id: one.event for one in monitor.propositions()}
    assert {names[one] for one, why in missed.items() if why == "no place is named"} == {"clash"}


def test_ids_are_told_apart_and_stay_when_more_is_known(monitor: Monitor) -> None:
    early, late = [{one["id"] for one in features(monitor, as_of=when)} for when in (at(6), None)]
    assert len(late) == len(features(monitor))
    assert early & late
    assert written(monitor, "geojson") == written(monitor, "geojson")


def test_a_choice_keeps_only_what_its_claims_tell(monitor: Monitor) -> None:
    from marsad import Choice

    found = features(monitor, choice=Choice(place="Bay"))
    assert {one["properties"]["place"] for one in found} == {"Bay"}


# GeoParquet


def test_geoparquet_opens_in_geopandas_and_has_the_same_marks_as_geojson(monitor: Monitor) -> None:
    found = geopandas.read_parquet(io.BytesIO(written(monitor, "geoparquet")))
    assert found.crs == "OGC:CRS84"
    same = features(monitor)
    assert list(found["id"]) == [one["id"] for one in same]
    assert [(point.x, point.y) for point in found.geometry] == [tuple(one["geometry"]["coordinates"]) for one in same]
    assert list(found["headline"]) == [one["properties"]["headline"] for one in same]
    assert [[one["words"] for one in row] for row in found["words"]] == [
        [words["words"] for words in one["properties"]["words"]] for one in same
    ]


def test_the_metadata_of_geoparquet_is_that_of_version_1_1(monitor: Monitor) -> None:
    file = pq.ParquetFile(io.BytesIO(written(monitor, "geoparquet", licence="CC0")))
    geo = json.loads(file.metadata.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert column["bbox"] == [37.0, 35.0, 39.0, 36.0]
    assert "crs" not in column  # and so it is longitude and latitude
    about = json.loads(file.metadata.metadata[b"marsad"])
    assert (about["policy"], about["licence"]) == ("internal 1", "CC0")


def test_an_empty_map_is_a_map(tmp_path: Path) -> None:
    with Monitor.open(tmp_path / "new.marsad") as empty:
        found = geopandas.read_parquet(io.BytesIO(written(empty, "geoparquet")))
        assert len(found) == 0
        assert json.loads(written(empty, "geojson"))["features"] == []
        validated(written(empty, "kml"))


# KML


def validated(data: bytes) -> etree._Element:
    """Check a document against the schema of OGC KML 2.2, and return its root."""
    root = etree.fromstring(data)
    get_schema_parser().assertValid(root)
    return root


def test_kml_is_valid_and_opens_with_a_folder_for_each_account(monitor: Monitor) -> None:
    data = written(monitor, "kml")
    validated(data)
    (document,) = kml.KML.from_string(data).features
    folders = {folder.name: folder.features for folder in document.features}
    accounts = {state.according_to for state in monitor.control() if state.place.lat is not None}
    assert set(folders) == {f"Control by {account}" for account in accounts} | {"Events"}
    assert list(folders)[-1] == "Events"
    assert all(folders.values())


def test_a_spell_has_its_days_its_style_and_its_claims(monitor: Monitor) -> None:
    (document,) = kml.KML.from_string(written(monitor, "kml", as_of=at(50))).features
    styles = {style.id for style in document.styles}
    marks: list[Placemark] = [mark for folder in document.features for mark in folder.features]
    for mark in marks:
        assert mark.style_url.url.removeprefix("#") in styles
        data = {one.name: one.value for one in mark.extended_data.elements}
        assert data["policy"] == "internal 1"
        assert data["claims"]
        if data.get("start"):
            assert str(mark.times.begin) == data["start"]
        if data.get("end"):
            assert str(mark.times.end) == data["end"]
    about = {one.name: one.value for one in document.extended_data.elements}
    assert (about["policy"], about["as_of"]) == ("internal 1", "2021-03-03T08:00:00+00:00")


def test_words_of_strangers_do_not_become_markup(monitor: Monitor) -> None:
    root = validated(written(monitor, "kml"))
    balloons = [one.text for one in root.iter(f"{KML}description")]
    assert any("&lt;b&gt;اليوم&lt;/b&gt; &amp;" in balloon for balloon in balloons)
    assert not any("<b>" in balloon for balloon in balloons)


@given(st.text())
def test_any_text_can_stand_in_xml(text: str) -> None:
    assert etree.fromstring(etree.tostring(element("a", text=text, b=text))).tag == "a"
    assert len(xml_text(text)) == len(text)


def test_gdal_reads_every_layer_of_kml(monitor: Monitor, tmp_path: Path) -> None:
    path = tmp_path / "war.kml"
    monitor.export("kml", path, policy="internal")
    layers = [name for name, _ in pyogrio.list_layers(path)]
    count = sum(len(pyogrio.read_dataframe(path, layer=name)) for name in layers)
    assert count == len(list(etree.parse(path).iter(f"{KML}Placemark")))


# Roads


def word(place: Place) -> RouteState:
    return RouteState(
        place=place, status=RouteStatus.CLOSED, why="cut", agent=None, according_to="Northern Front", side="rebels",
        start=None, end=None, last_heard=at(1), claims=("c",),
    )  # fmt: skip


def test_a_word_on_roads_is_drawn_along_the_roads_of_the_place_alone() -> None:
    near = Road(u=0, v=1, kind="primary", km=2.0, line=((37.0, 35.0), (37.02, 35.0)))
    far = Road(u=1, v=2, kind="primary", km=90.0, line=((37.02, 35.0), (38.0, 35.0)))
    away = Road(u=2, v=3, kind="primary", km=9.0, line=((38.0, 35.0), (38.1, 35.0)))
    network = Network(roads=(near, far, away), attribution="ours")
    assumed = load_roads()
    search = Search(network, assumed, network.kept(), assumed.vehicles["car"])
    (found,) = drawn([word(QARN)], [search], 1.0, lambda _: None)
    assert (found.lines, found.attribution) == ((near.line,), "ours")
    elsewhere = Place(name="Elsewhere", lat=10.0, lon=10.0)
    (alone,) = drawn([word(elsewhere)], [search], 1.0, lambda _: None)
    assert (alone.lines, alone.attribution, alone.state) == ((), "", word(elsewhere))


def test_words_on_roads_are_lines_where_there_are_roads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.roads import save_roads

    monkeypatch.setenv("MARSAD_ROADS", str(tmp_path / "roads"))
    (tmp_path / "roads").mkdir()
    road = Road(u=0, v=1, kind="primary", km=2.0, line=((37.0000004, 35.0), (37.02, 35.0)))
    save_roads(Network(roads=(road,), attribution="ours"), tmp_path / "roads" / "own.roads.parquet")
    with opened(tmp_path) as held:
        cut(held, tmp_path)
        (one,) = of_kind(held, "road")
        assert one["geometry"] == {"type": "MultiLineString", "coordinates": [[[37.0, 35.0], [37.02, 35.0]]]}
        assert (one["properties"]["status"], one["properties"]["attribution"]) == ("closed", "ours")
        both = geopandas.read_parquet(io.BytesIO(written(held, "geoparquet")))
        assert set(both.geom_type) == {"Point", "MultiLineString"}
        assert both[both["kind"] == "road"].geometry.iloc[0].equals(shapely.from_geojson(json.dumps(one["geometry"])))


def cut(held: Monitor, folder: Path) -> None:
    """Add a report that somebody cut the road at Qarn."""
    import hashlib

    from marsad import Report
    from marsad.reading import EXTRACTOR
    from marsad.store import Store, theatre_digest
    from monitor_support import START, THEATRE, claim

    text = "The rebels cut the road at Qarn."
    report = Report(
        id="r9", publisher="Wire One", kind="wire", title="", text=text, published=at(2),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    made = claim("c", "r1", "have taken Qarn", "cut_route", "narrator", agent="Northern Front")
    fields = {name: getattr(made, name) for name in made.__slots__}
    one = type(made)(**{**fields, "id": "c-cut", "report": "r9", "anchor": Passage(report="r9", start=11, end=14)})
    with Store.open(folder / "war.marsad") as store:
        store.add(report, [one], extractor=EXTRACTOR, theatre=theatre_digest(THEATRE), learnt=START, origin="r9")
