"""Annotated theatres, read into the records that the stages pass on, so that each stage can be scored by itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.judging import spanning
from marsad.records import (
    Actor,
    Certainty,
    Claim,
    Count,
    Counts,
    DatePrecision,
    Extent,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.theatre import Side, Theatre, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDispute:
    """A dispute as the annotators saw it; `supporters` and `deniers` are canonical names."""

    id: str
    event: str
    agent: str | None
    place: str | None
    start: date | None
    end: date | None
    supporters: frozenset[str]
    deniers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldControl:
    """Who in fact controlled a place in a period, as later settled on record; `end` None where it went on."""

    place: str
    lat: float
    lon: float
    start: date
    end: date | None
    controller: str
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTheatre:
    """One annotated theatre; `points` gives each place name's latitude and longitude in decimal degrees."""

    reports: Mapping[str, Report]
    claims: tuple[Claim, ...]
    disputes: tuple[GoldDispute, ...]
    control: tuple[GoldControl, ...]
    actors: Mapping[str, Actor]
    points: Mapping[str, tuple[float, float]]


def load_gold(folder: Path) -> GoldTheatre:
    """Load a folder of annotations; raise InputError where a file is missing or an anchor is not in its text."""
    reports = {row["id"]: _report(row) for row in _rows(folder / "reports.jsonl")}
    rows = _rows(folder / "claims.jsonl")
    disputes = _rows(folder / "disputes.jsonl") if (folder / "disputes.jsonl").exists() else []
    control = _rows(folder / "control.jsonl") if (folder / "control.jsonl").exists() else []
    points = {
        fold(row["place"]): (row["lat"], row["lon"])
        for row in (*control, *rows)
        if row["place"] and row["lat"] is not None
    }
    return GoldTheatre(
        reports=reports,
        claims=tuple(_claim(row, index, reports, folder) for index, row in enumerate(rows)),
        disputes=tuple(_dispute(row) for row in disputes),
        control=tuple(_control(row) for row in control),
        actors=_actors(folder / "actors.json"),
        points=points,
    )


def theatre_from_actors(
    actors: Mapping[str, Actor], opposes: Mapping[str, Sequence[str]], *, name: str = "annotated theatre"
) -> Theatre:
    """Return a theatre of annotated actors; `opposes` maps a side to those that it fights.

    Where two actors share a name or alias, the first keeps it.
    """
    sides = {actor.side for actor in actors.values() if actor.side} | set(opposes)
    return Theatre(
        name=name,
        actors=actors,
        sides={side: Side(name=side, opposes=tuple(opposes.get(side, ()))) for side in sorted(sides)},
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path}: not JSON lines: {error}") from error


def _actors(path: Path) -> Mapping[str, Actor]:
    table = json.loads(path.read_text("utf-8"))
    return {
        name: Actor(name=name, kind=row["kind"], side=row["side"], aliases=tuple(row.get("aliases", ())))
        for name, row in table.items()
    }


def _report(row: Mapping[str, Any]) -> Report:
    return Report(
        id=row["id"],
        publisher=row["publisher"],
        kind=row["kind"],
        title=row["title"],
        text=row["text"],
        sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
        published=datetime.fromisoformat(row["published"]),
        published_precision=DatePrecision.PART_OF_DAY,
        agencies=tuple(row["agencies"]),
        copy_of=row["copy_of"],
    )


def _claim(row: Mapping[str, Any], index: int, reports: Mapping[str, Report], folder: Path) -> Claim:
    start = reports[row["report"]].text.find(row["anchor"])
    if start < 0:
        raise InputError(f"{folder / 'claims.jsonl'}:{index + 1}: anchor not in {row['report']}: {row['anchor']}")
    polarity = Polarity(row["polarity"])
    return Claim(
        id=f"{row['report']}-c{index:04d}",
        report=row["report"],
        source=row["source"],
        event=row["event"],
        polarity=polarity,
        certainty=Certainty(row["certainty"]),
        stance=Stance.DENIES if polarity is Polarity.DENIED else Stance.ASSERTS,
        anchor=Passage(report=row["report"], start=start, end=start + len(row["anchor"])),
        speaker=row["speaker"],
        via=row["via"],
        nested=row["nested"],
        agent=row["agent"],
        target=row["target"],
        place=Place(name=row["place"], lat=row["lat"], lon=row["lon"], country=row["country"])
        if row["place"]
        else None,
        extent=Extent(row["extent"]),
        interval=spanning(_day(row["from"]), _day(row["to"])),
        counts=_counts(row),
        extractor="annotators",
    )


def _counts(row: Mapping[str, Any]) -> Counts:
    found = {}
    for name in ("killed", "wounded", "detained", "displaced"):
        low, high = row.get(f"{name}_min", row.get(name)), row.get(f"{name}_max", row.get(name))
        if low is not None or high is not None:
            found[name] = Count(low, high)
    return Counts(**found)


def _dispute(row: Mapping[str, Any]) -> GoldDispute:
    return GoldDispute(
        id=row["id"],
        event=row["event"],
        agent=row["agent"],
        place=row["place"],
        start=_day(row["from"]),
        end=_day(row["to"]),
        supporters=frozenset(row["supporters"]),
        deniers=frozenset(row["deniers"]),
    )


def _control(row: Mapping[str, Any]) -> GoldControl:
    return GoldControl(
        place=row["place"],
        lat=row["lat"],
        lon=row["lon"],
        start=date.fromisoformat(row["from"]),
        end=_day(row["to"]),
        controller=row["controller"],
        country=row.get("country"),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
