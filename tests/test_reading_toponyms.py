"""Every name of a place in a report: which words, what they do there, which place they mean, and where beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.gazetteer import kilometres
from marsad.reading import ToponymUse, Unread
from reading_support import reader, report

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.gazetteer import Gazetteer
    from marsad.reading import Toponym
    from marsad.records import Place

    Find = Callable[..., tuple[Toponym, ...]]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def find(gazetteer: Gazetteer) -> Find:
    def found(text: str, war: str = "none") -> tuple[Toponym, ...]:
        toponyms = reader(gazetteer, war).places(report(text))
        assert not isinstance(toponyms, Unread), toponyms
        for one in toponyms:
            assert text[one.start : one.end] == one.place.name
        return toponyms

    return found


def names(toponyms: tuple[Toponym, ...]) -> list[str]:
    return [one.place.name for one in toponyms]


def called(toponyms: tuple[Toponym, ...], name: str) -> Toponym:
    (found,) = [one for one in toponyms if one.place.name == name]
    return found


def point(place: Place) -> tuple[float, float]:
    assert place.lat is not None
    assert place.lon is not None
    return place.lat, place.lon


# ---- which words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops left Kharkiv for Dnipro on Friday.", ["Kharkiv", "Dnipro"]),
        ("Turkish jets bombed Sinjar in Iraq.", ["Sinjar", "Iraq"]),
        ("Syrians in exile and Lebanese bankers met in Geneva.", ["Geneva"]),
        ("The Ministry of Health in Khartoum counted 30 dead.", ["Khartoum"]),
        ("The U.S. and the UK condemned it, and so did the EU.", ["U.S.", "UK", "EU"]),
        ("They gave us nothing, and it may end in march.", []),
        ("Shells fell on Hama countryside.", ["Hama"]),
        ("The Damascus-Aleppo highway was shut.", ["Damascus", "Aleppo"]),
        ("The council met in Salem, Ore., on Monday.", ["Salem", "Ore."]),
        ("He asked for the OR, or so the doctor said.", []),
        ("Fighting went on in southern Gaza and in the Golan Heights.", ["Gaza", "Golan Heights"]),
    ],
)
def test_the_names_of_places_are_found_and_nothing_else(find: Find, text: str, expected: list[str]) -> None:
    assert names(find(text)) == expected


def test_a_last_name_is_no_place_where_its_bearer_is_named(find: Find) -> None:
    text = "President Daniel Kelly flew to Lviv. Kelly said that he would stay. Nobody believed Kelly."
    assert names(find(text)) == ["Lviv"]


def test_a_dateline_in_capitals_gives_its_places(find: Find) -> None:
    found = find("KHARTOUM, Sudan (AFP) - Shells hit Omdurman on Friday, residents said.")
    assert names(found) == ["KHARTOUM", "Sudan", "Omdurman"]
    assert found[0].place.canonical == "Khartoum"


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Shells hit Odesa.", "Odesa", ToponymUse.LOCATION),
        ("Moscow denied the attack.", "Moscow", ToponymUse.METONYM),
        ("The Syrian Observatory and the Jamaica Cancer Society met.", "Jamaica", ToponymUse.EMBEDDED),
    ],
)
def test_a_name_is_told_by_what_it_does(find: Find, text: str, name: str, use: ToponymUse) -> None:
    assert called(find(text), name).use is use


def test_a_report_that_is_not_read_says_why(gazetteer: Gazetteer) -> None:
    told = reader(gazetteer, "none").places(
        report("ارتش روز جمعه شهر حمص را گلوله‌باران کرد و شماری کشته شدند", language="fa")
    )
    assert isinstance(told, Unread)


@pytest.mark.parametrize("text", ["\u202eHoms\u202c fell.", "'“((Homs", "A " * 3000, "Homs " * 300])
def test_odd_text_is_read_without_harm(find: Find, text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in find(text))


# ---- which place -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Cordoba, in the Mexican state of Veracruz, was calm.", "Cordoba", "MX"),
        ("Shells fell near Tripoli. The Lebanese army sealed off Tripoli and Baalbek.", "Baalbek", "LB"),
        ("The fire began in Paris, Texas, and spread.", "Paris", "US"),
        ("Talks in Paris, Texas and Rome were planned.", "Paris", "FR"),
        ("Clashes broke out in Valencia, Venezuela.", "Valencia", "VE"),
    ],
)
def test_what_a_place_lies_in_decides_between_namesakes(find: Find, text: str, name: str, country: str) -> None:
    assert called(find(text), name).place.country == country


def test_a_name_means_one_place_in_a_report(find: Find) -> None:
    text = (
        "Valencia was shelled.\n\nThe mayor of Valencia fled.\n\nResidents of Valencia, Venezuela, took to the streets."
    )
    found = [one.place.gazetteer_id for one in find(text) if one.place.name == "Valencia"]
    assert len(found) == 3
    assert len(set(found)) == 1
    assert called(find(text), "Venezuela").place.country == "VE"


def test_the_word_beside_a_name_chooses_the_division(find: Find) -> None:
    found = find("Shells hit Homs on Friday. Two villages in Homs province fell.")
    assert [one.place.feature for one in found] == ["settlement", "first division"]


def test_a_name_that_no_gazetteer_has_stays_unresolved(find: Find) -> None:
    found = find("Fighting went on in Grubelmoor. The mayor of Grubelmoor fled. In Grubelmoor the market burnt.")
    assert names(found) == ["Grubelmoor"] * 3
    assert {(one.place.gazetteer_id, one.place.lat, one.confidence) for one in found} == {(None, None, None)}


def test_a_building_that_no_gazetteer_has_is_in_the_town_of_its_name(find: Find) -> None:
    place = called(find("Fighters entered Homs Military Academy in Syria."), "Homs Military Academy").place
    assert (place.gazetteer_id, place.relation, place.words) == (None, "in", "Homs")
    assert kilometres(point(place), (34.72, 36.73)) < 5


def test_confidence_is_higher_where_no_namesake_competes(find: Find) -> None:
    sure = called(find("Shells hit Kharkiv in Ukraine."), "Kharkiv").confidence
    doubtful = called(find("A fair was held in Springfield."), "Springfield").confidence
    assert sure is not None
    assert doubtful is not None
    assert 0 <= doubtful < sure <= 1


# ---- where beside it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation", "words"),
    [
        ("Shells fell near Homs in Syria.", "near", "near"),
        ("Shells fell 3 km outside Homs in Syria.", "near", "3 km outside"),
        ("They dug in on the outskirts of the city of Homs in Syria.", "outskirts", "on the outskirts of"),
        ("They combed villages around Homs in Syria.", "around", "villages around"),
        ("Fighters moved into northern Homs in Syria.", "part", "northern"),
        ("Shells fell south of Homs in Syria.", "bearing", "south of"),
        ("Shells fell in Homs in Syria.", None, None),
    ],
)
def test_the_words_beside_a_name_are_kept(find: Find, text: str, relation: str | None, words: str | None) -> None:
    told = called(find(text), "Homs").told
    assert (told.relation if told else None, told.words if told else None) == (relation, words)


@pytest.mark.parametrize(
    ("words", "kilometres_off", "north_or_south"),
    [
        ("15 km south of", 15.0, -1),
        ("about ten kilometres to the north of", 10.0, 1),
        ("20 miles south of", 32.2, -1),
        ("1.5 km north of", 1.5, 1),
        ("15km south of", 15.0, -1),
    ],
)
def test_a_distance_with_a_direction_gives_a_point(
    find: Find, words: str, kilometres_off: float, north_or_south: int
) -> None:
    homs = called(find(f"A convoy was hit {words} Homs in Syria."), "Homs")
    assert homs.place.gazetteer_id == "geonames:169577"
    assert homs.told is not None
    assert homs.told.gazetteer_id is None
    assert kilometres(point(homs.place), point(homs.told)) == pytest.approx(kilometres_off, rel=0.02)
    assert (point(homs.told)[0] - point(homs.place)[0]) * north_or_south > 0
    assert homs.told.radius_km is not None
    assert homs.told.radius_km >= 1


@pytest.mark.parametrize("words", ["between Hama and Homs", "on the road from Hama to Homs"])
def test_what_is_between_two_places_is_half_way(find: Find, words: str) -> None:
    found = find(f"A convoy was hit {words} in Syria.")
    hama, homs = called(found, "Hama"), called(found, "Homs")
    assert hama.told is not None
    assert homs.told is not None
    assert point(hama.told) == point(homs.told)
    away = kilometres(point(hama.place), point(hama.told))
    assert away == pytest.approx(kilometres(point(homs.place), point(hama.told)), abs=0.1)
    assert hama.told.radius_km == pytest.approx(away, abs=0.1)


def test_an_unresolved_name_keeps_the_words_without_a_point(find: Find) -> None:
    found = find("They held Grubelmoor. In Grubelmoor it was calm. Shells fell 5 km south of Grubelmoor.")
    told = found[-1].told
    assert told is not None
    assert (told.words, told.lat, told.radius_km) == ("5 km south of", None, None)
