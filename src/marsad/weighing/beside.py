"""What a verdict rests on beside the words on its own proposition: other acts there and then, and what excludes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.records import LinkKind
from marsad.vocabulary import load_rules
from marsad.weighing.acts import Acts
from marsad.weighing.voices import Case

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from marsad.linking import Linked
    from marsad.records import Claim, Origin, Report
    from marsad.theatre import Theatre


def beside(
    linked: Linked,
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    asked: Collection[str],
    as_of: datetime | None = None,
) -> frozenset[str]:
    """Return the ids of the other propositions that the verdicts on those `asked` for can depend on.

    They are those of acts of force at the same place about then, the same acts as told of others, and those that cannot
    be true with them. With the claims and reports of all, `grade` gives those asked for the same verdicts again.
    """
    case = Case(
        claims={claim.id: claim for claim in claims},
        reports=reports,
        origins=origins,
        theatre=theatre,
        rules=load_rules(),
        as_of=as_of,
    )
    acts = Acts(linked.propositions, case)
    found = {
        act.proposition
        for one in linked.propositions
        if one.id in asked
        for act in (*acts.nearby(one), *acts.rivals(one))
    }
    known = {one.id for one in linked.propositions}
    found |= {
        link.claim
        for link in linked.links
        if link.kind is LinkKind.CONTRADICTS and link.other in asked and link.claim in known
    }
    return frozenset(found - set(asked))
