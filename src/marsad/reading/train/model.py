"""Encoder, features and heads as one model: vectors for the words of reports, and how wrong what it says of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from marsad.reading.learned._inputs import ROLES, TYPES
from marsad.reading.train.network import HIDDEN, Asked, Encoder, Features, Heads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.reading.learned._inputs import Inputs, Window
    from marsad.reading.train.examples import Example, Target

_HIDDEN_FROM_VIEW = -1e4
_MOODS = ("polarity", "certainty", "extent")


class Model(nn.Module):
    """The whole network."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder, self.features, self.heads = encoder, Features(), Heads()

    def vectors(self, reports: Sequence[tuple[Inputs, Sequence[Window]]]) -> list[Tensor]:
        """Return the vectors of the words of each report, which is given with its windows."""
        flat = [(number, window) for number, (_, windows) in enumerate(reports) for window in windows]
        longest = max(len(window.pieces) for _, window in flat)
        pieces = torch.zeros(len(flat), longest, dtype=torch.long)
        mask = torch.full((len(flat), 1, 1, longest), _HIDDEN_FROM_VIEW)
        features = [self.features(torch.as_tensor(inputs.features)) for inputs, _ in reports]
        extra = []
        for row, (number, window) in enumerate(flat):
            size = len(window.pieces)
            pieces[row, :size] = torch.as_tensor(window.pieces)
            mask[row, :, :, :size] = 0
            owners = torch.as_tensor(window.owners)
            own = torch.where((owners >= 0)[:, None], features[number][owners.clamp(min=0)], 0.0)
            extra.append(nn.functional.pad(own, (0, 0, 0, longest - size)))
        encoded = self.encoder(pieces, torch.stack(extra), mask)
        found = [torch.zeros(len(inputs.trace.words), HIDDEN) for inputs, _ in reports]
        for row, (number, window) in enumerate(flat):
            at = torch.as_tensor(window.taken)
            found[number] = found[number].index_put((torch.as_tensor(window.words)[at],), encoded[row, at])
        return found

    def losses(self, vectors: Tensor, example: Example) -> dict[str, Tensor]:
        """Return how wrong the network is about one report, by what it is about; sums over its events."""
        losses = {"trigger": self._of_triggers(vectors, example)}
        if not example.targets:
            return losses
        pairs = [(target.trigger, target.event) for target in example.targets]
        events = self.heads.events(vectors, pairs)
        for name in _MOODS:
            gold = torch.tensor([getattr(target, name) for target in example.targets])
            losses[name] = nn.functional.cross_entropy(getattr(self.heads, name)(events), gold, reduction="sum")
        options = self.heads.options(vectors, events, Asked.about(example.inputs, pairs))
        for role in (*ROLES, "when"):
            logs = torch.log_softmax(options[role], 1)
            parts = (_missed(logs[row], target, role) for row, target in enumerate(example.targets))
            kept = [part for part in parts if part is not None]
            if kept:
                losses[role] = torch.stack(kept).sum()
        return losses

    def _of_triggers(self, vectors: Tensor, example: Example) -> Tensor:
        words = torch.as_tensor(np.flatnonzero(example.inputs.candidates))
        wanted = torch.zeros(len(vectors), len(TYPES))
        counted = torch.ones_like(wanted)
        for target in example.targets:
            counted[list(target.spared), target.event] = 0
        for target in example.targets:
            wanted[target.trigger, target.event] = counted[target.trigger, target.event] = 1
        logits = self.heads.trigger(vectors[words])
        missed = nn.functional.binary_cross_entropy_with_logits(logits, wanted[words], reduction="none")
        return (missed * counted[words]).sum()


def _missed(logs: Tensor, target: Target, role: str) -> Tensor | None:
    """Return how far the options are from the right ones: the mean over the values, each met by any of its options."""
    if role == "when":
        return -torch.logsumexp(logs[torch.as_tensor(target.dated)], 0) if target.dated is not None else None
    values = target.roles.get(role)
    if not values:
        return None
    return torch.stack([-torch.logsumexp(logs[torch.tensor(value)], 0) for value in values]).mean()
