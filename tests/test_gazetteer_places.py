"""Names to places, over the whole gazetteer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from marsad.gazetteer import Context, Gazetteer, kilometres, normalise

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "countries", "point"),
    [
        ("Homs", "SY", (34.73, 36.71)),
        ("Khan Sheikhoun", "SY", (35.44, 36.65)),
        ("Deir Ezzor", "SY", (35.34, 40.14)),
        ("al-Bab", "SY", (36.37, 37.52)),
        ("حَلَب", "SY", (36.20, 37.16)),
        ("Bakhmut", "UA RU", (48.59, 38.00)),
        ("Артемівськ", "UA RU", (48.59, 38.00)),
        ("Avdeevka", "UA RU", (48.14, 37.75)),
        ("Kiev", "UA RU", (50.45, 30.52)),
        ("El-Fashir", "SD", (13.63, 25.35)),
        ("Wad Medani", "SD", (14.40, 33.52)),
        ("Bahri", "SD", (15.65, 32.53)),
        ("Lashio", "MM CN", (22.94, 97.75)),
        ("Goma", "CD RW", (-1.67, 29.23)),
        ("Sake", "CD RW", (-1.57, 29.04)),
        ("Mekelle", "ET ER", (13.50, 39.48)),
        ("Hodeidah", "YE", (14.80, 42.95)),
        ("Marib", "YE", (15.46, 45.33)),
        ("Khan Younis", "PS IL", (31.34, 34.31)),
        ("Jabaliya", "PS IL", (31.53, 34.48)),
        ("Stepanakert", "AZ AM", (39.82, 46.75)),
        ("Ménaka", "ML BF NE", (15.92, 2.40)),
    ],
)
def test_towns_of_many_wars_are_found(
    gazetteer: Gazetteer, name: str, countries: str, point: tuple[float, float]
) -> None:
    match = gazetteer.resolve(name, Context(countries=tuple(countries.split())))
    assert match is not None
    assert match.entry.kind == "city"
    assert kilometres(match.entry.point, point) < 10


@pytest.mark.parametrize(
    ("name", "countries", "found"),
    [
        ("Dayr al Zur", "SY", "Deir ez-Zor"),
        ("Kyaukphyu", "MM", "Kyaukpyu"),
        ("Zaporizhiya", "UA", "Zaporizhzhya"),
        ("Khaan Shaykhuun", "SY", "Khān Shaykhūn"),
    ],
)
def test_spellings_that_nobody_listed_are_found_in_the_theatre(
    gazetteer: Gazetteer, name: str, countries: str, found: str
) -> None:
    match = gazetteer.resolve(name, Context(countries=(countries,)))
    assert match is not None
    assert match.entry.name == found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Syria", "country"),
        ("Türkiye", "country"),
        ("Idlib", "city"),
        ("Idlib province", "admin1"),
        ("province of Idlib", "admin1"),
        ("Mediterranean", "region"),
        ("Euphrates river", "region"),
        ("Golan Heights", "region"),
    ],
)
def test_feature_words_and_kinds(gazetteer: Gazetteer, name: str, kind: str) -> None:
    match = gazetteer.resolve(name, Context(countries=("SY",)))
    assert match is not None
    assert match.entry.kind == kind


def test_a_site_is_put_where_its_town_is(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve("Hama airport", Context(countries=("SY",)))
    assert match is not None
    assert kilometres(match.entry.point, (35.13, 36.75)) < 5


@pytest.mark.parametrize("name", ["Moscow", "Washington", "Beirut", "Geneva", "Ankara", "Tehran"])
def test_cities_of_the_world_are_found_from_any_theatre(gazetteer: Gazetteer, name: str) -> None:
    match = gazetteer.resolve(name, Context(countries=("SD",)))
    assert match is not None
    assert normalise(match.entry.name) == normalise(name)


@pytest.mark.parametrize(
    "name", ["Syrian", "Russian", "Iranians", "Sunday", "Army", "Johnson", "Most", "Reading", "Qqxz"]
)
def test_what_is_no_place_here_has_no_match(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve(name, Context(countries=("SY",))) is None


def test_a_village_abroad_needs_a_neighbour_in_the_text(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Wepener", Context(countries=("SY",))) is None
    near = gazetteer.resolve("Wepener", Context(countries=("SY",), anchors=((-29.5, 27.2),)))
    assert near is not None
    assert near.entry.country == "ZA"


def test_the_places_already_resolved_choose_between_namesakes(gazetteer: Gazetteer) -> None:
    syria, libya = (34.73, 36.71), (32.5, 14.0)
    places = [gazetteer.resolve("Tripoli", Context(anchors=(point,))) for point in (syria, libya)]
    assert [match.entry.country for match in places if match] == ["LB", "LY"]


def test_the_first_country_of_the_theatre_wins(gazetteer: Gazetteer) -> None:
    for countries, country in ((("LB", "LY"), "LB"), (("LY", "LB"), "LY")):
        assert gazetteer.find("Tripoli", countries=countries)[0].country == country


def test_a_match_tells_its_reasons(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve("Homs", Context(countries=("SY",), anchors=((33.51, 36.29),)))
    assert match is not None
    assert 0 <= match.score <= 1
    assert "in the theatre's country SY" in match.reasons
    assert "141 km from the nearest place of the text" in match.reasons


def test_known_names_are_those_of_the_theatre_and_of_the_world(gazetteer: Gazetteer) -> None:
    assert gazetteer.known("saraqib", ("SY",))
    assert not gazetteer.known("saraqib", ("UA",))
    assert gazetteer.known("moscow", ("SY",))
    assert not gazetteer.known("of the", ("SY",))


def test_countries_by_name_and_code(gazetteer: Gazetteer) -> None:
    for name in ("SD", "Sudan"):
        entry = gazetteer.country(name)
        assert entry is not None
        assert (entry.country, entry.kind) == ("SD", "country")
    assert gazetteer.country("Atlantis") is None
    assert gazetteer.country("ZZ") is None
    assert gazetteer.countries()["UA"] == "Ukraine"


def test_every_entry_says_where_it_comes_from(gazetteer: Gazetteer) -> None:
    entries = [*gazetteer.find("Aleppo"), *gazetteer.find("Syria"), *gazetteer.find("Donbas")]
    assert {entry.kind for entry in entries} >= {"city", "admin1", "country", "region"}
    assert all(entry.source for entry in entries)


def test_many_open_at_once_give_one_answer(gazetteer: Gazetteer) -> None:
    def look(_: int) -> str | None:
        with Gazetteer.open(gazetteer.path) as another:
            match = another.resolve("Nyala", Context(countries=("SD",)))
            return match and match.entry.id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(look, range(8)))) == 1
