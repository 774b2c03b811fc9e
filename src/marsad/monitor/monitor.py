"""The one object people hold: a file of reports that can be added to and asked, as of any hour."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.errors import MarsadError
from marsad.linking import link, redirected, trace_origins
from marsad.monitor.adding import Adding, kept_theatre
from marsad.monitor.archives import Archiving, filled
from marsad.monitor.exporting import Exporting
from marsad.monitor.gated import gated
from marsad.monitor.giving import Giving
from marsad.monitor.judging import Judging
from marsad.monitor.listing import called, claims_of, covers, named
from marsad.monitor.pages import Pages
from marsad.monitor.routing import Routing
from marsad.monitor.searching import Searching
from marsad.monitor.watching import Watching
from marsad.outputs import Picture, details, situation
from marsad.records import Listed
from marsad.store import Store
from marsad.theatre import fold, load_theatre
from marsad.vocabulary import INTERNAL, Policy, load_nowcast, load_policy, load_rules
from marsad.weighing import (
    control,
    disputes,
    grade,
    graded_by_hand,
    nowcast,
    reliabilities,
    source_records,
    with_concessions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from marsad.fetching import Fetcher
    from marsad.gazetteer import Gazetteer
    from marsad.intake import ColumnMap
    from marsad.monitor.adding import Difference, Progress, Receipt
    from marsad.outputs import Detail, SituationReport
    from marsad.records import (
        ControlState,
        Dispute,
        Inspection,
        Nowcast,
        Proposition,
        SourceRecord,
    )
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet

_PICTURES = 8


@gated
class Monitor(Archiving, Giving, Routing, Exporting, Judging, Pages, Searching, Watching):
    """Reports and what follows from them, in one file; use `Monitor.open`, as a context manager.

    Every question takes `as_of`, a timezone-aware instant: then only statements published by that time count, and
    reports without a date do not; None takes all. Every method raises StoreError where the file cannot be used.
    Under a policy everything that it answers has passed the policy's gate.
    """

    def __init__(
        self,
        store: Store,
        theatre: Theatre | None,
        gazetteer: Gazetteer | None,
        rules: RuleSet,
        fetcher: Fetcher | None = None,
        *,
        policy: Policy | None = None,
    ) -> None:
        """Hold an open store; use `Monitor.open`."""
        self._store = store
        self._gate = self._gate_of(policy or load_policy(INTERNAL), theatre)
        self._theatre = theatre
        self._rules = rules
        self._closing = ExitStack()
        self._closing.callback(store.close)
        self._adding = Adding(store, theatre, gazetteer, self._closing, fetcher)
        self._pictures: OrderedDict[tuple[datetime | None, tuple[int, ...]], Picture] = OrderedDict()
        self._standing: tuple[int, ...] | None = None

    @classmethod
    def open(
        cls,
        where: Path | str,
        *,
        theatre: Path | str | None = None,
        gazetteer: Gazetteer | None = None,
        rules: Path | str | None = None,
        fetcher: Fetcher | None = None,
        create: bool = True,
        learnt_by: datetime | None = None,
        policy: Policy | Path | str | None = None,
    ) -> Monitor:
        """Open the monitor at a path, or in the PostgreSQL database of a `postgresql://` URL.

        It is created where there is no file and the database is empty, unless `create` is False. A `theatre` file is
        checked and kept with the reports, so that later openings need none. Without a `gazetteer` the user's own is
        opened when reports are first read, and built where it is missing. `rules` is the name of a shipped rule set or
        the file of another; all verdicts follow it until the monitor is closed, and it is not kept. A `fetcher` is
        asked for addresses in place of the usual one.

        The folder of an archive is opened as a monitor that took its reports in, by a file made in it the first time.

        With `learnt_by` the monitor is as it was at that instant: it knows what it had taken in, read and linked by
        then, with the theatre of then, and takes nothing in.

        With a `policy`, a shipped one or the file of another, the monitor is for giving out: it answers only what may
        leave, as of no later than the policy's delay, and what would change it raises MarsadError.

        Raises DataFileError for a wrong theatre, rule or policy file, StoreError where something else is there, and its
        MissingStoreError where nothing is.
        """
        chosen = load_rules() if rules is None else load_rules(rules)
        allowed = policy if isinstance(policy, Policy) or policy is None else load_policy(policy)
        profile = load_theatre(Path(theatre)) if theatre is not None else None
        store = Store.open(filled(where), create=create, learnt_by=learnt_by)
        try:
            if theatre is not None:
                store.add_theatre(Path(theatre).read_text("utf-8"), learnt=datetime.now(UTC))
            else:
                profile = kept_theatre(store)
        except BaseException:
            store.close()
            raise
        return cls(store, profile, gazetteer, chosen, fetcher, policy=allowed)

    def close(self) -> None:
        """Close the file; the monitor is of no use afterwards."""
        self._closing.close()

    def __enter__(self) -> Monitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The path of the monitor's file, or the database's URL without a password; under a policy its last part."""
        return self._store.name if self.policy.lets_all_out else Path(self._store.name).name

    @property
    def theatre(self) -> Theatre | None:
        """The war's profile, None where none was ever given."""
        return self._theatre

    @property
    def zone(self) -> ZoneInfo:
        """The theatre's time zone, UTC without a theatre."""
        return self._theatre.time_zone if self._theatre else ZoneInfo("UTC")

    @property
    def rules(self) -> RuleSet:
        """The rule set that verdicts follow."""
        return self._rules

    # Adding

    def add(
        self,
        sources: Iterable[str | Path],
        *,
        columns: str | Path | ColumnMap | None = None,
        outlets: Path | str | None = None,
        read: bool = True,
        progress: Progress | None = None,
    ) -> Receipt:
        """Add the reports of files, folders, addresses or "-" for standard input, and read what is not read yet.

        `columns` is a column map, or its file, for tables whose columns are not named as the fields of a report.
        Adding the same again changes nothing, and what an earlier version of the reader has read stays as it was read.
        Bad input never raises; the receipt and the store say what was skipped. Where an input does not say its
        publisher or of which kind it is, known outlets tell: those of the file `outlets`, of the theatre, and those
        that ship. `columns` says which column of a table holds what. With `read` False reports are only taken in: kept,
        and found by their words; the next `add` reads them. Raises DataFileError where one of these files is wrong.
        `progress` is told what is being done, how far it is, and out of how many (None where nobody knows).
        """
        return self._adding.add(sources, columns, outlets, progress, read=read)

    def reread(self, *, progress: Progress | None = None) -> tuple[Difference, ...]:
        """Read anew what this version of the reader has not read, and return what that changes, a report at a time.

        From then on the new claims count; the old ones are kept, as `learnt_by` an earlier instant shows.
        """
        return self._adding.reread(progress)

    # Keeping

    def check(self, *, head: str | None = None) -> Inspection:
        """Return whether all that the monitor keeps is whole and as it was added; nothing is changed.

        `head` is the hash that an earlier inspection gave: then what was there at that time must be there unchanged.
        """
        return self._store.check(head)

    def back_up(self, to: Path | str) -> None:
        """Write the monitor to a new file, itself a monitor, while others may add to this one.

        Raises StoreError where `to` is there already or cannot be written; then nothing is left there.
        """
        self._store.back_up(Path(to))

    @staticmethod
    def restore(kept: Path | str, path: Path | str) -> None:
        """Fill an empty or new monitor at `path` with what a backup keeps, wholly or not at all.

        Raises StoreError where the backup is none or the monitor holds anything.
        """
        Store.restore(Path(kept), path)

    # Asking

    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything that was said by an instant, linked and weighed; kept until something is added.

        All judgements count that the monitor knows, whenever they were made: they belong to the clock of `learnt_by`.
        """
        key = (as_of, self._drawn_at())
        if key not in self._pictures:
            self._pictures[key] = self._drawn(as_of)
            while len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def stand_still(self) -> tuple[int, ...]:
        """Answer from the pictures of now from here on, whatever is added, and return the revision that they are of.

        Reports, receipts and judgements are still told as they are.
        """
        self._standing = self._drawn_at()
        return self._standing

    def release(self) -> None:
        """Give back all connections; later calls open new ones. A process that holds a monitor does so to fork."""
        self._store.release()

    def _drawn_before(self, as_of: datetime | None) -> Picture | None:
        """Return the picture of an instant where it is kept and nothing was added since, under a policy in any case."""
        if not self.policy.lets_all_out:
            return self.picture(as_of)
        return self._pictures.get((as_of, self._drawn_at()))

    def _drawn_at(self) -> tuple[int, ...]:
        return self._standing or self._store.revision()

    def _drawn(self, as_of: datetime | None) -> Picture:
        with self._store.snapshot():
            known = self._loaded(as_of)
            reports, found = known.as_of(as_of)
            by_id = {report.id: report for report in reports}
            # What another process has read and not linked yet is linked here, and not kept.
            kinships = None if self._store.unlinked() else self._store.kinships()
            founders, skips = self._store.founders(), self._store.skips()
            gone = [claim.id for claim in found.rejected if claim.id in founders]
            kept = {one.claim: one.proposition for one in self._store.memberships()} if gone else {}
        claims, origins = found.claims, trace_origins(reports, kinships)
        linked = link(claims, by_id, origins, self._theatre, founders, regroupings=found.regroupings)
        linked = redirected(linked, gone, kept)
        linked = with_concessions(linked, claims, by_id, origins, self._theatre)
        verdicts = grade(linked, claims, by_id, origins, self._theatre, as_of=as_of, rules=self._rules)
        verdicts = graded_by_hand(verdicts, linked, found)
        drawn = Picture(
            as_of=as_of,
            theatre=self._theatre,
            reports=reports,
            claims=claims,
            origins=origins,
            linked=linked,
            assessments=verdicts,
            disputes=disputes(linked, verdicts, claims, rules=self._rules),
            control=control(claims, by_id, origins, self._theatre, as_of=as_of),
            sources=source_records(linked, verdicts),
            skips=skips,
            judged=found,
        )
        return self._gate.release(drawn, self._out(self._gate))

    def propositions(self, as_of: datetime | None = None) -> tuple[Proposition, ...]:
        """Return what claims from different reports are about, in order of first statement."""
        return Listed(self.picture(as_of).linked.propositions)

    def disputes(self, as_of: datetime | None = None) -> tuple[Dispute, ...]:
        """Return every proposition with voices for and against, open or settled."""
        return Listed(self.picture(as_of).disputes)

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
        return Listed(
            state
            for state in self.picture(as_of).control
            if (place is None or named(state.place, place))
            and (on is None or covers(state, on))
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
        counts = reliabilities(now.linked, now.assessments, self._theatre, load_nowcast(), self._rules)
        found = nowcast(
            now.claims if place is None else claims_of(place, now.claims),
            now.report_by_id,
            now.origins,
            self._theatre,
            days=[first + timedelta(days=number) for number in range((last - first).days + 1)],
            as_of=as_of,
            counts=counts,
        )
        return Listed(found)

    def sources(
        self, as_of: datetime | None = None, *, name: str | None = None, topic: str | None = None
    ) -> tuple[SourceRecord, ...]:
        """Return how each voice's word on each topic fared where it was later settled.

        `name` is a voice's name or side, `topic` a family of events: territory, violence, routes or other.
        """
        return Listed(
            record
            for record in self.picture(as_of).sources
            if (name is None or self._same(record.voice, name) or fold(record.side or "") == fold(name))
            and (topic is None or record.topic == topic)
        )

    def report(
        self, as_of: datetime | None = None, since: timedelta | datetime = timedelta(hours=24)
    ) -> SituationReport:
        """Return the situation at `as_of` (None: the last publication) with what is new since then.

        `since` is how long before, or the instant itself; raises MarsadError where that lies after `as_of`.
        """
        now = self.picture(as_of)
        last = now.last_word
        if last is None:
            return situation(now, now, self.zone, None)
        begin = since if isinstance(since, datetime) else last - since
        if begin > last:
            raise MarsadError(f"the period begins at {begin.isoformat()}, after its end at {last.isoformat()}")
        return situation(now, self.picture(begin), self.zone, begin)

    def _places(self) -> Gazetteer:
        return self._adding.gazetteer()

    def _same(self, name: str | None, wanted: str) -> bool:
        if name is None:
            return False
        return fold(name) == fold(called(wanted, self._theatre))
