"""Who did it and to whom, by canonical name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.actors import CIVILIANS
from marsad.records import Certainty, Polarity
from marsad.vocabulary import with_trait

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from marsad.reading._forces import Voice
    from marsad.reading._mentions import EventMention
    from marsad.reading.actors import ActorReader
    from marsad.records import Claim
    from marsad.vocabulary.language import Language

_ARMED = with_trait("armed")
_LOSSES = frozenset({"capture", "encircle"})
_ATTACKS = frozenset({"advance", "capture", "encircle", "enter", "launch_offensive"})
# Civilians who act, as the sources call them.
_ACTING_CIVILIANS = "local residents"


@dataclass
class Roles:
    """Names agents and targets for one report; remembers whose "the offensive" of later sentences is."""

    language: Language
    actors: ActorReader
    _attacker: str | None = None

    def agents(self, doc: Doc, event: EventMention, voice: Voice, claim: Claim) -> tuple[str | None, ...]:
        """Return who did it, (None,) where the words do not say; `claim` has all but the roles."""
        if event.speaker_agent:
            return (self.actors.forces.of_speaker(voice),)
        named = (self.agent(doc[index], event, voice) for index in event.agents)
        found: tuple[str | None, ...] = tuple(dict.fromkeys(name for name in named if name is not None))
        found = found or (self._implied(doc, event, voice, claim),)
        if event.event in _ATTACKS:
            self._attacker = found[-1] or self._attacker
        return found

    def agent(self, token: Token, event: EventMention, voice: Voice) -> str | None:
        """Return whom a noun names as the agent of an event, None where it names nobody that can be."""
        name = self.actors.canonical(token, voice)
        if name is None and self.actors.forces.is_country(token):
            name = self.actors.forces.country(token)
        if name is not None and event.event in _ARMED and self._cannot_fight(name):
            return None
        if name == CIVILIANS:
            return _ACTING_CIVILIANS
        if name is not None and event.event in _ARMED:
            return self.actors.forces.of_country(token) or self.actors.forces.of(name)
        return name

    def _cannot_fight(self, name: str) -> bool:
        """Tell monitors, media and relief bodies, which a wrong reference would make a party to the fighting."""
        actor = self.actors.theatre.actor(name) if self.actors.theatre is not None else None
        return actor is not None and actor.kind in {"monitor", "media", "un", "ngo"}

    def _implied(self, doc: Doc, event: EventMention, voice: Voice, claim: Claim) -> str | None:
        """Return who must be meant: whoever speaks of a retreat, the foe of who denies a loss, the last attacker."""
        if event.event in {"withdraw", "repel"} and voice.party and voice.side is not None:
            return self.actors.forces.of_speaker(voice)
        if event.event in _LOSSES and claim.polarity is Polarity.DENIED and (foe := self.actors.foe(voice)) is not None:
            return foe
        settled = claim.certainty in {Certainty.CERTAIN, Certainty.PROBABLE} or event.event == "launch_offensive"
        if event.event not in _ATTACKS or not settled:
            return None
        attacked = (self.actors.canonical(doc[index], voice) for index in event.targets)
        return self._attacker if self._attacker not in attacked else None

    def target(self, doc: Doc, event: EventMention, voice: Voice, agent: str | None) -> str | None:
        """Return to whom it was done, None where the words name no party."""
        if event.event == "displace":
            return CIVILIANS
        for token in (doc[index] for index in event.targets):
            kinds = self.actors.classes(token)
            if self._is_general(token) or (kinds & {"place", "facility", "route"} and "party" not in kinds):
                continue
            name = self.actors.canonical(token, voice)
            if name is not None and name != agent:
                return name
        return None

    def _is_general(self, token: Token) -> bool:
        """Tell people of no side ("people", "20 others"), whom a toll does not name as a target."""
        if tree.lemma(token) not in self.language.general["people"] and not token.like_num:
            return False
        return tree.after(token, self.language.prepositions["of"]) is None
