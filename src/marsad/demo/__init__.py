"""The bundled demonstration: twelve days of Syria, 2024, as reports, a theatre profile and checked annotations."""

from __future__ import annotations

from pathlib import Path

__all__ = ["demo_gold", "demo_reports", "demo_roads", "demo_theatre"]

_FOLDER = Path(__file__).resolve().parent


def demo_gold() -> Path:
    """Return the folder with the annotations: claims, disputes, control and actors beside the reports."""
    return _FOLDER


def demo_reports() -> Path:
    """Return the JSON lines file of the reports, in order of publication."""
    return _FOLDER / "reports.jsonl"


def demo_roads() -> Path:
    """Return the main roads of the region as JSON lines: towns, motorways and bypasses, written for this project."""
    return _FOLDER / "roads.jsonl"


def demo_theatre() -> Path:
    """Return the theatre profile that goes with the reports, fit for `load_theatre`."""
    return _FOLDER / "theatre.toml"
