"""Shares of work: what one process does at a time, and how what is done is never done again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.archive.entries import SUFFIX, bounds, new_file, write_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from marsad.archive.entries import Entry
    from marsad.archive.inputs import Unit
    from marsad.archive.job import Job

    Step = Callable[["Job", "Share"], Iterable[tuple[str, Entry]]]
    """Yields the entries of a share, each with the name of what it goes into."""

ROWS = "rows"
"""What rows of the archive's tables go into, each with its folder as the key."""

_DONE = ".done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a step: a unit of the input, or the keys from `low` to before `high` (None: no end).

    `weight` is how much of the step it is, in what its progress is counted by.
    """

    step: str
    name: str
    weight: int = 1
    low: str = ""
    high: str | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """That a share is done, and how many entries it made, by what they went into and their kind or folder."""

    name: str
    weight: int
    counts: Mapping[tuple[str, str], int]


def ranges(step: str, amount: int, size: int) -> list[Share]:
    """Return shares of even ranges of keys, for an `amount` of which a share has about `size`."""
    number = max(1, -(-amount // size))
    weights = [amount * (at + 1) // number - amount * at // number for at in range(number)]
    return [
        Share(step=step, name=f"{at:06d}", weight=weight, low=low, high=high)
        for at, weight in enumerate(weights)
        for low, high in [bounds(at, number)]
    ]


def carry_out(job: Job, share: Share, steps: Mapping[str, Step]) -> Done:
    """Do a share of the work unless it is done; what it makes is there wholly or not at all."""
    folder = job.work / share.step
    done = folder / f"{share.name}{_DONE}"
    same = _digest(job, share)
    if (counts := _counts(done, same)) is None:
        found: dict[str, list[Entry]] = defaultdict(list)
        for into, one in steps[share.step](job, share):
            found[into].append(one)
        for into, entries in found.items():
            write_entries(folder / into / f"{share.name}{SUFFIX}", entries)
        counts = Counter((into, _counted_as(into, one)) for into, entries in found.items() for one in set(entries))
        rows = [[*key, count] for key, count in sorted(counts.items())]
        with new_file(done) as stream:
            stream.write(json.dumps({"share": same, "counts": rows}).encode())
    return Done(name=share.name, weight=share.weight, counts=counts)


def parts(job: Job, step: str, into: str) -> tuple[Path, ...]:
    """Return the files of what a step put into something, by name."""
    return tuple(sorted((job.work / step / into).glob(f"[!.]*{SUFFIX}")))


def _counted_as(into: str, one: Entry) -> str:
    """Return what an entry is counted as: rows by their folder, others by the first word of their kind."""
    return one.key if into == ROWS else one.kind.split(" ", 1)[0]


def _digest(job: Job, share: Share) -> str:
    return hashlib.sha256(f"{job.plan} {share}".encode()).hexdigest()


def _counts(done: Path, same: str) -> Mapping[tuple[str, str], int] | None:
    """Return what a share made where it is done; None where it is not, or where it was another share."""
    try:
        told = json.loads(done.read_bytes())
    except FileNotFoundError:
        return None
    if told["share"] != same:
        return None
    return {(into, kind): count for into, kind, count in told["counts"]}
