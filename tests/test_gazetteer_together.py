"""The names of one text resolved together, and points beside places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.gazetteer import Name, kilometres, middle, resolve_together, towards

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

LATITUDES, LONGITUDES = st.floats(-80, 80), st.floats(-179, 179)
POINTS = st.tuples(LATITUDES, LONGITUDES)


def countries(
    gazetteer: Gazetteer, *names: Name, around: tuple[str, ...] = (), settled: bool = False
) -> list[str | None]:
    found = resolve_together(gazetteer, names, around, settled=settled)
    return [found[name].entry.country if name in found else None for name in names]


def test_names_of_one_country_vouch_for_each_other(gazetteer: Gazetteer) -> None:
    assert countries(gazetteer, Name(text="Valencia")) == ["ES"]
    with_others = [Name(text="Valencia"), Name(text="Caracas", count=3), Name(text="Maracaibo", count=3)]
    assert countries(gazetteer, *with_others, Name(text="Venezuela", count=4)) == ["VE"] * 4


def test_the_order_of_the_names_does_not_matter(gazetteer: Gazetteer) -> None:
    names = [Name(text=text) for text in ("Tripoli", "Beirut", "Sidon", "Tyre", "Cordoba")]
    forth = resolve_together(gazetteer, names, (), settled=False)
    back = resolve_together(gazetteer, names[::-1], (), settled=False)
    assert {name: forth[name].entry.id for name in forth} == {name: back[name].entry.id for name in back}


def test_what_a_place_is_said_to_lie_in_outweighs_renown(gazetteer: Gazetteer) -> None:
    assert countries(gazetteer, Name(text="Paris", within=("Texas",))) == ["US"]


def test_a_settled_war_rules_hamlets_elsewhere_out(gazetteer: Gazetteer) -> None:
    hamlet = Name(text="Great Yarmouth")
    assert countries(gazetteer, hamlet, around=("SY",), settled=True) == [None]
    assert countries(gazetteer, hamlet, around=("SY",)) == ["GB"]


def test_a_town_goes_before_the_division_of_its_name(gazetteer: Gazetteer) -> None:
    town, division = Name(text="Homs"), Name(text="Homs", prefer="admin1")
    found = resolve_together(gazetteer, [town, division], ("SY",), settled=True)
    assert (found[town].entry.kind, found[division].entry.kind) == ("city", "admin1")


def test_no_names_are_no_places(gazetteer: Gazetteer) -> None:
    assert resolve_together(gazetteer, [], ("SY",), settled=True) == {}


@given(start=POINTS, bearing=st.floats(0, 360), distance=st.floats(0, 2000))
def test_a_point_so_far_away_is_so_far_away(start: tuple[float, float], bearing: float, distance: float) -> None:
    assert kilometres(start, towards(start, bearing, distance)) == pytest.approx(distance, abs=0.01)


@given(one=POINTS, other=POINTS)
def test_the_middle_is_as_far_from_either_end(one: tuple[float, float], other: tuple[float, float]) -> None:
    between = middle(one, other)
    assert -90 <= between[0] <= 90
    assert -180 <= between[1] <= 180
    if kilometres(one, other) < 19_000:  # between opposite ends of the earth every way is the shortest
        assert kilometres(one, between) == pytest.approx(kilometres(other, between), abs=0.01)
