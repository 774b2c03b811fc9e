"""What the tests of the store share, and the process that writes until it is killed."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marsad.records import Certainty, Claim, DatePrecision, Passage, Place, Polarity, Report, Stance
from marsad.store import Store

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
READER = "reader/1"


def report(name: str = "r1", text: str = "Rebels entered the town.", **fields: Any) -> Report:
    values: dict[str, Any] = {
        "published": NOW,
        "published_precision": DatePrecision.PART_OF_DAY,
        "publisher": "Example News",
        **fields,
    }
    return Report(id=name, kind="wire", title="", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **values)


def claim(name: str = "c1", of: str = "r1", **fields: Any) -> Claim:
    values: dict[str, Any] = {"source": "narrator", "event": "enter", "place": Place(name="town", lat=1.0), **fields}
    return Claim(
        id=name,
        report=of,
        polarity=Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN,
        stance=Stance.ASSERTS,
        anchor=Passage(report=of, start=7, end=14),
        extractor=READER,
        **values,
    )


def write_for_ever(where: Path | str) -> None:
    """Add reports of three claims each, one transaction a report, and say each id once it is acknowledged."""
    with Store.open(where) as store:
        number = len(store.reports())
        while True:
            name = f"r{number}"
            claims = [claim(f"{name}-{index}", name) for index in range(3)]
            store.add(
                report(name, f"{name} " + "word " * 2000),
                claims,
                extractor=READER,
                theatre="",
                learnt=NOW,
                origin="test",
            )
            print(name, flush=True)
            number += 1


def write_and_be_killed(places: list[str], times: int) -> None:
    """Begin `times` writers, one after the other, and kill each at a random moment: at its start, or some reports on.

    The writers take turns at the places. What each acknowledged before it died is said as a line: place and report.
    """
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:  # loads what writers need, so that a forked one begins at once
        Store.open(Path(folder) / "first.marsad").close()
    for turn in range(times):
        place = places[turn * len(places) // times]
        source, sink = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(sink, 1)
            write_small(place, turn)
        os.close(sink)
        with os.fdopen(source) as told:
            first = [told.readline() for _ in range(chance.choice((0, 1, 1, 2)))]
            time.sleep(chance.uniform(0, 0.02 if first else 0.08))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            for line in (*first, *told):
                if line.endswith("\n"):
                    print(place, line.strip(), flush=True)


def write_small(place: str, turn: int) -> None:
    """Add short reports of two claims each until the end of the process, and say each id once it is acknowledged."""
    with Store.open(place) as store:
        for number in range(1_000_000):
            name = f"{turn}-{number}"
            claims = [claim(f"{name}-{index}", name) for index in range(2)]
            store.add(report(name), claims, extractor=READER, theatre="", learnt=NOW, origin="test")
            os.write(1, f"{name}\n".encode())


if __name__ == "__main__":
    if len(sys.argv) == 2:
        write_for_ever(sys.argv[1])
    else:
        write_and_be_killed(sys.argv[2:], int(sys.argv[1]))
