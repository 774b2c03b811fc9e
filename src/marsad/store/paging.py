"""Long tables a part at a time, so that no question holds all of one in memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Row

Item = TypeVar("Item")

_AT_ONCE = 400


def pages(connection: Connection, columns: Sequence[Column[Any]]) -> Iterator[Row[Any]]:
    """Yield the rows of a table, in order of the first of these columns, which must be unique."""
    key = columns[0]
    query = select(*columns).order_by(key).limit(_AT_ONCE)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        rows = connection.execute(query.where(key > rows[-1][0])).all()


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of a few hundred."""
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        yield some
