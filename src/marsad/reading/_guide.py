"""The learned reader's answers brought into the walk: which events there are, and what fills each of their fields.

The network points at words; the walk knows what those words name. What it points at in an earlier sentence was named
when the walk was there.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from marsad.reading import tree
from marsad.reading._forces import NARRATOR
from marsad.reading._mentions import EventMention, spread
from marsad.reading._voices import Said
from marsad.reading.actors import CIVILIANS
from marsad.reading.learned._inputs import CERTAINTIES, EXTENTS, POLARITIES, SLOTS, TYPES
from marsad.reading.sources import Source
from marsad.records import DatePrecision, Extent, Interval, Place, Producer, Producers, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading._scene import Scene
    from marsad.reading._voices import Voices
    from marsad.reading.attribution import Cue
    from marsad.reading.learned._inputs import Inputs
    from marsad.reading.learned._network import Answer
    from marsad.reading.places import PlaceReader
    from marsad.records import Certainty, Claim, Polarity

Value = TypeVar("Value")

# What is less likely than this is not looked at.
_WORTH = 0.02
# How likely another member of a list must be beside the likeliest to make a claim of its own.
_AMONG = 0.2
# How much the rules' choice counts beside the network's chances, and how much it counts that they chose nobody: for an
# event that they found, and for one that they did not.
_FOUND, _GUESSED = (0.95, 0.8), (0.6, 0.2)
# How much less it counts that they chose no target: they often miss one.
_HARDLY = 0.75
# How much a noun that names nobody known counts beside a name that the theatre knows.
_BARE = 0.6
_PARTS = frozenset({"compound", "amod", "nmod", "poss", "case", "det", "nummod"})
# The fields of a claim that the network has an answer for.
_ASKED = ("event", "source", "polarity", "certainty", "agent", "target", "place", "extent", "interval")
_PRECISIONS = (3, DatePrecision.DAY), (7, DatePrecision.WEEK), (31, DatePrecision.MONTH)


@dataclass
class _Ballot(Generic[Value]):
    """What may fill a role: how likely each value is, and the words that stand for it."""

    chances: dict[Value, float] = field(default_factory=dict)
    words: dict[Value, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, value: Value, chance: float, word: int | None = None) -> None:
        """Count a chance for a value, which a word may stand for."""
        self.chances[value] = self.chances.get(value, 0.0) + float(chance)
        if word is not None:
            self.words[value].append(word)

    @property
    def best(self) -> Value:
        """The likeliest value."""
        return max(self.chances, key=lambda value: self.chances[value])

    def listed(self, joined: Callable[[int, int], bool]) -> tuple[Value, ...]:
        """Return the likeliest value with those that its words are joined to in a list."""
        best = self.best
        least = _AMONG * self.chances[best]
        others = (value for value, chance in self.chances.items() if value != best and chance >= least)
        pairs = {value: itertools.product(self.words[best], self.words[value]) for value in others}
        return (best, *(value for value, words in pairs.items() if any(joined(one, two) for one, two in words)))


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the rules make of an event: how much their choice counts, and how much it counts that they chose nobody.

    `found` tells that they found the event themselves, `pointed` that the network knows the words of their source.
    """

    claims: tuple[Claim, ...]
    choice: float
    silence: float
    found: bool = True
    pointed: bool = True

    def weight(self, value: object) -> float:
        """Return how much a value of theirs counts."""
        return self.silence if value in (None, NARRATOR) else self.choice

    def values(self, role: str) -> tuple[Any, ...]:
        """Return what they fill a role with, each once."""
        return tuple(dict.fromkeys(getattr(claim, role) for claim in self.claims))


