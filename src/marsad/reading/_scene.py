"""One sentence as the rest of the room sees it: parsed, with its names, places, quotations, dates and spans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.reading import tree
from marsad.reading.times import find_times
from marsad.records import Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from marsad.reading.attribution import Cue
    from marsad.reading.names import NamedActor
    from marsad.reading.places import PlaceMention
    from marsad.reading.sentences import Sentence
    from marsad.reading.times import TimeExpression
    from marsad.records import Report

# Days are told by the publisher's own clock, which the offset of the publication gives.
_OWN_CLOCK = ZoneInfo("UTC")
_MOST_WORDS = 8
_FEWEST_WORDS = 2


@dataclass(frozen=True)
class Scene:
    """A sentence of a report; tokens are counted in `doc`, passages in the report's text."""

    report: Report
    sentence: Sentence
    doc: Doc
    names: tuple[NamedActor, ...]
    places: tuple[PlaceMention, ...]
    quotes: tuple[tuple[int, int], ...]
    language: str

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """Return for each token whether it stands in quotation marks."""
        start, end = self.sentence.start, self.sentence.end
        near = [(first, last) for first, last in self.quotes if first < end and start < last]
        if not near:
            return (False,) * len(self.doc)
        return tuple(any(first <= start + token.idx < last for first, last in near) for token in self.doc)

    @property
    def states(self) -> bool:
        """Tell whether the sentence states anything: headings and questions do not."""
        return not self.sentence.heading and not tree.text(self.doc).rstrip('"”“’» )').endswith(("?", "؟"))

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        """Return the expressions that say when something was; how long and how often are left out."""
        text, first, last = self.report.text, self.sentence.start, self.sentence.end
        published = self.report.published
        found = find_times(text, first, last, published=published, zone=_OWN_CLOCK, language=self.language)
        dated = (one for one in found if one.interval.start or one.interval.end)
        return tuple(one for one in dated if one.kind not in {"frequency", "duration"})

    def offset(self, index: int) -> int:
        """Return where a token begins in the report's text."""
        return self.sentence.start + self.doc[index].idx

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage of the tokens `[start, end)`."""
        span = self.doc[start:end]
        return self._passage(span.start_char, span.end_char)

    def anchor(self, start: int, end: int) -> Passage:
        """Return the tokens `[start, end)` as two to eight words without marks at the ends; one where there is one."""
        last = min(start + _MOST_WORDS, len(self.doc))
        end = min(end, last)
        while end - start > 1 and self.doc[end - 1].is_punct:
            end -= 1
        # Wider where it is too short: to the next mark, else to the left, else over the mark.
        mark = next((i for i in range(end, last) if self.doc[i].is_punct), last)
        wider = [(start, stop) for stop in range(end, mark + 1)]
        wider += [(first, end) for first in range(start - 1, max(end - _MOST_WORDS, 0) - 1, -1)]
        wider += [(start, stop) for stop in range(mark + 1, last + 1)]
        spans = (self._trimmed(*span) for span in wider)
        enough = next((span for span in spans if self._words(*span) >= _FEWEST_WORDS), None)
        return self._passage(*(enough or self._trimmed(start, end)))

    def source(self, cue: Cue) -> Passage:
        """Return the noun phrases of who vouches, from the first to the last."""
        phrases = [tree.whole_phrase(self.doc[head]) for head in cue.sources]
        return self.passage(min(start for start, _ in phrases), max(end for _, end in phrases))

    def content(self, cue: Cue, trigger: int) -> Passage:
        """Return the side of a cue and its source on which the event stands."""
        phrases = [tree.whole_phrase(self.doc[head]) for head in cue.sources]
        first = min(cue.start, *(start for start, _ in phrases))
        last = max(cue.end, *(end for _, end in phrases))
        before = trigger < first or (trigger < last and cue.trailing)
        if (before and first > 0) or last >= len(self.doc):
            return self._passage(*self._trimmed(0, first or len(self.doc)))
        return self._passage(*self._trimmed(last, len(self.doc)))

    def _passage(self, start: int, end: int) -> Passage:
        return Passage(report=self.report.id, start=self.sentence.start + start, end=self.sentence.start + end)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the tokens without the marks around them; all of them where there are only marks."""
        text = tree.text(self.doc)
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        inner = [index for index in range(first, last) if text[index].isalnum()]
        return (inner[0], inner[-1] + 1) if inner else (first, last)

    def _words(self, start: int, end: int) -> int:
        return len(tree.text(self.doc)[start:end].split())
