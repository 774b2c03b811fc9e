"""The shapes of answers for their description: those of records are derived, those of rows are in `rows`."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from marsad import records

if TYPE_CHECKING:
    from collections.abc import Mapping

Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Span = Annotated[list[int], Field(min_length=2, max_length=2)]


def closed(name: str, members: dict[str, Any]) -> Any:
    """Return a JSON object with these members and no others."""
    make: Any = TypedDict
    made = make(name, members)
    made.__pydantic_config__ = ConfigDict(extra="forbid")
    return made


def listing(name: str, row: Any, envelope: Mapping[str, Any]) -> Any:
    """Return a part of a list of rows, with what stands round it."""
    return closed(name, {"items": list[row], "total": int, "next": str | None, **envelope})


def many(kind: Any) -> Any:
    """Return a list of a kind."""
    return list[kind]


def value(kind: type[Enum]) -> Any:
    """Return one of the values of an enumeration."""
    return Literal[tuple(one.value for one in kind)]


@cache
def shape(record: type) -> Any:
    """Return what `to_json` makes of a record, as an object whose members are its fields."""
    hints = get_type_hints(record, localns={**vars(records), "date": date, "datetime": datetime})
    return closed(record.__name__, {one.name: _shape(hints[one.name]) for one in fields(record)})


def _shape(hint: Any) -> Any:
    if get_origin(hint) in {Union, types.UnionType}:
        return Union[tuple(_shape(one) for one in get_args(hint))]  # noqa: UP007 - made of what is known when it runs
    if get_origin(hint) is tuple:
        kinds = [one for one in get_args(hint) if one is not Ellipsis]
        same = {str(kind): kind for kind in kinds}
        parts: Any = Union[tuple(map(_shape, same.values()))]  # noqa: UP007
        length = None if Ellipsis in get_args(hint) else len(kinds)
        return Annotated[many(parts), Field(min_length=length, max_length=length)]
    if is_dataclass(hint):
        return shape(hint) if isinstance(hint, type) else Any
    if isinstance(hint, type) and issubclass(hint, Enum):
        return value(hint)
    if hint is datetime:
        return Instant
    return Day if hint is date else hint
