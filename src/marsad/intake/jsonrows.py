"""JSON documents: reports, one or a list, and what others hold in JSON, told by its shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from marsad.errors import InputError
from marsad.intake import feeds, ninjs, telegram
from marsad.intake.coded import is_geojson, read_areas
from marsad.intake.columns import fixed, mapped
from marsad.intake.items import Row, Skipped, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from marsad.intake.items import Input

    Shape = Callable[[Mapping[str, object]], bool]
    Rows = Callable[[Mapping[str, object], str, Input], Iterator[Row | Skipped]]

SHAPES: tuple[tuple[Shape, Rows], ...] = (
    (telegram.is_export, telegram.export_rows),
    (ninjs.is_item, ninjs.item_rows),
    (ninjs.is_package, ninjs.package_rows),
    (feeds.is_json_feed, feeds.json_feed_rows),
)
"""What tells the shape of a JSON object, and what reads it; an object of no such shape is a report."""


def read_document(text: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield what the object or each item of the list gives; raise InputError if it is neither."""
    value = parse(text)
    if not isinstance(value, list):
        yield from rows(value, source.origin, source)
        return
    if not value:
        raise InputError("empty: a list without reports")
    for index, item in enumerate(value):
        where = f"{source.origin}[{index}]"
        try:
            yield from rows(item, where, source)
        except InputError as error:
            yield Skipped(where, str(error))


def rows(value: object, where: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield what one JSON value gives, by its shape or by the columns that somebody named; raise InputError if none."""
    found = row(value, where)
    if is_geojson(found.fields):  # a map says which of its properties holds what
        yield from read_areas(found.fields, where, source)
        return
    if source.columns and source.columns.columns:
        yield mapped(found, source.columns)
        return
    for fits, read in SHAPES:
        if fits(found.fields):
            yield from read(found.fields, where, source)
            return
    yield fixed(found, source.columns)


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
