"""What `stages.py` measures, as it is kept in JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from _measuring import Run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ARCHIVE, WAR = "archive", "war"
"""News as an archive has it, most of it of other things, and news of war alone."""

PARSE, FILTER, EVERYTHING = "parse alone", "relevance filter", "reading everything"
ADDING, ARCHIVING, ON_RAY = "marsad add", "marsad archive", "marsad archive on Ray"
"""Stages whose figures others are made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Reports that stages were measured on, a share of them of other things than war.

    `passed` of them passed the filter, and these have so many claims; 0 where no stage told.
    """

    name: str
    other: float
    reports: int
    words: int
    bytes: int
    passed: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a stage took of some news, each time that it was run."""

    news: str
    stage: str
    cores: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What one process took to make an archive of so many reports, as an archive has them.

    `steps` are names with seconds and processor seconds, those of one process alone beginning with "after"; `raw` are
    the bytes that came in, `kept` those on the way, by what they are of, and `written` those of each table.
    """

    reports: int
    steps: tuple[tuple[str, float, float], ...]
    raw: int
    kept: Mapping[str, int]
    written: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a part of the start of `marsad read` takes, in seconds, and of the processor."""

    part: str
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What a stage took of so many made-up reports; `mb` is the most memory so far, above the start's."""

    shape: str
    reports: int
    stage: str
    wall: float
    cpu: float
    mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a monitor of so many made-up reports takes to answer, and one more report to add: median and 95th, in ms."""

    reports: int
    file_mb: float
    picture: tuple[float, float]
    asked: Mapping[str, tuple[float, float]]
    add_wall: tuple[float, float]
    add_cpu: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What an archive's processes hold and do, in bytes and in seconds of the processor.

    Bytes of an id, of a place, and of a report that is looked at for copies (`sketch`); settlements that the gazetteer
    knows; seconds of a `look` for one range in one part, and of comparing one `pair` of reports.
    """

    name: float
    spot: float
    places: int
    look: float
    sketch: float
    pair: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """All that was measured in one go; `archived` are an archive of a part of the reports, and one of all of them."""

    version: str
    machine: str
    news: tuple[News, ...]
    stages: tuple[Stage, ...]
    archived: tuple[Archived, ...]
    start: tuple[Start, ...]
    grown: tuple[Grown, ...]
    held: tuple[Held, ...]
    holding: Holding | None

    def save(self, path: Path) -> None:
        """Write them as JSON."""
        path.write_text(f"{json.dumps(asdict(self), ensure_ascii=False, indent=1)}\n", "utf-8")


def load(path: Path) -> Measurements:
    """Return measurements that were kept."""
    told = json.loads(path.read_text("utf-8"))
    return Measurements(
        version=told["version"],
        machine=told["machine"],
        news=tuple(News(**one) for one in told["news"]),
        stages=tuple(Stage(**{**one, "runs": tuple(Run(*run) for run in one["runs"])}) for one in told["stages"]),
        archived=tuple(map(_archived, told["archived"])),
        start=tuple(Start(**one) for one in told["start"]),
        grown=tuple(Grown(**one) for one in told["grown"]),
        held=tuple(map(_held, told["held"])),
        holding=Holding(**told["holding"]) if told["holding"] else None,
    )


def _held(told: dict[str, Any]) -> Held:
    pairs = {name: tuple(told[name]) for name in ("picture", "add_wall", "add_cpu")}
    return Held(**{**told, **pairs, "asked": {name: tuple(cuts) for name, cuts in told["asked"].items()}})


def _archived(told: dict[str, Any]) -> Archived:
    return Archived(**{**told, "steps": tuple(map(tuple, told["steps"]))})
