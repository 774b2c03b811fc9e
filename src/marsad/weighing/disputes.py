"""Which propositions are in dispute, or were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.records import Dispute, LinkKind
from marsad.vocabulary import load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.linking import Linked
    from marsad.records import Assessment, Claim, Voice
    from marsad.vocabulary import RuleSet


def disputes(
    linked: Linked,
    assessments: Mapping[str, Assessment],
    claims: Sequence[Claim],
    *,
    rules: RuleSet | None = None,
) -> tuple[Dispute, ...]:
    """Return every proposition with voices for and against, open or settled, in the order of `linked`."""
    rules = rules or load_rules()
    report_of = {claim.id: claim.report for claim in claims}
    ids = {proposition.id for proposition in linked.propositions}
    excluded: dict[str, list[str]] = {}
    for link in linked.links:
        if link.kind is LinkKind.CONTRADICTS and link.claim in ids and link.claim in assessments:
            excluded.setdefault(link.other, []).append(link.claim)
    found = []
    for proposition in linked.propositions:
        verdict = assessments.get(proposition.id)
        if verdict is None or not verdict.voices_for or not verdict.voices_against:
            continue
        spoken = {claim for voice in (*verdict.voices_for, *verdict.voices_against) for claim in voice.claims}
        carriers = dict.fromkeys(report_of[m.claim] for m in proposition.members if m.claim in spoken)
        found.append(
            Dispute(
                proposition=proposition.id,
                event=proposition.event,
                agent=proposition.agent,
                place=proposition.place,
                interval=proposition.interval,
                supporters=_sources(verdict.voices_for),
                deniers=_sources(verdict.voices_against),
                reports=tuple(carriers),
                open=rules.grades[verdict.grade].open,
                excluded_by=tuple(sorted(set(excluded.get(proposition.id, ())))),
            )
        )
    return tuple(found)


def _sources(voices: tuple[Voice, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for voice in voices for source in voice.sources))
