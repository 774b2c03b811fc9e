"""From a model's rows to claims: every quotation found in the text, every name, place, day and number by our own rules.

A claim with a quotation that does not stand in the report is dropped; a field that the vocabulary, the theatre or the
quoted words do not bear out is left open. Both are counted, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from marsad.reading._forces import NARRATOR
from marsad.reading._identity import identity, once
from marsad.reading.llm.days import dated
from marsad.reading.llm.numbers import counted
from marsad.reading.llm.parties import Parties
from marsad.reading.llm.places import Places
from marsad.reading.llm.spans import Quotes
from marsad.records import Claim, Extent, Passage, Polarity, Producer, Producers, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from marsad.gazetteer import Gazetteer
    from marsad.reading.llm.answers import Row, Said
    from marsad.reading.llm.pieces import Paragraph, Piece
    from marsad.reading.llm.tally import Counting
    from marsad.records import Report
    from marsad.theatre import Theatre

_LONGEST_ANCHOR = 160  # characters: an anchor is a few words, not a paragraph
_BY_MODEL = Producers(**{one.name: Producer.MODEL for one in fields(Producers)})

Span = tuple[int, int]


class _NotThereError(Exception):
    """A quotation that does not stand in the text; its words say of which field it is."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A row with the spans of its quotations, by field; those of counts are in their order."""

    row: Row
    spans: dict[str, Span]
    counts: tuple[Span, ...]


