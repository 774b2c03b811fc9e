"""What a source says later of the same matter."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from marsad.linking import link
from marsad.records import Count, Counts, DatePrecision, Extent, Interval, Link, LinkKind, Stance
from weighing_support import ARMY, DAY, REBELS, War, claim, copied, denial, report, theatre


def turned(war: War) -> list[tuple[str, str, LinkKind]]:
    """The reports of the later and the earlier claim, and how the one bears on the other."""
    return [(one.claim.split("-")[1], one.other.split("-")[1], one.kind) for one in turns(war)]


def turns(war: War) -> list[Link]:
    return [one for one in war.linked.links if one.kind in {LinkKind.UPDATES, LinkKind.CORRECTS}]


def dead(name: str, killed: int, source: str = "Monitor", **fields: object) -> object:
    counts = Counts(killed=Count(killed, killed))
    return claim(name, source, "casualties", agent=None, **({"target": "civilians", "counts": counts} | fields))


def test_later_figure_of_the_same_source_updates_the_earlier() -> None:
    war = War([dead("a", 12), dead("b", 19), dead("c", 30)])
    assert turned(war) == [("b", "a", LinkKind.UPDATES), ("c", "b", LinkKind.UPDATES)]
    assert turns(war)[0].reasons[0] == "Monitor now says 19 killed, where it had said 12"


@pytest.mark.parametrize(
    "other",
    [
        dead("b", 19, "Wire"),
        dead("b", 12),
        dead("b", 19, target="soldiers"),
        dead("b", 19, days=9),
        dead("b", 19, stance=Stance.DOUBTS),
    ],
    ids=["another source", "the same figure", "other people", "another week", "a doubt"],
)
def test_figures_that_are_no_later_word_on_the_matter_update_nothing(other: object) -> None:
    assert turned(War([dead("a", 12), other])) == []


def test_without_a_place_only_tallies_are_brought_up_to_date() -> None:
    week = Interval(start=DAY - timedelta(days=4), end=DAY, precision=DatePrecision.WEEK)
    assert turned(War([dead("a", 12, place=None), dead("b", 19, place=None)])) == []
    tallies = [dead("a", 12, place=None, interval=week), dead("b", 19, place=None, interval=week)]
    assert turned(War(tallies)) == [("b", "a", LinkKind.UPDATES)]


def test_withdrawal_updates_the_hold_that_the_same_source_told() -> None:
    war = War([claim("a", ARMY, "hold", agent=ARMY), claim("b", ARMY, "withdraw", agent=ARMY, days=1)])
    assert turned(war) == [("b", "a", LinkKind.UPDATES)]
    reason = f"{ARMY} said before that {ARMY} holds it, and now that it is not there"
    assert turns(war)[0].reasons[0] == reason


def test_what_was_long_before_is_history_and_not_updated() -> None:
    past = claim("a", ARMY, "hold", agent=ARMY, days=-90)
    assert turned(War([past, claim("b", ARMY, "withdraw", agent=ARMY)])) == []


def test_what_a_source_tells_of_an_earlier_time_leaves_its_last_word() -> None:
    words = [
        claim("a", ARMY, "hold", agent=ARMY),
        claim("b", ARMY, "withdraw", agent=ARMY, days=-5),
        claim("c", ARMY, "withdraw", agent=ARMY, days=2),
    ]
    assert turned(War(words)) == [("c", "a", LinkKind.UPDATES)]


def test_word_taken_back_for_the_same_day_corrects_and_for_a_later_day_updates() -> None:
    said = claim("a", "Monitor", "enter")
    assert turned(War([said, denial("b", "Monitor", "enter")])) == [("b", "a", LinkKind.CORRECTS)]
    assert turned(War([said, denial("b", "Monitor", "enter", days=1)])) == [("b", "a", LinkKind.UPDATES)]
    assert turned(War([said, denial("b", ARMY, "enter")])) == []


def test_report_that_calls_itself_a_correction_corrects() -> None:
    titled = report("b", hours=3, title="CORRECTED: Nineteen dead in Varenna")
    war = War([dead("a", 12), dead("b", 19)], [titled])
    assert turned(war) == [("b", "a", LinkKind.CORRECTS)]
    assert "the report calls itself a correction" in turns(war)[0].reasons


def test_words_of_one_report_do_not_turn() -> None:
    assert turned(War([dead("a", 12), replace(dead("b", 19), report="a")])) == []


def test_sources_without_a_name_do_not_turn() -> None:
    fields = {"via": "State Agency"}
    words = [claim("a", "unnamed official", "enter", **fields), denial("b", "unnamed official", "enter", **fields)]
    assert turned(War(words, theatre=theatre())) == []


def test_copies_repeat_and_do_not_turn() -> None:
    original = report("a", kind="wire", text="long " * 3 + " ".join(f"word{n}" for n in range(40)))
    later = report("b", hours=1)
    copy = copied(original, "c", 2)
    war = War([dead("a", 12), dead("b", 19), dead("c", 12)], [original, later, copy])
    assert war.origins["c"].origin == "a"
    assert turned(war) == [("b", "a", LinkKind.UPDATES)]


def test_villages_near_a_town_can_be_left_and_taken_without_a_turn() -> None:
    near = {"extent": Extent.NEAR}
    war = War([claim("a", REBELS, "capture", **near), claim("b", REBELS, "withdraw", days=1, **near)])
    assert turned(war) == []


def test_turns_do_not_depend_on_the_order_of_claims() -> None:
    war = War([dead(name, killed) for name, killed in (("a", 12), ("b", 19), ("c", 30), ("d", 41))])
    shuffled = list(war.claims)
    random.Random(3).shuffle(shuffled)
    assert link(shuffled, war.reports, war.origins, None).links == war.linked.links
