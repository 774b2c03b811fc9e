"""Words of a sentence as an analyser gives them: every reading that the form allows, before the sentence decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

NOMINAL = frozenset({"NOUN", "PROPN"})
MODIFIERS = frozenset({"ADJ", "DET", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of a form.

    `upos` is the universal part of speech, `base` the form in which a name is looked up: nominative, as it is cased.
    `form` of a verb is fin, inf, conv (a converb), part (a participle) or imps (a passive without a subject), that of
    an adjective written as a name is name, of a noun that only a list of common words has guess. Empty features are not
    known and agree with any.
    """

    upos: str
    lemma: str
    base: str
    case: str = ""
    number: str = ""
    gender: str = ""
    form: str = ""
    tense: str = ""
    person: str = ""
    entity: str = ""
    passive: bool = False
    definite: bool = False

    def agrees(self, other: Reading) -> bool:
        """Tell whether two nominal readings agree in case, number and, in the singular, gender."""
        if not (_fits(self.case, other.case) and _fits(self.number, other.number)):
            return False
        return "Plur" in {self.number, other.number} or _fits(self.gender, other.gender)


@dataclass(frozen=True, slots=True)
class Word:
    """A form `text` at character `start` of its sentence, with its readings, the likeliest first; one at least."""

    text: str
    start: int
    readings: tuple[Reading, ...]

    @property
    def end(self) -> int:
        """Where the form ends."""
        return self.start + len(self.text)

    @property
    def first(self) -> Reading:
        """The likeliest reading."""
        return self.readings[0]

    @property
    def upos(self) -> str:
        """The part of speech of the likeliest reading."""
        return self.first.upos

    @property
    def lower(self) -> str:
        """The form in lower case."""
        return self.text.lower()

    @property
    def lemma(self) -> str:
        """The lemma of the likeliest reading, in lower case."""
        return self.first.lemma.lower()

    @property
    def cases(self) -> frozenset[str]:
        """The cases that the form may be in; empty where the language has none."""
        return frozenset(one.case for one in self.readings if one.case)

    def kept(self, *parts: str) -> Word:
        """Return the word with the readings of these parts of speech alone, itself where it has none of them."""
        kept = tuple(one for one in self.readings if one.upos in parts)
        return replace(self, readings=kept) if kept else self

    def may_be(self, *parts: str) -> bool:
        """Tell whether a reading is of one of these parts of speech."""
        return any(one.upos in parts for one in self.readings)

    def as_part(self, upos: str) -> Word:
        """Return the word as one of this part of speech, whatever its readings say."""
        found = self.kept(upos)
        return found if found.upos == upos else replace(self, readings=(replace(self.first, upos=upos),))

    def in_cases(self, cases: Collection[str]) -> Word:
        """Return the word with the readings in these cases alone, itself where none is."""
        kept = tuple(one for one in self.readings if one.case in cases)
        return replace(self, readings=kept) if kept else self

    def in_first_case(self, cases: Sequence[str]) -> Word:
        """Return the word in the first of these cases that it may be in, itself where it may be in none."""
        return next((self.in_cases({case}) for case in cases if case in self.cases), self)

    def agreeing(self, other: Word) -> Word | None:
        """Return the word with the readings that agree with one of another's, None where none does."""
        kept = tuple(one for one in self.readings if any(one.agrees(another) for another in other.readings))
        return replace(self, readings=kept) if kept else None


class Analyser(Protocol):
    """Cuts a sentence into words and gives the readings of each."""

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of a sentence in order; marks are words too, white space is none."""
        ...

    def base(self, word: str) -> str:
        """Return the base form of a word that stands alone, cased as it is."""
        ...


def _fits(one: str, other: str) -> bool:
    return not one or not other or one == other
