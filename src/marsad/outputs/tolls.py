"""Killed and wounded by source: ranges side by side, never added up and never averaged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import REAL, source_of, speaker_of, window
from marsad.outputs.matters import FIRST, long_past
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.wording import headline, place_name
from marsad.records import Count, Counts, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

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
    target: str | None
    interval: Interval
    sources: tuple[SourceFigures, ...]

    @property
    def where(self) -> str:
        """Where it was and whom it befell, as far as that is told: "Qarn, civilians"."""
        told = [place_name(self.place) if self.place else None, self.target]
        return ", ".join(one for one in told if one) or "nothing told of place or people"

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind the figures."""
        return tuple(figure.quotation.claim for source in self.sources for figure in source.figures)


def tolls(picture: Picture, since: datetime | None, past: date | None = None) -> tuple[Toll, ...]:
    """Return the tolls of which a source spoke after `since`, with all that was said of them before.

    Those that most sources speak of stand first, then those last spoken of; what ended before the day `past` last.
    """
    found = []
    for matter in _matters(picture):
        words = _words(matter, picture)
        last = words[-1][0]
        if since is not None and last > since:
            toll = _toll(matter, [claim for _, _, claim in words], picture)
            order = long_past(toll.interval, past), -len(toll.sources), toll.place is None, -last.timestamp()
            found.append((order, toll))
    return tuple(toll for _, toll in sorted(found, key=lambda row: row[0]))


def every_toll(picture: Picture) -> tuple[Toll, ...]:
    """Return all tolls, in the order of their first propositions in the picture."""
    return tuple(_toll(one, [claim for _, _, claim in _words(one, picture)], picture) for one in _matters(picture))


def _words(matter: Iterable[Proposition], picture: Picture) -> list[tuple[datetime, int, Claim]]:
    """Return the claims with numbers in order of statement, with when and where they stand."""
    return sorted((word for one in matter for word in _counted(one, picture)), key=lambda word: word[:2])


def _toll(matter: Sequence[Proposition], claims: Iterable[Claim], picture: Picture) -> Toll:
    spoken: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        speaker = speaker_of(claim, picture.report_by_id, picture.origins, picture.theatre)
        spoken[speaker.voice if speaker.unnamed else speaker.name, speaker.side].append(claim)
    return Toll(
        propositions=tuple(one.id for one in matter),
        headline=headline(matter[0]),
        place=matter[0].place,
        target=matter[0].target,
        interval=matter[0].interval,
        sources=tuple(_source(name, side, words, picture) for (name, side), words in spoken.items()),
    )


def _matters(picture: Picture) -> list[list[Proposition]]:
    """Gather the propositions with numbers that tell of one thing in other numbers, which linking keeps apart.

    These are of one type, place and target, their agents are not two, and their days overlap from about one first day:
    a figure of the next day is another matter, one that was counted on from the same day is an update. Numbers that one
    report tells apart are of different things.
    """
    found: list[list[Proposition]] = []
    blocks: dict[tuple[object, ...], list[list[Proposition]]] = defaultdict(list)
    for proposition in picture.linked.propositions:
        if not _counted(proposition, picture):
            continue
        site = picture.sites.site(proposition.place) or proposition.id
        block = blocks[site, proposition.event, proposition.target]
        home = next((one for one in block if _belongs(proposition, one, picture)), None)
        if home is None:
            home = []
            block.append(home)
            found.append(home)
        home.append(proposition)
    return found


def _belongs(proposition: Proposition, matter: Sequence[Proposition], picture: Picture) -> bool:
    told = {claim.report for one in matter for _, _, claim in _counted(one, picture)}
    own = {claim.report for _, _, claim in _counted(proposition, picture)}
    return told.isdisjoint(own) and _one_matter(matter[0], proposition, picture)


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
        own = not member.reasons and source_of(claim, picture.origins) == claim.report
        said = member.stance not in _NOT_SAID and claim.certainty in REAL
        if own and said and (claim.counts.killed or claim.counts.wounded):
            found.append((picture.report_by_id[claim.report].said or FIRST, claim.anchor.start, claim))
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
