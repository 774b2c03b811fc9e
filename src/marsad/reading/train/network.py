"""The network in torch: an encoder, and heads that find events, tell how they are meant, and point at who, where, when.

The encoder is that of BERT (Devlin et al. 2019), small enough to begin with the weights of MiniLM (Wang et al. 2020).
A pointer scores a word against an event by the dot product of what the event asks for and what the word offers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from torch import Tensor, nn

from marsad.reading.learned._choices import rule_choice
from marsad.reading.learned._inputs import (
    CERTAINTIES,
    DATED,
    DATING,
    EXTENTS,
    FEATURES,
    POINTERS,
    POLARITIES,
    RELATIONS,
    ROLES,
    SLOTS,
    TYPES,
)
from marsad.reading.learned._network import POINTER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.reading.learned._inputs import Inputs

HIDDEN, HEADS, LAYERS = 384, 12, 6
_POSITIONS, _TYPE, _INNER = 512, 32, 256
# Few words carry an event.
_RARE = -5.0
# Features begin as whispers beside the pieces.
_SMALL = 0.02


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors one layer up; `mask` is added to the attention of each piece for the others."""
        rows, length, _ = x.shape
        split = self.qkv(x).reshape(rows, length, 3, HEADS, HIDDEN // HEADS)
        q, k, v = split.permute(2, 0, 3, 1, 4).unbind(0)
        attention = torch.softmax(q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + mask, -1)
        mixed = (attention @ v).transpose(1, 2).reshape(rows, length, HIDDEN)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return cast("Tensor", self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x))))))


