"""How good forecasts of control are: losses beside those of naive forecasts, calibration, and lag behind changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Belief = Mapping[str, float]

FLOOR = 0.01
"""The least probability that the log loss counts with: a sure forecast that was wrong costs 4.6, not infinity."""
_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One place and day: what was believed, what naive forecasts say, what was so.

    Beliefs map holders, `contested` among them, to probabilities that add up to 1. `persistence` is the holder whom the
    forecast that nothing changes names, `last_word` the belief of whoever takes the last word as the truth. `told`
    where the place was spoken of by then.
    """

    belief: Belief
    last_word: Belief
    persistence: str
    truth: str
    told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """Mean losses of `count` forecasts beside those of naive ones; Brier scores in 0..2, natural logarithms."""

    count: int
    brier: float
    log_loss: float
    persistence_brier: float
    persistence_log_loss: float
    last_word_brier: float
    last_word_log_loss: float

    @property
    def over_persistence(self) -> float | None:
        """1 - Brier / Brier of "nothing changes"; None where that is never wrong."""
        return _gain(self.brier, self.persistence_brier)

    @property
    def log_over_persistence(self) -> float | None:
        """The same of the log loss."""
        return _gain(self.log_loss, self.persistence_log_loss)

    @property
    def over_last_word(self) -> float | None:
        """1 - Brier / Brier of "the last word is true"; None where that is never wrong."""
        return _gain(self.brier, self.last_word_brier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts whose likeliest holder had a probability in [`low`, `high`): its mean, and how often it was so."""

    low: float
    high: float
    count: int
    mean: float
    share: float


def skill(forecasts: Sequence[Forecast]) -> Skill:
    """Return the mean losses of forecasts; all 0 where there are none."""
    count = len(forecasts)
    rows = [(belief, one.truth) for one in forecasts for belief in (one.belief, {one.persistence: 1.0}, one.last_word)]
    briers = [brier(belief, truth) for belief, truth in rows]
    logs = [log_loss(belief, truth) for belief, truth in rows]
    means = [sum(losses[kind::3]) / max(count, 1) for kind in range(3) for losses in (briers, logs)]
    return Skill(
        count=count,
        brier=means[0],
        log_loss=means[1],
        persistence_brier=means[2],
        persistence_log_loss=means[3],
        last_word_brier=means[4],
        last_word_log_loss=means[5],
    )


def brier(belief: Belief, truth: str) -> float:
    """Return the multi-class Brier score of a belief: 0 where it was sure and right, 2 where sure and wrong."""
    return sum((belief.get(name, 0.0) - (name == truth)) ** 2 for name in {*belief, truth})


def log_loss(belief: Belief, truth: str) -> float:
    """Return the logarithmic loss of a belief, with a probability of at least FLOOR for what was so."""
    return -math.log(max(belief.get(truth, 0.0), FLOOR))


def calibration(forecasts: Sequence[Forecast]) -> tuple[Bin, ...]:
    """Return the forecasts by the probability of their likeliest holder, in ten equal bins; empty ones are left out."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for one in forecasts:
        name, chance = max(one.belief.items(), key=lambda row: (row[1], row[0]))
        found.setdefault(min(int(chance * _BINS), _BINS - 1), []).append((chance, name == one.truth))
    return tuple(
        Bin(
            low=number / _BINS,
            high=(number + 1) / _BINS,
            count=len(rows),
            mean=sum(chance for chance, _ in rows) / len(rows),
            share=sum(right for _, right in rows) / len(rows),
        )
        for number, rows in sorted(found.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance of probability and share over all forecasts."""
    count = sum(one.count for one in bins)
    return sum(one.count * abs(one.mean - one.share) for one in bins) / count if count else 0.0


def _gain(loss: float, reference: float) -> float | None:
    return 1 - loss / reference if reference else None
