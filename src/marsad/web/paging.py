"""A part of a list, and where the next one begins."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Generic[Item]):
    """All items of an answer, what makes rows of some of them, and what names one of them whatever is added."""

    found: Sequence[Item]
    rows: Callable[[Sequence[Item]], Sequence[Mapping[str, Any]]]
    name: Callable[[Item], str]


def page(items: Items[Any], limit: int, after: str | None) -> dict[str, Any]:
    """Return the rows of at most `limit` items that come after a cursor, how many there are, and the next cursor.

    A cursor names the last item that was told, so that nothing is told twice where others were put before it. Raises
    InputError for one that is none.
    """
    begin = 0 if after is None else _place(items, *_read(after))
    end = begin + limit
    some = items.found[begin:end]
    more = end < len(items.found)
    return {
        "items": list(items.rows(some)),
        "total": len(items.found),
        "next": _written(end, items.name(some[-1])) if more and some else None,
    }


def _place(items: Items[Any], index: int, name: str) -> int:
    """Return the place after the item of that name; where it is gone, the place where it was."""
    found = items.found
    if 0 < index <= len(found) and items.name(found[index - 1]) == name:
        return index
    return next((at for at, item in enumerate(found, 1) if items.name(item) == name), min(index, len(found)))


def _written(index: int, name: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([index, name], separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        index, name = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise InputError("'after' is no cursor; give the `next` of an answer, unchanged") from None
    if type(index) is not int or index < 0 or not isinstance(name, str):
        raise InputError("'after' is no cursor; give the `next` of an answer, unchanged")
    return index, name
