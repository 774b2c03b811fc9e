"""How a report says that it corrects an earlier one, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import words_of

SHIPPED = Path(__file__).parent / "en" / "corrections.toml"


@cache
def load_corrections(path: Path = SHIPPED) -> frozenset[str]:
    """Load the words that open the title of a correction, lower-cased.

    Raise DataFileError with line and reason where the file is wrong.
    """
    file = DataFile(path)
    file.only(file.data, {"openings"})
    return words_of(file, file.data, "openings")
