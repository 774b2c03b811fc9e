"""Claims put together: each event of a sentence with who says it, whether it is so, who, whom, where, when, how many."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.intake import dateline
from marsad.reading import tree
from marsad.reading.actors import CIVILIANS, NARRATOR, ActorReader, Voice
from marsad.reading.attribution import Cue, CueReader
from marsad.reading.counts import counts_for
from marsad.reading.tolls import HARM, with_tolls
from marsad.reading.events import EventMention, EventReader
from marsad.reading.factuality import anaphoric_denial, certainty, negated, refuted
from marsad.reading.names import theatre_names
from marsad.reading.places import PlaceReader, context_countries, extent_of
from marsad.reading.sentences import quotations
from marsad.reading.sources import Source, SourceReader, via_of
from marsad.reading.times import find_times
from marsad.records import Certainty, Claim, Counts, DatePrecision, Extent, Interval, Passage, Place, Polarity, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spacy.tokens import Doc, Token

    from marsad.gazetteer import Gazetteer
    from marsad.reading.places import PlaceMention
    from marsad.reading.sentences import Sentence
    from marsad.reading.tolls import Toll
    from marsad.records import Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms, OutletKind
    from marsad.vocabulary.language import Language

_ANCHOR_WORDS = 8
# A sea or a continent is not where an event was.
_TOO_WIDE_KM = 400
_MILITARY = frozenset(
    "advance enter capture repel withdraw encircle clash air_strike shelling bombing casualties destroy"
    " launch_offensive detain".split()
)


@dataclass(frozen=True, slots=True)
class _Said:
    """The attribution of one event: the cue and its sources, or the narrator's own voice."""

    cue: Cue | None
    sources: tuple[Source, ...]
    stance: Stance
    nested: bool = False
    relays: tuple[str, ...] = ()


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
    _claims: list[Claim] = field(default_factory=list)
    _last_place: Place | None = None
    _last_paragraph: int = -1
    _communique: Source | None = None
    _attacker: str | None = None
    _recent: tuple[Claim, ...] = ()
    _last_cue: tuple[Cue, tuple[Source, ...]] | None = None

    @cached_property
    def _countries(self) -> tuple[str, ...]:
        return context_countries((self.report.title, self.report.text), self.theatre, self.demonyms)

    @cached_property
    def _actors(self) -> ActorReader:
        return ActorReader(self.language, self.demonyms, self.theatre, self._countries)

    @cached_property
    def _places(self) -> PlaceReader:
        reader = PlaceReader(self.gazetteer, self.language, self.demonyms, self._countries)
        line = dateline(self.report.text)
        for name in line.places if line is not None else ():
            reader.resolve(name.title() if name.isupper() else name)
        return reader

    @cached_property
    def _narrator(self) -> Voice:
        kind = self.outlets.get(self.report.kind)
        publisher = self.report.publisher
        if kind is None or not kind.own_channel or publisher is None:
            return Voice(NARRATOR, None)
        side = self._publisher_side(publisher)
        return Voice(publisher, side, party=self.report.kind == "party_channel")

    def _publisher_side(self, publisher: str) -> str | None:
        """Return the side of an own channel, by its name or by the party that its name speaks of ("rebel channel")."""
        if self.theatre is None:
            return None
        for name in (publisher, *publisher.split(), *(f"{word}s" for word in publisher.split())):
            side = self.theatre.side_of(name)
            if side is not None:
                return side
        return None

    @cached_property
    def _quotes(self) -> tuple[tuple[int, int], ...]:
        return quotations(self.report.text)

    @cached_property
    def _published(self) -> date | None:
        instant = self.report.published
        if instant is None:
            return None
        return instant.astimezone(self._zone).date() if self._zone is not None else instant.date()

    @cached_property
    def _zone(self) -> ZoneInfo | None:
        return self.theatre.time_zone if self.theatre is not None else None

    # ---- the walk -------------------------------------------------------------------------------------------------

    def claims(self, sentences: Sequence[Sentence], docs: Sequence[Doc]) -> tuple[Claim, ...]:
        """Return the claims of the report in order of text, each said once by each source at its fullest mention."""
        for sentence, doc in zip(sentences, docs, strict=True):
            self._read(sentence, doc)
        return _once(self._claims)

    def _read(self, sentence: Sentence, doc: Doc) -> None:
        if sentence.paragraph != self._last_paragraph:
            self._last_cue = None
            self._last_paragraph = sentence.paragraph
        names = theatre_names(doc, self.theatre)
        places = self._places.mentions(doc, names)
        actors = self._actors
        actors.enter(names, places)
        quoted = tuple(any(a <= sentence.start + t.idx < b for a, b in self._quotes) for t in doc)
        reader = CueReader(self.language, actors)
        cues = reader.cues(doc)
        sources = {cue.start: self._sources(doc, cue) for cue in cues}
        if not sentence.heading and not doc.text.rstrip('"”’ )').endswith("?"):
            events = EventReader(self.language, actors.classes).mentions(doc)
            tolls = with_tolls(self.report.text, sentence.start, doc, events)
            events = tuple(toll.event for toll in tolls)
            said = {
                event.trigger: self._attribute(doc[event.trigger], cues, sources, quoted, reader) for event in events
            }
            self._emit(sentence, doc, tolls, said, places)
            self._deny_again(sentence, doc, cues, sources, [s.cue for s in said.values()])
        voice = self._narrator
        if cues:
            first = sources[cues[0].start]
            self._last_cue = (cues[-1], sources[cues[-1].start])
            voice = self._voice(first[0].name) if first else voice
            for cue in cues:
                for source, head in zip(sources[cue.start], cue.sources, strict=False):
                    actors.spoke(source.name, doc[head])
        actors.remember(doc, voice)
        issuer = self._issuer(doc)
        if issuer is not None:
            self._communique = SourceReader(self.language, actors).source(issuer, self._narrator)

    def _issuer(self, doc: Doc) -> Token | None:
        """Return who issued the statement that the rest of the report gives: "the General Staff issued the following"."""
        for token in doc:
            if token.lower_ != "following" or token.dep_ not in {"amod", "dobj", "pobj"}:
                continue
            verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
            if verb is not None and tree.lemma(verb) in {"issue", "release", "publish", "read", "make", "carry"}:
                return tree.logical_subject(verb)
        return None

    def _sources(self, doc: Doc, cue: Cue) -> tuple[Source, ...]:
        reader = SourceReader(self.language, self._actors)
        voice = self._narrator
        via = None if cue.phrase else via_of(doc, cue.verb, self.language, self._actors)
        if cue.relay is not None:
            via = reader.source(doc[cue.relay], voice).name
        found = []
        for head in cue.sources:
            source = reader.source(doc[head], voice)
            found.append(replace(source, via=via) if via else source)
        return tuple(dict.fromkeys(found))

    def _voice(self, source: str) -> Voice:
        if source == NARRATOR:
            return self._narrator
        actor = self.theatre.actor(source) if self.theatre is not None else None
        side = actor.side if actor is not None else None
        if actor is None and source in self._unnamed:
            side = self._narrator.side
        if actor is not None:
            party = actor.kind in {"state", "armed_group"}
        else:
            party = any(h.name == source and h.force and not h.person for h in self._actors.heard)
        return Voice(source, side, plural=self._plural(source), party=party)

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        return frozenset(kind.name for kind in self.language.unnamed)

    def _plural(self, source: str) -> bool:
        return next((h.plural for h in reversed(self._actors.speakers) if h.name == source), False)

    def _attribute(
        self,
        trigger: Token,
        cues: Sequence[Cue],
        sources: Mapping[int, tuple[Source, ...]],
        quoted: Sequence[bool],
        reader: CueReader,
    ) -> _Said:
        cue = reader.governing(trigger, cues, quoted)
        if cue is not None:
            who = sources[cue.start]
            relays = (who[0].via,) if cue.relay is not None and who[0].via else ()
            return _Said(cue, who, cue.stance, nested=cue.relay is not None, relays=relays)
        if quoted[trigger.i] and not cues and self._last_cue is not None:
            last, who = self._last_cue
            return _Said(None, who, Stance.ASSERTS if last.stance is Stance.DENIES else last.stance)
        if self._communique is not None:
            return _Said(None, (self._communique,), Stance.ASSERTS)
        return _Said(None, (Source(NARRATOR),), Stance.ASSERTS)

    # ---- one sentence's claims ------------------------------------------------------------------------------------

    def _emit(
        self,
        sentence: Sentence,
        doc: Doc,
        tolls: Sequence[Toll],
        said: Mapping[int, _Said],
        places: Sequence[PlaceMention],
    ) -> None:
        before = len(self._claims)
        strikes = [toll.event for toll in tolls if toll.event.event in HARM]
        for toll in tolls:
            attribution = said[toll.event.trigger]
            verbal = toll.event.event == "casualties" and toll.counts == Counts()
            if verbal and any(said[s.trigger].sources == attribution.sources for s in strikes):
                continue
            self._claims.extend(self._event_claims(sentence, doc, toll, attribution, places))
        self._recent = tuple(self._claims[before:]) or self._recent

    def _deny_again(
        self,
        sentence: Sentence,
        doc: Doc,
        cues: Sequence[Cue],
        sources: Mapping[int, tuple[Source, ...]],
        used: Sequence[Cue | None],
    ) -> None:
        """Add the denials that name no event: "the army rejected this", "she calls that slander", "denied responsibility"."""
        for cue in cues:
            verb = doc[cue.verb]
            if cue in used or cue.phrase or not self._recent:
                continue
            kind = anaphoric_denial(verb, cue.stance is Stance.DENIES, self.language)
            if kind is None:
                continue
            for source in sources[cue.start]:
                self._claims.extend(self._denials_of(sentence, doc, cue, source, own=kind == "responsibility"))

    def _denials_of(self, sentence: Sentence, doc: Doc, cue: Cue, source: Source, *, own: bool) -> list[Claim]:
        last = min(cue.verb + 3, len(doc))
        anchor = self._token_passage(sentence, doc, cue.verb, last)
        denied = []
        for claim in self._recent:
            if claim.polarity is Polarity.DENIED or claim.source == source.name:
                continue
            agent = self._actors.forces_of(source.name) if own else claim.agent
            identity = (self.report.id, source.name, claim.event, "denied", anchor.start, claim.id)
            denied.append(
                replace(
                    claim,
                    id=_identifier(identity),
                    source=source.name,
                    speaker=source.speaker,
                    via=source.via,
                    relays=(),
                    nested=False,
                    polarity=Polarity.DENIED,
                    certainty=Certainty.CERTAIN,
                    stance=Stance.DENIES,
                    anchor=anchor,
                    agent=agent,
                    counts=Counts(),
                    cue=self._token_passage(sentence, doc, cue.start, cue.end),
                    source_passage=self._source_passage(sentence, doc, cue),
                    content=None,
                )
            )
        return denied

    def _event_claims(
        self, sentence: Sentence, doc: Doc, toll: Toll, said: _Said, places: Sequence[PlaceMention]
    ) -> list[Claim]:
        event = toll.event
        trigger = doc[event.trigger]
        denied = event.denied ^ negated(trigger, self.language) ^ refuted(trigger, self.language)
        denied ^= said.stance is Stance.DENIES
        sure = self._certainty(trigger, said)
        interval = self._interval(sentence, doc, event, sure, said)
        counts = self._counts(sentence, toll)
        found_places = self._where(doc, event, places, sure, [said.cue] if said.cue else [])
        claims = []
        for source in said.sources:
            voice = self._voice(source.name)
            for agent in self._agents(doc, event, voice):
                for place, extent in found_places:
                    claims.append(
                        self._claim(
                            sentence,
                            doc,
                            event,
                            said,
                            source,
                            polarity=Polarity.DENIED if denied else Polarity.AFFIRMED,
                            sure=sure,
                            agent=agent,
                            target=self._target(doc, event, voice, agent),
                            place=place,
                            extent=extent,
                            interval=interval,
                            counts=counts,
                        )
                    )
        if event.event == "launch_offensive" and claims and claims[-1].agent is not None:
            self._attacker = claims[-1].agent
        if found_places and found_places[0][0] is not None:
            self._last_place = found_places[0][0]
        return claims

    def _claim(
        self,
        sentence: Sentence,
        doc: Doc,
        event: EventMention,
        said: _Said,
        source: Source,
        *,
        polarity: Polarity,
        sure: Certainty,
        agent: str | None,
        target: str | None,
        place: Place | None,
        extent: Extent,
        interval: Interval,
        counts: Counts,
    ) -> Claim:
        start, end = self._anchor(doc, event)
        anchor = self._passage(sentence, start, end)
        stance = Stance.DENIES if polarity is Polarity.DENIED and said.stance is not Stance.DOUBTS else said.stance
        if stance is Stance.DENIES and polarity is Polarity.AFFIRMED:
            stance = Stance.ASSERTS
        if stance is Stance.ASSERTS and said.nested:
            stance = Stance.RELAYS
        identity = (
            self.report.id,
            source.name,
            event.event,
            polarity,
            anchor.start,
            place.name if place else "",
            agent or "",
        )
        return Claim(
            id=_identifier(identity),
            report=self.report.id,
            source=source.name,
            speaker=source.speaker,
            via=source.via,
            relays=said.relays,
            nested=said.nested,
            event=event.event,
            polarity=polarity,
            certainty=sure,
            stance=stance,
            anchor=anchor,
            agent=agent,
            target=target,
            place=place,
            extent=extent,
            interval=interval,
            counts=counts,
            cue=self._token_passage(sentence, doc, said.cue.start, said.cue.end) if said.cue else None,
            source_passage=self._source_passage(sentence, doc, said.cue) if said.cue else None,
            content=self._content_passage(sentence, doc, said.cue) if said.cue else None,
            extractor=self.extractor,
        )

    def _passage(self, sentence: Sentence, start: int, end: int) -> Passage:
        return Passage(report=self.report.id, start=sentence.start + start, end=sentence.start + end)

    def _token_passage(self, sentence: Sentence, doc: Doc, start: int, end: int) -> Passage:
        span = doc[start:end]
        return self._passage(sentence, span.start_char, span.end_char)

    def _source_passage(self, sentence: Sentence, doc: Doc, cue: Cue) -> Passage:
        heads = [doc[i] for i in cue.sources]
        start = min(h.left_edge.i for h in heads)
        return self._token_passage(sentence, doc, start, max(h.i for h in heads) + 1)

    def _content_passage(self, sentence: Sentence, doc: Doc, cue: Cue) -> Passage:
        """Give the side of the cue on which the content stands, to the end of the sentence or up to the source."""
        heads = [doc[i] for i in cue.sources]
        if cue.trailing:
            return self._token_passage(sentence, doc, 0, max(1, min(cue.start, min(h.left_edge.i for h in heads))))
        return self._token_passage(sentence, doc, min(cue.end, len(doc) - 1), len(doc))

    def _anchor(self, doc: Doc, event: EventMention) -> tuple[int, int]:
        start = event.trigger
        while (
            start > 0
            and doc[start - 1].dep_ in {"aux", "auxpass", "neg", "amod", "compound"}
            and event.trigger - start < 3
        ):
            start -= 1
        end = min(max(event.last, event.trigger) + 1, start + _ANCHOR_WORDS, len(doc))
        if end - start < 2:
            end = min(start + 2, len(doc))
        return doc[start:end].start_char, doc[start:end].end_char

    # ---- fields ---------------------------------------------------------------------------------------------------

    def _certainty(self, trigger: Token, said: _Said) -> Certainty:
        own = certainty(trigger, self.language)
        if own is Certainty.CERTAIN and said.cue is not None and said.cue.certainty is not None:
            return said.cue.certainty
        return own

    def _agents(self, doc: Doc, event: EventMention, voice: Voice) -> tuple[str | None, ...]:
        if event.speaker_agent:
            return (self._actors.speaker_forces(voice) or None,)
        found = []
        for index in event.agents:
            name = self._actors.canonical(doc[index], voice)
            if name is not None and name != CIVILIANS and event.event in _MILITARY:
                name = self._actors.forces_of_country(doc[index]) or self._actors.forces_of(name)
            if name is not None:
                found.append("local residents" if name == CIVILIANS else name)
        return tuple(dict.fromkeys(found)) or (self._implied_agent(event, voice),)

    def _implied_agent(self, event: EventMention, voice: Voice) -> str | None:
        """A party that speaks of a retreat or a defence without saying whose speaks of its own."""
        if event.event in {"withdraw", "repel"} and voice.party and voice.side is not None:
            return self._actors.speaker_forces(voice)
        if event.event == "launch_offensive" and event.nominal:
            return self._attacker
        return None

    def _target(self, doc: Doc, event: EventMention, voice: Voice, agent: str | None) -> str | None:
        if event.event == "displace":
            return CIVILIANS
        for index in event.targets:
            kinds = self._actors.classes(doc[index])
            if kinds & {"place", "facility", "route"} and not kinds & {"party"}:
                continue
            if event.event not in {"displace"} and self._is_general(doc[index]):
                continue
            name = self._actors.canonical(doc[index], voice)
            if name is not None and name != agent:
                return name
        return None

    def _is_general(self, token: Token) -> bool:
        """Tell people of no side ("people", "20 others"), whom a toll does not name as a target."""
        word = tree.lemma(token)
        counted = next((noun for prep, noun in tree.prepositions(token) if prep == "of"), None)
        return (word in self.language.classes["general"] or token.like_num) and counted is None

    def _counts(self, sentence: Sentence, toll: Toll) -> Counts:
        if toll.event.event in {"detain", "displace"}:
            counts = counts_for(self.report.text, sentence.start, sentence.end)
            return (
                Counts(detained=counts.detained) if toll.event.event == "detain" else Counts(displaced=counts.displaced)
            )
        return toll.counts

    def _interval(self, sentence: Sentence, doc: Doc, event: EventMention, sure: Certainty, said: _Said) -> Interval:
        zone = self._zone or ZoneInfo("UTC")
        times = [
            t
            for t in find_times(
                self.report.text, sentence.start, sentence.end, published=self.report.published, zone=zone
            )
            if t.kind not in {"frequency", "duration"} and (t.interval.start or t.interval.end)
        ]
        trigger = doc[event.trigger]
        at = sentence.start + trigger.idx
        if said.cue is not None:
            cue_at = sentence.start + doc[said.cue.start].idx
            times = [
                t for t in times if not (0 <= t.start - cue_at < 40 and abs(t.start - at) > abs(t.start - cue_at))
            ] or (times if len(times) == 1 and sure in {Certainty.CERTAIN, Certainty.PROBABLE} else [])
        times = [t for t in times if _dates(doc, trigger, t.start - sentence.start)]
        if times:
            return min(times, key=lambda t: min(abs(t.start - at), abs(t.end - at))).interval
        if sure in {Certainty.PLANNED, Certainty.CONDITIONAL} or self._published is None:
            return Interval()
        start = end = self._published
        if (
            event.event in {"casualties"}
            and trigger.tag_ == "VBN"
            and any(c.lower_ in {"have", "has"} for c in trigger.children)
        ):
            start = end - timedelta(days=0)
        return Interval(start=start, end=end, precision=DatePrecision.DAY)

    # ---- places ---------------------------------------------------------------------------------------------------

    def _where(
        self, doc: Doc, event: EventMention, places: Sequence[PlaceMention], sure: Certainty, cues: Sequence[Cue]
    ) -> list[tuple[Place | None, Extent]]:
        for index in event.places:
            found = self._at(doc, index, event, places)
            if found:
                return found
        near = self._nearest(doc, event, places, cues)
        if near is not None:
            return [(near.place, self._extent(doc, near.head, event))]
        if self._inherits(event, sure):
            return [(self._last_place, Extent.UNKNOWN)]
        return [(None, Extent.UNKNOWN)]

    def _inherits(self, event: EventMention, sure: Certainty) -> bool:
        if event.event in {"casualties", "launch_offensive", "displace", "ceasefire"}:
            return False
        return self._last_place is not None and self._last_place.feature != "route" and sure is not Certainty.PLANNED

    def _at(
        self, doc: Doc, index: int, event: EventMention, places: Sequence[PlaceMention]
    ) -> list[tuple[Place | None, Extent]]:
        token = doc[index]
        mention = _mention_at(places, index)
        if mention is not None and (mention.place.radius_km or 0) > _TOO_WIDE_KM:
            return []
        if mention is not None:
            heads = [t for t in tree.conjuncts(doc[mention.head]) if _mention_at(places, t.i)]
            found = [
                (m.place, self._extent(doc, m.head, event)) for m in (_mention_at(places, t.i) for t in heads) if m
            ]
            return list(dict.fromkeys(found)) or [(mention.place, self._extent(doc, mention.head, event))]
        for child in token.children:
            inner = _mention_at(places, child.i)
            if inner is not None and child.dep_ == "poss" and inner.place.feature == "country":
                continue
            if inner is not None and child.dep_ in {"compound", "poss", "nmod", "amod", "appos", "pobj"}:
                return [(inner.place, self._extent(doc, index, event))]
        word = tree.lemma(token)
        classes = self._actors.classes(token)
        definite = token.lower_ in {"there", "here"} or (
            classes & {"place", "facility"}
            and any(
                c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in {"the", "this", "that"}) for c in token.children
            )
        )
        if definite and not any(True for _ in tree.prepositions(token)):
            place = self._places.definite(token)
            if place is not None and word not in {"position", "line", "post", "area", "border", "front"}:
                return [(place, self._extent(doc, index, event))]
        return []

    def _in_source(self, doc: Doc, mention: PlaceMention, cues: Sequence[Cue]) -> bool:
        """Tell that a place belongs to the name of who speaks: "the ministry in Damascus said"."""
        heads = [doc[i] for cue in cues for i in cue.sources]
        return any(h.left_edge.i <= mention.head <= h.right_edge.i and mention.head < h.i + 8 for h in heads)

    def _nearest(
        self, doc: Doc, event: EventMention, places: Sequence[PlaceMention], cues: Sequence[Cue]
    ) -> PlaceMention | None:
        described = [p for p in places if not _describes(doc, p, places)]
        inside = [
            p
            for p in described
            if p.place.feature != "country" and (p.place.radius_km or 0) < 200 and not self._in_source(doc, p, cues)
        ]
        if not inside:
            return None
        return min(inside, key=lambda p: (abs(p.head - event.trigger), p.head))

    def _extent(self, doc: Doc, index: int, event: EventMention) -> Extent:
        token = doc[index]
        if event.event in {"cut_route", "open_route"}:
            return Extent.ROUTE
        words = [tree.lemma(t) for t in doc[max(0, token.left_edge.i - 5) : token.i] if t.i > event.trigger]
        words += [tree.lemma(doc[token.i + 1])] if token.i + 1 < len(doc) else []
        found = extent_of(words, self.language)
        if found is not Extent.UNKNOWN:
            return found
        if event.event in {"advance", "encircle"}:
            return Extent.NEAR if event.event == "advance" else Extent.WHOLE
        before = {t.lower_ for t in doc[max(0, token.left_edge.i - 2) : token.i]}
        if before & {"near", "around", "towards", "toward", "outside"}:
            return Extent.NEAR
        return Extent.WHOLE if event.event in {"capture", "hold", "enter", "withdraw"} else Extent.UNKNOWN


