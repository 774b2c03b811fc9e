"""Claims of one war in several languages meet: what was reached on the parallel set stays reached."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.evaluation import ParallelSet, breaches
from marsad.records import Place

FOLDER = Path(__file__).parents[1] / "corpus" / "parallel" / "tamrisa"
FLOORS = Path(__file__).parent / "floors" / "parallel.json"


@cache
def parallel() -> ParallelSet:
    return ParallelSet.open(FOLDER)


def test_no_measure_falls_below_its_floor() -> None:
    assert breaches(FLOORS, parallel().digest, parallel().score()) == ()


def test_annotated_claims_read_as_they_are_score_the_same() -> None:
    known, read = parallel().score(), parallel().score_read(tuple(parallel().claims.values()))
    assert read.claims.hits == read.claims.gold
    assert (read.across, read.within, read.kept) == (known.across, known.within, known.kept)


def test_pairs_of_claims_that_were_not_read_are_missed() -> None:
    english = [claim for claim in parallel().claims.values() if "-en-" in claim.report]
    scores = parallel().score_read(english)
    assert scores.across.hits == 0
    assert scores.across.gold == parallel().score().across.gold
    assert 0 < scores.within.hits < scores.within.gold


def test_places_that_nothing_identifies_stay_apart() -> None:
    claims = parallel().claims.values()
    nameless = [replace(c, place=Place(name=c.place.name)) if c.place else c for c in claims]
    assert parallel().score_read(nameless).across.recall < 0.2


def test_a_folder_without_propositions_is_refused(tmp_path: Path) -> None:
    for name in ("reports.jsonl", "claims.jsonl", "actors.json", "theatre.toml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    with pytest.raises(InputError, match=r"propositions\.jsonl: cannot be read"):
        ParallelSet.open(tmp_path)
