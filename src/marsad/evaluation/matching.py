"""When a predicted claim says the same as a gold claim, field by field."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from marsad.gazetteer import kilometres
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.evaluation.annotations import Annotation
    from marsad.records import Report

FIELDS = ("source", "polarity", "certainty", "agent", "target", "place", "when", "killed")
"""What is compared between two claims of one event, in the order of reports on it."""

ESSENTIAL = frozenset({"source", "polarity", "agent", "place"})
"""The fields that must all be right in a fully right claim."""

_RADIUS_KM = 25
_SHARED_WORDS = 0.6
_FILLERS = frozenset({"the", "a", "of", "s", "and", "for"})
# Capitals of Latin and Cyrillic; Arabic letters have none, so any of them begins a sentence there.
_BOUNDARY = re.compile(r"(?<=[.!?…؟])[\"”»')]*\s+(?=[\"“«'(A-ZÀ-ÖØ-ÞЀ-ЯҐ؀-ۿ0-9])|\n+")
_MARKS = frozenset({"Mn", "Lm"})


class Matcher:
    """Compares claims of a set of reports; `names` maps each canonical name to its other spellings."""

    def __init__(self, reports: Mapping[str, Report], names: Mapping[str, Sequence[str]]) -> None:
        """Prepare the names; a body's own channel speaks for the body, so its publisher counts as its narrator."""
        kinds = load_outlets()
        self._spellings = {name: {_fold(spelling) for spelling in (name, *others)} for name, others in names.items()}
        self._voices = {r.id: r.publisher for r in reports.values() if r.kind in kinds and kinds[r.kind].own_channel}

    def agreement(self, gold: Annotation, predicted: Annotation) -> dict[str, bool]:
        """Tell for each of FIELDS whether the prediction has it right."""
        voice = self._voices.get(gold.report) if gold.source == "narrator" else None
        return {
            "source": self.same_actor(gold.source, predicted.source)
            or (voice is not None and self.same_actor(voice, predicted.source)),
            "polarity": gold.polarity == predicted.polarity,
            "certainty": gold.certainty == predicted.certainty,
            "agent": self.same_actor(gold.agent, predicted.agent),
            "target": self.same_actor(gold.target, predicted.target),
            "place": same_place(gold, predicted),
            "when": gold.when == predicted.when,
            "killed": gold.counts == predicted.counts,
        }

    def same_actor(self, gold: str | None, predicted: str | None) -> bool:
        """Tell whether a name is a spelling of the gold actor, or shares three words in five with one."""
        if gold is None or predicted is None:
            return gold is predicted
        found = _fold(predicted)
        spellings = self._spellings.get(gold, set()) | {_fold(gold)}
        return found in spellings or any(_overlap(found, spelling) >= _SHARED_WORDS for spelling in spellings)


def same_cue(gold: Annotation, predicted: Annotation) -> bool:
    """Tell whether two claims stand on the same attributing words: they share one, or neither has any."""
    ours, theirs = (set(_fold(claim.cue).split()) for claim in (gold, predicted))
    return bool(ours & theirs) or ours == theirs


def same_place(gold: Annotation, predicted: Annotation) -> bool:
    """Tell whether two claims name one place: within 25 km where both have a point, else by spelling."""
    if gold.place is None:
        return predicted.place is None
    if gold.lat is None or gold.lon is None or predicted.lat is None or predicted.lon is None:
        return _fold(gold.place) == _fold(predicted.place)
    return kilometres((gold.lat, gold.lon), (predicted.lat, predicted.lon)) <= _RADIUS_KM


class Sentences:
    """A text cut by a plain rule that knows nothing of any reader, so that it serves gold and prediction alike."""

    def __init__(self, text: str) -> None:
        """Cut `text` after full stops before a capital or Arabic letter, digit or quotation, and at line breaks."""
        breaks = [(match.start(), match.end()) for match in _BOUNDARY.finditer(text)]
        self._text = text
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]

    def holding(self, claim: Annotation) -> int | None:
        """Return the index of the sentence in which the claim's anchor starts, None where the text has no anchor."""
        at = self._text.find(claim.anchor) if claim.start is None and claim.anchor else claim.start
        if at is None or at < 0:
            return None
        for index, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            if start <= at < max(end, start + 1):
                return index
        return len(self._starts) - 1


def _fold(name: str | None) -> str:
    """Return `name` in small letters of any script, without accents, vowel signs, punctuation and English fillers."""
    letters = unicodedata.normalize("NFKD", name or "")
    plain = "".join(letter for letter in letters if unicodedata.category(letter) not in _MARKS).lower()
    return " ".join(word for word in re.findall(r"[^\W_]+", plain) if word not in _FILLERS)


def _overlap(one: str, other: str) -> float:
    words, others = set(one.split()), set(other.split())
    return len(words & others) / len(words | others) if words else 0.0
