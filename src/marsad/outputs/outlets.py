"""Known outlets for people and programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.vocabulary import Publisher


def outlet_rows(outlets: Iterable[Publisher]) -> Rows:
    """Return a row for each outlet, in their order."""
    outlets = tuple(outlets)
    full = [{**asdict(one), "aliases": list(one.aliases), "domains": list(one.domains)} for one in outlets]
    brief = [(one.name, one.kind, one.owner or "", ", ".join(one.aliases), ", ".join(one.domains)) for one in outlets]
    return Rows(("name", "kind", "owner", "also", "addresses"), brief, full)
