"""Nowcasts scored against who held each place in fact."""

from __future__ import annotations

import io
import json
import math
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from marsad.cli._control import control_json, print_control
from marsad.demo import demo_gold, demo_theatre
from marsad.evaluation import (
    ARMIES,
    ControlScores,
    Forecast,
    GoldControl,
    Habit,
    History,
    Known,
    armies,
    brier,
    calibration,
    calibration_error,
    forecasts,
    log_loss,
    score_control,
    score_nowcasts,
    simulate,
    skill,
)
from marsad.linking import link
from marsad.records import Nowcast, Place
from marsad.theatre import load_theatre
from marsad.vocabulary import load_nowcast, load_rules
from marsad.weighing import grade, reliabilities

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.evaluation import Sayings

FIRST = date(2031, 5, 10)
ONE, TWO = ARMIES


def forecast(chance: float, truth: str, *, persistence: str = ONE) -> Forecast:
    return Forecast(belief={ONE: chance, TWO: 1 - chance}, last_word={TWO: 1.0}, persistence=persistence, truth=truth)


def test_losses_are_those_of_the_books() -> None:
    assert brier({ONE: 1.0}, ONE) == 0.0
    assert brier({ONE: 1.0}, TWO) == 2.0
    assert brier({ONE: 0.7, TWO: 0.2, "contested": 0.1}, ONE) == pytest.approx(0.09 + 0.04 + 0.01)
    assert log_loss({ONE: 0.5, TWO: 0.5}, TWO) == pytest.approx(math.log(2))
    assert log_loss({ONE: 1.0}, TWO) == pytest.approx(-math.log(0.01))


def test_skill_is_what_is_gained_on_naive_forecasts() -> None:
    found = skill([forecast(0.9, ONE), forecast(0.1, TWO)])
    assert found.brier == pytest.approx(0.02)
    assert found.persistence_brier == found.last_word_brier == 1.0
    assert found.over_persistence == found.over_last_word == pytest.approx(0.98)
    assert skill([forecast(0.9, ONE)]).over_persistence is None
    assert skill([]).count == 0


def test_calibration_compares_what_is_said_with_how_often_it_is_so() -> None:
    some = [forecast(0.8, ONE)] * 3 + [forecast(0.8, TWO)] + [forecast(0.55, TWO)]
    low, high = calibration(some)
    assert (low.count, low.share) == (1, 0.0)
    assert (high.low, high.count, high.mean, high.share) == (0.8, 4, pytest.approx(0.8), 0.75)
    assert calibration_error((low, high)) == pytest.approx((0.55 + 4 * 0.05) / 5)
    assert calibration_error(()) == 0.0


def rows(*spells: tuple[int, int, str], place: str = "Varenna") -> list[GoldControl]:
    return [
        GoldControl(
            place=place,
            lat=10.0,
            lon=20.0,
            start=FIRST + timedelta(days=start),
            end=FIRST + timedelta(days=end),
            controller=holder,
        )
        for start, end, holder in spells
    ]


def told(*chances: float, place: str = "Varenna", lat: float = 10.01) -> dict[date, Known]:
    """What is known day by day: how likely the first army holds a place, the second otherwise."""
    where = Place(name=place, lat=lat, lon=20.0)
    return {
        (day := FIRST + timedelta(days=number)): Known(
            nowcasts=(
                Nowcast(
                    place=where,
                    on=day,
                    as_of=None,
                    holders=((ONE, chance), (TWO, 1 - chance), ("contested", 0.0), ("unknown", 0.0)),
                    last_heard=None,
                    claims=(),
                ),
            ),
            last_words=((where, ONE),),
        )
        for number, chance in enumerate(chances)
    }


def test_a_change_is_seen_late_early_or_never() -> None:
    truth = rows((0, 4, ONE), (5, 9, TWO))

    def seen(*chances: float) -> tuple[tuple[int, ...], int]:
        score = score_nowcasts(truth, told(*chances).__getitem__, armies(), load_nowcast())
        return score.lags, score.missed

    assert seen(*[0.9] * 5, *[0.1] * 5) == ((0,), 0)
    assert seen(*[0.9] * 7, *[0.1] * 3) == ((2,), 0)
    assert seen(*[0.9] * 3, *[0.1] * 7) == ((-2,), 0)
    assert seen(*[0.9] * 10) == ((), 1)


def test_days_around_a_change_are_beside_the_holder_before_it() -> None:
    truth = rows((0, 9, ONE), (10, 10, "contested"), (11, 14, TWO))
    score = score_nowcasts(truth, told(*[0.9] * 10, *[0.1] * 5).__getitem__, armies(), load_nowcast())
    assert score.overall.count == 15
    assert score.changes.count == 14
    # Of the first window four days are no longer the first army's; of the second, beside `contested`, all but one.
    assert score.changes.persistence_brier == pytest.approx(2 * (4 + 6) / 14)
    assert score.contested.count == 1
    assert score.contested.persistence_brier == 2.0
    assert score.overall.persistence_brier == pytest.approx(2 * 5 / 15)


