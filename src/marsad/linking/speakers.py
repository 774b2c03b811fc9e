"""Whose word a claim is in the end: behind copies, agencies and media stands one root speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking.names import actor_of, canonical
from marsad.linking.origins import source_of
from marsad.theatre import fold
from marsad.vocabulary import load_outlets, load_unnamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.records import Claim, Origin, Report
    from marsad.theatre import Theatre

NARRATOR = "narrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The root speaker of a claim.

    `voice` is equal for speakers that count once: all of one warring side, and each body outside the sides by itself.
    `name` is the speaker's own canonical name, `side` None for who belongs to no side; `unnamed` where nobody can tell
    whether two such speakers are one.
    """

    voice: str
    name: str
    side: str | None
    unnamed: bool = False

    @property
    def label(self) -> str:
        """What the voice is called: its side, its own name, or an unnamed source with the report that it stands in."""
        return self.side or (self.voice if self.unnamed else self.name)


def side_of(name: str | None, theatre: Theatre | None) -> str | None:
    """Return the warring side of a name, its own or that of whom it speaks for; None where it has none.

    A side that nobody opposes is no party to the war: those on it are not of one mind.
    """
    actor = actor_of(name, theatre)
    if theatre is None or actor is None:
        return None
    for side in (actor.side, theatre.side_of(actor.speaks_for)):
        if side is not None and any(theatre.opposed(side, other) for other in theatre.sides):
            return side
    return None


def speaker_of(
    claim: Claim, reports: Mapping[str, Report], origins: Mapping[str, Origin], theatre: Theatre | None
) -> Speaker:
    """Return whose word a claim is.

    A narrator is the publisher of the report's origin, for a forwarded post the channel that it comes from, or the one
    agency that it credits. Who speaks for a body, a
    spokesman or its own channel, is that body. A source without a name is one voice for each origin, unless the text
    tells its side or it speaks through a medium of one.
    """
    source = source_of(claim, origins)
    report = reports.get(source) or reports.get(claim.report)
    if claim.source == NARRATOR:
        return _named(_publisher(report) if report else claim.report, theatre)
    unnamed = load_unnamed()
    if claim.source not in unnamed:
        return _named(claim.source, theatre)
    if unnamed[claim.source] and claim.speaks_for:
        body = _named(claim.speaks_for, theatre)
        voice = body.voice if body.side else f"{claim.source} of {body.name}"
        return Speaker(voice=voice, name=claim.source, side=body.side, unnamed=body.side is None)
    media = [claim.via, *reversed(claim.relays)] if unnamed[claim.source] else []
    if media and report and _is_own_channel(report):
        media.append(report.narrator)
    side = next((side for side in (side_of(medium, theatre) for medium in media) if side), None)
    if side:
        return Speaker(voice=f"side {side}", name=claim.source, side=side)
    return Speaker(voice=f"{claim.source} in {source}", name=claim.source, side=None, unnamed=True)


def _publisher(report: Report) -> str:
    return report.agencies[0] if len(report.agencies) == 1 else report.narrator or report.id


def _is_own_channel(report: Report) -> bool:
    """Tell whether a report can be its narrator's own channel; what a post is forwarded from may be any."""
    kinds = load_outlets()
    return report.forwarded or (report.kind in kinds and kinds[report.kind].own_channel)


def _named(name: str, theatre: Theatre | None) -> Speaker:
    side = side_of(name, theatre)
    name = _body(name, theatre)
    return Speaker(voice=f"side {side}" if side else fold(name) or name, name=name, side=side)


def _body(name: str, theatre: Theatre | None) -> str:
    """Return the canonical name of the body that somebody speaks for, else its own."""
    actor = actor_of(name, theatre)
    body = actor_of(actor.speaks_for, theatre) if actor else None
    return body.name if body else canonical(name, theatre)
