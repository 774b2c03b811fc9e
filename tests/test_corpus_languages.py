"""The annotated reports of other languages hang together: what an annotation names stands in its report."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marsad.evaluation import load_gold
from marsad.records import Certainty, Extent, Polarity
from marsad.theatre import Theatre, load_theatre
from marsad.vocabulary import load_events, load_outlets

FOLDER = Path(__file__).parents[1] / "corpus" / "languages"
LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if (path / "claims.jsonl").exists())
HELD_OUT = {
    name: table["held_out"] for name, table in tomllib.loads((FOLDER / "languages.toml").read_text("utf-8")).items()
}
COUNTS = ("killed", "wounded", "detained", "displaced")
WORDS = {"source", "agent", "target", "place", "time"}


@cache
def rows(language: str, name: str) -> tuple[dict[str, Any], ...]:
    text = (FOLDER / language / f"{name}.jsonl").read_text("utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


@cache
def reports(language: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows(language, "reports")}


@cache
def theatre(language: str) -> Theatre:
    return load_theatre(FOLDER / language / "theatre.toml")


def shares(language: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the claims of the development reports and those of the held-out ones."""
    held_out = HELD_OUT[language]
    claims = rows(language, "claims")
    return [c for c in claims if c["report"] not in held_out], [c for c in claims if c["report"] in held_out]


def test_every_language_says_what_it_holds_out() -> None:
    assert sorted(HELD_OUT) == LANGUAGES


def test_report_ids_are_unique_over_all_languages() -> None:
    ids = Counter(row["id"] for language in LANGUAGES for row in rows(language, "reports"))
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_are_whole(language: str) -> None:
    found = reports(language)
    assert len(found) >= 15
    for report in found.values():
        assert report["language"] == language
        assert report["kind"] in load_outlets()
        published = datetime.fromisoformat(report["published"])
        assert published.tzinfo is not None
        assert 2029 <= published.year <= 2036
        assert report["title"].strip()
        assert report["text"].strip() == report["text"]
        assert report["copy_of"] is None or report["copy_of"] in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_the_reports_are_held_out(language: str) -> None:
    held_out = HELD_OUT[language]
    assert set(held_out) < set(reports(language))
    assert len(set(held_out)) == len(held_out) == len(reports(language)) // 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_reports_share_no_phrase_with_the_others(language: str) -> None:
    def phrases(held_out: bool) -> set[str]:
        texts = [row["text"].split() for row in rows(language, "reports")]
        chosen = [row["id"] in HELD_OUT[language] for row in rows(language, "reports")]
        picked = [words for words, held in zip(texts, chosen, strict=True) if held is held_out]
        return {" ".join(words[at : at + 6]) for words in picked for at in range(len(words) - 5)}

    assert phrases(held_out=True) & phrases(held_out=False) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_halves_are_as_hard(language: str) -> None:
    for half in shares(language):
        assert len({claim["event"] for claim in half}) >= 0.6 * len(load_events())
        assert sum(claim["polarity"] == "denied" for claim in half) >= 0.1 * len(half)
        assert sum(claim["certainty"] != "certain" for claim in half) >= 0.1 * len(half)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_has_claims(language: str) -> None:
    claims = Counter(claim["report"] for claim in rows(language, "claims"))
    assert set(claims) == set(reports(language))
    assert min(claims.values()) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_stand_in_their_reports(language: str) -> None:
    for claim in rows(language, "claims"):
        text = reports(language)[claim["report"]]["text"]
        assert text.count(claim["anchor"]) == 1, claim
        assert 2 <= len(claim["anchor"].split()) <= 8, claim
        assert [words for words in (claim["cue"] or "", *claim["words"].values()) if words not in text] == [], claim
        assert set(claim["words"]) <= WORDS
        assert claim["source"] != "narrator" or claim["cue"] is None, claim


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_hold_the_values_of_the_records(language: str) -> None:
    for claim in rows(language, "claims"):
        assert claim["event"] in load_events()
        Polarity(claim["polarity"]), Certainty(claim["certainty"]), Extent(claim["extent"])
        assert (claim["place"] is None) <= (claim["country"] is None)
        assert (claim["place"] is None) <= ("place" not in claim["words"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_happened_lies_before_its_report(language: str) -> None:
    for claim in rows(language, "claims"):
        published = datetime.fromisoformat(reports(language)[claim["report"]]["published"]).date()
        days = [date.fromisoformat(claim[key]) for key in ("from", "to") if claim[key]]
        assert days == sorted(days), claim
        assert claim["certainty"] != "certain" or all(day <= published for day in days), claim


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_counts(language: str) -> None:
    for claim in rows(language, "claims"):
        for name in COUNTS:
            given = [claim[key] for key in (f"{name}_min", name, f"{name}_max") if key in claim]
            assert all(type(number) is int and number > 0 for number in given), claim
            assert given == sorted(given), claim


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_are_listed_and_known_to_the_theatre(language: str) -> None:
    countries = {place["name"]: place["country"] for place in rows(language, "places")}
    # ISO 3166-1 leaves AA, QM to QZ, XA to XZ and ZZ to its users, and never gives them away.
    assert {code for code in countries.values() if not (code[0] == "X" or "QM" <= code <= "QZ")} == set()
    for claim in rows(language, "claims"):
        if claim["place"] is None:
            continue
        report = reports(language)[claim["report"]]
        assert countries[claim["place"]] == claim["country"], claim
        assert claim["words"].get("place", claim["place"]) in report["title"] + report["text"], claim
        assert theatre(language).place(claim["place"], None) is not None, claim


@pytest.mark.parametrize("language", LANGUAGES)
def test_theatre_and_actors_are_the_same(language: str) -> None:
    actors = json.loads((FOLDER / language / "actors.json").read_text("utf-8"))
    assert set(theatre(language).actors) == set(actors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_agents_and_targets_are_actors_by_their_canonical_names(language: str) -> None:
    actors = theatre(language).actors
    named = {claim[role] for claim in rows(language, "claims") for role in ("source", "agent", "target")} - {None}
    # Those without a name are written in English and in small letters: "witnesses", "unnamed official".
    assert {name for name in named if name not in actors and not name.islower()} == set()
    assert {report["publisher"] for report in reports(language).values()} <= set(actors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gold_loads_as_it_is_scored(language: str) -> None:
    gold = load_gold(FOLDER / language)
    assert len(gold.claims) == len(rows(language, "claims"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_as_large_as_it_says(language: str) -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    claims, texts = rows(language, "claims"), [report["text"] for report in rows(language, "reports")]
    words = sum(len(text.split()) for text in texts)
    assert f"| `{language}` | {len(texts)} | {words:,} | {len(claims)} |" in readme
