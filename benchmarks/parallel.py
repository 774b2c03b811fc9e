"""How well claims of one war meet across languages: as they were annotated, and as they are read.

Usage: python benchmarks/parallel.py [FOLDER] [--floors FILE [--update-floors]]

Reports in a language whose reader is not installed are told, and stay unread. Floors hold the first figure.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.evaluation import Corpus, ParallelScores, ParallelSet, breaches, raise_floors
from marsad.gazetteer import Gazetteer
from marsad.reading import Reader, Unread

if TYPE_CHECKING:
    from marsad.records import Claim

SHIPPED = Path(__file__).parents[1] / "corpus" / "parallel" / "tamrisa"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", nargs="?", type=Path, default=SHIPPED)
    asked.add_argument("--floors", type=Path)
    asked.add_argument("--update-floors", action="store_true")
    given = asked.parse_args()
    parallel = ParallelSet.open(given.folder)
    scores = parallel.score()
    show("annotated claims", scores)
    show("claims as read", parallel.score_read(read(parallel)))
    if given.floors and given.update_floors:
        raise_floors(given.floors, parallel.digest, scores)
    elif given.floors and (fallen := breaches(given.floors, parallel.digest, scores)):
        sys.exit("\n".join(fallen))


def read(parallel: ParallelSet) -> list[Claim]:
    """Return the claims that are read in the set's reports; tell what was not read, and why."""
    reports = Corpus.open(parallel.folder).reports
    found: list[Claim] = []
    unread: Counter[str] = Counter()
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        for report, claims in Reader(gazetteer, parallel.theatre).read_many(reports):
            if isinstance(claims, Unread):
                unread[f"{report.language}: {claims.reason}"] += 1
            else:
                found.extend(claims)
    for why, number in sorted(unread.items()):
        print(f"{number} reports not read, {why}")
    return found


def show(name: str, scores: ParallelScores) -> None:
    """Print pairs found, annotated and made."""
    print(f"{name}: {scores.claims.hits} of {scores.claims.gold} in the comparison")
    for title, one in (("across languages", scores.across), ("within a language", scores.within)):
        print(f"  {title:18} precision {one.precision:.3f}  recall {one.recall:.3f}  ({one.hits} of {one.gold} pairs)")
    print(f"  kept apart         {scores.kept.hits} of {scores.kept.gold}")


if __name__ == "__main__":
    main()
