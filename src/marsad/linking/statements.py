"""What a claim says of who stands where, in terms that can exclude one another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from marsad.records import Certainty, Extent, Polarity, Stance
from marsad.vocabulary import load_bearings

if TYPE_CHECKING:
    from marsad.linking.parties import Parties
    from marsad.linking.speakers import Speaker
    from marsad.linking.times import Window
    from marsad.records import Claim

REAL = frozenset({Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE})


class Zone(StrEnum):
    """The part of the world that a claim at a place is about."""

    WITHIN = "within"
    AROUND = "around"
    ROUTE = "route"


_ZONES = {Extent.NEAR: Zone.AROUND, Extent.OUTSKIRTS: Zone.AROUND, Extent.ROUTE: Zone.ROUTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim, ready to be compared: its site, zone, parties, time, and the standing that it gives its agent.

    `standing` is "" where the type says nothing of control. `thing` is what two claims must share to be about the same.
    `origin` is the report where the text comes from, the claim's own unless that is a copy. `source` is the canonical
    name of who says it, `speaker` the party that it speaks for, `voice` equal for two words of one and the same source.
    """

    claim: Claim
    origin: str
    site: str | None
    zone: Zone
    thing: str
    party: str | None
    target: str | None
    speaker: str | None
    source: str
    voice: str
    when: Window | None
    order: tuple[float, str, int, str]
    standing: str
    target_standing: str
    whole: bool

    @property
    def twin(self) -> tuple[object, ...]:
        """What a claim of a copy shares with the claim that it repeats."""
        return (
            self.origin,
            self.claim.source,
            self.claim.event,
            self.affirms,
            self.party,
            self.target,
            self.site,
            self.zone,
        )

    @property
    def moves(self) -> bool:
        """Whether it tells that the agent came or went."""
        bearing = load_bearings().get(self.claim.event)
        return self.affirms and bool(bearing and bearing.moves)

    @property
    def affirms(self) -> bool:
        """Whether the claim says that it is so."""
        return self.claim.polarity is Polarity.AFFIRMED and self.claim.stance is not Stance.DENIES


def zone_of(claim: Claim) -> Zone:
    """Return whether the claim is about the place itself, the ground around it or the road to it."""
    return _ZONES.get(claim.extent, Zone.WITHIN)


def thing_of(event: str) -> str:
    """Return what a type is about: types of the same bearing share it."""
    bearing = load_bearings().get(event)
    if bearing is None:
        return event
    return min(name for name, other in load_bearings().items() if other.standings == bearing.standings)


def state(
    claim: Claim,
    *,
    origin: str,
    site: str | None,
    parties: Parties,
    speaker: Speaker,
    when: Window | None,
    order: tuple[float, str, int, str],
) -> Statement:
    """Return the statement of a claim."""
    bearing = load_bearings().get(claim.event)
    denied = claim.polarity is Polarity.DENIED or claim.stance is Stance.DENIES
    return Statement(
        claim=claim,
        origin=origin,
        site=site,
        zone=zone_of(claim),
        thing=thing_of(claim.event),
        party=parties.party(claim.agent),
        target=parties.party(claim.target),
        speaker=parties.party(speaker.name),
        source=speaker.name,
        voice=speaker.voice if speaker.side is None else f"{speaker.voice}, {speaker.name}",
        when=when,
        order=order,
        standing=(bearing.denied if denied else bearing.affirmed) if bearing else "",
        target_standing=bearing.target if bearing and not denied else "",
        whole=claim.extent is Extent.WHOLE,
    )
