"""The annotated corpus hangs together: every word that an annotation names stands in its report."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marsad.records import Certainty, Extent, Polarity
from marsad.theatre import load_theatre
from marsad.vocabulary import load_events, load_outlets

CORPUS = Path(__file__).parents[1] / "corpus"
THEATRES = sorted(path.name for path in CORPUS.iterdir() if (path / "claims.jsonl").exists())


@cache
def rows(theatre: str, name: str) -> tuple[dict[str, Any], ...]:
    text = (CORPUS / theatre / f"{name}.jsonl").read_text("utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


@cache
def reports(theatre: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows(theatre, "reports")}


def all_claims() -> list[dict[str, Any]]:
    return [claim for theatre in THEATRES for claim in rows(theatre, "claims")]


@pytest.mark.parametrize("theatre", THEATRES)
def test_reports_are_whole(theatre: str) -> None:
    found = reports(theatre)
    assert len(found) == len(rows(theatre, "reports"))
    for report in found.values():
        assert report["kind"] in load_outlets()
        assert datetime.fromisoformat(report["published"]).tzinfo is not None
        assert report["title"].strip()
        assert report["text"].strip() == report["text"]
        assert report["copy_of"] is None or report["copy_of"] in found


@pytest.mark.parametrize("theatre", THEATRES)
def test_claims_stand_in_their_reports(theatre: str) -> None:
    for claim in rows(theatre, "claims"):
        report = reports(theatre)[claim["report"]]
        named = [claim["anchor"], claim["cue"] or "", *claim["words"].values()]
        assert [words for words in named if words not in report["text"]] == []
        assert claim["place"] is None or claim["place"] in report["title"] + report["text"]


@pytest.mark.parametrize("theatre", THEATRES)
def test_claims_hold_the_values_of_the_records(theatre: str) -> None:
    for claim in rows(theatre, "claims"):
        assert claim["event"] in load_events()
        Polarity(claim["polarity"]), Certainty(claim["certainty"]), Extent(claim["extent"])
        days = [date.fromisoformat(claim[key]) for key in ("from", "to") if claim[key]]
        assert days == sorted(days)
        assert set(claim["words"]) <= {"source", "agent", "target", "time"}


@pytest.mark.parametrize("theatre", THEATRES)
def test_theatre_and_actors_are_the_same(theatre: str) -> None:
    actors = json.loads((CORPUS / theatre / "actors.json").read_text("utf-8"))
    assert set(load_theatre(CORPUS / theatre / "theatre.toml").actors) == set(actors)


def test_it_is_as_large_as_it_says() -> None:
    readme = (CORPUS / "README.md").read_text("utf-8")
    texts = [report["text"] for theatre in THEATRES for report in rows(theatre, "reports")]
    words = sum(len(text.split()) for text in texts)
    assert f"{len(all_claims()):,} claims in {len(texts)} reports" in readme
    assert f"{words:,} words" in readme
    assert [theatre for theatre in THEATRES if f"`{theatre}`" not in readme] == []


def test_no_kind_of_event_and_no_mood_is_rare() -> None:
    claims = all_claims()
    kinds = Counter(claim["event"] for claim in claims)
    assert min(kinds[name] for name in load_events()) >= 0.02 * len(claims)
    assert sum(claim["polarity"] == "denied" for claim in claims) >= 0.12 * len(claims)
    assert sum(claim["certainty"] != "certain" for claim in claims) >= 0.12 * len(claims)


def test_the_held_out_theatres_exist() -> None:
    held_out = tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["held_out"]
    assert set(held_out) < set(THEATRES)


def test_countries_are_invented() -> None:
    # ISO 3166-1 leaves AA, QM to QZ, XA to XZ and ZZ to its users, and never gives them away.
    codes = {place["country"] for theatre in THEATRES for place in rows(theatre, "places")}
    assert {code for code in codes if not (code[0] == "X" or "QM" <= code <= "QZ")} == set()
