"""Score disputes that Marsad finds against those that annotators found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.evaluation.gold import load_gold
from marsad.gazetteer import kilometres
from marsad.linking import link, trace_origins
from marsad.theatre import fold
from marsad.vocabulary import load_outlets
from marsad.weighing import disputes, grade, with_concessions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from marsad.evaluation.gold import GoldDispute
    from marsad.records import Claim, Dispute, Report
    from marsad.theatre import Theatre

_WITHIN_KM = 25.0
_LEAST_F1 = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeScore:
    """How many disputes were found, one found for one annotated; `missed` and `spurious` are the ids left over."""

    gold: int
    found: int
    matched: int
    missed: tuple[str, ...]
    spurious: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of found disputes that were annotated."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of annotated disputes that were found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.matched / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeScores:
    """Disputes in a folder's reports against the annotated ones: from what was `read`, and from the `gold` claims.

    `read` is None where nothing was.
    """

    read: DisputeScore | None
    gold: DisputeScore


def score_folder(
    folder: Path, theatre: Theatre | None, read: Sequence[tuple[Report, Sequence[Claim]]] | None
) -> DisputeScores | None:
    """Score the disputes that follow from a folder's claims, None where it has no disputes.jsonl.

    Raises InputError where a file of the folder is missing or wrong.
    """
    if not (folder / "disputes.jsonl").exists():
        return None
    gold = load_gold(folder)
    kinds = load_outlets()
    plain = [report for report in gold.reports.values() if not kinds[report.kind].own_channel]
    outlets = {name for report in plain for name in (report.publisher, *report.agencies) if name}

    def scored(claims: Sequence[Claim], reports: Mapping[str, Report]) -> DisputeScore:
        found = _disputes(claims, reports, theatre)
        return score_disputes(gold.disputes, found, points=gold.points, theatre=theatre, outlets=outlets)

    own = None
    if read is not None:
        claims = [claim for _, some in read for claim in some]
        own = scored(claims, {report.id: report for report, _ in read})
    return DisputeScores(read=own, gold=scored(gold.claims, gold.reports))


def _disputes(claims: Sequence[Claim], reports: Mapping[str, Report], theatre: Theatre | None) -> tuple[Dispute, ...]:
    """Return the disputes that claims amount to once linked and graded."""
    origins = trace_origins(reports.values())
    linked = with_concessions(link(claims, reports, origins, theatre), claims, reports, origins, theatre)
    return disputes(linked, grade(linked, claims, reports, origins, theatre), claims)


def score_disputes(
    gold: Sequence[GoldDispute],
    found: Sequence[Dispute],
    *,
    points: Mapping[str, tuple[float, float]],
    theatre: Theatre | None = None,
    outlets: Collection[str] = (),
) -> DisputeScore:
    """Match disputes one to one, as many as can be.

    Two match where the places lie within 25 km (or neither has one), the times overlap, and the sets of supporters and
    the sets of deniers each agree at F1 of at least 0.5. `points` gives the folded annotated names' coordinates;
    `theatre` tells which spellings are one name. Annotators list named sources and leave out what `outlets` say in
    their own voice; so does the comparison where other sources stand on the same side.
    """
    found = [_attributed(dispute, frozenset(map(fold, outlets))) for dispute in found]
    options = [[index for index, dispute in enumerate(found) if _match(row, dispute, points, theatre)] for row in gold]
    owner: dict[int, int] = {}
    matched = sum(_assign(row, options, owner, set()) for row in range(len(gold)))
    return DisputeScore(
        gold=len(gold),
        found=len(found),
        matched=matched,
        missed=tuple(row.id for index, row in enumerate(gold) if index not in owner.values()),
        spurious=tuple(row.proposition for index, row in enumerate(found) if index not in owner),
    )


def _attributed(dispute: Dispute, outlets: frozenset[str]) -> Dispute:
    """Return the dispute without outlets that speak for themselves, on a side where others speak too."""
    camps = []
    for camp in (dispute.supporters, dispute.deniers):
        named = tuple(name for name in camp if fold(name) not in outlets)
        camps.append(named or camp)
    return replace(dispute, supporters=camps[0], deniers=camps[1])


def _assign(row: int, options: list[list[int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Find a partner for a row, moving others where that frees one."""
    for option in options[row]:
        if option in tried:
            continue
        tried.add(option)
        if option not in owner or _assign(owner[option], options, owner, tried):
            owner[option] = row
            return True
    return False


def _match(
    gold: GoldDispute, found: Dispute, points: Mapping[str, tuple[float, float]], theatre: Theatre | None
) -> bool:
    return (
        _same_place(gold, found, points)
        and _overlap(gold.start, gold.end, found.interval.start, found.interval.end)
        and _f1(gold.supporters, found.supporters, theatre) >= _LEAST_F1
        and _f1(gold.deniers, found.deniers, theatre) >= _LEAST_F1
    )


def _same_place(gold: GoldDispute, found: Dispute, points: Mapping[str, tuple[float, float]]) -> bool:
    if gold.place is None or found.place is None:
        return gold.place is None and found.place is None
    point = points.get(fold(gold.place))
    if point is None or found.place.lat is None or found.place.lon is None:
        return fold(gold.place) == fold(found.place.name)
    return kilometres(point, (found.place.lat, found.place.lon)) <= _WITHIN_KM


def _overlap(start: date | None, end: date | None, other_start: date | None, other_end: date | None) -> bool:
    """Tell whether two intervals share a day; an open end reaches on without bound."""
    apart = (end and other_start and end < other_start) or (other_end and start and other_end < start)
    return not apart


def _f1(gold: Iterable[str], found: Iterable[str], theatre: Theatre | None) -> float:
    want, got = _canonical(gold, theatre), _canonical(found, theatre)
    return 2 * len(want & got) / (len(want) + len(got)) if want or got else 1.0


def _canonical(names: Iterable[str], theatre: Theatre | None) -> set[str]:
    actors = {name: theatre.actor(name) if theatre else None for name in names}
    return {fold(actor.name if actor else name) for name, actor in actors.items()}
