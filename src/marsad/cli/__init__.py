"""The command line: one small module for each group of commands."""

import os

# Before numpy is loaded: the products of the reader are too small for several threads, which would only wait in turns.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from marsad.cli.app import app

__all__ = ["app"]
