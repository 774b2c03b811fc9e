"""What the rules found in one sentence on their walk, kept for the walk that the network guides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.reading._mentions import EventMention
    from marsad.reading._scene import Scene
    from marsad.reading._voices import Moment, Said
    from marsad.reading.attribution import Cue
    from marsad.reading.sources import Source
    from marsad.reading.tolls import Toll
    from marsad.records import Claim


@dataclass(slots=True)
class Stage:
    """One sentence as the rules read it, and what they remembered there of the sentences before.

    `classes` are the noun classes of its tokens, `named_before` the number of places named before it, `entered` and
    `left` what was remembered on entering and on leaving. `said` and `claims` are kept once they are asked for: whose
    word an event is, by its trigger, and what the claims of an event have in common but their dates.
    """

    scene: Scene
    cues: Mapping[Cue, tuple[Source, ...]]
    classes: dict[int, frozenset[str]]
    named_before: int
    entered: Moment
    left: Moment | None = None
    events: tuple[EventMention, ...] = ()
    tolls: tuple[Toll, ...] = ()
    said: dict[int, Said] = field(default_factory=dict)
    claims: dict[tuple[Toll, Said], Claim] = field(default_factory=dict)
