"""What a person should look at first: claims by what hangs on them and how unsure their reading is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.linking import source_of
from marsad.outputs.matters import FIRST
from marsad.outputs.notice import load_notice
from marsad.outputs.quotations import quote
from marsad.outputs.tables import Rows
from marsad.outputs.wording import headline, plain
from marsad.records import Certainty, JudgementKind, Polarity, Producer, Stance
from marsad.serial import claim_to_row
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.outputs.picture import Picture
    from marsad.outputs.quotations import Quotation
    from marsad.records import Claim, Report

SHIPPED = Path(__file__).with_name("review.toml")
_REASONS = (
    "open_dispute",
    "taken",
    "single_voice",
    "conceded",
    "network_alone",
    "unsure",
    "unplaced",
    "undated",
)
_RULING = frozenset({JudgementKind.ACCEPT, JudgementKind.CORRECT, JudgementKind.REJECT})
_SURE = frozenset({Certainty.CERTAIN, Certainty.CONDITIONAL, Certainty.PLANNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A reason to look at a claim: how many points it gives, and what it says."""

    points: float
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A claim to be reviewed, its words in context, the propositions that it is of, and why it is worth a look."""

    claim: Claim
    report: Report
    quotation: Quotation
    propositions: tuple[str, ...]
    points: float
    reasons: tuple[str, ...]

    @property
    def headline(self) -> str:
        """What the claim says, in words."""
        return f"{'denies' if self.claim.polarity is Polarity.DENIED else 'says'}: {headline(self.claim)}"


@cache
def load_worth(path: Path = SHIPPED) -> Mapping[str, Worth]:
    """Load the file; raise DataFileError with line and reason where it is wrong."""
    file = DataFile(path)
    file.only(file.data, _REASONS)
    found = {}
    for name in _REASONS:
        table = file.table(file.data, name)
        file.only(table, {"points", "what"}, name)
        found[name] = Worth(points=file.number(table, "points", name), what=file.text(table, "what", name))
    return found


def review_queue(picture: Picture, user: str | None = None, most: int | None = None) -> tuple[ReviewItem, ...]:
    """Return the claims that `user` (None: anybody) has not ruled on, the most valuable first, `most` at most.

    What a copy repeats is reviewed once, where it comes from.
    """
    done = {
        claim
        for one in picture.judged.standing
        if one.kind in _RULING and user in {None, one.user}
        for claim in picture.judged.found[one.id]
    }
    homes, disputed, alone, conceding = _standings(picture)
    rated = []
    for claim in picture.claims:
        if claim.id in done or source_of(claim, picture.origins) != claim.report:
            continue
        facts = {
            "open_dispute": claim.id in disputed,
            "single_voice": claim.id in alone,
            "conceded": claim.id in conceding,
            **_doubts(claim),
        }
        why = [load_worth()[name] for name in _REASONS if facts[name]]
        rated.append((sum(one.points for one in why), tuple(one.what for one in why), claim))
    rated.sort(key=lambda row: (-row[0], *_newest(row[2], picture)))
    return tuple(
        ReviewItem(
            claim=claim,
            report=picture.report_by_id[claim.report],
            quotation=quote(claim, picture),
            propositions=homes.get(claim.id, ()),
            points=points,
            reasons=why,
        )
        for points, why, claim in rated[:most]
    )


def _standings(picture: Picture) -> tuple[Mapping[str, tuple[str, ...]], set[str], set[str], set[str]]:
    """Return the propositions of each claim, and which claims are of an open dispute, alone, or concede."""
    opened = {one.proposition for one in picture.disputes if one.open}
    opened |= {other for one in picture.disputes if one.open for other in one.also}
    homes: dict[str, tuple[str, ...]] = {}
    disputed: set[str] = set()
    alone: set[str] = set()
    conceding: set[str] = set()
    for proposition in picture.linked.propositions:
        members = {member.claim for member in proposition.members}
        for claim in members:
            homes[claim] = (*homes.get(claim, ()), proposition.id)
        conceding |= {member.claim for member in proposition.members if member.stance is Stance.CONCEDES}
        verdict = picture.assessments.get(proposition.id)
        if proposition.id in opened:
            disputed |= members
        elif verdict and len(verdict.voices_for) == 1 and not verdict.voices_against:
            alone |= members
    return homes, disputed, alone, conceding


def _doubts(claim: Claim) -> dict[str, bool]:
    made = claim.produced
    return {
        "taken": claim.event in load_notice().taken,
        "network_alone": Producer.NETWORK in {made.event, made.source, made.polarity},
        "unsure": claim.certainty not in _SURE,
        "unplaced": claim.place is not None and claim.place.lat is None,
        "undated": claim.interval.start is None and claim.interval.end is None,
    }


def _newest(claim: Claim, picture: Picture) -> tuple[float, int, str]:
    published = picture.report_by_id[claim.report].said or FIRST
    return -(published - FIRST).total_seconds(), claim.anchor.start, claim.id


def review_rows(items: Iterable[ReviewItem]) -> Rows:
    """Return a row for each claim to be reviewed, with its words and why it is worth a look."""
    items = tuple(items)
    brief = [
        (
            one.claim.id,
            f"{one.points:g}",
            "; ".join(one.reasons) or "nothing in doubt",
            one.quotation.source,
            one.headline,
            plain(one.quotation.words),
        )
        for one in items
    ]
    return Rows(("id", "points", "why", "source", "claim", "words"), brief, list(_full(items)))


def _full(items: Iterable[ReviewItem]) -> Iterator[dict[str, object]]:
    for one in items:
        yield {
            "points": one.points,
            "reasons": list(one.reasons),
            "propositions": list(one.propositions),
            "words": one.quotation.words,
            **claim_to_row(one.claim, one.report),
        }
