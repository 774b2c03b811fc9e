"""Floors under the scores: they hold what was reached, fail what falls short, and only rise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from marsad.demo import demo_gold
from marsad.errors import DataFileError
from marsad.evaluation import Corpus, breaches, corpus_digest, raise_floors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.open(demo_gold())


def test_what_was_reached_passes_its_own_floors(corpus: Corpus, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    scores = corpus.score(corpus.gold[::2])
    raise_floors(floors, corpus.digest, scores)
    assert breaches(floors, corpus.digest, scores) == ()


def test_every_measure_that_falls_is_named(corpus: Corpus, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    raise_floors(floors, corpus.digest, corpus.score(corpus.gold))
    lines = breaches(floors, corpus.digest, corpus.score(corpus.gold[::2]))
    assert {line.split(" fell")[0] for line in lines if "right" not in line} == {
        "detected",
        "family",
        "typed",
        "full",
        "denials",
        "attribution",
    }
    assert "typed, right source" in {line.split(" fell")[0] for line in lines}
    assert "its floor is 1.000" in lines[0]


def test_another_corpus_breaks_the_floors(corpus: Corpus, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    scores = corpus.score(corpus.gold)
    raise_floors(floors, corpus.digest, scores)
    (line,) = breaches(floors, "0" * 64, scores)
    assert "the corpus has changed" in line


def test_floors_only_rise(corpus: Corpus, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    raise_floors(floors, corpus.digest, corpus.score(corpus.gold))
    raise_floors(floors, corpus.digest, corpus.score(corpus.gold[::2]))
    assert set(json.loads(floors.read_text())["floors"].values()) == {1.0}


def test_floors_start_anew_for_another_corpus(corpus: Corpus, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    raise_floors(floors, "0" * 64, corpus.score(corpus.gold))
    raise_floors(floors, corpus.digest, corpus.score(()))
    assert json.loads(floors.read_text())["floors"]["typed"] == 0.0


def test_digest_sees_names_and_contents_but_no_order(tmp_path: Path) -> None:
    one, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_text("1")
    other.write_text("2")
    before = corpus_digest([one, other])
    assert corpus_digest([other, one]) == before
    one.write_text("2")
    other.write_text("1")
    assert corpus_digest([one, other]) != before


@pytest.mark.parametrize("content", ["", "[]", '{"corpus": "x"}', '{"corpus": "x", "floors": {"typed": "high"}}'])
def test_file_that_holds_no_floors_is_refused(corpus: Corpus, content: str, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(content)
    with pytest.raises(DataFileError, match="not a file of floors"):
        breaches(floors, corpus.digest, corpus.score(()))
