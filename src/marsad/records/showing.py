"""How records show themselves in a notebook: one as a small table of its fields, several as rows; all text escaped."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from html import escape
from typing import Any, ClassVar, Protocol, SupportsIndex, TypeVar, overload, runtime_checkable

Item_co = TypeVar("Item_co", covariant=True)

_MOST = 60
"""So many rows are shown; the others are counted."""


@runtime_checkable
class Worded(Protocol):
    """A part of a record that stands in one cell."""

    def in_words(self) -> str:
        """Return it in a few words."""
        ...


class Shown:
    """A record that a notebook shows as a table; `_SHOWN` are its fields that a row has, in order, all where empty."""

    __slots__ = ()
    _SHOWN: ClassVar[tuple[str, ...]] = ()

    def _repr_html_(self) -> str:
        """Return the record as a table of two columns: the names of its fields, and their values."""
        rows = (f"<tr><th>{escape(name)}</th><td>{_cell(getattr(self, name))}</td></tr>" for name in _names(self))
        return f"<table><caption>{type(self).__name__}</caption>{''.join(rows)}</table>"


class Listed(tuple[Item_co, ...]):
    """A tuple of records that a notebook shows as a table with a row for each; in all else a tuple."""

    __slots__ = ()

    @overload
    def __getitem__(self, at: SupportsIndex) -> Item_co: ...

    @overload
    def __getitem__(self, at: slice) -> Listed[Item_co]: ...

    def __getitem__(self, at: SupportsIndex | slice) -> Item_co | Listed[Item_co]:
        """Return one record, or some of them as they are shown."""
        return Listed(super().__getitem__(at)) if isinstance(at, slice) else super().__getitem__(at)

    def _repr_html_(self) -> str:
        """Return the records as rows under the names of their fields."""
        if not self:
            return "<p>nothing</p>"
        names = getattr(self[0], "_SHOWN", ()) or _names(self[0])
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        rows = ("".join(f"<td>{_cell(getattr(one, name))}</td>" for name in names) for one in self[:_MOST])
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        more = f"<p>and {len(self) - _MOST:,} more</p>" if len(self) > _MOST else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _names(record: object) -> list[str]:
    return [field.name for field in fields(record)]  # type: ignore[arg-type]


def _cell(value: Any) -> str:
    """Return a value in words, escaped and with a direction of its own; nothing where it is unknown."""
    return f"<bdi>{escape(_words(value))}</bdi>"


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], float):
        return f"{value[0]} {value[1]:.0%}"
    if isinstance(value, tuple | frozenset):
        return "; ".join(filter(None, map(_words, value)))
    return value.in_words() if isinstance(value, Worded) else str(value)
