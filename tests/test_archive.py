"""Archives: the same tables wherever and in whatever order the work is done, and the same answers as a monitor's."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer.testing

from archive_support import made, rows, theatre_file, told, tree, write_lines
from marsad.archive.inputs import read_unit, units
from marsad.archive.tables import read_table
from marsad.cli import app
from marsad.errors import InputError
from marsad.intake import Taken
from marsad.monitor import Monitor
from marsad.reading import NETWORK
from marsad.records import Assessment, ControlState, Dispute, JudgementKind, Link, Proposition, SourceRecord
from marsad.serial import to_json
from marsad.vocabulary import load_publishers

TESTS = Path(__file__).parent
KILLED = """
import os, signal, sys
from pathlib import Path
from archive_support import made

def progress(what, done, total):
    if what == {stage!r} and done:
        os.kill(os.getpid(), signal.SIGKILL)

made([Path(sys.argv[1])], Path(sys.argv[2]), size=2, progress=progress)
"""
REPORTS_OF_A_DAY = ("reports/date=2024-12-11/country=SY/part-0.parquet",)
BAD = [
    '{"id": "broken"',
    '{"id": "g", "text": ""}',
    '{"id": "c", "text": "Another text under the id of the Homs story."}',
]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("in") / "reports.jsonl", [*rows(), *BAD])


@pytest.fixture(scope="module")
def whole(lines: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the reports, made one by one in a single share a step."""
    out = tmp_path_factory.mktemp("whole") / "archive"
    made([lines], out)
    return out


@pytest.mark.slow
@pytest.mark.parametrize("options", [{"size": 1}, {"size": 3}, {"workers": 2, "size": 2}], ids=str)
def test_the_tables_are_the_same_bytes_however_the_work_is_shared_out(
    options: dict[str, Any], lines: Path, whole: Path, tmp_path: Path
) -> None:
    made([lines], tmp_path / "archive", **options)
    assert tree(tmp_path / "archive") == tree(whole)


@pytest.mark.slow
def test_the_tables_are_the_same_whatever_file_a_report_stands_in_and_in_which_order(
    lines: Path, whole: Path, tmp_path: Path
) -> None:
    shuffled = [*rows(), *BAD]
    random.Random(4).shuffle(shuffled)
    parts = [write_lines(tmp_path / "in" / f"{n}.jsonl", shuffled[n::3]) for n in range(3)]
    table = tmp_path / "in" / "rows.parquet"
    parquet = [one for one in rows() if one["id"] in {"c", "d"}]
    pq.write_table(pa.Table.from_pylist(parquet), table)
    made([table, *reversed(parts)], tmp_path / "archive", size=2)
    apart = ("receipts", "skipped", "irrelevant", "archive.json")  # these tell the names of the files
    same = [
        {name: data for name, data in tree(one).items() if not name.startswith(apart)}
        for one in (whole, tmp_path / "archive")
    ]
    assert same[0] == same[1]


@pytest.mark.slow
def test_an_archive_answers_as_a_monitor_to_which_its_reports_were_added(lines: Path, tmp_path: Path) -> None:
    out, profile = tmp_path / "archive", theatre_file(tmp_path)
    made([lines], out, size=2, every=True, network=NETWORK)
    with Monitor.open(tmp_path / "war.marsad", theatre=profile) as added, Monitor.open(out) as opened:
        added.add([lines])
        one, other = opened.picture(), added.picture()
        assert other.claims
        assert any(origin.origin != name for name, origin in other.origins.items())
        assert opened.claims() == added.claims()
        assert opened.disputes() == added.disputes()
        assert opened.control() == added.control()
        assert one.linked == other.linked
        assert one.assessments == other.assessments
        assert report_lines(opened) == report_lines(added)
        assert received(opened) == received(added)
        assert opened.check().faults == ()
    for table, record, wanted in (
        ("propositions", Proposition, other.linked.propositions),
        ("links", Link, other.linked.links),
        ("assessments", Assessment, other.assessments.values()),
        ("disputes", Dispute, other.disputes),
        ("control", ControlState, other.control),
        ("sources", SourceRecord, other.sources),
    ):
        assert told(out, table, record) == sorted(wanted, key=repr), table


