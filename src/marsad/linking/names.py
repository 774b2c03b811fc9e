"""Who a name stands for, in whatever language it is written: by the theatre, else by the table of well-known bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.vocabulary import load_publishers

if TYPE_CHECKING:
    from marsad.records import Actor
    from marsad.theatre import Theatre


def canonical(name: str, theatre: Theatre | None) -> str:
    """Return the one name that all spellings of an actor share; a name that nobody knows stays as it is.

    International bodies and media bear a name in each language ("UN", "ONU", «ООН»); the theatre's own word goes first.
    """
    actor = actor_of(name, theatre)
    return actor.name if actor else _known(name)


def actor_of(name: str | None, theatre: Theatre | None) -> Actor | None:
    """Return the theatre's actor of that name, or of the name that the table has for it; None where there is none."""
    if theatre is None or name is None:
        return None
    return theatre.actor(name) or theatre.actor(_known(name))


def _known(name: str) -> str:
    outlet = load_publishers().named(name)
    return outlet.name if outlet else name
