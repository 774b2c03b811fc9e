"""What a side concedes later and in other words, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from marsad.records import Certainty, Extent, Interest, Polarity, Stance
from weighing_support import ARMY, NOON, REBELS, War, claim, denial, report, theatre

ENTERED = (claim("a", REBELS, "enter"), denial("b", "Ministry of Defence", "enter"))
TAKEN = (claim("a", REBELS, "capture"), denial("b", "Ministry of Defence", "capture"))


def grade_of(*claims: object, event: str = "enter") -> str:
    return War(claims, theatre=theatre()).verdict(event).grade  # type: ignore[arg-type]


def test_withdrawal_days_later_settles_the_denied_entry() -> None:
    left = claim("c", ARMY, "withdraw", agent=ARMY, days=4)
    war = War([*ENTERED, left], [report("c", hours=96, text="We have left Varenna to save lives.")], theatre=theatre())
    verdict = war.verdict("enter")
    assert (verdict.grade, verdict.settled_as) == ("settled", Polarity.AFFIRMED)
    assert verdict.settled_on == NOON + timedelta(hours=96)
    assert "Settled on 2031-05-14 12:00 UTC by government (Army of Exampleland), in c: “We h”." in verdict.working
    (voice,) = [one for one in verdict.voices_for if one.side == "government"]
    assert (voice.interest, voice.claims) == (Interest.AGAINST, (left.id,))
    (member,) = [one for one in war.proposition("enter").members if one.claim == left.id]
    assert (member.stance, "no longer holds out there" in member.reasons[0]) == (Stance.CONCEDES, True)
    assert [
        link.reasons for link in war.linked.links if link.claim == left.id and link.other == verdict.proposition
    ] == [member.reasons]


def test_withdrawal_days_later_settles_the_denied_capture() -> None:
    assert grade_of(*TAKEN, claim("c", ARMY, "withdraw", agent=ARMY, days=4), event="capture") == "settled"


def test_leaving_part_of_a_town_concedes_no_capture() -> None:
    part = claim("c", ARMY, "withdraw", agent=ARMY, days=4, extent=Extent.PART)
    assert grade_of(*TAKEN, part, event="capture") == "disputed"


def test_order_of_arrival_does_not_matter() -> None:
    claims = [*ENTERED, claim("c", ARMY, "withdraw", agent=ARMY, days=4)]
    given = [report(one.report, hours=hours) for one, hours in zip(claims, (0, 1, 96), strict=True)]
    verdict = War(claims, given, theatre=theatre()).verdict("enter")
    assert War(claims[::-1], given[::-1], theatre=theatre()).verdict("enter") == verdict


@pytest.mark.parametrize(
    ("extent", "grade"),
    [
        (Extent.PART, "settled"),
        (Extent.WHOLE, "settled"),
        (Extent.UNKNOWN, "disputed"),
        (Extent.OUTSKIRTS, "disputed"),
        (Extent.NEAR, "disputed"),
        (Extent.ROUTE, "disputed"),
    ],
)
@pytest.mark.parametrize("days", [0, 2])
def test_fighting_inside_concedes_that_the_enemy_entered_fighting_near_does_not(
    extent: Extent, grade: str, days: int
) -> None:
    clash = claim("c", ARMY, "clash", agent=ARMY, target=REBELS, extent=extent, days=days)
    assert grade_of(*ENTERED, clash) == grade


def test_fighting_inside_concedes_no_capture() -> None:
    clash = claim("c", ARMY, "clash", agent=ARMY, target=REBELS, extent=Extent.PART)
    assert grade_of(*TAKEN, clash, event="capture") == "disputed"


def test_fighting_with_somebody_else_concedes_nothing() -> None:
    clash = claim("c", ARMY, "clash", agent=ARMY, target="Highland gangs", extent=Extent.PART)
    assert grade_of(*ENTERED, clash) == "disputed"


def test_fighting_told_before_the_denial_concedes_nothing() -> None:
    first, second = ENTERED
    clash = claim("c", ARMY, "clash", agent=ARMY, target=REBELS, extent=Extent.PART)
    assert grade_of(first, clash, second) == "disputed"


def test_fighting_told_by_others_concedes_nothing() -> None:
    clash = claim("c", "Monitor", "clash", agent=ARMY, target=REBELS, extent=Extent.PART)
    assert grade_of(*ENTERED, clash) == "disputed"


def test_own_men_that_lay_down_their_arms_concede_the_entry() -> None:
    assert grade_of(*ENTERED, claim("c", ARMY, "surrender", agent=ARMY, days=2)) == "settled"


def test_enemy_that_is_said_to_hold_it_after_all_concedes_entry_and_capture() -> None:
    admission = claim("c", "State Agency", "hold", days=4)
    assert grade_of(*ENTERED, admission) == "settled"
    assert grade_of(*TAKEN, admission, event="capture") == "settled"


def test_what_nobody_had_said_is_not_conceded_later() -> None:
    assert grade_of(ENTERED[1], claim("c", ARMY, "withdraw", agent=ARMY, days=4)) == "denied"


def test_withdrawal_of_other_days_concedes_nothing() -> None:
    assert grade_of(*ENTERED, claim("c", ARMY, "withdraw", agent=ARMY, days=9)) == "disputed"
    assert grade_of(*ENTERED, claim("c", ARMY, "withdraw", agent=ARMY, days=-3)) == "disputed"


@pytest.mark.parametrize(
    "between",
    [
        claim("x", REBELS, "withdraw", days=2),
        claim("x", ARMY, "hold", agent=ARMY, days=3),
        claim("x", ARMY, "repel", agent=ARMY, target=REBELS, days=3),
    ],
    ids=["the enemy left", "the defender held it", "the defender beat them back"],
)
def test_word_in_between_that_the_enemy_was_gone_breaks_the_link(between: object) -> None:
    assert grade_of(*ENTERED, between, claim("c", ARMY, "withdraw", agent=ARMY, days=5)) == "disputed"


def test_enemy_that_came_anew_breaks_the_link_to_its_first_coming() -> None:
    again = claim("x", REBELS, "enter", days=4)
    war = War([*ENTERED, again, claim("c", ARMY, "withdraw", agent=ARMY, days=5)], theatre=theatre())
    grades = [war.assessments[one.id].grade for one in war.linked.propositions if one.event == "enter"]
    assert grades == ["disputed", "single"]


def test_withdrawal_over_a_week_concedes_nothing_of_its_first_days() -> None:
    span = claim("c", ARMY, "withdraw", agent=ARMY)
    span = replace(
        span, interval=replace(span.interval, end=span.interval.end and span.interval.end + timedelta(days=6))
    )
    held = claim("x", ARMY, "hold", agent=ARMY, days=5)
    assert grade_of(*ENTERED, held, span) == "disputed"


def test_uncertain_words_concede_nothing() -> None:
    left = claim("c", ARMY, "withdraw", agent=ARMY, days=4, certainty=Certainty.POSSIBLE)
    assert grade_of(*ENTERED, left) == "disputed"


def test_third_party_that_sees_the_army_leave_concedes_nothing_for_it() -> None:
    assert grade_of(*ENTERED, claim("c", "Monitor", "withdraw", agent=ARMY, days=4)) == "disputed"


def test_without_a_theatre_nothing_is_conceded_in_other_words() -> None:
    claims = [*ENTERED, claim("c", ARMY, "withdraw", agent=ARMY, days=4)]
    assert War(claims).verdict("enter").grade == "disputed"
