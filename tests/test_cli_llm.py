"""The commands that can have reports read by a language model, and the monitor that keeps what it read."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from llm_support import KEY, Answer, Endpoint, endpoint, party, recorded, row, said, source
from marsad.cli import app
from marsad.demo import demo_gold
from marsad.monitor import Monitor
from marsad.reading import EXTRACTOR

if TYPE_CHECKING:
    from click.testing import Result

    from marsad.gazetteer import Gazetteer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("gazetteer")]

STORY = "The army withdrew from Homs on Friday, the Syrian Observatory for Human Rights said."
OTHER = "Rebels entered Hama on Friday, witnesses said."
LEFT = row(
    1,
    "withdrew from Homs",
    "withdraw",
    source=source("Syrian Observatory for Human Rights", name="Syrian Observatory for Human Rights", cue="said"),
    agent=party("The army"),
    place="Homs",
)
ENTERED = row(1, "entered Hama", "enter", source=source("witnesses", unnamed="witnesses", cue="said"), place="Hama")
COUNTED = (
    "llm: 2 requests, 0 of them retries; 0 answers from the cache",
    "llm: 2,000 tokens in and 400 out; 0.0040 USD",
    "llm: 2 claims, 0 dropped",
    "llm: 0 fields left open",
)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARSAD_LLM", raising=False)
    monkeypatch.setenv("TEST_LLM_KEY", KEY)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two reports."""
    rows = [{"id": name, "text": text, "published": "2024-12-01T19:00Z"} for name, text in reports().items()]
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return tmp_path


def reports() -> dict[str, str]:
    return {"first": STORY, "second": OTHER}


def settings(desk: Path, held: Endpoint) -> Path:
    path = desk / "llm.toml"
    path.write_text(
        f'base_url = "{held.url}"\nmodel = "test-model"\nkey = "TEST_LLM_KEY"\ntries = 1\ncache = "kept"\n'
        "[price]\ninput = 1\noutput = 5\n"
    )
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def answer(asked: dict[str, Any]) -> Answer:
    return said(LEFT if "Homs" in asked["messages"][1]["content"] else ENTERED)


def failing_first(asked: dict[str, Any]) -> Answer:
    return recorded("broken") if "Homs" in asked["messages"][1]["content"] else answer(asked)


def test_read_prints_the_same_fields_and_tells_what_it_took(desk: Path) -> None:
    with endpoint(by=answer) as held:
        words = ("read", desk / "reports.jsonl", "--format", "jsonl")
        done = run(*words, "--reader", "llm", "--llm", settings(desk, held))
    assert (done.exit_code, done.stderr.splitlines()) == (0, list(COUNTED))
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["event"], one["source"], one["place"]) for one in claims] == [
        ("withdraw", "Syrian Observatory for Human Rights", "Homs"),
        ("enter", "witnesses", "Hama"),
    ]
    usual = run(*words)
    assert {frozenset(json.loads(line)) for line in usual.stdout.splitlines()} == {frozenset(one) for one in claims}
    assert usual.stderr == ""
    assert len(held.asked) == 2


def test_without_being_asked_for_no_model_reads(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(by=answer) as held:
        monkeypatch.setenv("MARSAD_LLM", str(settings(desk, held)))
        assert run("read", desk / "reports.jsonl").exit_code == 0
        assert run("add", desk / "reports.jsonl", "--monitor", desk / "a.marsad").exit_code == 0
        assert held.asked == []
        assert run("read", desk / "reports.jsonl", "--reader", "llm").exit_code == 0
        assert len(held.asked) == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--reader", "llm"), "llm needs --llm FILE, or the variable MARSAD_LLM"),
        (("--llm", "llm.toml"), "goes with --reader llm"),
        (("--reader", "llm", "--llm", "missing.toml"), "missing.toml: cannot be read: No such file or directory"),
    ],
)
def test_wrong_use_is_told_in_a_line(words: tuple[str, ...], reason: str, desk: Path) -> None:
    for command in (("read", desk / "reports.jsonl"), ("add", desk / "reports.jsonl", "--monitor", desk / "a.marsad")):
        done = run(*command, *words)
        assert done.exit_code == 2
        assert reason in " ".join(done.stderr.replace("│", " ").split())
    assert not (desk / "a.marsad").exists()


