"""What the server answers: the same rows as the commands, in exact shapes, a part at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from marsad.cli import app as commands
from marsad.web.endpoints import ENDPOINTS
from marsad.web.whole import ANSWERS
from webserver import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

pytestmark = pytest.mark.slow

ASKED = [
    "/api/monitor",
    "/api/report",
    "/api/report?since=7d&as_of=2024-12-05",
    "/api/claims?limit=500",
    "/api/disputes?limit=500",
    "/api/control?limit=500",
    "/api/control?place=Homs",
    "/api/nowcast?limit=500",
    "/api/sources?limit=500",
    "/api/search?words=Homs&limit=500",
    "/api/receipts?limit=500",
    "/api/judgements",
    "/api/review?limit=500",
    "/api/rules",
    "/api/outlets?limit=500",
    "/api/assess/demo-031",
    "/api/reports?limit=500",
    "/api/reports/demo-003",
    "/api/versions/demo-003",
    "/api/towns?limit=500",
    "/api/places/Homs",
    "/api/voices/government",
    "/api/actors/HTS-led%20alliance",
    "/api/route?start=Damascus&end=Tartus",
    "/api/access?from=Damascus&town=Homs&town=Hama",
    "/api/roads",
]


@pytest.fixture(scope="module")
def client(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_ROADS", str(tmp_path_factory.mktemp("roads")))
        with serving(demo_file) as client:
            yield client


def found(client: httpx.Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


def name_of(path: str) -> str:
    parts = path.split("?", maxsplit=1)[0].split("/")
    return "reports_page" if parts[2] == "reports" and len(parts) > 3 else parts[2]


@pytest.mark.parametrize("path", ASKED)
def test_answers_have_exactly_the_shape_that_is_described(client: httpx.Client, path: str) -> None:
    TypeAdapter(ANSWERS[name_of(path)]).validate_python(found(client, path), strict=True)


def test_every_endpoint_is_asked_here() -> None:
    assert {name_of(path) for path in ASKED} == {one.name for one in ENDPOINTS}


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (["claims", "--place", "Homs"], "/api/claims?place=Homs&limit=500"),
        (["claims", "--polarity", "denied"], "/api/claims?polarity=denied&limit=500"),
        (["disputes", "--open"], "/api/disputes?open=true&limit=500"),
        (["control", "Homs"], "/api/control?place=Homs&limit=500"),
        (["control", "--according-to", "government"], "/api/control?according_to=government&limit=500"),
        (["nowcast", "Homs", "--since", "2024-12-01"], "/api/nowcast?place=Homs&since=2024-12-01&limit=500"),
        (["sources", "government"], "/api/sources?name=government&limit=500"),
        (["search", "Homs"], "/api/search?words=Homs&limit=500"),
        (["receipts"], "/api/receipts?limit=500"),
        (["versions", "demo-003"], "/api/versions/demo-003"),
        (["review", "--queue", "40", "--user", "ana"], "/api/review?user=ana&limit=40"),
    ],
)
def test_items_are_the_rows_of_the_command(
    client: httpx.Client, demo_file: Path, command: list[str], path: str
) -> None:
    for as_of in ("", "2024-12-06") if command[0] in {"claims", "disputes", "control", "sources", "search"} else ("",):
        more = ["--as-of", as_of] if as_of else []
        told = CliRunner().invoke(commands, [*command, *more, "--format", "jsonl", "--monitor", str(demo_file)])
        assert told.exit_code == 0, told.output
        rows = [json.loads(line) for line in told.output.splitlines()]
        assert rows
        assert found(client, path + (f"&as_of={as_of}" if as_of else ""))["items"] == rows


def test_the_report_is_that_of_the_command(client: httpx.Client, demo_file: Path) -> None:
    told = CliRunner().invoke(commands, ["report", "--since", "7d", "--format", "json", "--monitor", str(demo_file)])
    answer = found(client, "/api/report?since=7d")
    assert {name: answer[name] for name in json.loads(told.output)} == json.loads(told.output)


@pytest.mark.parametrize("path", ["/api/claims?x=1", "/api/towns?x=1", "/api/nowcast?place=Homs&x=1"])
def test_pages_follow_each_other_without_gap_or_repetition(client: httpx.Client, path: str) -> None:
    path = path.replace("&x=1", "").replace("?x=1", "?")
    whole = found(client, f"{path}&limit=500")
    items: list[Any] = []
    after = ""
    while True:
        page = found(client, f"{path}&limit=37{after}")
        assert page["total"] == whole["total"]
        items += page["items"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert items[:500] == whole["items"]
    assert len(items) == whole["total"]


@pytest.mark.parametrize("cursor", ["x", "é", "W10", "WzEsMl0", "WyJhIiwiYiJd", "A" * 200])
def test_a_cursor_that_is_none_is_refused(client: httpx.Client, cursor: str) -> None:
    response = client.get("/api/claims", params={"after": cursor})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/api/claims?nonsense=1",
        "/api/claims?limit=501",
        "/api/claims?limit=0",
        "/api/claims?as_of=yesterday",
        "/api/claims?polarity=maybe",
        "/api/report?since=soon",
        "/api/report?as_of=2024-12-01&since=2024-12-05",
        "/api/nowcast?since=2024-12-01",
        "/api/sources?topic=weather",
        "/api/disputes?rules=/etc/passwd",
        "/api/route?start=Damascus",
        "/api/route?start=Damascus&end=Homs&classes=cowpath",
        "/api/route?start=Damascus&end=Nowhereatall",
        "/api/route?start=Damascus&end=Homs&roads=nothing",
        "/api/assess/p-",
    ],
)
def test_what_cannot_be_understood_is_a_problem_with_the_status_422(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 422, response.text
    assert {"type", "title", "status", "detail"} == set(response.json())


@pytest.mark.parametrize(
    "path",
    [
        "/api/assess/nothing",
        "/api/reports/nothing",
        "/api/places/Nowhere",
        "/api/voices/Nobody",
        "/api/actors/Nobody",
        "/api/captures/" + "0" * 64,
        "/api/nothing",
        "/api",
        "/api/versions/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_with_the_status_404(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["status"] == 404


def test_the_verdict_shows_every_word_behind_it(client: httpx.Client) -> None:
    widest = max(found(client, "/api/disputes?limit=500")["items"], key=lambda row: len(row["reports"]))
    (one,) = found(client, f"/api/assess/{widest['proposition']}")["items"]
    claims = {row["id"] for row in one["evidence"]}
    assert one["grade"] == widest["grade"]
    assert one["means"]
    assert one["voices_for"]
    assert one["voices_against"]
    assert {row["claim"] for row in one["timeline"]} == {
        claim for voice in (*one["voices_for"], *one["voices_against"]) for claim in voice["claims"]
    }
    assert {row["claim"] for row in one["timeline"]} <= claims
    instants = [row["said"] for row in one["timeline"] if row["said"]]
    assert len(instants) > 3
    carried = {row["report"] for root in one["origins"] for row in (root, *root["copies"])}
    assert {row["report"] for row in one["evidence"]} <= carried


def test_spans_of_a_passage_are_the_words_of_its_claims(client: httpx.Client) -> None:
    page = found(client, "/api/reports/demo-003")
    assert page["direction"] == "ltr"
    assert page["claims"]
    for claim in page["claims"]:
        start, end = claim["spans"]["anchor"]
        assert page["text"][start:end] == claim["anchor"]
        if claim["spans"]["cue"]:
            assert page["text"][slice(*claim["spans"]["cue"])] == claim["cue"]


def test_copies_are_told_with_their_reasons(client: httpx.Client) -> None:
    copies = [row for row in found(client, "/api/reports?limit=500")["items"] if row["copy_of"]]
    assert copies
    page = found(client, f"/api/reports/{copies[0]['id']}")
    assert page["origin"]["origin"] == copies[0]["copy_of"]
    assert page["origin"]["reasons"]
    assert copies[0]["copy_of"] in {one["report"] for one in page["copies"]}


def test_towns_of_one_account_tell_its_spells_alone(client: httpx.Client) -> None:
    every = found(client, "/api/towns?limit=500")["items"]
    own = found(client, "/api/towns?limit=500&according_to=government")["items"]
    assert 0 < len(own) < len(every)
    assert {account["side"] for town in own for account in town["accounts"]} == {"government"}
    homs = next(town for town in every if town["place"] == "Homs")
    assert homs["contested"]
    assert homs["nowcast"]["probability"] == homs["nowcast"]["holders"][0]["probability"]


@pytest.mark.parametrize("name", ["Homs", "geonames:169577", "homs"])
def test_a_place_is_found_by_its_names_and_its_id(client: httpx.Client, name: str) -> None:
    page = found(client, f"/api/places/{quote(name)}")
    assert page["place"]["gazetteer_id"] == "geonames:169577"
    assert page["control"]
    assert page["claims_in_all"] >= len(page["claims"]) > 0


def test_rules_of_a_question_give_other_verdicts(client: httpx.Client) -> None:
    usual, other = (found(client, f"/api/disputes?limit=500{rules}") for rules in ("", "&rules=recorders-1"))
    assert [row["grade"] for row in usual["items"]] != [row["grade"] for row in other["items"]]
