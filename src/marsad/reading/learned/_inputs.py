"""A trace as numbers: features of words, windows of pieces, relations between words, and the options of each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from marsad.records import Certainty, DatePrecision, Extent, Interval, Polarity
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from marsad.reading.learned._pieces import Pieces
    from marsad.reading.learned._trace import RuleEvent, Trace, Word

TYPES = tuple(load_events())
POLARITIES, CERTAINTIES, EXTENTS = tuple(Polarity), tuple(Certainty), tuple(Extent)
POINTERS = ("source", "agent", "target", "place", "on", "since", "from", "until", "ahead")
"""What a pointer over the words can fill; the last five say how an expression of time bounds the event."""
ROLES = ("source", "agent", "target", "place")
DATING = POINTERS[4:]
SLOTS = {"source": ("narrator",), "agent": ("none", "civilians"), "target": ("none", "civilians"), "place": ("none",)}
"""What can fill a role beside a word."""
DATED = ("none", "published", "until published", "day before")
"""How an event can be dated without an expression of time."""

_CASES = ("lower", "title", "upper", "other")
_SECTIONS = ("kind", "publisher", "title", "body", "silent")
_POS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ"),
    *("SYM", "VERB"),
)
_DEP = (
    *("ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc"),
    *("ccomp", "compound", "conj", "csubj", "dative", "dep", "det", "dobj", "expl", "mark", "meta", "neg", "nmod"),
    *("npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "prep"),
    *("prt", "punct", "quantmod", "relcl", "xcomp"),
)
NOUNS = (
    *("force", "civilian", "party", "leader", "person", "route", "place", "facility", "aircraft", "artillery"),
    *("pronoun", "number", "other"),
)
"""The noun classes that are told apart, the most telling first."""
_ACTORS = ("state", "armed_group", "monitor", "media", "un", "ngo", "person", "other")
_CUES = ("cue", "source")
_MOODS = tuple(f"{polarity} {certainty}" for polarity in Polarity for certainty in Certainty)

FEATURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("case", _CASES),
    ("section", _SECTIONS),
    ("pos", _POS),
    ("dep", _DEP),
    ("noun", NOUNS),
    ("cue", _CUES),
    ("actor", _ACTORS),
    ("opens", ("opens",)),
    ("place", ("place",)),
    ("time", ("time",)),
    ("quoted", ("quoted",)),
    ("event", TYPES),
    ("mood", _MOODS),
)
"""The features of a word with their values; 0 stands for none of them, the values count from 1."""

RELATIONS = (
    *("header", "far", "before", "later", "same", "self", "subject", "passive", "object", "by", "argument", "modifier"),
    *("conjunct", "child", "head", "sibling", "above", "below"),
)
"""How a word stands to a trigger."""
_OF_CHILD = {"nsubj": "subject", "nsubjpass": "passive", "dobj": "object", "conj": "conjunct"}
_OF_CHILD |= dict.fromkeys(("poss", "compound", "amod", "nmod", "appos"), "modifier")
_NUMBER = {name: number for number, name in enumerate(RELATIONS)}
_LONGEST = 500
_OVERLAP = 2


@dataclass(frozen=True)
class Window:
    """A stretch of words that is encoded at once: pieces of the header, of `[start, end)`, and whence each comes.

    `words` gives for each piece the word that it begins, -1 for the others, `owners` the word that it is of; `keep` is
    the first word whose vector is taken from this window.
    """

    pieces: NDArray[np.int64]
    words: NDArray[np.int64]
    owners: NDArray[np.int64]
    keep: int

    @property
    def taken(self) -> NDArray[np.int64]:
        """Return the pieces whose vectors are those of words: the first of each word that is to be taken from here."""
        return np.flatnonzero((self.words >= self.keep) | ((self.words >= 0) & (self.keep == 0)))


@dataclass(frozen=True)
class Inputs:
    """A trace as the network takes it; `published` is the day of publication."""

    trace: Trace
    published: date | None

    @cached_property
    def features(self) -> NDArray[np.int64]:
        """Return the features, one row a word, as numbers into the values of FEATURES."""
        rules = {event.trigger: event for event in self.trace.events}
        rows = [_features(word, rules.get(index)) for index, word in enumerate(self.trace.words)]
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(FEATURES))

    @cached_property
    def candidates(self) -> NDArray[np.bool_]:
        """Return which words may carry an event: those of sentences that state something, no marks."""
        return np.array([w.section == "body" and w.pos not in {"PUNCT", "SPACE", "DET"} for w in self.trace.words])

    def windows(self, pieces: Pieces, words: Sequence[str] | None = None) -> Iterator[Window]:
        """Yield windows that cover the report; `words` may stand for the words of the trace."""
        texts = words if words is not None else [word.text for word in self.trace.words]
        cut = [pieces.of(text) for text in texts]
        header = self.trace.firsts[0] if self.trace.firsts else len(texts)
        bounds = [*self.trace.firsts, len(texts)]
        fixed = sum(map(len, cut[:header])) + 2
        index, keep = 0, 0
        while True:
            size, last = fixed, index
            while last < len(bounds) - 1:
                more = sum(map(len, cut[bounds[last] : bounds[last + 1]]))
                if last > index and size + more > _LONGEST:
                    break
                size += more
                last += 1
            yield _window(pieces, cut, header, (bounds[index], bounds[last]), keep)
            if last >= len(bounds) - 1:
                return
            keep = bounds[last]
            index = max(last - _OVERLAP, index + 1)

    def relations(self, trigger: int) -> NDArray[np.int64]:
        """Return how each word stands to a trigger, as numbers into RELATIONS."""
        known = self._relations.get(trigger)
        if known is None:
            known = self._relations[trigger] = self._relations_to(trigger)
        return known

    @cached_property
    def _relations(self) -> dict[int, NDArray[np.int64]]:
        return {}

    def _relations_to(self, trigger: int) -> NDArray[np.int64]:
        words = self.trace.words
        own = words[trigger].sentence
        found = np.full(len(words), _NUMBER["header"], dtype=np.int64)
        for number, name in ((own - 2, "far"), (own - 1, "before"), (own + 1, "later"), (own, "same")):
            if not 0 <= number < len(self.trace.firsts):
                continue
            start, end = self._bounds(number)
            if name == "far":
                found[self.trace.firsts[0] : end] = _NUMBER[name]
            elif name == "later":
                found[start:] = _NUMBER[name]
            else:
                found[start:end] = _NUMBER[name]
        start, end = self._bounds(own)
        above = set(_above(words, trigger))
        for index in range(start, end):
            relation = _relation(words, trigger, index, above)
            if relation:
                found[index] = _NUMBER[relation]
        return found

    def _bounds(self, sentence: int) -> tuple[int, int]:
        firsts = self.trace.firsts
        return firsts[sentence], firsts[sentence + 1] if sentence + 1 < len(firsts) else len(self.trace.words)

    # ---- dates ----------------------------------------------------------------------------------------------------

    def dated(self, interval: Interval) -> NDArray[np.bool_]:
        """Return which ways of dating an event come to an interval: DATED, then DATING for each expression of time."""
        return np.array([(i.start, i.end) == (interval.start, interval.end) for i in self.intervals], dtype=np.bool_)

    @cached_property
    def intervals(self) -> tuple[Interval, ...]:
        """Return what each way of dating an event comes to."""
        day = self.published
        eve = day - timedelta(days=1) if day else None
        found = [Interval(), Interval(start=day, end=day, precision=DatePrecision.DAY) if day else Interval()]
        found += [Interval(end=day), Interval(start=eve, end=eve, precision=DatePrecision.DAY) if eve else Interval()]
        spans = [time.interval for time in self.trace.times]
        found += spans
        found += [Interval(start=span.start, end=day, expression=span.expression) for span in spans]
        found += [Interval(start=span.start, expression=span.expression) for span in spans]
        found += [Interval(end=span.end, expression=span.expression) for span in spans]
        found += [time.ahead for time in self.trace.times]
        return tuple(found)


def _features(word: Word, rule: RuleEvent | None) -> list[int]:
    values = (
        _case(word.text),
        word.section,
        word.pos,
        word.dep,
        word.noun,
        word.cue,
        word.actor,
        "opens" if word.opens else "",
        "place" if word.place else "",
        "time" if word.time else "",
        "quoted" if word.quoted else "",
        rule.event if rule is not None else "",
        f"{rule.claim.polarity} {rule.claim.certainty}" if rule is not None else "",
    )
    return [_POSITIONS[number].get(value, 0) for number, value in enumerate(values)]


_POSITIONS = tuple({value: number for number, value in enumerate(values, 1)} for _, values in FEATURES)


def _case(text: str) -> str:
    if text.islower():
        return "lower"
    if text[:1].isupper():
        return "upper" if text.isupper() and len(text) > 1 else "title"
    return "other"


def _window(pieces: Pieces, cut: Sequence[tuple[int, ...]], header: int, span: tuple[int, int], keep: int) -> Window:
    start, stop = pieces.vocabulary["[CLS]"], pieces.vocabulary["[SEP]"]
    numbers, words, owners = [start], [-1], [-1]
    for index in (*range(header), -1, *range(*span)):
        inner = cut[index] if index >= 0 else (stop,)
        numbers += inner
        words += [index, *([-1] * (len(inner) - 1))] if index >= 0 else [-1]
        owners += [index] * len(inner)
    numbers, words, owners = [*numbers[:511], stop], [*words[:511], -1], [*owners[:511], -1]
    return Window(np.array(numbers), np.array(words), np.array(owners), keep)


def _above(words: Sequence[Word], index: int) -> Iterator[int]:
    for _ in range(len(words)):
        if words[index].head == index:
            return
        index = words[index].head
        yield index


def _relation(words: Sequence[Word], trigger: int, index: int, above: set[int]) -> str:
    if index == trigger:
        return "self"
    word = words[index]
    if word.head == trigger:
        return _OF_CHILD.get(word.dep, "child")
    if words[trigger].head == index:
        return "head"
    if index in above:
        return "above"
    chain = list(_above(words, index))
    if trigger in chain:
        if len(chain) > 1 and chain[1] == trigger and word.dep in {"pobj", "pcomp"}:
            return "by" if words[chain[0]].dep == "agent" else "argument"
        return "below"
    return "sibling" if chain and chain[0] == words[trigger].head and word.dep.startswith("nsubj") else ""
