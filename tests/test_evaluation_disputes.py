"""Disputes scored against annotations."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from marsad.demo import demo_gold, demo_theatre
from marsad.errors import InputError
from marsad.evaluation import GoldDispute, GoldTheatre, load_gold, score_disputes, score_folder, theatre_from_actors
from marsad.linking import link, trace_origins
from marsad.records import Dispute, Interval, Place
from marsad.theatre import Theatre, load_theatre
from marsad.vocabulary import load_outlets
from marsad.weighing import disputes, grade

SHARED = Path(__file__).parents[2] / "shared" / "gold"
POINTS = {"varenna": (10.0, 20.0)}
OPPOSES = {
    "government": ("opposition", "turkey", "islamic_state", "sdf", "israel", "us"),
    "government_ally": ("opposition", "islamic_state", "israel", "us"),
    "sdf": ("turkey", "islamic_state"),
    "opposition": ("islamic_state",),
}


def found(gold: GoldTheatre, theatre: Theatre) -> tuple[Dispute, ...]:
    origins = trace_origins(gold.reports.values())
    linked = link(gold.claims, gold.reports, origins, theatre)
    verdicts = grade(linked, gold.claims, gold.reports, origins, theatre)
    return disputes(linked, verdicts, gold.claims)


def outlets(gold: GoldTheatre) -> set[str]:
    plain = [report for report in gold.reports.values() if not load_outlets()[report.kind].own_channel]
    return {name for report in plain for name in (report.publisher, *report.agencies) if name}


def test_disputes_of_the_demonstration_are_found_from_its_claims() -> None:
    gold, theatre = load_gold(demo_gold()), load_theatre(demo_theatre())
    score = score_disputes(
        gold.disputes, found(gold, theatre), points=gold.points, theatre=theatre, outlets=outlets(gold)
    )
    assert score.recall >= 0.8
    assert score.precision >= 0.68


def test_a_folder_scores_its_own_disputes_twice() -> None:
    theatre = load_theatre(demo_theatre())
    gold = load_gold(demo_gold())
    read = [(one, [c for c in gold.claims if c.report == one.id]) for one in gold.reports.values()]
    scores = score_folder(demo_gold(), theatre, read)
    assert scores is not None
    assert scores.read == scores.gold
    assert scores.gold.f1 == pytest.approx(
        2 * scores.gold.precision * scores.gold.recall / (scores.gold.precision + scores.gold.recall)
    )
    nothing = score_folder(demo_gold(), theatre, None)
    assert nothing is not None
    assert nothing.read is None


def test_a_folder_without_disputes_has_no_score(tmp_path: Path) -> None:
    assert score_folder(tmp_path, None, None) is None


def test_disputes_do_not_depend_on_the_order_of_claims() -> None:
    gold, theatre = load_gold(demo_gold()), load_theatre(demo_theatre())
    claims = list(gold.claims)
    random.Random(1).shuffle(claims)
    assert found(replace(gold, claims=tuple(claims)), theatre) == found(gold, theatre)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the annotated theatres beside the checkout")
def test_disputes_of_an_annotated_theatre_are_found_from_its_claims() -> None:
    gold = load_gold(SHARED / "syria-2024")
    theatre = theatre_from_actors(gold.actors, OPPOSES)
    score = score_disputes(
        gold.disputes, found(gold, theatre), points=gold.points, theatre=theatre, outlets=outlets(gold)
    )
    assert score.recall >= 0.8
    assert score.precision >= 0.68


def annotated(**fields: object) -> GoldDispute:
    values: dict[str, object] = {
        "id": "g1",
        "event": "enter",
        "agent": "Rebels",
        "place": "Varenna",
        "start": date(2031, 5, 10),
        "end": date(2031, 5, 10),
        "supporters": frozenset({"Monitor", "Rebels"}),
        "deniers": frozenset({"Army"}),
    }
    return GoldDispute(**(values | fields))  # type: ignore[arg-type]


def dispute(name: str = "p1", **fields: object) -> Dispute:
    values: dict[str, object] = {
        "proposition": name,
        "event": "capture",
        "agent": "Rebels",
        "place": Place(name="Varenna", lat=10.1, lon=20.1),
        "interval": Interval(start=date(2031, 5, 9), end=date(2031, 5, 10)),
        "supporters": ("Monitor",),
        "deniers": ("Army",),
        "reports": ("r",),
        "open": True,
    }
    return Dispute(**(values | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "matched"),
    [
        ({}, 1),
        ({"place": Place(name="Varenna")}, 1),
        ({"place": Place(name="Elsewhere", lat=11.0, lon=20.0)}, 0),
        ({"place": None}, 0),
        ({"interval": Interval(end=date(2031, 5, 9))}, 0),
        ({"interval": Interval(start=date(2031, 5, 10))}, 1),
        ({"supporters": ("Witnesses",)}, 0),
        ({"supporters": ("Monitor", "Gazette")}, 1),
        ({"deniers": ("Army", "A", "B", "C")}, 0),
    ],
)
def test_dispute_matches_by_place_time_and_sources(fields: dict[str, object], matched: int) -> None:
    assert score_disputes([annotated()], [dispute(**fields)], points=POINTS).matched == matched


def test_each_annotated_dispute_is_found_once() -> None:
    score = score_disputes([annotated()], [dispute("p1"), dispute("p2")], points=POINTS)
    assert (score.recall, score.precision, score.spurious) == (1.0, 0.5, ("p2",))


def test_pairs_are_chosen_so_that_most_match() -> None:
    narrow = annotated(id="g2", supporters=frozenset({"Monitor"}))
    wide = dispute("p2", supporters=("Monitor", "Rebels", "Ministry"))
    score = score_disputes([annotated(), narrow], [dispute("p1"), wide], points=POINTS)
    assert (score.matched, score.missed) == (2, ())


def test_own_voice_of_outlets_is_left_out_beside_named_sources() -> None:
    crowded = dispute(supporters=("Monitor", "Gazette", "Herald", "Courier", "Globe"))
    assert score_disputes([annotated()], [crowded], points=POINTS).matched == 0
    listed = ["Gazette", "Herald", "Courier", "Globe"]
    assert score_disputes([annotated()], [crowded], points=POINTS, outlets=listed).matched == 1


def test_anchor_that_is_not_in_the_text_is_refused(tmp_path: Path) -> None:
    gold = demo_gold()
    for name in ("reports.jsonl", "actors.json"):
        (tmp_path / name).write_text((gold / name).read_text("utf-8"), "utf-8")
    row = json.loads((gold / "claims.jsonl").read_text("utf-8").splitlines()[0])
    (tmp_path / "claims.jsonl").write_text(json.dumps(row | {"anchor": "words that nobody wrote"}) + "\n", "utf-8")
    with pytest.raises(InputError, match=r"claims\.jsonl:1: anchor not in"):
        load_gold(tmp_path)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_gold(tmp_path)
