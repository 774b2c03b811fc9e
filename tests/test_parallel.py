"""The parallel set hangs together: claims stand in their reports, propositions are told across languages."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from itertools import product
from math import inf
from pathlib import Path
from typing import Any

import pytest

from marsad.evaluation import Corpus, load_gold
from marsad.gazetteer import kilometres
from marsad.records import Certainty, Extent, Polarity
from marsad.theatre import Theatre, load_theatre
from marsad.vocabulary import load_events, load_outlets

PARALLEL = Path(__file__).parents[1] / "corpus" / "parallel"
FOLDER = PARALLEL / "tamrisa"
LANGUAGES = {"ar", "en", "fr", "ru", "uk"}
COUNTS = {"killed", "wounded", "detained", "displaced"}
FAMILY = {"hold": "capture"}

Key = tuple[str, str]


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())


@cache
def reports() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows("reports")}


@cache
def claims() -> dict[Key, dict[str, Any]]:
    return {(row["report"], row["anchor"]): row for row in rows("claims")}


@cache
def theatre() -> Theatre:
    return load_theatre(FOLDER / "theatre.toml")


@cache
def homes() -> dict[Key, str]:
    """Return the proposition of every claim that has one."""
    return {(report, anchor): row["id"] for row in rows("propositions") for report, anchor, _ in row["claims"]}


def language(key: Key) -> str:
    return str(reports()[key[0]]["language"])


def place_of(claim: dict[str, Any]) -> str | None:
    found = theatre().place(claim["place"], None) if claim["place"] else None
    return found[0].name if found else None


def numbers(claim: dict[str, Any]) -> dict[str, int]:
    return {name: claim[name] for name in claim if name.split("_")[0] in COUNTS}


def bounds(key: Key) -> dict[str, tuple[float, float]]:
    """Return the least and the most of each number that a claim gives."""
    claim = claims()[key]
    return {
        name: (claim.get(f"{name}_min", claim.get(name, 0)), claim.get(f"{name}_max", claim.get(name, inf)))
        for name in COUNTS & {number.split("_")[0] for number in numbers(claim)}
    }


def meet(one: dict[str, tuple[float, float]], other: dict[str, tuple[float, float]]) -> bool:
    return all(one[name][0] <= other[name][1] and other[name][0] <= one[name][1] for name in one.keys() & other.keys())


def told() -> dict[str, dict[str, set[Key]]]:
    """Return the claims of each story by their language."""
    found: dict[str, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
    for key, claim in claims().items():
        if claim["story"]:
            found[claim["story"]][language(key)].add(key)
    return found


def stances(proposition: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"affirm": set(), "deny": set()}
    for report, anchor, stance in proposition["claims"]:
        found[stance].add(language((report, anchor)))
    return found


def test_reports_are_whole() -> None:
    assert len(reports()) == len(rows("reports"))
    assert {row["language"] for row in rows("reports")} == LANGUAGES
    for row in rows("reports"):
        assert row["kind"] in load_outlets()
        assert row["publisher"] in theatre().actors
        assert datetime.fromisoformat(row["published"]).tzinfo is not None
        assert row["text"].strip() == row["text"]
        assert 60 <= len(row["text"].split()) <= 160


def test_an_anchor_tells_a_claim() -> None:
    assert len(claims()) == len(rows("claims"))
    for report, anchor in claims():
        assert reports()[report]["text"].count(anchor) == 1
        assert 2 <= len(anchor.split()) <= 8


@pytest.mark.parametrize("claim", rows("claims"), ids=lambda claim: f"{claim['report']}:{claim['anchor'][:24]}")
def test_claims_stand_in_their_reports(claim: dict[str, Any]) -> None:
    text = reports()[claim["report"]]["text"]
    named = [claim["anchor"], claim["cue"] or "", *claim["words"].values()]
    assert [words for words in named if words not in text] == []
    assert set(claim["words"]) <= {"source", "agent", "target", "place", "time"}
    assert claim["place"] is None or claim["place"] in text or "place" in claim["words"]


def test_claims_hold_the_values_of_the_records() -> None:
    for claim in rows("claims"):
        assert claim["event"] in load_events()
        Polarity(claim["polarity"]), Certainty(claim["certainty"]), Extent(claim["extent"])
        days = [date.fromisoformat(claim[key]) for key in ("from", "to") if claim[key]]
        assert days == sorted(days)
        assert all(date(2033, 11, 1) <= day <= date(2034, 3, 31) for day in days)
        assert all(type(number) is int and 0 < number < 1000 for number in numbers(claim).values())
        assert {claim["agent"], claim["target"]} <= {*theatre().actors, "civilians", None}
        assert claim["source"] in {*theatre().actors, "narrator", "witnesses", "local residents", "Halim Tayr"} or (
            claim["source"].startswith("unnamed ")
        )
        assert claim["speaker"] is None or theatre().actors[claim["speaker"]].speaks_for == claim["source"]


def test_places_are_those_of_the_theatre() -> None:
    points = {place.name: (place.lat, place.lon) for place in theatre().places}
    assert {claim["place"] for claim in rows("claims")} - {None} <= {row["name"] for row in rows("places")}
    for claim in rows("claims"):
        name = place_of(claim)
        assert (name is None) == (claim["place"] is None)
        assert (claim["lat"], claim["lon"]) == points.get(name or "", (None, None))
        assert claim["country"] == ("XA" if name else None)


def test_towns_are_called_differently_by_side_and_in_each_script() -> None:
    by_side = [place for place in theatre().places if any(name.side for name in place.names)]
    assert len(by_side) >= 2
    for place in theatre().places:
        spelt = {place.name, *(name.name for name in place.names)}
        assert any("а" <= letter <= "я" for name in spelt for letter in name)
        assert any("ا" <= letter <= "ي" for name in spelt for letter in name)


def test_theatre_and_actors_are_the_same() -> None:
    actors = json.loads((FOLDER / "actors.json").read_text("utf-8"))
    assert {name: list(actor.aliases) for name, actor in theatre().actors.items()} == {
        name: actor["aliases"] for name, actor in actors.items()
    }


def test_it_loads_as_any_theatre_does() -> None:
    assert len(Corpus.open(FOLDER).gold) == len(load_gold(FOLDER).claims) == len(claims())


@pytest.mark.parametrize("proposition", rows("propositions"), ids=lambda row: row["id"])
def test_a_proposition_is_of_one_event_agent_place_and_day(proposition: dict[str, Any]) -> None:
    assert len(proposition["claims"]) > 1
    for report, anchor, stance in proposition["claims"]:
        claim = claims()[report, anchor]
        assert stance == ("deny" if claim["polarity"] == "denied" else "affirm")
        assert FAMILY.get(claim["event"], claim["event"]) == FAMILY.get(proposition["event"], proposition["event"])
        assert claim["certainty"] in {"certain", "probable", "possible"}
        assert proposition["agent"] is None or claim["agent"] in {proposition["agent"], None}
        assert proposition["target"] is None or claim["target"] in {proposition["target"], None}
        assert place_of(claim) == proposition["place"]
        assert proposition["from"] <= claim["from"] <= claim["to"] <= proposition["to"]
        assert claim["story"] == proposition["story"]


@pytest.mark.parametrize("proposition", rows("propositions"), ids=lambda row: row["id"])
def test_numbers_that_differ_do_so_in_two_languages(proposition: dict[str, Any]) -> None:
    given = [((r, a), bounds((r, a))) for r, a, _ in proposition["claims"]]
    apart = [(x, y) for (x, one), (y, other) in product(given, given) if not meet(one, other)]
    assert bool(apart) == proposition["numbers_differ"]
    assert not apart or any(language(x) != language(y) for x, y in apart)


def test_a_claim_is_of_one_proposition() -> None:
    named = [(report, anchor) for row in rows("propositions") for report, anchor, _ in row["claims"]]
    assert max(Counter(named).values()) == 1
    ids = [row["id"] for row in rows("propositions")]
    assert len(set(ids)) == len(ids)


def test_what_two_propositions_exclude_they_exclude_both_ways() -> None:
    found = {row["id"]: set(row["excludes"]) for row in rows("propositions")}
    assert all(one in found[other] for one, others in found.items() for other in others)


def test_each_of_fourteen_stories_is_told_in_three_languages() -> None:
    stories = told()
    assert len(stories) == 14
    assert all({"ar", "en", "ru"} <= set(by_language) for by_language in stories.values())
    for fourth in ("fr", "uk"):
        assert sum(fourth in by_language for by_language in stories.values()) == 6


def test_languages_disagree() -> None:
    propositions = {row["id"]: row for row in rows("propositions")}
    denied, counted, held = set(), set(), set()
    for row in propositions.values():
        spoken = stances(row)
        if any(one != other for one, other in product(spoken["affirm"], spoken["deny"])):
            denied.add(row["story"])
        if row["numbers_differ"]:
            counted.add(row["story"])
        for other in row["excludes"]:
            if {row["event"], propositions[other]["event"]} <= {"capture", "hold"}:
                held.add(row["story"])
    assert len(denied) >= 6
    assert len(counted) >= 3
    assert len(held) >= 2


def test_what_lies_apart_is_no_one_proposition() -> None:
    for row in rows("apart"):
        first, second = (tuple(key) for key in row["claims"])
        one, other = claims()[first], claims()[second]
        assert homes().get(first, "") != homes().get(second, "")
        assert language(first) != language(second)
        assert FAMILY.get(one["event"], one["event"]) == FAMILY.get(other["event"], other["event"])
        days = [(claim["from"], claim["to"]) for claim in (one, other)]
        places = [place_of(claim) for claim in (one, other)]
        if row["why"] == "other day":
            assert places[0] == places[1]
            assert days[0][1] < days[1][0] or days[1][1] < days[0][0]
        elif row["why"] == "neighbouring town":
            assert places[0] != places[1]
            assert days[0] == days[1]
            assert kilometres((one["lat"], one["lon"]), (other["lat"], other["lon"])) < 25
        else:
            assert row["why"] == "other agent"
            assert places[0] == places[1]
            assert one["agent"] != other["agent"]
    assert {row["why"] for row in rows("apart")} == {"neighbouring town", "other agent", "other day"}


def test_it_is_as_large_as_it_says() -> None:
    readme = (PARALLEL / "README.md").read_text("utf-8")
    assert f"{len(rows('claims'))} claims in {len(rows('reports'))} reports" in readme
    assert f"{len(rows('propositions'))} propositions" in readme
    assert f"{len(rows('apart'))} pairs" in readme
