"""Propositions in the words of ACLED's columns: which sub-event, between whom, of which classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.exports.events.cast import CIVILIANS
from marsad.vocabulary import load_acled_shape, load_events

if TYPE_CHECKING:
    from marsad.exports.events.cast import Cast
    from marsad.records import Proposition
    from marsad.vocabulary import AcledShape, SubEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An event in ACLED's words; the actors are canonical names, None where nobody is named, "" an unknown class.

    `leaves` where who acted comes second, as who leaves.
    """

    sub_event: str
    kind: SubEvent
    actor1: str | None
    class1: str
    actor2: str | None
    class2: str
    on_civilians: bool
    leaves: bool = False

    @property
    def interaction(self) -> str:
        """The classes of the two, or of the one where there need be no second; "" where one is not known."""
        shape = load_acled_shape()
        if self.class1 and self.class2:
            return "-".join(sorted((self.class1, self.class2), key=shape.classes.index))
        return f"{self.class1} only" if self.class1 and self.actor2 is None and self.kind.type in shape.alone else ""


def coded(proposition: Proposition, cast: Cast) -> Coded | None:
    """Return a proposition in ACLED's words, None where these have no such event."""
    shape, sub_event = load_acled_shape(), load_events()[proposition.event].acled
    if not sub_event:
        return None
    country = proposition.place.country if proposition.place is not None else None
    beside = shape.events.get(proposition.event)
    agent, target = proposition.agent, proposition.target
    acts = cast.acled_class(agent, country)
    if beside is not None:
        sub_event = beside.by.get(acts, sub_event)
        target = target or beside.target
        acts = (beside.acts or acts) if agent is not None else acts
        if beside.leaver:
            return _leaving(shape, sub_event, agent, acts)
    return Coded(
        sub_event=sub_event,
        kind=shape.sub_events[sub_event],
        actor1=agent,
        class1=acts,
        actor2=target,
        class2=cast.acled_class(target, country),
        on_civilians=cast.kind(target) == CIVILIANS,
    )


def _leaving(shape: AcledShape, sub_event: str, agent: str | None, acts: str) -> Coded:
    """Return the event of who leaves: the scheme names first who comes, of which leaving tells nothing."""
    return Coded(
        sub_event=sub_event,
        kind=shape.sub_events[sub_event],
        actor1=None,
        class1="",
        actor2=agent,
        class2=acts,
        on_civilians=False,
        leaves=True,
    )
