"""Which statements can bear on one another: those of one site whose days meet."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from marsad.linking.statements import Statement
    from marsad.linking.times import Window

_INDEXED = timedelta(days=31)  # longer windows are few, and are kept in one list for each site
_DAY = timedelta(days=1)


class Neighbours:
    """Statements by site and day."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Index `statements`; those without a date bear on nothing."""
        self._days: dict[tuple[str | None, date], list[Statement]] = defaultdict(list)
        self._long: dict[str | None, list[Statement]] = defaultdict(list)
        self._all: dict[str | None, list[Statement]] = defaultdict(list)
        for statement in statements:
            if statement.when is None:
                continue
            self._all[statement.site].append(statement)
            if statement.when.length > _INDEXED:
                self._long[statement.site].append(statement)
                continue
            for day in _days(statement.when):
                self._days[statement.site, day].append(statement)

    def near(self, site: str | None, when: Window) -> list[Statement]:
        """Return the statements of a site that may share a day with a window, in order of publication."""
        if when.length > _INDEXED:
            return sorted(self._all[site], key=lambda one: one.order)
        found = {one.claim.id: one for day in _days(when) for one in self._days.get((site, day), ())}
        found |= {one.claim.id: one for one in self._long.get(site, ())}
        return sorted(found.values(), key=lambda one: one.order)


def _days(when: Window) -> list[date]:
    return [when.start + index * _DAY for index in range(when.length.days)]
