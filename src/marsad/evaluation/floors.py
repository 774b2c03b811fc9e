"""Floors: the least that each measure may be on one corpus, pinned in a file and only ever raised."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Protocol

from marsad.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_DECIMALS = 1000
# Processors round 8-bit weights differently: a claim or two that another one reads otherwise is no fall.
_SLACK = 0.005


class Pinnable(Protocol):
    """Scores under which floors can be put."""

    @property
    def pinned(self) -> Mapping[str, float]:
        """The measures that floors hold, by name, in 0..1."""


def corpus_digest(files: Iterable[Path]) -> str:
    """Return the SHA-256 over names and contents of the files that a score depends on; their order does not matter."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.name} {content}\n".encode())
    return digest.hexdigest()


def pinned(scores: Pinnable) -> dict[str, float]:
    """Return the measures that floors hold, rounded down to three decimals."""
    return {name: math.floor(value * _DECIMALS + 1e-9) / _DECIMALS for name, value in scores.pinned.items()}


def breaches(path: Path, digest: str, scores: Pinnable) -> tuple[str, ...]:
    """Return a line for every floor of the file that the scores fail; raise DataFileError where it is no such file."""
    corpus, floors = _read(path)
    if corpus != digest:
        return (f"{path}: the corpus has changed (it is {digest}, the floors are for {corpus})",)
    found = pinned(scores)
    return tuple(
        f"{name} fell to {found.get(name, 0.0):.3f}; its floor is {floor:.3f}"
        for name, floor in floors.items()
        if found.get(name, 0.0) < floor - _SLACK
    )


def raise_floors(path: Path, digest: str, scores: Pinnable) -> None:
    """Write the file with each floor raised to what was reached; for another corpus the floors start anew."""
    corpus, floors = _read(path) if path.exists() else (digest, {})
    if corpus != digest:
        floors = {}
    raised = {name: max(value, floors.get(name, 0.0)) for name, value in pinned(scores).items()}
    path.write_text(json.dumps({"corpus": digest, "floors": raised}, indent=2) + "\n", "utf-8")


def _read(path: Path) -> tuple[str, Mapping[str, float]]:
    try:
        data = json.loads(path.read_text("utf-8"))
        corpus, floors = data["corpus"], data["floors"]
        return str(corpus), {str(name): float(value) for name, value in floors.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFileError(f"{path}: not a file of floors: {error!r}") from error
