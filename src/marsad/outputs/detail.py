"""One proposition in full: its verdict with the working, and every word on it in its context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.errors import MarsadError, MissingError
from marsad.judging import the_one
from marsad.outputs.quotations import quote
from marsad.outputs.wording import headline
from marsad.records import JudgementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from marsad.outputs.picture import Picture
    from marsad.outputs.quotations import Quotation
    from marsad.records import Assessment, Claim, Judgement, Link, Proposition, Report, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One member claim of a proposition: what it counts as and why, its report, and its exact words in context."""

    claim: Claim
    report: Report
    stance: Stance
    reasons: tuple[str, ...]
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A proposition, its verdict (None where nobody spoke on it), its evidence in order of statement, and its links.

    `judgements` are those on it or on one of its claims, in order of time.
    """

    proposition: Proposition
    assessment: Assessment | None
    evidence: tuple[Evidence, ...]
    links: tuple[Link, ...]
    judgements: tuple[Judgement, ...] = ()

    @property
    def headline(self) -> str:
        """What it is about, in words."""
        return headline(self.proposition)


def details(picture: Picture, wanted: str) -> tuple[Detail, ...]:
    """Return what an id means: one proposition, those of a claim, or those of a report's claims; a prefix will do.

    An id that a proposition had before it became part of another means that one.

    Raises MissingError where nothing has the id, MarsadError where its beginning fits several or it is of none.
    """
    kinds: tuple[tuple[Collection[str], Callable[[str], list[str]]], ...] = (
        (picture.proposition_by_id, lambda one: [one]),
        (picture.linked.redirects, lambda one: [picture.linked.redirects[one]]),
        (picture.claim_by_id, lambda one: _of_claims(picture, [one])),
        (picture.report_by_id, lambda one: _of_claims(picture, _claims(picture, one))),
    )
    for ids, found in sorted(kinds, key=lambda kind: wanted not in kind[0]):  # a whole id before beginnings
        if match := wanted if wanted in ids else the_one(ids, wanted):
            if not (propositions := found(match)):
                raise MarsadError(f"'{match}' is of no proposition: it states nothing, or only plans and hypotheses")
            return tuple(_detail(picture.proposition_by_id[one], picture) for one in propositions)
    if match := the_one((claim.id for claim in picture.judged.rejected), wanted):
        raise MarsadError(f"claim '{match}' is of no proposition: {_rejection(match, picture)}")
    raise MissingError(f"no proposition, claim or report with the id '{wanted}' by then")


def _rejection(claim: str, picture: Picture) -> str:
    judged = picture.judged
    kinds = {JudgementKind.REJECT, JudgementKind.RETRACT}
    last = next(one for one in reversed(judged.standing) if one.kind in kinds and claim in judged.found[one.id])
    if last.kind is JudgementKind.RETRACT:
        return f"{last.user} retracted its report ({last.id}): {last.reason}"
    return f"{last.user} rejected it ({last.id}): {last.reason}"


def _claims(picture: Picture, report: str) -> list[str]:
    return [claim.id for claim in picture.claims_by_report.get(report, ())]


def _of_claims(picture: Picture, claims: Iterable[str]) -> list[str]:
    """Return the propositions of some claims, in the order of the picture."""
    found = {one.id for claim in claims for one in picture.propositions_by_claim.get(claim, ())}
    return sorted(found, key=lambda one: picture.rank[one])


def _detail(proposition: Proposition, picture: Picture) -> Detail:
    evidence = []
    for member in proposition.members:
        claim = picture.claim_by_id[member.claim]
        evidence.append(
            Evidence(
                claim=claim,
                report=picture.report_by_id[claim.report],
                stance=member.stance,
                reasons=member.reasons,
                quotation=quote(claim, picture),
            )
        )
    return Detail(
        proposition=proposition,
        assessment=picture.assessments.get(proposition.id),
        evidence=tuple(evidence),
        links=tuple(link for link in picture.linked.links if proposition.id in (link.other, link.claim)),
        judgements=_judgements(proposition, picture),
    )


def _judgements(proposition: Proposition, picture: Picture) -> tuple[Judgement, ...]:
    """Return what people ruled on a proposition or its claims; claims that only bear on it are left out."""
    own = {member.claim for member in proposition.members if not member.reasons}
    return tuple(one for one in picture.judged.standing if own & set(picture.judged.found[one.id]))
