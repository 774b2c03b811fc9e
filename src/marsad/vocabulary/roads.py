"""What is assumed of roads, as data; users can load their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("roads.toml")
_NUMBERS = ("radius", "farthest", "border_minutes", "town_people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A kind of vehicle: how many `times` the minutes of a car it takes, and classes of road that it cannot use."""

    name: str
    times: float
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadAssumptions:
    """What is assumed of roads: distances in kilometres, `speeds` by class of road in kilometres an hour.

    The first of `vehicles` is the usual one.
    """

    radius: float
    farthest: float
    border_minutes: float
    town_people: int
    speeds: Mapping[str, float]
    vehicles: Mapping[str, Vehicle]


@cache
def load_roads(path: Path = SHIPPED) -> RoadAssumptions:
    """Load the assumptions; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, frozenset({*_NUMBERS, "speeds", "vehicles"}))
    numbers = {name: _positive(file, file.data, name) for name in _NUMBERS}
    if numbers["farthest"] < numbers["radius"]:
        file.fail("'farthest' must not be less than 'radius'", "farthest")
    speeds = file.table(file.data, "speeds")
    if not speeds:
        file.fail("'speeds' must name at least one class of road")
    vehicles = file.table(file.data, "vehicles")
    if not vehicles:
        file.fail("'vehicles' must name at least one")
    return RoadAssumptions(
        radius=numbers["radius"],
        farthest=numbers["farthest"],
        border_minutes=numbers["border_minutes"],
        town_people=int(numbers["town_people"]),
        speeds={name: _positive(file, speeds, name, "speeds") for name in speeds},
        vehicles={name: _vehicle(file, vehicles, name, speeds) for name in vehicles},
    )


def _vehicle(file: DataFile, vehicles: Mapping[str, object], name: str, speeds: Mapping[str, object]) -> Vehicle:
    table = file.table(vehicles, name, "vehicles")
    file.only(table, frozenset({"times", "without"}), "vehicles", name)
    without = file.texts(table, "without", "vehicles", name)
    if unknown := next((kind for kind in without if kind not in speeds), None):
        file.fail(f"'{unknown}' is no class of road with a speed", "vehicles", name, "without")
    return Vehicle(name=name, times=_positive(file, table, "times", "vehicles", name), without=without)


def _positive(file: DataFile, table: Mapping[str, object], key: str, *keys: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e7:
        file.fail(f"'{key}' must be a positive number", *keys, key)
    return float(value)
