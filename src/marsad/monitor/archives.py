"""Archives: made of more reports than one machine holds, and opened as monitors that took those reports in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.archive import Archived, is_archive, make_archive
from marsad.errors import StoreError
from marsad.linking import founded_by
from marsad.monitor.searching import index
from marsad.reading import NETWORK
from marsad.store import Store, theatre_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.archive import ArchiveReceipt, Holding
    from marsad.monitor.adding import Progress

_MONITOR = "monitor.marsad"


class Archiving:
    """Archives made; a part of `Monitor`."""

    @staticmethod
    def archive(
        inputs: Iterable[str | Path],
        out: Path | str,
        *,
        theatre: Path | str | None = None,
        outlets: Path | str | None = None,
        columns: Path | str | None = None,
        rules: Path | str | None = None,
        gazetteer: Path | None = None,
        network: Path | None = NETWORK,
        every: bool = False,
        retrieved: datetime | None = None,
        workers: int | None = None,
        address: str | None = None,
        size: int = 1000,
        progress: Progress | None = None,
    ) -> ArchiveReceipt:
        """Read files, folders and addresses of stores into tables of Parquet in the folder `out`; return what it has.

        Work is shared out among `workers` processes of this machine, as many as it has processors by default, or on the
        Ray cluster of an `address` (`local`: one of this machine alone). The tables are the same, byte for byte,
        whichever it is, in whatever order the inputs are given, and where it was stopped on the way: the same call
        goes on. A whole archive of the same inputs is left as it is.

        Reports without words of war are listed and not read, unless `every` one is to be. `retrieved`, timezone-
        aware, is when inputs that do not say were fetched; None: nobody knows, and dates ahead of now are believed.
        `theatre`, `outlets`, `columns` and `rules` are as for `Monitor.open` and `Monitor.add`, `gazetteer` and
        `network` as for `Reader`. A share of work has about `size` reports. Raises InputError where an input is not
        there or `out` is something else, DataFileError where a file of settings is wrong.
        """
        return make_archive(
            inputs,
            out,
            theatre=theatre,
            outlets=outlets,
            columns=columns,
            rules=rules,
            gazetteer=gazetteer,
            network=network,
            every=every,
            retrieved=retrieved,
            workers=workers or os.cpu_count() or 1,
            address=address,
            size=size,
            progress=progress,
        )


def filled(where: Path | str) -> Path | str:
    """Return where a monitor is: for the folder of an archive its file there, which is filled where it is not yet.

    Raises StoreError where it cannot be.
    """
    if not is_archive(where):
        return where
    folder = Path(where)
    path, partial = folder / _MONITOR, folder / f".{_MONITOR}.partial"
    if path.exists():
        return path
    try:
        for left in folder.glob(f"{partial.name}*"):
            left.unlink()
        with Store.open(partial) as store:
            _Filling(store, Archived(folder)).all()
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
    return path


class _Filling:
    """Takes an archive into a new store, a day at a time."""

    def __init__(self, store: Store, archived: Archived) -> None:
        self._store = store
        self._archived = archived
        self._now = datetime.now(UTC)

    def all(self) -> None:
        text = self._archived.theatre
        if text is not None:
            self._store.add_theatre(text, learnt=self._now)
        digest = theatre_digest(text) if text is not None else ""
        for day in self._archived.days():
            with self._store.transaction():
                self._take(day, digest)
            index(self._store, [report.id for report in day.reports])
        with self._store.transaction():
            for one in self._archived.skipped():
                self._store.add_skip(one.origin, one.reason, learnt=self._now)
        self._link()

    def _take(self, day: Holding, digest: str) -> None:
        for report in day.reports:
            for origin, content in day.origins[report.id]:
                self._store.add_report(report, learnt=self._now, origin=origin, content=content)
            claims = day.claims.get(report.id, ())
            self._store.add_reading(report.id, self._archived.extractor, digest, claims, learnt=self._now)
            if report.id in day.unread:
                self._store.add_skip(report.id, f"not read: {day.unread[report.id]}", learnt=self._now)

    def _link(self) -> None:
        """Keep what linking found, as if each report had been linked when it came."""
        with self._store.linking(self._now) as memory:
            memory.settle(self._archived.sites())
        for day in self._archived.days():
            with self._store.linking(self._now) as memory:
                memory.add_kin(day.marks, day.kinships)
                memory.replace([report.id for report in day.reports], ())
        for slots in self._archived.slots():
            founded = [(slot.proposition, slot.claim) for slot in slots if founded_by(slot.claim) == slot.proposition]
            with self._store.linking(self._now) as memory:
                memory.assign((), founded)
        for slots in self._archived.slots():
            with self._store.linking(self._now) as memory:
                memory.replace({slot.report for slot in slots}, slots)
                memory.assign([(slot.claim, slot.proposition) for slot in slots], ())
