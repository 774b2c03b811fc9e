"""Grades that people give: they stand before the rules' grade, which is kept beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.records import HandGrade, JudgementKind
from marsad.weighing.working import told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from marsad.linking import Linked
    from marsad.records import Assessment, Judged, Judgement


def graded_by_hand(verdicts: Mapping[str, Assessment], linked: Linked, judged: Judged) -> Mapping[str, Assessment]:
    """Return the verdicts with the grades that people gave, and a first line of working that says so; the last counts.

    A grade belongs to the proposition that holds the most of the claims that it was given for.
    """
    found = dict(verdicts)
    for judgement in judged.standing:
        if judgement.kind is JudgementKind.GRADE and judgement.grade:
            home = _proposition(judged.found[judgement.id], linked, judgement.subject)
            if home is not None and home in verdicts:
                found[home] = _graded(verdicts[home], judgement, judgement.grade)
    return found


def _proposition(claims: Collection[str], linked: Linked, preferred: str) -> str | None:
    """Return the id of the proposition that holds the most of these claims, `preferred` before others; None of none."""
    counts = [
        (sum(not one.reasons and one.claim in claims for one in proposition.members), proposition.id)
        for proposition in linked.propositions
    ]
    most = max((count for count, _ in counts), default=0)
    best = [proposition for count, proposition in counts if count == most] if most else []
    return preferred if preferred in best else next(iter(best), None)


def _graded(verdict: Assessment, judgement: Judgement, grade: str) -> Assessment:
    by_hand = HandGrade(
        grade=grade, user=judgement.user, made=judgement.made, reason=judgement.reason, judgement=judgement.id
    )
    line = f"Graded {grade} by {judgement.user} on {told(judgement.made)}: {judgement.reason}"
    line += "" if line.endswith((".", "!", "?")) else "."
    return replace(verdict, by_hand=by_hand, working=(f"{line} By the rules alone: {verdict.grade}.", *verdict.working))
