"""Phrases joined: prepositions, chains of genitives, lists, what hangs on a noun, and names behind an office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._words import VERBAL, Reading

if TYPE_CHECKING:
    from marsad.reading.parsing.shallow._draft import Draft
    from marsad.reading.parsing.shallow._grammar import Grammar
    from marsad.reading.parsing.shallow._phrase import Phrase
    from marsad.vocabulary.language import Language

_QUOTES = frozenset('«»„“”"')
_COMMAS = frozenset(",،")


@dataclass
class PhraseJoiner:
    """Joins the noun phrases of one sentence in `draft`."""

    draft: Draft
    grammar: Grammar
    language: Language
    fixed: dict[int, int]
    phrases: list[Phrase]

    def joined(self) -> list[Phrase]:
        """Return the phrases that hang on no other, in order of text."""
        self._govern()
        self._chain()
        self._list()
        self._hang()
        self._call()
        return self.phrases

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
        bodies = self.language.definite["body"] | self.language.classes["force"]
        return self.draft.words[phrase.head].lemma in bodies

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
            if (
                before is not None
                and phrase.preposition is None
                and self._may_join(before, phrase)
                and len(between) == 1
            ):
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
        """Tell that what follows a conjunction is the subject of a verb behind it."""
        words = self.draft.words
        before = first.start
        while before > 0 and words[before - 1].upos not in {"SCONJ", "PUNCT"}:
            before -= 1
        if first.preposition is None and not any(one.upos in VERBAL for one in words[before : first.start]):
            return False
        return (
            last.end < len(words) and words[last.end].upos in VERBAL and words[last.end].first.form in {"fin", "imps"}
        )

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
        """Hang who holds an office on it, behind what else the office has: "the spokesman for X, Y"."""
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
