"""Long tables a part at a time, so that no question holds all of one in memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select, tuple_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Row

Item = TypeVar("Item")

_AT_ONCE = 400


def pages(connection: Connection, columns: Sequence[Column[Any]], *, keys: int = 1) -> Iterator[Row[Any]]:
    """Yield the rows of a table, in order of the first `keys` of these columns, which together must be unique."""
    key = tuple_(*columns[:keys])
    query = select(*columns).order_by(*columns[:keys]).limit(_AT_ONCE)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        rows = connection.execute(query.where(key > tuple_(*rows[-1][:keys]))).all()


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of a few hundred."""
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        yield some
