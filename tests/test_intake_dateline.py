"""What a story says of itself at its start and its end, by shape alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.intake import dateline

DATELINES = [
    ("BEIRUT, Nov 27, 2024 (AFP) - ", ("BEIRUT",), ("AFP",), date(2024, 11, 27)),
    ("AMMAN/BAGHDAD, Dec 2 (Reuters) - ", ("AMMAN", "BAGHDAD"), ("Reuters",), None),
    ("BEIRUT/DAMASCUS, Dec 6 (dpa) - ", ("BEIRUT", "DAMASCUS"), ("dpa",), None),
    ("Aleppo, SANA - ", ("Aleppo",), ("SANA",), None),
    ("MOSCOW, December 9. /TASS/. ", ("MOSCOW",), ("TASS",), None),
    ("DAMASCUS, Dec. 1 (Xinhua) -- ", ("DAMASCUS",), ("Xinhua",), None),
    ("HAMA, Syria, Dec 4, 2024 (AFP) - ", ("HAMA", "Syria"), ("AFP",), date(2024, 12, 4)),
    ("TEHRAN, Dec. 03 (MNA) - ", ("TEHRAN",), ("MNA",), None),
    ("INA - BAGHDAD\n\n", ("BAGHDAD",), ("INA",), None),
    ("Shafaq News/ ", (), ("Shafaq News",), None),
    ("ERBIL, Kurdistan Region - ", ("ERBIL", "Kurdistan Region"), (), None),
    ("Damascus: ", ("Damascus",), (), None),
    ("TABQA - ", ("TABQA",), (), None),
    ("MANBIJ, Syria (North Press) - ", ("MANBIJ", "Syria"), ("North Press",), None),
    (
        "date 2024-12-08 Beirut, (APP - UrduPoint / Pakistan Point News - 8th Dec, 2024) ",
        ("Beirut",),
        ("APP", "UrduPoint", "Pakistan Point News"),
        date(2024, 12, 8),
    ),
    ("KYIV, Ukraine (AP) — ", ("KYIV", "Ukraine"), ("AP",), None),
    ("GAZA CITY, Gaza Strip (AP) — ", ("GAZA CITY", "Gaza Strip"), ("AP",), None),
    (
        "GOMA, Democratic Republic of the Congo, Jan 27 (Reuters) - ",
        ("GOMA", "Democratic Republic of the Congo"),
        ("Reuters",),
        None,
    ),
    ("RAMALLAH, Monday, December 2, 2024 (WAFA) – ", ("RAMALLAH",), ("WAFA",), date(2024, 12, 2)),
    ("SANA’A, Dec. 3 (Saba) - ", ("SANA’A",), ("Saba",), None),
    ("PORT-AU-PRINCE, 3 March 2024 (AHP) - ", ("PORT-AU-PRINCE",), ("AHP",), date(2024, 3, 3)),
    ("ST. PETERSBURG, June 1. /TASS/. ", ("ST. PETERSBURG",), ("TASS",), None),
    ("KYIV. Nov 27 (Interfax-Ukraine) – ", ("KYIV",), ("Interfax-Ukraine",), None),
    ("Mosul (IraqiNews.com) – ", ("Mosul",), ("IraqiNews.com",), None),
    ("KABUL (Pajhwok): ", ("KABUL",), ("Pajhwok",), None),
    ("GENEVA, 5 December 2024 – ", ("GENEVA",), (), date(2024, 12, 5)),
    ("Moscow, 9 Dec 2024, TASS - ", ("Moscow",), ("TASS",), date(2024, 12, 9)),
    ("Dubai, UAE - ", ("Dubai", "UAE"), (), None),
    ("(Reuters) - ", (), ("Reuters",), None),
    ("NAYPYITAW, Feb 30, 2024 (AFP) - ", ("NAYPYITAW",), ("AFP",), None),
]


@pytest.mark.parametrize(("words", "places", "agencies", "day"), DATELINES, ids=[words for words, *_ in DATELINES])
def test_a_dateline_is_told_by_its_shape(
    words: str, places: tuple[str, ...], agencies: tuple[str, ...], day: date | None
) -> None:
    text = f"\n {words}Rebels said that they had entered the town.\n\nThe army was silent."
    found = dateline(text)
    assert found is not None
    assert text[found.start : found.end] == words
    assert (found.places, found.agencies, found.date) == (places, agencies, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rebels",
        "Rebels said that they had entered the town.",
        "Rebels - who fought for days - lost the town.",
        "The army (FANCI) - which denied it - left.",
        "The commander (41) - The man was seen.",
        'Russia’s defence ministry said: "We hold the town."',
        'Zelenskyy: "We hold the town."',
        "Ministry of Defence: The army holds the town.",
        "Armed forces: The town is held.",
        "Breaking: Rebels enter the town.",
        "UPDATE - Rebels enter the town.",
        "04:40 GMT - Rebels enter the town.",
        "09:10 - Our forces have begun.",
        "HIGHLIGHTS (as of 28 November 2024)\n\n1. Thousands have moved.",
        "8 December 2024: Rebels enter the town.",
        "Military Operations Department | Wednesday 27 November\n\nBy grace",
        "BEIRUT, Nov 27, 2024 (AFP) - ",
    ],
)
def test_prose_headings_and_speakers_are_no_dateline(text: str) -> None:
    assert dateline(text) is None


@pytest.mark.parametrize(
    ("end", "agencies"),
    [
        ("\n\nAFP", ("AFP",)),
        ("\n\n- Agence France-Presse", ("Agence France-Presse",)),
        ("\n\n(with information from AFP)", ("AFP",)),
        (" (Reuters)\n", ("Reuters",)),
        (" (AFP, Reuters and dpa)", ("AFP", "Reuters", "dpa")),
        ("\n\nSource: Anadolu Agency", ("Anadolu Agency",)),
        ("\n\nWith inputs from ANI", ("ANI",)),
        ("\n\nAFP/Reuters", ("AFP", "Reuters")),
    ],
)
def test_the_closing_credit_names_agencies(end: str, agencies: tuple[str, ...]) -> None:
    found = dateline(f"Rebels entered the town.{end}")
    assert found is not None
    assert (found.start, found.end, found.places, found.agencies) == (0, 0, (), agencies)


@pytest.mark.parametrize(
    "end", ["\n\nENDS", " (more)", "\n\nStay with us.", " It was the army (FANCI).", "\n\nWho knows"]
)
def test_other_closing_words_are_no_credit(end: str) -> None:
    assert dateline(f"Rebels entered the town.{end}") is None


def test_dateline_and_credit_are_joined_without_repetition() -> None:
    found = dateline("KYIV, May 2 (AFP) - Troops left. (AFP, dpa)")
    assert found is not None
    assert found.agencies == ("AFP", "dpa")


@given(st.text(alphabet="AbcD ,.()/-—:\n1'9May2024", max_size=80))
def test_any_text_has_a_span_within_it_or_none(text: str) -> None:
    found = dateline(text)
    if found is not None:
        assert 0 <= found.start <= found.end <= len(text)
        assert all(place in text or " " in place for place in found.places)
