"""Event types: the ontology of what a claim can be about, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("events.toml")
CONTROL_EFFECTS = frozenset(
    {"near", "contests", "holds", "leaves", "surrounds", "contested", "route_closed", "route_open", "none"}
)
_FAMILIES = frozenset({"territory", "routes", "violence", "other"})
_KEYS = frozenset({"what", "family", "control", "harms", "acled", "plover"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One event type; `acled` and `plover` are empty where the scheme has no such event."""

    name: str
    what: str
    family: str
    control: str
    harms: str
    acled: str
    plover: str


@cache
def load_events(path: Path = SHIPPED) -> Mapping[str, EventType]:
    """Load an ontology file, by type name; raise DataFileError with line and reason where it is wrong."""
    file = DataFile(path)
    if not file.data:
        file.fail("no event types")
    types = {}
    for name in file.data:
        table = file.table(file.data, name)
        file.only(table, _KEYS, name)
        types[name] = EventType(
            name=name,
            what=file.text(table, "what", name),
            family=file.choice(table, "family", _FAMILIES, name),
            control=file.choice(table, "control", CONTROL_EFFECTS, name),
            harms=file.choice(table, "harms", {"agent", "target", "none"}, name),
            acled=file.text(table, "acled", name, default=""),
            plover=file.text(table, "plover", name, default=""),
        )
    return types
