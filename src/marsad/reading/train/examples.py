"""Annotated reports as training examples: what the rules saw, and what the annotators say about it.

Annotations name actors and quote anchors; a network learns from words. The alignment finds for each claim the word that
carries its event, and for each of its fields the words that stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from marsad.reading.learned._inputs import CERTAINTIES, EXTENTS, POLARITIES, ROLES, SLOTS, TYPES
from marsad.records import Certainty, Extent, Interval, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from marsad.reading.learned._inputs import Inputs

Span = tuple[int, int]

_CARRIERS = frozenset({"VERB", "NOUN", "AUX"})
_EMPTY = frozenset({"have", "has", "had"})
# Where the meaning of an empty verb or a preposition lies.
_COMPLEMENTS = frozenset({"acomp", "attr", "pobj", "prep", "dobj", "xcomp", "advmod", "prt"})
_SPEAKING = frozenset({"nsubj", "pobj", "agent"})


@dataclass(frozen=True, slots=True)
class Target:
    """What the annotators say of one event of a type at a trigger; types and moods as numbers.

    `roles` maps a role to its values, each the options (slots first, then words) that stand for it; a role that the
    words do not show is left out. `dated` marks the ways of dating that come to the right interval, None where none
    does. `spared` are the other words of the anchor: to find the event there is not wrong.
    """

    trigger: int
    event: int
    polarity: int
    certainty: int
    extent: int
    roles: Mapping[str, Sequence[tuple[int, ...]]]
    dated: NDArray[np.bool_] | None
    spared: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One report: its inputs and its targets."""

    inputs: Inputs
    targets: tuple[Target, ...]


