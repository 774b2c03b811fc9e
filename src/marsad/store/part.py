"""What the parts of a store share: one way to its tables, and what it is asked to have known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, FromClause


class Part(ABC):
    """A part of a store."""

    _learnt_by: datetime | None

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    def _known(self, table: FromClause) -> tuple[ColumnElement[bool], ...]:
        """Return the condition that a row of a table was learnt in time, if that is asked for."""
        return () if self._learnt_by is None else (table.c.learnt <= self._learnt_by,)
