"""How words are formed where they carry others: what is attached, and the forms of verbs and nouns, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._words import Reading
from marsad.vocabulary import DataFile, load_demonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from marsad.vocabulary.language import Language

# A shorter word that begins like the article has none.
_SHORT = 4
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Morphology:
    """What is attached to words, and how their forms are made.

    `before` gives what is attached before a word by part of speech; of `surely` a word of which nothing is known is
    parted too. `merging` is the preposition behind which the article loses its first letter. `after` are pronouns
    behind a word, `changing` how an end changes before one. `opening` are words behind which a verb stands, `naming`
    those behind which a name does, `nominal` forms of verbs that are nouns unless they open a sentence, `toponymic` the
    first words of names of places; a word of the list of lemmas is a verb by one of the `verbal` prefixes or endings
    that its lemma lacks. `adjectival` how adjectives end. `past` and `present` are what verbs add; `imperfect` gives
    the stems that no rule makes, `passives` passive forms with their verb, `converbs` forms that go with another verb
    ("adding that"), `plurals` the broken plurals of a noun; `regular` are the endings of nouns with the number that
    they show, `words` further words by part of speech.
    """

    before: Mapping[str, tuple[str, ...]]
    surely: tuple[str, ...]
    article: str
    merging: str
    after: tuple[str, ...]
    changing: tuple[tuple[str, str], ...]
    opening: frozenset[str]
    naming: frozenset[str]
    nominal: frozenset[str]
    toponymic: frozenset[str]
    verbal: tuple[tuple[str, ...], tuple[str, ...]]
    adjectival: tuple[str, ...]
    past: tuple[str, ...]
    present: tuple[tuple[str, ...], tuple[str, ...]]
    imperfect: Mapping[str, str]
    passives: Mapping[str, str]
    converbs: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    regular: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]

    def lexicon(self, language: Language, code: str) -> Mapping[str, tuple[Reading, ...]]:
        """Return the readings of every form of the words that a language's data files name, by compared spelling."""
        table: dict[str, dict[Reading, None]] = {}

        def add(form: str, reading: Reading) -> None:
            table.setdefault(form.translate(_LETTERS), {})[reading] = None

        for form, reading in self._closed():
            add(form, reading)
        for verb in _verbs(language):
            for form, reading in self._of_verb(verb):
                add(form, reading)
        adjectives = {*self.words["ADJ"], *language.factuality["adjectives"]["planned"], *language.denial["adjectives"]}
        demonyms = load_demonyms(code)
        for adjective in adjectives | {word for word in demonyms.adjectives if " " not in word}:
            for form, reading in self._of_adjective(adjective):
                add(form, reading)
        for noun in _nouns(language) | {*self.words["NOUN"], *self.toponymic}:
            for form, reading in self._of_noun(noun):
                add(form, reading)
        for name in (*demonyms.names, *demonyms.capitals, *self.words["PROPN"]):
            if " " not in name:
                add(name, Reading(upos="PROPN", lemma=name, base=name))
        return {form: _likely(form, readings) for form, readings in table.items()}

    def _closed(self) -> Iterator[tuple[str, Reading]]:
        for upos in ("ADP", "SCONJ", "CCONJ", "PART", "ADV", "PRON", "DET", "NUM", "AUX"):
            for word in self.words[upos]:
                yield word, Reading(upos=upos, lemma=word, base=word, form="fin" if upos == "AUX" else "")

    def _of_verb(self, verb: str) -> Iterator[tuple[str, Reading]]:
        """Yield the forms of a verb, given by its past tense."""
        weak = verb.endswith(("ى", "ا")) and len(verb) > 2
        for end in self.past:
            stem = verb[:-1] if weak and end else verb
            plural = "Plur" if end.startswith("و") else ""
            yield stem + end, _finite(verb, "Past", plural)
        stem = self.imperfect.get(verb) or self._imperfect(verb)
        for start in self.present[0]:
            for end in self.present[1]:
                yield start + (stem[:-1] if end and weak else stem) + end, _finite(verb, "Pres", "Plur" if end else "")
        for form, active in self.converbs.items():
            if active == verb:
                yield form, Reading(upos="VERB", lemma=verb, base=form, form="conv")
        for form, active in self.passives.items():
            if active == verb:
                for end in self.past:
                    yield (
                        form + end,
                        Reading(upos="VERB", lemma=verb, base=form, form="fin", tense="Past", passive=True),
                    )

    def _imperfect(self, verb: str) -> str:
        """Return the stem of the present by the past: without its first alef, with a long i for a long a."""
        stem = verb[1:] if verb[0] in "اأ" and len(verb) > 3 else verb
        if len(stem) > 2 and verb[0] in "اأ" and len(verb) > 3 and stem[-2] == "ا" and not verb.startswith("ان"):
            stem = stem[:-2] + "ي" + stem[-1]
        return stem[:-1] + "ي" if stem.endswith("ى") else stem

    def _of_noun(self, noun: str) -> Iterator[tuple[str, Reading]]:
        """Yield the forms of a noun: singular, dual and plural by rule, and its broken plurals."""
        shown = noun.startswith("ال") and len(noun) > _SHORT
        yield noun, Reading(upos="NOUN", lemma=noun, base=noun, number="Sing", definite=shown)
        for end in self.regular["feminine"]:
            yield noun + end, Reading(upos="NOUN", lemma=noun, base=noun + end, number="Sing")
        stem = noun[:-1] if noun.endswith("ة") else noun
        for end in self.regular["plural"]:
            yield stem + end, Reading(upos="NOUN", lemma=noun, base=stem + end, number="Plur")
        for end in self.regular["dual"]:
            yield (
                (stem + "ت" if noun.endswith("ة") else noun) + end,
                Reading(upos="NOUN", lemma=noun, base=noun, number="Plur"),
            )
        for plural in self.plurals.get(noun, ()):
            yield plural, Reading(upos="NOUN", lemma=noun, base=plural, number="Plur")

    def _of_adjective(self, adjective: str) -> Iterator[tuple[str, Reading]]:
        for end in ("", *self.regular["adjective"]):
            number = "Plur" if end in self.regular["plural"] else ""
            yield adjective + end, Reading(upos="ADJ", lemma=adjective, base=adjective + end, number=number)


