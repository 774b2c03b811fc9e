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
class RoadAssumptions:
    """What is assumed of roads: distances in kilometres, `speeds` by class of road in kilometres an hour."""

    radius: float
    farthest: float
    border_minutes: float
    town_people: int
    speeds: Mapping[str, float]


@cache
def load_roads(path: Path = SHIPPED) -> RoadAssumptions:
    """Load the assumptions; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, frozenset({*_NUMBERS, "speeds"}))
    numbers = {name: _positive(file, file.data, name) for name in _NUMBERS}
    if numbers["farthest"] < numbers["radius"]:
        file.fail("'farthest' must not be less than 'radius'", "farthest")
    speeds = file.table(file.data, "speeds")
    if not speeds:
        file.fail("'speeds' must name at least one class of road")
    return RoadAssumptions(
        radius=numbers["radius"],
        farthest=numbers["farthest"],
        border_minutes=numbers["border_minutes"],
        town_people=int(numbers["town_people"]),
        speeds={name: _positive(file, speeds, name, "speeds") for name in speeds},
    )


def _positive(file: DataFile, table: Mapping[str, object], key: str, *keys: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e7:
        file.fail(f"'{key}' must be a positive number", *keys, key)
    return float(value)
