"""What the tests of the intake share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.intake import Skipped, Taken, read_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


def read(*sources: str | Path) -> list[Taken | Skipped]:
    return list(read_inputs(sources, retrieved=NOW))


def reasons(*sources: str | Path) -> list[str]:
    return [item.reason for item in read(*sources) if isinstance(item, Skipped)]


def reports(*sources: str | Path) -> list[Report]:
    return [item.report for item in read(*sources) if isinstance(item, Taken)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
