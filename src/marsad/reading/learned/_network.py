"""The trained network at run time: the encoder in ONNX, the heads in numpy. What it says is probabilities."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from marsad.errors import DataFileError
from marsad.reading.learned._choices import rule_choice
from marsad.reading.learned._inputs import DATED, DATING, FEATURES, POINTERS, ROLES
from marsad.reading.learned._pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.reading.learned._inputs import Inputs

Array = NDArray[np.floating]
POINTER = 64
NETWORK = Path(__file__).parent / "network"
"""The folder of the network that comes with Marsad."""
FILES = ("encoder.onnx", "heads.npz", "pieces.txt")


def made(folder: Path) -> dict[str, Any]:
    """Return how a network was made, its digest among it; raise DataFileError where the folder holds none."""
    try:
        return dict(json.loads((folder / "made.json").read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise DataFileError(f"{folder}: no network: {error}") from error


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network says of one event: how it is meant, and how likely each option of each role is."""

    trigger: int
    event: int
    sure: float
    polarity: Array
    certainty: Array
    extent: Array
    options: Mapping[str, Array]


@dataclass(frozen=True)
class Network:
    """Answers for whole reports."""

    session: Any
    weights: Mapping[str, Array]
    pieces: Pieces

    @classmethod
    def load(cls, folder: Path) -> Network:
        """Read a network from its folder; raise DataFileError where it is not there whole."""
        for name in FILES:
            if not (folder / name).is_file():
                raise DataFileError(f"{folder}: no network: {name} is missing")
        import onnxruntime  # noqa: PLC0415 - slow to import, and needed only where reports are read

        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = 3
        # A window is too small to be worth handing out; idle threads would spin while the rules walk.
        settings.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), settings, ["CPUExecutionProvider"])
        with np.load(folder / "heads.npz") as stored:
            weights = {name: stored[name].astype(np.float32) for name in stored.files}
        pieces = Pieces.read((folder / "pieces.txt").read_text("utf-8").split("\n"))
        return cls(session, weights, pieces)

    def vectors(self, inputs: Inputs) -> Array:
        """Return the vectors of the words."""
        tables = [self.weights[f"features.{name}"][inputs.features[:, n]] for n, (name, _) in enumerate(FEATURES)]
        extras = np.sum(tables, axis=0)
        found = np.zeros((len(inputs.trace.words), extras.shape[1]), dtype=np.float32)
        for window in inputs.windows(self.pieces):
            extra = np.where((window.owners >= 0)[:, None], extras[window.owners], 0.0).astype(np.float32)
            (encoded,) = self.session.run(None, {"pieces": window.pieces[None], "extra": extra[None]})
            found[window.words[window.taken]] = encoded[0, window.taken]
        return found

    def triggers(self, vectors: Array, inputs: Inputs) -> Array:
        """Return how likely each word carries an event of each type, 0 where it cannot."""
        chances = _sigmoid(vectors @ self.weights["trigger.weight"].T + self.weights["trigger.bias"])
        return np.where(inputs.candidates[:, None], chances, 0.0).astype(np.float32)

    def answers(self, vectors: Array, inputs: Inputs, events: Sequence[tuple[int, int, float]]) -> list[Answer]:
        """Return what the network says of events, given as trigger, type and how sure they are."""
        if not events:
            return []
        at, types = [trigger for trigger, _, _ in events], [event for _, event, _ in events]
        joined = np.concatenate([vectors[at], self.weights["types.weight"][types]], axis=1)
        inner = _gelu(self._linear("event.1", joined))
        options = self._options(vectors, inner, inputs, list(zip(at, types, strict=True)))
        moods = {name: _softmax(self._linear(name, inner)) for name in ("polarity", "certainty", "extent")}
        return [
            Answer(
                trigger=trigger,
                event=event,
                sure=sure,
                polarity=moods["polarity"][row],
                certainty=moods["certainty"][row],
                extent=moods["extent"][row],
                options={role: chances[row] for role, chances in options.items()},
            )
            for row, (trigger, event, sure) in enumerate(events)
        ]

    def _options(
        self, vectors: Array, inner: Array, inputs: Inputs, events: Sequence[tuple[int, int]]
    ) -> dict[str, Array]:
        asks = self._linear("asks", inner).reshape(-1, len(POINTERS), POINTER)
        offers = self._linear("offers", vectors).reshape(-1, len(POINTERS), POINTER)
        scores = np.einsum("epd,wpd->epw", asks, offers) / POINTER**0.5
        relations = np.stack([inputs.relations(trigger) for trigger, _ in events])
        scores = scores + self.weights["relation"][:, relations].transpose(1, 0, 2)
        chosen = [rule_choice(inputs, trigger, event) for trigger, event in events]
        rules, found = self.weights["rules"], {}
        for number, role in enumerate(ROLES):
            slots = np.stack([one.slots[role] for one in chosen]) * self.weights["slot_rules"][number]
            words = np.stack([one.words[role] for one in chosen]) * rules[number]
            found[role] = np.concatenate([self._linear(f"slots.{role}", inner) + slots, scores[:, number] + words], 1)
        dated = np.stack([one.dated for one in chosen])
        undated = self._linear("undated", inner) + dated[:, : len(DATED)] * self.weights["undated_rules"]
        dating = dated[:, len(DATED) :].reshape(len(events), len(DATING), -1)
        times = [time.start for time in inputs.trace.times]
        timed = scores[:, len(ROLES) :, times] + rules[len(ROLES) :, None] * dating
        found["when"] = np.concatenate([undated, timed.reshape(len(events), -1)], 1)
        return {role: _softmax(logits) for role, logits in found.items()}

    def _linear(self, name: str, x: Array) -> Array:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit; the error function by Abramowitz and Stegun 7.1.26."""
    z = np.abs(x) / 2**0.5
    t = 1 / (1 + 0.3275911 * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.asarray(0.5 * x * (1 + np.sign(x) * (1 - tail * np.exp(-z * z))))
