"""How long one more report takes to link, in a monitor that holds many: time, memory and size of the file.

The reports and claims are made up (`_made_up.py`): `places` towns over two years. Reading them is not timed;
`reading.py` does that.

    python benchmarks/linking.py [CLAIMS] [PLACES]
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from _made_up import CLAIMS_A_REPORT, NOW, reports, theatre, towns

from marsad.linking import arrive
from marsad.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

_AT_ONCE = 1000
_TIMED = 300


def take(store: Store, pairs: Sequence[tuple[Report, list[Claim]]], war: Theatre) -> None:
    """Store reports with their claims, and link them."""
    with store.transaction():
        for report, claims in pairs:
            store.add(report, claims, extractor="bench/1", theatre="", learnt=NOW)
    with store.linking(NOW) as memory:
        arrive([report.id for report, _ in pairs], memory, war)


def main() -> None:
    """Fill a monitor, then add reports one at a time."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(7)
    places = towns(int(sys.argv[2]) if len(sys.argv) > 2 else 5000, chance)
    war = theatre()
    made_up = reports(claims // CLAIMS_A_REPORT + _TIMED, places, chance)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.marsad") as store:
        print("claims    all at once, claims/s   one more report: p50 ms   p95 ms   worst ms   file MB   memory MB")
        step, filled, spent = max(claims // 10, _AT_ONCE), 0, 0.0
        while filled < claims:
            portion = [next(made_up) for _ in range(min(_AT_ONCE, (claims - filled) // CLAIMS_A_REPORT))]
            begin = time.perf_counter()
            take(store, portion, war)
            spent += time.perf_counter() - begin
            before, filled = filled, filled + len(portion) * CLAIMS_A_REPORT
            if before // step == filled // step and filled < claims:
                continue
            times = []
            for _ in range(_TIMED // 10):
                one = next(made_up)
                begin = time.perf_counter()
                take(store, [one], war)
                times.append(1000 * (time.perf_counter() - begin))
            cuts = statistics.quantiles(times, n=20)
            size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{filled:>9,} {filled / spent:>17,.0f} {cuts[9]:>25.0f} {cuts[18]:>8.0f} {max(times):>10.0f}"
                f" {size:>9.0f} {memory:>11.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
