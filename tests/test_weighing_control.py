"""Who holds a town by each account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from marsad.records import Certainty, ControlStatus, Extent, Interval, Stance
from marsad.weighing import control
from weighing_support import ARMY, DAY, NOON, REBELS, TOWN, War, claim, denial, theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.records import Claim, ControlState


def states(claims: Sequence[Claim], **options: Any) -> tuple[ControlState, ...]:
    war = War(claims, theatre=theatre())
    return control(claims, war.reports, war.origins, war.theatre, **options)


def line(claims: Sequence[Claim], holder: str = REBELS) -> list[tuple[str, str]]:
    return [(state.according_to, str(state.status)) for state in states(claims) if state.holder == holder]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (claim("a", REBELS, "capture"), ("rebels", "claimed")),
        (claim("a", "Monitor", "capture"), ("Monitor", "held")),
        (claim("a", ARMY, "capture"), ("government", "held")),
        (claim("a", REBELS, "capture", extent=Extent.PART), ("rebels", "contested")),
        (claim("a", REBELS, "enter"), ("rebels", "contested")),
        (claim("a", REBELS, "withdraw"), ("rebels", "lost")),
        (denial("a", "Monitor", "hold"), ("Monitor", "lost")),
        (denial("a", ARMY, "hold"), ("government", "denied")),
        (denial("a", ARMY, "enter"), ("government", "denied")),
        (denial("a", REBELS, "withdraw"), ("rebels", "claimed")),
    ],
)
def test_each_claim_gives_its_agent_a_standing(one: Claim, expected: tuple[str, str]) -> None:
    assert line([one]) == [expected]


@pytest.mark.parametrize(
    "one",
    [
        claim("a", REBELS, "capture", extent=Extent.NEAR),
        claim("a", REBELS, "capture", extent=Extent.OUTSKIRTS),
        claim("a", REBELS, "capture", extent=Extent.ROUTE),
        claim("a", REBELS, "capture", certainty=Certainty.PLANNED),
        denial("a", REBELS, "capture", stance=Stance.DOUBTS),
        claim("a", REBELS, "capture", days=-400),
        claim("a", REBELS, "capture", place=None),
        claim("a", REBELS, "capture", place=replace(TOWN, feature="first division")),
        claim("a", REBELS, "capture", place=replace(TOWN, radius_km=150.0)),
        claim("a", REBELS, "shelling"),
        claim("a", REBELS, "cut_route"),
    ],
)
def test_what_does_not_speak_of_the_town_today_sets_no_control(one: Claim) -> None:
    assert states([one]) == ()


def test_spell_ends_where_the_account_changes_and_remembers_its_last_word() -> None:
    claims = [claim("a", "Monitor", "capture"), claim("b", "Monitor", "hold", days=1)]
    claims.append(claim("c", "Monitor", "withdraw", days=3))
    held, lost = states(claims)
    assert (held.status, held.start, held.end) == (ControlStatus.HELD, DAY, DAY + timedelta(days=3))
    assert held.last_heard == NOON + timedelta(hours=1)
    assert held.claims == (claims[0].id, claims[1].id)
    assert (lost.status, lost.start, lost.end) == (ControlStatus.LOST, DAY + timedelta(days=3), None)


def test_capture_by_the_enemy_ends_a_hold_in_the_same_account_only() -> None:
    claims = [claim("a", "Monitor", "hold", agent=ARMY), claim("b", ARMY, "hold", agent=ARMY)]
    claims.append(claim("c", "Monitor", "capture", days=2))
    assert line(claims, ARMY) == [("Monitor", "held"), ("Monitor", "lost"), ("government", "claimed")]


def test_accounts_of_one_side_are_one_timeline() -> None:
    claims = [claim("a", ARMY, "hold", agent=ARMY), claim("b", "Ministry of Defence", "hold", agent=ARMY, days=1)]
    assert line(claims, ARMY) == [("government", "claimed")]


def test_denied_after_it_was_held_is_lost() -> None:
    claims = [claim("a", "Monitor", "enter"), denial("b", "Monitor", "enter", days=1)]
    assert line(claims) == [("Monitor", "contested"), ("Monitor", "lost")]


def test_as_of_hides_what_was_published_later() -> None:
    claims = [claim("a", "Monitor", "hold", agent=ARMY), claim("b", "Monitor", "withdraw", agent=ARMY)]
    assert [state.status for state in states(claims, as_of=NOON)] == [ControlStatus.HELD]


def test_open_start_stays_unknown() -> None:
    (state,) = states([claim("a", "Monitor", "capture", interval=Interval(end=date(2031, 5, 9)))])
    assert state.start is None


def test_order_of_claims_does_not_change_control() -> None:
    claims = [claim("a", "Monitor", "enter"), claim("b", "Monitor", "capture"), claim("c", ARMY, "hold", agent=ARMY)]
    war = War(claims, theatre=theatre())
    forward = control(claims, war.reports, war.origins, war.theatre)
    assert control(claims[::-1], war.reports, war.origins, war.theatre) == forward
