"""How like two claims are that were put together, as data: the parts of a link's score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("likeness.toml")
_PARTS = {
    "place": ("entry", "name", "spelling", "unnamed"),
    "days": ("same", "shared", "vague", "near", "undated"),
    "agent": ("name", "side", "enemy", "unnamed"),
    "counts": ("same", "close", "apart"),
    "bearing": ("own", "inferred"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a score: how much it lets stand, 0..1, and what the reasons say of it."""

    score: float
    says: str


@cache
def load_likeness(path: Path = SHIPPED) -> Mapping[str, Mapping[str, Part]]:
    """Load the parts of a score, by what is compared and how it came out.

    Raise DataFileError with line and reason where the file is wrong.
    """
    file = DataFile(path)
    file.only(file.data, _PARTS)
    return {name: _outcomes(file, name, outcomes) for name, outcomes in _PARTS.items()}


def _outcomes(file: DataFile, name: str, outcomes: tuple[str, ...]) -> Mapping[str, Part]:
    table = file.table(file.data, name)
    file.only(table, outcomes, name)
    parts = {}
    for outcome in outcomes:
        row = file.table(table, outcome, name)
        file.only(row, {"score", "says"}, name, outcome)
        score = row.get("score")
        if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1:
            file.fail(f"'score' of '{outcome}' must be a number from 0 to 1", name, outcome)
        parts[outcome] = Part(score=float(score), says=file.text(row, "says", name, outcome))
    return parts
