"""How Marsad's things are called in FollowTheMoney: schemas, types and codes, from their data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.theatre import ACTOR_KINDS
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("ftm.toml")
_TABLES = ("actors", "types", "longest", "languages")


@dataclass(frozen=True, slots=True, kw_only=True)
class FtmWords:
    """Schemas of actors by kind, types of properties, most characters by type, and languages as ISO 639-3."""

    actors: Mapping[str, str]
    types: Mapping[str, str]
    longest: Mapping[str, int]
    languages: Mapping[str, str]


@cache
def load_ftm(path: Path = SHIPPED) -> FtmWords:
    """Load the file; raise DataFileError with line and reason where it is wrong."""
    file = DataFile(path)
    file.only(file.data, _TABLES)
    tables = {name: file.table(file.data, name) for name in _TABLES}
    texts = {
        name: {key: file.text(tables[name], key, name) for key in tables[name]}
        for name in ("actors", "types", "languages")
    }
    if missing := {*ACTOR_KINDS, "unknown"} - texts["actors"].keys():
        file.fail(f"no schema for the kind '{min(missing)}'", "actors")
    longest = {key: int(file.number(tables["longest"], key, "longest", above=1)) for key in tables["longest"]}
    return FtmWords(actors=texts["actors"], types=texts["types"], longest=longest, languages=texts["languages"])
