"""Words for countries: what the shipped file settles, what it leaves open, and which files are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.vocabulary import load_demonyms

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
[AA]
name = "Aland"
names = ["Aland"]
adjectives = ["Alandic"]
capital = "Port A"
"""


@pytest.mark.parametrize(
    ("mapping", "word", "alpha2"),
    [
        ("adjectives", "syrian", "SY"),
        ("adjectives", "nigerien", "NE"),
        ("adjectives", "nigerian", "NG"),
        ("adjectives", "u.s.", "US"),
        ("people", "spaniards", "ES"),
        ("people", "britons", "GB"),
        ("names", "syrian arab republic", "SY"),
        ("names", "south sudan", "SS"),
        ("names", "türkiye", "TR"),
        ("capitals", "kiev", "UA"),
        ("capitals", "sana'a", "YE"),
        ("metonyms", "kremlin", "RU"),
        ("metonyms", "downing street", "GB"),
        ("metonyms", "tehran", "IR"),
        ("metonyms", "colombo", "LK"),
    ],
)
def test_a_word_leads_to_its_country(mapping: str, word: str, alpha2: str) -> None:
    assert getattr(load_demonyms(), mapping)[word] == alpha2


def test_the_record_keeps_the_words_as_written() -> None:
    syria = load_demonyms().country("SY")
    assert syria is not None
    assert (syria.name, syria.capital, syria.adjectives, syria.people) == (
        "Syria",
        "Damascus",
        ("Syrian",),
        ("Syrians",),
    )
    assert load_demonyms().country("ZZ") is None


def test_the_shipped_file_covers_the_states_and_the_disputed_ones() -> None:
    countries = load_demonyms().countries
    assert len(countries) == 198
    assert {"XK", "PS", "TW", "EH"} <= countries.keys()


def test_only_the_known_words_are_shared() -> None:
    demonyms = load_demonyms()
    shared = {
        word
        for one in demonyms.countries.values()
        for words, mapping in (
            (one.names, demonyms.names),
            (one.adjectives, demonyms.adjectives),
            (one.people, demonyms.people),
            ((one.capital, *one.spellings), demonyms.capitals),
            (one.metonyms, demonyms.metonyms),
        )
        for word in words
        if word.casefold() not in mapping
    }
    assert shared == {"Congo", "Congolese", "Dominican", "Dominicans", "Korea", "Korean", "Koreans"}


def test_a_word_of_two_countries_settles_neither(tmp_path: Path) -> None:
    path = tmp_path / "en" / "demonyms.toml"
    path.parent.mkdir()
    path.write_text(GOOD + GOOD.replace("[AA]", "[AB]").replace("Port A", "Port B"), "utf-8")
    demonyms = load_demonyms(folder=tmp_path)
    assert not demonyms.adjectives
    assert demonyms.capitals == {"port a": "AA", "port b": "AB"}


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("[AA]", "[Aland]", 1, "two capital letters"),
        ('["Alandic"]', "[]", 4, "at least one word"),
        ('["Alandic"]', '"Alandic"', 4, "list of non-empty strings"),
        ('["Alandic"]', '["Alandic", "ALANDIC"]', 4, "a word twice"),
        ('["Aland"]', '["Other"]', 3, "one of 'names'"),
        ("capital =", "capitol =", 5, "unknown key 'capitol'"),
        ('"Port A"', '""', 5, "non-empty string"),
        ('name = "Aland"\n', "", 1, "'name' must be"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    path = tmp_path / "en" / "demonyms.toml"
    path.parent.mkdir()
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=rf"demonyms\.toml:{line}: .*{reason}"):
        load_demonyms(folder=tmp_path)
