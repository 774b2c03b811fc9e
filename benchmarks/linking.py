"""How long one more report takes to link, in a monitor that holds many: time, memory and size of the file.

The reports and claims are made up: `places` towns, the busiest hundreds of times as busy as the quietest, over two
years, every tenth report a copy of an earlier one. Reading them is not timed; `reading.py` does that.

    python benchmarks/linking.py [CLAIMS] [PLACES]
"""

from __future__ import annotations

import hashlib
import random
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.linking import arrive
from marsad.records import (
    Actor,
    Certainty,
    Claim,
    DatePrecision,
    Extent,
    Interval,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.store import Store
from marsad.theatre import Side, Theatre

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOW = datetime(2031, 1, 1, tzinfo=UTC)
_DAYS = 730
_CLAIMS_A_REPORT = 5
_AT_ONCE = 1000
_TIMED = 300
_EVENTS = ("advance", "enter", "capture", "hold", "repel", "withdraw", "clash", "shelling", "air_strike", "casualties")
_SOURCES = ("Army", "Front", "Monitor", "Agency", "witnesses", "narrator")
_VOCABULARY = [f"word{number}" for number in range(20000)]


@cache
def busyness(count: int) -> list[float]:
    """Return cumulative weights by which the busiest place is told of hundreds of times as often as the quietest."""
    return list(accumulate(1 / (rank + 10) for rank in range(count)))


def theatre() -> Theatre:
    """Two sides, and a monitor and an agency of none."""
    actors = [
        Actor(name="Army", kind="state", side="government"),
        Actor(name="Front", kind="armed_group", side="rebels"),
        Actor(name="Monitor", kind="monitor"),
        Actor(name="Agency", kind="media"),
    ]
    sides = [Side(name="government", opposes=("rebels",)), Side(name="rebels", opposes=("government",))]
    return Theatre(name="Bench", actors={one.name: one for one in actors}, sides={side.name: side for side in sides})


def made(
    number: int, places: Sequence[Place], chance: random.Random, claims: int = _CLAIMS_A_REPORT
) -> tuple[Report, list[Claim]]:
    """Make up one report with its claims."""
    day = chance.randrange(_DAYS)
    published = datetime(2029, 1, 1, 12, tzinfo=UTC) + timedelta(days=day, minutes=chance.randrange(1440))
    text = " ".join(chance.choices(_VOCABULARY, k=80))
    report = Report(
        id=f"r{number}",
        publisher=f"Outlet {chance.randrange(40)}",
        kind="newspaper",
        title="",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=published,
        published_precision=DatePrecision.PART_OF_DAY,
    )
    return report, [_claim(report, index, places, chance) for index in range(claims)]


def _claim(report: Report, index: int, places: Sequence[Place], chance: random.Random) -> Claim:
    assert report.published is not None
    day = report.published.date() - timedelta(days=chance.choice((0, 0, 0, 1, 2)))
    denied = chance.random() < 0.15
    return Claim(
        id=f"c-{report.id}-{index}",
        report=report.id,
        source=chance.choice(_SOURCES),
        event=chance.choice(_EVENTS),
        polarity=Polarity.DENIED if denied else Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN,
        stance=Stance.DENIES if denied else Stance.ASSERTS,
        anchor=Passage(report=report.id, start=index * 10, end=index * 10 + 5),
        agent=chance.choice(("Army", "Front", None)),
        target=chance.choice(("Army", "Front", None, None)),
        place=chance.choices(places, cum_weights=busyness(len(places)))[0],
        extent=chance.choice((Extent.WHOLE, Extent.WHOLE, Extent.PART, Extent.NEAR)),
        interval=Interval(start=day, end=day, precision=DatePrecision.DAY),
    )


def towns(count: int, chance: random.Random) -> list[Place]:
    """Make up places all over the world."""
    return [
        Place(
            name=f"Town {hashlib.md5(str(number).encode()).hexdigest()[:8]}",
            gazetteer_id=f"t:{number}",
            lat=chance.uniform(-60, 60),
            lon=chance.uniform(-180, 180),
        )
        for number in range(count)
    ]


def reports(
    count: int, places: Sequence[Place], chance: random.Random, claims: int = _CLAIMS_A_REPORT
) -> Iterator[tuple[Report, list[Claim]]]:
    """Make up reports, every tenth a copy of one of the last hundred."""
    kept: list[tuple[Report, list[Claim]]] = []
    for number in range(count):
        new = made(number, places, chance, claims)
        if kept and number % 10 == 0:
            report, told = chance.choice(kept)
            new = (
                replace(report, id=f"r{number}", publisher="Copier"),
                [_copied(claim, f"r{number}", index) for index, claim in enumerate(told)],
            )
        kept = [*kept[-99:], new]
        yield new


def _copied(claim: Claim, report: str, index: int) -> Claim:
    return replace(claim, id=f"c-{report}-{index}", report=report, anchor=replace(claim.anchor, report=report))


def take(store: Store, pairs: Sequence[tuple[Report, list[Claim]]], war: Theatre) -> None:
    """Store reports with their claims, and link them."""
    with store.transaction():
        for report, claims in pairs:
            store.add(report, claims, extractor="bench/1", theatre="", learnt=_NOW)
    with store.linking(_NOW) as memory:
        arrive([report.id for report, _ in pairs], memory, war)


def main() -> None:
    """Fill a monitor, then add reports one at a time."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(7)
    places = towns(int(sys.argv[2]) if len(sys.argv) > 2 else 5000, chance)
    war = theatre()
    made_up = reports(claims // _CLAIMS_A_REPORT + _TIMED, places, chance)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.marsad") as store:
        print("claims    all at once, claims/s   one more report: p50 ms   p95 ms   worst ms   file MB   memory MB")
        step, filled, spent = max(claims // 10, _AT_ONCE), 0, 0.0
        while filled < claims:
            portion = [next(made_up) for _ in range(min(_AT_ONCE, (claims - filled) // _CLAIMS_A_REPORT))]
            begin = time.perf_counter()
            take(store, portion, war)
            spent += time.perf_counter() - begin
            before, filled = filled, filled + len(portion) * _CLAIMS_A_REPORT
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
