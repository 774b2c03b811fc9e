"""Readings of words to which small words are attached: conjunctions, prepositions, the article before, pronouns behind.

The words of the language's data files are known in the forms that they make by rule; what else is a common word a list
of lemmas tells (simplemma). What is neither is a name. What may be several things is read by what stands beside it.
Spelling is compared without marks of vowels, without lengthening and with the forms of one letter as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from marsad.reading.parsing.shallow._morphology import load_morphology
from marsad.reading.parsing.shallow._words import Reading, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from marsad.reading.parsing.shallow._morphology import Morphology
    from marsad.vocabulary.language import Language

_WORD = re.compile(r"\d+(?:[.,:/٫٬]\d+)*|[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670\u0640])*|\.{2,}|\S")
_DROPPED = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_SAME = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
# The shortest stem that is left when an unknown word loses what may be attached to it.
_STEM = 3


def folded(form: str) -> str:
    """Return a form as forms are compared: without marks and with the forms of one letter as one."""
    return _DROPPED.sub("", form).translate(_SAME)


@dataclass(frozen=True, slots=True)
class Split:
    """A form cut into what is attached before it, the word itself and what is attached behind."""

    before: tuple[str, ...]
    stem: str
    after: str
    definite: bool


@dataclass
class CliticAnalyser:
    """Cuts words and reads them by the data of a language; `lemmas` knows further words."""

    morphology: Morphology
    lexicon: Mapping[str, tuple[Reading, ...]]
    lemmas: Lemmas
    _seen: dict[str, tuple[Split, tuple[Reading, ...]]] = field(default_factory=dict)

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of a sentence, what is attached as words of their own, with their readings."""
        found: list[Word] = []
        for match in _WORD.finditer(text):
            found.extend(self._parts(match.group(), match.start()))
        for index in range(len(found)):
            found[index] = self._beside(found, index)
        return tuple(found)

    def base(self, word: str) -> str:
        """Return the dictionary form of a word that stands alone, "" for what is only attached."""
        if not word[:1].isalpha():
            return word
        split, readings = self._read(word)
        if readings and readings[0].upos in {"NOUN", "ADJ", "VERB"}:
            return folded(readings[0].lemma)
        return folded(split.stem)

    # ---- one form -------------------------------------------------------------------------------------------------

    def _parts(self, form: str, start: int) -> Iterator[Word]:
        """Yield the words that a form is made of, each with the characters that are its own."""
        if not form[0].isalpha():
            kind = "NUM" if form[0].isdigit() else "PUNCT"
            yield Word(form, start, (Reading(upos=kind, lemma=form, base=form),))
            return
        split, readings = self._read(form)
        at = 0
        for clitic in split.before:
            end = _reach(form, at, clitic)
            yield Word(form[at:end], start + at, (self._attached(clitic),))
            at = end
        last = len(form) - (_back(form, split.after) if split.after else 0)
        body = form[at:last]
        yield Word(body, start + at, readings or tuple(self._others(split, body)))
        if split.after:
            yield Word(form[last:], start + last, (Reading(upos="PRON", lemma=split.after, base=form[last:]),))

    def _attached(self, clitic: str) -> Reading:
        upos = next(part for part, clitics in self.morphology.before.items() if clitic in clitics)
        return Reading(upos=upos, lemma=clitic, base=clitic)

    def _read(self, form: str) -> tuple[Split, tuple[Reading, ...]]:
        key = _DROPPED.sub("", form)
        if key not in self._seen:
            self._seen[key] = self._cut(folded(key), whole=key.endswith("ة"))
        return self._seen[key]

    def _cut(self, key: str, *, whole: bool) -> tuple[Split, tuple[Reading, ...]]:
        """Return the first cut of a form that leaves a known word, else that which the article or a conjunction shows.

        `whole` tells that its last letter is no pronoun, though it is compared as one.
        """
        if key in self.lexicon:
            return Split((), key, "", definite=False), self.lexicon[key]
        cuts = tuple(one for one in self._cuts(key) if not (whole and one.after))
        plain = self.lemmas.known(key)
        for split in cuts:
            readings = self._known(split)
            if readings:
                return split, readings
        shown = next((one for one in cuts if one.definite and not one.after), None)
        if shown is None and not plain:
            shown = next((one for one in cuts if self._leaves_common(one)), None)
            shown = shown or next((one for one in cuts if self._joins(one)), None)
        return shown or Split((), key, "", definite=False), ()

    def _leaves_common(self, split: Split) -> bool:
        """Tell a cut that leaves a common word: a conjunction before it or a pronoun behind it is cut off."""
        joined = not split.before or split.before == self.morphology.surely[:1]
        cut = bool(split.before) != bool(split.after)
        return joined and cut and len(split.stem) >= _STEM and self.lemmas.known(split.stem)

    def _joins(self, split: Split) -> bool:
        """Tell a form of which nothing is known but that it begins with a conjunction."""
        joined = len(split.before) == 1 and split.before[0] in self.morphology.before["CCONJ"]
        return joined and not split.after and len(split.stem) > _STEM and split.before[0] in self.morphology.surely

    def _cuts(self, key: str) -> Iterator[Split]:
        """Yield the ways to cut a form, those that cut least first."""
        article = self.morphology.article
        endings = ["", *(one for one in self.morphology.after if key.endswith(one))]
        for before, rest in sorted(self._openings(key), key=lambda one: len(one[0])):
            for ending in endings:
                stem = rest.removesuffix(ending) if ending else rest
                if len(stem) < 2 and not (ending and not before and stem in self.morphology.before["ADP"]):
                    continue
                if stem.startswith(article) and len(stem) > len(article) + 1 and not ending:
                    yield Split(before, stem[len(article) :], "", definite=True)
                # The article loses its first letter behind "to": للجيش.
                if before and before[-1] == self.morphology.merging and stem.startswith(article[1:]) and not ending:
                    yield Split(before, stem[len(article) - 1 :], "", definite=True)
                yield Split(before, stem, ending, definite=False)

    def _openings(self, key: str) -> Iterator[tuple[tuple[str, ...], str]]:
        yield (), key
        small = self.morphology.before
        joining, others = small["CCONJ"], {**dict.fromkeys(small["ADP"]), **dict.fromkeys(small["AUX"])}
        for one in (*joining, *others):
            if key.startswith(one) and len(key) > len(one) + 1:
                rest = key[len(one) :]
                yield (one,), rest
                if one in joining:
                    yield from (((one, two), rest[len(two) :]) for two in others if rest.startswith(two))

    def _known(self, split: Split) -> tuple[Reading, ...]:
        """Return the readings of a cut, () where its word is not known or what is attached does not go with it."""
        stems = (split.stem, *self._restored(split.stem)) if split.after else (split.stem,)
        readings = tuple(one for stem in stems for one in self.lexicon.get(stem, ()))
        future = bool(split.before) and split.before[-1] in self.morphology.before["AUX"]
        governed = bool(split.before) and split.before[-1] in self.morphology.before["ADP"]
        kept = []
        for one in readings:
            verbal = one.upos == "VERB"
            if (future and not (verbal and one.tense == "Pres")) or (verbal and (split.definite or governed)):
                continue
            if split.definite and one.upos not in {"NOUN", "ADJ", "PROPN", "NUM"}:
                continue
            if split.before and len(split.stem) < _STEM and one.upos in {"NOUN", "ADJ", "VERB", "PROPN"}:
                continue
            if split.after and one.upos in {"PROPN", "ADJ", "PART", "CCONJ", "PRON"}:
                continue
            kept.append(replace(one, definite=split.definite or bool(split.after)))
        return tuple(kept)

    def _restored(self, stem: str) -> Iterator[str]:
        """Yield the word whose end a pronoun behind it has changed: سيارته of سيارة."""
        for changed, end in self.morphology.changing:
            if stem.endswith(changed):
                yield stem.removesuffix(changed) + end

    def _others(self, split: Split, body: str) -> Iterator[Reading]:
        """Yield the readings of a word that no data file names: a common one by the list of lemmas, else a name."""
        plain = _DROPPED.sub("", body)
        bare = plain[len(plain) - len(split.stem) :]
        common = self.lemmas.known(bare) or self.lemmas.known(plain)
        lemma = self.lemmas.lemma(bare)
        if common and not split.definite and not split.after and self._is_verbal(bare, lemma):
            yield Reading(upos="VERB", lemma=lemma, base=lemma, form="fin", tense="Past")
        upos = "NOUN" if common or split.definite else "PROPN"
        definite = split.definite or bool(split.after)
        kind = "guess" if common else "unknown"
        yield Reading(upos=upos, lemma=lemma if common else bare, base=bare, form=kind, definite=definite)
        if folded(bare).endswith(self.morphology.adjectival) and not split.after:
            yield Reading(upos="ADJ", lemma=lemma, base=bare, definite=split.definite)

    def _is_verbal(self, form: str, lemma: str) -> bool:
        """Tell a form that has a prefix or an ending of a verb beyond its lemma."""
        starts, ends = self.morphology.verbal
        return (form.startswith(starts) and len(form) > _STEM) or (form.endswith(ends) and form != lemma)

    # ---- beside others --------------------------------------------------------------------------------------------

    def _beside(self, words: list[Word], index: int) -> Word:
        """Return a word with the readings that what stands before it allows, the likeliest first."""
        word = words[index]
        before = words[index - 1] if index else None
        if word.may_be("VERB") and word.may_be("NOUN"):
            named = word.first.lemma in self.morphology.nominal and index > 0
            verbal = self._begins(words, index) and not named
            word = word.kept("VERB") if verbal else word.kept("NOUN", "ADJ")
        after = words[index + 1] if index + 1 < len(words) else None
        if after is not None and folded(word.text) in self.morphology.toponymic and self._goes_on(after):
            words[index + 1] = self._as_name(after)
            return self._as_name(word)
        listed = before is not None and before.upos == "CCONJ" and index > 1
        before = words[index - 2] if listed else before
        return self._named(word, before) if word.upos == "NOUN" and word.first.definite else word

    def _goes_on(self, word: Word) -> bool:
        """Tell a word that goes on with the name of a place: one with its article, or a name."""
        return word.upos == "PROPN" or (
            word.upos in {"NOUN", "ADJ"} and word.first.definite and word.text[:1].isalpha()
        )

    def _begins(self, words: list[Word], index: int) -> bool:
        """Tell where a verb stands: at the head of a clause, or as its first verb behind a noun with its article."""
        before = words[index - 1] if index else None
        if before is None or before.upos in {"PUNCT", "CCONJ", "PART", "AUX"}:
            return True
        if before.lemma in self.morphology.opening:
            return True
        if before.upos not in {"NOUN", "ADJ"} or not before.first.definite:
            return False
        for word in reversed(words[:index]):
            if word.upos in {"PUNCT", "CCONJ", "SCONJ"} or word.lemma in self.morphology.opening:
                return True
            if word.upos == "VERB":
                return False
        return True

    def _named(self, word: Word, before: Word | None) -> Word:
        """Make a name of a noun with its article that is in no list, behind a word for a place or a person."""
        known = any(one.upos == "NOUN" for one in self.lexicon.get(folded(word.first.lemma), ()))
        if known or before is None or self.lemmas.known(word.first.lemma):
            return word
        named = before.upos in {"PROPN", "ADP"} or before.lemma in self.morphology.naming
        return self._as_name(word) if named else word

    def _as_name(self, word: Word) -> Word:
        """Return a word as a name, with the article that it has."""
        plain = _DROPPED.sub("", word.text)
        article = self.morphology.article
        if word.first.definite and not plain.startswith(article):
            plain = article + plain[len(article) - 1 :]
        return replace(word, readings=(Reading(upos="PROPN", lemma=plain, base=plain),))


