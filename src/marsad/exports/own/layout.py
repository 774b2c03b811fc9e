"""What a table of an own format says of itself, and what stands in `about.json` beside the tables."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from marsad.store import KEPT, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

    from marsad.exports.about import About

SCHEMA = 1
"""The version of the tables; a change of their names, columns or meaning needs another, and `reading` both."""

ABOUT = "about.json"

FORMS: Mapping[str, str] = MappingProxyType({"jsonl": "jsonlines", "parquet": "parquet"})
"""The formats that hold what is kept, and the modules that write and read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of a table: its cells, then the fields of `record`."""

    name: str
    cells: tuple[Cell, ...] = ()
    record: type[DataclassInstance] | None = None


FACTS: Mapping[str, Layout] = MappingProxyType(
    {name: Layout(name=name, cells=kept.cells, record=kept.record) for name, kept in KEPT.items()}
)
"""The tables of what is kept, by name."""


def header(table: str, about: About) -> dict[str, Any]:
    """Return what a file of a table says of itself."""
    return {"table": table, "schema": SCHEMA, **about.row()}
