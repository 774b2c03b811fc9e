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


def writer(path: Path | str) -> subprocess.Popen[str]:
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


def killed(places: list[str], times: int) -> dict[str, set[str]]:
    """Return what writers that were killed had acknowledged, by place."""
    command = [sys.executable, str(WRITER), str(times), *places]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, set[str]] = {place: set() for place in places}
    for line in done.stdout.splitlines():
        place, name = line.split()
        told[place].add(name)
    return told


@pytest.mark.slow
def test_three_hundred_kills_lose_nothing_that_was_acknowledged(where: Path | str) -> None:
    places = [f"{where}.{number}" for number in range(10)] if isinstance(where, Path) else [where]
    told = killed(places, 300)
    assert sum(map(len, told.values())) > 200  # most were not killed at their very start
    for place, names in told.items():
        with Store.open(place) as store:
            there = [one.id for one in store.reports()]
            claims = [one.report for one in store.claims()]
            found = store.check()
        assert len(there) == len(set(there))
        assert names <= set(there)
        assert len(set(there) - names) <= 300 / len(places)  # the last one of each writer, before it could say so
        assert sorted(claims) == sorted([*there, *there])
        assert found.faults == ()
        assert found.entries == 3 * len(there)


FULL = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from store_support import NOW, READER, claim, report
from marsad.errors import StoreError
from marsad.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.open(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    for number in range(1000):
        name = f"r{number}"
        try:
            found = [claim(f"c{number}", name)]
            store.add(report(name, "word " * 2000), found, extractor=READER, theatre="", learnt=NOW)
        except StoreError as error:
            print(error, file=sys.stderr)
            break
        print(name, flush=True)
"""


def test_a_disk_without_room_loses_nothing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    command = [sys.executable, "-c", FULL, str(path), str(WRITER.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == f"{path}: the disk cannot be read or written: full, or failing"
    with Store.open(path) as store:
        assert sorted(one.id for one in store.reports()) == sorted(done.stdout.split())
        assert len(done.stdout.split()) > 5
        assert store.check().faults == ()


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


def test_two_processes_read_while_one_writes(where: Path | str) -> None:
    writing = writer(where)
    try:
        acknowledged(writing, 1)
        command = [sys.executable, "-c", READING, str(where)]
        readers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        errors = [reader.communicate(timeout=60)[1] for reader in readers]
    finally:
        kill(writing)
    assert errors == ["", ""]
