"""Disputes: each quarrel once, in the words in which it was denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.weighing import disputes
from weighing_support import ARMY, REBELS, War, claim, denial, theatre

if TYPE_CHECKING:
    from marsad.records import Dispute


def listed(war: War) -> tuple[Dispute, ...]:
    return disputes(war.linked, war.assessments, war.claims)


def test_what_is_told_in_two_words_and_denied_in_one_is_one_dispute() -> None:
    war = War(
        [claim("a", REBELS, "capture"), claim("b", REBELS, "enter"), denial("c", ARMY, "enter")], theatre=theatre()
    )
    (found,) = listed(war)
    assert (found.event, found.supporters, found.deniers) == ("enter", (REBELS,), (ARMY,))
    assert found.also == (war.proposition("capture").id,)
    assert found.reports == ("a", "b", "c")


def test_two_things_denied_in_words_are_two_disputes() -> None:
    claims = [claim("a", "Monitor", "enter"), claim("b", "Monitor", "withdraw", agent=ARMY)]
    claims += [denial("c", ARMY, "enter"), denial("d", ARMY, "withdraw", agent=ARMY)]
    found = listed(War(claims, theatre=theatre()))
    assert [one.event for one in found] == ["enter", "withdraw"]
    assert all(one.also == () for one in found)


def test_what_excludes_each_other_is_listed_from_both_ends_that_somebody_claims() -> None:
    war = War([claim("a", REBELS, "capture"), claim("b", ARMY, "hold", agent=ARMY)], theatre=theatre())
    found = listed(war)
    assert [(one.supporters, one.deniers) for one in found] == [((REBELS,), (ARMY,)), ((ARMY,), (REBELS,))]
    assert [one.excluded_by for one in found] == [(found[1].proposition,), (found[0].proposition,)]


def test_other_end_of_what_was_denied_in_words_joins_it_unless_it_adds_a_source() -> None:
    claims = [claim("a", REBELS, "capture"), denial("b", ARMY, "capture"), claim("c", ARMY, "hold", agent=ARMY)]
    war = War(claims, theatre=theatre())
    (found,) = listed(war)
    assert (found.event, found.also) == ("capture", (war.proposition("hold", ARMY).id,))
    adding = [*claims, claim("d", "Front Channel", "enter")]
    assert {one.event for one in listed(War(adding, theatre=theatre()))} == {"capture", "hold"}


def test_voice_that_only_changes_its_own_word_disputes_nothing() -> None:
    turned = [claim("a", ARMY, "withdraw", agent=ARMY), denial("b", "Ministry of Defence", "withdraw", agent=ARMY)]
    assert listed(War(turned, theatre=theatre())) == ()
    assert len(listed(War([*turned, claim("c", "Monitor", "withdraw", agent=ARMY)], theatre=theatre()))) == 1


def test_what_is_denied_on_one_day_and_said_of_the_next_is_no_dispute() -> None:
    said, denied = claim("a", "Monitor", "enter", days=1), denial("b", ARMY, "enter")
    assert len(War([said, denied], theatre=theatre()).linked.propositions) == 1
    assert listed(War([said, denied], theatre=theatre())) == ()
    before = claim("a", "Monitor", "enter", days=-1)
    assert len(listed(War([before, denied], theatre=theatre()))) == 1
    own = claim("c", ARMY, "enter")
    assert listed(War([said, denied, own], theatre=theatre())) == ()


def test_settled_dispute_does_not_hide_an_open_one() -> None:
    claims = [claim("a", "Monitor", "enter"), claim("b", "Monitor", "capture"), denial("c", ARMY, "enter")]
    claims.append(claim("d", ARMY, "enter"))
    found = listed(War(claims, theatre=theatre()))
    assert {one.event: one.open for one in found} == {"enter": False, "capture": True}
