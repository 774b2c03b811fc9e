"""Claims put together: each event of a sentence with who says it, whether it is so, who, whom, where, when, how many.

The walk goes through a report sentence by sentence. In each it finds the names of actors and places, then the cues
with who vouches for each, then the events with their numbers; every event becomes a claim for each of its sources,
agents and places. Denials that point back ("the army rejected this") deny what the last sentences claimed. What was
spoken of is remembered for the sentences that follow; at the end, what one source says twice is kept once.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from marsad.intake import dateline
from marsad.reading._denials import denials
from marsad.reading._forces import NARRATOR
from marsad.reading._guide import produced
from marsad.reading._identity import identity, once
from marsad.reading._local_places import LocalPlaces
from marsad.reading._roles import Roles
from marsad.reading._scene import Scene
from marsad.reading._stage import Stage
from marsad.reading._voices import Voices
from marsad.reading._when import Dater
from marsad.reading._where import Locator
from marsad.reading.actors import ActorReader
from marsad.reading.events import EventReader
from marsad.reading.factuality import certainty, is_withheld, negated, refuted
from marsad.reading.names import theatre_names
from marsad.reading.places import PlaceReader, context_countries
from marsad.reading.sentences import quotations
from marsad.reading.tolls import HARM, Toll, with_tolls
from marsad.reading.toponyms import ToponymReader
from marsad.records import Certainty, Claim, Counts, DatePrecision, Interval, Polarity, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from spacy.tokens import Doc

    from marsad.gazetteer import Gazetteer
    from marsad.reading._forces import Voice
    from marsad.reading._guide import Guide
    from marsad.reading._mentions import EventMention
    from marsad.reading._voices import Said
    from marsad.reading.learned._network import Answer
    from marsad.reading.learned._trace import Trace
    from marsad.reading.sentences import Sentence
    from marsad.reading.toponyms import Found, Toponym
    from marsad.records import Passage, Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms, OutletKind
    from marsad.vocabulary.language import Language

_NOON = 12
_BEFORE_TRIGGER = frozenset({"aux", "auxpass", "neg", "amod", "compound"})


@dataclass
class ReportReader:
    """Reads one report, sentence after sentence; what it remembers of earlier sentences is all that it keeps."""

    report: Report
    theatre: Theatre | None
    gazetteer: Gazetteer
    language: Language
    demonyms: Demonyms
    outlets: Mapping[str, OutletKind]
    extractor: str
    trace: Trace | None = None
    guide: Guide | None = field(default=None, init=False)
    base: Callable[[str], str] | None = None
    _stages: list[Stage] = field(default_factory=list, init=False)
    _roles: Roles = field(init=False)
    _locator: Locator = field(init=False)
    _dater: Dater = field(init=False)
    _recent: tuple[Claim, ...] = field(default=(), init=False)

    @cached_property
    def _countries(self) -> tuple[str, ...]:
        return context_countries((self.report.title, self.report.text), self.theatre, self.demonyms, self.base)

    @cached_property
    def _actors(self) -> ActorReader:
        return ActorReader(self.language, self.demonyms, self.theatre, self._countries)

    @property
    def _day(self) -> date | None:
        return self.report.published.date() if self.report.published else None

    @cached_property
    def _places(self) -> PlaceReader:
        known = self.gazetteer if self.theatre is None else LocalPlaces(self.gazetteer, self.theatre, self._day)
        local = self.theatre is not None
        called = known.called if isinstance(known, LocalPlaces) else None
        reader = PlaceReader(known, self.language, self.demonyms, self._countries, local=local, called=called)
        line = dateline(self.report.text)
        for name in line.places if line is not None else ():
            reader.resolve(name.title() if name.isupper() else name)
        return reader

    @cached_property
    def _voices(self) -> Voices:
        kind = self.outlets.get(self.report.kind)
        return Voices(self.report, self.theatre, self.language, self._actors, kind)

    @cached_property
    def _events(self) -> EventReader:
        return EventReader(self.language, self._actors.classes)

    @cached_property
    def _quotes(self) -> tuple[tuple[int, int], ...]:
        return quotations(self.report.text)

    def _new_dater(self) -> Dater:
        """Return what dates by the publisher's own clock, by which its reports name days."""
        published = self.report.published
        if published is None:
            return Dater(None, early=False)
        told = self.report.published_precision is not DatePrecision.DAY
        return Dater(published.date(), early=told and published.hour < _NOON)

    # ---- the walk -------------------------------------------------------------------------------------------------

    def claims(self, sentences: Sequence[Sentence], docs: Sequence[Doc]) -> tuple[Claim, ...]:
        """Return the claims of the report in order of text, each said once by each source at its fullest mention."""
        self._survey(docs)
        self._begin()
        parsed = zip(sentences, docs, strict=True)
        return once([claim for sentence, doc in parsed for claim in self._read(self._stage(sentence, doc))])

    def guided(self, guide: Guide) -> tuple[Claim, ...]:
        """Return the claims as a guide has them, after the rules' own walk: what they found is not looked for again."""
        self.guide = guide
        self._begin()
        return once([claim for stage in self._stages for claim in self._read(self._again(stage))])

    def _begin(self) -> None:
        """Begin at the top, with no event to remember."""
        self._roles = Roles(self.language, self._actors)
        self._locator = Locator(self.language, self._actors, self._places)
        self._dater, self._recent = self._new_dater(), ()

    def toponyms(self, sentences: Sequence[Sentence], docs: Sequence[Doc]) -> tuple[Toponym, ...]:
        """Return the names of places in the report, in order of text, those of the dateline first."""
        reader, found = self._survey(docs)
        parsed = zip(sentences, docs, found, strict=True)
        body = (one for sentence, doc, some in parsed for one in reader.toponyms(doc, sentence.start, some))
        named = (*reader.heading(self.report.text), *body)
        return tuple(replace(one, side=self._caller(one.place.name)) for one in named)

    def _caller(self, name: str) -> str | None:
        """Return the side whose name for a place it is, None where it is nobody's in particular."""
        found = self.theatre.place(name, self._day) if self.theatre is not None else None
        return found[1].side if found is not None else None

    def _survey(self, docs: Sequence[Doc]) -> tuple[ToponymReader, list[tuple[Found, ...]]]:
        """Find the names of places in the report, and decide what each means in the light of all."""
        actors = [theatre_names(doc, self.theatre) for doc in docs]
        for doc, names in zip(docs, actors, strict=True):
            self._places.learn(doc, names)
        reader = ToponymReader(self._places)
        found = [reader.find(doc, names) for doc, names in zip(docs, actors, strict=True)]
        if (line := dateline(self.report.text)) is not None:
            reader.enter(self.report.text, line.start, line.end, line.places)
        self._places.settle(reader.names())
        return reader, found

    def _stage(self, sentence: Sentence, doc: Doc) -> Stage:
        """Go on to the next sentence, and return what the rules find in it."""
        names = theatre_names(doc, self.theatre)
        places = self._places.mentions(doc, names)
        scene = Scene(self.report, sentence, doc, names, places, self._quotes, self.language.code)
        classes: dict[int, frozenset[str]] = {}
        self._actors.enter(names, places, classes)
        cues = self._voices.enter(scene)
        stage = Stage(scene, cues, classes, self._places.named, self._voices.moment())
        if scene.states:
            stage.events = self._events.mentions(doc)
            stage.tolls = with_tolls(self.report.text, sentence.start, doc, stage.events, self.language.code)
        if self.trace is not None:
            self.trace.sentence(scene, self._actors.noun_classes, cues)
            self._stages.append(stage)
        return stage

    def _again(self, stage: Stage) -> Stage:
        """Return to a sentence as it was when the rules had entered it."""
        scene = stage.scene
        self._actors.enter(scene.names, scene.places, stage.classes)
        self._places.go_back(stage.named_before, scene.places)
        self._voices.go_back(stage.entered)
        if self.guide is not None:
            self.guide.enter(scene, stage.cues)
        return stage

    def _read(self, stage: Stage) -> list[Claim]:
        scene, cues = stage.scene, stage.cues
        claims: list[Claim] = []
        if scene.states:
            tolls = self._tolls(stage)
            said = [self._said(stage, toll.event.trigger) for toll in tolls]
            told = list(zip(tolls, said, strict=True))
            if self.guide is None:
                told = [pair for pair in _telling(tolls, said) if not self._is_withheld(scene, pair[1])]
            made = [(toll, one, tuple(self._of_event(stage, toll, one))) for toll, one in told]
            claims = [claim for _, _, some in made for claim in some]
            if self.trace is not None and self.guide is None:
                for toll, one, some in made:
                    self.trace.event(toll.event, one, some)
            self._recent = tuple(claims) or self._recent
            used = {one.cue for one in said}
            for cue, sources in cues.items():
                if cue not in used:
                    claims += denials(scene, cue, sources, self._recent, self._actors)
        self._leave(stage)
        return claims

    def _leave(self, stage: Stage) -> None:
        if stage.left is None:
            self._voices.leave(stage.scene)
            stage.left = self._voices.moment()
        else:
            self._voices.go_back(stage.left)
        if self.guide is not None:
            self.guide.leave(stage.scene, partial(self._actors.canonical, voice=self._voices.narrator))

    def _said(self, stage: Stage, trigger: int) -> Said:
        """Return whose word the event at a token is."""
        if trigger not in stage.said:
            stage.said[trigger] = self._voices.said(stage.scene, trigger)
        return stage.said[trigger]

    def _tolls(self, stage: Stage) -> tuple[Toll, ...]:
        """Return the events of a sentence with their numbers, those of the guide where there is one."""
        text, start, doc = self.report.text, stage.scene.sentence.start, stage.scene.doc
        found, tolls = stage.events, stage.tolls
        if self.guide is None:
            return tolls
        named = {(event.trigger, event.event) for event in found}
        counted = {(t.event.trigger, t.event.event) for t in tolls} - named
        wanted = self.guide.mentions(doc, [*found, *(t.event for t in tolls)])
        rest = [one for one in wanted if (one.trigger, one.event) not in counted]
        guided = with_tolls(text, start, doc, rest, self.language.code)
        kept = {(one.trigger, one.event): one for one in wanted}
        tolls = tuple(toll for toll in guided if (toll.event.trigger, toll.event.event) in kept)
        missing = kept.keys() - {(toll.event.trigger, toll.event.event) for toll in tolls}
        return tuple(
            sorted(
                [*tolls, *(Toll(kept[key], Counts()) for key in missing)],
                key=lambda toll: (toll.event.trigger, toll.event.event),
            )
        )

    def _is_withheld(self, scene: Scene, said: Said) -> bool:
        return said.cue is not None and not said.cue.phrase and is_withheld(scene.doc[said.cue.verb], self.language)

    # ---- one event ------------------------------------------------------------------------------------------------

    def _of_event(self, stage: Stage, toll: Toll, said: Said) -> Iterator[Claim]:
        """Yield the claims that an event makes, as the guide has it where there is one."""
        answer = self.guide.answer(toll.event) if self.guide is not None else None
        if self.guide is None or answer is None:
            return self._by_rules(stage, toll, said)
        return self._guided(stage, toll, said, answer, self.guide)

    def _by_rules(self, stage: Stage, toll: Toll, said: Said) -> Iterator[Claim]:
        """Yield the claims that an event makes by the rules: one for each source, agent and place."""
        scene, event, claim = stage.scene, toll.event, self._common(stage, toll, said)
        where = self._locator.where(scene, event, said.cue, claim.certainty)
        for spoken, voice in self._spoken(scene, claim, said):
            for agent in self._roles.agents(scene.doc, event, voice, claim):
                target = self._roles.target(scene.doc, event, voice, agent)
                for place, extent in where:
                    full = replace(spoken, agent=agent, target=target, place=place, extent=extent)
                    yield replace(full, id=identity(full))

    def _guided(self, stage: Stage, toll: Toll, said: Said, answer: Answer, guide: Guide) -> Iterator[Claim]:
        """Yield the claims of an event that the network finds, each field with what it is from."""
        scene, event = stage.scene, toll.event
        opinion = guide.opinion(answer, partial(self._by_rules, stage, toll, said))
        said = guide.said(scene, answer, opinion, said, self._voices)
        polarity = guide.polarity(answer, opinion)
        claim = replace(
            self._common(stage, toll, said),
            polarity=polarity,
            certainty=guide.certainty(answer, opinion),
            stance=_stance(polarity, said),
            interval=guide.when(answer, opinion),
            extent=guide.extent(answer, opinion),
        )
        where = guide.where(scene, answer, opinion, self._places)
        for spoken, voice in self._spoken(scene, claim, said):
            doer = partial(self._roles.agent, event=event, voice=voice)
            agents = guide.parties(scene, answer, opinion, "agent", doer)
            target, *_ = guide.parties(scene, answer, opinion, "target", partial(self._actors.canonical, voice=voice))
            for agent, place in itertools.product(agents, where):
                full = replace(spoken, agent=agent, target=target if target != agent else None, place=place)
                yield replace(full, id=identity(full), produced=produced(full, opinion))

    def _spoken(self, scene: Scene, claim: Claim, said: Said) -> Iterator[tuple[Claim, Voice]]:
        """Yield a claim once for each of its sources, with the source's voice."""
        head = scene.doc[said.cue.sources[0]] if said.cue is not None else None
        for source in said.sources:
            via = source.via
            if source.name == NARRATOR and self.report.forwarded:
                via = self.report.publisher
            spoken = replace(claim, source=source.name, speaker=source.speaker, via=via, speaks_for=source.speaks_for)
            yield spoken, self._voices.voice(source.name, head)

    def _common(self, stage: Stage, toll: Toll, said: Said) -> Claim:
        """Return what the claims of an event have in common; who, whom and where are left open."""
        claim = stage.claims.get((toll, said))
        if claim is None:
            claim = stage.claims[toll, said] = self._undated(stage.scene, toll, said)
        return replace(claim, interval=self._dater.interval(stage.scene, toll.event, said.cue, claim.certainty))

    def _undated(self, scene: Scene, toll: Toll, said: Said) -> Claim:
        event, cue = toll.event, said.cue
        polarity, sure = self._polarity(scene, event, said), self._certainty(scene, event, said)
        return Claim(
            id="",
            report=self.report.id,
            source="",
            relays=said.relays,
            nested=said.nested,
            event=event.event,
            polarity=polarity,
            certainty=sure,
            stance=_stance(polarity, said),
            anchor=_anchor(scene, event),
            interval=Interval(),
            counts=toll.counts,
            cue=scene.passage(cue.start, cue.end) if cue is not None else None,
            source_passage=scene.source(cue) if cue is not None else None,
            content=scene.content(cue, event.trigger) if cue is not None else None,
            extractor=self.extractor,
        )

    def _polarity(self, scene: Scene, event: EventMention, said: Said) -> Polarity:
        """Return the polarity; denials cancel each other, wherever they come from."""
        trigger = scene.doc[event.trigger]
        denied = event.denied ^ negated(trigger, self.language) ^ refuted(trigger, self.language)
        return Polarity.DENIED if denied ^ (said.stance is Stance.DENIES) else Polarity.AFFIRMED

    def _certainty(self, scene: Scene, event: EventMention, said: Said) -> Certainty:
        own = certainty(scene.doc[event.trigger], self.language)
        if own is Certainty.CERTAIN and said.cue is not None and said.cue.certainty is not None:
            return said.cue.certainty
        return own


def _telling(tolls: Sequence[Toll], said: Sequence[Said]) -> list[tuple[Toll, Said]]:
    """Leave out "killing" without a number beside a strike by the same source, which is what the strike did."""
    strikes = {one.sources for toll, one in zip(tolls, said, strict=True) if toll.event.event in HARM}
    return [
        (toll, one)
        for toll, one in zip(tolls, said, strict=True)
        if toll.event.event != "casualties" or toll.counts != Counts() or one.sources not in strikes
    ]


def _stance(polarity: Polarity, said: Said) -> Stance:
    stance = Stance.DENIES if polarity is Polarity.DENIED and said.stance is not Stance.DOUBTS else said.stance
    if stance is Stance.DENIES and polarity is Polarity.AFFIRMED:
        stance = Stance.ASSERTS
    return Stance.RELAYS if stance is Stance.ASSERTS and said.nested else stance


def _anchor(scene: Scene, event: EventMention) -> Passage:
    """Return the event's trigger with its auxiliaries and modifiers, as far as the words that it needs."""
    start = event.trigger
    while start > max(0, event.trigger - 3) and scene.doc[start - 1].dep_ in _BEFORE_TRIGGER:
        start -= 1
    return scene.anchor(start, max(event.last, event.trigger) + 1)
