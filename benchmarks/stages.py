"""What every stage costs, beside the bare parse of the same text: one command, all tables.

Throughput, processor time and memory of each stage on one and on two processors; the start of `marsad read`; one more
report, and questions, in monitors of many; how linking and weighing grow; and what all of it means for large archives.
Each figure is of a process of its own, those of stages the median of some runs. On a machine with other work, processor
time is the figure to trust, and times by the clock are upper bounds.

    python benchmarks/stages.py                               measure, and print the tables
    python benchmarks/stages.py --out benchmarks/measured.json --update-docs
                                                              and write them into the documentation
    python benchmarks/stages.py --kept benchmarks/measured.json --plan
                                                              measure nothing, print the plan
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _growth import DENSER, LONGER
from _made_up import fill
from _measuring import measured, once
from _news import write_news
from _planning import PLANS
from _results import (
    ARCHIVE,
    ARCHIVING,
    EVERYTHING,
    FILTER,
    ON_RAY,
    WAR,
    Archived,
    Grown,
    Held,
    Holding,
    Measurements,
    News,
    Stage,
    Start,
    load,
)
from _stages import APIECE, CLAIMS, KEEP, SHARED, STAGES
from _tables import TABLES, made, update

import marsad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
PAGES = tuple(HERE.parent / "docs" / name for name in ("benchmarks.md", "archives-planning.md"))
MEASURED = HERE / "measured.json"
OTHER = {ARCHIVE: 0.6, WAR: 0.0}
"""The share of reports of other things than war, by kind of news."""

_ADDED = 21  # reports one by one, of which the first loads the reader
_LEAST = 1000  # reports, from where growth is measured
_FEWER = 4  # times, reports of the smaller archive
_REST = "reading by the network, printing and the rest"


class Measuring:
    """Measures what is asked for, in a folder of its own."""

    def __init__(self, folder: Path, asked: argparse.Namespace) -> None:
        self._folder = folder
        self._asked = asked
        self._told: dict[tuple[str, str], dict[str, Any]] = {}

    def all(self) -> Measurements:
        """Measure, and return what was found."""
        sizes = [_LEAST * 10**power for power in range(9) if _LEAST * 10**power <= self._asked.size]
        words = {name: write_news(self._news(name), self._asked.reports, OTHER[name]) for name in self._asked.news}
        stages = tuple(one for name in words for one in self._stages(name))
        return Measurements(
            version=marsad.__version__,
            machine=_machine(),
            news=tuple(self._described(name, count) for name, count in words.items()),
            stages=stages,
            archived=self._archived(),
            start=tuple(self._start(self._news(self._asked.news[0]))) if sizes else (),
            grown=tuple(one for size in sizes for shape in (LONGER, DENSER) for one in self._grown(size, shape)),
            held=tuple(map(self._held, sizes)),
            holding=Holding(**self._child("hold")) if sizes else None,
        )

    def _news(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl"

    def _described(self, name: str, words: int) -> News:
        told = {**self._told.get((name, FILTER), {}), **self._told.get((name, EVERYTHING), {})}
        return News(
            name=name,
            other=OTHER[name],
            reports=self._asked.reports,
            words=words,
            bytes=self._news(name).stat().st_size,
            passed=told.get("passed", 0),
            claims=told.get("claims", 0),
        )

    def _stages(self, name: str) -> Iterator[Stage]:
        news = self._news(name)
        for stage in self._asked.stage:
            if stage == ON_RAY and find_spec("ray") is None:
                continue
            if stage not in APIECE | SHARED and not news.with_suffix(CLAIMS).exists():
                once([sys.executable, str(HERE / "_stages.py"), KEEP, str(news), "1"])
            for cores in self._asked.cores:
                if (stage == ON_RAY) if cores == 1 else (stage not in APIECE | SHARED):
                    continue
                print(f"{name}: {stage}, {cores} of {os.cpu_count()} processors", file=sys.stderr, flush=True)
                files = _cut(news, cores) if stage in APIECE else [news]
                commands = [[str(HERE / "_stages.py"), stage, str(file), str(cores)] for file in files]
                answers = [measured(commands, cores) for _ in range(self._asked.runs)]
                if cores == 1:
                    self._told[name, stage] = answers[-1].told[0]
                yield Stage(news=name, stage=stage, cores=cores, runs=tuple(one.run for one in answers))

    def _archived(self) -> tuple[Archived, ...]:
        """Return the archive that was made, after one of fewer reports that is made now; none where none was made."""
        told = self._told.get((ARCHIVE, ARCHIVING))
        if told is None:
            return ()
        fewer = _cut(self._news(ARCHIVE), _FEWER)[0]
        answer = measured([[str(HERE / "_stages.py"), ARCHIVING, str(fewer), "1"]], 1)
        return tuple(Archived(**one["archived"]) for one in (*answer.told, told))

    def _start(self, news: Path) -> Iterator[Start]:
        path = self._folder / "one.jsonl"
        path.write_text(news.read_text("utf-8").splitlines()[0], "utf-8")
        command = [str(Path(sys.executable).with_name("marsad")), "read", str(path)]
        once(command)  # so that the disk's cache is warm
        whole: list[tuple[float, float]] = []
        parts: dict[str, list[tuple[float, float]]] = {}
        for _ in range(self._asked.runs):
            whole.append(once(command))
            program = [sys.executable, str(HERE / "_start.py"), str(time.monotonic()), str(path)]
            told = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True).stdout
            for part, wall, cpu in json.loads(told):
                parts.setdefault(part, []).append((wall, cpu))
        wall, cpu = map(statistics.median, zip(*whole, strict=True))
        for part, runs in parts.items():
            some = [statistics.median(figures) for figures in zip(*runs, strict=True)]
            wall, cpu = wall - some[0], cpu - some[1]
            yield Start(part=part, wall=some[0], cpu=some[1])
        yield Start(part=_REST, wall=wall, cpu=cpu)

    def _grown(self, size: int, shape: str) -> Iterator[Grown]:
        for stage, wall, cpu, mb in self._child("grow", str(size), shape):
            yield Grown(shape=shape, reports=size, stage=stage, wall=wall, cpu=cpu, mb=mb)

    def _held(self, size: int) -> Held:
        where, news = self._folder / f"{size}.marsad", self._folder / "added.jsonl"
        fill(where, size)
        write_news(news, _ADDED, 0.0, seed=9)
        asked = self._child("ask", str(where))
        added = self._child("add", str(where), str(news))
        held = Held(
            reports=size,
            file_mb=where.stat().st_size / 1e6,
            picture=tuple(asked["picture"]),
            asked={name: tuple(cuts) for name, cuts in asked["asked"].items()},
            add_wall=tuple(added["wall"]),
            add_cpu=tuple(added["cpu"]),
        )
        where.unlink()
        return held

    def _child(self, *what: str) -> Any:
        print(" ".join(what), file=sys.stderr, flush=True)
        command = [sys.executable, str(HERE / "_growth.py"), *what]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _cut(news: Path, parts: int) -> list[Path]:
    """Return files with every so manyth report of one."""
    lines = news.read_text("utf-8").splitlines(keepends=True)
    files = [news.with_name(f"{news.stem}-{part}-of-{parts}.jsonl") for part in range(parts)]
    for part, file in enumerate(files):
        file.write_text("".join(lines[part::parts]), "utf-8")
    return files


def _machine() -> str:
    told = Path("/proc/cpuinfo").read_text("utf-8")
    name = next((line.partition(": ")[2] for line in told.splitlines() if line.startswith("model name")), "")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{name or platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, load {load}"


def main(given: Sequence[str] | None = None) -> None:
    """Measure, or take what was measured, and print and write what is asked for."""
    asked = _arguments().parse_args(given)
    if asked.kept:
        found = load(asked.kept)
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = Measuring(Path(folder), asked).all()
    if asked.out:
        found.save(asked.out)
    plans = made(found, PLANS)
    tables = made(found, TABLES)
    print("\n".join((plans if asked.plan else {**tables, **plans}).values()))
    if asked.update_docs:
        update(PAGES, {**tables, **plans})


def _arguments() -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--reports", type=int, default=300, help="reports that each stage is measured on (300)")
    arguments.add_argument("--size", type=int, default=10_000, help="most made-up reports of what grows (10000)")
    arguments.add_argument("--runs", type=int, default=3, help="of which the median counts (3)")
    arguments.add_argument("--cores", type=int, nargs="+", default=[1, 2], help="how many (1 2)")
    arguments.add_argument("--news", nargs="+", choices=OTHER, default=list(OTHER), help="one kind alone")
    arguments.add_argument("--stage", nargs="+", choices=STAGES, default=list(STAGES), help="some stages alone")
    arguments.add_argument("--out", type=Path, metavar="FILE", help="keep what is measured, as JSON")
    arguments.add_argument("--kept", type=Path, metavar="FILE", help="measure nothing, and take what was kept")
    arguments.add_argument("--plan", action="store_true", help="print the plan for large archives alone")
    arguments.add_argument("--update-docs", action="store_true", help="write the tables into the documentation")
    return arguments


if __name__ == "__main__":
    main()
