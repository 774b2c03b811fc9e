"""The road files of a user: a folder of networks by name."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from marsad.errors import RoadsError
from marsad.roads.files import load_roads_file, save_roads
from marsad.roads.importing import read_roads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.roads.network import Network

SUFFIX = ".roads.parquet"
_NAME = re.compile(r"[\w][\w.-]{0,60}")


def roads_folder() -> Path:
    """Return where road files live: `$MARSAD_ROADS`, else the user's data folder."""
    if chosen := os.environ.get("MARSAD_ROADS"):
        return Path(chosen)
    return Path(platformdirs.user_data_dir("marsad")) / "roads"


def road_files() -> dict[str, Path]:
    """Return the user's road files by name."""
    found = sorted(roads_folder().glob(f"*{SUFFIX}"))
    return {path.name.removesuffix(SUFFIX): path for path in found if not path.name.startswith(".")}


def add_roads(
    path: Path, name: str, country_of: Callable[[Sequence[tuple[float, float]]], Sequence[str]] | None = None
) -> Network:
    """Read a network and keep it under a name, in place of what had it; raise RoadsError where it cannot be read."""
    if not _NAME.fullmatch(name):
        raise RoadsError(f"'{name}' cannot name roads: letters, digits, dots and dashes, at most 60")
    network = read_roads(path, country_of)
    folder = roads_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RoadsError(f"{folder}: cannot be made: {error.strerror or error}") from error
    save_roads(network, folder / f"{name}{SUFFIX}")
    return network


def open_roads(wanted: str | Path) -> Network:
    """Return a network by its name or the path of a road file; the last few stay in memory.

    Raises RoadsError where there is none.
    """
    path = road_files().get(str(wanted), Path(wanted))
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        known = ", ".join(road_files()) or "none"
        raise RoadsError(f"no roads '{wanted}'; known by name: {known}; add some with `marsad roads add`") from error
    return _loaded(path, stamp)


@lru_cache(maxsize=4)
def _loaded(path: Path, _stamp: int) -> Network:
    return load_roads_file(path) if path.name.endswith(".parquet") else read_roads(path)
