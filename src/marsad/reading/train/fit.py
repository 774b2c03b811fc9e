"""Training: examples in, weights out. The same examples, settings and number of threads give the same weights."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn

from marsad.reading.train.names import Substitution

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor

    from marsad.reading.learned._inputs import Inputs, Window
    from marsad.reading.learned._pieces import Pieces
    from marsad.reading.train.examples import Example
    from marsad.reading.train.model import Model

# How much each error weighs, in units of a missed event.
_WEIGHTS = {"trigger": 1.0, "polarity": 0.5, "certainty": 0.5, "extent": 0.2}
_WEIGHTS |= {"source": 0.5, "agent": 0.5, "target": 0.4, "place": 0.5, "when": 0.5}
_RENAMED = 0.8


@dataclass(frozen=True, slots=True)
class Lesson:
    """A report as the rules read it with its theatre and without, and the words of its theatre's names."""

    theatre: str
    readings: tuple[Example, ...]
    names: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How long and how fast; the rates are those of AdamW (Loshchilov and Hutter 2019) after its warm-up."""

    epochs: int = 12
    batch: int = 4
    encoder_rate: float = 2e-4
    heads_rate: float = 1e-3
    warm_up: float = 0.06
    seed: int = 0


def fit(
    model: Model, lessons: Sequence[Lesson], pieces: Pieces, settings: Settings, tell: Callable[[str], None]
) -> None:
    """Train a model; `tell` gets a line an epoch."""
    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(mode=True)
    draw = random.Random(settings.seed)  # noqa: S311 - nothing secret is drawn
    encoder = [one for one in model.encoder.parameters() if one.requires_grad]
    heads = [*model.features.parameters(), *model.heads.parameters()]
    groups = [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.heads_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = settings.epochs * math.ceil(len(lessons) / settings.batch)

    def pace(step: int) -> float:
        return min(1.0, step / (settings.warm_up * steps)) * (1 - step / steps) + 1e-3

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    model.train()
    for epoch in range(settings.epochs):
        order = draw.sample(lessons, len(lessons))
        sums: dict[str, float] = defaultdict(float)
        for start in range(0, len(order), settings.batch):
            examples = [_drawn(lesson, lessons, pieces, draw) for lesson in order[start : start + settings.batch]]
            loss = _loss(model, examples, sums)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        events = sums.pop("events")
        tell(f"epoch {epoch + 1}: " + ", ".join(f"{name} {value / events:.3f}" for name, value in sums.items()))


def _drawn(
    lesson: Lesson, lessons: Sequence[Lesson], pieces: Pieces, draw: random.Random
) -> tuple[Example, list[Window]]:
    """Return one reading of a lesson, most times with the names of other theatres in the place of its own."""
    example = draw.choice(lesson.readings)
    words = [word.text for word in example.inputs.trace.words]
    others = {other.theatre: other.names for other in lessons if other.theatre != lesson.theatre}
    if others and draw.random() < _RENAMED:
        swap = Substitution(lesson.names, others.values(), draw)
        words = [swap.of(word) for word in words]
    return example, list(example.inputs.windows(pieces, words))


def _loss(model: Model, examples: Sequence[tuple[Example, list[Window]]], sums: dict[str, float]) -> Tensor:
    """Return the loss of a batch for each of its events; add its parts to the sums."""
    reports: list[tuple[Inputs, list[Window]]] = [(example.inputs, windows) for example, windows in examples]
    events = sum(len(example.targets) for example, _ in examples)
    total = torch.zeros(())
    for (example, _), vectors in zip(examples, model.vectors(reports), strict=True):
        for name, loss in model.losses(vectors, example).items():
            total = total + _WEIGHTS[name] * loss
            sums[name] += float(loss.detach())
    sums["events"] += events
    return total / max(events, 1)