@pytest.mark.slow
def test_the_monitor_of_an_archive_is_made_once_and_keeps_what_is_ruled(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    shutil.copytree(whole, out)
    with Monitor.open(out) as held:
        claim = held.claims()[0]
        held.judge(JudgementKind.REJECT, claim.id, user="ada", reason="not in the text")
    with Monitor.open(out) as held:
        assert claim not in held.claims()


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_and_ends_in_the_same_bytes(lines: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    taken: set[int] = set()
    for stage in ("reading", "placing claims", "writing"):
        code = KILLED.format(stage=stage)
        done = subprocess.run([sys.executable, "-c", code, str(lines), str(out)], cwd=TESTS, check=False)
        assert done.returncode == -signal.SIGKILL
        assert not (out / "archive.json").exists()
        taken |= {path.stat().st_mtime_ns for path in (out / "_work" / "take").glob("*.done")}
    assert len(taken) == 1  # what was taken in is not taken in again
    made([lines], out, size=2)
    assert tree(out) == tree(whole)


@pytest.mark.slow
def test_what_gives_no_report_stands_in_a_side_table_with_its_reason(lines: Path, whole: Path) -> None:
    reasons = {row["origin"].removeprefix(f"{lines}:"): row["reason"] for row in read_table(whole, "skipped")}
    assert set(reasons) == {"9", "10", "11"}
    assert "no words" in reasons["10"]
    assert reasons["11"] == "id 'c' is already used by another text"


@pytest.mark.slow
def test_what_is_not_read_is_listed(whole: Path) -> None:
    assert [row["report"] for row in read_table(whole, "irrelevant")] == ["e"]
    unread = {row["id"]: row["unread"] for row in read_table(whole, "reports") if row["unread"]}
    assert set(unread) == {"d"}
    assert "language" in unread["d"]


@pytest.mark.slow
def test_the_same_report_twice_is_one_and_a_changed_one_is_a_version(whole: Path) -> None:
    reports = {row["id"]: row for row in read_table(whole, "reports")}
    (version,) = (name for name, row in reports.items() if row.get("version_of"))
    assert set(reports) == {"a", "b", "c", "d", "f", version}
    assert reports[version]["version_of"] == "a"
    outcomes = sorted(row["outcome"] for row in read_table(whole, "receipts") if row["report"] in {"a", version})
    assert outcomes == ["added", "duplicate", "updated"]


@pytest.mark.slow
def test_a_whole_archive_is_left_as_it_is(lines: Path, whole: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("*")}
    assert not made([lines], whole).made
    assert {path: path.stat().st_mtime_ns for path in whole.rglob("*")} == before


@pytest.mark.slow
def test_a_store_of_fsspec_is_read(lines: Path, whole: Path, tmp_path: Path) -> None:
    with fsspec.open("memory://crawl/reports.jsonl", "wb") as stream:
        stream.write(lines.read_bytes())
    made(["memory://crawl"], tmp_path / "archive")
    same = [(out / name).read_bytes() for out in (whole, tmp_path / "archive") for name in REPORTS_OF_A_DAY]
    assert same[0] == same[1]
    origins = {row["origin"] for row in read_table(tmp_path / "archive", "receipts")}
    assert "memory:///crawl/reports.jsonl:1" in origins


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("nowhere.jsonl", "no file or folder at nowhere.jsonl"),
        ("https://example.org/crawl.warc.gz", "`marsad add` asks web servers"),
        ("simplecache::https://example.org/crawl.warc.gz", "`marsad add` asks web servers"),
        ("nosuch://bucket", "nosuch://bucket: cannot be read"),
        ("-", "standard input cannot be read in parts"),
    ],
)
def test_an_input_that_cannot_be_is_refused_in_one_line(source: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(reason)):
        units([source], 1)