class Encoder(nn.Module):
    """Pieces to vectors; `extra` is added to what the pieces bring along."""

    def __init__(self, pieces: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, HIDDEN)
        self.positions = nn.Embedding(_POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, extra: Tensor, mask: Tensor) -> Tensor:
        """Return a vector for each piece."""
        places = torch.arange(pieces.shape[1])
        x = self.drop(self.norm(self.pieces(pieces) + self.positions(places) + extra))
        for layer in self.layers:
            x = layer(x, mask)
        return cast("Tensor", x)

    @classmethod
    def pretrained(cls, weights: Mapping[str, Tensor], layers: int = LAYERS) -> Encoder:
        """Return an encoder that begins with the first layers of a BERT model, whose pieces stay as they are."""
        model = cls(weights["embeddings.word_embeddings.weight"].shape[0], layers)
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        state = {
            "pieces.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"] + kind,
            **_renamed(weights, "embeddings.LayerNorm", "norm"),
        }
        for n in range(layers):
            old, new = f"encoder.layer.{n}", f"layers.{n}"
            for part in ("weight", "bias"):
                joined = [weights[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                state[f"{new}.qkv.{part}"] = torch.cat(joined)
            state |= _renamed(weights, f"{old}.attention.output.dense", f"{new}.out")
            state |= _renamed(weights, f"{old}.attention.output.LayerNorm", f"{new}.norm1")
            state |= _renamed(weights, f"{old}.intermediate.dense", f"{new}.up")
            state |= _renamed(weights, f"{old}.output.dense", f"{new}.down")
            state |= _renamed(weights, f"{old}.output.LayerNorm", f"{new}.norm2")
        model.load_state_dict(state)
        for table in (model.pieces, model.positions):
            table.weight.requires_grad = False
        return model


def _renamed(weights: Mapping[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    return {f"{new}.{part}": weights[f"{old}.{part}"] for part in ("weight", "bias")}


class Features(nn.Module):
    """The features of words as vectors to add to their pieces."""

    def __init__(self) -> None:
        super().__init__()
        tables = [nn.Embedding(len(values) + 1, HIDDEN, padding_idx=0) for _, values in FEATURES]
        with torch.no_grad():
            for table in tables:
                table.weight[1:] *= _SMALL
        self.tables = nn.ModuleList(tables)

    def forward(self, features: Tensor) -> Tensor:
        """Return the sum of a word's features, one row a word."""
        return torch.stack([table(features[:, number]) for number, table in enumerate(self.tables)]).sum(0)


@dataclass(frozen=True)
class Asked:
    """What is known of events beside the vectors, one row each: relations to the words, and what the rules chose."""

    relations: Tensor
    times: Tensor
    slots: Mapping[str, Tensor]
    words: Mapping[str, Tensor]
    dated: Tensor

    @classmethod
    def about(cls, inputs: Inputs, events: Sequence[tuple[int, int]]) -> Asked:
        """Return what is known of (trigger, type) pairs of one report."""
        chosen = [rule_choice(inputs, trigger, event) for trigger, event in events]
        return cls(
            relations=torch.as_tensor(np.stack([inputs.relations(trigger) for trigger, _ in events])),
            times=torch.as_tensor([time.start for time in inputs.trace.times], dtype=torch.long),
            slots={role: torch.as_tensor(np.stack([one.slots[role] for one in chosen])) for role in ROLES},
            words={role: torch.as_tensor(np.stack([one.words[role] for one in chosen])) for role in ROLES},
            dated=torch.as_tensor(np.stack([one.dated for one in chosen])),
        )


class Heads(nn.Module):
    """Vectors of words to events and their fields."""

    def __init__(self) -> None:
        super().__init__()
        last = nn.Linear(HIDDEN, len(TYPES))
        nn.init.constant_(last.bias, _RARE)
        self.trigger = nn.Sequential(nn.Dropout(0.2), last)
        self.types = nn.Embedding(len(TYPES), _TYPE)
        self.event = nn.Sequential(nn.Dropout(0.2), nn.Linear(HIDDEN + _TYPE, _INNER), nn.GELU())
        self.polarity = nn.Linear(_INNER, len(POLARITIES))
        self.certainty = nn.Linear(_INNER, len(CERTAINTIES))
        self.extent = nn.Linear(_INNER, len(EXTENTS))
        self.asks = nn.Linear(_INNER, len(POINTERS) * POINTER)
        self.offers = nn.Linear(HIDDEN, len(POINTERS) * POINTER)
        self.relation = nn.Parameter(torch.zeros(len(POINTERS), len(RELATIONS)))
        self.rules = nn.Parameter(torch.ones(len(POINTERS)))
        self.slots = nn.ModuleDict({role: nn.Linear(_INNER, len(SLOTS[role])) for role in ROLES})
        self.slot_rules = nn.Parameter(torch.ones(len(ROLES)))
        self.undated = nn.Linear(_INNER, len(DATED))
        self.undated_rules = nn.Parameter(torch.ones(len(DATED)))

    def events(self, vectors: Tensor, pairs: Sequence[tuple[int, int]]) -> Tensor:
        """Return a vector for each (trigger, type) pair."""
        triggers, types = torch.tensor(pairs).T
        return cast("Tensor", self.event(torch.cat([vectors[triggers], self.types(types)], 1)))

    def options(self, vectors: Tensor, events: Tensor, asked: Asked) -> dict[str, Tensor]:
        """Return the logits of every role's options, one row an event: slots first, then words."""
        asks = self.asks(events).reshape(-1, len(POINTERS), POINTER)
        offers = self.offers(vectors).reshape(-1, len(POINTERS), POINTER)
        scores = torch.einsum("epd,wpd->epw", asks, offers) / POINTER**0.5
        scores = scores + self.relation[:, asked.relations].transpose(0, 1)
        found = {}
        for number, role in enumerate(ROLES):
            slots = self.slots[role](events) + self.slot_rules[number] * asked.slots[role]
            found[role] = torch.cat([slots, scores[:, number] + self.rules[number] * asked.words[role]], 1)
        undated = self.undated(events) + self.undated_rules * asked.dated[:, : len(DATED)]
        dating = asked.dated[:, len(DATED) :].reshape(len(events), len(DATING), -1)
        timed = scores[:, len(ROLES) :, asked.times] + self.rules[len(ROLES) :, None] * dating
        found["when"] = torch.cat([undated, timed.flatten(1)], 1)
        return found
