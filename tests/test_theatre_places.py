"""Places whose names the war's profile knows: by side, by day, and where the gazetteer has none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.reading import Reader, Unread
from marsad.theatre import Theatre, load_theatre
from reading_support import report

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.gazetteer import Gazetteer
    from marsad.reading import Toponym

PROFILE = """
name = "Exampleland"
countries = ["SY"]

[sides.north]
opposes = ["south"]

[sides.south]

[[places]]
name = "Homs"
names = [{ name = "Northville", side = "north" }, { name = "Oldtown", until = 2020-05-31 }]

[[places]]
name = "Hama"
names = [{ name = "Oldtown", from = 2020-06-01 }]

[[places]]
name = "Grubelmoor"
names = [{ name = "Grubbell Camp", side = "south" }]
country = "SY"
lat = 35.5
lon = 37.5
"""


def written(folder: Path, text: str) -> Theatre:
    path = folder / "theatre.toml"
    path.write_text(text, "utf-8")
    return load_theatre(path)


def found(gazetteer: Gazetteer, theatre: Theatre, text: str, year: int = 2024) -> tuple[Toponym, ...]:
    day = datetime(year, 3, 1, 12, tzinfo=UTC)
    toponyms = Reader(gazetteer, theatre, network=None).places(report(text, published=day))
    assert not isinstance(toponyms, Unread)
    return toponyms


@pytest.fixture
def theatre(tmp_path: Path) -> Theatre:
    return written(tmp_path, PROFILE)


def test_a_name_is_looked_up_in_any_spelling(theatre: Theatre) -> None:
    place = theatre.place("NORTHVILLE", None)
    assert place is not None
    assert (place[0].name, place[1].side) == ("Homs", "north")
    assert theatre.place("Nowhere", None) is None


@pytest.mark.parametrize(
    ("on", "meant"),
    [(date(2020, 5, 31), "Homs"), (date(2020, 6, 1), "Hama"), (date(1999, 1, 1), "Homs"), (None, "Homs")],
)
def test_a_name_passes_from_one_place_to_another(theatre: Theatre, on: date | None, meant: str) -> None:
    place = theatre.place("Oldtown", on)
    assert place is not None
    assert place[0].name == meant


@pytest.mark.slow
def test_both_sides_names_are_one_place_and_tell_the_side(gazetteer: Gazetteer, theatre: Theatre) -> None:
    ours, theirs = found(gazetteer, theatre, "Shells fell on Homs. Residents of Northville fled.")
    assert ours.place.gazetteer_id == theirs.place.gazetteer_id == "geonames:169577"
    assert (ours.side, theirs.side) == (None, "north")
    assert (theirs.place.name, theirs.place.canonical) == ("Northville", "Homs")


@pytest.mark.slow
@pytest.mark.parametrize(("year", "meant"), [(2019, "geonames:169577"), (2024, "geonames:170017")])
def test_a_report_means_the_place_that_was_called_so_on_its_day(
    gazetteer: Gazetteer, theatre: Theatre, year: int, meant: str
) -> None:
    (toponym,) = found(gazetteer, theatre, "Shells fell on Oldtown.", year)
    assert toponym.place.gazetteer_id == meant


@pytest.mark.slow
def test_a_place_that_the_gazetteer_lacks_has_the_profiles_point(gazetteer: Gazetteer, theatre: Theatre) -> None:
    (toponym,) = found(gazetteer, theatre, "Grubbell Camp was calm.")
    place = toponym.place
    assert (place.gazetteer_id, place.canonical, place.lat, place.lon) == (
        "theatre:grubelmor",
        "Grubelmoor",
        35.5,
        37.5,
    )


@pytest.mark.slow
def test_claims_by_either_name_are_about_one_place(gazetteer: Gazetteer, theatre: Theatre) -> None:
    reader = Reader(gazetteer, theatre, network=None)
    ids = set()
    for text in ("Rebels captured Homs, witnesses said.", "Rebels captured Northville, witnesses said."):
        claims = reader.read(report(text))
        assert not isinstance(claims, Unread)
        ids |= {claim.place.gazetteer_id for claim in claims if claim.place}
    assert ids == {"geonames:169577"}


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("places = 3", "'places' must be an array of tables"),
        ('[[places]]\nname = "A"\nnames = ["B"]', "'names' must be an array of tables"),
        ('[[places]]\nname = "A"\nnames = [{ name = "B", side = "west" }]', "unknown side 'west'"),
        ('[[places]]\nname = "A"\nnames = [{ name = "B", until = "2016" }]', "'until' must be a date"),
        ('[[places]]\nname = "A"\nnames = [{ name = "B", from = 2020-01-02, until = 2020-01-01 }]', "lies after"),
        ('[[places]]\nname = "A"\nlat = 95.0\nlon = 1.0', "'lat' must be a number of degrees"),
        ('[[places]]\nname = "A"\nlat = 5.0', "lacks the other"),
        ('[[places]]\nname = "A"\ncountry = "Syria"', "not an ISO 3166-1 alpha-2 code"),
        ('[[places]]\nname = "A"\ncapital = true', "capital"),
        ('[[places]]\nname = "A"\n[[places]]\nname = "B"\nnames = [{ name = "a" }]', "at one time"),
    ],
)
def test_a_wrong_place_is_named_with_its_reason(tmp_path: Path, lines: str, reason: str) -> None:
    with pytest.raises(DataFileError, match=reason):
        written(tmp_path, f'name = "Exampleland"\n{lines}\n')
