"""SpaCy's pipelines, quick on processors that their own matrix library does not know."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def load_pipeline(model: str) -> Pipeline:
    """Return the spaCy pipeline of that name; it multiplies by numpy where numpy does so on one thread.

    The library that it multiplies by otherwise falls back to plain C on processors that it does not know, which takes
    a third of the parse. Numpy on several threads would spend more on handing out these small products than on making
    them. The `marsad` commands run on one.
    """
    import spacy  # noqa: PLC0415 - a second of start-up that commands without reading need not pay
    from thinc.api import NumpyOps  # noqa: PLC0415 - comes with spacy

    pipeline = spacy.load(model)
    if next((os.environ[name] for name in _THREADS if name in os.environ), None) == "1":
        ops = NumpyOps(use_blis=False)
        for _, pipe in pipeline.pipeline:
            if (network := getattr(pipe, "model", None)) is not None:
                for node in network.walk():
                    node.ops = ops
    return pipeline
