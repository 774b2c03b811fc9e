"""A trained model as files: the encoder in ONNX with 8-bit weights, the heads in numpy, the pieces as text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from marsad.reading.learned._inputs import FEATURES
from marsad.reading.train.network import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.reading.train.model import Model

_OPERATORS = 17


class _Alone(nn.Module):
    """The encoder for one window at a time, without a mask."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, extra: Tensor) -> Tensor:
        return cast("Tensor", self.encoder(pieces, extra, torch.zeros(1, 1, 1, 1)))


def export(model: Model, pieces: Sequence[str], folder: Path) -> None:
    """Write `encoder.onnx`, `heads.npz` and `pieces.txt` into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "encoder.onnx"
        torch.onnx.export(
            _Alone(model.encoder).eval(),
            (torch.zeros(1, 16, dtype=torch.long), torch.zeros(1, 16, HIDDEN)),
            str(whole),
            input_names=["pieces", "extra"],
            output_names=["vectors"],
            dynamic_axes={"pieces": {1: "length"}, "extra": {1: "length"}, "vectors": {1: "length"}},
            opset_version=_OPERATORS,
            dynamo=False,
        )
        quantize_dynamic(whole, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    heads = {name.replace("trigger.1.", "trigger."): value for name, value in model.heads.state_dict().items()}
    tables = {f"features.{name}": model.features.tables[number].weight for number, (name, _) in enumerate(FEATURES)}
    stored = {name: value.detach().numpy().astype(np.float16) for name, value in sorted((heads | tables).items())}
    np.savez(folder / "heads.npz", **stored)
    (folder / "pieces.txt").write_text("\n".join(pieces), "utf-8")
