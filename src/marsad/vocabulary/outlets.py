"""Kinds of outlet, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("outlets.toml")
_KEYS = frozenset({"what", "own_channel", "agency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletKind:
    """One kind of outlet; `own_channel` where it speaks for its owner, `agency` where others republish its stories."""

    name: str
    what: str
    own_channel: bool
    agency: bool


@cache
def load_outlets(path: Path = SHIPPED) -> Mapping[str, OutletKind]:
    """Load the kinds of outlet, by name; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    kinds = {}
    for name in file.data:
        table = file.table(file.data, name)
        file.only(table, _KEYS, name)
        for flag in ("own_channel", "agency"):
            if not isinstance(table.get(flag), bool):
                file.fail(f"'{flag}' must be true or false", name, flag)
        kinds[name] = OutletKind(
            name=name, what=file.text(table, "what", name), own_channel=table["own_channel"], agency=table["agency"]
        )
    return kinds
