"""Answers about routes: each account's words count for it alone, and unknown is never open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.records import ControlState, ControlStatus, Nowcast, Place, RouteState, RouteStatus
from marsad.roads import Forecast, RouteQuestion, Said, Supposed, Town, Traffic, answer
from marsad.theatre import Theatre, load_theatre
from roads_support import at, diamond, network, road, search

DAY = date(2031, 5, 4)
SAID = datetime(2031, 5, 4, 12, tzinfo=UTC)
NORTH, SOUTH = (
    Place(name=name, gazetteer_id=name, lat=at(2, y)[1], lon=at(2, y)[0], feature="town")
    for name, y in (("Northtown", 1), ("Southtown", -2))
)


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    path = tmp_path_factory.mktemp("theatre") / "theatre.toml"
    path.write_text(
        'name = "War"\n[sides.government]\nopposes = ["rebels"]\n[sides.rebels]\n'
        '[[actors]]\nname = "Army"\nside = "government"\nkind = "state"\n'
        '[[actors]]\nname = "Front"\nside = "rebels"\nkind = "armed_group"\n'
    )
    return load_theatre(path)


def holds(holder: str, place: Place, account: str, **fields: Any) -> ControlState:
    values: dict[str, Any] = {"status": ControlStatus.HELD, "start": DAY, "end": None, "last_heard": SAID, **fields}
    return ControlState(place=place, holder=holder, according_to=account, side=None, claims=("c",), **values)


def says(status: RouteStatus, place: Place, account: str, **fields: Any) -> RouteState:
    values: dict[str, Any] = {"why": "cut", "start": DAY, "end": None, "last_heard": SAID, **fields}
    return RouteState(place=place, status=status, agent=None, according_to=account, side=None, claims=("r",), **values)


def asked(theatre: Theatre | None, said: Said, side: str | None = "government", **fields: Any) -> Any:
    question = RouteQuestion(
        start=Town(name="West", lat=0.0, lon=0.0),
        end=Town(name="East", lat=0.0, lon=at(4, 0)[0]),
        traffic=Traffic(side=side, on=DAY, radius=8.0, theatre=theatre),
        farthest=25.0,
        **fields,
    )
    points = {"West": (0.0, 0.0), "East": (0.0, at(4, 0)[0])}
    return answer(question, said, search(diamond()), points.get)


def view(found: Any, name: str) -> Any:
    return next(one for one in found.views if one.according_to == name)


def roads(of: Any) -> set[str]:
    return {leg.road for leg in of.way.legs} if of.way else set()


def test_without_a_word_the_way_is_unknown_and_not_open(theatre: Theatre) -> None:
    found = asked(theatre, Said())
    assert found.free.status is RouteStatus.UNKNOWN
    assert {one.way.status for one in found.views} == {RouteStatus.UNKNOWN}


def test_an_enemy_in_a_town_closes_its_roads_by_the_account_that_says_so(theatre: Theatre) -> None:
    found = asked(theatre, Said(control=[holds("Front", NORTH, "Monitor"), holds("Army", NORTH, "Ministry")]))
    assert roads(view(found, "Monitor")) == {"S2"}
    assert roads(view(found, "Ministry")) == {"N1"}
    assert roads(view(found, "all")) == {"S2"}
    (closing,) = view(found, "Monitor").closing
    assert (closing.why, closing.according_to) == ("held by Front", "Monitor")


def test_the_same_town_stops_nobody_in_particular(theatre: Theatre) -> None:
    said = Said(control=[holds("Front", NORTH, "Monitor")])
    assert roads(asked(theatre, said, side=None).views[-1]) == {"N1"}
    assert roads(view(asked(theatre, said, side="rebels"), "Monitor")) == {"N1"}


def test_fighting_restricts_and_does_not_close(theatre: Theatre) -> None:
    found = asked(theatre, Said(control=[holds("Front", NORTH, "Monitor", status=ControlStatus.CONTESTED)]))
    assert view(found, "Monitor").way.status is RouteStatus.RESTRICTED


def test_words_of_another_day_do_not_count(theatre: Theatre) -> None:
    gone = holds("Front", NORTH, "Monitor", end=DAY)
    to_come = says(RouteStatus.CLOSED, SOUTH, "Monitor", start=date(2031, 5, 5))
    assert roads(asked(theatre, Said(control=[gone], routes=[to_come])).views[-1]) == {"N1"}


def test_a_road_that_is_open_again_overrules_the_words_before(theatre: Theatre) -> None:
    shut = says(RouteStatus.CLOSED, NORTH, "Monitor")
    later = says(RouteStatus.OPEN, NORTH, "Monitor", why="open", last_heard=SAID.replace(hour=18))
    assert roads(view(asked(theatre, Said(routes=[shut])), "Monitor")) == {"S2"}
    assert roads(view(asked(theatre, Said(routes=[shut, later])), "Monitor")) == {"N1"}
    assert roads(view(asked(theatre, Said(routes=[later, shut])), "Monitor")) == {"N1"}


def test_a_cut_somewhere_on_a_long_road_makes_it_doubtful() -> None:
    ends = {0: (0.0, 0.0), 1: (7.0, 0.0)}
    of = network(ends, road(0, 1, ends, ref="M5"))
    question = RouteQuestion(
        start=Town(name="West", lat=0.0, lon=0.0),
        end=Town(name="East", lat=0.0, lon=at(7, 0)[0]),
        traffic=Traffic(side=None, on=DAY, radius=8.0, theatre=None),
        farthest=25.0,
    )
    cut = says(RouteStatus.CLOSED, Place(name="the M5 highway"), "Monitor")
    found = answer(question, Said(routes=[cut]), search(of), lambda _: None)
    (leg,) = found.views[0].way.legs if found.views[0].way else ()
    assert leg.status is RouteStatus.RESTRICTED
    assert leg.states[0].why == "cut somewhere along it"


def test_a_road_is_known_by_the_towns_that_it_joins(theatre: Theatre) -> None:
    cut = says(RouteStatus.CLOSED, Place(name="West–East highway"), "Monitor")
    assert roads(view(asked(theatre, Said(routes=[cut])), "Monitor")) == {"S2"}


def test_what_is_supposed_takes_the_place_of_what_is_said(theatre: Theatre) -> None:
    said = Said(control=[holds("Front", NORTH, "Monitor")])
    found = asked(theatre, said, supposed=[Supposed(place=NORTH, holder="Army")])
    assert [(one.according_to, roads(one)) for one in found.views] == [("all", {"N1"})]
    found = asked(theatre, Said(), supposed=[Supposed(place=NORTH, holder="Front")])
    assert roads(found.views[-1]) == {"S2"}
    assert "It is supposed that Northtown is held by Front." in found.assumptions


def test_the_likelier_half_of_a_nowcast_counts(theatre: Theatre) -> None:
    def guess(chance: float) -> Nowcast:
        return Nowcast(
            place=NORTH, on=DAY, as_of=None, holders=(("Front", chance), ("Army", 1 - chance)),
            last_heard=SAID, claims=(),
        )  # fmt: skip

    assert roads(view(asked(theatre, Said(nowcasts=[guess(0.8)])), "nowcast")) == {"S2"}
    assert roads(view(asked(theatre, Said(nowcasts=[guess(0.3)])), "nowcast")) == {"N1"}


def test_towns_that_cut_and_the_radius_at_which_ways_turn_are_told(theatre: Theatre) -> None:
    towns = [Town(name=place.name, lat=place.lat or 0, lon=place.lon or 0) for place in (NORTH, SOUTH)]
    found = asked(theatre, Said(), towns=towns)
    assert (found.cuts, found.cut_size, found.by_passes) == ((("Northtown", "Southtown"),), 2, False)
    assert asked(theatre, Said(), towns=towns[:1]).by_passes
    turning = {one.town: [(round(step.radius), step.km is None) for step in one.turns] for one in found.sensitivity}
    assert turning["Northtown"] == [(0, False), (0, False)]


def test_what_the_file_says_is_an_account_of_its_own() -> None:
    shut = [one for one in diamond(status="closed").roads if one.ref == "N1"]
    of = network({}, *shut, *(one for one in diamond().roads if one.ref == "S2"))
    question = RouteQuestion(
        start=Town(name="West", lat=0.0, lon=0.0),
        end=Town(name="East", lat=0.0, lon=at(4, 0)[0]),
        traffic=Traffic(side=None, on=DAY, radius=8.0, theatre=None),
        farthest=25.0,
    )
    found = answer(question, Said(), search(of), lambda _: None)
    assert roads(view(found, "the file of the roads")) == {"S2"}
    assert roads(view(found, "nobody")) == {"N1"}


def test_a_forecast_is_held_against_the_roads(theatre: Theatre) -> None:
    town = Town(name="Northtown", lat=NORTH.lat or 0, lon=NORTH.lon or 0)
    (found,) = asked(theatre, Said(forecasts=[Forecast(town=town, source="analyst", claims=("a", "b"))])).forecasts
    assert found.km == pytest.approx(2 * 10 * 8**0.5)


STATES = st.lists(
    st.tuples(
        st.sampled_from(["Monitor", "Ministry"]),
        st.sampled_from([NORTH, SOUTH]),
        st.sampled_from(["Front", "Army"]),
        st.sampled_from([ControlStatus.HELD, ControlStatus.CONTESTED, ControlStatus.LOST, ControlStatus.UNKNOWN]),
    ),
    max_size=5,
)


@given(STATES)
def test_unknown_is_never_reported_as_open(
    theatre: Theatre, states: list[tuple[str, Place, str, ControlStatus]]
) -> None:
    said = Said(control=[holds(holder, place, who, status=status) for who, place, holder, status in states])
    for one in asked(theatre, said).views:
        for leg in one.way.legs if one.way else ():
            if leg.status is RouteStatus.OPEN:
                assert any(state.status is RouteStatus.OPEN for state in leg.states)
            assert leg.status is not RouteStatus.CLOSED
