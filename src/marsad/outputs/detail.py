"""One proposition in full: its verdict with the working, and every word on it in its context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.errors import MarsadError
from marsad.outputs.quotations import quote
from marsad.outputs.wording import headline

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from marsad.outputs.picture import Picture
    from marsad.outputs.quotations import Quotation
    from marsad.records import Assessment, Claim, Link, Proposition, Report, Stance

_SHOWN = 5


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
    """A proposition, its verdict (None where nobody spoke on it), its evidence in order of statement, and its links."""

    proposition: Proposition
    assessment: Assessment | None
    evidence: tuple[Evidence, ...]
    links: tuple[Link, ...]

    @property
    def headline(self) -> str:
        """What it is about, in words."""
        return headline(self.proposition)


def details(picture: Picture, wanted: str) -> tuple[Detail, ...]:
    """Return what an id means: one proposition, those of a claim, or those of a report's claims; a prefix will do.

    An id that a proposition had before it became part of another means that one.

    Raises MarsadError where nothing has the id, where its beginning fits several, or where it is of no proposition.
    """
    kinds: tuple[tuple[Collection[str], Callable[[str], list[str]]], ...] = (
        (picture.proposition_by_id, lambda one: [one]),
        (picture.linked.redirects, lambda one: [picture.linked.redirects[one]]),
        (picture.claim_by_id, lambda one: _of_claims(picture, {one})),
        (picture.report_by_id, lambda one: _of_claims(picture, {c.id for c in picture.claims if c.report == one})),
    )
    for ids, found in sorted(kinds, key=lambda kind: wanted not in kind[0]):  # a whole id before beginnings
        if match := _only(ids, wanted):
            if not (propositions := found(match)):
                raise MarsadError(f"'{match}' is of no proposition: it states nothing, or only plans and hypotheses")
            return tuple(_detail(picture.proposition_by_id[one], picture) for one in propositions)
    raise MarsadError(f"no proposition, claim or report with the id '{wanted}' by then")


def _only(ids: Iterable[str], wanted: str) -> str | None:
    """Return the one id that is `wanted` or begins with it."""
    fitting = sorted(one for one in ids if wanted and one.startswith(wanted))
    if wanted in fitting:
        return wanted
    if len(fitting) > 1:
        more = ", ..." if len(fitting) > _SHOWN else ""
        raise MarsadError(f"'{wanted}' fits {len(fitting)} ids: {', '.join(fitting[:_SHOWN])}{more}")
    return fitting[0] if fitting else None


def _of_claims(picture: Picture, claims: set[str]) -> list[str]:
    return [
        proposition.id
        for proposition in picture.linked.propositions
        if any(member.claim in claims for member in proposition.members)
    ]


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
        links=tuple(link for link in picture.linked.links if proposition.id in {link.other, link.claim}),
    )
