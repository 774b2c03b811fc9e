"""The fields of a record as columns of fixed types: which values they hold exactly, there and back.

In the JSON that is kept of a record a field that may be None and is so by default is left out; one of an earlier
version may lack others that have a default. In columns both are empty.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Union, cast, get_args, get_origin

import pyarrow as pa

from marsad.exports.own.cells import INTEGERS
from marsad.serial import types_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from _typeshed import DataclassInstance

    Convert = Callable[[Any], Any]


class InexactError(Exception):
    """A value that the columns cannot hold as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a value stands in a column: its type there, and what makes it of JSON and JSON of it."""

    arrow: Any
    out: Convert
    back: Convert


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    shape: Shape
    required: bool
    may_be_none: bool  # as a value that is written; where None is the default it is left out instead


@cache
def record_shape(cls: type[DataclassInstance]) -> Shape:
    """Return how a record of a class stands in a column of its own, a struct."""
    known = {one.name: _field(one, types_of(cls)[one.name]) for one in fields(cls)}
    members = [pa.field(name, one.shape.arrow) for name, one in known.items()]
    outs = tuple((name, one.shape.out, one.required, one.may_be_none) for name, one in known.items())
    backs = tuple((name, one.shape.back, one.required) for name, one in known.items())

    def out(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise InexactError
        made, left = {}, len(value)
        for name, convert, required, may_be_none in outs:
            if name not in value:
                if required:
                    raise InexactError
                continue
            left -= 1
            if (one := value[name]) is not None:
                made[name] = convert(one)
            elif not may_be_none:
                raise InexactError
        if left:
            raise InexactError
        return made

    def back(value: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, convert, required in backs:
            if (one := value[name]) is not None:
                made[name] = convert(one)
            elif required:
                made[name] = None
        return made

    return Shape(arrow=pa.struct(members), out=out, back=back)


def _field(field: Any, hint: Any) -> _Field:
    optional = get_origin(hint) in {Union, types.UnionType}
    if optional:
        (hint,) = (option for option in get_args(hint) if option is not type(None))
    required = field.default is MISSING and field.default_factory is MISSING
    return _Field(shape=_shape(hint), required=required, may_be_none=optional and required)


def _shape(hint: Any) -> Shape:
    if get_origin(hint) is tuple:
        return _list(_shape(get_args(hint)[0]))
    if is_dataclass(hint):
        return record_shape(cast("type[DataclassInstance]", hint))
    if issubclass(hint, datetime) or issubclass(hint, Enum):  # with the offset that it was given with
        hint = str
    if issubclass(hint, date):
        return Shape(arrow=pa.date32(), out=_day, back=date.isoformat)
    return Shape(arrow=_PLAIN[hint], out=_exact(hint), back=_as_it_is)


def _list(item: Shape) -> Shape:
    def out(value: Any) -> list[Any]:
        if type(value) is not list:
            raise InexactError
        return [item.out(one) for one in value]

    return Shape(arrow=pa.list_(item.arrow), out=out, back=lambda value: [item.back(one) for one in value])


def _exact(kind: type) -> Convert:
    def out(value: Any) -> Any:
        if type(value) is not kind or (kind is int and value not in INTEGERS):
            raise InexactError
        return value

    return out


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InexactError from None
    if day.isoformat() != value:
        raise InexactError
    return day


def _as_it_is(value: Any) -> Any:
    return value


_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
