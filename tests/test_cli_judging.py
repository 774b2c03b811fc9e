"""Overruling from the command line: judge, judgements and review, in a terminal and out of one."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import monitor_support as war
from marsad import Monitor
from marsad.cli import app
from marsad.evaluation import load_gold

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def held(tmp_path: Path) -> Path:
    return war.filled(tmp_path)


def run(held: Path, *words: object, user: str | None = "ana") -> Result:
    env = {"MARSAD_MONITOR": str(held), "MARSAD_USER": user, "COLUMNS": "200"}
    return CliRunner().invoke(app, [str(word) for word in words], env=env)


def listed(held: Path) -> list[dict[str, object]]:
    shown = run(held, "judgements", "--format", "jsonl")
    assert shown.exit_code == 0
    return [json.loads(line) for line in shown.stdout.splitlines()]


def test_a_judgement_is_kept_with_user_time_and_reason(held: Path) -> None:
    made = run(held, "judge", "reject", "c-bay", "--reason", "old news")
    assert made.exit_code == 0
    assert "ana, " in made.stdout
    assert "reject c-bay (old news)" in made.stdout
    (row,) = listed(held)
    assert (row["kind"], row["subject"], row["user"], row["reason"], row["status"]) == (
        "reject",
        "c-bay",
        "ana",
        "old news",
        "standing",
    )
    assert "c-bay" not in run(held, "claims", "--format", "csv").stdout
    assert "c-bay" in run(held, "claims", "--rejected", "--format", "csv").stdout


def test_the_user_is_the_login_where_none_is_given(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "desk")
    run(held, "judge", "accept", "c-bay", "--reason", "right", user=None)
    run(held, "judge", "accept", "c-taken", "--reason", "right", "--user", "ben")
    assert [row["user"] for row in listed(held)] == ["desk", "ben"]


def test_a_correction_is_told_with_what_was_there(held: Path) -> None:
    words = ("--set", "agent=the army", "--set", "from=2021-03-02", "--set", "to=2021-03-02", "--reason", "misread")
    made = run(held, "judge", "correct", "c-inside", *words)
    assert "agent Army of Exampleland (was Northern Front)" in made.stdout
    assert "interval 2021-03-02 (was 2021-03-01)" in made.stdout


def test_undo_is_seen_in_the_list(held: Path) -> None:
    run(held, "judge", "accept", "c-bay", "--reason", "right")
    (row,) = listed(held)
    assert run(held, "judge", "undo", row["id"], "--reason", "in haste").exit_code == 0
    assert [row["status"] for row in listed(held)] == ["undone", "standing"]


@pytest.mark.parametrize(
    "words",
    [
        ("judge", "accept", "c-nothing", "--reason", "x"),
        ("judge", "accept", "c-bay"),
        ("judge", "praise", "c-bay", "--reason", "x"),
        ("judge", "correct", "c-bay", "--reason", "x"),
        ("judge", "correct", "c-bay", "--set", "agent", "--reason", "x"),
        ("judge", "correct", "c-bay", "--set", "agent=a", "--set", "agent=b", "--reason", "x"),
        ("judge", "correct", "c-bay", "--set", "killed=-4", "--reason", "x"),
        ("judge", "correct", "c-bay", "--set", "lat=nan", "--set", "lon=0", "--reason", "x"),
        ("judge", "correct", "c-bay", "--set", "agent=a\x07", "--reason", "x"),
        ("judge", "accept", "c-bay", "--reason", "\x1b[2J"),
        ("judge", "note", "c-bay"),
        ("judgements", "--agreement", "ana"),
    ],
)
def test_bad_input_gives_one_clear_line_and_keeps_nothing(held: Path, words: tuple[str, ...]) -> None:
    refused = run(held, *words)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.output
    assert listed(held) == []


def test_agreement_is_a_table(held: Path) -> None:
    for user, kind in (("ana", "accept"), ("ben", "reject")):
        for claim in ("c-bay", "c-taken"):
            run(held, "judge", kind if claim == "c-bay" else "accept", claim, "--reason", "x", "--user", user)
    shown = run(held, "judgements", "--agreement", "ana", "--agreement", "ben", "--format", "jsonl")
    (row,) = map(json.loads, shown.stdout.splitlines())
    assert (row["question"], row["claims"], row["agreed"]) == ("verdict", 2, 1)


def test_gold_is_written_into_a_new_folder(held: Path, tmp_path: Path) -> None:
    run(held, "judge", "accept", "c-taken", "--reason", "right")
    assert run(held, "judgements", "--gold", tmp_path / "gold").exit_code == 0
    assert [claim.event for claim in load_gold(tmp_path / "gold").claims] == ["capture"]
    again = run(held, "judgements", "--gold", tmp_path / "gold")
    assert (again.exit_code, "is not empty" in again.output) == (2, True)


def test_without_a_terminal_review_prints_the_queue(held: Path) -> None:
    shown = run(held, "review", "--queue", 3, "--format", "jsonl")
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert len(rows) == 3
    assert rows[0]["points"] >= rows[1]["points"] >= rows[2]["points"]
    assert all(row["words"] for row in rows)
    assert "points" in run(held, "review").stdout


class Terminal:
    """`marsad review` in a terminal of its own."""

    def __init__(self, held: Path) -> None:
        """Begin a sitting of ana."""
        here, there = pty.openpty()
        command = [sys.executable, "-m", "marsad", "review", "--user", "ana", "--monitor", str(held)]
        self.process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, close_fds=True)
        os.close(there)
        self._end = here
        self.seen = ""
        self._read = 0

    def wait_for(self, words: str, seconds: float = 60) -> None:
        """Read until the terminal shows these words after those that were waited for before."""
        until = time.monotonic() + seconds
        while words not in self.seen[self._read :]:
            ready, _, _ = select.select([self._end], [], [], max(0, until - time.monotonic()))
            assert ready, f"'{words}' did not come:\n{self.seen}"
            try:
                self.seen += os.read(self._end, 4096).decode()
            except OSError:  # the other end is closed
                pytest.fail(f"'{words}' did not come:\n{self.seen}")
        self._read = self.seen.index(words, self._read) + len(words)

    def write(self, line: str) -> None:
        """Write a line as a person does."""
        os.write(self._end, f"{line}\n".encode())

    def close(self) -> int:
        """Wait for the end and return the exit code."""
        code = self.process.wait(timeout=60)
        os.close(self._end)
        return code


def test_review_in_a_terminal_takes_a_key_for_each_claim(held: Path) -> None:
    with Monitor.open(held) as monitor:
        queue = [item.claim.id for item in monitor.review_queue("ana")]
    terminal = Terminal(held)
    terminal.wait_for("q quit: ")
    assert queue[0] in terminal.seen
    terminal.write("a")
    terminal.wait_for("read in its context]: ")
    terminal.write("")
    terminal.wait_for("q quit: ")
    terminal.write("c")
    terminal.wait_for("nothing ends): ")
    terminal.write("event=nonsense")
    terminal.wait_for("nothing ends): ")
    terminal.write("")
    terminal.wait_for("why: ")
    terminal.write("slip")
    terminal.wait_for("not kept: 'event' cannot be 'nonsense'")
    terminal.wait_for("q quit: ")
    terminal.write("r")
    terminal.wait_for("why: ")
    terminal.write("not in the text")
    terminal.wait_for("q quit: ")
    terminal.write("s")
    terminal.wait_for("q quit: ")
    terminal.write("u")
    terminal.wait_for("is undone")
    terminal.wait_for("q quit: ")
    terminal.write("q")
    terminal.wait_for("1 judgement by ana")
    assert terminal.close() == 0
    rows = listed(held)
    assert [(row["kind"], row["status"]) for row in rows] == [
        ("accept", "standing"),
        ("reject", "undone"),
        ("undo", "standing"),
    ]
    assert [rows[0]["subject"], rows[1]["subject"]] == queue[:2]
