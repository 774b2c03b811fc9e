"""Killed and wounded by source: ranges side by side, never added up and never averaged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import REAL, speaker_of, window
from marsad.outputs.matters import FIRST
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.wording import headline
from marsad.records import Count, Counts, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from marsad.linking import Window
    from marsad.outputs.picture import Picture
    from marsad.records import Claim, Interval, Place, Proposition

_NOT_SAID = frozenset({Stance.DENIES, Stance.DOUBTS})


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

    propositions: tuple[str, ...]
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
    for matter in _matters(picture):
        words = sorted((word for one in matter for word in _counted(one, picture)), key=lambda word: word[:2])
        if since is None or not any(said > since for said, *_ in words):
            continue
        spoken: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
        for _, _, claim in words:
            speaker = speaker_of(claim, picture.report_by_id, picture.origins, picture.theatre)
            spoken[speaker.voice if speaker.unnamed else speaker.name, speaker.side].append(claim)
        yield Toll(
            propositions=tuple(one.id for one in matter),
            headline=headline(matter[0]),
            place=matter[0].place,
            interval=matter[0].interval,
            sources=tuple(_source(name, side, claims, picture) for (name, side), claims in spoken.items()),
        )


def _matters(picture: Picture) -> list[list[Proposition]]:
    """Gather the propositions with numbers that tell of one thing in other numbers, which linking keeps apart.

    These are of one type, place and target, their agents are not two, and their days overlap from about one first day:
    a figure of the next day is another matter, one that was counted on from the same day is an update.
    """
    found: list[list[Proposition]] = []
    blocks: dict[tuple[object, ...], list[list[Proposition]]] = defaultdict(list)
    for proposition in picture.linked.propositions:
        if not _counted(proposition, picture):
            continue
        site = picture.sites.site(proposition.place) or proposition.id
        block = blocks[site, proposition.event, proposition.target]
        home = next((one for one in block if _one_matter(one[0], proposition, picture)), None)
        if home is None:
            home = []
            block.append(home)
            found.append(home)
        home.append(proposition)
    return found


def _one_matter(one: Proposition, other: Proposition, picture: Picture) -> bool:
    if None not in {one.agent, other.agent} and one.agent != other.agent:
        return False
    when, then = (_window(proposition, picture) for proposition in (one, other))
    if when is None or then is None:
        return when is then
    return when.overlaps(then) and abs(when.start - then.start) <= min(when.tolerance, then.tolerance)


def _window(proposition: Proposition, picture: Picture) -> Window | None:
    _, _, claim = _counted(proposition, picture)[0]
    return window(claim, picture.report_by_id[claim.report])


def span(counts: Sequence[Count]) -> Count | None:
    """Return the range from the lowest to the highest of some counts, open where one of them is; None without any."""
    if not counts:
        return None
    lows, highs = [one.low for one in counts], [one.high for one in counts]
    low = None if None in lows else min(low for low in lows if low is not None)
    return Count(low, None if None in highs else max(high for high in highs if high is not None))


def _counted(proposition: Proposition, picture: Picture) -> list[tuple[datetime, int, Claim]]:
    """Return the proposition's own claims that say such numbers and copy nobody, with when and where they stand."""
    found = []
    for member in proposition.members:
        claim = picture.claim_by_id[member.claim]
        own = not member.reasons and picture.origins[claim.report].origin == claim.report
        said = member.stance not in _NOT_SAID and claim.certainty in REAL
        if own and said and (claim.counts.killed or claim.counts.wounded):
            found.append((picture.report_by_id[claim.report].published or FIRST, claim.anchor.start, claim))
    return found


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
