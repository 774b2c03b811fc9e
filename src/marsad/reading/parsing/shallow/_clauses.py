"""Clauses: which words belong to which verb, and how one clause hangs on another.

A sentence is walked once from the left. A word that opens a clause (a conjunction, a relative pronoun) puts a clause on
the stack; a verb fills the innermost clause that still lacks one, so that what follows an inserted clause goes on with
the outer one; a verb for which there is no such clause begins one beside the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._words import VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.reading.parsing.shallow._draft import Draft
    from marsad.reading.parsing.shallow._grammar import Grammar
    from marsad.reading.parsing.shallow._phrase import Phrase
    from marsad.vocabulary.language import Language

_DIVIDING = frozenset(',;:—–-()«»"“”…،؛')
_NEGLIGIBLE = frozenset({"PART", "ADV"})
# How many words may stand between an auxiliary and its verb.
_REACH = 4


@dataclass(slots=True)
class Item:
    """A word or a phrase as a clause sees it: the words `[start, end)`, the phrase where it is one."""

    start: int
    end: int
    phrase: Phrase | None = None


@dataclass(slots=True)
class Clause:
    """What belongs to one verb; `kind` says how it began, `before` is the clause that it stands beside or in."""

    kind: str
    opener: int | None = None
    before: Clause | None = None
    verb: int | None = None
    items: list[Item] = field(default_factory=list)

    def since_mark(self, draft: Draft) -> tuple[int, list[Item]]:
        """Return the position behind the last mark or conjunction, and the run of those, empty for none."""
        for position in range(len(self.items) - 1, -1, -1):
            if _divides(draft, self.items[position]):
                first = position
                while first > 0 and _divides(draft, self.items[first - 1]):
                    first -= 1
                return position + 1, self.items[first : position + 1]
        return len(self.items), []


@dataclass
class ClauseMaker:
    """Finds the clauses of one sentence; `fixed` are the later words of fixed phrases, by their first."""

    draft: Draft
    grammar: Grammar
    language: Language
    fixed: dict[int, int]
    clauses: list[Clause] = field(default_factory=list)
    _stack: list[Clause] = field(default_factory=list)

    def made(self, phrases: Sequence[Phrase]) -> list[Clause]:
        """Return the clauses in the order in which they begin, the main one first."""
        self._push(Clause("main"))
        items = tuple(self._items(phrases))
        self._auxiliaries()
        for position, item in enumerate(items):
            self._take(item, items[position + 1] if position + 1 < len(items) else None)
        return self.clauses

    def _items(self, phrases: Sequence[Phrase]) -> Iterator[Item]:
        starts = {phrase.start: phrase for phrase in phrases}
        index = 0
        while index < len(self.draft.words):
            phrase = starts.get(index)
            if phrase is not None:
                yield Item(index, phrase.end, phrase)
            elif index not in self.fixed:
                yield Item(index, index + 1)
            index = phrase.end if phrase is not None else index + 1

    # ---- verbs ----------------------------------------------------------------------------------------------------

    def _auxiliaries(self) -> None:
        """Hang auxiliaries on the verb that they go with, and what negates on the word behind it."""
        words, small = self.draft.words, self.grammar.words
        for index, word in enumerate(words):
            if index in self.fixed:
                continue
            if word.lower in small["negation"] and index + 1 < len(words):
                self.draft.attach(index, self._negated(index), "neg")
            elif word.lower in small["conditional"]:
                verb = next(
                    (i for i in (index - 1, index + 1) if 0 <= i < len(words) and words[i].upos in VERBAL), None
                )
                if verb is not None:
                    self.draft.attach(index, verb, "aux")
            elif word.upos in VERBAL and word.lemma in small["copulas"] | small["future"]:
                self._auxiliary(index)

    def _negated(self, index: int) -> int:
        words = self.draft.words
        after = index + 1
        while after + 1 < len(words) and words[after].upos in _NEGLIGIBLE:
            after += 1
        if words[after].upos in VERBAL and words[after].lemma in self.grammar.words["copulas"]:
            main = self._main_verb(after)
            return main if main is not None else after
        return after

    def _auxiliary(self, index: int) -> None:
        verb = self._main_verb(index)
        if verb is None:
            return
        passive = self.draft.words[verb].first.passive
        self.draft.attach(index, verb, "auxpass" if passive else "aux")

    def _main_verb(self, auxiliary: int) -> int | None:
        """Return the infinitive or participle that an auxiliary goes with, None where it stands by itself."""
        words = self.draft.words
        for index in range(auxiliary + 1, min(len(words), auxiliary + 1 + _REACH)):
            word = words[index]
            wanted = {"inf", "fin"} if words[auxiliary].lemma in self.grammar.words["future"] else {"imps", "part"}
            if word.first.form in (wanted | {"inf", "imps", "part"} if self.grammar.cased else wanted):
                return index if self.draft.is_free(index) else None
            if word.upos not in _NEGLIGIBLE | {"NOUN", "PROPN", "ADJ", "PRON"} or word.text in _DIVIDING:
                return None
        return None

    def _is_predicate(self, index: int) -> bool:
        """Tell a verb that can head a clause: finite, or an infinitive or participle with its auxiliary."""
        word = self.draft.words[index]
        if not self.draft.is_free(index):
            return False
        if word.first.form in {"inf", "part"}:
            return bool(self.draft.children(index, "aux", "auxpass"))
        return word.upos in VERBAL and word.first.form in {"fin", "imps"}

    # ---- the walk -------------------------------------------------------------------------------------------------

    def _push(self, clause: Clause) -> None:
        self.clauses.append(clause)
        self._stack.append(clause)

    def _take(self, item: Item, following: Item | None) -> None:
        word, top = self.draft.words[item.start], self._stack[-1]
        if item.phrase is not None:
            top.items.append(item)
        elif word.upos == "SCONJ":
            self._open(self._kind(item.start), item)
        elif self._is_relative(item, following):
            self._open("relative", item)
        elif word.first.form == "conv" or self._is_reduced(item):
            self._open("converb" if word.first.form == "conv" else "reduced", item)
            self._stack[-1].verb = item.start
        elif self._is_predicate(item.start):
            self._fill(item)
        else:
            top.items.append(item)
            if word.text == "," and top.kind in {"converb", "reduced"} and len(self._stack) > 1:
                self._stack.pop()
                self._stack[-1].items.append(item)

    def _kind(self, index: int) -> str:
        small, low = self.grammar.words, self.draft.words[index].lower
        phrase = " ".join([low, *(self.draft.words[i].lower for i, first in self.fixed.items() if first == index)])
        if {low, phrase} & small["attributive"]:
            return "attributive"
        if phrase in small["purpose"]:
            return "purpose"
        return "content" if phrase in small["content"] else "adverbial"

    def _is_relative(self, item: Item, following: Item | None) -> bool:
        words, lemmas = self.draft.words, self.grammar.words["relative"]
        if words[item.start].lemma in lemmas:
            return True
        if words[item.start].upos == "ADP" and following is not None and words[following.start].lemma in lemmas:
            self.draft.attach(following.start, item.start, "pobj")
            return True
        return False

    def _is_reduced(self, item: Item) -> bool:
        """Tell a participle that describes the noun before it: "the town, taken by the army, ..."."""
        word = self.draft.words[item.start]
        if word.first.form != "part" or not self.draft.is_free(item.start) or self._is_predicate(item.start):
            return False
        return item.start > 1 and self.draft.words[item.start - 1].text == ","

    def _open(self, kind: str, item: Item) -> None:
        top = self._stack[-1]
        joined = (
            bool(top.items) and self.draft.words[top.items[-1].start].upos == "CCONJ" and top.items[-1].phrase is None
        )
        if (joined and top.kind == kind and top.before is not None and len(self._stack) > 1) or (
            len(self._stack) > 1
            and top.verb is not None
            and top.kind in {"adverbial", "relative"}
            and kind == "content"
        ):
            self._stack.pop()
        if self.draft.is_free(item.start) or kind == "relative":
            self._push(Clause(kind, item.start, self._stack[-1]))

    def _fill(self, item: Item) -> None:
        """Give a verb to the innermost clause that lacks one, else begin a clause beside the last."""
        top = self._stack[-1]
        if top.verb is None:
            top.verb = item.start
            return
        if not self.grammar.cased and self._describes(top, item.start):
            described = top.items[-1].phrase
            self._push(Clause("unmarked", described.head + 1 if described else item.start, top, item.start))
            return
        behind, marks = top.since_mark(self.draft)
        moved = top.items[behind:] if marks else []
        lacking = next((one for one in reversed(self._stack) if one.verb is None), None)
        if marks:
            del top.items[behind:]
        if lacking is not None and marks:
            while self._stack[-1] is not lacking:
                self._stack.pop()
            lacking.items += moved
            lacking.verb = item.start
            return
        joins = any(self.draft.words[one.start].upos == "CCONJ" for one in marks)
        clause = Clause("joined" if joins else "loose", marks[-1].start if marks else None, top, item.start, moved)
        self._stack[-1] = clause
        self.clauses.append(clause)

    def _describes(self, top: Clause, verb: int) -> bool:
        """Tell a verb that describes the noun before it without a pronoun: "shelling (that) hit"."""
        last = top.items[-1] if top.items else None
        if last is None or last.phrase is None or last.end != verb or top.verb is None or last.start < top.verb:
            return False
        return not self.draft.words[last.phrase.head].first.definite and last.phrase.last < 0


def _divides(draft: Draft, item: Item) -> bool:
    word = draft.words[item.start]
    return item.phrase is None and (word.text in _DIVIDING or word.upos == "CCONJ")
