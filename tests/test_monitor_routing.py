"""Routes asked of a monitor: whose traffic, which roads, which words, and how the commands tell it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import monitor_support as war
from marsad import MarsadError, Monitor
from marsad.cli import app
from marsad.errors import RoadsError
from marsad.records import RouteStatus
from marsad.roads import Network, Road, save_roads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Qarn lies between Bay and a crossroads in the south; a longer road leads past it in the east.
POINTS = {"bay": (39.0, 36.0), "qarn": (37.0, 35.0), "cross": (37.0, 34.0), "east": (39.5, 34.5)}


def roads() -> Network:
    numbers = {name: number for number, name in enumerate(POINTS)}

    def road(a: str, b: str, km: float, ref: str) -> Road:
        return Road(u=numbers[a], v=numbers[b], kind="primary", km=km, line=(POINTS[a], POINTS[b]), ref=ref)

    return Network(
        roads=(
            road("bay", "qarn", 215, "N1"),
            road("qarn", "cross", 112, "N1"),
            road("bay", "east", 175, "E2"),
            road("east", "cross", 240, "E2"),
        ),
        attribution="test roads",
    )


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "roads"
    folder.mkdir()
    monkeypatch.setenv("MARSAD_ROADS", str(folder))
    save_roads(roads(), folder / "ours.roads.parquet")
    return war.filled(tmp_path)


class Held(Monitor):
    """A monitor whose places are those of its claims and of these roads: no gazetteer is asked."""

    def _places(self) -> Any:
        return Places()


class Places:
    def find(self, name: str, **_: object) -> list[Any]:
        return []

    def settlements(self, *_: object, **__: object) -> list[Any]:
        return []


@pytest.fixture
def monitor(path: Path) -> Iterator[Monitor]:
    with Held.open(path) as held:
        yield held


def used(view: Any) -> set[str]:
    return {leg.road for leg in view.way.legs} if view.way else set()


def views(answer: Any) -> dict[str, Any]:
    return {view.according_to: view for view in answer.views}


def test_the_holder_of_the_start_is_whose_traffic_is_meant(monitor: Monitor) -> None:
    assert monitor.route("Qarn", "Bay", as_of=war.at(8)).traffic == "rebels"
    assert monitor.route("Bay", "Qarn", as_of=war.at(8), traffic="the army").traffic == "government"
    assert monitor.route("Bay", "Qarn", as_of=war.at(8), traffic="nobody").traffic is None
    car, truck = (monitor.route("Bay", "Qarn", traffic="nobody", vehicle=one).free for one in ("car", "truck"))
    assert car is not None
    assert truck is not None
    assert truck.minutes == pytest.approx(1.4 * car.minutes)
    with pytest.raises(RoadsError, match="'martians' is no side of this war; known: government, rebels, nobody"):
        monitor.route("Bay", "Qarn", traffic="martians")


def test_each_account_closes_what_it_says_is_lost(monitor: Monitor) -> None:
    found = views(monitor.route("Bay", "Qarn", as_of=war.at(8), traffic="government"))
    assert found["rebels"].way is None
    (closing,) = found["rebels"].closing
    assert (closing.place.name, closing.why, closing.claims) == ("Qarn", "held by Northern Front", ("c-taken",))


def test_what_is_supposed_counts_for_every_account(monitor: Monitor) -> None:
    answer = monitor.route("Bay", "Qarn", traffic="government", as_of=war.at(8), suppose={"Qarn": "the army"})
    assert all(view.way for view in answer.views)


def test_a_day_before_any_word_is_unknown(monitor: Monitor) -> None:
    answer = monitor.route("Bay", "Qarn", traffic="government", on=date(2020, 1, 1))
    assert {view.way.status for view in answer.views if view.way} == {RouteStatus.UNKNOWN}


@pytest.mark.parametrize(
    ("places", "options", "reason"),
    [
        (("Bay", "Atlantis"), {}, "no place 'Atlantis' is known"),
        (("Bay", "Qarn"), {"roads": "elsewhere"}, "no roads 'elsewhere'; known by name: ours"),
        (("Bay", "Qarn"), {"radius": 0.0}, "the radius must be more than 0"),
        (("Bay", "Qarn"), {"radius": 500.0}, "at most 25 km"),
        (("Bay", "Qarn"), {"kinds": ["motorway"]}, "no roads of these classes"),
    ],
)
def test_what_cannot_be_answered_is_told(
    monitor: Monitor, places: tuple[str, str], options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(MarsadError, match=reason):
        monitor.route(*places, **options)


def test_an_empty_monitor_needs_a_day(tmp_path: Path) -> None:
    with Held.open(tmp_path / "empty.marsad") as held, pytest.raises(RoadsError, match="no place 'Bay'"):
        held.route("Bay", "Qarn")


def test_towns_that_are_cut_off_are_told(monitor: Monitor) -> None:
    (qarn,) = monitor.access(["Bay"], ["Qarn"], as_of=war.at(8), traffic="government")
    assert (qarn.nearest, qarn.minutes) == (None, None)
    assert qarn.free_minutes is not None
    (qarn,) = monitor.access(["Bay"], ["Qarn"], as_of=war.at(8), traffic="rebels")
    assert (qarn.nearest, qarn.minutes) == ("Bay", qarn.free_minutes)


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


COMMAND = ("--for", "government", "--as-of", "2021-03-01T16:00+03:00", "--roads", "ours", "--monitor")


@pytest.mark.slow
def test_the_command_says_whose_word_closes_the_way(path: Path) -> None:
    told = run("route", "Bay", "Qarn", *COMMAND, str(path))
    assert "If nothing were closed: 215 km, 2 h 41 min by N1" in told
    assert "By the account of rebels: no way" in told
    assert "closed: Qarn, held by Northern Front since 2021-03-01, says rebels" in told
    assert "Roads: test roads" in told


@pytest.mark.slow
def test_the_command_gives_lines_for_maps_and_rows_for_programs(path: Path) -> None:
    found = json.loads(run("route", "Bay", "Qarn", *COMMAND, str(path), "--format", "geojson"))
    assert found["type"] == "FeatureCollection"
    assert found["attribution"] == "test roads"
    assert all(one["geometry"]["type"] == "LineString" for one in found["features"])
    rows = [
        json.loads(line) for line in run("route", "Bay", "Qarn", *COMMAND, str(path), "--format", "jsonl").splitlines()
    ]
    assert {row["according_to"]: row["status"] for row in rows}["rebels"] == "closed"
    assert "cut off" in run("access", "Qarn", "--from", "Bay", *COMMAND, str(path))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("route", "Bay", "Qarn", "--if", "Qarn fell"), "PLACE held by ACTOR"),
        (("route", "Bay", "Qarn", "--avoid", "rain"), "only 'border' can be avoided"),
        (("route", "Bay", "Qarn", "--classes", "canal"), "'canal' is none of motorway"),
    ],
)
def test_wrong_use_is_told(path: Path, words: tuple[str, ...], reason: str) -> None:
    result = CliRunner().invoke(app, [*words, "--monitor", str(path)])
    assert result.exit_code == 2
    assert reason in " ".join(result.output.replace("│", " ").split())


@pytest.mark.slow
def test_roads_are_added_and_listed(path: Path, tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text(
        '{"attribution": "somebody"}\n'
        '{"u": 0, "v": 1, "class": "trunk", "km": 150, "geom": [[35.5, 33.89], [36.29, 33.51]]}\n'
    )
    assert "levant: 1 roads, 150 km, 1 of them over a border (somebody)" in run(
        "roads", "add", str(lines), "--name", "levant"
    )
    assert "levant" in run("roads", "list")
