"""How the press shortens the names of divisions, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent


@cache
def load_divisions(code: str = "en", folder: Path = SHIPPED) -> Mapping[str, tuple[str, str]]:
    """Load the short names as a language writes them, each with the division's name and its country's alpha-2 code.

    A language that has no file shortens none. Raise DataFileError with line and reason where the file is wrong.
    """
    path = folder / code / "divisions.toml"
    if not path.exists():
        return {}
    file = DataFile(path)
    short: dict[str, tuple[str, str]] = {}
    for country in file.data:
        table = file.table(file.data, country)
        for name in table:
            for word in file.texts(table, name, country):
                if word in short:
                    file.fail(f"'{word}' stands for two divisions", country, name)
                short[word] = (name, country)
    return short
