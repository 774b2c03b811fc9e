"""JSON documents: one report, a list of reports, or a map of areas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from marsad.errors import InputError
from marsad.intake.coded import is_geojson, read_areas
from marsad.intake.columns import mapped
from marsad.intake.items import Row, Skipped, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.intake.items import Input


def read_document(text: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for the object or each item of the list; raise InputError if neither."""
    value = parse(text)
    if isinstance(value, dict) and is_geojson(value):
        yield from read_areas(value, source.origin, source)
        return
    if not isinstance(value, list):
        yield mapped(row(value, source.origin), source.columns)
        return
    if not value:
        raise InputError("empty: a list without reports")
    for index, item in enumerate(value):
        where = f"{source.origin}[{index}]"
        try:
            yield mapped(row(item, where), source.columns)
        except InputError as error:
            yield Skipped(where, str(error))


def parse(text: str, line: int = 1) -> object:
    """Return the JSON value of `text`, which starts on line `line` of its input; raise InputError if it is none."""
    try:
        value: object = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} (line {line + error.lineno - 1}, column {error.colno})") from error
    except RecursionError as error:
        raise InputError("not a report: nested too deeply") from error
    except ValueError as error:  # a number beyond what Python converts
        raise InputError(f"not JSON that can be read: {error}") from error
    return value


def row(value: object, origin: str) -> Row:
    """Return the row that a JSON value makes; raise InputError where it is no object."""
    if not isinstance(value, dict):
        raise InputError(f"not a report: a JSON object is expected, not {shown(value)}")
    fields: dict[str, Any] = value
    return Row(origin, fields)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
