"""Whether the cells of a row from outside are of the kind that their column has; rows are not believed before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from marsad.errors import InputError
from marsad.store import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.exports.own.layout import Layout
    from marsad.store import Row

INTEGERS = range(-(2**63), 2**63)

_TYPES: Mapping[Kind, Any] = {
    Kind.NUMBER: int,
    Kind.REAL: float,
    Kind.WORDS: str,
    Kind.INSTANT: datetime,
    Kind.BYTES: bytes,
    Kind.LIST: list,
    Kind.NUMBERS: list,
}


def checked(row: Mapping[str, Any], layout: Layout) -> Row:
    """Return the row; raise InputError that names the first cell that cannot be. Fields of a record are left alone."""
    for cell in layout.cells:
        try:
            value = row[cell.name]
        except KeyError:
            raise InputError(f"'{cell.name}' is missing") from None
        if not (cell.optional if value is None else _is(cell.kind, value)):
            raise InputError(f"'{cell.name}' cannot be {str(value)[:80]!r}")
    if layout.record is None and len(row) > len(layout.cells):
        names = {cell.name for cell in layout.cells}
        raise InputError(f"unknown column '{min(row.keys() - names)}'")
    return row


def _is(kind: Kind, value: Any) -> bool:
    if not isinstance(value, _TYPES[kind]) or isinstance(value, bool):
        return False
    if kind is Kind.NUMBER:
        return value in INTEGERS
    if kind is Kind.INSTANT:
        return cast("datetime", value).tzinfo is not None
    if kind is Kind.LIST:
        return all(type(one) is str for one in value)
    return kind is not Kind.NUMBERS or all(type(one) is int and one in INTEGERS for one in value)
