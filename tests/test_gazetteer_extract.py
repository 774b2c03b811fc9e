"""Extracts of OpenStreetMap, written and read by the real library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
import pytest

from marsad.errors import GazetteerError
from marsad.gazetteer import Context, Gazetteer, add_places
from marsad.gazetteer.build import write

if TYPE_CHECKING:
    from pathlib import Path

SYRIA = Context(countries=("SY",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty gazetteer."""
    path = tmp_path / "gazetteer.sqlite"
    write(path, [])
    return path


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "small.osm.pbf"
    writer = osmium.SimpleWriter(str(path))
    village = {"place": "village", "name": "قمحانة", "name:en": "Qamhana", "population": "about 300"}
    for number, point, tags in (
        (1, (36.733, 35.2), village),
        (2, (36.9, 35.3), {"place": "town", "name:en": "Nameless"}),
        (3, (36.8, 35.4), {"highway": "traffic_signals", "name": "no place"}),
        (4, (36.7, 35.5), {"place": "farm", "name": "left out"}),
    ):
        writer.add_node(osmium.osm.mutable.Node(id=number, location=point, tags=tags))
    writer.close()
    return path


def test_places_of_an_extract_are_found_by_all_their_names(path: Path, extract: Path) -> None:
    (told,) = add_places([extract], path=path, country="SY")
    assert (told.added, told.merged) == (1, 0)
    assert len(told.bad) == 1  # the town without a name
    with Gazetteer.open(path) as gazetteer:
        for name in ("Qamhana", "قمحانة"):
            match = gazetteer.resolve(name, SYRIA)
            assert match is not None
            assert (match.entry.lat, match.entry.lon) == (pytest.approx(35.2), pytest.approx(36.733))


def test_an_extract_added_again_changes_nothing(path: Path, extract: Path) -> None:
    add_places([extract], path=path, country="SY")
    (again,) = add_places([extract], path=path, country="SY")
    assert (again.added, again.merged, again.known) == (0, 0, 1)


def test_a_damaged_extract_is_refused_and_leaves_the_gazetteer_as_it_was(path: Path, extract: Path) -> None:
    whole = path.read_bytes()
    extract.write_bytes(extract.read_bytes()[:-20])
    with pytest.raises(GazetteerError, match=r"cannot read .*small\.osm\.pbf"):
        add_places([extract], path=path)
    assert path.read_bytes() == whole
