"""How long the commonest questions take, asked of a monitor that holds many reports.

The reports are made up (`_made_up.py`), with two claims each, and are stored, linked and indexed, not read. Each
question is asked in a fresh process (start, opening and answer), and of a monitor that has been asked before.

    python benchmarks/queries.py [REPORTS] [FILE]

FILE is where the monitor is made; where it is already, it is asked as it is. To make one takes minutes.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from _made_up import EVENTS, SOURCES, fill

from marsad import Monitor

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = 20


def _a_claim(number: int) -> str:
    return f"c-r{47 * number + 1}-0"


QUESTIONS: dict[str, Callable[[Monitor, int], object]] = {
    "claims by place": lambda monitor, number: monitor.claims(place=f"t:{7 * number}"),
    "claims by source": lambda monitor, number: monitor.claims(source=SOURCES[number % 6]),
    "claims by event": lambda monitor, number: monitor.claims(event=EVENTS[number % 10]),
    "claims of a report": lambda monitor, number: monitor.claims(report=f"r{47 * number}"),
    "search, two words": lambda monitor, number: monitor.search(f"word{17 * number} word{23 * number}"),
    "disputes": lambda monitor, _: monitor.disputes(),
    "control of a town": lambda monitor, number: monitor.control(f"t:{7 * number}"),
    "assess a claim": lambda monitor, number: monitor.assess(_a_claim(number)),
    "sources": lambda monitor, _: monitor.sources(),
    "report for 24 hours": lambda monitor, _: monitor.report(),
}
"""The ten questions, with the number of the time that each is asked, so that no two ask for the same."""


def seconds(does: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    does()
    return time.perf_counter() - begin


def ask(where: Path) -> None:
    """Ask one monitor everything, then each question in a fresh process."""
    with Monitor.open(where, create=False) as monitor:
        for what, does in (("the first picture", monitor.picture), ("a report, which needs a second", monitor.report)):
            worked = time.process_time()
            print(f"{what}: {seconds(does):.1f} s, of the processor {time.process_time() - worked:.1f} s", flush=True)
        print(f"{'asked again':<22} {'p50, ms':>9} {'p95, ms':>9}")
        for name, question in QUESTIONS.items():
            times = [1000 * seconds(lambda n=n, q=question: q(monitor, n)) for n in range(1, ASKED + 1)]  # type: ignore[misc]
            cuts = statistics.quantiles(times, n=20)
            print(f"{name:<22} {cuts[9]:>9.0f} {cuts[18]:>9.0f}", flush=True)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"{'in a fresh process':<22} {'s':>9}")
    for name in QUESTIONS:
        command = [sys.executable, __file__, "--once", name, str(where)]
        spent = seconds(lambda command=command: subprocess.run(command, check=True))  # type: ignore[misc]
        print(f"{name:<22} {spent:>9.1f}", flush=True)


def main() -> None:
    """Make the monitor where it is missing, and ask."""
    if sys.argv[1:2] == ["--once"]:
        with Monitor.open(sys.argv[3], create=False) as monitor:
            QUESTIONS[sys.argv[2]](monitor, 1)
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        where = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "bench.marsad"
        if not where.exists():
            fill(where, count)
        ask(where)


if __name__ == "__main__":
    main()
