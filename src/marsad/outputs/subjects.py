"""Pages of a place, of a voice and of an actor: all that is known of each in one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.outputs.nowcasts import nowcast_rows
from marsad.outputs.tables import claim_rows, control_rows, dispute_rows, source_rows
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from marsad.outputs.picture import Picture
    from marsad.outputs.strips import Unheard
    from marsad.records import Actor, Claim, ControlState, Dispute, Nowcast, Place, Report, SourceRecord

LATEST = 50
"""Claims that a page tells: the latest ones; `claims_in_all` says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage:
    """A place: the spellings that claims use, control by each account, who is silent, and what is disputed there."""

    place: Place
    spellings: tuple[str, ...]
    control: tuple[ControlState, ...]
    silent: tuple[Unheard, ...]
    nowcast: tuple[Nowcast, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicePage:
    """A voice or side: how its word fared, and what it says; `actor` is None where the theatre does not know it.

    `sources` are the names by which it speaks.
    """

    name: str
    side: str | None
    actor: Actor | None
    sources: tuple[str, ...]
    records: tuple[SourceRecord, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """An actor: what it does and suffers in claims, where it stands by each account, and what is disputed of it."""

    name: str
    actor: Actor | None
    control: tuple[ControlState, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[Claim, ...]


def place_page_row(page: PlacePage, picture: Picture, zone: ZoneInfo) -> dict[str, Any]:
    """Return a place's page as JSON-safe values, the latest claims first."""
    return {
        "place": to_json(page.place),
        "spellings": list(page.spellings),
        "control": list(control_rows(page.control, zone, picture.last_word, page.silent).full),
        "nowcast": list(nowcast_rows(page.nowcast, zone).full),
        **_shared(page, picture, zone),
    }


def voice_page_row(page: VoicePage, picture: Picture, zone: ZoneInfo) -> dict[str, Any]:
    """Return a voice's page as JSON-safe values, the latest claims first."""
    return {
        "name": page.name,
        "side": page.side,
        "actor": to_json(page.actor),
        "sources": list(page.sources),
        "record": list(source_rows(page.records).full),
        **_shared(page, picture, zone),
    }


def actor_page_row(page: ActorPage, picture: Picture, zone: ZoneInfo) -> dict[str, Any]:
    """Return an actor's page as JSON-safe values, the latest claims first."""
    return {
        "name": page.name,
        "actor": to_json(page.actor),
        "control": list(control_rows(page.control, zone, picture.last_word).full),
        **_shared(page, picture, zone),
    }


def _shared(page: PlacePage | VoicePage | ActorPage, picture: Picture, zone: ZoneInfo) -> dict[str, Any]:
    latest = page.claims[: -LATEST - 1 : -1]
    reports: Mapping[str, Report] = picture.report_by_id
    return {
        "disputes": list(dispute_rows(page.disputes, picture).full),
        "claims": list(claim_rows(latest, reports, zone).full),
        "claims_in_all": len(page.claims),
    }
