"""Which texts can speak of war, by their words alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive_support import OTHER, PEACE, STORY, THEATRE
from marsad import DataFileError
from marsad.archive import Filter
from marsad.theatre import read_theatre
from marsad.vocabulary import load_relevance
from weighing_support import report

SHIPPED = Path(__file__).parents[1] / "src" / "marsad" / "vocabulary"
FRENCH = " ".join(
    f"Dans la salle {name} on peut voir des tableaux et des dessins de {painter}, et {thing} du jardin."
    for name, painter, thing in (
        ("rouge", "Pauline", "les fleurs"),
        ("verte", "Antoine", "la fontaine"),
        ("bleue", "Camille", "le pavillon"),
        ("jaune", "Juliette", "une allée"),
        ("blanche", "Mathilde", "quatre bancs"),
        ("noire", "Édouard", "deux statues"),
        ("grise", "Florence", "plusieurs oiseaux"),
        ("dorée", "Valentin", "beaucoup de roses"),
        ("claire", "Sabine", "certains vieux arbres"),
    )
)


def passes(text: str, theatre: str | None = None, **fields: str) -> bool:
    profile = read_theatre(theatre, "theatre.toml") if theatre else None
    return Filter.of(profile).passes(report("r", text=text, title="", **fields))


@pytest.mark.parametrize("text", [STORY, OTHER, f"{PEACE} {STORY}"], ids=["story", "other", "among music"])
def test_a_story_of_war_passes(text: str) -> None:
    assert passes(text)


def test_a_story_of_music_does_not() -> None:
    assert not passes(PEACE)


def test_few_words_always_pass() -> None:
    assert passes("They took the hill.")


def test_what_is_in_a_language_without_words_passes_and_is_listed_as_unread() -> None:
    assert passes(FRENCH)


def test_what_is_coded_passes() -> None:
    assert passes(PEACE, form="acled")


def test_names_of_the_war_count_as_words_of_it() -> None:
    named = f"{PEACE} The Northern Front, Monitor and the Army of Exampleland gave a concert."
    assert not passes(named.replace("Army", "Choir"))
    assert passes(named, THEATRE)


def test_a_wrong_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for name in ("relevance.toml", "en/relevance.toml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    words = tmp_path / "en" / "relevance.toml"
    words.write_text(words.read_text("utf-8").replace("[weak]", "[faint]"), "utf-8")
    with pytest.raises(DataFileError, match=r"en/relevance\.toml:\d+: unknown key 'faint'"):
        load_relevance(tmp_path)
