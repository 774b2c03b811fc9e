"""`python -m marsad.reading.train CORPUS OUT`: train the learned reader."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch

from marsad.gazetteer import Gazetteer
from marsad.reading.train.fit import Settings
from marsad.reading.train.network import LAYERS
from marsad.reading.train.training import train


def main() -> None:
    """Read the command line and train."""
    ask = argparse.ArgumentParser(prog="python -m marsad.reading.train", description=__doc__)
    ask.add_argument("corpus", type=Path, help="the folder of annotated theatres")
    ask.add_argument("out", type=Path, help="the folder for the trained network")
    ask.add_argument("--epochs", type=int, default=Settings().epochs, help="how often every report is seen")
    ask.add_argument("--seed", type=int, default=0, help="what the draws begin with")
    ask.add_argument("--layers", type=int, default=LAYERS, help="how many layers the encoder has")
    ask.add_argument("--share", type=float, default=1.0, help="how much of each theatre is learnt from, for curves")
    ask.add_argument("--threads", type=int, default=2, help="threads; the weights depend on their number")
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    began = time.monotonic()

    def tell(line: str) -> None:
        sys.stderr.write(f"{time.monotonic() - began:6.0f} s  {line}\n")
        sys.stderr.flush()

    settings = Settings(epochs=args.epochs, seed=args.seed)
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        train(args.corpus, args.out, gazetteer, settings, layers=args.layers, share=args.share, tell=tell)


if __name__ == "__main__":
    main()
