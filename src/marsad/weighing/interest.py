"""Whom it costs when it is so: what a party says against its own interest weighs more than what serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.linking import side_of
from marsad.records import Interest
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from marsad.records import Claim, Proposition
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet


def interest(
    side: str | None, proposition: Proposition | Claim, theatre: Theatre | None, rules: RuleSet, *, affirms: bool
) -> Interest:
    """Return how affirming or denying something stands to a side's interest; neutral where no side is known."""
    event = load_events().get(proposition.event)
    if side is None or theatre is None or event is None:
        return Interest.NEUTRAL
    agent, target = side_of(proposition.agent, theatre), side_of(proposition.target, theatre)
    cost = 0
    if event.harms == "agent":
        cost = _cost(side, agent, theatre)
    elif event.harms == "target":
        gain = event.family == "territory" or target is not None
        cost = _cost(side, target, theatre) or (-_cost(side, agent, theatre) if gain else 0)
        if cost > 0 and proposition.event in rules.accusations:
            return Interest.SERVING if affirms else Interest.AGAINST
    elif event.control == "holds":
        cost = -_cost(side, agent, theatre)
    if cost == 0:
        return Interest.NEUTRAL
    return Interest.AGAINST if (cost > 0) is affirms else Interest.SERVING


def _cost(side: str, harmed: str | None, theatre: Theatre) -> int:
    """Return 1 where harm to `harmed` costs `side`, -1 where it gains by it, else 0."""
    if harmed == side:
        return 1
    return -1 if theatre.opposed(side, harmed) else 0
