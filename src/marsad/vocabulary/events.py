"""Event types: the ontology of what a claim can be about, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SHIPPED = Path(__file__).with_name("events.toml")
CONTROL_EFFECTS = frozenset(
    {"near", "contests", "holds", "leaves", "surrounds", "contested", "route_closed", "route_open", "none"}
)
_FAMILIES = frozenset({"territory", "routes", "violence", "other"})
TRAITS = frozenset({"armed", "elsewhere", "moves", "mutual", "near", "whole"})
_KEYS = frozenset({"what", "family", "control", "harms", "traits", "acled", "plover"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One event type; `traits` are of TRAITS, `acled` and `plover` empty where the scheme has no such event."""

    name: str
    what: str
    family: str
    control: str
    harms: str
    traits: frozenset[str]
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
            traits=_traits(file, table, name),
            acled=file.text(table, "acled", name, default=""),
            plover=file.text(table, "plover", name, default=""),
        )
    return types


def with_trait(trait: str) -> frozenset[str]:
    """Return the names of the shipped event types that have one of TRAITS."""
    return frozenset(name for name, one in load_events().items() if trait in one.traits)


def _traits(file: DataFile, table: Mapping[str, Any], name: str) -> frozenset[str]:
    traits = file.texts(table, "traits", name)
    for trait in traits:
        if trait not in TRAITS:
            file.fail(f"'traits' has '{trait}'; each must be one of {', '.join(sorted(TRAITS))}", name, "traits")
    return frozenset(traits)
