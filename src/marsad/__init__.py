"""Marsad: an open war monitor. Reports in; attributed claims, disputes, verdicts and control by account out."""

from marsad._version import __version__

__all__ = ["__version__"]
