"""How good nowcasts of control were, for `marsad evaluate`: tables, calibration as rows of bars, and JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from marsad.evaluation import ControlScore, ControlScores, Skill

_WIDTH = 40
_DECIMALS = 3
# Near: within three days; once spoken of: from the first day by which something was said of the place.
_PARTS = {
    "overall": "all days",
    "told": "once spoken of",
    "changes": "near a change",
    "contested": "contested days",
}


def print_control(scores: ControlScores, out: Console) -> None:
    """Print losses beside naive forecasts, lags and calibration, from what was read and from the annotated claims."""
    for name, score in _both(scores):
        out.print(f"nowcasts from {name}:")
        columns = ("", "days", "Brier", "log loss", "skill", "log skill", "over last word")
        table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
        for part, words in _PARTS.items():
            one: Skill = getattr(score, part)
            ratios = (one.over_persistence, one.log_over_persistence, one.over_last_word)
            losses = (f"{one.brier:.3f}", f"{one.log_loss:.3f}")
            table.add_row(words, str(one.count), *losses, *(_ratio(value) for value in ratios))
        out.print(table)
        lags = Counter(score.lags)
        told = ", ".join(f"{count} at {lag:+d}" for lag, count in sorted(lags.items())) or "none"
        out.print(
            f"{score.heard} of {score.places} places spoken of; changes seen, by days of lag: {told}; "
            f"never seen: {score.missed}",
            soft_wrap=True,
        )
        out.print(f"calibration of the likeliest holder (expected error {score.calibration_error:.3f}):")
        for line in _plot(score):
            out.print(Text(line), soft_wrap=True)


def control_json(scores: ControlScores) -> dict[str, Any]:
    """Return the same as JSON-safe values."""
    own = {"read": _row(scores.read)} if scores.read else {}
    return {**own, "gold": _row(scores.gold)}


def _both(scores: ControlScores) -> Iterator[tuple[str, ControlScore]]:
    if scores.read:
        yield "what was read", scores.read
    yield "the annotated claims", scores.gold


def _plot(score: ControlScore) -> Iterator[str]:
    """Yield a row for each bin: how often it was so as a bar, with a mark where it should end."""
    for one in score.bins:
        bar = list("█" * round(one.share * _WIDTH) + " " * (_WIDTH - round(one.share * _WIDTH)))
        bar[min(round(one.mean * _WIDTH), _WIDTH - 1)] = "|"
        said = f"said {one.mean:.2f}  so {one.share:.2f}"
        yield f"  {one.low:.1f}-{one.high:.1f} {''.join(bar)} {said}  ({one.count} days)"


def _row(score: ControlScore) -> dict[str, Any]:
    return {
        "places": score.places,
        "heard": score.heard,
        **{part: _skill(getattr(score, part)) for part in _PARTS},
        "calibration_error": round(score.calibration_error, _DECIMALS),
        "bins": [{key: round(value, _DECIMALS) for key, value in asdict(one).items()} for one in score.bins],
        "lags": list(score.lags),
        "missed": score.missed,
    }


def _skill(one: Skill) -> dict[str, float | None]:
    values = {
        **asdict(one),
        "over_persistence": one.over_persistence,
        "log_over_persistence": one.log_over_persistence,
        "over_last_word": one.over_last_word,
    }
    return {name: None if value is None else round(value, _DECIMALS) for name, value in values.items()}


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
