"""The one object people hold: a file of reports that can be added to and asked, as of any hour."""

from __future__ import annotations

import itertools
import tempfile
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.errors import DataFileError, MarsadError, StoreError
from marsad.gazetteer import Gazetteer
from marsad.intake import Skipped, read_inputs
from marsad.linking import Sites, link, trace_origins
from marsad.outputs import Picture, details, situation
from marsad.reading import EXTRACTOR, Reader, Unread
from marsad.store import Store, theatre_digest
from marsad.theatre import fold, load_theatre
from marsad.vocabulary import load_nowcast, load_rules
from marsad.weighing import control, disputes, grade, nowcast, reliabilities, source_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from marsad.outputs import Detail, SituationReport
    from marsad.records import Claim, ControlState, Dispute, Nowcast, Place, Polarity, Proposition, Report, SourceRecord
    from marsad.theatre import Theatre

    Progress = Callable[[str, int, int | None], None]

_AT_ONCE = 64  # reports whose claims are written in one transaction
_PICTURES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of inputs: report ids added and known before, inputs skipped and reports unread, each with why.

    `claims` is the number of claims read now, from the added reports and from those that an earlier version or another
    theatre had read.
    """

    added: tuple[str, ...]
    duplicates: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    unread: tuple[Unread, ...]
    claims: int


class Monitor:
    """Reports and what follows from them, in one file; use `Monitor.open`, as a context manager.

    Every question takes `as_of`, a timezone-aware instant: then only statements published by that time count, and
    reports without a date do not; None takes all. Every method raises StoreError where the file cannot be used.
    """

    def __init__(self, store: Store, theatre: Theatre | None, gazetteer: Gazetteer | None) -> None:
        """Hold an open store; use `Monitor.open`."""
        self._store = store
        self._theatre = theatre
        self._gazetteer = gazetteer
        self._closing = ExitStack()
        self._closing.callback(store.close)
        self._pictures: OrderedDict[tuple[datetime | None, tuple[int, ...]], Picture] = OrderedDict()

    @classmethod
    def open(
        cls, path: Path | str, *, theatre: Path | str | None = None, gazetteer: Gazetteer | None = None
    ) -> Monitor:
        """Open the monitor at `path`, created where there is no file.

        A `theatre` file is checked and kept with the reports, so that later openings need none. Without a `gazetteer`
        the user's own is opened when reports are first read, and built where it is missing. Raises DataFileError for a
        wrong theatre file and StoreError where the path is no monitor.
        """
        profile = load_theatre(Path(theatre)) if theatre is not None else None
        store = Store.open(path)
        try:
            if theatre is not None:
                store.add_theatre(Path(theatre).read_text("utf-8"), learnt=datetime.now(UTC))
            else:
                profile = _kept_theatre(store)
        except BaseException:
            store.close()
            raise
        return cls(store, profile, gazetteer)

    def close(self) -> None:
        """Close the file; the monitor is of no use afterwards."""
        self._closing.close()

    def __enter__(self) -> Monitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def theatre(self) -> Theatre | None:
        """The war's profile, None where none was ever given."""
        return self._theatre

    @property
    def zone(self) -> ZoneInfo:
        """The theatre's time zone, UTC without a theatre."""
        return self._theatre.time_zone if self._theatre else ZoneInfo("UTC")

    # Adding

    def add(self, sources: Iterable[str | Path], *, progress: Progress | None = None) -> Receipt:
        """Add the reports of files, folders or "-" for standard input, and read whatever is not read yet.

        Adding the same again changes nothing. Bad input never raises; the receipt and the store say what was skipped.
        `progress` is told what is being done, how far it is, and out of how many (None where nobody knows).
        """
        added, duplicates, skipped = self._take_in(sources, progress)
        unread, claims = self._read(progress)
        return Receipt(
            added=tuple(added),
            duplicates=tuple(duplicates),
            skipped=tuple(skipped),
            unread=tuple(unread),
            claims=claims,
        )

    def _take_in(
        self, sources: Iterable[str | Path], progress: Progress | None
    ) -> tuple[list[str], list[str], list[Skipped]]:
        now = datetime.now(UTC)
        added: list[str] = []
        duplicates: list[str] = []
        skipped: list[Skipped] = []
        items = read_inputs(sources, retrieved=now)
        while batch := list(itertools.islice(items, _AT_ONCE)):
            with self._store.transaction():
                for item in batch:
                    if isinstance(item, Skipped):
                        skipped.append(item)
                        continue
                    try:
                        outcome = self._store.add_report(item.report, learnt=now, origin=item.origin)
                    except StoreError as error:
                        skipped.append(Skipped(item.origin, str(error)))
                        continue
                    (added if outcome == "added" else duplicates).append(item.report.id)
            if progress:
                progress("taking in", len(added) + len(duplicates) + len(skipped), None)
        self._note((item.origin, item.reason) for item in skipped)
        return added, duplicates, skipped

    def _read(self, progress: Progress | None) -> tuple[list[Unread], int]:
        """Read the reports that this version of the reader has not read with this theatre."""
        text = self._store.theatre()
        digest = theatre_digest(text) if text is not None else ""
        waiting = self._store.unread(EXTRACTOR, digest)
        if not waiting:
            return [], 0
        unread: list[Unread] = []
        claims = done = 0
        results = Reader(self._opened_gazetteer(progress), self._theatre).read_many(waiting)
        if progress:
            progress("reading", 0, len(waiting))
        while batch := list(itertools.islice(results, _AT_ONCE)):
            with self._store.transaction():
                for report, result in batch:
                    found = () if isinstance(result, Unread) else result
                    self._store.add_reading(report.id, EXTRACTOR, digest, found, learnt=datetime.now(UTC))
                    unread += [result] if isinstance(result, Unread) else []
                    claims += len(found)
            done += len(batch)
            if progress:
                progress("reading", done, len(waiting))
        self._note((item.report, f"not read: {item.reason}") for item in unread)
        return unread, claims

    def _note(self, skips: Iterable[tuple[str, str]]) -> None:
        """Keep what was skipped, once."""
        known = {(skip.origin, skip.reason) for skip in self._store.skips()}
        for origin, reason in dict.fromkeys(skips):
            if (origin, reason) not in known:
                self._store.add_skip(origin, reason, learnt=datetime.now(UTC))

    def _opened_gazetteer(self, progress: Progress | None) -> Gazetteer:
        if self._gazetteer is None:

            def tell(done: int, total: int) -> None:
                if progress:
                    progress("building the gazetteer", done, total)

            self._gazetteer = Gazetteer.open(build_if_missing=True, progress=tell)
            self._closing.callback(self._gazetteer.close)
        return self._gazetteer

    # Asking

    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant, linked and weighed; kept until something is added."""
        key = (as_of, self._store.revision())
        if key not in self._pictures:
            self._pictures[key] = self._drawn(as_of)
            while len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def _drawn(self, as_of: datetime | None) -> Picture:
        reports = self._store.reports(published_until=as_of)
        by_id = {report.id: report for report in reports}
        claims = tuple(claim for claim in self._store.claims() if claim.report in by_id)
        origins = trace_origins(reports)
        linked = link(claims, by_id, origins, self._theatre)
        verdicts = grade(linked, claims, by_id, origins, self._theatre, as_of=as_of)
        return Picture(
            as_of=as_of,
            theatre=self._theatre,
            reports=reports,
            claims=claims,
            origins=origins,
            linked=linked,
            assessments=verdicts,
            disputes=disputes(linked, verdicts, claims),
            control=control(claims, by_id, origins, self._theatre, as_of=as_of),
            sources=source_records(verdicts),
            skips=self._store.skips(),
        )

    def reports(self, as_of: datetime | None = None) -> tuple[Report, ...]:
        """Return the reports by publication, the undated last."""
        return self._store.reports(published_until=as_of)

    def claims(
        self,
        *,
        as_of: datetime | None = None,
        place: str | None = None,
        source: str | None = None,
        event: str | None = None,
        polarity: Polarity | None = None,
    ) -> tuple[Claim, ...]:
        """Return the claims by publication and text; names match in all known spellings."""
        report_ids = {report.id for report in self.reports(as_of)}
        return tuple(
            claim
            for claim in self._store.claims()
            if claim.report in report_ids
            and (place is None or _named(claim.place, place))
            and (source is None or self._same(claim.source, source) or self._same(claim.speaker, source))
            and (event is None or claim.event == event)
            and (polarity is None or claim.polarity is polarity)
        )

    def propositions(self, as_of: datetime | None = None) -> tuple[Proposition, ...]:
        """Return what claims from different reports are about, in order of first statement."""
        return self.picture(as_of).linked.propositions

    def disputes(self, as_of: datetime | None = None) -> tuple[Dispute, ...]:
        """Return every proposition with voices for and against, open or settled."""
        return self.picture(as_of).disputes

    def assess(self, wanted: str, as_of: datetime | None = None) -> tuple[Detail, ...]:
        """Return the propositions that an id means: its own, or those of a claim or a report; a prefix will do.

        Raises MarsadError where the id is unknown or not unique.
        """
        return details(self.picture(as_of), wanted)

    def control(
        self,
        place: str | None = None,
        on: date | None = None,
        according_to: str | None = None,
        as_of: datetime | None = None,
    ) -> tuple[ControlState, ...]:
        """Return who holds what by whose account, in spells by place, account and time.

        `on` keeps the spells that cover that day; `according_to` is an account's name or side.
        """
        return tuple(
            state
            for state in self.picture(as_of).control
            if (place is None or _named(state.place, place))
            and (on is None or _covers(state, on))
            and (
                according_to is None
                or self._same(state.according_to, according_to)
                or fold(state.side or "") == fold(according_to)
            )
        )

    def nowcast(
        self,
        place: str | None = None,
        on: date | None = None,
        as_of: datetime | None = None,
        *,
        since: date | None = None,
    ) -> tuple[Nowcast, ...]:
        """Return who probably holds each place on a day, or on every day from `since` to it, by place and day.

        `on` None is the day up to which the picture reaches. Every day is seen with all that was published by `as_of`;
        how far each kind of speaker is trusted is learnt from what was settled by then. Raises MarsadError where
        `since` is after the day.
        """
        now = self.picture(as_of)
        last = on or (now.last_word.astimezone(self.zone).date() if now.last_word else None)
        if last is None:
            return ()
        if since is not None and since > last:
            raise MarsadError(f"the days would begin on {since}, after their end on {last}")
        first = since or last
        counts = reliabilities(now.linked, now.assessments, self._theatre, load_nowcast(), load_rules())
        return nowcast(
            now.claims if place is None else _claims_of(place, now.claims),
            now.report_by_id,
            now.origins,
            self._theatre,
            days=[first + timedelta(days=number) for number in range((last - first).days + 1)],
            as_of=as_of,
            counts=counts,
        )

    def sources(self, as_of: datetime | None = None) -> tuple[SourceRecord, ...]:
        """Return how each voice's word fared where it was later settled."""
        return self.picture(as_of).sources

    def report(self, as_of: datetime | None = None, since: timedelta = timedelta(hours=24)) -> SituationReport:
        """Return the situation at `as_of` (None: the last publication) with what changed in the `since` before it."""
        now = self.picture(as_of)
        last = now.last_word
        before = self.picture(last - since) if last else now
        return situation(now, before, self.zone, since)

    def _same(self, name: str | None, wanted: str) -> bool:
        if name is None:
            return False
        actor = self._theatre.actor(wanted) if self._theatre else None
        return fold(name) == fold(actor.name if actor else wanted)


def _named(place: Place | None, wanted: str) -> bool:
    """Tell whether a place bears the wanted name, or is the wanted entry of the gazetteer."""
    if place is None:
        return False
    return place.gazetteer_id == wanted or fold(wanted) in {fold(place.name), fold(place.canonical or place.name)}


def _claims_of(wanted: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims about a place in all spellings that stand for it."""
    sites = Sites(claim.place for claim in claims)
    same = {sites.site(claim.place) for claim in claims if _named(claim.place, wanted)}
    return tuple(claim for claim in claims if claim.place and sites.site(claim.place) in same)


def _covers(state: ControlState, day: date) -> bool:
    first = state.start or (state.last_heard.date() if state.last_heard else None)
    return first is not None and first <= day and (state.end is None or day < state.end)


def _kept_theatre(store: Store) -> Theatre | None:
    """Return the theatre that the store keeps, as checked as one from a file."""
    text = store.theatre()
    if text is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "theatre.toml"
        path.write_text(text, "utf-8")
        try:
            return load_theatre(path)
        except DataFileError as error:
            raise StoreError(f"{store.path}: the theatre in it is not one that this version reads: {error}") from error
