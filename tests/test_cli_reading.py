"""The command line where it reads: the demonstration, scoring what was read, the examples of the help, bad input."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from marsad.cli import app
from marsad.demo import demo_gold, demo_reports, demo_theatre

if TYPE_CHECKING:
    from click.testing import Result

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("gazetteer")]
SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"
HELPS = (
    "demo",
    "read",
    "add",
    "archive",
    "claims",
    "disputes",
    "assess",
    "control",
    "sources",
    "report",
    "evaluate",
    "theatre check",
    "outlets",
    "receipts",
    "route",
    "access",
)
STORY = "HOMS, Syria - The army withdrew from Homs on Friday, the Syrian Observatory for Human Rights said.\n"


def run(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    environment.pop("MARSAD_MONITOR", None)
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the examples of the help speak of."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(demo_gold(), folder / "gold")
    some = re.compile(r'"(?:id|report)": "demo-0(?:0[1-4]|2[89]|3[01])"')
    for name in ("reports.jsonl", "claims.jsonl"):
        path = folder / "gold" / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if some.search(line)), "utf-8")
    shutil.copy(folder / "gold" / "reports.jsonl", folder)
    shutil.copy(folder / "gold" / "theatre.toml", folder)
    shutil.copy(folder / "gold" / "claims.jsonl", folder / "predicted.jsonl")
    (folder / "story.txt").write_text(STORY)
    (folder / "incidents.csv").write_text(f'notes;source\n"{STORY.strip()}";Example Monitor\n')
    (folder / "columns.toml").write_text('[columns]\ntext = "notes"\npublisher = "source"\n')
    (folder / "folder-of-reports").mkdir()
    (folder / "folder-of-reports" / "story.txt").write_text(STORY)
    (folder / "folder-of-pages").mkdir()
    (folder / "folder-of-pages" / "a.html").write_text(f"<html><body><h1>Homs</h1><p>{STORY}</p></body></html>")
    (folder / "my-outlets.toml").write_text('[[outlets]]\nname = "Example Monitor"\nkind = "ngo"\n')
    pages = Path(__file__).parents[1] / "corpus" / "pages"
    (folder / "corpus" / "pages").mkdir(parents=True)
    first = (pages / "pages.jsonl").read_text("utf-8").splitlines()[0]
    (folder / "corpus" / "pages" / "pages.jsonl").write_text(f"{first}\n", "utf-8")
    shutil.copy(pages / json.loads(first)["file"], folder / "corpus" / "pages")
    made = shell("marsad add reports.jsonl --theatre theatre.toml && marsad evaluate gold predicted.jsonl", folder)
    assert made.returncode == 0, made.stderr
    digest = "import sys, marsad; print(marsad.Corpus.open(__import__('pathlib').Path('gold')).digest)"
    corpus = shell(f'python -c "{digest}"', folder).stdout.strip()
    (folder / "floors.json").write_text(json.dumps({"corpus": corpus, "floors": {"typed": 0.1}}))
    return folder


def examples() -> list[str]:
    found = []
    for name in HELPS:
        shown = run(*name.split(), "--help").stdout
        found += [line.strip() for line in shown.partition("Examples:")[2].splitlines() if line.strip()]
    return found


def test_every_help_has_examples() -> None:
    assert len(examples()) >= 2 * len(HELPS) - 1
    assert all("marsad " in example for example in examples())


@pytest.mark.parametrize("example", examples())
def test_example_of_the_help_works(example: str, desk: Path) -> None:
    done = shell(example, desk)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout or ">" in example


def test_demonstration_leads_from_the_report_to_the_words(tmp_path: Path) -> None:
    path = tmp_path / "demo.marsad"
    result = run("demo", "--monitor", path)
    assert (result.exit_code, result.stderr) == (0, "")
    for part in ("In short", "New disputes", "Changed, by account", "One voice only", "Not known"):
        assert f"\n{part}\n" in result.stdout
    follow = re.search(r"^  marsad (assess p-\S+ --as-of \S+) --monitor", result.stdout, re.MULTILINE)
    assert follow
    shown = run(*follow[1].split(), "--monitor", path)
    assert shown.exit_code == 0
    assert "verdict: disputed" in shown.stdout
    again = run("demo", "--monitor", path)
    assert again.stdout == result.stdout


def test_demonstration_shows_progress_on_standard_error(tmp_path: Path) -> None:
    environment = {**os.environ, "FORCE_COLOR": "1"}
    command = [sys.executable, "-m", "marsad", "demo", "--monitor", str(tmp_path / "demo.marsad")]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "36/36" in shown.stderr
    assert "36/36" not in shown.stdout


def test_claims_that_are_read_are_scored_alike_everywhere(tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    result = run("read", demo_reports(), "--theatre", demo_theatre(), "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    predicted.write_text(result.stdout, "utf-8")
    from_file = json.loads(run("evaluate", demo_gold(), predicted, "--format", "json").stdout)
    read_now = json.loads(run("evaluate", demo_gold(), "--format", "json").stdout)
    of_read = read_now["disputes"].pop("read")
    assert read_now["control"].pop("read")
    assert 0 < of_read["recall"] < read_now["disputes"]["gold"]["recall"] <= 1
    assert read_now == from_file
    assert from_file["unplaced"] == 0
    if (SHARED / "score.py").exists():
        command = [sys.executable, SHARED / "score.py", demo_gold(), predicted, "--json"]
        theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        assert {name: from_file[name] for name in theirs} == theirs


def test_standard_input_is_read() -> None:
    result = run("read", "-", "--format", "jsonl", stdin=STORY)
    assert result.exit_code == 0
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(claim["event"], claim["source"]) for claim in claims] == [
        ("withdraw", "Syrian Observatory for Human Rights")
    ]


def test_bad_inputs_are_told_and_the_others_read(tmp_path: Path) -> None:
    sources = {
        "1-empty.txt": b"",
        "2-binary.txt": bytes(range(256)) * 20,
        "3-long.txt": b"word " * 4_000_000,
        "4-german.txt": (
            "Die Truppen haben sich am Sonntag aus der Stadt zurückgezogen, sagte ein Sprecher. " * 5
        ).encode(),
        "5-unbalanced.txt": b'"We hold Homs, the army said on Friday. "It is quiet.',
        "6-story.txt": STORY.encode(),
    }
    for name, content in sources.items():
        (tmp_path / name).write_bytes(content)
    result = run("read", tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.split(":")[0].rpartition("/")[2] for line in lines[:3]] == [
        "1-empty.txt",
        "2-binary.txt",
        "3-long.txt",
    ]
    assert lines[3].startswith("not read ")
    assert len(lines) == 4
    assert "withdraw" in {json.loads(line)["event"] for line in result.stdout.splitlines()}


def test_a_table_in_an_archive_is_added_with_a_column_map(desk: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.write(desk / "incidents.csv", "folder/incidents.csv")
        archive.writestr("../a.txt", "x")
    monitor = tmp_path / "war.marsad"
    added = run("add", tmp_path / "reports.zip", "--columns", desk / "columns.toml", "--monitor", monitor)
    assert added.exit_code == 1
    assert added.stderr == f"skipped {tmp_path}/reports.zip!/../a.txt: its name leads out of the archive\n"
    assert added.stdout.startswith("1 reports added; ")
    claims = run("claims", "--monitor", monitor, "--format", "csv").stdout
    assert "Homs" in claims
    assert run("read", desk / "incidents.csv", "--columns", desk / "columns.toml", "--format", "csv").stdout


def test_a_wrong_column_map_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    path.write_text('[columns]\ntxt = "notes"\n')
    for command in ("add", "read", "places"):
        refused = run(command, "a.csv", "--columns", path, *(("--monitor", tmp_path / "m") if command == "add" else ()))
        assert refused.exit_code == 2
        assert refused.stderr.startswith(f"marsad: {path}:2: unknown key 'txt'; known here: agencies, ")
