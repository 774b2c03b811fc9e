"""Which column of somebody's table holds which field of a report: a TOML file that the user writes.

::

    [columns]                         # field of a report = column of the table, or several to put one after another
    text = ["headline", "body"]
    published = "date_utc"
    id = "record"

    [constants]                       # fields that are the same for every row
    publisher = "Example Monitor"
    kind = "ngo"

    [holders]                         # on maps: a value of any property, and who holds an area that has it
    occupied = "Northern Front"
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from marsad.intake.items import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """The columns of each field of a report, and the fields that every row has alike.

    `holders` are, for maps of areas, who holds an area by the values of its properties.
    """

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    holders: Mapping[str, str] = field(default_factory=dict)


def load_columns(path: Path) -> ColumnMap:
    """Load a column map; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, frozenset({"columns", "constants", "holders"}))
    columns = file.table(file.data, "columns") if "columns" in file.data else {}
    constants = file.table(file.data, "constants") if "constants" in file.data else {}
    holders = file.table(file.data, "holders")
    return ColumnMap(
        columns={
            name: (value,) if isinstance(value, str) else file.texts(columns, name, "columns")
            for name, value in columns.items()
        },
        constants={name: file.text(constants, name, "constants") for name in constants},
        holders={value: file.text(holders, value, "holders") for value in holders},
    )


def mapped(row: Row, columns: ColumnMap | None) -> Row:
    """Return a row with its fields named as those of reports; without a map it is as it came."""
    if columns is None:
        return row
    fields: dict[str, object] = dict(columns.constants)
    for name, some in columns.columns.items():
        values = [row.fields[column] for column in some if row.fields.get(column) not in (None, "")]
        if len(values) > 1:
            fields[name] = "\n\n".join(map(str, values))
        elif values:
            fields[name] = values[0]
    return replace(row, fields=fields)
