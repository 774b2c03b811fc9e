"""Reports and claims that are made up, for benchmarks of everything behind reading, and monitors that hold them.

Towns are all over the world, the busiest told of hundreds of times as often as the quietest; two sides, a monitor and
an agency speak of them; every tenth report is a copy of an earlier one.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from marsad.linking import arrive
from marsad.monitor.searching import index
from marsad.reading import EXTRACTOR
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
    from pathlib import Path

NOW = datetime(2031, 1, 1, tzinfo=UTC)
DAYS = 730
"""How many days the reports are of, where nobody says otherwise."""

CLAIMS_A_REPORT = 5
EVENTS = ("advance", "enter", "capture", "hold", "repel", "withdraw", "clash", "shelling", "air_strike", "casualties")
SOURCES = ("Army", "Front", "Monitor", "Agency", "witnesses", "narrator")
_VOCABULARY = [f"word{number}" for number in range(20000)]
_PLACES, _AT_ONCE = 5000, 1000
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
    number: int,
    places: Sequence[Place],
    chance: random.Random,
    claims: int = CLAIMS_A_REPORT,
    *,
    days: int = DAYS,
    words: int = 80,
) -> tuple[Report, list[Claim]]:
    """Make up one report with its claims."""
    day = chance.randrange(days)
    published = datetime(2029, 1, 1, 12, tzinfo=UTC) + timedelta(days=day, minutes=chance.randrange(1440))
    text = " ".join(chance.choices(_VOCABULARY, k=words))
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
        source=chance.choice(SOURCES),
        event=chance.choice(EVENTS),
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
    count: int, places: Sequence[Place], chance: random.Random, claims: int = CLAIMS_A_REPORT, days: int = DAYS
) -> Iterator[tuple[Report, list[Claim]]]:
    """Make up reports, every tenth a copy of one of the last hundred."""
    kept: list[tuple[Report, list[Claim]]] = []
    for number in range(count):
        new = made(number, places, chance, claims, days=days)
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


def fill(where: Path, count: int, claims: int = 2) -> None:
    """Make up a monitor of so many reports, as if they had been read by this version, linked and indexed."""
    chance = random.Random(7)
    war = theatre()
    made_up = reports(count, towns(_PLACES, chance), chance, claims)
    with Store.open(where) as store:
        digest = store.add_theatre(_THEATRE, learnt=NOW)
        done, begin = 0, time.perf_counter()
        while portion := list(islice(made_up, _AT_ONCE)):
            with store.transaction():
                for report, told in portion:
                    store.add(report, told, extractor=EXTRACTOR, theatre=digest, learnt=NOW, origin="bench")
                index(store)
            with store.linking(NOW) as memory:
                arrive([report.id for report, _ in portion], memory, war)
            done += len(portion)
            print(f"{done:,} reports made in {time.perf_counter() - begin:,.0f} s", file=sys.stderr, flush=True)