def test_what_a_model_read_is_kept_and_what_it_did_not_is_read_by_the_next_add(desk: Path) -> None:
    path = desk / "war.marsad"
    words = ("add", desk / "reports.jsonl", "--monitor", path, "--reader", "llm", "--llm")
    with endpoint(by=failing_first) as held:
        first = run(*words, settings(desk, held))
    assert first.exit_code == 1
    assert "not read first: by test-model: answered 500 (server_error)" in first.stderr
    assert first.stdout.startswith(f"2 reports added; 1 claims read into {path}\n1 reports wait to be read;")
    with endpoint(by=answer) as held:
        second = run(*words, settings(desk, held))
        third = run(*words, settings(desk, held))
    assert (second.exit_code, third.exit_code) == (0, 0)
    assert second.stdout.startswith(f"0 reports added, 2 known before; 1 claims read into {path}\n")
    assert third.stdout == f"0 reports added, 2 known before; 0 claims read into {path}\n"
    assert "earlier version" not in second.stderr + third.stderr
    assert len(held.asked) == 1
    with Monitor.open(path) as monitor:
        assert {claim.event for claim in monitor.claims()} == {"withdraw", "enter"}
        assert {claim.extractor.split()[0] for claim in monitor.claims()} == {"marsad-llm"}
        assert monitor.reread() == ()


def test_what_a_model_could_not_read_the_embedded_reader_reads(desk: Path) -> None:
    path = desk / "war.marsad"
    with endpoint(recorded("refused")) as held:
        run("add", desk / "reports.jsonl", "--monitor", path, "--reader", "llm", "--llm", settings(desk, held))
    done = run("add", desk / "reports.jsonl", "--monitor", path)
    assert done.exit_code == 0
    with Monitor.open(path) as monitor:
        assert {claim.extractor for claim in monitor.claims()} == {EXTRACTOR}


