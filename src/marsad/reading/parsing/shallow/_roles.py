"""Who does what: the arguments of each verb, by case or by order, and the clauses hung on each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._words import NOMINAL, VERBAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.reading.parsing.shallow._clauses import Clause, Item
    from marsad.reading.parsing.shallow._draft import Draft
    from marsad.reading.parsing.shallow._grammar import Grammar
    from marsad.reading.parsing.shallow._phrase import Phrase
    from marsad.reading.parsing.shallow._words import Word
    from marsad.vocabulary.language import Language

_QUOTING = frozenset(':—–-«“"')
_CLOSING = frozenset('«»"“”')
# The cases of each role, the likeliest first.
_CASES = {
    "nsubj": ("Nom", "Acc"),
    "nsubjpass": ("Nom", "Acc", "Gen"),
    "dobj": ("Acc", "Gen", "Ins"),
    "dative": ("Dat",),
    "agent": ("Ins",),
    "means": ("Ins",),
}


@dataclass
class RoleMaker:
    """Fills the roles of the clauses of one sentence in `draft`."""

    draft: Draft
    grammar: Grammar
    language: Language

    def made(self, clauses: Sequence[Clause]) -> int:
        """Hang every word of the clauses; return the word that stands above all."""
        for clause in clauses:
            self._within(clause)
        for clause in clauses:
            if clause.kind not in {"main", "loose", "joined"}:
                self._under(clause)
        for clause in clauses:
            if clause.kind in {"loose", "joined"}:
                self._beside(clause, clauses)
        root = self._head(clauses[0])
        return root if root is not None else 0

    def _head(self, clause: Clause) -> int | None:
        """Return the verb of a clause, else the noun that stands for one."""
        if clause.verb is not None:
            return clause.verb
        bare = [one.phrase.head for one in clause.items if one.phrase is not None and one.phrase.preposition is None]
        heads = bare or [one.phrase.top for one in clause.items if one.phrase is not None]
        return next(iter(heads), next((one.start for one in clause.items), None))

    # ---- inside a clause ------------------------------------------------------------------------------------------

    def _within(self, clause: Clause) -> None:
        verb = self._head(clause)
        if verb is None:
            return
        words = self.draft.words
        if words[verb].first.passive or words[verb].first.form == "part":
            self.draft.tags[verb] = "VBN"
            words[verb] = words[verb].as_part("VERB")
        current = verb
        for item in clause.items:
            if item.phrase is None:
                current = self._word(item, verb, current)
            elif item.phrase.preposition is not None:
                late = item.start > current > verb
                self.draft.attach(item.phrase.preposition, current if late or current == verb else verb, "prep")
        self._arguments(clause, verb, [one.phrase for one in clause.items if one.phrase is not None])

    def _word(self, item: Item, verb: int, current: int) -> int:
        """Hang a word that is no phrase; return the verb that takes what follows."""
        word = self.draft.words[item.start]
        if word.first.form == "inf":
            planned = self._noun_before(item.start)
            self.draft.attach(
                item.start, current if planned is None else planned, "xcomp" if planned is None else "acl"
            )
            return item.start
        if word.upos in {"ADV", "ADP"}:
            self.draft.attach(item.start, current, "advmod")
        elif word.upos == "ADJ":
            self.draft.attach(item.start, verb, "acomp")
        elif word.upos in VERBAL:
            self.draft.attach(item.start, verb, "aux" if item.start < verb else "dep")
        return current

    def _noun_before(self, index: int) -> int | None:
        """Return the noun right before an infinitive that says what for: "an order to withdraw"."""
        words, nouns = self.draft.words, self.language.factuality["nouns"]
        if index == 0 or words[index - 1].upos not in NOMINAL:
            return None
        return index - 1 if words[index - 1].lemma in nouns["planned"] | nouns["denied"] else None

    def _arguments(self, clause: Clause, verb: int, phrases: Sequence[Phrase]) -> None:
        bare = [one for one in phrases if one.preposition is None and self.draft.is_free(one.head) and one.head != verb]
        if self.draft.words[verb].upos not in VERBAL:
            for phrase in bare:
                self.draft.attach(phrase.head, verb, "appos" if phrase.start > verb else "dep")
            return
        (self._by_case if self.grammar.cased else self._by_order)(clause, verb, bare)

    def _by_case(self, clause: Clause, verb: int, bare: list[Phrase]) -> None:
        """Fill the roles by case: the nominative that agrees is the subject, the accusative the object."""
        word = self.draft.words[verb]
        relative = self._relative(clause)
        passive = word.first.passive
        subject = None
        if relative is not None and relative.cases & {"Nom"} and not passive:
            strict = any("Nom" in one.cases and "Acc" not in one.cases and self._agrees(word, one) for one in bare)
            if self._fits(relative, word) and (not strict or "Acc" not in relative.cases):
                subject = -1
        if subject is None and not (passive and word.first.form == "imps"):
            found = self._subject(verb, bare, relative=relative is not None)
            if found is not None:
                self._place(found, verb, "nsubjpass" if passive else "nsubj")
                bare = [one for one in bare if one is not found]
                subject = found.head
        if subject is None and not bare and word.lemma in self.language.bare_cues["inserted"]:
            self._speaks_within(clause, verb)
        last = self._last(verb)
        for phrase in bare:
            late = last if phrase.start > last else verb
            self._place(phrase, late, self._case_label(phrase, verb, passive=passive))

    def _place(self, phrase: Phrase, verb: int, label: str) -> None:
        """Hang a phrase on a verb; its noun is in the case of its role."""
        words = self.draft.words
        words[phrase.head] = words[phrase.head].in_first_case(_CASES.get(label, ()))
        self.draft.attach(phrase.head, verb, label)

    def _speaks_within(self, clause: Clause, verb: int) -> None:
        """Make the body in which it was said the one that says it: "they said at the ministry"."""
        draft, bodies = self.draft, self.language.definite["body"] | self.language.statement["nouns"]
        for item in clause.items:
            phrase = item.phrase
            if phrase is None or phrase.preposition is None or draft.words[phrase.head].lemma not in bodies:
                continue
            if draft.words[phrase.preposition].lower in self.grammar.words["within"]:
                for index in (phrase.head, phrase.preposition):
                    draft.loosen(index)
                draft.attach(phrase.head, verb, "nsubj")
                draft.attach(phrase.preposition, phrase.head, "case")
                return

    def _subject(self, verb: int, bare: Sequence[Phrase], *, relative: bool) -> Phrase | None:
        """Return the subject, None where there is none; `relative` tells that a pronoun is the object."""
        word = self.draft.words[verb]
        fitting = [one for one in bare if "Nom" in one.cases and self._agrees(word, one)]
        strict = [one for one in fitting if "Acc" not in one.cases]
        if strict:
            return min(strict, key=lambda one: abs(one.head - verb))
        counted = next((one for one in fitting if self._is_counted(one)), None)
        if counted is not None and word.first.gender == "Neut":
            return counted
        before = [one for one in fitting if one.head < verb]
        others = [one for one in bare if "Acc" in one.cases and one not in fitting]
        if before or relative:
            alone = len(bare) == 1 and bool(fitting) and self._takes(word) and not relative
            return fitting[0] if fitting and not (alone and self._is_counted(fitting[0])) else None
        if fitting and (others or len(fitting) > 1 or not self._takes(word)):
            return fitting[0]
        return None

    def _takes(self, verb: Word) -> bool:
        """Tell a verb whose frames ask for an object."""
        frames = self.language.verbs.get(verb.lemma, ())
        return any((one.object - {"none"} or one.object_words) and one.target != "subject" for one in frames)

    def _agrees(self, verb: Word, phrase: Phrase) -> bool:
        """Tell whether a phrase can be the subject of a verb; what is counted goes with any number."""
        head = self.draft.words[phrase.head]
        if self._is_counted(phrase) or self.draft.children(phrase.head, "conj"):
            return True
        return self._fits(head, verb)

    def _is_counted(self, phrase: Phrase) -> bool:
        return self.draft.words[phrase.head].upos == "NUM" or bool(self.draft.children(phrase.head, "nummod"))

    def _fits(self, head: Word, verb: Word) -> bool:
        """Tell whether a noun or pronoun agrees with a verb in person, number and gender."""
        form = verb.first
        readings = [one for one in head.readings if one.case in {"Nom", ""}]
        if form.person in {"1", "2"} or not readings:
            return not readings or any(one.person == form.person for one in readings)
        same = [one for one in readings if not form.number or not one.number or one.number == form.number]
        return any(not form.gender or not one.gender or one.gender == form.gender for one in same)

    def _case_label(self, phrase: Phrase, verb: int, *, passive: bool) -> str:
        cases, governs = phrase.cases, self.draft.words[verb].lemma
        if self.draft.words[phrase.head].lemma in self.grammar.words["times"]:
            return "npadvmod"
        taken = {self.draft.labels[one] for one in self.draft.heads if self.draft.heads[one] == verb}
        denial = self.language.denial
        if (
            governs in denial["copulas"]
            and self.draft.words[phrase.head].lemma in denial["affirming"] | denial["nouns"]
        ):
            return "attr"
        if passive and cases & {"Nom", "Acc", "Gen"} and "nsubjpass" not in taken and cases != {"Gen"}:
            return "nsubjpass"
        if cases == {"Ins"}:
            if governs in self.grammar.words["instrumental"] and "dobj" not in taken:
                return "dobj"
            return "agent" if passive else "means"
        if cases & {"Acc", "Gen"} and "dobj" not in taken:
            return "nsubjpass" if passive and "nsubjpass" not in taken else "dobj"
        if "Dat" in cases:
            return "dative"
        return "nsubj" if "nsubj" not in taken and "Nom" in cases and not passive else "npadvmod"

    def _last(self, verb: int) -> int:
        """Return the last infinitive of a chain of verbs."""
        while inner := self.draft.children(verb, "xcomp"):
            verb = inner[-1]
        return verb

    def _by_order(self, clause: Clause, verb: int, bare: list[Phrase]) -> None:
        """Fill the roles by order: verb, subject, object; or subject, verb, object."""
        draft = self.draft
        relative = self._relative(clause) is not None or clause.kind == "unmarked"
        for phrase in (one for one in bare if draft.words[one.head].lemma in self.grammar.words["times"]):
            draft.attach(phrase.head, verb, "npadvmod")
        bare = [one for one in bare if draft.is_free(one.head)]
        opened = clause.opener if clause.opener is not None else -1
        before = [one for one in bare if opened < one.start < verb and not self._is_divided(one, verb)]
        after = [one for one in bare if one.head > verb]
        if (
            after
            and draft.words[after[0].head].upos == "PRON"
            and draft.words[after[0].head].start == draft.words[verb].end
        ):
            draft.attach(after.pop(0).head, verb, "dobj")
            relative = False
        passive = draft.words[verb].first.passive
        label = "nsubjpass" if passive else "nsubj"
        if before:
            draft.attach(before[-1].head, verb, label)
        elif after and not relative and self._is_subject(clause, verb, after):
            only = len(after) == 1 and draft.words[verb].lemma in self.grammar.words["either"]
            draft.attach(after.pop(0).head, verb, "nsubjpass" if only else label)
        for phrase, role in zip(after, ("dobj", "dative"), strict=False):
            draft.attach(phrase.head, verb, role)

    def _is_divided(self, phrase: Phrase, verb: int) -> bool:
        """Tell a phrase that a mark parts from its verb."""
        return any(
            self.draft.words[i].upos == "PUNCT" and self.draft.words[i].text not in _CLOSING
            for i in range(phrase.end, verb)
        )

    def _is_subject(self, clause: Clause, verb: int, after: Sequence[Phrase]) -> bool:
        """Tell whether the noun behind a verb does it; one that goes on with the last subject has an object."""
        takes = self._takes(self.draft.words[verb])
        goes_on = clause.kind == "joined" and takes and len(after) == 1
        either = self.draft.words[verb].lemma in self.grammar.words["either"]
        return not goes_on or either

    def _relative(self, clause: Clause) -> Word | None:
        """Return the relative pronoun of a clause that no preposition governs."""
        if clause.kind != "relative" or clause.opener is None:
            return None
        word = self.draft.words[clause.opener]
        return None if word.upos == "ADP" else word

    # ---- clauses together -----------------------------------------------------------------------------------------

    def _under(self, clause: Clause) -> None:
        """Hang a clause that something opens on what it belongs to."""
        verb, outer = self._head(clause), clause.before
        if verb is None or outer is None or clause.opener is None:
            return
        while clause.kind == "attributive" and outer.before is not None and outer.kind != "content":
            outer = outer.before
        above = self._head(outer)
        if clause.kind in {"relative", "reduced", "unmarked"}:
            self._describe(clause, verb)
            return
        if clause.kind == "attributive" and self._speaks(clause):
            self.draft.attach(clause.opener, verb, "advmod")
            if above is not None:
                self.draft.attach(self.draft.root_of(above), verb, "ccomp")
            return
        if clause.kind != "converb":
            infinitive = self.draft.words[verb].first.form == "inf"
            purpose = clause.kind == "purpose" and infinitive
            self.draft.attach(clause.opener, verb, "aux" if purpose else "mark")
            if purpose:
                self.draft.tags[clause.opener] = "TO"
        noun = self._telling(clause)
        if clause.kind == "content" and noun is not None:
            self.draft.attach(verb, noun, "acl")
        elif above is not None:
            said = clause.kind == "content" or (clause.kind == "purpose" and self._plans(above))
            self.draft.attach(verb, above, "ccomp" if said else "advcl")

    def _plans(self, above: int) -> bool:
        word = self.draft.words[above].lemma
        return word in self.language.factuality["verbs"]["planned"] or word in self.language.cues

    def _telling(self, clause: Clause) -> int | None:
        """Return the noun right before a clause that says what the noun tells: "the report that the town fell"."""
        words = self.draft.words
        index = (clause.opener or 0) - 1
        if index >= 0 and words[index].text == ",":
            index -= 1
        telling = self.language.general["speech"] | self.language.statement["nouns"] | self.language.anaphora["words"]
        return index if index >= 0 and words[index].upos in NOMINAL and words[index].lemma in telling else None

    def _describe(self, clause: Clause, verb: int) -> None:
        """Hang a relative clause on the noun before it that agrees with its pronoun."""
        opener = clause.opener or 0
        words = self.draft.words
        pronoun = opener + 1 if words[opener].upos == "ADP" and clause.kind == "relative" else opener
        nouns = (i for i in range(opener - 1, -1, -1) if words[i].upos in NOMINAL)
        noun = next((i for i in nouns if _describes(words[pronoun], words[i])), None)
        if noun is None:
            noun = next((i for i in range(opener - 1, -1, -1) if words[i].upos in NOMINAL), None)
        if noun is None:
            return
        self.draft.attach(verb, noun, "acl" if clause.kind == "reduced" else "relcl")
        if clause.kind != "relative":
            return
        self.draft.tags[pronoun] = "WDT"
        words[pronoun] = words[pronoun].as_part("PRON")
        if pronoun != opener:
            self.draft.attach(opener, verb, "prep")
        else:
            subject = self.draft.children(verb, "nsubj", "nsubjpass")
            passive = words[verb].first.passive
            self.draft.attach(pronoun, verb, "dobj" if subject else "nsubjpass" if passive else "nsubj")

    def _beside(self, clause: Clause, clauses: Sequence[Clause]) -> None:
        """Hang a clause on the one that it stands beside, or that one on it where it says whose words those were."""
        outer, verb = clause.before, clause.verb
        if outer is None or verb is None:
            return
        above = self._head(outer)
        if above is None:
            return
        marks = [i for i in range(above, verb) if self.draft.words[i].text in _QUOTING]
        if clause.kind == "loose" and self._speaks(clause) and not self._has_content(clause, clauses):
            self.draft.attach(self.draft.root_of(above), verb, "ccomp")
        elif (
            self._speaks(outer)
            and self.draft.words[above].lemma in self.language.cues
            and (self._quotes(outer) or (marks and not self._has_content(outer, clauses)))
        ):
            self.draft.attach(verb, above, "ccomp")
        else:
            self.draft.attach(verb, above, "conj")
            if clause.opener is not None and self.draft.words[clause.opener].upos == "CCONJ":
                self.draft.attach(clause.opener, above, "cc")

    def _speaks(self, clause: Clause) -> bool:
        verb = clause.verb
        return verb is not None and self.draft.words[verb].lemma in self.language.bare_cues["inserted"]

    def _has_content(self, clause: Clause, clauses: Sequence[Clause]) -> bool:
        verb = clause.verb
        opened = any(one.before is clause and one.kind == "content" for one in clauses)
        return opened or (verb is not None and bool(self.draft.children(verb, "ccomp")))

    def _quotes(self, clause: Clause) -> bool:
        """Tell a clause that was put behind what it attributes already."""
        verb = clause.verb
        return verb is not None and clause.kind == "loose" and any(i < verb for i in self.draft.children(verb, "ccomp"))


def _describes(pronoun: Word, noun: Word) -> bool:
    """Tell whether a relative pronoun or participle can mean a noun: by number and gender."""
    mine, theirs = pronoun.first, noun.first
    if mine.number and theirs.number and mine.number != theirs.number:
        return False
    return (
        "Plur" in {mine.number, theirs.number} or not mine.gender or not theirs.gender or mine.gender == theirs.gender
    )
