"""The command line: one small module for each group of commands."""

from marsad.cli.app import app

__all__ = ["app"]
