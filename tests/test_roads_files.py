"""Road networks from files of others, and in our own."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import osmium
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from marsad.demo import demo_roads
from marsad.errors import RoadsError
from marsad.roads import add_roads, load_roads_file, open_roads, read_roads, road_files, save_roads
from marsad.roads.importing.contracting import contracted, with_borders
from roads_support import DIAMOND, STEP, diamond, network, road, search
from test_roads_search import PAIRS, made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_ROADS", str(tmp_path / "kept"))


def test_a_road_file_gives_back_what_was_saved(tmp_path: Path) -> None:
    kept = replace(diamond(border=("XA", "XB"), bridge=True, status="closed"), licence="CC0", made="today")
    save_roads(kept, tmp_path / "a.parquet")
    found = load_roads_file(tmp_path / "a.parquet")
    assert tuple(found.roads) == tuple(kept.roads)
    assert (found.attribution, found.licence, found.made) == ("test roads", "CC0", "today")


def test_a_road_file_is_geoparquet_that_maps_open(tmp_path: Path) -> None:
    save_roads(diamond(), tmp_path / "a.parquet")
    about = json.loads(pq.read_schema(tmp_path / "a.parquet").metadata[b"geo"])
    assert (about["version"], about["primary_column"]) == ("1.1.0", "geometry")
    assert about["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["LineString"]}


@pytest.mark.parametrize("content", [b"", b"PAR1 nonsense", b"{}"])
def test_what_is_no_road_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(RoadsError, match=r"a\.parquet: not a road file"):
        load_roads_file(path)


def test_a_cut_off_road_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    save_roads(diamond(), path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(RoadsError, match="not a road file"):
        load_roads_file(path)


def test_roads_are_kept_under_a_name(tmp_path: Path) -> None:
    added = add_roads(demo_roads(), "corridors")
    assert list(road_files()) == ["corridors"]
    assert tuple(open_roads("corridors").roads) == tuple(added.roads)
    with pytest.raises(RoadsError, match="no roads 'other'; known by name: corridors"):
        open_roads("other")
    with pytest.raises(RoadsError, match="cannot name roads"):
        add_roads(demo_roads(), "../other")


LINES = [
    {"attribution": "somebody", "licence": "CC0"},
    {"u": 0, "v": 1, "class": "trunk", "ref": "M5", "km": 1.5, "geom": [[36.0, 34.0], [36.01, 34.0]], "oneway": True},
]


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines_are_read(tmp_path: Path, packed: bool) -> None:
    data = "\n".join(map(json.dumps, LINES)).encode()
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    found = read_roads(path)
    (only,) = found.roads
    assert (only.kind, only.ref, only.km, only.one_way) == ("trunk", "M5", 1.5, True)
    assert (found.attribution, found.licence) == ("somebody", "CC0")


@pytest.mark.parametrize(
    "wrong",
    [
        {"u": 0, "v": 1, "class": "trunk", "km": 1.5, "geom": [[36.0, 34.0]]},
        {"u": 0, "v": 1, "class": "trunk", "km": -1, "geom": [[36.0, 34.0], [37.0, 34.0]]},
        {"u": -1, "v": 1, "class": "trunk", "km": 1, "geom": [[36.0, 34.0], [37.0, 34.0]]},
        {"u": 0, "v": 10**12, "class": "trunk", "km": 1, "geom": [[36.0, 34.0], [37.0, 34.0]]},
        {"u": 0, "v": 1, "class": "trunk", "km": 1, "geom": [[336.0, 34.0], [37.0, 34.0]]},
        {"u": 0, "v": 1, "class": "trunk", "km": 1, "geom": [[36.0, 34.0], [37.0, 34.0]], "status": "shut"},
        {"u": 0, "v": 1, "km": 1, "geom": [[36.0, 34.0], [37.0, 34.0]]},
        "text",
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, wrong: object) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, [*LINES, wrong])))
    with pytest.raises(RoadsError, match=r"a\.jsonl:3: not a stretch of road"):
        read_roads(path)


def test_a_broken_gzip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(LINES[1]).encode() * 1000)[:-20])
    with pytest.raises(RoadsError, match="not a stretch of road"):
        read_roads(path)


def extract(path: Path) -> None:
    """Write an extract: a main road of three nodes, a lane that joins it in the middle, a motorway, a footpath."""
    with osmium.SimpleWriter(path) as writer:
        for number, (lon, lat) in enumerate([(0, 0), (1, 0), (2, 0), (1, 1), (2, 1)], start=1):
            tags = {"barrier": "border_control"} if number == 3 else {}
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon * STEP, lat * STEP), tags=tags))
        ways = [
            ([1, 2, 3], {"highway": "primary", "ref": "7", "name": "Main"}),
            ([2, 4], {"highway": "primary_link"}),
            ([4, 5], {"highway": "motorway"}),
            ([5, 3], {"highway": "tertiary", "oneway": "-1"}),
            ([1, 4], {"highway": "footway"}),
            ([1, 5], {"highway": "primary", "access": "private"}),
            ([5, 99], {"highway": "primary"}),
        ]
        for number, (nodes, tags) in enumerate(ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))


def test_an_extract_is_cut_at_junctions(tmp_path: Path) -> None:
    path = tmp_path / "a.osm.pbf"
    extract(path)
    found = {(one.ref or one.kind, round(one.km), one.one_way, one.border) for one in read_roads(path).roads}
    assert found == {
        ("7", 10, False, None),
        ("7", 10, False, ("?", "?")),
        ("primary", 10, False, None),
        ("motorway", 10, True, None),
        ("tertiary", 10, True, ("?", "?")),
    }
    assert "OpenStreetMap" in read_roads(path).attribution


def test_a_file_that_is_no_extract_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.osm.pbf"
    path.write_bytes(b"nonsense")
    with pytest.raises(RoadsError, match="not an extract of OpenStreetMap"):
        read_roads(path)


def feature(geometry: dict[str, object], **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def line(*points: tuple[float, float]) -> dict[str, object]:
    return {"type": "LineString", "coordinates": [[x * STEP, y * STEP] for x, y in points]}


def test_transport_data_keep_the_status_that_they_tell(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    features = [
        feature(line((0, 0), (1, 0)), FClass=2, RteNme="N1", OpStatus=3),
        feature(line((1, 0), (2, 0)), fclass="2", rtenme="N1", opstatus=1),
        feature({"type": "MultiLineString", "coordinates": [line((2, 0), (2, 1))["coordinates"]]}, FClass=6),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read_roads(path)
    assert [(one.kind, one.ref, one.status, round(one.km)) for one in found.roads] == [
        ("primary", "N1", "closed", 10),
        ("primary", "N1", "open", 10),
        ("track", "", None, 10),
    ]
    assert search(found).way(0, 3) is not None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": []}', '{"features": [{"geometry": {}}]}', "[" * 9999])
def test_what_is_no_transport_data_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text)
    with pytest.raises(RoadsError, match=r"a\.geojson"):
        read_roads(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.shp").write_bytes(b"")
    with pytest.raises(RoadsError, match="not a format of roads that is read"):
        read_roads(tmp_path / "a.shp")
    with pytest.raises(RoadsError, match="no such file"):
        read_roads(tmp_path / "b.jsonl")


def test_points_where_nothing_branches_off_are_no_junctions() -> None:
    ends = {0: (0.0, 0.0), 1: (1.0, 0.0), 2: (2.0, 0.0), 3: (3.0, 0.0), 4: (2.0, 1.0)}
    of = network(ends, road(0, 1, ends), road(2, 1, ends), road(2, 3, ends), road(2, 4, ends))
    assert sorted(round(one.km) for one in contracted(of).roads) == [10, 10, 20]
    unlike = network(ends, road(0, 1, ends, ref="A"), road(1, 2, ends, ref="B"))
    assert len(contracted(unlike).roads) == 2


@given(PAIRS)
def test_contracting_keeps_every_way_between_places_that_remain(pairs: list[tuple[int, int, bool]]) -> None:
    before = made(pairs)
    after = contracted(before)
    where = {tuple(point): number for number, point in enumerate(after.points.tolist())}
    kept = [number for number, point in enumerate(before.points.tolist()) if tuple(point) in where]
    one, other = search(before), search(after)
    for start in kept:
        for end in kept:
            first = one.way(start, end)
            second = other.way(where[tuple(before.points[start].tolist())], where[tuple(before.points[end].tolist())])
            assert (first is None) == (second is None)
            assert first is None or second is None or first.km == pytest.approx(second.km)


def test_roads_between_two_countries_cross_a_border() -> None:
    found = with_borders(diamond(), lambda points: ["XA" if lon < 1.5 * STEP else "XB" for lon, _ in points])
    assert [one.border for one in found.roads] == [("XA", "XB"), None, ("XA", "XB"), None]
    assert {one.border for one in with_borders(diamond(), lambda points: [""] * len(points)).roads} == {None}
    assert DIAMOND
