"""Which propositions are in dispute, or were: each quarrel once, in the words in which it was denied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.records import Dispute, LinkKind
from marsad.vocabulary import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from marsad.linking import Linked
    from marsad.records import Assessment, Claim, Proposition, Voice
    from marsad.vocabulary import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quarrel:
    """A dispute on one proposition, with the ids of the claims for and against it.

    `denied` where somebody denies it in words, and not only by what he claims instead.
    """

    dispute: Dispute
    supporting: frozenset[str]
    denying: frozenset[str]
    denied: bool

    def told_by(self, other: _Quarrel) -> bool:
        """Tell whether the other tells the same quarrel: from the same end and as open as this, or from the other."""
        alike = self.supporting & other.supporting or self.denying & other.denying
        return (bool(alike) and self.dispute.open is other.dispute.open) or self._mirrors(other)

    def _mirrors(self, other: _Quarrel) -> bool:
        """Tell whether this is the other end of what was denied in words, with no source that is not in it.

        What settles the one end settles the other.
        """
        opposed = self.supporting & other.denying or self.denying & other.supporting
        swapped = set(self.dispute.supporters) <= set(other.dispute.deniers)
        return bool(opposed) and other.denied and swapped and set(self.dispute.deniers) <= set(other.dispute.supporters)


def disputes(
    linked: Linked,
    assessments: Mapping[str, Assessment],
    claims: Sequence[Claim],
    *,
    rules: RuleSet | None = None,
) -> tuple[Dispute, ...]:
    """Return what two voices or more are at odds over, open or settled, in the order of `linked`.

    What nobody denies in words, but only excludes by claiming something else, is left to another dispute that counts
    the same words for or against it, and is named in its `also`. So is the other end of what somebody denies in words,
    where it adds no source.
    """
    rules = rules or load_rules()
    by_id = {claim.id: claim for claim in claims}
    denied = {link.other for link in linked.links if link.kind is LinkKind.DENIES}
    excluded = _excluded(linked, assessments)
    quarrels = []
    for proposition in linked.propositions:
        verdict = assessments.get(proposition.id)
        if verdict is None or not _at_odds(verdict, by_id):
            continue
        supporting, denying = _claims(verdict.voices_for), _claims(verdict.voices_against)
        carriers = (by_id[m.claim].report for m in proposition.members if m.claim in supporting | denying)
        dispute = _dispute(proposition, verdict, rules)
        dispute = replace(dispute, reports=tuple(dict.fromkeys(carriers)), excluded_by=excluded.get(proposition.id, ()))
        quarrels.append(
            _Quarrel(dispute=dispute, supporting=supporting, denying=denying, denied=proposition.id in denied)
        )
    return _gathered(quarrels)


def _excluded(linked: Linked, assessments: Mapping[str, Assessment]) -> Mapping[str, tuple[str, ...]]:
    """Return, by proposition, the ids of those that cannot be true with it."""
    ids = {proposition.id for proposition in linked.propositions}
    found: dict[str, set[str]] = {}
    for link in linked.links:
        if link.kind is LinkKind.CONTRADICTS and link.claim in ids and link.claim in assessments:
            found.setdefault(link.other, set()).add(link.claim)
    return {proposition: tuple(sorted(others)) for proposition, others in found.items()}


def _at_odds(verdict: Assessment, claims: Mapping[str, Claim]) -> bool:
    """Tell whether one voice denies of a day what another says of it or of a day before.

    A voice alone that changed its word is at odds with nobody, and what was denied on Saturday can be so on Sunday.
    """
    said = [(voice.name, claims[claim].interval.start) for voice in verdict.voices_for for claim in voice.claims]
    denied = [(voice.name, claims[claim].interval.end) for voice in verdict.voices_against for claim in voice.claims]
    return any(
        one != other and (first is None or last is None or first <= last)
        for one, first in said
        for other, last in denied
    )


def _dispute(proposition: Proposition, verdict: Assessment, rules: RuleSet) -> Dispute:
    return Dispute(
        proposition=proposition.id,
        event=proposition.event,
        agent=proposition.agent,
        place=proposition.place,
        interval=proposition.interval,
        supporters=_sources(verdict.voices_for),
        deniers=_sources(verdict.voices_against),
        reports=(),
        open=rules.grades.get(verdict.stands, rules.grades[verdict.grade]).open,
    )


def _gathered(quarrels: Sequence[_Quarrel]) -> tuple[Dispute, ...]:
    """Return the disputes without those that tell another's quarrel; what was denied in words is never left out."""
    kept: list[_Quarrel] = []
    also: dict[str, list[str]] = {}
    for quarrel in sorted(quarrels, key=lambda one: not one.denied):
        home = None if quarrel.denied else next((one for one in kept if quarrel.told_by(one)), None)
        if home is None:
            kept.append(quarrel)
        else:
            also.setdefault(home.dispute.proposition, []).append(quarrel.dispute.proposition)
    ids = {one.dispute.proposition for one in kept}
    found = (one.dispute for one in quarrels if one.dispute.proposition in ids)
    return tuple(replace(one, also=tuple(also.get(one.proposition, ()))) for one in found)


def _claims(voices: Iterable[Voice]) -> frozenset[str]:
    return frozenset(claim for voice in voices for claim in voice.claims)


def _sources(voices: Iterable[Voice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for voice in voices for source in voice.sources))