def example(inputs: Inputs, rows: Sequence[Mapping[str, Any]], mentions: Sequence[tuple[int, int, str]]) -> Example:
    """Return a report with its annotations laid over it; claims whose anchor holds no word are left out.

    `mentions` are the spans of words at which the annotators' actors are named.
    """
    aligner = _Aligner(inputs, mentions)
    grouped: dict[tuple[int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        trigger = aligner.trigger(row)
        if trigger is not None:
            grouped[trigger, row["event"]].append(row)
    return Example(inputs, tuple(aligner.target(group, trigger) for (trigger, _), group in grouped.items()))


@dataclass(frozen=True)
class _Aligner:
    """Finds the words of one report that annotations speak of."""

    inputs: Inputs
    mentions: Sequence[tuple[int, int, str]]

    @cached_property
    def _text(self) -> str:
        return self.inputs.trace.report.text

    def target(self, rows: Sequence[Mapping[str, Any]], trigger: int) -> Target:
        """Return the target that claims of one type at one trigger make together."""
        first = rows[0]
        roles = {role: self._values(role, rows, trigger) for role in ROLES}
        start, end = (date.fromisoformat(first[key]) if first[key] else None for key in ("from", "to"))
        dated = self.inputs.dated(Interval(start=start, end=end))
        return Target(
            trigger=trigger,
            event=TYPES.index(first["event"]),
            polarity=POLARITIES.index(Polarity(first["polarity"])),
            certainty=CERTAINTIES.index(Certainty(first["certainty"])),
            extent=EXTENTS.index(Extent(first["extent"])),
            roles={role: values for role, values in roles.items() if values},
            dated=dated if dated.any() else None,
            spared=tuple(index for row in rows for index in self._anchored(row) if index != trigger),
        )

    # ---- events ---------------------------------------------------------------------------------------------------

    def _anchored(self, row: Mapping[str, Any]) -> list[int]:
        start = self._text.find(row["anchor"])
        inside = self._words(start, start + len(row["anchor"]))
        return [index for index in inside if self.inputs.candidates[index]]

    def trigger(self, row: Mapping[str, Any]) -> int | None:
        """Return the word of the anchor that carries the event: the rules' where they agree, else the anchor's root."""
        inside = self._anchored(row)
        if not inside:
            return None
        trace = self.inputs.trace
        rules = [one.trigger for one in trace.events if one.trigger in inside and one.event == row["event"]]
        if rules:
            return rules[0]
        words = trace.words
        roots = [index for index in inside if words[index].head not in inside or words[index].head == index]
        root = next((index for index in roots if words[index].pos in _CARRIERS), roots[0] if roots else inside[0])
        while words[root].pos in {"AUX", "ADP"} or words[root].text.lower() in _EMPTY:
            under = (i for i in inside if words[i].head == root and i != root and words[i].dep in _COMPLEMENTS)
            below = next(under, None)
            if below is None:
                break
            root = below
        return root

    # ---- roles ----------------------------------------------------------------------------------------------------

    def _values(self, role: str, rows: Sequence[Mapping[str, Any]], trigger: int) -> list[tuple[int, ...]]:
        found = {row.get(role): row for row in reversed(rows)}
        options = (self._options(role, row, trigger) for row in reversed(found.values()))
        return [one for one in options if one]

    def _options(self, role: str, row: Mapping[str, Any], trigger: int) -> tuple[int, ...]:
        """Return the options that stand for a role's value: slots count from 0, words follow them."""
        value, slots = row.get(role), SLOTS[role]
        if value is None or (role == "source" and value == "narrator"):
            return (0,)
        words = self._standing_for(row, role, trigger)
        if not words and role == "source" and row["cue"]:
            words = self._speaking(row)
        civilians = [1] if value == "civilians" and len(slots) > 1 else []
        return (*civilians, *(len(slots) + word for word in words))

    def _standing_for(self, row: Mapping[str, Any], role: str, trigger: int) -> list[int]:
        """Return the words for a role's value: those given, else the names near the event, else the earlier ones."""
        trace = self.inputs.trace
        given = self._nearest(row.get("words", {}).get(role), trace.offsets[trigger])
        if given:
            heads = [
                index for index in given if trace.words[index].head not in given or trace.words[index].head == index
            ]
            return heads[:1] or given
        if role == "place":
            mentions = self._places(str(row["place"]))
        else:
            mentions = [(start, end) for start, end, name in self.mentions if name == row[role]]
        own = trace.words[trigger].sentence
        near = [span for span in mentions if trace.words[span[0]].sentence == own]
        before = [span for span in mentions if trace.words[span[0]].sentence <= own]
        return [index for start, end in near or before or mentions for index in range(start, end)]

    def _places(self, name: str) -> list[Span]:
        """Return where a place is named, by the rules' mentions, else wherever its name stands."""
        known = [(start, end) for start, end, place in self.inputs.trace.places if place == name]
        written = (self._words(*span) for span in self._spans(name))
        return known or [(words[0], words[-1] + 1) for words in written if words]

    def _speaking(self, row: Mapping[str, Any]) -> list[int]:
        """Return the words that depend on the cue as its source does."""
        cue = self._nearest(row["cue"], self._text.find(row["anchor"]))
        words = enumerate(self.inputs.trace.words)
        return [index for index, word in words if word.head in cue and word.dep in _SPEAKING and index not in cue]

    # ---- text -----------------------------------------------------------------------------------------------------

    def _nearest(self, text: str | None, at: int) -> list[int]:
        """Return the words of the occurrence of a text that is nearest to an offset."""
        spans = list(self._spans(text)) if text else []
        return self._words(*min(spans, key=lambda span: abs(span[0] - at))) if spans else []

    def _spans(self, text: str) -> Iterator[Span]:
        start = self._text.find(text)
        while start >= 0:
            yield start, start + len(text)
            start = self._text.find(text, start + 1)

    def _words(self, start: int, end: int) -> list[int]:
        trace = self.inputs.trace
        ends = ((index, at, at + len(trace.words[index].text)) for index, at in enumerate(trace.offsets) if at >= 0)
        return [index for index, first, last in ends if first < end and start < last]
