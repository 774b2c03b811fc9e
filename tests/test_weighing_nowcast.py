"""Who probably holds a town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.linking import trace_origins
from marsad.records import Certainty, Extent, Interval, Nowcast, Place
from marsad.theatre import Side, Theatre
from marsad.vocabulary import SpeakerCounts, load_nowcast, load_rules
from marsad.weighing import nowcast, prior, reliabilities
from weighing_support import ARMY, DAY, NOON, REBELS, TOWN, War, claim, copied, denial, report, theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.records import Claim

VOICES = (ARMY, REBELS, "Monitor", "Wire One", "Wire Two")


def believed(claims: Sequence[Claim], *, days: int = 0, **options: Any) -> Nowcast:
    """The only nowcast of so many days after the tenth."""
    war = War(claims, theatre=options.pop("theatre", theatre()))
    (found,) = nowcast(claims, war.reports, war.origins, war.theatre, days=[DAY + timedelta(days=days)], **options)
    return found


def chance(claims: Sequence[Claim], holder: str = REBELS, **options: Any) -> float:
    return dict(believed(claims, **options).holders).get(holder, 0.0)


@pytest.mark.parametrize(
    ("one", "likeliest"),
    [
        (claim("a", "Monitor", "capture"), REBELS),
        (claim("a", "Monitor", "hold", ARMY), ARMY),
        (claim("a", ARMY, "capture"), REBELS),
        (denial("a", "Monitor", "withdraw"), REBELS),
        (claim("a", "Monitor", "repel", ARMY, target=REBELS), ARMY),
        (claim("a", "Monitor", "withdraw"), "unknown"),
        (denial("a", "Monitor", "hold"), "unknown"),
        (claim("a", "Monitor", "capture", None, target=REBELS), "unknown"),
    ],
)
def test_the_holder_of_whom_it_is_said_is_the_likeliest(one: Claim, likeliest: str) -> None:
    assert believed([one]).holders[0][0] == likeliest


def test_a_part_of_the_town_makes_it_contested_more_than_held() -> None:
    both = [claim("a", "Monitor", "hold", ARMY, days=-2), claim("b", "Monitor", "capture", extent=Extent.PART)]
    found = dict(believed(both).holders)
    assert found["contested"] > found[REBELS]
    assert found[ARMY] < dict(believed(both[:1]).holders)[ARMY]


def test_what_costs_the_speaker_weighs_more_than_what_serves_it_and_its_denial_least() -> None:
    before = claim("a", "Monitor", "hold", ARMY, days=-5)
    admitted, claimed = claim("b", ARMY, "capture"), claim("b", REBELS, "capture")
    assert chance([before, admitted]) > chance([before, claimed]) > chance([before])
    taken = claim("b", "Monitor", "capture")
    unmoved = chance([before, taken]) - chance([before, taken, denial("c", ARMY, "capture")])
    assert unmoved < chance([before, taken]) - chance([before, taken, denial("c", "Wire One", "capture")])


def test_one_voice_that_repeats_itself_is_not_many_voices() -> None:
    before = claim("a", "Monitor", "hold", ARMY, days=-5)
    same_day = [claim(name, "Wire One", "capture") for name in "bcd"]
    next_days = [claim(name, "Wire One", "capture", days=number) for number, name in enumerate("bcd")]
    many = [claim(name, f"Wire {name}", "capture") for name in "bcd"]
    once = chance([before, same_day[0]])
    assert chance([before, *same_day]) == pytest.approx(once)
    assert chance([before, *next_days], days=2) < chance([before, *many], days=2)
    assert chance([before, *many]) > once


def test_a_copy_is_no_second_word() -> None:
    first = report("a")
    words = [claim("a", "narrator", "capture"), replace(claim("a", "narrator", "capture"), id="copy", report="b")]
    reports = {one.id: one for one in (first, copied(first, "b", 3, copy_of="a"))}
    origins = trace_origins(reports.values())
    one, two = (nowcast(some, reports, origins, theatre(), days=[DAY])[0].holders for some in (words[:1], words))
    assert one == two


def test_silence_ages_towards_not_knowing_and_faster_after_fighting() -> None:
    taken = claim("a", "Monitor", "capture")
    line = [chance([taken], days=days) for days in (0, 10, 100, 2000)]
    assert line == sorted(line, reverse=True)
    assert line[-1] < 0.9 * line[0]
    fought = [taken, claim("b", "Wire One", "clash", ARMY, target=REBELS)]
    assert chance(fought, days=3) < chance([taken], days=3)


def test_silence_says_how_old_the_last_word_is() -> None:
    found = believed([claim("a", "Monitor", "capture")], days=30)
    assert found.last_heard == NOON
    assert found.claims == ("c-a-capture-Northern Front",)


def test_a_word_published_late_counts_for_its_day_but_only_once_published() -> None:
    late = claim("b", "Monitor", "capture", days=0)
    claims = [claim("a", "Monitor", "hold", ARMY, days=-3), late]
    reports = {"a": report("a", hours=-72), "b": report("b", hours=96)}
    war = War(claims, list(reports.values()), theatre=theatre())

    def on(day: date, as_of: datetime) -> float:
        found = nowcast(claims, reports, war.origins, war.theatre, days=[day], as_of=as_of)
        return dict(found[0].holders).get(REBELS, 0.0)

    assert on(DAY, NOON + timedelta(days=1)) == 0.0
    assert on(DAY, NOON + timedelta(days=5)) > 0.5


@pytest.mark.parametrize(
    "one",
    [
        claim("a", REBELS, "capture", extent=Extent.ROUTE),
        claim("a", REBELS, "capture", certainty=Certainty.PLANNED),
        claim("a", REBELS, "capture", place=None),
        claim("a", REBELS, "capture", place=replace(TOWN, feature="first division")),
        claim("a", REBELS, "capture", place=replace(TOWN, radius_km=150.0)),
        claim("a", REBELS, "aid"),
    ],
)
def test_what_says_nothing_of_a_town_gives_no_nowcast(one: Claim) -> None:
    war = War([one], theatre=theatre())
    assert nowcast([one], war.reports, war.origins, war.theatre, days=[DAY]) == ()


def test_nothing_is_forecast_for_a_day_before_the_first_word() -> None:
    one = claim("a", "Monitor", "capture")
    war = War([one], theatre=theatre())
    days = [DAY - timedelta(days=1), DAY]
    assert [found.on for found in nowcast([one], war.reports, war.origins, war.theatre, days=days)] == [DAY]


def test_enemies_near_a_town_do_not_hold_it() -> None:
    held = claim("a", "Monitor", "hold", ARMY, days=-1)
    near = [held, claim("b", "Monitor", "advance", extent=Extent.NEAR)]
    assert believed(near).holders[0][0] == ARMY
    assert chance(near, ARMY, days=4) < chance([held], ARMY, days=4)


def test_a_claim_of_standing_moves_a_firm_belief_less_than_news_of_a_change() -> None:
    firm = [claim(name, f"Wire {name}", "hold", ARMY, days=-5) for name in "abc"]
    assert chance([*firm, claim("d", REBELS, "hold")]) < chance([*firm, claim("d", REBELS, "capture")])


def test_without_a_theatre_parties_stand_by_name_and_own_words_serve() -> None:
    own = chance([claim("a", REBELS, "capture")], theatre=None)
    other = chance([claim("a", "Wire One", "capture")], theatre=None)
    assert 0.5 < own < other


def test_the_forces_of_the_state_are_likely_before_the_first_word() -> None:
    war = Theatre(
        name="Exampleland",
        countries=("XA",),
        sides={
            "government": Side(name="government", opposes=("rebels",), forces=ARMY, government="Government of X"),
            "rebels": Side(name="rebels", opposes=("government",), forces=REBELS),
        },
    )
    home = load_nowcast().home
    assert prior(TOWN, DAY, war).holders[0] == (ARMY, pytest.approx(home))
    assert prior(replace(TOWN, country="XB"), DAY, war).holders[0] == ("unknown", 1.0)
    assert prior(TOWN, DAY, None).holders[0] == ("unknown", 1.0)


def test_a_state_is_told_from_an_administration_of_a_part_of_it() -> None:
    sides = {
        name: Side(name=name, forces=f"Forces of {name}", government=government)
        for name, government in (
            ("north", "Administration of Northern Syria"),
            ("state", "Government of Syria"),
            ("abroad", "Government of Turkey"),
        )
    }
    syria = prior(Place(name="Homs", country="SY"), DAY, Theatre(name="War", sides=sides))
    assert syria.holders[0][0] == "Forces of state"


def test_what_was_settled_teaches_how_far_a_class_is_to_be_trusted() -> None:
    war = War(
        [
            claim("a", REBELS, "capture"),
            claim("b", "Monitor", "capture"),
            denial("c", ARMY, "capture"),
            claim("d", ARMY, "capture"),
        ],
        theatre=theatre(),
    )
    model = load_nowcast()
    learnt = reliabilities(war.linked, war.assessments, war.theatre, model, load_rules())
    before = model.reliability
    assert learnt["serving"] == SpeakerCounts(right=before["serving"].right + 1, wrong=before["serving"].wrong)
    assert learnt["third"].right == before["third"].right + 1
    assert learnt["denying"].wrong == before["denying"].wrong + 1
    assert learnt["against"] == before["against"]


def test_learnt_counts_change_the_nowcast() -> None:
    liars = {**load_nowcast().reliability, "serving": SpeakerCounts(right=1, wrong=3)}
    claims = [claim("a", REBELS, "capture")]
    assert chance(claims, counts=liars) < chance(claims) - 0.3


_WORDS = st.builds(
    claim,
    st.text("abcdefgh", min_size=6, max_size=6),
    st.sampled_from(VOICES),
    st.sampled_from(["capture", "hold", "withdraw", "enter", "repel", "advance", "clash", "surrender"]),
    st.sampled_from([ARMY, REBELS, None]),
    days=st.integers(-4, 0),
    extent=st.sampled_from(list(Extent)),
    target=st.sampled_from([ARMY, REBELS, None]),
)
_SAID = st.lists(_WORDS, max_size=8, unique_by=lambda one: one.report)
_PAST = claim("old", "Monitor", "clash", None, interval=Interval(start=date(2024, 1, 1), end=date(2024, 12, 31)))


@settings(max_examples=60, deadline=None)
@given(_SAID, st.integers(0, 40))
def test_probabilities_add_up_to_one_and_leave_nothing_out(words: list[Claim], days: int) -> None:
    found = believed([_PAST, *words], days=days)
    names = [name for name, _ in found.holders]
    chances = [value for _, value in found.holders]
    assert sum(chances) == pytest.approx(1)
    assert all(0 <= value <= 1 for value in chances)
    assert chances == sorted(chances, reverse=True)
    assert {"contested", "unknown"} <= set(names)
    assert len(names) == len(set(names))


@settings(max_examples=40, deadline=None)
@given(_SAID, st.integers(0, 8))
def test_a_nowcast_knows_exactly_what_was_published_by_then(words: list[Claim], hours: int) -> None:
    words = [_PAST, *words]
    reports = {one.report: report(one.report, hours=number) for number, one in enumerate(words)}
    origins = trace_origins(reports.values())
    as_of = NOON + timedelta(hours=hours)
    out = [one for one, said in zip(words, reports.values(), strict=True) if said.published and said.published <= as_of]

    def found(some: list[Claim]) -> list[tuple[tuple[str, float], ...]]:
        days = [DAY + timedelta(days=number) for number in range(-3, 3)]
        return [one.holders for one in nowcast(some, reports, origins, theatre(), days=days, as_of=as_of)]

    assert found(words) == found(out)
    assert found(out) == found(out[::-1])


def test_fighting_alone_leaves_a_place_to_nobody_known() -> None:
    found = believed([claim("a", "Monitor", "clash", None)], days=9)
    assert {name for name, _ in found.holders} == {"contested", "unknown"}
    assert sum(value for _, value in found.holders) == pytest.approx(1)


def test_days_in_one_go_are_as_one_by_one() -> None:
    claims = [claim("a", "Monitor", "hold", ARMY, days=-6), claim("b", REBELS, "enter", days=-2)]
    war = War(claims, theatre=theatre())
    days = [DAY + timedelta(days=number) for number in range(-7, 5)]
    together = nowcast(claims, war.reports, war.origins, war.theatre, days=days)
    single = [one for day in days for one in nowcast(claims, war.reports, war.origins, war.theatre, days=[day])]
    assert [(one.on, one.claims) for one in together] == [(one.on, one.claims) for one in single]
    for one, other in zip(together, single, strict=True):
        assert dict(one.holders) == pytest.approx(dict(other.holders))
    assert all(one.last_heard and one.last_heard <= datetime.combine(DAY, time.max, NOON.tzinfo) for one in together)