def test_a_place_counts_under_its_name_and_near_its_point_only() -> None:
    truth = rows((0, 2, ONE))
    for place, lat, heard in (("Varena", 10.1, 1), ("Varenna", 11.0, 0), ("Bellmont", 10.01, 0)):
        known = told(0.9, 0.9, 0.9, place=place, lat=lat)
        assert score_nowcasts(truth, known.__getitem__, armies(), load_nowcast()).heard == heard


def test_what_is_left_to_nobody_known_is_spread_over_who_is_not_named() -> None:
    truth = [*rows((0, 0, ONE)), *rows((0, 0, TWO), place="Bellmont")]
    silent = {FIRST: Known(nowcasts=(), last_words=())}
    score = score_nowcasts(truth, silent.__getitem__, armies(), load_nowcast())
    assert score.overall.brier == pytest.approx(0.5)
    assert score.told.count == 0


def test_the_demonstration_keeps_its_skill_from_annotated_claims() -> None:
    scores = score_control(demo_gold(), load_theatre(demo_theatre()), None)
    assert scores is not None
    assert scores.read is None
    gold = scores.gold
    assert (gold.changes.over_persistence or 0) > 0.48
    assert (gold.changes.over_last_word or 0) > 0.3
    assert (gold.overall.over_persistence or 0) > 0.4
    assert (gold.told.over_last_word or 0) > 0.25
    assert gold.calibration_error < 0.15
    assert sorted(gold.lags)[len(gold.lags) // 2] == 0


def test_scores_are_printed_and_written() -> None:
    truth = rows((0, 4, ONE), (5, 9, TWO))
    score = score_nowcasts(truth, told(*[0.9] * 6, *[0.1] * 4).__getitem__, armies(), load_nowcast())
    out = Console(file=io.StringIO(), width=80)
    print_control(ControlScores(read=None, gold=score), out)
    shown = out.file.getvalue()  # type: ignore[attr-defined]
    assert "1 of 1 places spoken of; changes seen, by days of lag: 1 at +1; never seen: 0" in shown
    assert "said 0.90  so 0.90  (10 days)" in shown
    row = control_json(ControlScores(read=None, gold=score))["gold"]
    assert row["lags"] == [1]
    assert row["changes"]["over_persistence"] == round(score.changes.over_persistence or 0, 3)
    assert json.loads(json.dumps(row)) == row


def test_a_folder_without_control_has_no_score(tmp_path: Path) -> None:
    assert score_control(tmp_path, None, None) is None


# A simulated war


def histories(chance: random.Random, towns: int, *, days: int = 90, changes: float = 0.02) -> list[History]:
    found = []
    for number in range(towns):
        holders = [chance.choice(ARMIES)]
        while len(holders) < days:
            last = holders[-1]
            leaves = chance.random() < (0.25 if last == "contested" else changes)
            holders.append(chance.choice([name for name in (*ARMIES, "contested") if name != last]) if leaves else last)
        place = Place(name=f"Town {number}", lat=number / 2 - 40, lon=20.0)
        found.append(History(place=place, first=FIRST, holders=tuple(holders)))
    return found


def settled(sayings: Sayings) -> dict[str, float]:
    linked = link(sayings.claims, sayings.reports, sayings.origins, armies())
    verdicts = grade(linked, sayings.claims, sayings.reports, sayings.origins, armies())
    counts = reliabilities(linked, verdicts, armies(), load_nowcast(), load_rules())
    return {name: one.share for name, one in counts.items()}


def test_nowcasts_of_a_simulated_war_are_calibrated_and_beat_naive_forecasts() -> None:
    chance = random.Random(7)
    found = []
    for history in histories(chance, 40):
        said = simulate([history], chance)
        found += forecasts(history, said, armies(), range(10, 90, 4), persistence=history.holders[10])
    scores = skill(found)
    assert calibration_error(calibration(found)) < 0.1
    assert (scores.over_persistence or 0) > 0.4
    assert (scores.over_last_word or 0) > 0.2


def test_learnt_reliabilities_move_towards_how_true_the_voices_speak() -> None:
    liars = Habit(often=0.7, seldom=0.1, late=0.2, false=0.5, denies=0.8, admits=0.9)
    chance = random.Random(3)
    said = simulate(histories(chance, 60, changes=0.03), chance, army=liars)
    denied = [said.truths[one.id] for one in said.claims if one.polarity == "denied"]
    truth = sum(denied) / len(denied)
    prior = load_nowcast().reliability["denying"].share
    learnt = settled(said)["denying"]
    assert abs(learnt - truth) < abs(prior - truth)


def test_the_same_seed_tells_the_same_war() -> None:
    one, other = (simulate(histories(random.Random(5), 3), random.Random(6)) for _ in range(2))
    assert one == other
    assert any(not true for true in one.truths.values())


def test_lateness_and_silence_cost_skill() -> None:
    def scored(observer: Habit) -> float:
        chance = random.Random(11)
        found = []
        for history in histories(chance, 15):
            said = simulate([history], chance, observer=observer, army=replace(observer, often=0.0, seldom=0.0))
            found += forecasts(history, said, armies(), range(10, 90, 8), persistence=history.holders[10])
        return skill(found).brier

    prompt = Habit(often=0.9, seldom=0.3, late=0.1, false=0.02)
    assert scored(prompt) < scored(replace(prompt, late=6.0, seldom=0.02))