def test_what_the_embedded_reader_refused_for_its_language_a_model_reads_once(desk: Path) -> None:
    path, text = (
        desk / "war.marsad",
        "ارتش روز جمعه از شهر حمص عقب نشینی کرد و دیده‌بان حقوق بشر گفت که شهر آرام است.",
    )
    rows = [{"id": "persian", "text": text, "published": "2024-12-01"}, {"id": "empty", "text": "We had a quiet day."}]
    (desk / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    refused = run("add", desk / "reports.jsonl", "--monitor", path)
    assert "not read persian: language fa is not read yet" in refused.stderr
    words = ("add", desk / "reports.jsonl", "--monitor", path, "--reader", "llm", "--llm")
    with endpoint(said(row(1, "عقب نشینی کرد", "withdraw", place="حمص"))) as held:
        assert run(*words, settings(desk, held)).stdout.startswith("0 reports added, 2 known before; 1 claims read")
        assert run(*words, settings(desk, held)).stdout.startswith("0 reports added, 2 known before; 0 claims read")
    assert len(held.asked) == 1
    with Monitor.open(path) as monitor:
        (claim,) = monitor.claims()
        assert (claim.event, claim.report) == ("withdraw", "persian")
        assert monitor.propositions()


def test_the_key_is_in_nothing_that_is_kept_or_told(desk: Path) -> None:
    path = desk / "war.marsad"
    for number, name in enumerate(("no_key", "too_long", "broken")):
        with endpoint(recorded(name)) as held:
            done = run(
                "add", desk / "reports.jsonl", "--monitor", path, "--reader", "llm", "--llm", settings(desk, held)
            )
        assert done.exit_code == 1, number
        assert KEY not in done.output + done.stderr
    with endpoint(by=answer) as held:
        done = run("add", desk / "reports.jsonl", "--monitor", path, "--reader", "llm", "--llm", settings(desk, held))
        assert done.exit_code == 0
        assert all(headers["authorization"] == f"Bearer {KEY}" for headers in held.headers)
    with sqlite3.connect(path) as database:
        kept = "\n".join(database.iterdump())
    assert "answered 500 (server_error)" in kept
    assert KEY not in kept
    assert all(KEY.encode() not in one.read_bytes() for one in desk.rglob("*") if one.is_file())


def test_a_missing_key_is_told_and_the_reports_wait(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_LLM_KEY")
    with endpoint(by=answer) as held:
        words = ("add", desk / "reports.jsonl", "--monitor", desk / "a.marsad", "--reader", "llm", "--llm")
        done = run(*words, settings(desk, held))
    assert done.exit_code == 2
    assert done.stderr == "marsad: the variable TEST_LLM_KEY, which must hold the key of the endpoint, is not set\n"
    assert held.asked == []


def test_a_receipt_says_what_it_took(desk: Path, gazetteer: Gazetteer) -> None:
    with endpoint(by=answer) as held, Monitor.open(desk / "war.marsad", gazetteer=gazetteer) as monitor:
        receipt = monitor.add([desk / "reports.jsonl"], llm=held.settings(cache=desk / "kept"))
        assert receipt.tally is not None
        assert (receipt.claims, receipt.tally.claims, receipt.tally.requests) == (2, 2, 2)
        assert monitor.add([desk / "reports.jsonl"]).tally is None
        assert monitor.claims(as_of=datetime(2024, 12, 2, tzinfo=UTC))


# Evaluation


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with the first annotated reports of the demonstration."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("actors.json", "theatre.toml", "control.jsonl", "disputes.jsonl"):
        shutil.copy(demo_gold() / name, folder)
    for name, most in (("reports.jsonl", 4), ("claims.jsonl", 60)):
        lines = (demo_gold() / name).read_text("utf-8").splitlines()
        wanted = [line for line in lines if any(f'"demo-00{number}"' in line for number in range(1, 5))]
        (folder / name).write_text("\n".join(wanted[:most]), "utf-8")
    return folder


def annotated(gold: Path) -> dict[str, dict[str, Any]]:
    lines = (gold / "claims.jsonl").read_text("utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    return {one["anchor"]: row(1, one["anchor"], one["event"]) for one in claims if one["source"] == "narrator"}


def narrated(gold: Path, asked: dict[str, Any]) -> Answer:
    message = asked["messages"][1]["content"]
    return said(*(one for anchor, one in annotated(gold).items() if anchor in message))


def test_evaluate_sets_both_readers_side_by_side(gold: Path, desk: Path) -> None:
    with endpoint(by=lambda asked: narrated(gold, asked)) as held:
        words = ("evaluate", gold, "--reader", "llm", "--llm", settings(desk, held))
        table = run(*words, "--errors", 3)
        told = run(*words, "--format", "json")
    assert (table.exit_code, told.exit_code) == (0, 0)
    assert "4 answers from the cache" in told.stderr
    assert len(held.asked) == 4
    scores = json.loads(told.stdout)
    ours, theirs = scores["embedded"], scores["llm"]
    alone = json.loads(run("evaluate", gold, "--format", "json").stdout)
    assert {name: ours[name] for name in ("typed", "full", "types")} == {
        name: alone[name] for name in ("typed", "full", "types")
    }
    assert theirs["extractor"].startswith("marsad-llm ")
    assert theirs["typed"]["p"] == 1.0
    found = scores["found"]
    assert sum(found.values()) == ours["typed"]["gold"]
    for reader, row_of in (("embedded", ours), ("llm", theirs)):
        hits = round(row_of["typed"]["r"] * row_of["typed"]["gold"])
        assert found["both"] + found[reader] == hits
    gained = f"{theirs['typed']['f1'] - ours['typed']['f1']:+.2f}"
    (line,) = (one for one in table.stdout.splitlines() if one.strip().startswith("typed "))
    assert gained in line
    assert f"{ours['typed']['f1']:.3f}" in line
    assert f"{theirs['typed']['f1']:.3f}" in line
    for heading in ("right among the typed", "F1 by type", "Brier score", "neither"):
        assert heading in table.stdout
    assert len([one for one in table.stderr.splitlines() if "demo-00" in one]) == 3


def test_evaluate_tells_what_the_model_did_not_read(gold: Path, desk: Path) -> None:
    with endpoint(recorded("refused")) as held:
        done = run("evaluate", gold, "--reader", "llm", "--llm", settings(desk, held), "--format", "json")
    assert done.exit_code == 1
    assert "not read demo-001: by test-model: the model refused to read it" in done.stderr
    assert len(json.loads(done.stdout)["llm"]["unread"]) == 4


def test_evaluate_compares_readers_of_reports_alone(gold: Path, desk: Path) -> None:
    with endpoint(recorded("none")) as held:
        words = ("evaluate", gold, "--reader", "llm", "--llm", settings(desk, held))
        for more in ((gold / "claims.jsonl",), ("--floors", "floors.json"), ("--plot", "a.svg")):
            assert run(*words, *more).exit_code == 2
        pages = Path(__file__).parents[1] / "corpus" / "pages"
        assert run("evaluate", pages, *words[2:]).exit_code == 2
    assert held.asked == []
