"""Frames: the verbs and nouns that carry events, with the conditions on their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from marsad.vocabulary._words import words_of
from marsad.vocabulary.events import load_events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.vocabulary._toml import DataFile

_VERB_KEYS = frozenset(
    {
        *("event", "lemmas", "particles", "object", "object_words", "object_not_place", "subject", "place", "agent"),
        *("target", "polarity", "complement", "complement_under", "complement_out", "with_words"),
    }
)
_NOUN_KEYS = frozenset({"event", "lemmas", "modifiers", "of", "of_is", "of_in", "alone", "number"})
_AGENTS = frozenset({"subject", "of", "to", "speaker", "none"})
_TARGETS = frozenset({"object", "subject", "by_object", "loser", "on", "with", "none"})
# Classes that no list of nouns gives: by name, by number, by being a pronoun or nothing known, by not being there.
_GIVEN_CLASSES = frozenset({"party", "person", "number", "pronoun", "unknown", "none"})


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


_Frame = TypeVar("_Frame", VerbFrame, NounFrame)


def load_frames(
    file: DataFile, classes: frozenset[str]
) -> tuple[Mapping[str, tuple[VerbFrame, ...]], Mapping[str, tuple[NounFrame, ...]]]:
    """Return the frames of verbs and of nouns by lemma, in the file's order; raise DataFileError where one is wrong."""
    known = classes | _GIVEN_CLASSES
    verbs = [_verb(file, row, index, known) for index, row in enumerate(file.data.get("verb", []))]
    nouns = [_noun(file, row, index, known) for index, row in enumerate(file.data.get("noun", []))]
    return _by_lemma(verbs), _by_lemma(nouns)


def _by_lemma(frames: Sequence[_Frame]) -> Mapping[str, tuple[_Frame, ...]]:
    table: dict[str, list[_Frame]] = {}
    for frame in frames:
        for lemma in frame.lemmas:
            table.setdefault(lemma, []).append(frame)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


def _verb(file: DataFile, row: Mapping[str, Any], index: int, classes: frozenset[str]) -> VerbFrame:
    where = ("verb", index)
    file.only(row, _VERB_KEYS, *where)

    def words(key: str) -> frozenset[str]:
        return words_of(file, row, key, *where)

    return VerbFrame(
        event=_event(file, row, *where),
        lemmas=words("lemmas"),
        particles=words("particles"),
        object=_classes(file, row, "object", classes, *where),
        object_words=words("object_words"),
        object_not_place=bool(row.get("object_not_place", False)),
        subject=_classes(file, row, "subject", classes, *where),
        place=file.texts(row, "place", *where),
        agent=file.choice(row, "agent", _AGENTS, *where, default="subject"),
        target=file.choice(row, "target", _TARGETS, *where, default="object"),
        denied=file.choice(row, "polarity", {"affirmed", "denied"}, *where, default="affirmed") == "denied",
        complement=words("complement"),
        complement_under=words("complement_under"),
        complement_out=words("complement_out"),
        with_words=words("with_words"),
    )


def _noun(file: DataFile, row: Mapping[str, Any], index: int, classes: frozenset[str]) -> NounFrame:
    where = ("noun", index)
    file.only(row, _NOUN_KEYS, *where)
    return NounFrame(
        event=_event(file, row, *where),
        lemmas=words_of(file, row, "lemmas", *where),
        modifiers=words_of(file, row, "modifiers", *where),
        of=file.choice(row, "of", {"agent", "target", "place"}, *where),
        of_is=_classes(file, row, "of_is", classes, *where),
        of_in=words_of(file, row, "of_in", *where),
        alone=bool(row.get("alone", False)),
        number=bool(row.get("number", False)),
    )


def _event(file: DataFile, row: Mapping[str, Any], kind: str, index: int) -> str:
    return file.choice(row, "event", load_events(), kind, index)


def _classes(
    file: DataFile, row: Mapping[str, Any], key: str, classes: frozenset[str], *where: str | int
) -> frozenset[str]:
    names = words_of(file, row, key, *where)
    for name in sorted(names - classes):
        file.fail(f"'{name}' is no class of nouns", *where, key)
    return names
