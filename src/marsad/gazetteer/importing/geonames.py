"""Country dumps of GeoNames: 19 columns between tabs, no header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.gazetteer.importing.rows import BadRow, Found, RowError, cleaned, code, degrees, kinds, others, people
from marsad.gazetteer.sources import useful

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.gazetteer.importing.rows import Rows

COLUMNS = 19


def is_dump(line: str) -> bool:
    """Tell whether a line is a row of a dump."""
    cells = line.split("\t")
    return len(cells) == COLUMNS and cells[0].isdigit()


def read(lines: Iterable[str]) -> Rows:
    """Yield the rows of a dump; a feature code that `kinds.toml` does not name is of no interest."""
    for number, line in enumerate(lines, start=1):
        try:
            yield _row(line.rstrip("\r\n").split("\t"))
        except RowError as error:
            yield BadRow(number, str(error))


def _row(cells: list[str]) -> Found | None:
    if len(cells) != COLUMNS:
        raise RowError(f"{len(cells)} columns instead of {COLUMNS}")
    number, name, plain, more, lat, lon, _, feature, country, *_ = cells
    if feature not in kinds("geonames"):
        return None
    kind, shown = kinds("geonames")[feature]
    name = cleaned(name)
    point = degrees(lat, lon)
    return Found(
        key=f"geonames:{number}",
        name=name,
        names=others(filter(useful, (plain, *more.split(","))), name),
        kind=kind,
        feature=shown,
        lat=point[0],
        lon=point[1],
        country=code(country),
        population=people(cells[14]),
    )
