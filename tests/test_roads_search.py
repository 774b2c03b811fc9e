"""Ways through small networks: what is closed, and what that does."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import RoadsError
from marsad.roads import Network, Road, Search
from marsad.vocabulary import load_roads
from roads_support import DIAMOND, at, diamond, network, road, search

NODES = 7
PAIRS = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.booleans()).filter(lambda one: one[0] != one[1]),
    min_size=1,
    max_size=16,
)


def made(pairs: list[tuple[int, int, bool]]) -> Network:
    ends = {node: (float(node % 3), float(node // 3)) for node in range(NODES)}
    return network(ends, *(road(u, v, ends, one_way=one_way) for u, v, one_way in pairs))


def shortest(of: Network, start: int, end: int, closed: set[int]) -> float:
    """Bellman and Ford, slowly."""
    far = [inf] * NODES
    far[start] = 0.0
    for _ in range(NODES):
        for number, one in enumerate(of.roads):
            if number not in closed:
                far[one.v] = min(far[one.v], far[one.u] + one.km)
                if not one.one_way:
                    far[one.u] = min(far[one.u], far[one.v] + one.km)
    return far[end]


@given(PAIRS, st.sets(st.integers(0, 15)), st.integers(0, NODES - 1), st.integers(0, NODES - 1))
def test_a_way_is_the_shortest_that_closed_roads_leave(
    pairs: list[tuple[int, int, bool]], closed: set[int], start: int, end: int
) -> None:
    of = made(pairs)
    closed = {number for number in closed if number < len(pairs)}
    ends = max(max(u, v) for u, v, _ in pairs)
    if max(start, end) > ends:
        return
    way, best = search(of).way(start, end, closed), shortest(of, start, end, closed)
    assert (way is None) == (best == inf)
    if way is not None:
        assert way.km == pytest.approx(best)
        assert not closed & set(way.numbers)
        at_node = start
        for number, ahead in way.roads:
            one = of.roads[number]
            assert at_node == (one.u if ahead else one.v)
            assert ahead or not one.one_way
            at_node = one.v if ahead else one.u
        assert at_node == end


@given(PAIRS, st.sets(st.integers(0, 15)), st.sets(st.integers(0, 15)))
def test_closing_more_never_shortens_a_way(pairs: list[tuple[int, int, bool]], first: set[int], more: set[int]) -> None:
    of = search(made(pairs))
    ends = max(max(u, v) for u, v, _ in pairs)
    known = {number for number in first if number < len(pairs)}
    further = known | {number for number in more if number < len(pairs)}
    before, after = of.way(0, ends, known), of.way(0, ends, further)
    assert after is None or (before is not None and after.minutes >= before.minutes - 1e-9)


def test_the_faster_class_of_road_wins_over_the_shorter_way() -> None:
    roads = [
        *(one for one in diamond(kind="track").roads if one.ref == "N1"),
        *(one for one in diamond(kind="motorway").roads if one.ref == "S2"),
    ]
    way = search(Network(roads=roads, attribution="")).way(0, 3)
    assert way is not None
    assert {roads[number].ref for number in way.numbers} == {"S2"}


def test_a_border_takes_time_and_can_be_refused() -> None:
    ends = DIAMOND
    roads = [
        road(0, 1, ends, border=("XA", "XB")),
        road(1, 3, ends),
        road(0, 2, ends),
        road(2, 3, ends),
    ]
    of = network(ends, *roads)
    assert search(of).way(0, 3) is not None
    home = Search(of, load_roads(), of.kept(borders=False)).way(0, 3)
    assert home is not None
    assert home.numbers == (2, 3)


def test_the_nearest_junction_lies_on_roads_that_lead_somewhere() -> None:
    ends = {**DIAMOND, 4: (0.1, 0.1), 5: (0.2, 0.1)}
    of = network(ends, *diamond().roads, road(4, 5, ends))
    lon, lat = at(0.1, 0.1)
    node, km = search(of).nearest(lat, lon)
    assert node == 0
    assert km == pytest.approx(2**0.5, rel=0.01)


def test_no_roads_of_a_class_is_told() -> None:
    of = diamond()
    with pytest.raises(RoadsError, match="no roads of these classes"):
        Search(of, load_roads(), of.kept(["motorway"])).nearest(0, 0)


def test_roads_within_a_distance_are_found_with_their_distance() -> None:
    of = diamond()
    lon, lat = at(2.0, 0.0)
    found = of.within(lat, lon, 11.0)
    assert sorted(found) == [0, 1]
    assert found[0] == pytest.approx(20 / 5**0.5, rel=0.001)
    assert of.within(lat, lon, 8.9) == {}
    assert of.within(lat, lon, 0.0) == {}


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(0.5, 60))
def test_distances_are_right_anywhere_on_the_globe(lat: float, lon: float, km: float) -> None:
    from marsad.gazetteer.sphere import kilometres, towards

    other = towards((lat, lon), 90.0, km)
    further = towards((lat, lon), 90.0, km + 5)
    if abs(further[1] - lon) > 10:  # over the date line, where no plane helps
        return
    line = ((other[1], other[0]), (further[1], further[0]))
    of = Network(roads=[Road(u=0, v=1, kind="primary", km=5.0, line=line)], attribution="")
    found = of.within(lat, lon, km * 1.01 + 0.1)
    assert found[0] == pytest.approx(kilometres((lat, lon), other), rel=0.01)


def test_reach_tells_minutes_to_all_that_is_not_cut_off() -> None:
    of = search(diamond())
    assert sorted(of.reach(0)) == [0, 1, 2, 3]
    assert sorted(of.reach(0, {1, 3})) == [0, 1, 2]