def _likely(form: str, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings in a fixed order, those of which the form is the dictionary's own first."""
    return tuple(sorted(readings, key=lambda one: (one.lemma.translate(_LETTERS) != form, repr(one))))


def _finite(verb: str, tense: str, number: str) -> Reading:
    return Reading(upos="VERB", lemma=verb, base=verb, form="fin", tense=tense, number=number)


def _verbs(language: Language) -> frozenset[str]:
    """Return the verbs that the data files name."""
    facts = language.factuality["verbs"]
    words = {*language.verbs, *language.cues, *facts["denied"], *facts["planned"], *facts["probable"], *facts["ending"]}
    words |= language.eventive["subject_of"] | language.eventive["object_of"] | language.eventive["harm"]
    return frozenset(one for one in words | language.small["copulas"] | language.denial["copulas"] if " " not in one)


def _nouns(language: Language) -> frozenset[str]:
    """Return the nouns that the data files name."""
    words = {
        *language.nouns,
        *language.titles,
        *language.factuality["nouns"]["planned"],
        *language.factuality["nouns"]["denied"],
    }
    for table in (
        language.classes,
        language.extent,
        language.general,
        language.place,
        language.definite,
        language.statement,
    ):
        for name, some in table.items():
            words |= some if name not in {"verbs", "announced", "connectors", "no_names", "units"} else frozenset()
    words |= (
        language.media["words"]
        | language.anaphora["responsibility"]
        | language.denial["nouns"]
        | language.denial["no_nouns"]
    )
    for kind in language.unnamed:
        words |= kind.heads
    for frames in language.verbs.values():
        for frame in frames:
            words |= frame.object_words | frame.with_words | frame.complement_under
    return frozenset(one for one in words if " " not in one and len(one) > 1 and not one.isascii())


@cache
def load_morphology(path: Path) -> Morphology:
    """Load the forms of a language; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    tables = (
        "before",
        "letters",
        "after",
        "behind",
        "verbs",
        "imperfect",
        "passives",
        "converbs",
        "plurals",
        "regular",
        "words",
    )
    file.only(file.data, tables)
    before, letters, verbs = (file.table(file.data, key) for key in ("before", "letters", "verbs"))
    after, behind, imperfect = (file.table(file.data, key) for key in ("after", "behind", "imperfect"))
    passives, plurals = file.table(file.data, "passives"), file.table(file.data, "plurals")
    converbs = file.table(file.data, "converbs")
    changing = file.texts(after, "changing", "after")
    return Morphology(
        before={key: file.texts(before, key, "before") for key in ("CCONJ", "ADP", "AUX")},
        surely=file.texts(before, "surely", "before"),
        article=file.text(letters, "article", "letters"),
        merging=file.text(letters, "merging", "letters"),
        after=tuple(sorted(file.texts(after, "pronouns", "after"), key=len, reverse=True)),
        changing=tuple((pair.split()[0], pair.split()[1]) for pair in changing),
        opening=frozenset(file.texts(behind, "opening", "behind")),
        naming=frozenset(file.texts(behind, "naming", "behind")),
        nominal=frozenset(file.texts(behind, "nominal", "behind")),
        toponymic=frozenset(one.translate(_LETTERS) for one in file.texts(behind, "toponymic", "behind")),
        verbal=(file.texts(verbs, "verbal_prefixes", "verbs"), file.texts(verbs, "verbal_endings", "verbs")),
        adjectival=file.texts(letters, "adjectival", "letters"),
        past=("", *file.texts(verbs, "past", "verbs")),
        present=(file.texts(verbs, "prefixes", "verbs"), ("", *file.texts(verbs, "suffixes", "verbs"))),
        imperfect={verb: file.text(imperfect, verb, "imperfect") for verb in imperfect},
        converbs={form: file.text(converbs, form, "converbs") for form in converbs},
        passives={form: file.text(passives, form, "passives") for form in passives},
        plurals={noun: file.texts(plurals, noun, "plurals") for noun in plurals},
        regular={
            key: file.texts(file.table(file.data, "regular"), key, "regular")
            for key in ("plural", "dual", "adjective", "feminine")
        },
        words={
            upos: file.texts(file.table(file.data, "words"), upos, "words")
            for upos in ("ADP", "SCONJ", "CCONJ", "PART", "ADV", "PRON", "DET", "NUM", "AUX", "ADJ", "NOUN", "PROPN")
        },
    )
