"""What is smaller than a town, as data: relations and words by which a place is known to lie within or beside one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import words_of

SHIPPED = Path(__file__).parent / "en" / "finer.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finer:
    """`apart` are relations that make a point of its own, `parts` and `divisions` last words of names."""

    apart: frozenset[str]
    parts: frozenset[str]
    divisions: frozenset[str]


@cache
def load_finer(path: Path = SHIPPED) -> Finer:
    """Load the words, lower-cased; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"apart", "parts", "divisions"})
    return Finer(
        apart=words_of(file, file.data, "apart"),
        parts=words_of(file, file.data, "parts"),
        divisions=words_of(file, file.data, "divisions"),
    )
