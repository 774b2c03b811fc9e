"""Whose word an event is: the cue that governs it and its sources, an open quotation, a communiqué, or the narrator."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._classes import ARMED
from marsad.reading._forces import NARRATOR, Voice
from marsad.reading.attribution import CueReader
from marsad.reading.factuality import is_withheld
from marsad.reading.sources import Source, SourceReader, via_of
from marsad.records import Stance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from marsad.reading._memory import Remembered
    from marsad.reading._scene import Scene
    from marsad.reading.actors import ActorReader
    from marsad.reading.attribution import Cue
    from marsad.records import Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import OutletKind
    from marsad.vocabulary.language import Language


@dataclass(frozen=True, slots=True)
class Said:
    """The attribution of one event: its cue, None without one, its sources, and the chain that passed it on."""

    cue: Cue | None
    sources: tuple[Source, ...]
    stance: Stance
    nested: bool = False
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """What is remembered at a point of the report: of its sentence's cues, of who spoke, of who was spoken of."""

    cues: Mapping[Cue, tuple[Source, ...]]
    last: tuple[Cue, tuple[Source, ...]] | None
    issuer: Source | None
    memory: Remembered


@dataclass
class Voices:
    """Attributes the events of one report, sentence after sentence; `kind` is what the report's publisher is."""

    report: Report
    theatre: Theatre | None
    language: Language
    actors: ActorReader
    kind: OutletKind | None
    _paragraph: int = -1
    _last: tuple[Cue, tuple[Source, ...]] | None = None
    _issuer: Source | None = None
    _cues: Mapping[Cue, tuple[Source, ...]] = field(default_factory=dict)

    @cached_property
    def _reader(self) -> CueReader:
        return CueReader(self.language, self.actors)

    @cached_property
    def _sources(self) -> SourceReader:
        return SourceReader(self.language, self.actors)

    @cached_property
    def narrator(self) -> Voice:
        """Return the voice of the report itself; the kind of its publisher says nothing of a post that it passes on."""
        publisher = self.report.narrator
        if self.report.forwarded and publisher is not None:
            return self._foreign(publisher)
        if self.kind is None or not self.kind.own_channel or publisher is None:
            return Voice(NARRATOR, None)
        return Voice(publisher, self._side_of_channel(publisher), party=self.report.kind == "party_channel")

    def _foreign(self, channel: str) -> Voice:
        """Return the voice of a channel of which only the theatre can know whose it is."""
        actor = self.theatre.actor(channel) if self.theatre is not None else None
        if self.theatre is None or actor is None:
            return Voice(NARRATOR, None)
        return Voice(channel, self.theatre.side_of(channel), party=actor.kind in ARMED)

    @property
    def _is_partys(self) -> bool:
        """Whether it is a party's own channel that speaks."""
        return self.narrator.party if self.report.forwarded else self.report.kind == "party_channel"

    def _side_of_channel(self, publisher: str) -> str | None:
        """Return the side of an own channel, by its name or by the party that its name speaks of ("rebel channel")."""
        if self.theatre is None:
            return None
        words = publisher.split()
        sides = (self.theatre.side_of(name) for name in (publisher, *words, *(f"{word}s" for word in words)))
        return next((side for side in sides if side is not None), None)

    # ---- the walk -------------------------------------------------------------------------------------------------

    def enter(self, scene: Scene) -> Mapping[Cue, tuple[Source, ...]]:
        """Go on to the next sentence; return its cues with who vouches for each, in order of text."""
        if scene.sentence.paragraph != self._paragraph:
            self._last = None
            self._paragraph = scene.sentence.paragraph
        self._cues = {cue: self._vouching(scene.doc, cue) for cue in self._reader.cues(scene.doc)}
        return self._cues

    def leave(self, scene: Scene) -> None:
        """Remember who spoke in the sentence, for those that follow."""
        voice = self.narrator
        if self._cues:
            first, *_ = self._cues.values()
            self._last = tuple(self._cues.items())[-1]
            voice = self.voice(first[0].name) if first else voice
        for cue, sources in self._cues.items():
            for source, head in zip(sources, cue.sources, strict=False):
                self.actors.spoke(source.name, scene.doc[head])
        self.actors.remember(scene.doc, voice)
        issuer = self._issuer_in(scene.doc)
        if issuer is not None:
            self._issuer = self._sources.source(issuer, self.narrator)

    def moment(self) -> Moment:
        """Return what is remembered at this point."""
        return Moment(self._cues, self._last, self._issuer, self.actors.memory.remembered())

    def go_back(self, moment: Moment) -> None:
        """Remember what was remembered at an earlier point, and nothing else."""
        self._cues, self._last, self._issuer = moment.cues, moment.last, moment.issuer
        self.actors.memory.recall(moment.memory)

    def _vouching(self, doc: Doc, cue: Cue) -> tuple[Source, ...]:
        """Return the sources of a cue, with the medium or the party that passed their words on."""
        via = None if cue.phrase else via_of(doc, cue.verb, self.language)
        if cue.relay is not None:
            via = self._sources.source(doc[cue.relay], self.narrator).name
        sources = (self._own(self._sources.source(doc[head], self.narrator)) for head in cue.sources)
        return tuple(dict.fromkeys(replace(source, via=via) if via else source for source in sources))

    def named(self, token: Token) -> str:
        """Return who a noun of the sentence names as a source."""
        return self._own(self._sources.source(token, self.narrator)).name

    def _own(self, source: Source) -> Source:
        """Give the unnamed sources of a party's own channel to the party."""
        if not self._is_partys or not any(kind.name == source.name for kind in self.language.unnamed):
            return source
        publisher = self.report.narrator or ""
        actor = self.theatre.actor(publisher) if self.theatre is not None else None
        body = actor.speaks_for or actor.name if actor is not None else self.actors.forces.of_speaker(self.narrator)
        return Source(body or NARRATOR)

    def _issuer_in(self, doc: Doc) -> Token | None:
        """Return who issued what the rest of the report gives: "the General Staff issued the following"."""
        statement = self.language.statement
        for token in doc:
            if token.lower_ in statement["announced"] and token.dep_ in {"amod", "dobj", "pobj"}:
                verb = next((above for above in token.ancestors if above.pos_ == "VERB"), None)
                if verb is not None and tree.lemma(verb) in statement["verbs"]:
                    return tree.logical_subject(verb)
        return None

    # ---- one event ------------------------------------------------------------------------------------------------

    def said(self, scene: Scene, trigger: int) -> Said:
        """Return whose word the event at a token is."""
        cue = self._reader.governing(scene.doc[trigger], tuple(self._cues), scene.quoted)
        if cue is not None and not cue.phrase and is_withheld(scene.doc[cue.verb], self.language):
            claimant = self._claimant(scene.doc[trigger])
            if claimant is not None:
                return Said(None, (self._sources.source(claimant, self.narrator),), Stance.ASSERTS)
        if cue is not None:
            sources = self._cues[cue]
            relays = (sources[0].via,) if cue.relay is not None and sources[0].via else ()
            outer = self._outer(scene, cue)
            if outer is not None and outer != sources[0].name:
                relays, sources = (outer,), tuple(replace(source, via=outer) for source in sources)
            return Said(cue, sources, cue.stance, nested=cue.relay is not None or bool(relays), relays=relays)
        if any(scene.quoted) and not self._cues and self._last is not None:
            last, sources = self._last
            return Said(None, sources, Stance.ASSERTS if last.stance is Stance.DENIES else last.stance)
        return Said(None, (self._issuer or Source(NARRATOR),), Stance.ASSERTS)

    def _claimant(self, trigger: Token) -> Token | None:
        """Return whose claim it is that somebody could not confirm: "the Front's claim that the town had fallen"."""
        claims = (noun for noun in trigger.ancestors if tree.lemma(noun) in self.language.general["speech"])
        owners = (tree.child(noun, "poss") or tree.after(noun, self.language.prepositions["agent"]) for noun in claims)
        return next((owner for owner in owners if owner is not None), None)

    def _outer(self, scene: Scene, cue: Cue) -> str | None:
        """Return who passes a cue on by another one: "the agency reported that the army denied it"."""
        if cue.phrase or cue.relay is not None or scene.doc[cue.verb].dep_ == "relcl":
            return None
        others = tuple(other for other in self._cues if other != cue)
        outer = self._reader.governing(scene.doc[cue.verb], others, scene.quoted)
        return self._cues[outer][0].name if outer is not None and not outer.phrase and not outer.trailing else None

    def voice(self, source: str, head: Token | None = None) -> Voice:
        """Return the voice of a source, by what the theatre, the report or its `head` in the sentence says of it."""
        if source == NARRATOR:
            return self.narrator
        memory = self.actors.memory
        plural = next((one.plural for one in reversed(memory.speakers) if one.name == source), False)
        if head is not None and head.pos_ != "PRON":
            plural = tree.is_plural(head)
        actor = self.theatre.actor(source) if self.theatre is not None else None
        if actor is not None:
            return Voice(source, actor.side, plural=plural, party=actor.kind in ARMED)
        # Sources without a name that a party's own channel cites are of that party.
        side = self.narrator.side if any(kind.name == source for kind in self.language.unnamed) else None
        party = any(one.name == source and one.force and not one.person for one in memory.heard)
        party = party or (head is not None and self.actors.fights(head))
        return Voice(source, side, plural=plural, party=party)
