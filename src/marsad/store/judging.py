"""What the store keeps of people's judgements: rows that are added, and never changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from marsad.errors import StoreError
from marsad.records import Judgement
from marsad.serial import from_json
from marsad.store import ledger
from marsad.store import schema as s
from marsad.store.part import Part
from marsad.store.rows import judgement_row

if TYPE_CHECKING:
    from datetime import datetime


class Judgements(Part):
    """The part of a store that keeps judgements."""

    def add_judgement(self, judgement: Judgement) -> None:
        """Add a judgement; raise StoreError where its id is there already."""
        with self._writing() as connection:
            if connection.scalar(select(s.judgement.c.id).where(s.judgement.c.id == judgement.id)) is not None:
                raise StoreError(f"judgement '{judgement.id}' is there already")
            row = judgement_row(judgement)
            connection.execute(s.judgement.insert().values(row))
            ledger.append(connection, ledger.judgement_fact(row))

    def judgements(self, *, made_until: datetime | None = None) -> tuple[Judgement, ...]:
        """Return the judgements in order of time; those of one instant in the order in which they were added.

        A store that is opened as it was knows those that were made by then.
        """
        query = select(s.judgement.c.record).order_by(s.judgement.c.made, s.judgement.c.number)
        for bound in (made_until, self._learnt_by):
            if bound is not None:
                query = query.where(s.judgement.c.made <= bound)
        with self._reading() as connection:
            return tuple(from_json(Judgement, row.record) for row in connection.execute(query))
