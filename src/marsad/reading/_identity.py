"""What makes a claim this claim: its stable id, and which of one source's mentions of one thing is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.ids import identifier
from marsad.records import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from marsad.records import Claim


def claim_id(*parts: object) -> str:
    """Return the stable id of a claim from what makes it this claim."""
    return identifier("c", *parts)


def identity(claim: Claim) -> str:
    """Return the stable id of a claim that was read in prose."""
    place = claim.place.name if claim.place is not None else ""
    parts = (claim.event, claim.polarity, claim.anchor.start, place, claim.agent or "")
    return claim_id(claim.report, claim.source, *parts)


def once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Keep of the claims that one source makes twice the fullest, in order of text, each with an id of its own."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = _same(claim)
        other = kept.get(key)
        if other is None or _fullness(claim) > _fullness(other):
            kept[key] = claim
    return tuple(_apart(sorted(kept.values(), key=lambda claim: claim.anchor.start)))


def _apart(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims of one anchor under different ids: "killed three soldiers and two drivers".

    The bare fact goes where one of them tells the same with a number.
    """
    numbered = {(claim.id, claim.target) for claim in claims if claim.counts != Counts()}
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        others = told.setdefault(claim.id, [])
        bare = claim.counts == Counts()
        if bare and ((claim.id, claim.target) in numbered or any(one.target == claim.target for one in others)):
            continue
        others.append(claim)
        yield claim if len(others) == 1 else replace(claim, id=claim_id(claim.id, len(others)))


def _same(claim: Claim) -> tuple[object, ...]:
    place = claim.place
    where = (place.gazetteer_id or place.name) if place is not None else None
    when = (claim.interval.start, claim.interval.end)
    # Two tolls are two claims where their numbers differ; any other event is one whatever the numbers.
    toll = (claim.counts, claim.target) if claim.event == "casualties" else ()
    return (
        claim.source,
        claim.speaks_for,
        claim.event,
        claim.polarity,
        claim.certainty,
        claim.agent,
        where,
        *when,
        *toll,
    )


def _fullness(claim: Claim) -> int:
    counts = (claim.counts.killed, claim.counts.wounded)
    return sum(one is not None for one in (claim.agent, claim.target, claim.place, claim.interval.expression, *counts))
