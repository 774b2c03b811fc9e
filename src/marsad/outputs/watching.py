"""How the feeds fare that are watched, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows
from marsad.outputs.wording import clock, plain
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from marsad.records import Health


def health_rows(found: Iterable[Health], zone: ZoneInfo) -> Rows:
    """Return a row for each feed: when it answered and brought something last, its failures, when it is next."""
    found = tuple(found)
    brief = [
        (
            plain(one.name),
            _when(one.last_success, zone),
            _when(one.last_new, zone),
            f"{one.failures}: {plain(one.reason or '')}" if one.failures else "",
            _when(one.due, zone) if one.due else "at once",
            str(one.added),
        )
        for one in found
    ]
    columns = ("feed", "last answer", "last new", "failures", "next", "added")
    return Rows(columns, brief, [to_json(one) for one in found])


def _when(instant: datetime | None, zone: ZoneInfo) -> str:
    return clock(instant, zone) if instant else "never"
