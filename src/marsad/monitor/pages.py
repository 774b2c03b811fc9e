"""The part of a monitor that gathers what is known of one thing: a verdict, a report, a place, a voice, an actor."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from marsad.errors import MissingError
from marsad.outputs import (
    ActorPage,
    PlacePage,
    VoicePage,
    dossier,
    kept,
    map_towns,
    report_page,
    unheard,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from marsad.outputs import Detail, Dossier, Kept, MapTown, Picture, ReportPage
    from marsad.records import Capture, Claim, ControlState, Dispute, Nowcast, SourceRecord
    from marsad.store import Store
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet


class Pages(ABC):
    """Pages asked for; a part of `Monitor`. What nobody speaks of raises MissingError."""

    _store: Store
    _theatre: Theatre | None
    _rules: RuleSet

    @abstractmethod
    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant."""

    @abstractmethod
    def assess(self, wanted: str, as_of: datetime | None = None) -> tuple[Detail, ...]:
        """Return the propositions that an id means."""

    @abstractmethod
    def control(
        self,
        place: str | None = None,
        on: date | None = None,
        according_to: str | None = None,
        as_of: datetime | None = None,
    ) -> tuple[ControlState, ...]:
        """Return who holds what by whose account."""

    @abstractmethod
    def nowcast(
        self, place: str | None = None, on: date | None = None, as_of: datetime | None = None
    ) -> tuple[Nowcast, ...]:
        """Return who probably holds each place."""

    @abstractmethod
    def sources(
        self, as_of: datetime | None = None, *, name: str | None = None, topic: str | None = None
    ) -> tuple[SourceRecord, ...]:
        """Return how each voice's word on each topic fared."""

    @abstractmethod
    def _same(self, name: str | None, wanted: str) -> bool: ...

    def dossiers(self, wanted: str, as_of: datetime | None = None) -> tuple[Dossier, ...]:
        """Return what `assess` returns with origins, exclusions and a timeline; errors are the same."""
        picture = self.picture(as_of)
        return tuple(dossier(one, picture, self._rules) for one in self.assess(wanted, as_of))

    def report_page(self, report: str, as_of: datetime | None = None) -> ReportPage:
        """Return a report by its whole id with its origin, versions, kept bytes and claims."""
        found = self._store.report(report)
        if found is None:
            raise MissingError(f"no report '{report}'")
        picture = self.picture(as_of)
        family = self._store.versions(found.version_of or found.id)
        return report_page(found, family, self._kept(report), picture.claims_by_report.get(report, ()), picture)

    def capture(self, sha256: str) -> Capture:
        """Return the bytes that were fetched with this SHA-256."""
        found = self._store.capture(sha256)
        if found is None:
            raise MissingError(f"nothing was fetched whose SHA-256 is '{sha256}'")
        return found

    def towns(
        self, on: date | None = None, according_to: str | None = None, as_of: datetime | None = None
    ) -> tuple[MapTown, ...]:
        """Return every place of which anybody says who holds it; the arguments are those of `control`."""
        return map_towns(
            self.picture(as_of), self.control(None, on, according_to, as_of), self.nowcast(None, on, as_of)
        )

    def place_page(self, name: str, as_of: datetime | None = None) -> PlacePage:
        """Return all that is known of a place by its name in any spelling, or its id of the gazetteer."""
        picture = self.picture(as_of)
        places = [one.place for one in picture.claims_named(name) if one.place]
        sites = dict.fromkeys(picture.sites.site(one) or "" for one in places)
        claims = tuple(one for site in sites for one in picture.claims_by_site[site])
        if not places:
            raise MissingError(f"no claim is about a place '{name}' by then")
        control = tuple(one for one in picture.control if picture.sites.site(one.place) in sites)
        return PlacePage(
            place=next((one for one in places if one.lat is not None and not one.relation), places[0]),
            spellings=tuple(sorted({one.place.name for one in claims if one.place})),
            control=control,
            silent=unheard(picture, control),
            nowcast=self.nowcast(name, None, as_of),
            disputes=tuple(one for one in picture.disputes if picture.sites.site(one.place) in sites),
            claims=claims,
        )

    def voice_page(self, name: str, as_of: datetime | None = None) -> VoicePage:
        """Return all that a voice, a side or a publisher says, by its name in any spelling."""
        picture = self.picture(as_of)
        records = self.sources(as_of, name=name)
        spoken = {record.voice for record in records}
        own = {
            one
            for verdict in picture.assessments.values()
            for voice in (*verdict.voices_for, *verdict.voices_against)
            if voice.name in spoken
            for one in voice.claims
        }
        claims = tuple(one for one in picture.claims if one.id in own or self._says(one, name, picture))
        if not claims and not records:
            raise MissingError(f"nobody called '{name}' says anything by then")
        actor = self._theatre.actor(name) if self._theatre else None
        return VoicePage(
            name=actor.name if actor else name if len(spoken) != 1 else next(iter(spoken)),
            side=actor.side if actor else next((one.side for one in records), None),
            actor=actor,
            sources=tuple(sorted({_source(one, picture) for one in claims})),
            records=records,
            disputes=_disputes_with(claims, picture),
            claims=claims,
        )

    def actor_page(self, name: str, as_of: datetime | None = None) -> ActorPage:
        """Return all that is said of an actor, by its name in any spelling."""
        picture = self.picture(as_of)
        actor = self._theatre.actor(name) if self._theatre else None
        claims = tuple(one for one in picture.claims if self._same(one.agent, name) or self._same(one.target, name))
        if actor is None and not claims:
            raise MissingError(f"nobody speaks of an actor '{name}' by then")
        spelt = (one for claim in claims for one in (claim.agent, claim.target) if one and self._same(one, name))
        return ActorPage(
            name=actor.name if actor else next(spelt, name),
            actor=actor,
            control=tuple(one for one in picture.control if self._same(one.holder, name)),
            disputes=_disputes_with(claims, picture),
            claims=claims,
        )

    def _says(self, claim: Claim, name: str, picture: Picture) -> bool:
        if claim.source != "narrator":
            return self._same(claim.source, name) or self._same(claim.speaker, name)
        return self._same(picture.report_by_id[claim.report].narrator, name)

    def _kept(self, report: str) -> Kept | None:
        for receipt in self._store.receipts(report):
            found = self._store.capture(receipt.content) if receipt.content else None
            if receipt.content and found:
                return kept(receipt.content, found)
        return None


def _source(claim: Claim, picture: Picture) -> str:
    report = picture.report_by_id[claim.report]
    return (report.narrator or report.id) if claim.source == "narrator" else claim.source


def _disputes_with(claims: Iterable[Claim], picture: Picture) -> tuple[Dispute, ...]:
    """Return the disputes on propositions of which one of these claims is a member."""
    wanted = {claim.id for claim in claims}
    return tuple(
        one
        for one in picture.disputes
        if any(member.claim in wanted for member in picture.proposition_by_id[one.proposition].members)
    )
