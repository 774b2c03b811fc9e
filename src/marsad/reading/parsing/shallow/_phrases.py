"""Noun phrases and prepositional phrases: what stands together before anybody asks who does what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._words import NOMINAL, VERBAL, Reading

if TYPE_CHECKING:
    from collections.abc import Collection

    from marsad.reading.parsing.shallow._draft import Draft
    from marsad.reading.parsing.shallow._grammar import Grammar
    from marsad.vocabulary.language import Language

_QUOTES = frozenset("«»„“”\"")
_COMMAS = frozenset(",،")
_COUNTED_CASES = frozenset({"Nom", "Acc"})
_LABELS = {"DET": "det", "NUM": "nummod", "PRON": "poss", "ADV": "advmod"}


@dataclass(slots=True)
class Phrase:
    """Words `[start, end)` under `head`; `preposition` is the word that governs it, None where it stands bare."""

    head: int
    start: int
    end: int
    cases: frozenset[str]
    preposition: int | None = None
    last: int = -1

    @property
    def top(self) -> int:
        """The word by which the phrase hangs on others."""
        return self.head if self.preposition is None else self.preposition


@dataclass
class PhraseMaker:
    """Makes the phrases of one sentence in `draft`."""

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
        self._govern()
        self._chain()
        self._list()
        self._hang()
        self._call()
        return self.phrases

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
            return self._around(index, before, start)
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

    def _around(self, head: int, before: list[int], start: int) -> Phrase:
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
            kinds = language.classes["place"] | language.classes["facility"] | language.titles | language.definite["person"]
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

    # ---- phrases together -----------------------------------------------------------------------------------------

    def _govern(self) -> None:
        """Give phrases the preposition right before them, with the cases that it governs."""
        starts = {phrase.start: phrase for phrase in self.phrases}
        words = self.draft.words
        for index, word in enumerate(words):
            if word.upos != "ADP":
                continue
            rest = [one for one, first in self.fixed.items() if first == index]
            after = max([index, *rest]) + 1
            while after < len(words) and words[after].text in _QUOTES:
                after += 1
            phrase = starts.get(after)
            if phrase is None or phrase.preposition is not None:
                continue
            governed = frozenset(self.grammar.prepositions.get(" ".join(words[i].lower for i in [index, *rest]), ()))
            phrase.preposition, phrase.start = index, index
            phrase.cases = phrase.cases & governed or governed
            words[phrase.head] = words[phrase.head].in_cases(phrase.cases | {"Gen"} if not governed else phrase.cases)
            inner = index
            for part in rest:
                self.draft.attach(part, inner, "prep")
                words[part] = words[part].as_part("ADP")
                inner = part
            self.draft.attach(phrase.head, inner, "pobj")

    def _chain(self) -> None:
        """Hang a genitive on the noun right before it, and the doer of a deed on the noun of the deed."""
        kept: list[Phrase] = []
        for phrase in self.phrases:
            before = kept[-1] if kept else None
            if before is not None and self._is_called(before, phrase):
                self.draft.attach(phrase.head, before.head, "appos")
                before.end = phrase.end
                continue
            if before is not None and self._is_owned(before, phrase):
                owned = before.last if before.last >= 0 else before.head
                self.draft.words[phrase.head] = self.draft.words[phrase.head].in_cases({"Gen"})
                self.draft.attach(phrase.head, owned, "poss")
                before.last, before.end = phrase.head, phrase.end
                continue
            if before is not None and self._is_doer(before, phrase):
                self.draft.attach(phrase.head, before.head, "agent")
                before.end = phrase.end
                continue
            kept.append(phrase)
        self.phrases = kept

    def _is_called(self, before: Phrase, phrase: Phrase) -> bool:
        """Tell the name of who holds an office, behind what the office is of: "the spokesman of the ministry X"."""
        words = self.draft.words
        if phrase.preposition is not None or before.end != phrase.start:
            return False
        titled = self.language.titles | self.language.definite["person"]
        same = words[before.head].cases & phrase.cases or not self.grammar.cased
        # Without cases what is behind a bare noun owns it: "the commander of the brigade".
        shown = self.grammar.cased or before.last >= 0 or words[before.head].first.definite
        if words[before.head].lemma not in titled or not same or not shown:
            return False
        named = words[phrase.head].upos == "PROPN" or self._is_guessed(phrase)
        return words[phrase.head].lemma in titled or (named and not self._heads_body(phrase))

    def _is_guessed(self, phrase: Phrase) -> bool:
        """Tell a common word without article where only a name can be."""
        word = self.draft.words[phrase.head].first
        return word.form == "guess" and not word.definite

    def _name_guessed(self, phrase: Phrase) -> None:
        """Make a person's name of a guessed word and of what seems to own it."""
        words, draft = self.draft.words, self.draft
        if not self._is_guessed(phrase):
            return
        parts = [phrase.head, *draft.children(phrase.head, "poss")]
        for index in parts:
            named = Reading(upos="PROPN", lemma=words[index].text, base=words[index].text, entity="PERSON")
            words[index] = replace(words[index], readings=(named,))
        for index in parts[1:]:
            draft.loosen(index)
        phrase.head = parts[-1]
        for index in parts[:-1]:
            draft.attach(index, phrase.head, "compound")

    def _heads_body(self, phrase: Phrase) -> bool:
        return self.draft.words[phrase.head].lemma in self._bodies()

    def _is_owned(self, before: Phrase, phrase: Phrase) -> bool:
        words = self.draft.words
        if phrase.preposition is not None or before.end != phrase.start or words[before.head].upos == "PRON":
            return False
        if not self.grammar.cased:
            return self._is_construct(before, phrase)
        return "Gen" in phrase.cases and words[phrase.head].upos != "PRON"

    def _is_construct(self, before: Phrase, phrase: Phrase) -> bool:
        """Tell a noun without its article that the next one owns: no case shows it."""
        last = self.draft.words[before.last if before.last >= 0 else before.head]
        if self.draft.words[phrase.head].upos == "PRON":
            return phrase.start == before.end
        bare = last.upos == "NOUN" and not last.first.definite
        return bare and before.end == (before.last if before.last >= 0 else before.head) + 1

    def _is_doer(self, before: Phrase, phrase: Phrase) -> bool:
        if phrase.preposition is not None or before.end != phrase.start or not self.grammar.cased:
            return False
        return phrase.cases == {"Ins"} and self.draft.words[before.head].lemma in self.language.nouns

    def _list(self) -> None:
        """Join phrases that a conjunction joins, and those that commas join before one."""
        words, kept = self.draft.words, []
        pending: list[Phrase] = []
        for phrase in self.phrases:
            before = pending[-1] if pending else None
            between = words[before.end : phrase.start] if before is not None else []
            if before is not None and phrase.preposition is None and self._may_join(before, phrase) and len(between) == 1:
                if between[0].text in _COMMAS:
                    pending.append(phrase)
                    continue
                if between[0].upos == "CCONJ" and not self._opens_clause(pending[0], phrase):
                    self._join(pending, phrase)
                    kept.append(pending[0])
                    pending = [pending[0]]
                    kept.pop()
                    continue
            kept += pending
            pending = [phrase]
        self.phrases = [*kept, *pending]

    def _join(self, members: list[Phrase], last: Phrase) -> None:
        first = members[0]
        # "In the areas of A, B and C" lists what the areas are of.
        below = self._last_cases(first) & last.cases and not first.cases & last.cases
        head = first.last if below else first.head
        for member in (*members[1:], last):
            mark = member.start - 1
            self.draft.attach(mark, head, "punct" if self.draft.words[mark].text in _COMMAS else "cc")
            self.draft.attach(member.head, head, "conj")
        first.end, first.last = last.end, last.last if last.last >= 0 else last.head
        if first.cases & last.cases:
            first.cases = first.cases & last.cases

    def _may_join(self, one: Phrase, other: Phrase) -> bool:
        words = self.draft.words
        if "PRON" in {words[one.head].upos, words[other.head].upos}:
            return False
        return not one.cases or not other.cases or bool((one.cases | self._last_cases(one)) & other.cases)

    def _last_cases(self, phrase: Phrase) -> frozenset[str]:
        """Return the cases of the last noun of a chain of genitives."""
        return self.draft.words[phrase.last].cases if phrase.last >= 0 else frozenset()

    def _opens_clause(self, first: Phrase, last: Phrase) -> bool:
        """Tell that what follows a conjunction is the subject of a verb behind it, where a verb stands before already."""
        words = self.draft.words
        before = first.start
        while before > 0 and words[before - 1].upos not in {"SCONJ", "PUNCT"}:
            before -= 1
        if first.preposition is None and not any(one.upos in VERBAL for one in words[before : first.start]):
            return False
        return last.end < len(words) and words[last.end].upos in VERBAL and words[last.end].first.form in {"fin", "imps"}

    def _hang(self) -> None:
        """Hang prepositional phrases on the noun right before them where that noun takes one."""
        kept: list[Phrase] = []
        for phrase in self.phrases:
            before = kept[-1] if kept else None
            timed = self.draft.words[phrase.head].lemma in self.grammar.words["times"]
            if before is not None and phrase.preposition is not None and before.end == phrase.start and not timed:
                noun = self._taking(before, phrase.preposition)
                if noun is not None:
                    self.draft.attach(phrase.preposition, noun, "prep")
                    before.end = phrase.end
                    continue
            kept.append(phrase)
        self.phrases = kept

    def _call(self) -> None:
        """Hang the name or rank of who holds an office on it, behind what else the office has: "the spokesman for X, Y"."""
        kept: list[Phrase] = []
        for phrase in self.phrases:
            before = kept[-1] if kept else None
            if before is not None and self._is_called(before, phrase):
                self._name_guessed(phrase)
                self.draft.attach(phrase.head, before.head, "appos")
                before.end = phrase.end
            else:
                kept.append(phrase)
        self.phrases = kept

    def _taking(self, phrase: Phrase, preposition: int) -> int | None:
        """Return the noun of a phrase that takes prepositional phrases, the last first; None where none does."""
        language, words = self.language, self.draft.words
        taking = language.nouns.keys() | language.classes["attack"] | language.general["speech"]
        taking |= language.general["quantity"] | language.held | language.classes["route"]
        if words[preposition].lower in language.prepositions["body"]:
            taking |= language.titles | language.definite["person"]
        nouns = (one for one in range(phrase.end - 1, phrase.head - 1, -1) if words[one].upos == "NOUN")
        return next((one for one in nouns if words[one].lemma in taking), None)


def _persons(draft: Draft, first: int, last: int) -> None:
    """Make a person of all words of a name in which one is a first or last name."""
    words = draft.words
    if first < last and any(words[i].first.entity == "PERSON" for i in range(first, last + 1) if words[i].upos == "PROPN"):
        for i in range(first, last + 1):
            if words[i].upos == "PROPN":
                words[i] = replace(words[i], readings=tuple(replace(one, entity="PERSON") for one in words[i].readings))
