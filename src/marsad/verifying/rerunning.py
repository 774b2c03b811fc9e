"""Verdicts made again, from the claims of a bundle by the rule set in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from marsad.linking import Linked
from marsad.records import Judged
from marsad.weighing import grade, graded_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.exports import Enclosed
    from marsad.records import Assessment


def verdicts_of(held: Enclosed) -> Mapping[str, Assessment]:
    """Return the verdicts on the enclosed propositions, as the enclosed rules give them."""
    as_of = held.about["as_of"]
    linked = Linked(propositions=held.propositions, links=held.links)
    found = grade(
        linked,
        held.claims,
        held.report_by_id,
        held.origin_by_id,
        held.theatre,
        as_of=None if as_of is None else datetime.fromisoformat(as_of),
        rules=held.rules,
        places=held.places,
        records=held.sources,
    )
    judged = Judged(
        standing=tuple(one.judgement for one in held.judgements),
        found={one.judgement.id: one.claims for one in held.judgements},
    )
    return graded_by_hand(found, linked, judged)


def differences(held: Enclosed) -> Iterator[tuple[str, str]]:
    """Yield the id of each proposition whose verdict comes out otherwise, and how."""
    again = verdicts_of(held)
    for one in held.assessments:
        other = again.get(one.proposition)
        if other == one:
            continue
        if other is None:
            yield one.proposition, f"is {one.stands} in the bundle, and no rule in it gives it any grade"
        elif other.stands != one.stands:
            yield one.proposition, f"is {one.stands} in the bundle, and {other.stands} by the claims and rules in it"
        else:
            yield one.proposition, f"is {one.stands} both ways, with another working, voices or Admiralty code"
