"""Types of columns that hold the same, and sort alike, in every database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class Instant(TypeDecorator[datetime]):
    """A timezone-aware instant, to the microsecond, stored as text in UTC."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the stored text."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant of the stored text."""
        return None if value is None else datetime.fromisoformat(value)


def name(length: int) -> String:
    """Return a text that things are ordered by: by code point, whatever the server's language.

    `length` is what is expected; longer ones are kept as well.
    """
    return String(length).with_variant(Text(collation="C"), "postgresql")


def word(length: int) -> String:
    """Return a short text that inputs bring; longer ones than expected are kept as well."""
    return String(length).with_variant(Text(), "postgresql")
