"""The smallest cut really cuts, and nothing smaller does."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.roads.cuts import smallest_cuts, turns
from roads_support import at, diamond, search
from test_roads_search import NODES, PAIRS, made

TOWNS = "abcde"
CLOSES = st.dictionaries(st.sampled_from(TOWNS), st.sets(st.integers(0, 15), max_size=4), max_size=5)


@settings(max_examples=300)
@given(PAIRS, CLOSES)
def test_a_smallest_cut_is_what_trying_all_sets_finds(
    pairs: list[tuple[int, int, bool]], closes: dict[str, set[int]]
) -> None:
    closes = {town: {number for number in roads if number < len(pairs)} for town, roads in closes.items()}
    of = search(made(pairs))
    start, end = 0, max(max(u, v) for u, v, _ in pairs)

    def cuts(some: tuple[str, ...]) -> bool:
        return of.way(start, end, {road for town in some for road in closes[town]}) is None

    tried = [[some for some in combinations(sorted(closes), size) if cuts(some)] for size in range(len(closes) + 1)]
    expected = next((some for some in tried if some), [])
    found = smallest_cuts(of, start, end, closes, most=NODES)
    assert list(found.sets) == expected
    assert found.size == (len(expected[0]) if expected else None)


def test_a_way_past_all_towns_means_that_none_can_cut() -> None:
    found = smallest_cuts(search(diamond()), 0, 3, {"north": [0, 1]})
    assert (found.sets, found.size, found.free) == ((), None, True)


def test_larger_sets_than_asked_for_are_not_looked_for() -> None:
    of = search(diamond())
    closes = {"north": [0], "south": [2]}
    assert smallest_cuts(of, 0, 3, closes, most=1).size is None
    assert smallest_cuts(of, 0, 3, closes, most=2).sets == (("north", "south"),)


def test_ways_turn_at_the_distance_of_the_road_that_they_use() -> None:
    of = search(diamond())
    lon, lat = at(2.0, 0.0)
    distances = of.network.within(lat, lon, 30.0)
    steps = turns(of, 0, 3, distances, 30.0)
    assert [round(step.radius, 1) for step in steps] == [0.0, 8.9, 14.1]
    assert [step.way is None for step in steps] == [False, False, True]
    assert turns(of, 0, 3, of.network.within(lat, lon, 10.0), 10.0)[-1].way is not None
