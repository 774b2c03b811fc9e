"""A writer that is killed, and readers beside a writer."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.store import Store
from store_support import READER

WRITER = Path(__file__).with_name("store_support.py")


def writer(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(WRITER), str(path)], stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill the writer at once, and return what it had still acknowledged; a half-written line does not count."""
    process.send_signal(signal.SIGKILL)
    rest = process.communicate()[0]
    return [line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 13, 40])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, count: int) -> None:
    path = tmp_path / "war.marsad"
    told: set[str] = set()
    for run in (1, 2):  # the second writer goes on in the file that the first one left
        process = writer(path)
        told.update(acknowledged(process, count), kill(process))
        if not path.exists():
            continue
        with Store.open(path) as store:
            there = {report.id for report in store.reports()}
            claims = [claim.report for claim in store.claims()]
            assert told <= there
            assert len(there - told) <= run  # the last one of a run may be there before it could say so
            assert sorted(claims) == sorted(name for name in there for _ in range(3))
            assert store.unread(READER, "") == ()
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


READING = """
import sys
from marsad.store import Store
with Store.open(sys.argv[1], busy_seconds=0.5) as store:
    seen = 0
    while seen < 60:
        reports = store.reports()
        assert len(reports) >= seen, "a report went away"
        seen = len(reports)
        claims = store.claims(report=reports[-1].id) if reports else (1, 1, 1)
        assert len(claims) == 3, "a report without its claims"
"""


def test_two_processes_read_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    writing = writer(path)
    try:
        acknowledged(writing, 1)
        command = [sys.executable, "-c", READING, str(path)]
        readers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        errors = [reader.communicate(timeout=60)[1] for reader in readers]
    finally:
        kill(writing)
    assert errors == ["", ""]
