"""How far a link can be leant on: a score put together from parts, each of which says itself in the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from marsad.gazetteer import normalise
from marsad.linking.counts import common, equal
from marsad.theatre import fold
from marsad.vocabulary import load_likeness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.linking.statements import Statement
    from marsad.linking.times import Window
    from marsad.records import Place


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score in 0..1 and the parts that it is the product of, in words."""

    score: float
    reasons: tuple[str, ...]


FIRST = Likeness(1.0, ("the first to speak of it",))


def likeness(one: Statement, other: Statement, *, inferred: bool = False) -> Likeness:
    """Return how like two statements are that were put together, `inferred` where one only follows from the other."""
    parts = [load_likeness()[name][outcome] for name, outcome in _parts(one, other, inferred=inferred)]
    return Likeness(round(prod(part.score for part in parts), 3), tuple(part.says for part in parts))


def _parts(one: Statement, other: Statement, *, inferred: bool) -> Iterator[tuple[str, str]]:
    yield "bearing", "inferred" if inferred else "own"
    yield "place", _place(one.claim.place, other.claim.place)
    yield "days", _days(one.when, other.when)
    yield "agent", _agent(one, other)
    if common(one.claim.counts, other.claim.counts):
        same = equal(one.claim.counts, other.claim.counts)
        yield "counts", "same" if same else "apart" if inferred else "close"


def _place(one: Place | None, other: Place | None) -> str:
    if one is None or other is None:
        return "unnamed"
    if one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id:
        return "entry"
    return "name" if normalise(one.name) == normalise(other.name) else "spelling"


def _days(one: Window | None, other: Window | None) -> str:
    if one is None or other is None:
        return "undated"
    if (one.start, one.end) == (other.start, other.end):
        return "same"
    if not one.overlaps(other):
        return "near"
    return "shared" if one.firm and other.firm else "vague"


def _agent(one: Statement, other: Statement) -> str:
    if one.party is None or other.party is None:
        return "unnamed"
    if one.party != other.party:
        return "enemy"
    return "name" if fold(one.claim.agent or "") == fold(other.claim.agent or "") else "side"
