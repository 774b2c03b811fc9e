"""Where it was: names and their countries, lists, provinces and airports, words that refer back, distances, extents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.records import Extent
from reading_support import RUSSIAN, Readings, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


# ---- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "country", "at"),
    [
        ("Russian troops shelled Kharkiv.", "Kharkiv", "UA", (50.0, 36.2)),
        ("The army shelled El Fasher in Sudan.", "El Fasher", "SD", (13.6, 25.3)),
        ("Junta jets bombed Lashio in Myanmar.", "Lashio", "MM", (22.9, 97.7)),
        ("Rebels captured Goma in eastern Congo.", "Goma", "CD", (-1.7, 29.2)),
        ("Rockets hit the town of Marib in Yemen.", "Marib", "YE", (15.5, 45.3)),
        ("Fano fighters entered Gondar in Ethiopia.", "Gondar", "ET", (12.6, 37.5)),
        ("Shells fell on the town of Rafah in Gaza.", "Rafah", "PS", (31.3, 34.25)),
        ("Tuareg rebels captured Kidal in Mali.", "Kidal", "ML", (18.4, 1.4)),
        ("Azerbaijani forces shelled Stepanakert.", "Stepanakert", "AZ", (39.8, 46.8)),
    ],
)
def test_a_town_has_its_country_and_its_coordinates(
    read: Readings, text: str, name: str, country: str, at: tuple[float, float]
) -> None:
    (claim,) = read(text)
    assert claim.place is not None
    assert (claim.place.name, claim.place.country) == (name, country)
    assert (claim.place.lat, claim.place.lon) == pytest.approx(at, abs=0.2)


def test_a_name_of_two_countries_is_the_theatres_town(read: Readings) -> None:
    claim = read.one("shelling", "Shells hit Salto on Friday.", "invented")
    assert claim.place is not None
    assert claim.place.country == "UY"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Clashes broke out in Tripoli, the capital of Libya.", "LY"),
        ("Clashes broke out in Cordoba, in the Mexican state of Veracruz.", "MX"),
        ("Clashes broke out in Cordoba, a city in the south of Spain.", "ES"),
    ],
)
def test_the_country_that_the_report_speaks_of_decides_between_namesakes(
    read: Readings, text: str, country: str
) -> None:
    claim = read.one("clash", text)
    assert claim.place is not None
    assert claim.place.country == country


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops entered Lyman, Kupiansk and Siversk.",
        "Russian troops entered the towns of Lyman, Kupiansk and Siversk.",
        "Russian troops entered Lyman, Kupiansk, and Siversk on Friday.",
    ],
)
def test_a_list_of_towns_is_one_claim_for_each(read: Readings, text: str) -> None:
    claims = read.of("enter", text, "ukraine")
    assert {where(claim) for claim in claims} == {"Lyman", "Kupiansk", "Siversk"}
    assert {claim.agent for claim in claims} == {RUSSIAN}
    assert len({claim.anchor for claim in claims}) == 1
    assert len({claim.id for claim in claims}) == 3


def test_a_road_between_two_towns_is_one_claim_for_each(read: Readings) -> None:
    claims = read.of("open_route", "The army reopened the road between Kosti and El Obeid.", "sudan")
    assert {(where(claim), claim.extent) for claim in claims} == {("Kosti", Extent.ROUTE), ("El Obeid", Extent.ROUTE)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Drones hit Port Sudan on Friday.", "Port Sudan", "SD"),
        ("Clashes broke out in South Sudan's town of Malakal.", "Malakal", "SS"),
        ("Clashes broke out in Deir ez-Zor in Syria.", "Deir ez-Zor", "SY"),
        ("Russian troops shelled Bila Tserkva in Ukraine.", "Bila Tserkva", "UA"),
    ],
)
def test_a_name_inside_a_longer_name_is_not_taken_for_it(read: Readings, text: str, name: str, country: str) -> None:
    (claim,) = read(text)
    assert claim.place is not None
    assert (claim.place.name, claim.place.country) == (name, country)


def test_two_events_of_one_sentence_have_each_their_place(read: Readings) -> None:
    text = "Russian troops entered Lyman and shelled Siversk."
    assert where(read.one("enter", text, "ukraine")) == "Lyman"
    assert where(read.one("shelling", text, "ukraine")) == "Siversk"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Drones hit the airport of Khartoum.", "Khartoum"),
        ("Shells fell on the outskirts of Kharkiv.", "Kharkiv"),
        ("Rebels captured the village of Rutshuru in North Kivu.", "Rutshuru"),
        ("Shells fell on a market in Omdurman.", "Omdurman"),
    ],
)
def test_the_most_specific_named_place_is_taken(read: Readings, text: str, name: str) -> None:
    (claim,) = read(text)
    assert where(claim) == name


@pytest.mark.parametrize(
    "text", ["Drones hit Khartoum airport on Friday.", "Drones hit Khartoum International Airport on Friday."]
)
def test_an_airport_keeps_its_name_and_lies_at_its_town(read: Readings, text: str) -> None:
    (claim,) = read(text, "sudan")
    assert claim.place is not None
    assert claim.place.name.startswith("Khartoum")
    assert claim.place.lat == pytest.approx(15.55, abs=0.3)


@pytest.mark.parametrize(
    "text", ["Clashes broke out in Kherson province.", "Clashes broke out in the province of Kherson."]
)
def test_a_province_is_a_place(read: Readings, text: str) -> None:
    claim = read.one("clash", text, "ukraine")
    assert claim.place is not None
    assert "Kherson" in claim.place.name
    assert claim.place.country == "UA"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The Kharkiv Human Rights Group said Russian forces had shelled Sumy.", "Sumy"),
        ("The governor of Kharkiv said Russian forces had shelled Sumy.", "Sumy"),
        ("Officials in Kyiv said Russian forces had shelled Sumy.", "Sumy"),
    ],
)
def test_a_place_in_the_name_of_the_source_is_not_where_it_was(read: Readings, text: str, place: str) -> None:
    assert where(read.one("shelling", text, "ukraine")) == place


def test_where_the_speakers_are_is_not_where_it_was(read: Readings) -> None:
    text = "Officials in Kyiv said Russian forces had withdrawn."
    claim = read.one("withdraw", text, "ukraine")
    assert where(claim) is None


# ---- words that refer back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "second",
    [
        "They shelled the city on Friday.",
        "Shells hit the city on Friday.",
        "Shells also hit a hospital in the city on Friday.",
    ],
)
def test_the_city_is_the_one_named_before(read: Readings, second: str) -> None:
    text = f"Russian troops advanced towards Kharkiv. {second}"
    assert where(read.one("shelling", text, "ukraine")) == "Kharkiv"


@pytest.mark.parametrize(
    ("where_", "extent"), [("inside Lyman", Extent.PART), ("near Lyman", Extent.NEAR), ("in Lyman", Extent.UNKNOWN)]
)
def test_fighting_inside_a_town_is_in_part_of_it(read: Readings, where_: str, extent: Extent) -> None:
    claim = read.one("clash", f"Russian troops clashed with Ukrainian soldiers {where_} on Friday.", "ukraine")
    assert claim.extent is extent


def test_there_is_the_place_named_before(read: Readings) -> None:
    text = "Russian troops entered Lyman. Ukrainian soldiers surrendered there."
    assert where(read.one("surrender", text, "ukraine")) == "Lyman"


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops captured Chuhuiv, 40 km south of Kharkiv.",
        "Russian troops captured Chuhuiv, about 40 kilometres south-east of Kharkiv, on Friday.",
        "Russian troops captured Chuhuiv (25 miles south of Kharkiv).",
    ],
)
def test_a_distance_from_a_city_speaks_of_the_town(read: Readings, text: str) -> None:
    assert where(read.one("capture", text, "ukraine")) == "Chuhuiv"


# ---- extent ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "text", "extent"),
    [
        ("capture", "Russian troops captured Vuhledar.", Extent.WHOLE),
        ("capture", "Russian troops captured most of Vuhledar.", Extent.PART),
        ("capture", "Russian troops captured parts of Vuhledar.", Extent.PART),
        ("capture", "Russian troops captured two districts of Vuhledar.", Extent.PART),
        ("capture", "Russian troops captured the outskirts of Vuhledar.", Extent.OUTSKIRTS),
        ("clash", "Clashes broke out on the outskirts of Vuhledar.", Extent.OUTSKIRTS),
        ("clash", "Clashes broke out near Vuhledar.", Extent.NEAR),
        ("advance", "Russian troops advanced towards Vuhledar.", Extent.NEAR),
        ("cut_route", "Russian troops cut the road to Vuhledar.", Extent.ROUTE),
    ],
)
def test_the_words_around_a_place_say_how_much_of_it(read: Readings, event: str, text: str, extent: Extent) -> None:
    claim = read.one(event, text, "ukraine")
    assert (where(claim), claim.extent) == ("Vuhledar", extent)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Columns left Izium city on the road to Kharkiv, and troops shelled the city.", "Izium"),
        ("Columns left the city of Izium for Kharkiv, and troops shelled the city.", "Izium"),
        ("Columns left Izium for Kharkiv, and troops shelled the city.", "Kharkiv"),
    ],
)
def test_the_city_is_the_one_that_was_called_a_city(read: Readings, text: str, name: str) -> None:
    assert where(read.one("shelling", f"Residents said: {text}", "ukraine")) == name


# ---- nothing invented ------------------------------------------------------------------------------------------------


def test_no_place_is_taken_from_the_next_sentence(read: Readings) -> None:
    claim = read.one("casualties", "Six people were killed on Friday. The mayor of Kharkiv resigned.", "ukraine")
    assert claim.place is None


def test_a_word_that_is_also_a_town_is_no_place_in_lower_case(read: Readings) -> None:
    claim = read.one("shelling", "Russian forces shelled Kharkiv with a salvo of orange smoke.", "ukraine")
    assert where(claim) == "Kharkiv"


def test_a_person_with_a_towns_name_is_no_place(read: Readings) -> None:
    text = "Clara Kingston, a nurse, said shells had hit Mariupol."
    assert where(read.one("shelling", text, "ukraine")) == "Mariupol"
