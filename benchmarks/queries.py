"""How long the commonest questions take, asked of a monitor that holds many reports.

The reports are made up as in `linking.py`, with two claims each, and are stored, linked and indexed, not read. Each
question is asked in a fresh process (start, opening and answer), and of a monitor that has been asked before.

    python benchmarks/queries.py [REPORTS] [FILE]

FILE is where the monitor is made; where it is already, it is asked as it is. To make one takes minutes.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import islice
from pathlib import Path

import linking

from marsad.linking import arrive
from marsad.monitor.searching import index
from marsad.store import Store

_CLAIMS, _PLACES, _AT_ONCE = 2, 5000, 1000
_THEATRE = """name = "Bench"
time_zone = "UTC"

[sides.government]
opposes = ["rebels"]

[sides.rebels]
opposes = ["government"]

[[actors]]
name = "Army"
kind = "state"
side = "government"

[[actors]]
name = "Front"
kind = "armed_group"
side = "rebels"

[[actors]]
name = "Monitor"
kind = "monitor"

[[actors]]
name = "Agency"
kind = "media"
"""


def fill(where: Path, count: int) -> None:
    """Make up a monitor of so many reports."""
    chance = random.Random(7)
    war = linking.theatre()
    made_up = linking.reports(count, linking.towns(_PLACES, chance), chance, _CLAIMS)
    with Store.open(where) as store:
        theatre = store.add_theatre(_THEATRE, learnt=linking._NOW)
        done, begin = 0, time.perf_counter()
        while portion := list(islice(made_up, _AT_ONCE)):
            with store.transaction():
                for report, claims in portion:
                    store.add(report, claims, extractor="bench/1", theatre=theatre, learnt=linking._NOW, origin="bench")
                index(store)
            with store.linking(linking._NOW) as memory:
                arrive([report.id for report, _ in portion], memory, war)
            done += len(portion)
            print(f"{done:,} reports made in {time.perf_counter() - begin:,.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    fill(Path(sys.argv[2]), int(sys.argv[1]))
