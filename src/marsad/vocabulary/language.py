"""What is particular to one language: cues, predicates, noun classes, words of certainty, unnamed sources; as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.vocabulary._frames import NounFrame, VerbFrame, load_frames
from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import Words, word_sets, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CueClass", "ForceNames", "Language", "NounFrame", "UnnamedSource", "VerbFrame", "Words", "load_language"]

SHIPPED = Path(__file__).parent
_STANCES = frozenset({"asserts", "denies", "concedes", "doubts", "relays"})
# The word sets of each table, in the file that holds it.
_PREDICATES = {
    "eventive": ("subject_of", "object_of", "cause", "harm", "speaking"),
    "small": ("copulas", "here", "allies", "allied"),
}
_CUES = {
    "phrase": ("any", "of_parties"),
    "bare": ("alone", "inserted", "passing", "withheld"),
    "statement": ("nouns", "occasions", "announced", "verbs"),
    "media": ("words", "told"),
    "denial": ("adjectives", "nouns", "no_nouns", "copulas", "existential", "affirming"),
    "anaphora": ("words", "responsibility"),
}
_FACTUALITY = {
    "verbs": ("denied", "planned", "planned_things", "probable", "keeping", "ending"),
    "nouns": ("denied", "planned"),
    "adjectives": ("denied", "planned"),
    "adverbs": ("probable", "possible"),
    "modals": ("planned", "conditional", "possible"),
    "conditionals": ("words", "inverted", "opening"),
    "negation": ("words", "determiners", "subjects", "before_subject", "pairs", "prepositions", "no_more", "no"),
    "hearsay": ("lemmas",),
}
_NOUNS = {
    "extent": ("part", "outskirts", "near"),
    "general": ("quantity", "people", "messenger", "speech"),
    "party": (
        *("empty_adjectives", "collective", "bodies", "governments", "hostile", "shapeless", "any_group"),
        *("any_fighters", "offices"),
    ),
    "place": (
        *("connectors", "no_names", "admin", "points", "roads", "features", "joining", "any", "capital", "none"),
        *("sums", "units", "large", "small"),
    ),
}
_SOURCES = {"definite": ("body", "person", "any_body", "alone", "neutral")}
_TEXT = {
    "pronouns": ("first", "plural", "neuter", "person", "subject", "one_person", "one_thing", "possessive", "own"),
    "determiners": ("articles", "definite", "back", "saying"),
    "grammar": ("object_control", "object_acts"),
    "prepositions": (
        *("member", "counted", "body", "issuer", "within", "medium", "name", "content", "object", "means", "state"),
        *(
            "under",
            "out",
            "role",
            "of",
            "agent",
            "loser",
            "against",
            "opponent",
            "victim",
            "between",
            "about",
            "before_place",
        ),
        *("before_place", "place", "goal", "sure_place", "near", "inside"),
    ),
}

# What is struck from afar is a place as often as a force.
FROM_AFAR = frozenset({"shelling", "air_strike"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CueClass:
    """Cue verbs of one stance; `certainty` is what the cue itself imposes on its content, or None."""

    name: str
    stance: str
    certainty: str | None
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnnamedSource:
    """A source without a name, known by its head noun and, where given, a modifier or a noun that it belongs to.

    `of_body` tells that the body that follows names it better: "a spokesman for the ministry".
    """

    name: str
    heads: frozenset[str]
    modifiers: frozenset[str]
    within: frozenset[str]
    of_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceNames:
    """How forces are called, as patterns with `{}` for the nation or government; `also` are more to look up."""

    nation: str
    nation_regular: str
    nation_other: str
    government: str
    also: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Language:
    """All word data of one language, checked; words are lower-case lemmas, word sets stand by their key in the file.

    `canonical` gives the English words by which claims name forces ("Syrian troops"), for the language's own; it is
    empty in English.
    """

    code: str
    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    eventive: Words
    small: Words
    classes: Words
    extent: Words
    general: Words
    party: Words
    place: Words
    forces: ForceNames
    cues: Mapping[str, CueClass]
    particular_cues: Words
    phrases: Words
    bare_cues: Words
    statement: Words
    media: Words
    denial: Words
    anaphora: Words
    factuality: Mapping[str, Words]
    unnamed: tuple[UnnamedSource, ...]
    definite: Words
    titles: frozenset[str]
    offices: Mapping[str, str]
    abbreviations: frozenset[str]
    pronouns: Words
    determiners: Words
    grammar: Words
    prepositions: Words
    canonical: Mapping[str, str]

    @cached_property
    def classes_of(self) -> Words:
        """Return the noun classes of each word that has any."""
        table: dict[str, set[str]] = {}
        for name, words in self.classes.items():
            for word in words:
                table.setdefault(word, set()).add(name)
        return {word: frozenset(names) for word, names in table.items()}

    @cached_property
    def personal(self) -> frozenset[str]:
        """Return the pronouns that stand for parties and people, possessives included."""
        return frozenset().union(*(self.pronouns[kind] for kind in ("first", "plural", "neuter", "person")))

    @cached_property
    def takers(self) -> frozenset[str]:
        """Return the lemmas of verbs and nouns whose object is a place: what stands there is one, known or not."""
        verbs = {
            word
            for word, frames in self.verbs.items()
            if any("place" in f.object or f.event in FROM_AFAR for f in frames)
        }
        nouns = {word for word, frames in self.nouns.items() if any(f.of == "place" for f in frames)}
        return frozenset((verbs | nouns | self.classes["place"]) - self.classes["force"])

    @cached_property
    def held(self) -> frozenset[str]:
        """Return the nouns in or under which a held place is: "in the army's hands", "under their control"."""
        frames = [frame for frames in self.verbs.values() for frame in frames if frame.event == "hold"]
        return frozenset(word for frame in frames for word in frame.complement | frame.complement_under)

    @cached_property
    def falling(self) -> frozenset[str]:
        """Return the lemmas of verbs whose subject is a place: "fall"."""
        verbs = {w for w, frames in self.verbs.items() if any(f.subject == {"place", "facility"} for f in frames)}
        return frozenset(verbs - self.small["copulas"])


@cache
def load_language(code: str = "en", folder: Path = SHIPPED) -> Language:
    """Load the word data of a language; raise DataFileError with line and reason where a file is wrong or missing."""
    room = folder / code
    nouns = DataFile(room / "nouns.toml")
    nouns.only(nouns.data, {"classes", "forces", "canonical", *_NOUNS})
    classes = word_sets(nouns, "classes")
    groups = {name: word_sets(nouns, name, keys) for name, keys in _NOUNS.items()}
    return Language(
        code=code,
        classes=classes,
        extent=groups["extent"],
        general=groups["general"],
        party=groups["party"],
        place=groups["place"],
        forces=_forces(nouns),
        canonical=_canonical(nouns),
        **_of_predicates(DataFile(room / "predicates.toml"), frozenset(classes)),
        **_of_cues(DataFile(room / "cues.toml")),
        **_of_sources(DataFile(room / "sources.toml")),
        **_of_text(DataFile(room / "text.toml")),
        factuality=_tables(DataFile(room / "factuality.toml"), _FACTUALITY),
    )


def _of_predicates(file: DataFile, classes: frozenset[str]) -> dict[str, Any]:
    file.only(file.data, {"verb", "noun", *_PREDICATES})
    verbs, nouns = load_frames(file, classes)
    return {"verbs": verbs, "nouns": nouns, **{name: word_sets(file, name, keys) for name, keys in _PREDICATES.items()}}


def _of_cues(file: DataFile) -> dict[str, Any]:
    tables = {name: word_sets(file, name, keys) for name, keys in _CUES.items()}
    return {
        "cues": _cues(file),
        "particular_cues": word_sets(file, "particular"),
        "phrases": tables.pop("phrase"),
        "bare_cues": tables.pop("bare"),
        **tables,
    }


def _of_sources(file: DataFile) -> dict[str, Any]:
    file.only(file.data, {"unnamed", "titles", *_SOURCES})
    titles = file.table(file.data, "titles")
    file.only(titles, {"words", "offices"}, "titles")
    offices = file.table(titles, "offices", "titles")
    return {
        "unnamed": tuple(_unnamed(file, row, index) for index, row in enumerate(file.data.get("unnamed", []))),
        "definite": word_sets(file, "definite", _SOURCES["definite"]),
        "titles": words_of(file, titles, "words", "titles"),
        "offices": {office: file.text(offices, office, "titles", "offices") for office in offices},
    }


def _of_text(file: DataFile) -> dict[str, Any]:
    file.only(file.data, {"sentences", *_TEXT})
    sentences = word_sets(file, "sentences", ("abbreviations",))
    tables = {name: word_sets(file, name, keys) for name, keys in _TEXT.items()}
    return {"abbreviations": sentences["abbreviations"], **tables}


def _tables(file: DataFile, wanted: Mapping[str, tuple[str, ...]]) -> Mapping[str, Words]:
    file.only(file.data, wanted)
    return {name: word_sets(file, name, keys) for name, keys in wanted.items()}


def _canonical(file: DataFile) -> Mapping[str, str]:
    table = file.table(file.data, "canonical")
    return {word: file.text(table, word, "canonical") for word in table}


def _forces(file: DataFile) -> ForceNames:
    row = file.table(file.data, "forces")
    file.only(row, {"nation", "nation_regular", "nation_other", "government", "also"}, "forces")
    return ForceNames(
        nation=file.text(row, "nation", "forces"),
        nation_regular=file.text(row, "nation_regular", "forces"),
        nation_other=file.text(row, "nation_other", "forces"),
        government=file.text(row, "government", "forces"),
        also=file.texts(row, "also", "forces"),
    )


def _cues(file: DataFile) -> Mapping[str, CueClass]:
    table: dict[str, CueClass] = {}
    for name in file.data:
        if name in _CUES or name == "particular":
            continue
        row = file.table(file.data, name)
        file.only(row, {"stance", "certainty", "lemmas"}, name)
        certainty = file.text(row, "certainty", name) if "certainty" in row else None
        stance = file.choice(row, "stance", _STANCES, name)
        cue = CueClass(name=name, stance=stance, certainty=certainty, lemmas=words_of(file, row, "lemmas", name))
        for lemma in cue.lemmas:
            if lemma in table:
                file.fail(f"'{lemma}' stands in '{table[lemma].name}' too", name, "lemmas")
            table[lemma] = cue
    return table


def _unnamed(file: DataFile, row: Mapping[str, Any], index: int) -> UnnamedSource:
    where = ("unnamed", index)
    file.only(row, {"name", "heads", "modifiers", "within", "of_body"}, *where)
    return UnnamedSource(
        name=file.text(row, "name", *where),
        heads=words_of(file, row, "heads", *where),
        modifiers=words_of(file, row, "modifiers", *where),
        within=words_of(file, row, "within", *where),
        of_body=bool(row.get("of_body", False)),
    )
