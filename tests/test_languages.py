"""The languages that ship: each folder of word data is whole, and nothing in it names a language in code."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from marsad.reading._count_words import load_count_words
from marsad.reading._time_rules import load_time_rules
from marsad.reading.numerals import load_numerals
from marsad.records import Stance
from marsad.vocabulary import load_demonyms, load_events, load_languages, load_relations
from marsad.vocabulary.language import SHIPPED, load_language

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = tuple(load_languages())
# The files that every language has, and whose lists are the same in all.
FILES = ("cues", "factuality", "nouns", "numbers", "relations", "sources", "text", "times")
# Tables that hold the language's own words as keys.
OWN = {"canonical", "directions", "groups", "irregular", "needs", "offices", "particular", "reach", "snippets", "units"}


def lists(code: str, name: str) -> dict[str, bool]:
    """Return the lists of a file, as `file.table.key`, with whether each holds anything."""
    data = tomllib.loads((SHIPPED / code / f"{name}.toml").read_text("utf-8"))
    return dict(_lists(data, name))


def _lists(table: dict[str, Any], path: str) -> Iterator[tuple[str, bool]]:
    for key, value in table.items():
        if isinstance(value, dict) and key not in OWN:
            yield from _lists(value, f"{path}.{key}")
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield f"{path}.{key}", bool(value)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", FILES)
def test_every_list_of_english_is_there(code: str, name: str) -> None:
    own, without = lists(code, name), load_languages()[code].without
    empty = {key for key, full in lists("en", name).items() if full and not own.get(key)}
    assert empty == {key for key in without if key.startswith(f"{name}.")}


@pytest.mark.parametrize("code", CODES)
def test_every_event_can_be_told_in_verbs_or_nouns(code: str) -> None:
    language = load_language(code)
    told = {frame.event for frames in language.verbs.values() for frame in frames}
    told |= {frame.event for frames in language.nouns.values() for frame in frames}
    assert told == set(load_events())


@pytest.mark.parametrize("code", CODES)
def test_every_frame_asks_for_classes_that_the_language_has(code: str) -> None:
    language = load_language(code)
    named = {c for frames in language.verbs.values() for f in frames for c in f.object | f.subject}
    named |= {c for frames in language.nouns.values() for f in frames for c in f.of_is}
    given = {"party", "person", "number", "pronoun", "unknown", "none"}  # by names, numbers and pronouns
    assert named <= set(language.classes) | given


@pytest.mark.parametrize("code", CODES)
def test_every_stance_has_its_cues(code: str) -> None:
    assert {cue.stance for cue in load_language(code).cues.values()} == {stance.value for stance in Stance}


@pytest.mark.parametrize("code", CODES)
def test_dates_numbers_and_relations_are_whole(code: str) -> None:
    times = load_time_rules(code)
    assert set(times.words.months.values()) == set(range(1, 13))
    assert set(times.words.weekdays.values()) == set(range(7))
    assert {"date", "weekday", "phrase", "distance", "duration"} <= {one.reads for one in times.words.rules}
    assert times.rules
    assert load_numerals(code).value(next(iter(load_numerals(code).scales)))
    assert load_count_words(code).harms["killed"].active
    assert set(load_relations(code).before.values()) == set(load_relations().before.values())


@pytest.mark.parametrize("code", CODES)
def test_every_country_has_a_name_and_an_adjective(code: str) -> None:
    demonyms = load_demonyms(code)
    assert demonyms.countries == load_demonyms().countries
    told = {*demonyms.names.values(), *demonyms.adjectives.values()}
    shared = {"CD", "CG", "DM", "DO", "KP", "KR"}  # by words that two countries share
    assert told >= set(demonyms.countries) - shared


@pytest.mark.parametrize("code", [code for code in CODES if load_languages()[code].inflects or code != "en"])
def test_forces_are_named_in_english(code: str) -> None:
    canonical = load_language(code).canonical
    assert canonical
    assert all(word.isascii() for word in canonical.values())
