"""How long the steps of an archive after reading take, and how large what cannot be shared out gets.

The reports and claims are made up (`_made_up.py`); a part of the reports credit one of five agencies.
What cannot be shared out are reports that marks connect, and the claims of one block. Reading is not timed.

    python benchmarks/archive.py [REPORTS] [PLACES] [SHARE OF REPORTS WITH AN AGENCY]
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import _made_up as made_up

from marsad.archive.entries import read_entries
from marsad.archive.inputs import Unit
from marsad.archive.job import Job
from marsad.archive.making import Making
from marsad.archive.reading import told_of
from marsad.archive.steps import STEPS
from marsad.archive.work import carry_out, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.archive.entries import Entry
    from marsad.archive.work import Done, Share
    from marsad.records import Claim, Report

_AGENCIES = ("North Wire", "South Wire", "East Wire", "West Wire", "World Wire")
_CLAIMS = 5


def main() -> None:
    """Make an archive of made-up reports, and say how long each step took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    places = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    credited = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
    chance = random.Random(7)
    told = list(_credited(made_up.reports(number, made_up.towns(places, chance), chance, _CLAIMS), credited, chance))
    with tempfile.TemporaryDirectory() as folder:
        job = Job(
            folder=folder, theatre=None, outlets=None, columns=None, rules=None, network=None, gazetteer=None,
            every=True, retrieved=None, size=1000, plan="benchmark",
        )  # fmt: skip
        _made(job, told)
        groups = Counter(one.value[1] for one in read_entries(parts(job, "group", "groups")))
        blocks = Counter(one.value[0] for one in read_entries(parts(job, "place", "blocks")) if one.kind == "claim")
        print(f"{len(groups):,} groups of reports that marks connect; the largest has {_largest(groups)} reports")
        print(f"{len(blocks):,} blocks of claims; the largest has {_largest(blocks)} of {blocks.total():,} claims")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB of memory")


def _credited(
    pairs: Iterator[tuple[Report, list[Claim]]], share: float, chance: random.Random
) -> Iterator[tuple[Report, list[Claim]]]:
    for report, claims in pairs:
        agencies = (chance.choice(_AGENCIES),) if chance.random() < share else ()
        yield replace(report, agencies=agencies), claims


def _made(job: Job, told: Sequence[tuple[Report, list[Claim]]]) -> None:
    """Do all steps here, the first with reports that are read already."""
    spent: Counter[str] = Counter()

    def read(_job: Job, _share: Share) -> Iterator[tuple[str, Entry]]:
        for report, claims in told:
            yield from told_of(report, claims, None)

    def engine(job: Job, shares: Sequence[Share]) -> Iterator[Done]:
        for share in shares:
            begun = time.perf_counter()
            done = carry_out(job, share, {**STEPS, "read": read})
            spent[share.step] += time.perf_counter() - begun
            yield done

    begun = time.perf_counter()
    Making(job, engine, None).all([Unit(name="none", reason="the reports are made up")])
    for step, seconds in spent.items():
        print(f"{step:<8}{seconds:>8.1f} s")
    alone = time.perf_counter() - begun - spent.total()
    print(f"{'alone':<8}{alone:>8.1f} s  (group, world and tally, which are one share each)")


def _largest(counts: Counter[str]) -> str:
    return f"{max(counts.values(), default=0):,}"


if __name__ == "__main__":
    main()
