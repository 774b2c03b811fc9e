"""What claims say of who holds a place, as observations of it: by whose voice, of which day, how far to be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import REAL, Zone, speaker_of, window, zone_of
from marsad.records import Certainty, Extent, Interest, Polarity, Stance
from marsad.theatre import fold
from marsad.vocabulary import load_bearings, load_events
from marsad.weighing.interest import interest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from marsad.linking import Parties, Speaker
    from marsad.records import Claim, Place
    from marsad.weighing.voices import Case

_WIDEST_KM = 60.0  # beyond the largest cities; a whole province or region is not held by a claim on its town
_NO_TOWN = frozenset({"country", "first division", "route"})
FIGHTING = "fighting"
_GAINS = frozenset({"holds", "inside", "surrounds", "near"})
_AROUND = {"inside": "near", "holds": "near", "surrounds": "surrounds", "near": "near"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One claim as a word on a party's standing at a place.

    `party` is as `Parties` gives it and `name` the actor that the claim names, both None where only fighting is told
    (`standing` is then FIGHTING). `when` is the day that it speaks of, the last of several and never one after `said`.
    `speaker_class` is serving, denying, against, third or unnamed.
    """

    claim: Claim
    place: Place
    voice: str
    speaker_class: str
    party: str | None
    name: str | None
    standing: str
    when: date
    said: datetime

    @property
    def news(self) -> bool:
        """Whether it tells of a change, and not only of how things stand."""
        event = load_events().get(self.claim.event)
        return event is not None and event.harms != "none" and self.claim.polarity is Polarity.AFFIRMED

    @property
    def certainty(self) -> Certainty:
        """How firmly it is said."""
        return self.claim.certainty


def observations(case: Case, parties: Parties) -> Iterator[Observation]:
    """Yield what the claims of a case say of who stands where, published by its instant; doubts and plans say nothing.

    A claim that tells of two parties, as one beats the other back, yields an observation for each.
    """
    for claim in case.claims.values():
        place, source = claim.place, case.source(claim)
        said, days = case.said(claim), window(claim, source)
        if place is None or said is None or days is None or claim.certainty not in REAL or not case.heard(claim):
            continue
        if claim.stance is Stance.DOUBTS or not is_town(place):
            continue
        speaker = speaker_of(claim, case.reports, case.origins, case.theatre)
        for name, standing in _standings(claim):
            yield Observation(
                claim=claim,
                place=place,
                voice=speaker.voice,
                speaker_class=_class(claim, speaker, case, standing),
                party=parties.party(name),
                name=name,
                standing=standing,
                when=min(days.end, said.date()),
                said=said,
            )


def is_town(place: Place) -> bool:
    """Tell whether a place is one that somebody can hold, and no road, province or country."""
    return place.feature not in _NO_TOWN and (place.radius_km or 0) <= _WIDEST_KM


def _standings(claim: Claim) -> Iterator[tuple[str | None, str]]:
    """Yield whom a claim gives which standing at its place; words on the ground around it tell only who is near."""
    bearing, event, zone = load_bearings().get(claim.event), load_events().get(claim.event), zone_of(claim)
    denied = claim.polarity is Polarity.DENIED or claim.stance is Stance.DENIES
    if event is not None and event.control == "contested" and not denied and zone is not Zone.ROUTE:
        yield None, FIGHTING
    if bearing is None or zone is Zone.ROUTE:
        return
    standing = bearing.denied if denied else bearing.affirmed
    if zone is Zone.AROUND:
        near = "" if denied else _AROUND.get(standing, "")
        if claim.agent and near:
            yield claim.agent, near
        return
    if standing == "holds" and claim.extent is Extent.PART:
        standing = "inside"
    if claim.agent and standing:
        yield claim.agent, standing
    if claim.target and not denied and bearing.target:
        yield claim.target, bearing.target
    elif claim.target and not claim.agent and standing == "holds":
        yield claim.target, "lacks"  # somebody took it from them, and nobody says who


def _class(claim: Claim, speaker: Speaker, case: Case, standing: str) -> str:
    """Return which class of speaker a claim's word is of: what it costs or brings whoever says it."""
    if claim.stance is Stance.CONCEDES:
        return "against"
    affirms = claim.polarity is Polarity.AFFIRMED and claim.stance is not Stance.DENIES
    stake = interest(speaker.side, claim, case.theatre, case.rules, affirms=affirms)
    if stake is Interest.NEUTRAL and speaker.side is None and fold(speaker.name) == fold(claim.agent or ""):
        stake = Interest.SERVING if standing in _GAINS else Interest.AGAINST
    if stake is Interest.NEUTRAL and speaker.unnamed:
        return "unnamed"
    return speaker_class(stake, affirms=affirms)


def speaker_class(stake: Interest, *, affirms: bool) -> str:
    """Return the class of a named speaker's word by what it costs or brings whoever says it."""
    if stake is Interest.SERVING:
        return "serving" if affirms else "denying"
    return "against" if stake is Interest.AGAINST else "third"
