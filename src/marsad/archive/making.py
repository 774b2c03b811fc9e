"""An archive made step by step: each waits for the one before, and its shares are done where the engine does them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad._version import __version__
from marsad.archive.engines import one_by_one, pool
from marsad.archive.entries import new_file
from marsad.archive.inputs import HERE, units
from marsad.archive.job import SCHEMA, Job, columns_of, identity, plan_of, publishers_of, rules_of, theatre_of
from marsad.archive.laying import MAKING_ROWS
from marsad.archive.onray import on_ray
from marsad.archive.opened import ARCHIVE, THEATRE, told_by
from marsad.archive.reading import UNREAD
from marsad.archive.tables import TABLES
from marsad.archive.work import ROWS, Share, ranges
from marsad.errors import DataFileError, InputError
from marsad.gazetteer import Gazetteer
from marsad.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from marsad.archive.engines import Engine
    from marsad.archive.inputs import Unit
    from marsad.archive.work import Done

    Progress = Callable[[str, int, int | None], None]

_PLAN = "plan.json"
_PART_BYTES = 1 << 16  # of a file for each report of a share, when it is cut
_MARKS, _ROWS_A_REPORT = 100, 5  # about as many of them come with a report


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveReceipt:
    """What an archive holds: rows by table, with `unread` the reports that were kept and not read.

    `made` is False where it was there already, made of the same inputs in the same way.
    """

    folder: Path
    rows: Mapping[str, int]
    unread: int
    made: bool


def make_archive(
    inputs: Iterable[str | Path],
    out: Path | str,
    *,
    theatre: Path | str | None,
    outlets: Path | str | None,
    columns: Path | str | None,
    rules: Path | str | None,
    network: Path | None,
    gazetteer: Path | None,
    every: bool,
    retrieved: datetime | None,
    workers: int,
    address: str | None,
    size: int,
    progress: Progress | None,
) -> ArchiveReceipt:
    """Do as `Monitor.archive` says."""
    job = Job(
        folder=str(Path(out).absolute()),
        theatre=_text(Path(theatre)) if theatre is not None else None,
        outlets=_path(outlets),
        columns=_path(columns),
        rules=_path(rules),
        network=_path(network),
        gazetteer=_path(gazetteer),
        every=every,
        retrieved=retrieved.isoformat() if retrieved else None,
        size=size,
    )
    for check in (theatre_of, publishers_of, columns_of, rules_of):
        check(job)
    found = units(inputs, size * _PART_BYTES)
    extractor = _extractor(job, progress)
    same = identity(job, found, extractor)
    if there := _finished(job, same):
        return _receipt(job, there, made=False)
    if workers > 1 and any(one.name.startswith(f"{HERE}://") for one in found):
        raise InputError(f"{HERE}:// is of this process alone: read it with one worker")
    job = replace(job, plan=plan_of(job, found, extractor))
    _begin(job, same)
    with _engine(address, workers) as engine:
        counts = Making(job, engine, progress).all(found)
    return _receipt(job, _finish(job, same, extractor, counts), made=True)


class Making:
    """Leads through the steps of one archive, on one engine."""

    def __init__(self, job: Job, engine: Engine, progress: Progress | None) -> None:
        self._job = job
        self._engine = engine
        self._progress = progress
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def all(self, found: Sequence[Unit]) -> Mapping[tuple[str, str, str], int]:
        """Do every step, and return how many entries there are, by step, what they went into, and kind or folder."""
        size, count = self._job.size, self._count
        self._do("taking in", [Share(step="take", name=f"{n:06d}", unit=one) for n, one in enumerate(found)])
        self._do("reading", ranges("read", count("take", "taken"), size))
        self._do("finding copies", ranges("match", count("read", "marks"), size * _MARKS))
        self._alone("group")
        if families := count("group", "groups"):
            self._do("gathering copies", ranges("gather", count("read", "read"), size * _ROWS_A_REPORT))
            self._do("tracing copies", ranges("trace", families, size))
        self._alone("world")
        self._do("placing claims", ranges("place", count("read", "read"), size * _ROWS_A_REPORT))
        self._do("linking", ranges("link", count("place", "blocks"), size * _ROWS_A_REPORT))
        self._alone("tally")
        self._do("writing", list(self._folders()))
        return self._counts

    def _do(self, what: str, shares: Sequence[Share]) -> None:
        done, total = 0, sum(share.weight for share in shares)
        if self._progress and total:
            self._progress(what, 0, total)
        for one in self._engine(self._job, shares):
            self._add(shares[0].step, one)
            done += one.weight
            if self._progress and total:
                self._progress(what, done, total)

    def _alone(self, step: str) -> None:
        """Do a step that puts together what the shares of another found."""
        for one in one_by_one(self._job, [Share(step=step, name="all", weight=0)]):
            self._add(step, one)

    def _add(self, step: str, one: Done) -> None:
        self._counts.update({(step, *key): number for key, number in one.counts.items()})

    def _count(self, step: str, into: str) -> int:
        return sum(number for key, number in self._counts.items() if key[:2] == (step, into))

    def _folders(self) -> Iterator[Share]:
        """Yield shares of neighbouring folders, each as large as others or one folder."""
        sizes: Counter[str] = Counter()
        for (step, into, folder), number in self._counts.items():
            if step in MAKING_ROWS and into == ROWS:
                sizes[folder] += number
        some: list[str] = []
        weight = 0
        for number, folder in enumerate(sorted(sizes), start=1):
            some.append(folder)
            weight += sizes[folder]
            if weight >= self._job.size * _ROWS_A_REPORT or number == len(sizes):
                end = f"{folder}\0"
                yield Share(step="lay", name=f"{number:06d}", weight=weight, low=some[0], high=end)
                some, weight = [], 0


@contextmanager
def _engine(address: str | None, workers: int) -> Iterator[Engine]:
    if address is not None:
        with on_ray(address, workers) as engine:
            yield engine
    elif workers > 1:
        with pool(workers) as engine:
            yield engine
    else:
        yield one_by_one


def _extractor(job: Job, progress: Progress | None) -> str:
    """Return the name of what reads; the gazetteer is built here where it is missing, and not by every process."""

    def tell(done: int, total: int) -> None:
        if progress:
            progress("building the gazetteer", done, total)

    path = Path(job.gazetteer) if job.gazetteer else None
    with Gazetteer.open(path, build_if_missing=path is None, progress=tell) as places:
        return Reader(places, None, Path(job.network) if job.network else None).extractor


def _finished(job: Job, same: str) -> Mapping[str, Any] | None:
    """Return what a whole archive says of itself; raise InputError where it is another one."""
    if not (job.root / ARCHIVE).exists():
        return None
    told = told_by(job.root)
    if told["identity"] != same:
        raise InputError(f"{job.root}: holds the archive of other inputs or settings; give another folder")
    return told


def _begin(job: Job, same: str) -> None:
    """Make the folder ready, or go on in it; raise InputError where it is something else."""
    plan = job.work / _PLAN
    try:
        told = json.loads(plan.read_bytes()) if plan.exists() else None
        if told is None and job.root.exists() and any(job.root.iterdir()):
            raise InputError(f"{job.root}: is not empty, and holds no archive")
        if told is not None and told["identity"] != same:
            raise InputError(f"{job.root}: the archive of other inputs or settings was begun here; give another folder")
        if told is not None and told["plan"] != job.plan:
            shutil.rmtree(job.work)
        with new_file(plan) as stream:
            stream.write(json.dumps({"identity": same, "plan": job.plan}).encode())
    except OSError as error:
        raise InputError(f"{job.root}: cannot be written: {error.strerror}") from error


def _finish(job: Job, same: str, extractor: str, counts: Mapping[tuple[str, str, str], int]) -> Mapping[str, Any]:
    """Write what the archive says of itself, which makes it whole, and take away what it was made with."""
    rows = Counter(dict.fromkeys(TABLES, 0))
    for (step, into, folder), number in counts.items():
        if step in MAKING_ROWS and into == ROWS:
            rows[folder.partition("/")[0]] += number
    rules = rules_of(job)
    told = {
        "archive": SCHEMA,
        "version": __version__,
        "extractor": extractor,
        "identity": same,
        "rules": {"name": rules.name, "version": rules.version},
        "unread": counts.get(("read", "read", UNREAD), 0),
        "rows": dict(sorted(rows.items())),
    }
    if job.theatre is not None:
        with new_file(job.root / THEATRE, job.work) as stream:
            stream.write(job.theatre.encode())
    with new_file(job.root / ARCHIVE, job.work) as stream:
        stream.write(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode())
    shutil.rmtree(job.work)
    return told


def _receipt(job: Job, told: Mapping[str, Any], *, made: bool) -> ArchiveReceipt:
    return ArchiveReceipt(folder=job.root, rows=told["rows"], unread=told["unread"], made=made)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: not UTF-8 (byte {error.start})") from error


def _path(path: Path | str | None) -> str | None:
    return None if path is None else str(path)