@dataclass
class Guide:
    """What the network answers about one report, and what the walk has named so far.

    `known` are the names of the theatre's actors.
    """

    inputs: Inputs
    answers: Mapping[tuple[int, str], Answer]
    known: Collection[str] = frozenset()
    first: int = 0
    _number: int = -1
    _names: dict[int, str | None] = field(default_factory=dict)
    _places: dict[int, Place] = field(default_factory=dict)
    _sources: dict[int, tuple[Cue, Source, int]] = field(default_factory=dict)

    # ---- the walk -------------------------------------------------------------------------------------------------

    def enter(self, scene: Scene, cues: Mapping[Cue, tuple[Source, ...]]) -> None:
        """Go on to the next sentence."""
        self._number += 1
        self.first = self.inputs.trace.firsts[self._number]
        for mention in scene.places:
            self._places.update(
                dict.fromkeys(range(self.first + mention.start, self.first + mention.end), mention.place)
            )
        for cue, sources in cues.items():
            for source, head in zip(sources, cue.sources, strict=False):
                start, end = tree.phrase(scene.doc[head])
                for index in range(start, end):
                    self._sources[self.first + index] = cue, source, self._number

    def leave(self, scene: Scene, name: Callable[[Token], str | None]) -> None:
        """Name the words of the sentence that later answers point at."""
        start, end = self.first, self.first + len(scene.doc)
        for index in range(start, end):
            if self._pointed_at.get(index, -1) >= end:
                self._names[index] = name(scene.doc[index - start])

    @cached_property
    def _pointed_at(self) -> dict[int, int]:
        """Return the words that answers point at for who and whom, each with the last event that does."""
        found: dict[int, int] = {}
        for (trigger, _), answer in self.answers.items():
            for index, _ in (*_words(answer, "agent"), *_words(answer, "target")):
                found[index] = max(trigger, found.get(index, -1))
        return found

    def mentions(self, doc: Doc, found: Sequence[EventMention]) -> list[EventMention]:
        """Return the events that the network finds in the sentence, as the rules fill them where they can."""
        rules = {mention.trigger: mention for mention in found}
        exact = {(mention.trigger, mention.event): mention for mention in found}
        wanted = sorted((t - self.first, event) for t, event in self.answers if self.first <= t < self.first + len(doc))
        return [
            exact.get((index, event))
            or (replace(rules[index], event=event) if index in rules else _mention(doc[index], event))
            for index, event in wanted
        ]

    def answer(self, event: EventMention) -> Answer | None:
        """Return what the network says of an event of the sentence."""
        return self.answers.get((self.first + event.trigger, event.event))

    def opinion(self, answer: Answer, guessed: Callable[[], Iterable[Claim]]) -> Opinion:
        """Return what the rules made of the word that an answer is about, of the same type of event if they can.

        Where they found no event there, it is what they would have made of it, which counts less.
        """
        found = [one for one in self.inputs.trace.events if one.trigger == answer.trigger]
        if not found:
            return Opinion(tuple(guessed()), *_GUESSED, found=False)
        one = next((one for one in found if one.event == TYPES[answer.event]), found[0])
        return Opinion(one.claims, *_FOUND, pointed=bool(one.roles["source"]))

    # ---- fields ---------------------------------------------------------------------------------------------------

    def said(self, scene: Scene, answer: Answer, opinion: Opinion, said: Said, voices: Voices) -> Said:
        """Return whose word an event is, the rules' answer where the network agrees."""
        if not opinion.pointed and said.sources[0].name != NARRATOR:
            return said
        ballot = _Ballot[str]()
        ballot.add(NARRATOR, answer.options["source"][0])
        ballot.add(said.sources[0].name, opinion.weight(said.sources[0].name))
        for index, chance in _words(answer, "source"):
            ballot.add(self._source(scene, index, voices), chance, index)
        best = ballot.best
        if best in {source.name for source in said.sources}:
            return said
        if best == NARRATOR:
            return Said(None, (Source(NARRATOR),), Stance.ASSERTS)
        sources = tuple(self._spoken(name, ballot) for name in ballot.listed(partial(self._joined, scene)))
        cue = next((known[0] for i in ballot.words[best] if (known := self._sources.get(i)) is not None), None)
        if cue is not None and all(self.first <= i < self.first + len(scene.doc) for i in ballot.words[best]):
            return Said(cue, sources, cue.stance)
        return Said(None, sources, Stance.ASSERTS)

    def _spoken(self, name: str, ballot: _Ballot[str]) -> Source:
        known = (self._sources[index][1] for index in ballot.words[name] if index in self._sources)
        return next(known, Source(name))

    def _source(self, scene: Scene, index: int, voices: Voices) -> str:
        if index in self._sources:
            return self._sources[index][1].name
        here = index - self.first
        if 0 <= here < len(scene.doc):
            return voices.named(scene.doc[here])
        return self._named(index) or NARRATOR

    def _named(self, index: int) -> str | None:
        """Return whom a word outside the sentence names: an actor, the publisher, or who it meant in its sentence."""
        trace = self.inputs.trace
        known = next((name for start, end, name in trace.actors if start <= index < end), None)
        if known is None and trace.words[index].section == "publisher":
            return trace.report.narrator
        return known or self._names.get(index)

    def parties(
        self, scene: Scene, answer: Answer, opinion: Opinion, role: str, name: Callable[[Token], str | None]
    ) -> tuple[str | None, ...]:
        """Return who fills a role: (None,) for nobody, more than one where the words list them."""
        ballot = _Ballot[str | None]()
        ballot.add(None, answer.options[role][0])
        ballot.add(CIVILIANS, answer.options[role][1])
        rules = opinion.values(role)
        for value in rules[:1]:
            ballot.add(value, opinion.weight(value) * (_HARDLY if role == "target" and value is None else 1))
        for index, chance in _words(answer, role):
            here = index - self.first
            found = name(scene.doc[here]) if 0 <= here < len(scene.doc) else self._named(index)
            if found is not None:
                ballot.add(found, chance if found in self.known or not self.known else _BARE * chance, index)
        if ballot.best in rules or role == "target":
            return rules if ballot.best in rules else (ballot.best,)
        return ballot.listed(partial(self._joined, scene))

    def where(self, scene: Scene, answer: Answer, opinion: Opinion, places: PlaceReader) -> tuple[Place | None, ...]:
        """Return where an event was: (None,) for nowhere named, more than one where the words list them."""
        ballot = _Ballot[str | None]()
        ballot.add(None, answer.options["place"][0])
        found: dict[str | None, Place] = {}
        rules: tuple[Place | None, ...] = opinion.values("place")
        for value in rules[:1]:
            ballot.add(value.name if value is not None else None, opinion.weight(value))
        for index, chance in _words(answer, "place"):
            place = self._places.get(index) or self._unnoticed(scene, index, places)
            if place is not None:
                ballot.add(place.name, chance, index)
                found[place.name] = place
        if ballot.best in {place.name if place is not None else None for place in rules}:
            return rules
        return tuple(found.get(name) for name in ballot.listed(partial(self._joined, scene)))

    def _joined(self, scene: Scene, one: int, other: int) -> bool:
        """Tell whether two words of the sentence belong to members of one list."""
        here, there = one - self.first, other - self.first
        if not (0 <= here < len(scene.doc) and 0 <= there < len(scene.doc)):
            return False
        first, second = _head(scene.doc[here]), _head(scene.doc[there])
        return any(member.i == second.i for member in tree.conjuncts(first)) or any(
            member.i == first.i for member in tree.conjuncts(second)
        )

    def _unnoticed(self, scene: Scene, index: int, places: PlaceReader) -> Place | None:
        """Return the place that a capitalised run of words names though the rules saw none there."""
        here = index - self.first
        if not 0 <= here < len(scene.doc) or not tree.is_name(scene.doc[here]):
            return None
        start, end = here, here + 1
        while start > 0 and _is_proper(scene.doc[start - 1]):
            start -= 1
        while end < len(scene.doc) and _is_proper(scene.doc[end]):
            end += 1
        return places.resolve(scene.doc[start:end].text)

    def polarity(self, answer: Answer, opinion: Opinion) -> Polarity:
        """Return whether the source says that it is so."""
        chances = [float(chance) for chance in answer.polarity]
        for claim in opinion.claims[:1]:
            chances[POLARITIES.index(claim.polarity)] += opinion.choice
        return POLARITIES[int(np.argmax(chances))]

    def certainty(self, answer: Answer, opinion: Opinion) -> Certainty:
        """Return how far the source commits itself."""
        chances = [float(chance) for chance in answer.certainty]
        for claim in opinion.claims[:1]:
            chances[CERTAINTIES.index(claim.certainty)] += opinion.silence
        return CERTAINTIES[int(np.argmax(chances))]

    def extent(self, answer: Answer, opinion: Opinion) -> Extent:
        """Return how much of the place the event concerns; where the rules read it from words, that stands."""
        told = opinion.values("extent")[:1]
        if opinion.found and told and told[0] not in {Extent.UNKNOWN, Extent.WHOLE}:
            return Extent(told[0])
        chances = [float(chance) for chance in answer.extent]
        for claim in opinion.claims[:1]:
            chances[EXTENTS.index(claim.extent)] += opinion.silence
        return EXTENTS[int(np.argmax(chances))]

    def when(self, answer: Answer, opinion: Opinion) -> Interval:
        """Return when an event was, by the likeliest stretch of days."""
        chances: dict[tuple[object, object], float] = defaultdict(float)
        best: dict[tuple[object, object], tuple[float, Interval]] = {}
        for interval, chance in zip(self.inputs.intervals, answer.options["when"], strict=True):
            key = (interval.start, interval.end)
            chances[key] += float(chance)
            if chance > best.get(key, (-1.0, interval))[0]:
                best[key] = float(chance), interval
        for claim in opinion.claims[:1]:
            key = (claim.interval.start, claim.interval.end)
            chances[key] += opinion.choice
            best[key] = 1.0, claim.interval
        interval = best[max(chances, key=lambda key: chances[key])][1]
        if interval.start is None or interval.end is None:
            return interval
        if interval.end < interval.start:
            return Interval()
        days = (interval.end - interval.start).days + 1
        if days == 1:
            return interval
        precision = next((name for most, name in _PRECISIONS if days <= most), DatePrecision.YEAR)
        return replace(interval, precision=precision)