def _reach(form: str, start: int, clitic: str) -> int:
    """Return where the letters of an attached word end in a form that may carry marks."""
    end, left = start, len(clitic)
    while left and end < len(form):
        left -= not _DROPPED.match(form[end])
        end += 1
    while end < len(form) and _DROPPED.match(form[end]):
        end += 1
    return end


def _back(form: str, ending: str) -> int:
    """Return how many characters of a form, which may carry marks, its ending takes."""
    count, left = 0, len(ending)
    while left and count < len(form):
        count += 1
        left -= not _DROPPED.match(form[-count])
    return count


@dataclass(frozen=True, slots=True)
class Lemmas:
    """A list of the common words of a language with their lemmas."""

    code: str
    strategy: Any

    def known(self, form: str) -> bool:
        """Tell whether a form is in the list."""
        return self.strategy.get_lemma(form, self.code) is not None

    def lemma(self, form: str) -> str:
        """Return the lemma of a form, itself where the list has none."""
        return self.strategy.get_lemma(form, self.code) or form


def load_lemmas(code: str) -> Lemmas:
    """Return the list of lemmas of a language; raise ImportError where it is not installed."""
    from simplemma.strategies import DictionaryLookupStrategy  # noqa: PLC0415 - of an extra

    return Lemmas(code, DictionaryLookupStrategy())


def load_analyser(folder: Path, language: Language) -> CliticAnalyser:
    """Return the analyser of a language by its data."""
    morphology = load_morphology(folder / "morphology.toml")
    return CliticAnalyser(morphology, morphology.lexicon(language, folder.name), load_lemmas(folder.name))
