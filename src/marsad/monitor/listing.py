"""The part of a monitor that lists what it holds: reports, their versions, claims, and what became of every input."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.judging import judged, retracted
from marsad.linking import Sites, current
from marsad.monitor.versions import versions_of
from marsad.records import Listed, Outcome, Place
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from marsad.outputs import Picture
    from marsad.records import Capture, Claim, ControlState, Delivery, Judgement, Polarity, Report
    from marsad.store import PlaceNames, Store
    from marsad.theatre import Theatre


class Listing(ABC):
    """Reports, claims and receipts asked for; a part of `Monitor`."""

    _store: Store
    _theatre: Theatre | None

    @abstractmethod
    def _drawn_before(self, as_of: datetime | None) -> Picture | None: ...

    @abstractmethod
    def _same(self, name: str | None, wanted: str) -> bool: ...

    def revision(self) -> tuple[int, ...]:
        """Return numbers that change with everything that is added, by this process or another."""
        return self._store.revision()

    def receipts(self, outcome: Outcome | str | None = None, since: datetime | None = None) -> tuple[Delivery, ...]:
        """Return every input and what became of it, in order of time: one for each input and report, or reason.

        An input that comes again changes nothing. `since` is when Marsad met the first that is wanted. Raises
        InputError for an unknown `outcome`.
        """
        outcomes = [one.value for one in Outcome]
        if outcome is not None and outcome not in outcomes:
            raise InputError(f"'{outcome}' is no outcome; it must be one of {', '.join(outcomes)}")
        return self._store.deliveries(None if outcome is None else Outcome(outcome), since)

    def reports(self, as_of: datetime | None = None) -> tuple[Report, ...]:
        """Return the reports by publication, the undated last, each in the version that stood there at that instant.

        Those that people retracted are left out.
        """
        with self._store.snapshot():
            gone = retracted(self._store.judgements())
            found = current(self._store.reports(published_until=as_of))
        return tuple(report for report in found if report.id not in gone)

    def reports_of(self, claims: Iterable[Claim]) -> Mapping[str, Report]:
        """Return the reports of some claims by id, also where they were retracted."""
        ids = dict.fromkeys(claim.report for claim in claims)
        return {report.id: report for report in self._store.reports_of(ids)}

    def versions(self, report: str) -> tuple[Report, ...]:
        """Return all versions of a report, the first one first; `report` is the id of any of them.

        Raises MarsadError where there is no such report.
        """
        return versions_of(report, self._store)

    def capture_of(self, report: str) -> Capture | None:
        """Return the bytes from which a report was taken, None where they were not kept, as those of files are not."""
        digests = (receipt.content for receipt in self._store.receipts(report))
        found = (self._store.capture(digest) for digest in digests if digest is not None)
        return next((capture for capture in found if capture is not None), None)

    def claims(
        self,
        *,
        as_of: datetime | None = None,
        report: str | None = None,
        place: str | None = None,
        source: str | None = None,
        event: str | None = None,
        polarity: Polarity | None = None,
        rejected: bool = False,
    ) -> tuple[Claim, ...]:
        """Return the claims by publication and text, as people left them; names match in all known spellings.

        `report` is the id of one; `rejected` asks for those that people rejected instead, alone or with their reports.
        """
        found: Iterable[Claim]
        drawn = self._drawn_before(as_of)
        if drawn is not None:
            found = drawn.judged.rejected if rejected else self._drawn_like(drawn, report, place, source)
        else:
            found = self._claims_like(as_of, report, place, source, event, rejected=rejected)
        return Listed(
            claim
            for claim in found
            if (report is None or claim.report == report)
            and (polarity is None or claim.polarity is polarity)
            and self._fits(claim, place, source, event)
        )

    def _drawn_like(
        self, drawn: Picture, report: str | None, place: str | None, source: str | None
    ) -> tuple[Claim, ...]:
        """Return the claims of a picture that can fit, by what narrows them down the most."""
        if report is not None:
            return drawn.claims_by_report.get(report, ())
        if place is not None:
            return drawn.claims_named(place)
        return drawn.claims if source is None else drawn.claims_by_voice.get(fold(called(source, self._theatre)), ())

    def _claims_like(
        self,
        as_of: datetime | None,
        report: str | None,
        place: str | None,
        source: str | None,
        event: str | None,
        *,
        rejected: bool,
    ) -> Iterator[Claim]:
        """Yield the claims said by then that can fit, as people left them, or those that people rejected."""
        with self._store.snapshot():
            rulings = self._store.judgements()
            touched = ruled_on(rulings)
            claims = self._store.claims_like(
                report=report,
                event=event,
                voice=None if source is None else lambda name: self._same(name, source),
                place=None if place is None else lambda names: named(_place(names), place),
                besides=touched,
                published_until=as_of,
            )
            hidden = self._replaced(as_of) | self._later(touched, as_of)
        found = judged(claims, rulings)
        yield from (claim for claim in (found.rejected if rejected else found.claims) if claim.report not in hidden)

    def _fits(self, claim: Claim, place: str | None, source: str | None, event: str | None) -> bool:
        return (
            (place is None or named(claim.place, place))
            and (source is None or self._same(claim.source, source) or self._same(claim.speaker, source))
            and (event is None or claim.event == event)
        )

    def _later(self, reports: Collection[str], as_of: datetime | None) -> set[str]:
        """Return those of some reports that were not out by then."""
        if as_of is None:
            return set()
        return {one.id for one in self._store.reports_of(reports) if one.said is None or one.said > as_of}

    def _replaced(self, as_of: datetime | None) -> set[str]:
        """Return the ids of the reports out by then that a later version had replaced, or that were withdrawn."""
        restated = self._store.restated(published_until=as_of)
        return {report.id for report in restated} - {report.id for report in current(restated)}


def named(place: Place | None, wanted: str) -> bool:
    """Tell whether a place bears the wanted name, or is the wanted entry of the gazetteer."""
    if place is None:
        return False
    return place.gazetteer_id == wanted or fold(wanted) in {fold(place.name), fold(place.canonical or place.name)}


def ruled_on(judgements: Iterable[Judgement]) -> set[str]:
    """Return the ids of the reports on whose claims somebody ruled: their claims must be seen together."""
    return {claim.report for one in judgements for claim in (*one.claims, *one.others)}


def _place(names: PlaceNames) -> Place:
    return Place(name=names.name, canonical=names.canonical, gazetteer_id=names.gazetteer_id)


def called(name: str, theatre: Theatre | None) -> str:
    """Return the name by which an actor goes in claims."""
    actor = theatre.actor(name) if theatre else None
    return actor.name if actor else name


def claims_of(wanted: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims about a place in all spellings that stand for it."""
    sites = Sites(claim.place for claim in claims)
    same = {sites.site(claim.place) for claim in claims if named(claim.place, wanted)}
    return tuple(claim for claim in claims if claim.place and sites.site(claim.place) in same)


def covers(state: ControlState, day: date) -> bool:
    """Tell whether a spell covers a day; where its account tells no first day, from the day of its last word."""
    first = state.start or (state.last_heard.date() if state.last_heard else None)
    return first is not None and first <= day and (state.end is None or day < state.end)
