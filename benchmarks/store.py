"""How fast a monitor takes reports in, checks, copies and searches, and how large it grows, without reading or linking.

The reports are made up, 300 words and five claims each, and come in batches as `marsad add` brings them; claims are of
the size that real ones have.

    python benchmarks/store.py [REPORTS] [postgresql://USER@HOST/EMPTY_DATABASE]
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from marsad import Monitor
from marsad.monitor.searching import index
from marsad.records import Certainty, Claim, DatePrecision, Passage, Place, Polarity, Report, Stance
from marsad.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOW = datetime(2031, 1, 1, tzinfo=UTC)
_WORDS, _CLAIMS, _AT_ONCE = 300, 5, 64
_VOCABULARY = [f"word{number}" for number in range(20_000)]


def reports(count: int) -> Iterator[tuple[Report, list[Claim]]]:
    """Make up reports with their claims."""
    chance = random.Random(7)
    weights = [1 / (rank + 10) for rank in range(len(_VOCABULARY))]
    for number in range(count):
        text = " ".join(chance.choices(_VOCABULARY, weights, k=_WORDS))
        report = Report(
            id=f"r{number}",
            publisher=f"Outlet {number % 40}",
            kind="newspaper",
            title="",
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            published=_NOW + timedelta(minutes=number),
            published_precision=DatePrecision.PART_OF_DAY,
        )
        yield report, [_claim(report, index) for index in range(_CLAIMS)]


def _claim(report: Report, number: int) -> Claim:
    def passage(start: int, end: int) -> Passage:
        return Passage(report=report.id, start=300 * number + start, end=300 * number + end)

    return Claim(
        id=f"c-{report.id}-{number}",
        report=report.id,
        source="Ministry of Defence",
        event="capture",
        polarity=Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN,
        stance=Stance.ASSERTS,
        anchor=passage(50, 60),
        cue=passage(10, 14),
        source_passage=passage(0, 9),
        content=passage(20, 100),
        agent="Army",
        target="Front",
        place=Place(name="Town", gazetteer_id="t:1", canonical="Town", lat=35.0, lon=37.0, country="XA"),
        extractor="bench/1",
    )


def fill(where: Path | str, count: int) -> None:
    """Add reports in batches, each a transaction, and index their words."""
    with Store.open(where) as store:
        pairs = reports(count)
        while batch := list(islice(pairs, _AT_ONCE)):
            with store.transaction():
                for report, claims in batch:
                    store.add(report, claims, extractor="bench/1", theatre="", learnt=_NOW)
                index(store)


def timed(what: str, does: Callable[[], object], count: int = 1) -> None:
    """Do it and print how long it took, and how many a second where that is asked for."""
    begin, worked = time.perf_counter(), time.process_time()
    does()
    spent, worked = time.perf_counter() - begin, time.process_time() - worked
    rate = f" {count / spent:>8,.0f} a second" if count > 1 else ""
    print(f"{what:<40} {spent:>8.2f} s, of the processor {worked:>8.2f} s{rate}", flush=True)


def main() -> None:
    """Fill each kind of database, and ask it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.marsad"
        for where in (file, *sys.argv[2:3]):
            print("SQLite" if where is file else "PostgreSQL")
            timed("reports added, 64 a transaction", lambda where=where: fill(where, count), count)  # type: ignore[misc]
            with Monitor.open(where) as monitor:
                timed("check", monitor.check)
                timed("search, one common word", lambda monitor=monitor: monitor.search("word3"))  # type: ignore[misc]
                timed("search, two rare words", lambda monitor=monitor: monitor.search("word9000 word8000"))  # type: ignore[misc]
                kept = Path(folder) / f"kept{where is file}.marsad"
                timed("backup", lambda monitor=monitor, kept=kept: monitor.back_up(kept))  # type: ignore[misc]
            print(f"size of the backup: {kept.stat().st_size / 1e6:.0f} MB")
        print(f"size of the file: {file.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
