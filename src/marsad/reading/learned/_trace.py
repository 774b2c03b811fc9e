"""What the rules saw and decided in a report, laid out word by word: the input of the learned reader.

Words are counted through the whole report: first those of a header (the kind of outlet, its publisher, the title), then
those of the sentences in order. `Trace` is filled during the rules' walk and read-only afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.reading.learned._inputs import NOUNS
from marsad.reading.places import place_at
from marsad.reading.times import find_times, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from marsad.reading._classes import NounClasses
    from marsad.reading._mentions import EventMention
    from marsad.reading._scene import Scene
    from marsad.reading._voices import Said
    from marsad.reading.attribution import Cue
    from marsad.reading.sources import Source
    from marsad.reading.times import TimeExpression
    from marsad.records import Claim, Interval, Report

OWN_CLOCK = ZoneInfo("UTC")
_WORD = re.compile(r"\w+|[^\w\s]")
_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text and what the parse and the rules say of it.

    `head` is the word above it, itself at the root; `section` is `kind`, `publisher`, `title`, `body` or `silent` (a
    heading or a question, which states nothing); `actor` the kind of the theatre's actor that it names; `opens` marks
    the first word of a paragraph.
    """

    text: str
    section: str
    sentence: int = -1
    head: int = -1
    pos: str = ""
    dep: str = ""
    noun: str = ""
    cue: str = ""
    actor: str = ""
    opens: bool = False
    place: bool = False
    time: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class RuleEvent:
    """One event that the rules found: trigger, type, which words fill its roles, and the claims made of it."""

    trigger: int
    event: str
    roles: Mapping[str, tuple[int, ...]]
    claims: tuple[Claim, ...]

    @property
    def claim(self) -> Claim:
        """The first claim, which shares all but lists with the others."""
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time at the words `[start, end)`: what it means looking back, and looking ahead."""

    start: int
    end: int
    interval: Interval
    ahead: Interval


@dataclass
class Trace:
    """The words of one report, what is named in them, and the events that the rules found.

    `actors` and `places` are spans of words with the name of what they name, `offsets` where each word begins in the
    text (-1 in the header), `firsts` the first word of each sentence.
    """

    report: Report
    words: list[Word] = field(default_factory=list)
    events: list[RuleEvent] = field(default_factory=list)
    actors: list[tuple[int, int, str]] = field(default_factory=list)
    places: list[tuple[int, int, str]] = field(default_factory=list)
    times: list[Dated] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    _paragraph: int = -1
    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay out the header."""
        report = self.report
        kind = "unknown" if report.forwarded else report.kind  # nobody tells what the channel of a forwarded post is
        header = (("kind", kind), ("publisher", report.narrator or ""), ("title", report.title or ""))
        for section, text in header:
            first, found = len(self.words), list(_WORD.finditer(text.replace("_", " ")))[:_LONGEST_HEADER]
            self.words += [Word(match.group(), section) for match in found]
            if section == "title":
                times = find_times(text, 0, len(text), published=report.published, zone=OWN_CLOCK)
                self._date(text, times, {first + n: (m.start(), m.end()) for n, m in enumerate(found)})
        self.offsets = [-1] * len(self.words)

    def sentence(self, scene: Scene, classes: NounClasses, cues: Mapping[Cue, tuple[Source, ...]]) -> None:
        """Add the words of a sentence with what is named in it."""
        first, number = len(self.words), len(self.firsts)
        self.firsts.append(first)
        at = scene.sentence.start
        spans = {first + token.i: (at + token.idx, at + token.idx + len(token.text)) for token in scene.doc}
        timed = self._date(self.report.text, scene.times, spans)
        said = _cue_words(cues)
        section = "body" if scene.states else "silent"
        actors = {index: one.actor.kind for one in scene.names for index in range(one.start, one.end)}
        opens, self._paragraph = scene.sentence.paragraph != self._paragraph, scene.sentence.paragraph
        for token in scene.doc:
            self.words.append(
                Word(
                    text=token.text,
                    section=section,
                    sentence=number,
                    head=first + token.head.i,
                    pos=token.pos_,
                    dep=token.dep_,
                    noun=_noun_class(classes, token),
                    cue=said.get(token.i, ""),
                    actor=actors.get(token.i, ""),
                    opens=opens and token.i == 0,
                    place=place_at(scene.places, token.i) is not None,
                    time=first + token.i in timed,
                    quoted=scene.quoted[token.i],
                )
            )
            self.offsets.append(scene.sentence.start + token.idx)
        self.actors += [(first + one.start, first + one.end, one.actor.name) for one in scene.names]
        self.places += [(first + one.start, first + one.end, one.place.name) for one in scene.places]
        for cue, sources in cues.items():
            for source, head in zip(sources, cue.sources, strict=False):
                self._last["source", source.name] = first + head
        for place in scene.places:
            self._last["place", place.place.name] = first + place.end - 1

    def _date(self, text: str, times: Iterable[TimeExpression], spans: Mapping[int, tuple[int, int]]) -> set[int]:
        """Add the expressions of time in a text, whose words stand at `spans`; return the words of dates."""
        published, words = self.report.published, set[int]()
        for time in times:
            inside = [index for index, (first, last) in spans.items() if first < time.end and time.start < last]
            if not inside or not (time.interval.start or time.interval.end):
                continue
            ahead = resolve(text[time.start : time.end], published, OWN_CLOCK, future=True)
            self.times.append(Dated(inside[0], inside[-1] + 1, time.interval, ahead or time.interval))
            words.update(inside)
        return words

    def event(self, event: EventMention, said: Said, claims: Sequence[Claim]) -> None:
        """Add an event of the last sentence with the claims that the rules made of it."""
        if not claims:
            return
        first = self.firsts[-1]
        one = claims[0]
        if said.cue is not None:
            sources = tuple(first + index for index in said.cue.sources)
        else:
            named = (self._last.get(("source", source.name)) for source in said.sources)
            sources = tuple(index for index in named if index is not None)
        places = {claim.place.name for claim in claims if claim.place is not None}
        roles = {
            "source": sources,
            "agent": tuple(first + index for index in event.agents) if one.agent is not None else (),
            "target": tuple(first + index for index in event.targets) if one.target is not None else (),
            "place": tuple(self._last[key] for name in sorted(places) if (key := ("place", name)) in self._last),
        }
        self.events.append(RuleEvent(first + event.trigger, event.event, roles, tuple(claims)))


def _cue_words(cues: Mapping[Cue, tuple[Source, ...]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for cue in cues:
        found.update(dict.fromkeys(range(cue.start, cue.end), "cue"))
        found.update(dict.fromkeys(cue.sources, "source"))
    return found


def _noun_class(classes: NounClasses, token: Token) -> str:
    """Return the most telling noun class of a token, "" where it has none."""
    if token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
        return ""
    kinds = classes.of(token)
    return next((kind for kind in NOUNS if kind in kinds), "other")
