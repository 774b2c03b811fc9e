"""How an id is found by its beginning, and how a claim that was judged is found again when its report is read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.errors import MarsadError
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from marsad.records import Claim

_SHOWN = 5


def the_one(ids: Iterable[str], wanted: str) -> str | None:
    """Return the one id that is `wanted` or begins with it, None where there is none.

    Raises MarsadError where several begin so.
    """
    fitting = sorted({one for one in ids if wanted and one.startswith(wanted)})
    if wanted in fitting:
        return wanted
    if len(fitting) > 1:
        more = ", ..." if len(fitting) > _SHOWN else ""
        raise MarsadError(f"'{wanted}' fits {len(fitting)} ids: {', '.join(fitting[:_SHOWN])}{more}")
    return fitting[0] if fitting else None


def found_again(was: Claim, readings: Iterable[Sequence[Claim]]) -> str | None:
    """Return the id of the claim that a judged claim is now, None where nobody reads it any more.

    `readings` hold for each claim of the same report what it says: as it was read, and as people left it. It is the one
    of the same id, else the one on the same words that says the same: the same event, source and polarity, and no other
    agent, target or place. Of several the one with the most words in common.
    """
    best: tuple[int, int, str] | None = None
    for states in readings:
        claim = states[0]
        if claim.id == was.id:
            return claim.id
        shared = min(claim.anchor.end, was.anchor.end) - max(claim.anchor.start, was.anchor.start)
        if shared <= 0 or not any(_says_the_same(was, one) for one in states):
            continue
        alike = max(_alike(was, one) for one in states)
        rank = (-alike, -shared, claim.id)
        best = min(best or rank, rank)
    return best[2] if best else None


def _says_the_same(was: Claim, now: Claim) -> bool:
    return (was.event, was.polarity, fold(was.source)) == (now.event, now.polarity, fold(now.source)) and all(
        None in pair or pair[0] == pair[1] for pair in zip(_parties(was), _parties(now), strict=True)
    )


def _alike(was: Claim, now: Claim) -> int:
    return sum(one == other for one, other in zip(_parties(was), _parties(now), strict=True))


def _parties(claim: Claim) -> tuple[str | None, ...]:
    names = (claim.agent, claim.target, claim.place.name if claim.place else None)
    return tuple(fold(name) if name is not None else None for name in names)