def produced(claim: Claim, opinion: Opinion) -> Producers:
    """Return what each field of a claim is from, given what the rules make of its event."""

    def of(name: str) -> Producer:
        same = getattr(claim, name) in opinion.values(name) and (opinion.found or name != "event")
        return Producer.BOTH if same else Producer.NETWORK

    return Producers(**{name: of(name) for name in _ASKED})


def _is_proper(token: Token) -> bool:
    return tree.is_name(token) and token.pos_ == "PROPN"


def _head(token: Token) -> Token:
    """Return the noun that a word of a name belongs to."""
    while token.dep_ in _PARTS and token.head.i != token.i:
        token = token.head
    return token


def _words(answer: Answer, role: str) -> list[tuple[int, float]]:
    """Return the words that may fill a role, with how likely."""
    chances = answer.options[role][len(SLOTS[role]) :]
    return [(int(index), float(chances[index])) for index in np.flatnonzero(chances >= _WORTH)]


def _mention(token: Token, event: str) -> EventMention:
    """Return an event at a word that no frame takes for one, with the arguments that the tree shows."""
    verbal = token.pos_ in {"VERB", "AUX"}
    agent = tree.logical_subject(token) if verbal else tree.child(token, "poss")
    target = tree.logical_object(token) if verbal else None
    places = [argument for _, argument in tree.prepositions(token)]
    return EventMention(
        event=event,
        trigger=token.i,
        agents=(agent.i,) if agent is not None else (),
        targets=(target.i,) if target is not None else (),
        places=spread(places),
        denied=False,
        nominal=not verbal,
        last=token.i,
    )
