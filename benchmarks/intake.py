"""How fast reports are taken in, and whether memory stays flat, without reading them: `marsad add --later`.

The reports are made up, 60 words each, one JSON line a report. They go the whole way of an addition: lines are read and
checked, reports stored with receipt and ledger, and their words indexed, 64 a transaction.

    python benchmarks/intake.py [REPORTS] [postgresql://USER@HOST/EMPTY_DATABASE]
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from marsad import Monitor

_BEGIN = datetime(2021, 1, 1, tzinfo=UTC)
_WORDS = 60
_VOCABULARY = [f"word{number}" for number in range(20_000)]
_TOLD_AT = (10_000, 50_000)


def write(path: Path, count: int) -> None:
    """Write made-up reports as JSON lines."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as lines:
        for number in range(count):
            row = {
                "id": f"r{number}",
                "publisher": f"Outlet {number % 40}",
                "published": (_BEGIN + timedelta(minutes=number)).isoformat(),
                "title": f"Report {number}",
                "text": f"{' '.join(chance.choices(_VOCABULARY, k=_WORDS))}.",
            }
            lines.write(json.dumps(row) + "\n")


def main() -> None:
    """Write the reports, and take them in."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        write(source, count)
        where = sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "bench.marsad")
        begin, worked = time.perf_counter(), time.process_time()
        waiting = [*(mark for mark in _TOLD_AT if mark < count), count]
        print("reports    a second   of the processor, s   memory MB")

        def tell(_: str, done: int, __: int | None) -> None:
            if waiting and done >= waiting[0]:
                waiting.pop(0)
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                spent = time.perf_counter() - begin
                cpu = time.process_time() - worked
                print(f"{done:>7,} {done / spent:>11,.0f} {cpu:>21.1f} {memory:>11.0f}", flush=True)

        with Monitor.open(where) as monitor:
            receipt = monitor.add([source], read=False, progress=tell)
        assert (len(receipt.added), receipt.waiting) == (count, count), receipt.skipped[:1]


if __name__ == "__main__":
    main()