def _dates(doc: Doc, trigger: Token, offset: int) -> bool:
    """Tell whether an expression of time can date an event: not where it stands in a clause that only describes a noun."""
    token = next((t for t in doc if t.idx + len(t.text) > offset), trigger)
    own = {trigger.i, *(a.i for a in trigger.ancestors)}
    for above in token.ancestors:
        if above.i in own:
            return True
        if above.pos_ in {"VERB", "AUX"} and above.dep_ in {"relcl", "acl"}:
            return False
    return True


def _describes(doc: Doc, mention: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    """Tell a place that only says where another is: "Damascus, about 140 kilometres south of Homs"."""
    before = doc[max(0, mention.start - 9) : mention.start]
    units = [t.i for t in before if t.lower_ in {"km", "kilometres", "kilometers", "miles", "kilometre", "mile"}]
    return bool(units) and any(
        p.end <= units[0] and units[0] - p.end <= 5 and doc[p.end].text in {",", "("}
        for p in places
        if p.end < len(doc)
    )


def _mention_at(places: Sequence[PlaceMention], index: int) -> PlaceMention | None:
    return next((p for p in places if p.start <= index < p.end), None)


def _identifier(parts: Sequence[object]) -> str:
    """Return the stable id of a claim from what makes it this claim."""
    return "c-" + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def _once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Keep of the claims that one source makes twice the fullest; order of text stays."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        place = claim.place
        where = (place.gazetteer_id or place.name) if place is not None else None
        key = (
            claim.source,
            claim.event,
            claim.polarity,
            claim.certainty,
            claim.agent,
            where,
            claim.interval.start,
            claim.interval.end,
        )
        if claim.event == "casualties":
            key = (*key, claim.counts, claim.target)
        other = kept.get(key)
        if other is None or _fullness(claim) > _fullness(other):
            kept[key] = claim
    return tuple(sorted(kept.values(), key=lambda claim: (claim.anchor.start, claim.id)))


def _fullness(claim: Claim) -> int:
    return sum(
        value is not None
        for value in (
            claim.agent,
            claim.target,
            claim.place,
            claim.counts.killed,
            claim.counts.wounded,
            claim.interval.expression,
        )
    )
