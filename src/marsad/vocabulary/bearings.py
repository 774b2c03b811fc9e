"""What a claim says of its agent's standing at a place, as data: the ground on which claims exclude each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("bearings.toml")
STANDINGS = frozenset({"holds", "lacks", "inside", "absent", "surrounds", "loose", "near", "away", "open", "closed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """The standing of an event's agent by an affirmed and by a denied claim, and of its target by an affirmed one.

    `more` where the type tells more than the standing, `moves` where it tells a movement.
    """

    affirmed: str
    denied: str
    target: str
    more: bool
    moves: bool

    @property
    def standings(self) -> tuple[str, str, str, bool]:
        """What types of one and the same thing share."""
        return self.affirmed, self.denied, self.target, self.more


@cache
def load_bearings(path: Path = SHIPPED) -> Mapping[str, Bearing]:
    """Load the bearings, by event type; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    bearings = {}
    for name in file.data:
        table = file.table(file.data, name)
        file.only(table, {"affirmed", "denied", "target", "more", "moves"}, name)
        for flag in ("more", "moves"):
            if not isinstance(table.get(flag, False), bool):
                file.fail(f"'{flag}' must be true or false", name, flag)
        bearings[name] = Bearing(
            affirmed=file.choice(table, "affirmed", STANDINGS, name),
            denied=file.choice(table, "denied", STANDINGS | {""}, name, default=""),
            target=file.choice(table, "target", STANDINGS | {""}, name, default=""),
            more=table.get("more", False),
            moves=table.get("moves", False),
        )
    return bearings
