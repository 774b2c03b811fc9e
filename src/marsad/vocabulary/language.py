"""What is particular to one language: cues, predicates, noun classes, words of certainty, unnamed sources; as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.events import load_events

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent
_VERB_KEYS = frozenset(
    "event lemmas particles object object_words object_not_place subject place agent target polarity complement"
    " complement_under complement_out with_words".split()
)
_NOUN_KEYS = frozenset("event lemmas modifiers of of_is of_in alone number".split())
_STANCES = frozenset({"asserts", "denies", "concedes", "doubts", "relays"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbFrame:
    """A verb that carries an event, with the conditions on its arguments and the roles that they fill."""

    event: str
    lemmas: frozenset[str]
    particles: frozenset[str]
    object: frozenset[str]
    object_words: frozenset[str]
    object_not_place: bool
    subject: frozenset[str]
    place: tuple[str, ...]
    agent: str
    target: str
    denied: bool
    complement: frozenset[str]
    complement_under: frozenset[str]
    complement_out: frozenset[str]
    with_words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NounFrame:
    """A noun that carries an event; `of` says which role an of-phrase fills, `of_is` and `of_in` what it must be."""

    event: str
    lemmas: frozenset[str]
    modifiers: frozenset[str]
    of: str
    of_is: frozenset[str]
    of_in: frozenset[str]
    alone: bool
    number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CueClass:
    """Cue verbs of one stance; `certainty` is what the cue itself imposes on its content, or None."""

    name: str
    stance: str
    certainty: str | None
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnnamedSource:
    """A source without a name, known by its head noun and, where given, a modifier or a noun that it belongs to."""

    name: str
    heads: frozenset[str]
    modifiers: frozenset[str]
    within: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Language:
    """All word data of one language, checked; look-ups are by lower-case lemma."""

    code: str
    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    eventive: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    cues: Mapping[str, CueClass]
    particular_cues: Mapping[str, frozenset[str]]
    cue_phrases: tuple[str, ...]
    media: frozenset[str]
    denial: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, frozenset[str]]
    factuality: Mapping[str, Mapping[str, frozenset[str]]]
    unnamed: tuple[UnnamedSource, ...]
    definite: Mapping[str, frozenset[str]]
    titles: frozenset[str]
    offices: Mapping[str, str]
    abbreviations: frozenset[str]

    @cached_property
    def takers(self) -> frozenset[str]:
        """Return the lemmas of verbs and nouns whose object is a place: what stands there is one, known or not."""
        verbs = {word for word, frames in self.verbs.items() if any("place" in f.object for f in frames)}
        nouns = {word for word, frames in self.nouns.items() if any(f.of == "place" for f in frames)}
        return frozenset((verbs | nouns | self.classes["place"]) - self.classes["force"])

    @cached_property
    def falling(self) -> frozenset[str]:
        """Return the lemmas of verbs whose subject is a place: "fall"."""
        return frozenset(
            w for w, frames in self.verbs.items() if any(f.subject == {"place", "facility"} for f in frames)
        ) - {"be"}


_Frame = TypeVar("_Frame", VerbFrame, NounFrame)


@cache
def load_language(code: str = "en", folder: Path = SHIPPED) -> Language:
    """Load the word data of a language; raise DataFileError with line and reason where a file is wrong or missing."""
    room = folder / code
    predicates, cues = DataFile(room / "predicates.toml"), DataFile(room / "cues.toml")
    sources, factuality = DataFile(room / "sources.toml"), DataFile(room / "factuality.toml")
    nouns, text = DataFile(room / "nouns.toml"), DataFile(room / "text.toml")
    classes = {name: frozenset(nouns.texts(nouns.data, name)) for name in nouns.data}
    titles = sources.table(sources.data, "titles")
    return Language(
        code=code,
        verbs=_by_lemma([_verb(predicates, row, i) for i, row in enumerate(predicates.data.get("verb", []))]),
        nouns=_by_lemma([_noun(predicates, row, i) for i, row in enumerate(predicates.data.get("noun", []))]),
        eventive=_word_sets(predicates, "eventive"),
        classes=classes,
        cues=_cues(cues),
        particular_cues=_word_sets(cues, "particular"),
        cue_phrases=cues.texts(cues.table(cues.data, "phrase"), "phrases", "phrase"),
        media=frozenset(cues.texts(cues.table(cues.data, "media"), "words", "media")),
        denial=_word_sets(cues, "denial"),
        anaphora=_word_sets(cues, "anaphora"),
        factuality={name: _word_sets(factuality, name) for name in factuality.data},
        unnamed=tuple(_unnamed(sources, row, i) for i, row in enumerate(sources.data.get("unnamed", []))),
        definite=_word_sets(sources, "definite"),
        titles=frozenset(sources.texts(titles, "words", "titles")),
        offices=dict(sources.table(titles, "offices", "titles")),
        abbreviations=frozenset(text.texts(text.table(text.data, "sentences"), "abbreviations", "sentences")),
    )


def _by_lemma(frames: list[_Frame]) -> Mapping[str, tuple[_Frame, ...]]:
    table: dict[str, list[Frame]] = {}
    for frame in frames:
        for lemma in frame.lemmas:
            table.setdefault(lemma, []).append(frame)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


def _event(file: DataFile, row: Mapping[str, Any], kind: str, index: int) -> str:
    return file.choice(row, "event", load_events(), kind, index)


def _verb(file: DataFile, row: Mapping[str, Any], index: int) -> VerbFrame:
    where = ("verb", index)
    file.only(row, _VERB_KEYS, *where)

    def words(key: str) -> frozenset[str]:
        return frozenset(file.texts(row, key, *where))

    return VerbFrame(
        event=_event(file, row, *where),
        lemmas=words("lemmas"),
        particles=words("particles"),
        object=words("object"),
        object_words=words("object_words"),
        object_not_place=bool(row.get("object_not_place", False)),
        subject=words("subject"),
        place=file.texts(row, "place", *where),
        agent=file.text(row, "agent", *where, default="subject"),
        target=file.text(row, "target", *where, default="object"),
        denied=file.choice(row, "polarity", {"affirmed", "denied"}, *where, default="affirmed") == "denied",
        complement=words("complement"),
        complement_under=words("complement_under"),
        complement_out=words("complement_out"),
        with_words=words("with_words"),
    )


def _noun(file: DataFile, row: Mapping[str, Any], index: int) -> NounFrame:
    where = ("noun", index)
    file.only(row, _NOUN_KEYS, *where)
    return NounFrame(
        event=_event(file, row, *where),
        lemmas=frozenset(file.texts(row, "lemmas", *where)),
        modifiers=frozenset(file.texts(row, "modifiers", *where)),
        of=file.choice(row, "of", {"agent", "target", "place"}, *where),
        of_is=frozenset(file.texts(row, "of_is", *where)),
        of_in=frozenset(file.texts(row, "of_in", *where)),
        alone=bool(row.get("alone", False)),
        number=bool(row.get("number", False)),
    )


def _cues(file: DataFile) -> Mapping[str, CueClass]:
    table: dict[str, CueClass] = {}
    for name in file.data:
        row = file.table(file.data, name)
        if "stance" not in row:
            continue
        file.only(row, {"stance", "certainty", "lemmas"}, name)
        certainty = file.text(row, "certainty", name) if "certainty" in row else None
        stance = file.choice(row, "stance", _STANCES, name)
        cue = CueClass(name=name, stance=stance, certainty=certainty, lemmas=frozenset(file.texts(row, "lemmas", name)))
        for lemma in cue.lemmas:
            table[lemma] = cue
    return table


def _unnamed(file: DataFile, row: Mapping[str, Any], index: int) -> UnnamedSource:
    where = ("unnamed", index)
    file.only(row, {"name", "heads", "modifiers", "within"}, *where)
    return UnnamedSource(
        name=file.text(row, "name", *where),
        heads=frozenset(file.texts(row, "heads", *where)),
        modifiers=frozenset(file.texts(row, "modifiers", *where)),
        within=frozenset(file.texts(row, "within", *where)),
    )


def _word_sets(file: DataFile, name: str) -> Mapping[str, frozenset[str]]:
    table = file.table(file.data, name)
    return {key: frozenset(file.texts(table, key, name)) for key in table}
