"""The nowcast of control on real histories of towns, with simulated voices: skill, calibration and lag.

Usage: python benchmarks/nowcast.py [CONTROL_DAILY.csv.gz] [--towns N] [--seed N]

The file has a row for each town and day (date, name, held_by, lat, lon); without one it is
`../shared/data/ukraine_control_wikipedia/control_daily.csv.gz`, a list of who controlled each city of Ukraine in 2022
by the day on which the list showed it. It is no part of the project. Bodies that fought on one side count as that side;
days without a row, or without a holder, keep the last holder.

Half of the towns drawn are such as changed hands. What two armies and an observer would have said of them is drawn by
`marsad.evaluation.simulate` from a seeded generator. Every other town is there to learn from: what Marsad itself finds
settled there by the end gives the counts of "learnt". The others are scored, each day with what was published by its
end: every fifth day from the tenth on, and those within three days of a change, beside the holder before that change.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.evaluation import (
    ARMIES,
    History,
    Sayings,
    armies,
    calibration,
    calibration_error,
    forecasts,
    simulate,
    skill,
)
from marsad.linking import link
from marsad.records import Place
from marsad.vocabulary import load_nowcast, load_rules
from marsad.weighing import grade, reliabilities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.evaluation import Forecast
    from marsad.vocabulary import SpeakerCounts

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT.parent / "shared" / "data" / "ukraine_control_wikipedia" / "control_daily.csv.gz"
HOLDERS = {
    "Ukraine": ARMIES[0],
    "Russia": ARMIES[1],
    "Donetsk PR": ARMIES[1],
    "Luhansk PR": ARMIES[1],
    "DPR": ARMIES[1],
    "LPR": ARMIES[1],
    "Contested": "contested",
}
AROUND = 3
EVERY = 5
FIRST = 10


def main() -> None:
    """Print the scores with the shipped reliabilities and with learnt ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--towns", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.file.exists():
        print(f"no histories at {options.file}: nothing to do")
        return
    started = time.perf_counter()
    chance = random.Random(options.seed)
    histories = drawn(read_histories(options.file), options.towns, chance)
    sayings = [simulate([history], chance) for history in histories]
    learnt = learn(sayings[1::2])
    told = sum(len(one.claims) for one in sayings)
    changes = sum(len(list(history.changes())) for history in histories)
    print(f"{len(histories)} towns, {changes} changes, {told} claims, {shares_told(sayings)}")
    for name, counts in (("shipped", load_nowcast().reliability), ("learnt", learnt)):
        shares = ", ".join(f"{kind} {one.share:.2f} of {one.right + one.wrong:.0f}" for kind, one in counts.items())
        print(f"\n{name} reliabilities: {shares}")
        show(histories[::2], sayings[::2], counts)
    print(f"\n{time.perf_counter() - started:.0f} s")


def read_histories(path: Path) -> list[History]:
    """Return the history of each town in the file, over the days of the whole file."""
    rows: dict[tuple[str, str, str], dict[date, str]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if holder := HOLDERS.get(row["held_by"]):
                rows[row["name"], row["lat"], row["lon"]][date.fromisoformat(row["date"])] = holder
    days = sorted({day for town in rows.values() for day in town})
    span = [days[0] + timedelta(days=number) for number in range((days[-1] - days[0]).days + 1)]
    found = []
    for (name, lat, lon), known in sorted(rows.items()):
        if days[0] not in known or not lat or not lon:
            continue
        holders = [known[days[0]]]
        for day in span[1:]:
            holders.append(known.get(day, holders[-1]))
        place = Place(name=name, lat=float(lat), lon=float(lon))
        found.append(History(place=place, first=days[0], holders=tuple(holders)))
    return found


def drawn(histories: Sequence[History], towns: int, chance: random.Random) -> list[History]:
    """Return a draw of the towns, half of them such as changed hands where there are so many."""
    changed = [history for history in histories if any(history.changes())]
    quiet = [history for history in histories if not any(history.changes())]
    first = chance.sample(changed, min(towns // 2, len(changed)))
    return [*first, *chance.sample(quiet, min(towns - len(first), len(quiet)))]


def learn(sayings: Sequence[Sayings]) -> Mapping[str, SpeakerCounts]:
    """Return the counts of each class of speaker with what was settled in the end."""
    theatre = armies()
    reports = {name: one for some in sayings for name, one in some.reports.items()}
    origins = {name: one for some in sayings for name, one in some.origins.items()}
    claims = [claim for some in sayings for claim in some.claims]
    linked = link(claims, reports, origins, theatre)
    verdicts = grade(linked, claims, reports, origins, theatre)
    return reliabilities(linked, verdicts, theatre, load_nowcast(), load_rules())


def shares_told(sayings: Sequence[Sayings]) -> str:
    """Say how often the armies and the observer told the truth."""
    tally: dict[str, list[bool]] = defaultdict(list)
    for some in sayings:
        for claim in some.claims:
            who = "the armies" if claim.source in ARMIES else "the observer"
            tally[who].append(some.truths[claim.id])
    return ", ".join(f"{who} right {sum(row) / len(row):.2f}" for who, row in sorted(tally.items()))


def show(histories: Sequence[History], sayings: Sequence[Sayings], counts: Mapping[str, SpeakerCounts]) -> None:
    """Print the scores of all days and of those around changes."""
    every: list[Forecast] = []
    around: list[Forecast] = []
    lags: list[int | None] = []
    theatre = armies()
    for history, said in zip(histories, sayings, strict=True):
        first, end = FIRST, len(history.holders)
        days = range(first, end, EVERY)
        every += forecasts(history, said, theatre, days, persistence=history.holders[first], counts=counts)
        for change in history.changes():
            if change < first:
                continue
            near = range(max(change - AROUND, 0), min(change + AROUND + 1, end))
            before = history.holders[change - 1]
            found = forecasts(history, said, theatre, near, persistence=before, counts=counts)
            around += found
            lags.append(lag(found, change - near[0], history.holders[change]))
    for name, some in (("every fifth day", every), ("around changes", around)):
        one = skill(some)
        print(
            f"  {name:16} {one.count:5} days  Brier {one.brier:.3f}  log loss {one.log_loss:.3f}  "
            f"skill over persistence {one.over_persistence or 0:.3f} (log {one.log_over_persistence or 0:.3f}), "
            f"over the last word {one.over_last_word or 0:.3f}"
        )
    bins = calibration(every)
    print(f"  calibration error {calibration_error(bins):.3f}:", end="")
    print("".join(f"  {one.mean:.2f}->{one.share:.2f} ({one.count})" for one in bins))
    seen = sorted(one for one in lags if one is not None)
    middle = seen[len(seen) // 2] if seen else None
    print(f"  changes seen within three days: {len(seen)} of {len(lags)}, median lag {middle} days")


def lag(found: Sequence[Forecast], change: int, holder: str) -> int | None:
    """Return the days from a change until the new holder was the likeliest, None where it was not among the days."""
    for number, one in enumerate(found):
        if max(one.belief, key=lambda name: one.belief[name]) == holder:
            return number - change
    return None


if __name__ == "__main__":
    main()