@pytest.mark.slow
def test_a_folder_that_is_something_else_is_refused(lines: Path, whole: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not empty, and holds no archive"):
        made([lines], lines.parent)
    with pytest.raises(InputError, match="holds the archive of other inputs or settings"):
        made([lines], whole, every=True)
    later = tmp_path / "archive"
    later.mkdir()
    (later / "archive.json").write_text('{"archive": 99, "extractor": "", "identity": "", "rows": {}, "unread": 0}')
    with pytest.raises(InputError, match="an archive of version 99"):
        made([lines], later)


@pytest.mark.slow
def test_inputs_in_the_memory_of_this_process_are_not_given_to_others(tmp_path: Path) -> None:
    with fsspec.open("memory://other/reports.jsonl", "wb") as stream:
        stream.write(b"{}")
    with pytest.raises(InputError, match="read it with one worker"):
        made(["memory://other"], tmp_path / "archive", workers=2)


def test_long_lines_of_json_and_groups_of_rows_are_cut_and_numbered_as_in_the_file(tmp_path: Path) -> None:
    long = write_lines(
        tmp_path / "in" / "long.jsonl", [{"id": str(n), "text": f"Report {n} " * n} for n in range(1, 91)]
    )
    table = tmp_path / "in" / "table.parquet"
    pq.write_table(
        pa.Table.from_pylist([{"id": f"p{n}", "text": f"Row {n}"} for n in range(90)]), table, row_group_size=7
    )
    parts = units([tmp_path / "in"], 500)
    assert len([one for one in parts if one.name == str(long)]) > 5
    assert len([one for one in parts if one.name == str(table)]) > 2
    found = [item for unit in parts for item in read_unit(unit, load_publishers(), None, None)]
    assert all(isinstance(item, Taken) for item in found)
    uncut = units([tmp_path / "in"], 1 << 30)
    assert found == [item for unit in uncut for item in read_unit(unit, load_publishers(), None, None)]
    assert len(found) == 180


@pytest.mark.slow
def test_a_cluster_makes_the_same_tables(lines: Path, whole: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from archive_support import made; "
    code += "made([Path(sys.argv[1])], Path(sys.argv[2]), size=3, workers=2, address='local')"
    out = tmp_path / "archive"
    command = [sys.executable, "-c", code, str(lines), str(out)]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(out) == tree(whole)


@pytest.mark.slow
def test_the_command_tells_what_there_is(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", [*rows()[:2], *BAD[:1]])
    command = ["archive", str(lines), "--out", str(tmp_path / "archive"), "--workers", "1"]
    done = typer.testing.CliRunner().invoke(app, command)
    assert done.exit_code == 1
    assert done.stdout.startswith("2 reports, ")
    assert f"1 skipped: {tmp_path}/archive/skipped" in done.stderr
    again = typer.testing.CliRunner().invoke(app, command)
    assert again.stdout.strip().endswith("which were there already")
    refused = typer.testing.CliRunner().invoke(app, ["archive", "nowhere", "--out", str(tmp_path / "other")])
    assert (refused.exit_code, refused.stderr) == (2, "marsad: no file or folder at nowhere\n")


@pytest.mark.slow
def test_the_queries_of_the_documentation_find_what_there_is(
    whole: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(whole, tmp_path / "archive")
    monkeypatch.chdir(tmp_path)
    page = (TESTS.parent / "docs" / "archives.md").read_text("utf-8")
    first, second, third = re.findall(r"^```sql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert {source for source, _, _ in duckdb.sql(first).fetchall()} >= {"Monitor", "Ministry of Defence"}
    disputed = [row for row in read_table(whole, "assessments") if row["grade"] == "disputed"]
    assert len(duckdb.sql(second).fetchall()) == len(disputed) > 0
    duckdb.execute(third)
    rows = list(read_table(whole, "claims"))
    assert pq.read_metadata("claims.parquet").num_rows == len(rows)
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert sum(names["by_day"]["len"]) == sum(row["event"] == "capture" for row in rows)


def report_lines(held: Monitor) -> str:
    """The report as JSON; in which order inputs were skipped is of no account."""
    told = to_json(held.report())
    return json.dumps({**told, "unused": sorted(map(str, told["unused"]))})


def received(held: Monitor) -> set[tuple[object, ...]]:
    """Inputs and what became of them, without when."""
    return {(one.origin, one.outcome, one.report, one.content, one.reason) for one in held.receipts()}
