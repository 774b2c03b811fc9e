"""The command line: exit codes, errors in one line, formats, and questions to a monitor's file."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import monitor_support as war
from marsad import __version__
from marsad.cli import app
from marsad.demo import demo_gold, demo_theatre

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

COMMANDS = (
    "demo", "read", "places", "add", "reread", "claims", "disputes", "assess", "control", "search", "nowcast",
    "sources", "report", "judge", "judgements", "review", "check", "backup", "restore", "evaluate", "rules",
    "gazetteer", "theatre",
)  # fmt: skip


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def held(tmp_path: Path) -> Path:
    return war.filled(tmp_path)


def test_version_is_printed() -> None:
    assert run("--version").stdout == f"marsad {__version__}\n"


def test_help_lists_every_command() -> None:
    shown = run("--help").stdout
    assert all(f"\n  {command} " in shown for command in COMMANDS)


@pytest.mark.parametrize(
    "command", [*((name,) for name in COMMANDS), ("gazetteer", "build"), ("theatre", "check"), ("rules", "show")]
)
def test_every_command_has_a_help_text(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout or "Commands:" in result.stdout


def test_help_comes_quickly() -> None:
    command = [sys.executable, "-m", "marsad", "--help"]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


@pytest.mark.parametrize(
    "words",
    [
        ("claims", "--no-such-option"),
        ("claims", "--format", "xml"),
        ("assess",),
        ("no-such-command",),
        ("evaluate", "gold", "--update-floors"),
    ],
)
def test_wrong_use_exits_with_2(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize(
    "command", [("claims",), ("disputes",), ("assess", "p-1"), ("control",), ("nowcast",), ("sources",), ("report",)]
)
def test_question_to_a_missing_monitor_makes_none(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "none.marsad"
    result = run(*command, "--monitor", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"marsad: no monitor at {path}; make one with `marsad add FILE --monitor {path}`\n"
    assert not path.exists()


def test_file_that_is_no_monitor_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    result = run("claims", "--monitor", path)
    assert result.exit_code == 2
    assert result.stderr.startswith("marsad: ")
    assert result.stderr.count("\n") == 1


def test_monitor_is_taken_from_the_environment(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_MONITOR", str(held))
    assert run("claims", "--format", "jsonl").stdout.count("\n") == len(war.claims())


def test_claims_in_every_format(held: Path) -> None:
    lines = [json.loads(line) for line in run("claims", "--monitor", held, "--format", "jsonl").stdout.splitlines()]
    table = run("claims", "--monitor", held).stdout
    rows = list(csv.DictReader(run("claims", "--monitor", held, "--format", "csv").stdout.splitlines()))
    names = {claim.id for claim in war.claims()}
    assert {line["id"] for line in lines} == {row["id"] for row in rows} == names
    assert all(name in table for name in names)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--place", "Bay"), {"c-bay", "c-plan"}),
        (("--polarity", "denied"), {"c-denied"}),
        (("--source", "the army", "--event", "withdraw"), {"c-left"}),
        (("--as-of", "2021-03-01T08:00"), {"c-taken"}),
        (("--as-of", "2021-03-01T05:59Z"), set()),
        (("--as-of", "2021-03-01", "--event", "capture"), {"c-taken", "c-denied"}),
    ],
)
def test_claims_are_narrowed_down(words: tuple[str, ...], found: set[str], held: Path) -> None:
    lines = run("claims", "--monitor", held, "--format", "jsonl", *words).stdout.splitlines()
    assert {json.loads(line)["id"] for line in lines} == found


@pytest.mark.parametrize(("option", "value"), [("--as-of", "yesterday"), ("--as-of", "2021-13-01"), ("--on", "Sunday")])
def test_time_that_is_none_is_refused(option: str, value: str, held: Path) -> None:
    result = run("control", "--monitor", held, option, value)
    assert result.exit_code == 2
    assert value in result.stderr


def test_disputes_and_their_verdict(held: Path) -> None:
    hour = ("--as-of", "2021-03-01T13:30")
    line = json.loads(run("disputes", "--monitor", held, "--format", "jsonl", *hour, "--open").stdout)
    assert (line["supporters"], line["deniers"]) == (["Northern Front Channel"], ["Army of Exampleland"])
    shown = run("assess", line["proposition"], "--monitor", held, *hour).stdout
    assert "verdict: disputed" in shown
    assert "The army denied that rebels had taken Qarn." in " ".join(shown.split())
    evidence = run("assess", "c-denied", "--monitor", held, *hour, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(row)["words"] for row in evidence] == [
        "Our fighters have taken Qarn this morning.",
        "The army denied that rebels had taken Qarn.",
    ]


def test_unknown_id_is_told_in_one_line(held: Path) -> None:
    result = run("assess", "p-nothing", "--monitor", held)
    assert result.exit_code == 2
    assert result.stderr == "marsad: no proposition, claim or report with the id 'p-nothing' by then\n"


def test_control_by_one_account(held: Path) -> None:
    words = ("control", "Qarn", "--monitor", held, "--according-to", "rebels", "--format", "jsonl")
    states = [json.loads(line) for line in run(*words).stdout.splitlines()]
    assert {state["according_to"] for state in states} == {"rebels"}
    assert states[0]["claims"] == ["c-taken"]


def test_nowcast_of_a_place_as_rows_and_as_a_strip(held: Path) -> None:
    words = ("nowcast", "Qarn", "--monitor", held)
    rows = [json.loads(line) for line in run(*words, "--on", "2021-03-01", "--format", "jsonl").stdout.splitlines()]
    assert {row["holder"] for row in rows} == {"Northern Front", "Army of Exampleland", "contested", "unknown"}
    assert sum(row["probability"] for row in rows) == pytest.approx(1, abs=0.001)
    strip = run(*words, "--since", "2021-02-27").stdout.splitlines()
    assert strip[0].startswith("Qarn  2021-03-01 to 2021-03-02; last heard")
    assert any(line.endswith("Northern Front") for line in strip)


def test_nowcast_without_a_word_says_so(held: Path) -> None:
    result = run("nowcast", "Nowhere", "--monitor", held)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "nothing is said of who holds Nowhere by then\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--on", "Sunday"), "'Sunday' is no date"),
        (("--since", "soon"), "'soon' is no date"),
        (("--on", "2021-03-01", "--since", "2021-03-02"), "the days would begin on 2021-03-02, after their end"),
    ],
)
def test_nowcast_of_days_that_are_none_is_refused(words: tuple[str, ...], told: str, held: Path) -> None:
    result = run("nowcast", "--monitor", held, *words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_sources_are_listed(held: Path) -> None:
    rows = csv.DictReader(run("sources", "--monitor", held, "--format", "csv").stdout.splitlines())
    assert {"government", "rebels", "Exampleland Monitor"} == {row["voice"] for row in rows}


def test_sources_are_chosen_by_name_and_topic(held: Path) -> None:
    words = ("sources", "Government", "--topic", "territory", "--monitor", held, "--format", "jsonl")
    (row,) = [json.loads(line) for line in run(*words).stdout.splitlines()]
    assert (row["voice"], row["topic"], row["claims"], row["failed"]) == ("government", "territory", 2, 1)
    assert (row["failed_self_serving"], row["share"], row["share_low"]) == (1, 0.0, 0.0)
    refused = run("sources", "--topic", "weather", "--monitor", held)
    assert refused.exit_code == 2
    assert "'weather' is none of other, routes, territory, violence" in refused.stderr


def test_verdicts_follow_the_chosen_rules(held: Path) -> None:
    hour = ("--as-of", "2021-03-01T13:30", "--monitor", held)
    assert "disputed (source F, item 6; marsad-1 1.0)" in run("assess", "c-denied", *hour).stdout
    chosen = run("assess", "c-denied", *hour, "--rules", "recorders-1").stdout
    assert "contested (source F, item 6; recorders-1 1.0)" in chosen
    (row,) = run("disputes", *hour, "--rules", "recorders-1", "--format", "jsonl").stdout.splitlines()
    assert json.loads(row)["grade"] == "contested"
    refused = run("disputes", *hour, "--rules", "nosuch")
    assert (refused.exit_code, refused.stderr) == (
        2, "marsad: no rule set and no file 'nosuch'; the shipped sets are marsad-1, recorders-1\n"
    )  # fmt: skip


def test_rule_sets_are_listed_and_shown() -> None:
    listed = [json.loads(line) for line in run("rules", "list", "--format", "jsonl").stdout.splitlines()]
    assert [row["name"] for row in listed] == ["marsad-1", "recorders-1"]
    assert run("rules").stdout == run("rules", "list").stdout
    shown = run("rules", "recorders-1").stdout
    assert shown == run("rules", "show", "recorders-1").stdout
    assert shown.startswith("recorders-1 1.0: ")
    rows = [json.loads(line) for line in run("rules", "marsad-1", "--format", "jsonl").stdout.splitlines()]
    assert [row["number"] for row in rows] == list(range(1, 11))
    assert rows[0] | {"because": "", "would_change": ""} == {
        "rule_set": "marsad-1", "version": "1.0", "number": 1, "grade": "settled", "when": {"conceded": True},
        "item": "1", "settles": "affirmed", "because": "", "would_change": "",
    }  # fmt: skip


def test_rule_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nversion = "1"\nwhat = "mine"\n[grades.weak]\nwhat = "said"\n')
    wrong = run("rules", "check", path)
    assert (wrong.exit_code, wrong.stderr) == (2, f"marsad: {path}:4: 'open' must be true or false\n")
    rule = '[[rules]]\ngrade = "weak"\nwhen = { voices_for = 1 }\nitem = "4"\nbecause = "So."\nwould_change = "No."\n'
    path.write_text(path.read_text() + "open = false\n" + rule)
    assert run("rules", "check", path).stdout == f"{path} is sound: mine 1; 1 grades, 1 rules\n"
    assert "a voice for" in run("rules", path).stdout


def test_report_as_text_and_markdown(held: Path) -> None:
    words = ("report", "--monitor", held, "--as-of", "2021-03-01T13:30")
    text, markdown = run(*words).stdout, run(*words, "--format", "markdown").stdout
    assert text.startswith("Situation report: Exampleland, 2021\nAs of 1 Mar 2021 13:30 +02:00")
    assert markdown.startswith("# Situation report: Exampleland, 2021\n")
    assert "Our fighters have taken Qarn this morning." in text
    assert "> The army denied that rebels had taken Qarn." in markdown


def test_report_as_page_and_json(held: Path) -> None:
    words = ("report", "--monitor", held, "--as-of", "2021-03-01T13:30")
    page, data = run(*words, "--format", "html").stdout, json.loads(run(*words, "--format", "json").stdout)
    assert page.startswith("<!doctype html>")
    assert "Our fighters have taken Qarn this morning." in page
    assert (data["as_of"], data["since"]) == ("2021-03-01T13:30:00+02:00", "2021-02-28T13:30:00+02:00")
    assert [one["headline"] for one in data["new_disputes"]] == ["Northern Front captured Qarn"]


@pytest.mark.parametrize(
    ("since", "begins"),
    [
        ("90m", "2021-03-01T12:00:00+02:00"),
        ("1.5h", "2021-03-01T12:00:00+02:00"),
        ("7d", "2021-02-22T13:30:00+02:00"),
        ("2021-03-01", "2021-03-01T00:00:00+02:00"),
        ("2021-03-01T09:00", "2021-03-01T09:00:00+02:00"),
        ("2021-03-01T09:00Z", "2021-03-01T09:00:00+00:00"),
    ],
)
def test_report_tells_what_is_new_since_then(since: str, begins: str, held: Path) -> None:
    words = ("report", "--monitor", held, "--as-of", "2021-03-01T13:30", "--since", since, "--format", "json")
    assert json.loads(run(*words).stdout)["since"] == begins


@pytest.mark.parametrize("since", ["yesterday", "24", "-3h", "1w", "2021-02-30", ""])
def test_period_that_is_none_is_refused(since: str, held: Path) -> None:
    result = run("report", "--monitor", held, "--since", since)
    assert result.exit_code == 2
    assert "is no period" in " ".join(result.stderr.replace("│", " ").split())


def test_period_that_begins_after_its_end_is_told_in_one_line(held: Path) -> None:
    result = run("report", "--monitor", held, "--as-of", "2021-03-01T13:30", "--since", "2021-03-02")
    assert result.exit_code == 2
    assert result.stderr.startswith("marsad: the period begins at 2021-03-02T00:00:00+02:00, after its end at ")
    assert result.stderr.count("\n") == 1


def test_control_tells_how_old_each_word_is(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    words = ("control", "Qarn", "--monitor", held, "--as-of", "2021-03-04T08:00")
    assert "no word since 1 Mar, 3 days" in " ".join(run(*words, "--according-to", "rebels").stdout.split())
    rows = [json.loads(line) for line in run(*words, "--format", "jsonl").stdout.splitlines()]
    assert {row["according_to"]: row["silent_hours"] for row in rows if row["status"] == "claimed"} == {"rebels": 72.0}


def test_control_as_a_timeline(held: Path) -> None:
    words = ("control", "Qarn", "--monitor", held, "--as-of", "2021-03-04T08:00", "--view", "timeline")
    shown = run(*words).stdout
    assert shown.startswith("Qarn, 2021-03-01 to 2021-03-04\n")
    assert "Northern Front            Cccc  no word since 1 Mar, 3 days" in shown
    strips = {
        row["according_to"]: row["days"]
        for row in map(json.loads, run(*words, "--format", "jsonl").stdout.splitlines())
    }
    assert strips["rebels"] == "Cccc"


def test_adding_known_reports_needs_no_reading(held: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.jsonl"
    report = war.reports()["r1"]
    assert report.published is not None
    row = {
        "id": report.id,
        "publisher": report.publisher,
        "text": report.text,
        "published": report.published.isoformat(),
    }
    known.write_text(json.dumps(row))
    result = run("add", known, "--monitor", held)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"0 reports added, 1 known before; 0 claims read into {held}\n"


def test_bad_input_is_listed_line_by_line_and_exits_with_1(held: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "no text"}\nnot json\n')
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = run("add", bad, empty, tmp_path / "missing.txt", "--monitor", held)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    assert lines[0] == f"skipped {bad}:1: no 'text'"
    assert all(line.startswith("skipped ") for line in lines)


def test_of_many_inputs_skipped_for_one_reason_the_first_and_the_last_are_named(held: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "no text"}\n' * 1_000 + "not json\n")
    result = run("add", bad, "--monitor", held)
    assert result.stderr.splitlines() == [
        f"skipped {bad}:1: no 'text'",
        f"skipped {bad}:2: no 'text'",
        f"skipped {bad}:3: no 'text'",
        f"skipped 997 more, the last {bad}:1000: no 'text'",
        f"skipped {bad}:1001: not JSON: Expecting value (line 1001, column 1)",
    ]


def test_sound_theatre_is_said_to_be_sound() -> None:
    result = run("theatre", "check", demo_theatre())
    assert result.exit_code == 0
    assert "is sound: Syria, 2024; " in result.stdout


def test_wrong_theatre_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "theatre.toml"
    path.write_text('name = "X"\n\n[sides.a]\nopposes = ["b"]\n')
    result = run("theatre", "check", path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"marsad: {path}:4: ")


def test_predictions_are_scored(tmp_path: Path) -> None:
    predicted = tmp_path / "half.jsonl"
    predicted.write_text("\n".join((demo_gold() / "claims.jsonl").read_text("utf-8").splitlines()[::2]), "utf-8")
    result = run("evaluate", demo_gold(), predicted, "--errors", "2")
    assert result.exit_code == 0
    assert "faults:  missed" in result.stdout
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["missed", "missed"]
    as_json = json.loads(run("evaluate", demo_gold(), predicted, "--format", "json").stdout)
    assert as_json["typed"]["p"] == 1.0


def test_floors_fail_what_falls_below_them(tmp_path: Path) -> None:
    gold, half, floors = demo_gold() / "claims.jsonl", tmp_path / "half.jsonl", tmp_path / "floors.json"
    half.write_text("\n".join(gold.read_text("utf-8").splitlines()[::2]), "utf-8")
    assert run("evaluate", demo_gold(), gold, "--floors", floors, "--update-floors").exit_code == 0
    assert run("evaluate", demo_gold(), gold, "--floors", floors).exit_code == 0
    result = run("evaluate", demo_gold(), half, "--floors", floors)
    assert result.exit_code == 1
    assert "typed fell to " in result.stderr


def test_folder_without_gold_is_told_in_one_line(tmp_path: Path) -> None:
    result = run("evaluate", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"marsad: {tmp_path / 'reports.jsonl'}: ")


def test_folder_of_saved_pages_is_scored_by_what_is_taken_out_of_them(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    row: dict[str, object] = {"file": "empty.html", "retrieved": "2022-01-01T00:00:00Z", "reports": []}
    (tmp_path / "pages.jsonl").write_text(json.dumps(row))
    floors = tmp_path / "floors.json"
    assert run("evaluate", tmp_path, "--floors", floors, "--update-floors").exit_code == 0
    result = run("evaluate", tmp_path, "--floors", floors, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["shares"]["no report"] == {"share": 1.0, "right": 1, "asked": 1}
    story = {"title": "A", "text": "Words.", "published": None, "updated": None, "authors": [], "publisher": None}
    row["reports"] = [{**story, "language": None}]
    (tmp_path / "pages.jsonl").write_text(json.dumps(row))
    missed = run("evaluate", tmp_path, "--errors", "1")
    assert "no report" in missed.stdout
    assert missed.stderr.splitlines() == ["empty.html words: gold 1, found '0, F1 0.000'"]
    changed = run("evaluate", tmp_path, "--floors", floors)
    assert (changed.exit_code, "the corpus has changed" in changed.stderr) == (1, True)
    refused = run("evaluate", tmp_path, tmp_path / "predicted.jsonl")
    assert refused.exit_code == 2
    assert "saved pages are scored as they are read" in refused.stderr


def test_output_is_plain_where_it_is_no_terminal(held: Path) -> None:
    command = [sys.executable, "-m", "marsad", "report", "--monitor", str(held)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ("\x1b" in shown.stdout, shown.stderr) == (False, "")


def test_places_of_reports_are_printed_with_their_points(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Shells fell 15 km south of Homs in Syria on Friday.", "utf-8")
    table = run("places", story)
    assert table.exit_code == 0
    assert "15 km south" in " ".join(table.stdout.split())
    rows = [json.loads(line) for line in run("places", story, "--format", "jsonl").stdout.splitlines()]
    assert [(row["name"], row["start"], row["end"], row["use"]) for row in rows] == [
        ("Homs", 27, 31, "location"),
        ("Syria", 35, 40, "location"),
    ]
    assert rows[0]["gazetteer_id"] == "geonames:169577"
    assert (rows[0]["relation"], rows[0]["words"]) == ("bearing", "15 km south of")
    assert rows[0]["told_lat"] < rows[0]["lat"]


def test_places_of_what_cannot_be_read_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Shells fell on Homs in Syria.", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    result = run("places", tmp_path, "--format", "csv")
    assert result.exit_code == 1
    assert "Homs" in result.stdout
    assert "empty.txt" in result.stderr


def test_reader_that_stops_early_gets_no_traceback(held: Path) -> None:
    code = f"{sys.executable} -m marsad claims --monitor {held} --format jsonl | head -1"
    shown = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.count("\n") == 1
    assert "Traceback" not in shown.stderr


def test_gazetteer_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("gazetteer", "build", "--path", tmp_path / "file" / "places.sqlite")
    assert result.exit_code == 2
    assert result.stderr.startswith("marsad: cannot write the gazetteer ")
    assert result.stderr.count("\n") == 1


def test_a_monitor_is_checked_by_its_head(held: Path) -> None:
    first = run("check", "--monitor", held)
    assert (first.exit_code, first.stdout.splitlines()[-1]) == (0, "sound")
    head = json.loads(run("check", "--monitor", held, "--format", "jsonl").stdout)["head"]
    assert f"head: {head}" in first.stdout
    assert run("check", "--monitor", held, "--head", head).exit_code == 0
    wrong = run("check", "--monitor", held, "--head", "0" * 64)
    assert wrong.exit_code == 1
    assert "fault: the ledger does not hold" in wrong.stderr


def test_a_monitor_is_backed_up_and_restored(held: Path, tmp_path: Path) -> None:
    kept, again = tmp_path / "kept.marsad", tmp_path / "again.marsad"
    assert run("backup", kept, "--monitor", held).exit_code == 0
    assert run("backup", kept, "--monitor", held).exit_code == 2
    assert run("restore", kept, "--monitor", again).exit_code == 0
    twice = run("restore", kept, "--monitor", again)
    assert (twice.exit_code, len(twice.stderr.splitlines())) == (2, 1)
    asked = ("claims", "--format", "csv", "--monitor")
    assert run(*asked, again).stdout == run(*asked, held).stdout


def test_words_are_searched(held: Path) -> None:
    found = run("search", "qarn", "--event", "withdraw", "--monitor", held, "--format", "jsonl")
    (row,) = [json.loads(line) for line in found.stdout.splitlines()]
    assert (row["report"], [claim["id"] for claim in row["claims"]]) == ("r4", ["c-left"])
    assert "r4" in run("search", "qarn", "--since", "2021-03-02", "--monitor", held).stdout
    assert run("search", "qarn", "--until", "yesterday", "--monitor", held).exit_code == 2


# What came in


def test_reports_taken_in_for_later_are_told_and_every_input_is_listed(tmp_path: Path) -> None:
    monitor = tmp_path / "war.marsad"
    day = "2021-03-01T06:00:00+00:00"
    rows = ({"id": "r1", "publisher": "Wire", "text": "Rebels entered Qarn.", "published": day}, {"id": "r2"})
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    added = run("add", tmp_path / "in.jsonl", "--later", "--monitor", monitor)
    assert added.exit_code == 1
    assert added.stdout.startswith("1 reports added; 0 claims read")
    assert "1 reports wait to be read" in added.stdout
    shown = run("receipts", "--monitor", monitor, "--format", "jsonl")
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [(row["outcome"], row["report"], row["reason"] is None) for row in found] == [
        ("added", "r1", True),
        ("skipped", None, False),
    ]
    assert (
        "in.jsonl:2,skipped" in run("receipts", "--monitor", monitor, "--outcome", "skipped", "--format", "csv").stdout
    )
    assert run("receipts", "--monitor", monitor, "--since", "2100-01-01", "--format", "csv").stdout.count("\n") <= 1
    assert run("receipts", "--monitor", monitor, "--outcome", "lost").exit_code == 2
