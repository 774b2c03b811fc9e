"""The bundled reports, annotations and theatre, and the invented war beside the tests, hang together."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.demo import demo_gold, demo_reports, demo_theatre
from marsad.theatre import Theatre, load_theatre
from marsad.vocabulary import load_events

INVENTED = Path(__file__).parent / "data" / "invented"
KINDS = {"wire", "newspaper", "state_media", "party_channel", "local_media", "ngo", "un", "live_blog"}
ANYBODY = {None, "civilians", "local residents"}
NOT_LISTED = {"narrator", "unnamed official", "unnamed source", "unnamed analyst", "witnesses", *ANYBODY}
REAL_OUTLETS = re.compile(
    r"\b(AFP|Agence|France-Presse|Reuters|SANA|Syrian Arab News Agency|Anadolu|AA|TASS|Xinhua|Rudaw|Al[ -]?Jazeera|"
    r"Mayadeen|BBC|CNN|DPA|dpa|Presse-Agentur|Tasnim|IRNA|Mehr|MNA|Sham FM|North Press|Enab|Baladi|Shafaq|INA|"
    r"Iraqi News Agency|IANS|Suwayda ?24|Sweida 24|AP|Associated Press|VOA|Voice of America|Deutsche Welle|DW|"
    r"Ikhbariyah|Kurdistan 24|ANHA|Hawar|NPR|Al[ -]?Arabiya|OCHA|White Helmets)\b"
)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def known(theatre: Theatre, name: str | None) -> bool:
    return name in NOT_LISTED or (name is not None and theatre.actor(name) is not None)


@pytest.fixture(params=[demo_gold(), INVENTED], ids=["demo", "invented"])
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_demo_paths_point_at_files_of_the_gold_folder() -> None:
    assert demo_reports().parent == demo_theatre().parent == demo_gold()
    assert demo_reports().is_file()


def test_demo_has_every_kind_of_outlet() -> None:
    reports = rows(demo_reports())
    assert len(reports) >= 24
    assert {report["kind"] for report in reports} == KINDS


def test_demo_names_no_real_outlet() -> None:
    hits = {
        (path.name, match[0])
        for path in demo_gold().iterdir()
        if path.suffix in {".jsonl", ".json", ".toml", ".md"}
        for match in REAL_OUTLETS.finditer(path.read_text("utf-8"))
    }
    assert hits == set()


def test_every_demo_report_says_that_its_outlet_is_invented() -> None:
    assert all("outlet is invented" in report["note"] for report in rows(demo_reports()))


def test_reports_are_unique_and_in_order_of_publication(folder: Path) -> None:
    reports = rows(folder / "reports.jsonl")
    assert len({report["id"] for report in reports}) == len(reports)
    instants = [datetime.fromisoformat(report["published"]) for report in reports]
    assert instants == sorted(instants)
    assert all(instant.utcoffset() is not None for instant in instants)


def test_copies_follow_an_original(folder: Path) -> None:
    seen: set[str] = set()
    copies = 0
    for report in rows(folder / "reports.jsonl"):
        if report["copy_of"] is not None:
            assert report["copy_of"] in seen
            copies += 1
        seen.add(report["id"])
    assert copies > 0


def test_anchors_and_cues_quote_their_report(folder: Path) -> None:
    texts = {report["id"]: report["text"] for report in rows(folder / "reports.jsonl")}
    for claim in rows(folder / "claims.jsonl"):
        assert claim["anchor"] in texts[claim["report"]], claim
        assert 2 <= len(claim["anchor"].split()) <= 8, claim
        assert claim["cue"] is None or claim["cue"] in texts[claim["report"]], claim
        assert (claim["source"] == "narrator") <= (claim["cue"] is None), claim


def test_claims_use_the_vocabulary_of_events(folder: Path) -> None:
    types = set(load_events())
    assert {claim["event"] for claim in rows(folder / "claims.jsonl")} <= types


def test_every_report_has_claims(folder: Path) -> None:
    reports = {report["id"] for report in rows(folder / "reports.jsonl")}
    assert {claim["report"] for claim in rows(folder / "claims.jsonl")} == reports


def test_theatre_knows_who_acts_and_who_suffers(folder: Path) -> None:
    theatre = load_theatre(folder / "theatre.toml")
    unknown = {
        c[role] for c in rows(folder / "claims.jsonl") for role in ("agent", "target") if not known(theatre, c[role])
    }
    assert unknown == set()


def test_theatre_spells_names_as_the_annotations_do(folder: Path) -> None:
    theatre = load_theatre(folder / "theatre.toml")
    for claim in rows(folder / "claims.jsonl"):
        for role in ("source", "agent", "target"):
            actor = theatre.actor(claim[role]) if claim[role] else None
            assert actor is None or actor.name == claim[role], claim


def test_every_source_is_listed_among_the_actors(folder: Path) -> None:
    actors = json.loads((folder / "actors.json").read_text("utf-8"))
    assert {claim["source"] for claim in rows(folder / "claims.jsonl")} <= set(actors)
    assert {report["publisher"] for report in rows(folder / "reports.jsonl")} <= set(actors)


def test_disputes_name_two_camps_and_their_reports() -> None:
    texts = {report["id"] for report in rows(demo_reports())}
    disputes = rows(demo_gold() / "disputes.jsonl")
    assert len(disputes) >= 20
    for dispute in disputes:
        assert dispute["supporters"]
        assert dispute["deniers"]
        assert not set(dispute["supporters"]) & set(dispute["deniers"])
        assert dispute["reports"]
        assert set(dispute["reports"]) <= texts


def test_control_periods_run_forward_within_one_place() -> None:
    ends: dict[str, str] = {}
    for period in rows(demo_gold() / "control.jsonl"):
        assert period["from"] <= period["to"], period
        assert period["from"] > ends.get(period["place"], ""), period
        ends[period["place"]] = period["to"]
    assert len(ends) >= 30
