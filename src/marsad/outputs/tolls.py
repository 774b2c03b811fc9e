"""Killed and wounded by source: ranges side by side, never added up and never averaged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import REAL, speaker_of
from marsad.outputs.matters import FIRST
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.wording import headline
from marsad.records import Count, Counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from marsad.outputs.picture import Picture
    from marsad.records import Claim, Interval, Place, Proposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The numbers of one claim, and its words."""

    counts: Counts
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """What one source says of one matter: its figures, the earliest first, and `span`, from its lowest to its highest.

    A figure that only repeats the one before is left out; a later one is an update.
    """

    source: str
    side: str | None
    figures: tuple[Figure, ...]
    span: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """The numbers that sources give for one matter, a source each; they are never added up or averaged."""

    proposition: str
    headline: str
    place: Place | None
    interval: Interval
    sources: tuple[SourceFigures, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind the figures."""
        return tuple(figure.quotation.claim for source in self.sources for figure in source.figures)


def tolls(picture: Picture, since: datetime | None) -> Iterator[Toll]:
    """Yield the tolls of which a source spoke after `since`, with all that was said of them before."""
    for proposition in picture.linked.propositions:
        spoken: dict[tuple[str, str | None], list[tuple[datetime, Claim]]] = defaultdict(list)
        for said, claim in _counted(proposition, picture):
            speaker = speaker_of(claim, picture.report_by_id, picture.origins, picture.theatre)
            spoken[speaker.voice if speaker.unnamed else speaker.name, speaker.side].append((said, claim))
        if since is None or not any(said > since for words in spoken.values() for said, _ in words):
            continue
        yield Toll(
            proposition=proposition.id,
            headline=headline(proposition),
            place=proposition.place,
            interval=proposition.interval,
            sources=tuple(
                _source(name, side, [claim for _, claim in words], picture) for (name, side), words in spoken.items()
            ),
        )


def span(counts: Sequence[Count]) -> Count | None:
    """Return the range from the lowest to the highest of some counts, open where one of them is; None without any."""
    if not counts:
        return None
    lows, highs = [one.low for one in counts], [one.high for one in counts]
    low = None if None in lows else min(low for low in lows if low is not None)
    return Count(low, None if None in highs else max(high for high in highs if high is not None))


def _counted(proposition: Proposition, picture: Picture) -> Iterator[tuple[datetime, Claim]]:
    """Yield the claims of a proposition that carry such numbers in words of their own, in order of publication."""
    found = []
    for member in proposition.members:
        claim = picture.claim_by_id[member.claim]
        copy = picture.origins[claim.report].origin != claim.report
        if (claim.counts.killed or claim.counts.wounded) and claim.certainty in REAL and not copy:
            found.append((picture.report_by_id[claim.report].published or FIRST, claim))
    yield from sorted(found, key=lambda row: (row[0], row[1].report, row[1].anchor.start))


def _source(name: str, side: str | None, claims: Sequence[Claim], picture: Picture) -> SourceFigures:
    figures: list[Figure] = []
    for claim in claims:
        if not figures or figures[-1].counts != claim.counts:
            figures.append(Figure(counts=claim.counts, quotation=quote(claim, picture)))
    told = [figure.counts for figure in figures]
    return SourceFigures(
        source=name,
        side=side,
        figures=tuple(figures),
        span=Counts(
            killed=span([one.killed for one in told if one.killed]),
            wounded=span([one.wounded for one in told if one.wounded]),
        ),
    )
