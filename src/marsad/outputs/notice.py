"""What the situation report takes notice of: the numbers and words of its data file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.records import ControlStatus
from marsad.vocabulary import DataFile, load_events

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SHIPPED = Path(__file__).with_name("situation.toml")
_KEYS = {
    "silence": {"town_days", "voice_words"},
    "history": {"days"},
    "towns": {"taken"},
    "routes": {"crossings"},
    "standings": {status.value for status in ControlStatus},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """When silence is told, what is long past, which events take a place, and which kinds of place let people pass.

    `standings` says each status of a holder in words that follow its name.
    """

    town_days: tuple[int, ...]
    voice_words: int
    history: timedelta
    taken: frozenset[str]
    crossings: frozenset[str]
    standings: Mapping[ControlStatus, str]


@cache
def load_notice(path: Path = SHIPPED) -> Notice:
    """Load the file; raise DataFileError with line and reason where it is wrong."""
    file = DataFile(path)
    file.only(file.data, _KEYS)
    tables = {name: file.table(file.data, name) for name in _KEYS}
    for name, table in tables.items():
        file.only(table, _KEYS[name], name)
    taken = file.texts(tables["towns"], "taken", "towns")
    for event in taken:
        if event not in load_events():
            file.fail(f"'taken' has '{event}', which is no event type", "towns", "taken")
    return Notice(
        town_days=_bands(file, tables["silence"], "town_days", "silence"),
        voice_words=_positive(file, tables["silence"], "voice_words", "silence"),
        history=timedelta(days=_positive(file, tables["history"], "days", "history")),
        taken=frozenset(taken),
        crossings=frozenset(file.texts(tables["routes"], "crossings", "routes")),
        standings={status: file.text(tables["standings"], status.value, "standings") for status in ControlStatus},
    )


def _bands(file: DataFile, table: Mapping[str, Any], key: str, *at: str) -> tuple[int, ...]:
    values = table.get(key)
    whole = isinstance(values, list) and all(type(value) is int and value > 0 for value in values)
    if not whole or not values or values != sorted(set(values)):
        file.fail(f"'{key}' must be whole numbers of at least 1, each higher than the one before", *at, key)
    return tuple(values)


def _positive(file: DataFile, table: Mapping[str, Any], key: str, *at: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        file.fail(f"'{key}' must be a whole number of at least 1", *at, key)
    return value