@dataclass
class Checker:
    """Makes claims of what a model wrote down of one report."""

    report: Report
    paragraphs: tuple[Paragraph, ...]
    theatre: Theatre | None
    gazetteer: Gazetteer
    extractor: str
    counting: Counting
    _quotes: Quotes = field(init=False)
    _parties: Parties = field(init=False)
    _places: Places = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what knows the text, the parties and the places."""
        self._quotes = Quotes(self.report.text, self.paragraphs)
        self._parties = Parties(self.report, self.theatre, self.counting.left_open)
        self._places = Places(self.report, self.theatre, self.gazetteer, self.paragraphs)

    def claims(self, read: Iterable[tuple[Piece, Sequence[Row]]]) -> tuple[Claim, ...]:
        """Return the claims that pass every check, in order of text, each said once by each source."""
        found = [one for piece, rows in read for row in rows if (one := self._located(piece, row)) is not None]
        self._places.meet([one.spans["place"] for one in found if "place" in one.spans])
        made = once([claim for one in found if (claim := self._claim(one)) is not None])
        self.counting.add("claims", len(made))
        return made

    # Where the words stand

    def _located(self, piece: Piece, row: Row) -> _Found | None:
        try:
            return self._spans(piece, row)
        except _NotThereError as reason:
            self.counting.dropped(f"{reason} does not stand in the text")
        return None

    def _spans(self, piece: Piece, row: Row) -> _Found:
        """Return a row with the spans of its quotations, each the nearest to the anchor; raise where one has none."""
        asked = {one.number for one in piece.asked}
        named = next((one for one in piece.asked if one.number == row.paragraph), piece.asked[0])
        anchor = self._quotes.nearest(row.anchor, named.start, {named.number})
        anchor = anchor or self._quotes.nearest(row.anchor, named.start, asked)
        if anchor is None or anchor[1] - anchor[0] > _LONGEST_ANCHOR:
            raise _NotThereError("anchor")
        at = next(one.number for one in piece.asked if one.start <= anchor[0] < one.end)
        said = row.source
        quoted: dict[str, str | None] = {
            "content": row.content,
            "place": row.place,
            "time": row.time.words if row.time is not None else None,
            "agent": row.agent.name if row.agent is not None else None,
            "target": row.target.name if row.target is not None else None,
        }
        if said is not None:
            names = ("words", "name", "speaks_for", "speaker", "cue", "via", "relay")
            quoted |= {name: getattr(said, name) for name in names}
        # What is said stands with the anchor; who says it may stand at the head of a statement, or after the quotation.
        speaking = set(range(1, at + 2))
        within = {"content": {at}, "cue": speaking, "words": speaking}
        spans = {"anchor": anchor}
        for name, words in quoted.items():
            if words is not None:
                spans[name] = self._nearest(name, words, anchor[0], within.get(name))
        counts = tuple(self._nearest("count", one.words, anchor[0], None) for one in row.counts)
        return _Found(row, spans, counts)

    def _nearest(self, name: str, words: str, at: int, within: set[int] | None) -> Span:
        span = self._quotes.nearest(words, at, within)
        if span is None:
            raise _NotThereError("source" if name == "words" else name)
        return span

    def _words(self, found: _Found, name: str) -> str | None:
        span = found.spans.get(name)
        return " ".join(self.report.text[slice(*span)].split()) if span is not None else None

    def _passage(self, found: _Found, name: str) -> Passage | None:
        span = found.spans.get(name)
        return Passage(report=self.report.id, start=span[0], end=span[1]) if span is not None else None

    # What they say

    def _claim(self, found: _Found) -> Claim | None:
        row, anchor = found.row, self._passage(found, "anchor")
        said = self._said(found, row.source)
        if said is None or anchor is None:
            self.counting.dropped("a source that is no name")
            return None
        when, by = dated(self.report, self._words(found, "time"), row.time, row.certainty, self.counting.left_open)
        texts = (self.report.text[slice(*span)] for span in found.counts)
        claim = replace(
            said,
            event=row.event,
            polarity=row.polarity,
            certainty=row.certainty,
            stance=_stance(row, nested=said.nested),
            anchor=anchor,
            interval=when,
            counts=counted(zip(row.counts, texts, strict=True), self.counting.left_open),
            content=self._passage(found, "content"),
            produced=replace(_BY_MODEL, interval=by),
        )
        claim = self._placed(self._between(claim, found), found)
        return replace(claim, id=identity(claim))

    def _said(self, found: _Found, said: Said | None) -> Claim | None:
        """Return who vouches, as a claim that says nothing else yet; None where the words name nobody."""
        base = Claim(
            id="",
            report=self.report.id,
            source=NARRATOR,
            event=found.row.event,
            polarity=found.row.polarity,
            certainty=found.row.certainty,
            stance=found.row.stance,
            anchor=Passage(report=self.report.id, start=0, end=0),
            extractor=self.extractor,
        )
        if said is None:
            return replace(base, via=self.report.publisher if self.report.forwarded else None)
        relay = self._parties.named(self._words(found, "relay"), None)
        base = replace(
            base,
            cue=self._passage(found, "cue"),
            source_passage=self._passage(found, "words"),
            via=self._words(found, "via"),
            relays=(relay,) if relay is not None else (),
            nested=relay is not None,
        )
        if said.unnamed is not None:
            party = self._parties.named(self._words(found, "speaks_for"), None)
            return replace(base, source=said.unnamed, speaks_for=party)
        speaker = self._parties.named(self._words(found, "speaker"), None)
        name = None
        if said.name is not None or said.known is not None:
            name = self._parties.named(self._words(found, "name"), said.known)
        if speaker is not None and name in {None, speaker}:
            name = self._parties.body(speaker)
        name = name or self._parties.named(self._words(found, "words"), None)
        return replace(base, source=name, speaker=speaker) if name is not None else None

    def _between(self, claim: Claim, found: _Found) -> Claim:
        """Return a claim with who does it and to whom."""
        row, side = found.row, self._parties.side(claim.source)
        agent = target = None
        if row.agent is not None:
            agent = self._parties.party(row.event, self._words(found, "agent"), row.agent.known, side)
        if row.target is not None:
            target = self._parties.named(self._words(found, "target"), row.target.known, side)
        return replace(claim, agent=agent, target=target if target != agent else None)

    def _placed(self, claim: Claim, found: _Found) -> Claim:
        """Return a claim with where it was."""
        span = found.spans.get("place")
        if span is None:
            return claim
        if not self._places.is_name(span):
            self.counting.left_open("a place that is no name")
            return claim
        place = self._places.at(span, claim.event)
        return replace(claim, place=place, extent=found.row.extent if place is not None else Extent.UNKNOWN)


def _stance(row: Row, *, nested: bool) -> Stance:
    """Return the stance that goes with polarity and source: whoever denies denies, the publisher passes nothing on."""
    stance = row.stance
    if row.polarity is Polarity.DENIED and stance is not Stance.DOUBTS:
        stance = Stance.DENIES
    elif stance is Stance.DENIES:
        stance = Stance.ASSERTS
    if nested and stance is Stance.ASSERTS:
        return Stance.RELAYS
    return Stance.ASSERTS if stance is Stance.RELAYS and not nested else stance
