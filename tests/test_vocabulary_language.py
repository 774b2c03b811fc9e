"""The word data of a language: what ships is whole, and broken copies are refused with file, line and reason."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.records import Certainty, Stance
from marsad.vocabulary import load_events
from marsad.vocabulary.language import SHIPPED, load_language

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("predicates", "cues", "sources", "factuality", "nouns", "text")
# Classes that names, numbers and pronouns have, or that stand for no argument; no list of nouns gives them.
GIVEN_CLASSES = {"party", "person", "number", "pronoun", "unknown", "none"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the English files that a test may break."""
    (tmp_path / "en").mkdir()
    for name in FILES:
        shutil.copy(SHIPPED / "en" / f"{name}.toml", tmp_path / "en")
    return tmp_path


# ---- what ships ------------------------------------------------------------------------------------------------------


def test_every_frame_that_ships_has_words_and_carries_a_known_event() -> None:
    language = load_language("en")
    events = {frame.event for frames in language.verbs.values() for frame in frames}
    events |= {frame.event for frames in language.nouns.values() for frame in frames}
    assert events == set(load_events())
    assert all(lemma in frame.lemmas for lemma, frames in language.verbs.items() for frame in frames)


def test_every_frame_that_ships_asks_for_known_classes_of_nouns() -> None:
    language = load_language("en")
    named = {c for frames in language.verbs.values() for f in frames for c in f.object | f.subject}
    named |= {c for frames in language.nouns.values() for f in frames for c in f.of_is}
    assert named <= set(language.classes) | GIVEN_CLASSES


def test_every_cue_that_ships_has_a_stance_and_a_certainty_of_the_records() -> None:
    cues = load_language("en").cues.values()
    assert {cue.stance for cue in cues} == {stance.value for stance in Stance}
    assert {cue.certainty for cue in cues} - {None} <= {certainty.value for certainty in Certainty}


@pytest.mark.parametrize(
    ("lemma", "stance"), [("say", "asserts"), ("deny", "denies"), ("admit", "concedes"), ("doubt", "doubts")]
)
def test_a_cue_is_found_by_its_lemma(lemma: str, stance: str) -> None:
    assert load_language("en").cues[lemma].stance == stance


def test_what_takes_places_and_what_falls_follows_from_the_frames() -> None:
    language = load_language("en")
    assert {"capture", "enter", "town"} <= language.takers
    assert not language.takers & language.classes["force"]
    assert "fall" in language.falling
    assert "be" not in language.falling


def test_a_copy_reads_as_the_original(copy: Path) -> None:
    assert load_language("en", copy) == load_language("en")


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "change", "line", "reason"),
    [
        ("predicates", (r'event = "capture"', 'event = "snowfall"'), 'event = "snowfall"', "'event' is 'snowfall'"),
        ("predicates", (r'event = "capture"\n', ""), "[[verb]]", "'event' must be a non-empty string"),
        ("predicates", (r"object_words = \[", "words = ["), "words = [", "unknown key 'words'"),
        ("predicates", (r"lemmas = \[.*?\]", 'lemmas = "seize"'), 'lemmas = "seize"', "'lemmas' must be a list"),
        (
            "predicates",
            (r"lemmas = \[.*?\]", 'lemmas = ["seize", ""]'),
            "lemmas",
            "'lemmas' must be a list of non-empty",
        ),
        ("predicates", (r"place = \[.*?\]", "place = 7"), "place = 7", "'place' must be a list"),
        ("predicates", (r'polarity = "denied"', 'polarity = "maybe"'), 'polarity = "maybe"', "'polarity' is 'maybe'"),
        ("predicates", (r'\nof = "\w+"', '\nof = "owner"'), 'of = "owner"', "'of' is 'owner'"),
        ("predicates", (r"\nmodifiers = ", "\nadjectives = "), "adjectives = ", "unknown key 'adjectives'"),
        ("cues", (r'stance = "asserts"', 'stance = "sings"'), 'stance = "sings"', "'stance' is 'sings'"),
        ("cues", (r'stance = "denies"', 'stance = "denies"\nmood = "bad"'), "mood", "unknown key 'mood'"),
        ("cues", (r"lemmas = \[[^]]*\]", 'lemmas = "say"'), 'lemmas = "say"', "'lemmas' must be a list"),
        (
            "cues",
            (r'certainty = "planned"', "certainty = 1"),
            "certainty = 1",
            "'certainty' must be a non-empty string",
        ),
        ("cues", (r"adjectives = \[[^]]*\]", "adjectives = [1]"), "adjectives = [1]", "'adjectives' must be a list"),
        ("sources", (r'name = "witnesses"', 'name = ""'), 'name = ""', "'name' must be a non-empty string"),
        ("sources", (r"heads = \[", "head = ["), "head = [", "unknown key 'head'"),
        ("sources", (r"modifiers = \[.*?\]", 'modifiers = "local"'), "modifiers", "'modifiers' must be a list"),
        ("sources", (r"person = \[[^]]*\]", "person = 1"), "person = 1", "'person' must be a list"),
        ("factuality", (r"planned = \[[^]]*\]", 'planned = "plan"'), 'planned = "plan"', "'planned' must be a list"),
        ("factuality", (r"possible = \[[^]]*\]", 'possible = [""]'), 'possible = [""]', "'possible' must be a list"),
        ("nouns", (r"\nforce = \[[^]]*\]", '\nforce = "army"'), 'force = "army"', "'force' must be a list"),
        ("nouns", (r"\nroute = \[[^]]*\]", '\nroute = ["road", 2]'), "route = ", "'route' must be a list"),
        ("text", (r"abbreviations = \[[^]]*\]", 'abbreviations = "mr"'), "abbreviations", "must be a list"),
    ],
)
def test_a_broken_copy_is_refused_with_line_and_reason(
    copy: Path, file: str, change: tuple[str, str], line: str, reason: str
) -> None:
    path = copy / "en" / f"{file}.toml"
    text, changed = re.subn(*change, path.read_text("utf-8"), count=1, flags=re.DOTALL)
    assert changed
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as caught:
        load_language("en", copy)
    number = int(str(caught.value).removeprefix(f"{path}:").split(":")[0])
    assert reason in str(caught.value)
    assert line in text.splitlines()[number - 1]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    path = copy / "en" / f"{name}.toml"
    path.unlink()
    with pytest.raises(DataFileError, match=re.escape(f"{path}: cannot be read")):
        load_language("en", copy)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_toml_is_named(copy: Path, name: str) -> None:
    path = copy / "en" / f"{name}.toml"
    path.write_text("[open\n", "utf-8")
    with pytest.raises(DataFileError, match=re.escape(f"{path}: not TOML")):
        load_language("en", copy)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_utf_8_is_named(copy: Path, name: str) -> None:
    path = copy / "en" / f"{name}.toml"
    path.write_bytes(b"# \xe9t\xe9\n")
    with pytest.raises(DataFileError, match=re.escape(f"{path}: not UTF-8 (byte 2)")):
        load_language("en", copy)


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        load_language("xx", tmp_path)
