"""Propositions as people put them together and took them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as some

from marsad.linking import Linked, link, redirected, trace_origins
from marsad.records import JudgementKind, Regrouping
from marsad.weighing import with_concessions
from weighing_support import ARMY, REBELS, claim, denial, report, theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

TAKEN = claim("a", REBELS, "capture")
DENIED = denial("b", ARMY, "capture")
ADMITTED = claim("c", ARMY, "capture")
SHELLED = claim("d", "Monitor", "shelling", ARMY)
LEFT = claim("e", "Monitor", "withdraw", ARMY, days=3)
CLAIMS = (TAKEN, DENIED, ADMITTED, SHELLED, LEFT)
REPORTS = {one.report: report(one.report, hours=hours) for hours, one in enumerate(CLAIMS)}
ORIGINS = trace_origins(REPORTS.values())


def linked(*regroupings: Regrouping) -> Linked:
    return link(CLAIMS, REPORTS, ORIGINS, theatre(), regroupings=regroupings)


def ruled(kind: str, claims: Sequence[str], others: Sequence[str]) -> Regrouping:
    return Regrouping(kind=JudgementKind(kind), claims=tuple(claims), others=tuple(others))


def homes(found: Linked) -> dict[str, str]:
    """Of which proposition each claim is, and not only bears on."""
    return {m.claim: one.id for one in found.propositions for m in one.members if not m.reasons}


def test_what_was_split_off_concedes_nothing_either() -> None:
    together = [TAKEN.id, DENIED.id, ADMITTED.id]
    assert len({homes(linked())[one] for one in together}) == 1
    found = linked(ruled("split", together, [ADMITTED.id]))
    found = with_concessions(found, CLAIMS, REPORTS, ORIGINS, theatre())
    (kept,) = [one for one in found.propositions if one.id == homes(found)[TAKEN.id]]
    assert ADMITTED.id not in {member.claim for member in kept.members}


def test_a_merge_counts_the_claims_of_both() -> None:
    found = homes(linked(ruled("merge", [TAKEN.id], [SHELLED.id])))
    assert found[SHELLED.id] == found[TAKEN.id] == homes(linked())[TAKEN.id]


def test_what_names_no_claim_of_the_hour_changes_nothing() -> None:
    for kind in ("merge", "split"):
        assert linked(ruled(kind, ["c-gone"], [TAKEN.id])) == linked()
        assert linked(ruled(kind, [TAKEN.id], ["c-gone"])) == linked()


def test_the_whole_of_a_proposition_cannot_be_split_off() -> None:
    assert linked(ruled("split", [SHELLED.id], [SHELLED.id])) == linked()


IDS = some.lists(some.sampled_from([one.id for one in CLAIMS]), min_size=1, max_size=3, unique=True)
RULED = some.builds(ruled, some.sampled_from(["merge", "split"]), IDS, IDS)


@given(some.lists(RULED, max_size=5))
def test_every_claim_is_of_one_proposition_whatever_people_regroup(regroupings: list[Regrouping]) -> None:
    found = linked(*regroupings)
    own = [m.claim for one in found.propositions for m in one.members if not m.reasons]
    assert sorted(own) == sorted(one.id for one in CLAIMS)
    assert len({one.id for one in found.propositions}) == len(found.propositions)
    for proposition, apart in found.apart.items():
        (one,) = [one for one in found.propositions if one.id == proposition]
        assert apart.isdisjoint(member.claim for member in one.members)


def test_an_id_leads_to_where_most_of_the_other_claims_are() -> None:
    before = linked()
    known = homes(before)[TAKEN.id]
    after = link((DENIED, ADMITTED, SHELLED, LEFT), REPORTS, ORIGINS, theatre())
    led = redirected(after, [TAKEN.id], homes(before)).redirects
    assert led == {known: homes(after)[DENIED.id]}
