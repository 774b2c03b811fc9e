"""Claims as they are scored: gold and predicted rows of claims.jsonl in one record, whoever wrote them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.serial import claim_to_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from marsad.records import Claim, Report

_COUNTS = ("killed", "killed_min", "killed_max", "wounded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One claim as a row states it; None stands for whatever the row leaves out.

    `start` is the anchor's first code point in the report's text, where the row gives it. `when` holds the ISO dates
    `from` and `to`, `cue` the attributing words, `counts` the numbers killed (exact, least, most) and wounded. `lat`,
    `lon` are decimal degrees.
    """

    report: str
    event: str
    anchor: str = ""
    start: int | None = None
    source: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    agent: str | None = None
    target: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    when: tuple[str | None, str | None] = (None, None)
    cue: str | None = None
    counts: tuple[int | None, ...] = (None,) * len(_COUNTS)


def annotation(row: Mapping[str, Any]) -> Annotation:
    """Return a row of claims.jsonl as it is scored; raise InputError where it lacks its report or its event."""
    if not isinstance(row, dict):
        raise InputError("not an object")
    for name in ("report", "event"):
        if not isinstance(row.get(name), str):
            raise InputError(f"a claim without '{name}'")
    return Annotation(
        report=row["report"],
        event=row["event"],
        anchor=row.get("anchor") or "",
        start=row["start"] if isinstance(row.get("start"), int) else None,
        source=row.get("source"),
        polarity=row.get("polarity"),
        certainty=row.get("certainty"),
        agent=row.get("agent"),
        target=row.get("target"),
        place=row.get("place"),
        lat=row.get("lat"),
        lon=row.get("lon"),
        when=(row.get("from"), row.get("to")),
        cue=row.get("cue"),
        counts=tuple(row.get(name) for name in _COUNTS),
    )


def annotation_of(claim: Claim, report: Report) -> Annotation:
    """Return a claim that was read in `report` as it is scored."""
    return annotation(claim_to_row(claim, report))


def read_annotations(path: Path) -> tuple[Annotation, ...]:
    """Return the claims of a claims.jsonl file; raise InputError with line and reason where it is wrong."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(annotation(json.loads(line)))
        except (ValueError, InputError) as error:
            raise InputError(f"{path}:{number}: {error}") from error
    return tuple(found)


def read_names(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the spellings that count as one actor, by canonical name, from an actors.json file."""
    try:
        actors = json.loads(path.read_text("utf-8"))
        return {name: tuple(record.get("aliases", ())) for name, record in actors.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(f"{path}: cannot be read as actors: {error}") from error
