"""Sources without a name, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("unnamed.toml")


@cache
def load_unnamed(path: Path = SHIPPED) -> Mapping[str, bool]:
    """Load which sources have no name, and whether each belongs to the side of the medium that quotes it.

    Raise DataFileError with line and reason where the file is wrong.
    """
    file = DataFile(path)
    unnamed = {}
    for name in file.data:
        table = file.table(file.data, name)
        file.only(table, {"follows_medium"}, name)
        if not isinstance(table.get("follows_medium"), bool):
            file.fail("'follows_medium' must be true or false", name, "follows_medium")
        unnamed[name] = table["follows_medium"]
    return unnamed
