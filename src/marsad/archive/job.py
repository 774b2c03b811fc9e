"""What every share of the work needs to know, and what each process makes of it once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.archive.relevance import Filter
from marsad.gazetteer import Gazetteer
from marsad.intake import load_columns
from marsad.reading import Reader
from marsad.theatre import known_outlets, read_theatre
from marsad.vocabulary import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.archive.inputs import Unit
    from marsad.intake import ColumnMap
    from marsad.theatre import Theatre
    from marsad.vocabulary import Publishers, RuleSet

SCHEMA = 1
"""The version of the tables and of what the steps hand to one another."""

WORK = "_work"
"""The folder of what is kept until an archive is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One archive that is made: where, with which theatre (its text), by which files, and how reports are read.

    `network` is the folder of the network, None to read by the rules alone; `gazetteer` a file, None the user's own.
    With `every` also reports without a word of war are read. `retrieved` is in ISO 8601. `size` is how many reports a
    share of work has, about.
    """

    folder: str
    theatre: str | None
    outlets: str | None
    columns: str | None
    rules: str | None
    network: str | None
    gazetteer: str | None
    every: bool
    retrieved: str | None
    size: int
    plan: str = ""

    @property
    def root(self) -> Path:
        """The folder of the archive."""
        return Path(self.folder)

    @property
    def work(self) -> Path:
        """Where parts are kept."""
        return self.root / WORK


def identity(job: Job, units: Sequence[Unit], extractor: str) -> str:
    """Return the digest of what decides the bytes of an archive: the inputs by name and size, and all settings."""
    files = {
        name: hashlib.sha256(Path(path).read_bytes()).hexdigest() if path and Path(path).is_file() else path
        for name, path in (("outlets", job.outlets), ("columns", job.columns), ("rules", job.rules))
    }
    inputs = sorted({(one.name, one.size, one.reason) for one in units})
    told = [SCHEMA, extractor, job.theatre, files, job.every, job.retrieved, inputs]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan_of(job: Job, units: Sequence[Unit], extractor: str) -> str:
    """Return the digest of how the work is shared out: parts that another plan made are made anew."""
    told = [identity(job, units, extractor), job.size, [asdict(one) for one in units]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@cache
def theatre_of(job: Job) -> Theatre | None:
    """Return the profile of the war."""
    return read_theatre(job.theatre, "theatre.toml") if job.theatre is not None else None


@cache
def publishers_of(job: Job) -> Publishers:
    """Return the outlets that are known."""
    return known_outlets(theatre_of(job), Path(job.outlets) if job.outlets else None)


@cache
def filter_of(job: Job) -> Filter:
    """Return what tells which reports are read."""
    return Filter.of(theatre_of(job))


@cache
def columns_of(job: Job) -> ColumnMap | None:
    """Return which column of a table holds what."""
    return load_columns(Path(job.columns)) if job.columns else None


@cache
def rules_of(job: Job) -> RuleSet:
    """Return the rules of verdicts."""
    return load_rules() if job.rules is None else load_rules(job.rules)


@cache
def reader_of(job: Job) -> Reader:
    """Return the reader, which loads its models once a process."""
    places = Gazetteer.open(Path(job.gazetteer) if job.gazetteer else None, build_if_missing=True)
    return Reader(places, theatre_of(job), Path(job.network) if job.network else None)


def retrieved_of(job: Job) -> datetime | None:
    """Return when inputs that do not say were fetched, None where nobody knows."""
    return datetime.fromisoformat(job.retrieved) if job.retrieved else None
