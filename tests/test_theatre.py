"""A war's profile: how names are compared, whom a label means, who opposes whom, and which files are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.theatre import Theatre, fold, load_theatre

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
name = "Exampleland, 2031"
countries = ["XA", "XB"]
time_zone = "Europe/Paris"

[sides.government]
opposes = ["rebels"]
forces = "Army of Exampleland"
government = "Council of State"
labels = { "the bandits" = "Northern Front" }

[sides.rebels]
forces = "Northern Front"
labels = { "usurpers" = "Army of Exampleland", "bandits" = "Army of Exampleland" }

[sides.observers]

[[actors]]
name = "Army of Exampleland"
side = "government"
kind = "state"
aliases = ["the army", "Exampleland's army"]

[[actors]]
name = "Council of State"
side = "government"
kind = "state"

[[actors]]
name = "Northern Front"
side = "rebels"
kind = "armed_group"
aliases = ["Frente Norte", "al-Jabha"]

[[actors]]
name = "Ada Example"
side = "rebels"
kind = "person"
speaks_for = "Northern Front"

[[actors]]
name = "Lake Weekly"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "theatre.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def theatre(tmp_path: Path) -> Theatre:
    return load_theatre(write(tmp_path, GOOD))


# ---- what a good file gives ------------------------------------------------------------------------------------------


def test_the_file_gives_name_countries_in_order_and_time_zone(theatre: Theatre) -> None:
    assert (theatre.name, theatre.countries, str(theatre.time_zone)) == (
        "Exampleland, 2031",
        ("XA", "XB"),
        "Europe/Paris",
    )


def test_a_file_with_a_name_alone_is_a_theatre_without_sides(tmp_path: Path) -> None:
    bare = load_theatre(write(tmp_path, 'name = "Exampleland"\n'))
    assert (bare.countries, dict(bare.sides), dict(bare.actors), str(bare.time_zone)) == ((), {}, {}, "UTC")
    assert bare.actor("army") is None


@pytest.mark.parametrize(
    "name", ["Army of Exampleland", "the army", "ARMY", "The Army", "Exampleland's army", "Exampleland’s Army"]
)
def test_an_actor_is_found_by_name_and_alias_in_any_spelling(theatre: Theatre, name: str) -> None:
    actor = theatre.actor(name)
    assert actor is not None
    assert actor.name == "Army of Exampleland"


@pytest.mark.parametrize("name", ["navy", "army of", "", "the"])
def test_an_unknown_name_is_nobody(theatre: Theatre, name: str) -> None:
    assert theatre.actor(name) is None


def test_an_actor_without_a_kind_or_a_side_has_none_that_looks_known(theatre: Theatre) -> None:
    weekly = theatre.actors["Lake Weekly"]
    assert (weekly.kind, weekly.side, weekly.speaks_for, weekly.aliases) == ("other", None, None, ())


def test_a_person_speaks_for_a_body(theatre: Theatre) -> None:
    assert theatre.actors["Ada Example"].speaks_for == "Northern Front"


def test_words_of_names_may_stand_in_one_in_any_form_and_others_may_not(theatre: Theatre) -> None:
    assert all(theatre.may_name(word) for name in theatre.names for word in name.split())
    assert theatre.may_name(fold("Exampleland's"))
    assert theatre.may_name("of")
    assert not theatre.may_name("harvest")


def test_names_map_every_folded_spelling_to_its_actor(theatre: Theatre) -> None:
    assert {folded: actor.name for folded, actor in theatre.names.items()} == {
        "army of exampleland": "Army of Exampleland",
        "army": "Army of Exampleland",
        "examplelands army": "Army of Exampleland",
        "council of state": "Council of State",
        "northern front": "Northern Front",
        "frente norte": "Northern Front",
        "al jabha": "Northern Front",
        "ada example": "Ada Example",
        "lake weekly": "Lake Weekly",
    }


@pytest.mark.parametrize(
    ("name", "side"),
    [("the army", "government"), ("Ada Example", "rebels"), ("Lake Weekly", None), ("Nobody", None), (None, None)],
)
def test_the_side_of_a_name(theatre: Theatre, name: str | None, side: str | None) -> None:
    assert theatre.side_of(name) == side


# ---- labels and opposition -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "side", "meant"),
    [
        ("bandits", "government", "Northern Front"),
        ("The Bandits", "government", "Northern Front"),
        ("bandits", "rebels", "Army of Exampleland"),
        ("usurpers", "rebels", "Army of Exampleland"),
        ("usurpers", "government", None),
        ("bandits", "observers", None),
        ("bandits", "strangers", None),
        ("bandits", None, None),
    ],
)
def test_a_label_means_whom_its_speakers_side_means(
    theatre: Theatre, label: str, side: str | None, meant: str | None
) -> None:
    actor = theatre.labelled(label, side)
    assert (actor.name if actor else None) == meant


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("government", "rebels", True),
        ("rebels", "government", True),
        ("government", "government", False),
        ("government", "observers", False),
        ("rebels", "strangers", False),
        ("government", None, False),
        (None, "rebels", False),
    ],
)
def test_sides_are_enemies_by_either_ones_word(
    theatre: Theatre, one: str | None, other: str | None, opposed: bool
) -> None:
    assert theatre.opposed(one, other) is opposed


# ---- folding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("The  Army", "army"),
        ("Forças Armadas", "forcas armadas"),
        ("Deir al-Zour", "deir al zour"),
        ("Russia's army", "russias army"),
        ("Russia’s army", "russias army"),
        ("rebels' council", "rebels council"),
        ("Ma‘arrat", "maarrat"),
        ("Sana'a", "sanaa"),
        ("U.S. Army", "u s army"),
        ("an the army", "army"),
        ("Army of the North", "army of the north"),
        ("Національна гвардія", "національна гвардія"),
        ("الجيش", "الجيش"),
        ("the", ""),
        ("—", ""),
    ],
)
def test_fold_drops_what_does_not_tell_names_apart(written: str, folded: str) -> None:
    assert (fold(written), fold(folded)) == (folded, folded)


@pytest.mark.parametrize(("one", "other"), [("army", "armies"), ("Front A", "Front B"), ("M23", "M24")])
def test_fold_keeps_what_does_tell_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


# ---- files that are refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('name = "Exampleland, 2031"', 'name = ""', 1, "'name' must be a non-empty string"),
        ('name = "Exampleland, 2031"', "name = 7", 1, "'name' must be a non-empty string"),
        ('["XA", "XB"]', '"XA"', 2, "'countries' must be a list of non-empty strings"),
        ('["XA", "XB"]', '["XA", ""]', 2, "'countries' must be a list of non-empty strings"),
        ('["XA", "XB"]', '["XA", "Exampleland"]', 2, "'Exampleland' is not an ISO 3166-1 alpha-2 code"),
        ('["XA", "XB"]', '["xa"]', 2, "'xa' is not an ISO 3166-1 alpha-2 code"),
        ('"Europe/Paris"', '"Europe/Atlantis"', 3, "'Europe/Atlantis' is not a time zone"),
        ('"Europe/Paris"', '"../etc/passwd"', 3, "'../etc/passwd' is not a time zone"),
        ('"Europe/Paris"', "2", 3, "'time_zone' must be a non-empty string"),
        ("time_zone =", "timezone =", 3, "unknown key 'timezone'"),
        ('opposes = ["rebels"]', 'opposes = ["robbers"]', 6, "side 'government' opposes unknown side 'robbers'"),
        ('opposes = ["rebels"]', 'opposes = "rebels"', 6, "'opposes' must be a list"),
        ("opposes =", "against =", 6, "unknown key 'against'"),
        ('forces = "Army of Exampleland"', 'forces = "Navy"', 7, "'forces' names unknown actor 'Navy'"),
        ('government = "Council of State"', 'government = "King"', 8, "'government' names unknown actor 'King'"),
        ('= "Northern Front" }', '= "Southern Front" }', 9, "label 'the bandits' means unknown actor 'Southern Front'"),
        ('{ "the bandits" = "Northern Front" }', '"bandits"', 9, "'labels' must be a table"),
        ('kind = "armed_group"', 'kind = "gang"', 31, "'kind' is 'gang'; it must be one of armed_group"),
        ('side = "rebels"\nkind = "armed', 'side = "robbers"\nkind = "armed', 30, "side 'robbers', which has no"),
        ('"Frente Norte"', '"the army"', 32, "'the army' names both 'Army of Exampleland' and 'Northern Front'"),
        ('speaks_for = "Northern Front"', 'speaks_for = "Moon"', 38, "'Ada Example' speaks for unknown 'Moon'"),
        ('speaks_for = "Northern Front"', 'speaks_for = "Ada Example"', 38, "'Ada Example' speaks for itself"),
        ('opposes = ["rebels"]', 'opposes = ["government"]', 6, "side 'government' opposes itself"),
        (
            '{ "the bandits" = "Northern Front" }',
            '{ "the bandits" = "Northern Front", "Bandits" = "Army of Exampleland" }',
            9,
            "label 'Bandits' means both 'Northern Front' and 'Army of Exampleland'",
        ),
        ('name = "Lake Weekly"', 'name = "Northern Front"', 41, "'Northern Front' stands twice"),
        ('name = "Lake Weekly"', 'label = "Lake Weekly"', 41, "unknown key 'label'"),
        ('name = "Lake Weekly"', 'name = "Lake Weekly"\naliases = [1]', 42, "'aliases' must be a list"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DataFileError) as caught:
        load_theatre(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)


def test_a_table_in_the_place_of_a_list_of_actors_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, 'name = "Exampleland"\n\n[actors]\nname = "Army"\n')
    with pytest.raises(DataFileError, match=r"theatre\.toml:3: 'actors' must be an array of tables"):
        load_theatre(path)


def test_an_actor_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, 'name = "Exampleland"\nactors = [1]\n')
    with pytest.raises(DataFileError, match=r"theatre\.toml:2: 'actors' must be an array of tables"):
        load_theatre(path)


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"theatre\.toml:1: 'name' must be a non-empty string"):
        load_theatre(write(tmp_path, 'time_zone = "UTC"\n'))


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"name = ", "not TOML"), (b'name = "\xff"', "not UTF-8 (byte 8)"), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_parsed_is_refused_by_name(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "theatre.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataFileError) as caught:
        load_theatre(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in str(caught.value)
