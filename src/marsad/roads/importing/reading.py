"""Road networks from files: which format a file has, and what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.errors import RoadsError
from marsad.roads.importing.contracting import contracted, with_borders
from marsad.roads.importing.lines import read_lines
from marsad.roads.importing.osm import read_extract
from marsad.roads.importing.transport import read_transport
from marsad.vocabulary import load_roads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from marsad.roads.network import Network


def read_roads(
    path: Path, country_of: Callable[[Sequence[tuple[float, float]]], Sequence[str]] | None = None
) -> Network:
    """Read a network from an `.osm.pbf` extract, from JSON lines, or from GeoJSON in the shape of UNSDI-T.

    `country_of` tells the countries of points (longitude, latitude), so that roads know the borders that they cross.
    Raises RoadsError with the reason where the file is none of these.
    """
    if not path.is_file():
        raise RoadsError(f"{path}: no such file")
    name = path.name.lower()
    if name.endswith((".pbf", ".osm", ".osm.bz2", ".osm.gz")):
        network = contracted(read_extract(path, load_roads().speeds.keys()))
    elif name.endswith((".jsonl", ".jsonl.gz")):
        network = read_lines(path)
    elif name.endswith((".geojson", ".json")):
        network = contracted(read_transport(path))
    else:
        raise RoadsError(f"{path}: not a format of roads that is read: .osm.pbf, .jsonl, .jsonl.gz, .geojson")
    return with_borders(network, country_of) if country_of else network
