"""Noun phrases: what describes a noun and stands with it, before anybody asks who does what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._joining import PhraseJoiner
from marsad.reading.parsing.shallow._phrase import Phrase
from marsad.reading.parsing.shallow._words import NOMINAL

if TYPE_CHECKING:
    from collections.abc import Collection

    from marsad.reading.parsing.shallow._draft import Draft
    from marsad.reading.parsing.shallow._grammar import Grammar
    from marsad.vocabulary.language import Language

_QUOTES = frozenset('«»„“”"')
_COUNTED_CASES = frozenset({"Nom", "Acc"})
_LABELS = {"DET": "det", "NUM": "nummod", "PRON": "poss", "ADV": "advmod"}


@dataclass
class PhraseMaker:
    """Makes the phrases of one sentence in `draft`; `fixed` are the later words of fixed phrases, by their first."""

    draft: Draft
    grammar: Grammar
    language: Language
    fixed: dict[int, int]
    phrases: list[Phrase] = field(default_factory=list)

    def made(self) -> list[Phrase]:
        """Return the phrases that hang on no other, in order of text."""
        index = 0
        while index < len(self.draft.words):
            phrase = self._phrase(index)
            if phrase is None:
                index += 1
                continue
            self.phrases.append(phrase)
            index = phrase.end
        return PhraseJoiner(self.draft, self.grammar, self.language, self.fixed, self.phrases).joined()

    # ---- one noun phrase ------------------------------------------------------------------------------------------

    def _phrase(self, start: int) -> Phrase | None:
        """Return the noun phrase that begins at a word, None where none does."""
        words = self.draft.words
        if words[start].upos in {"PUNCT", "ADP", "SCONJ", "CCONJ", "PART"} or self._is_relative(start):
            return None
        before: list[int] = []
        index = start
        while index < len(words) and self._may_precede(index):
            before.append(index)
            index += 1
            while index + 1 < len(words) and self._may_interrupt(index):
                index += 1
        if index < len(words) and words[index].upos in NOMINAL:
            return self._around(index, before)
        if index < len(words) and not before and words[index].upos == "PRON":
            return Phrase(index, index, index + 1, words[index].cases)
        nouns = [one for one in before if words[one].upos in {"NUM", "ADJ", "DET"} and words[one].first.form != "part"]
        if not nouns or "ADV" in {words[before[-1]].upos, words[before[0]].upos}:
            return None
        head = nouns[-1]
        self._describe(head, [one for one in before if one != head])
        return Phrase(head, before[0], before[-1] + 1, words[head].cases)

    def _may_precede(self, index: int) -> bool:
        """Tell a word that may stand before the noun of its phrase."""
        words, small = self.draft.words, self.grammar.words
        word = words[index]
        after = words[index + 1] if index + 1 < len(words) else None
        if word.upos in {"DET", "NUM"}:
            return not self._is_relative(index)
        if word.upos == "ADJ":
            return self.grammar.modifiers_first
        if word.first.form == "name":
            return after is not None and after.upos in NOMINAL and after.agreeing(word) is not None
        if word.upos == "PRON":
            owns = word.lemma in small["owners"] or word.lower in small["owners"]
            return owns and after is not None and after.upos in NOMINAL | {"ADJ", "NUM"}
        described = after is not None and (after.upos == "NUM" or (after.upos == "ADJ" and after.first.form == "part"))
        return word.upos == "ADV" and described

    def _may_interrupt(self, index: int) -> bool:
        """Tell a mark or a small word that stands inside a noun phrase: "the «Steppe» brigade"."""
        words = self.draft.words
        quoted = words[index].text in _QUOTES and words[index + 1].upos in NOMINAL | {"ADJ"}
        return quoted or words[index].lower in self.grammar.words["enclitics"]

    def _around(self, head: int, before: list[int]) -> Phrase:
        """Return the phrase of a noun with what stands before it and agrees, and the names right behind it."""
        words = self.draft.words
        kept: list[int] = []
        for index in reversed(before):
            if words[index].upos in {"ADJ", "DET"} or words[index].first.form == "name":
                agreed = words[head].agreeing(words[index])
                if agreed is None:
                    break
                words[head] = agreed
                words[index] = words[index].agreeing(agreed) or words[index]
            kept.append(index)
        self._describe(head, kept)
        counts = [one for one in kept if words[one].upos == "NUM"]
        cases = self._counted(counts[-1], head) if counts and self.grammar.cased else words[head].cases
        end = head + 1 if self.grammar.modifiers_first else self._behind(head)
        phrase = Phrase(head, min([head, *kept]), end, cases)
        self._named(phrase)
        return phrase

    def _describe(self, head: int, kept: Collection[int]) -> None:
        for index in kept:
            word = self.draft.words[index]
            label = _LABELS.get(word.upos, "compound" if word.upos == "PROPN" else "amod")
            target = index + 1 if word.upos == "ADV" and index + 1 < len(self.draft.words) else head
            self.draft.attach(index, target, label)

    def _counted(self, number: int, head: int) -> frozenset[str]:
        """Return the cases of a counted phrase: those of the number where the noun stands in the genitive after it."""
        word, noun = self.draft.words[number], self.draft.words[head]
        if "Gen" in noun.cases and not (word.cases - _COUNTED_CASES and word.cases):
            self.draft.words[head] = noun.in_cases({"Gen", "Nom"})
            return _COUNTED_CASES | (word.cases & noun.cases)
        return word.cases & noun.cases or noun.cases

    def _behind(self, head: int) -> int:
        """Take in the pronoun behind a noun, and adjectives that are definite where it is; return where they end."""
        words, index = self.draft.words, head + 1
        if index < len(words) and words[index].upos == "PRON" and words[index].start == words[head].end:
            self.draft.attach(index, head, "poss")
            index += 1
        while index < len(words) and words[index].upos == "ADJ" and self._matches(head, index):
            self.draft.attach(index, head, "amod")
            index += 1
        return index

    def _matches(self, head: int, index: int) -> bool:
        noun, adjective = self.draft.words[head].first, self.draft.words[index].first
        return noun.definite == adjective.definite or noun.upos == "PROPN"

    def _named(self, phrase: Phrase) -> None:
        """Take in the names behind a noun: its apposition, or the rest of a name of several words."""
        words = self.draft.words
        index = phrase.end
        while index < len(words):
            at = index + 1 if words[index].text in _QUOTES and index + 1 < len(words) else index
            if words[at].upos != "PROPN" or (at == index and not self._belongs(phrase.head, at)):
                return
            last = at
            while last + 1 < len(words) and words[last + 1].upos == "PROPN" and words[last + 1].agreeing(words[last]):
                last += 1
            closed = last + 1 < len(words) and words[last + 1].text in _QUOTES
            self._name(phrase, at, last)
            phrase.end = last + 2 if closed and at != index else last + 1
            index = phrase.end

    def _belongs(self, head: int, name: int) -> bool:
        """Tell a name that is one with the noun before it: in its case, or in the nominative behind its kind."""
        words, language = self.draft.words, self.language
        noun = words[head]
        if not self.grammar.cased:
            kinds = (
                language.classes["place"] | language.classes["facility"] | language.titles | language.definite["person"]
            )
            return noun.upos == "PROPN" or noun.lemma in kinds
        called = language.titles | language.definite["person"] | language.place["any"] | language.place["features"]
        called |= language.place["admin"] | language.place["small"] | language.classes["civilian"]
        if noun.upos == "NOUN" and noun.lemma not in called | language.classes["place"] | language.classes["facility"]:
            return False
        if words[name].lemma in self._bodies() or (noun.upos == "PROPN" and noun.lemma in self._bodies()):
            return False
        if words[name].cases & noun.cases or not words[name].cases:
            return True
        return noun.lemma in called and "Nom" in words[name].cases

    def _bodies(self) -> frozenset[str]:
        return self.language.definite["body"] | self.language.classes["force"]

    def _name(self, phrase: Phrase, first: int, last: int) -> None:
        """Hang the words of a name `[first, last]` on each other, and the name on the noun before it."""
        words, draft = self.draft.words, self.draft
        head = phrase.head
        for index in range(first, last):
            draft.attach(index, last, "compound")
        if words[head].upos == "PROPN" and phrase.end == first:
            for index in draft.children(head, "compound", "amod", "det", "nummod", "poss"):
                draft.loosen(index)
                draft.attach(index, last, "compound" if words[index].upos == "PROPN" else "amod")
            draft.attach(head, last, "compound")
            phrase.head = last
            phrase.cases = words[last].cases & phrase.cases or phrase.cases
            _persons(draft, phrase.start, last)
            return
        draft.attach(last, head, "appos")
        _persons(draft, first, last)

    def _is_relative(self, index: int) -> bool:
        return self.draft.words[index].lemma in self.grammar.words["relative"]


def _persons(draft: Draft, first: int, last: int) -> None:
    """Make a person of all words of a name in which one is a first or last name."""
    words = draft.words
    if first < last and any(
        words[i].first.entity == "PERSON" for i in range(first, last + 1) if words[i].upos == "PROPN"
    ):
        for i in range(first, last + 1):
            if words[i].upos == "PROPN":
                words[i] = replace(words[i], readings=tuple(replace(one, entity="PERSON") for one in words[i].readings))
