"""What adding does: inputs become reports, reports are read, and what was read is linked with all that is known."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import DataFileError, StoreError
from marsad.gazetteer import Gazetteer
from marsad.intake import Skipped, load_columns, read_inputs
from marsad.linking import arrive
from marsad.monitor.searching import index
from marsad.reading import BY_LLM, EXTRACTOR, LlmReader, Reader, Unread, load_llm_settings
from marsad.records import Outcome
from marsad.store import theatre_digest
from marsad.theatre import known_outlets, read_theatre

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import ExitStack

    from marsad.fetching import Fetcher
    from marsad.intake import ColumnMap, Taken
    from marsad.reading import ClaimReader, LlmSettings, LlmTally
    from marsad.records import Capture, Claim, Report
    from marsad.store import Store
    from marsad.theatre import Theatre
    from marsad.vocabulary import Publishers

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how far it is, and out of how many (None where nobody knows)."""

_NOT_READ = "not read: "  # how the reasons begin for which reports that are kept were not read
_AT_ONCE = 64  # reports whose claims are written in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of inputs: report ids added, updated and known before, inputs skipped and reports unread, with why.

    `claims` is the number of claims read now, from the added reports and from those that had been read with another
    theatre. `outdated` is the number of reports whose claims are of an earlier version of the reader, `waiting` that of
    reports that nobody has read with the theatre yet. `tally` is what it took where a language model was asked.
    """

    added: tuple[str, ...]
    updated: tuple[str, ...]
    duplicates: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    unread: tuple[Unread, ...]
    claims: int
    outdated: int
    waiting: int = 0
    tally: LlmTally | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a new reading of a report changed: claims that it has no more, and new ones; `kept` are in both, by id.

    The claims of the earlier reading stay in the store, and their ids stay theirs.
    """

    report: Report
    gone: tuple[Claim, ...]
    new: tuple[Claim, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of inputs so far: ids of reports by outcome, and what was skipped."""

    ids: Mapping[Outcome, list[str]] = field(default_factory=lambda: {outcome: [] for outcome in Outcome})
    skipped: list[Skipped] = field(default_factory=list)


class Adding:
    """Takes reports into a store; `closing` closes what is opened for it."""

    def __init__(
        self,
        store: Store,
        theatre: Theatre | None,
        gazetteer: Gazetteer | None,
        closing: ExitStack,
        fetcher: Fetcher | None = None,
    ) -> None:
        """Work on an open store; without a fetcher one is made where addresses are added."""
        self._store = store
        self._theatre = theatre
        self._gazetteer = gazetteer
        self._closing = closing
        self._reader: Reader | None = None
        self._fetcher = fetcher

    def add(
        self,
        sources: Iterable[str | Path],
        columns: str | Path | ColumnMap | None,
        outlets: Path | str | None,
        progress: Progress | None,
        *,
        read: bool,
        llm: LlmSettings | Path | str | None = None,
    ) -> Receipt:
        """Do as `Monitor.add` says."""
        settings = load_llm_settings(Path(llm)) if isinstance(llm, str | Path) else llm
        chosen = load_columns(Path(columns)) if isinstance(columns, str | Path) else columns
        known = known_outlets(self._theatre, Path(outlets) if outlets is not None else None)
        kept = self._take_in(sources, chosen, known, progress)
        unread: list[Unread] = []
        claims = 0
        asking = None
        if read and settings is not None:
            wanted = self._for_a_model()
            asking = LlmReader(self._opened_gazetteer(progress), self._theatre, settings) if wanted else None
            unread, claims = self._read(wanted, progress, reader=asking)
            self._link(progress)
        elif read:
            unread, claims = self.catch_up(progress)
        waiting = len(self._store.unread(None, self._digest))
        return Receipt(
            added=tuple(kept.ids[Outcome.ADDED]),
            updated=tuple(kept.ids[Outcome.UPDATED]),
            duplicates=tuple(kept.ids[Outcome.DUPLICATE]),
            skipped=tuple(kept.skipped),
            unread=tuple(unread),
            claims=claims,
            outdated=len(self._outdated()) - waiting,
            waiting=waiting,
            tally=asking.tally if asking is not None else None,
        )

    def reread(self, progress: Progress | None) -> tuple[Difference, ...]:
        """Do as `Monitor.reread` says."""
        found: list[Difference] = []
        self._read(self._outdated(), progress, found)
        self._link(progress)
        return tuple(found)

    @property
    def _digest(self) -> str:
        text = self._store.theatre()
        return theatre_digest(text) if text is not None else ""

    def _outdated(self) -> tuple[str, ...]:
        """Return the ids of reports that this version of the reader has not read, nor any language model."""
        return self._store.unread(EXTRACTOR, self._digest, apart_from=BY_LLM)

    def _for_a_model(self) -> tuple[str, ...]:
        """Return the ids of reports that nobody has read, and of those that the usual reader refused to read."""
        waiting = self._store.unread(None, self._digest)
        refused = {one.origin for one in self._store.skips() if one.reason.startswith(_NOT_READ)}
        others = (one for one in self._store.unread(BY_LLM, self._digest, apart_from=BY_LLM) if one in refused)
        return tuple(dict.fromkeys((*waiting, *(one for one in others if not self._store.claims(report=one)))))

    def catch_up(self, progress: Progress | None) -> tuple[list[Unread], int]:
        """Read what is not read yet, and link it; return what could not be read, and the number of claims."""
        found = self._read(self._store.unread(None, self._digest), progress)
        self._link(progress)
        return found

    def keep(self, items: Iterable[Taken | Skipped], learnt: datetime, kept: Kept) -> None:
        """Add reports to the store, within the open transaction, and say in `kept` what became of them."""
        new: list[str] = []
        for item in items:
            if isinstance(item, Skipped):
                kept.skipped.append(item)
                continue
            try:
                name, outcome = self._store.add_report(
                    item.report, learnt=learnt, origin=item.origin, content=item.content, versioned=item.versioned
                )
            except StoreError as error:
                kept.skipped.append(Skipped(item.origin, str(error)))
                continue
            kept.ids[outcome].append(name)
            new.append(name)
        index(self._store, new)

    def note(self, skips: Iterable[tuple[str, str]]) -> None:
        """Keep what was skipped, origin and reason, once."""
        left = iter(dict.fromkeys(skips))
        while batch := list(itertools.islice(left, _AT_ONCE)):
            with self._store.transaction():
                for origin, reason in batch:
                    if not self._store.has_skipped(origin, reason):
                        self._store.add_skip(origin, reason, learnt=datetime.now(UTC))

    def _take_in(
        self,
        sources: Iterable[str | Path],
        columns: ColumnMap | None,
        known: Publishers,
        progress: Progress | None,
    ) -> Kept:
        now, kept = datetime.now(UTC), Kept()
        captures: list[Capture] = []

        def fetch(address: str) -> Capture:
            captures.append(self._opened_fetcher().fetch(address))
            return captures[-1]

        items = read_inputs(sources, retrieved=now, publishers=known, columns=columns, fetch=fetch)
        index(self._store)  # what an earlier version or an interrupted process left
        while batch := list(itertools.islice(items, _AT_ONCE)):
            with self._store.transaction():
                for capture in captures:
                    self._store.add_capture(capture, learnt=now)
                captures.clear()
                self.keep(batch, now, kept)
            if progress:
                progress("taking in", len(kept.skipped) + sum(map(len, kept.ids.values())), None)
        self.note((item.origin, item.reason) for item in kept.skipped)
        return kept

    def _read(
        self,
        waiting: Sequence[str],
        progress: Progress | None,
        differences: list[Difference] | None = None,
        reader: ClaimReader | None = None,
    ) -> tuple[list[Unread], int]:
        """Read reports with the monitor's theatre, by the usual reader if none is given; note what changes where asked.

        The reports are given by id, and a few are held at once. One that a later try may read goes on waiting.
        """
        digest = self._digest
        if not waiting:
            return [], 0
        unread: list[Unread] = []
        claims = done = 0
        chosen = reader or self._usual_reader(progress)
        results = chosen.read_many(self._store.reports_of(waiting))
        if progress:
            progress("reading", 0, len(waiting))
        while batch := list(itertools.islice(results, _AT_ONCE)):
            with self._store.transaction():
                for report, result in batch:
                    unread += [result] if isinstance(result, Unread) else chosen.passed_over(report)
                    if isinstance(result, Unread) and result.again:
                        continue
                    found = () if isinstance(result, Unread) else result
                    if differences is not None:
                        differences.append(_difference(report, self._store.claims(report=report.id), found))
                    by = found[0].extractor if found else chosen.extractor  # no model is asked for coded data
                    self._store.add_reading(report.id, by, digest, found, learnt=datetime.now(UTC))
                    claims += len(found)
            done += len(batch)
            if progress:
                progress("reading", done, len(waiting))
        self.note((item.report, f"{_NOT_READ}{item.reason}") for item in unread)
        return unread, claims

    def _usual_reader(self, progress: Progress | None) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._opened_gazetteer(progress), self._theatre)
        return self._reader

    def _link(self, progress: Progress | None) -> None:
        """Link the claims of the reports that were read anew with all others."""
        waiting = self._store.unlinked()
        for start in range(0, len(waiting), _AT_ONCE):
            with self._store.linking(datetime.now(UTC)) as memory:
                arrive(waiting[start : start + _AT_ONCE], memory, self._theatre)
            if progress:
                progress("linking", min(start + _AT_ONCE, len(waiting)), len(waiting))

    def gazetteer(self) -> Gazetteer:
        """Return the gazetteer that names are looked up in, opened if it is not yet."""
        return self._opened_gazetteer(None)

    def _opened_fetcher(self) -> Fetcher:
        if self._fetcher is None:
            from marsad.fetching import Fetcher  # noqa: PLC0415 - slow, and most inputs are files

            self._fetcher = Fetcher()
        return self._fetcher

    def _opened_gazetteer(self, progress: Progress | None) -> Gazetteer:
        if self._gazetteer is None:

            def tell(done: int, total: int) -> None:
                if progress:
                    progress("building the gazetteer", done, total)

            self._gazetteer = Gazetteer.open(build_if_missing=True, progress=tell)
            self._closing.callback(self._gazetteer.close)
        return self._gazetteer


def _difference(report: Report, before: Sequence[Claim], now: Sequence[Claim]) -> Difference:
    old, new = {claim.id for claim in before}, {claim.id for claim in now}
    return Difference(
        report=report,
        gone=tuple(claim for claim in before if claim.id not in new),
        new=tuple(claim for claim in now if claim.id not in old),
        kept=len(old & new),
    )


def kept_theatre(store: Store) -> Theatre | None:
    """Return the theatre that the store keeps, as checked as one from a file."""
    text = store.theatre()
    if text is None:
        return None
    try:
        return read_theatre(text, "theatre.toml")
    except DataFileError as error:
        raise StoreError(f"{store.name}: the theatre in it is not one that this version reads: {error}") from error
