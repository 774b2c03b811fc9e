"""What work costs that is done in processes of its own: time, time of the processor, and the memory of all together.

A process says `ready` when it has loaded what it needs, does its work when it is told to, and answers with a line of
JSON. The memory is that of its whole tree, seen four times a second: what processes share is counted once.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

READY, GO = "ready", "go"
_OFTEN = 0.25  # seconds between two looks
_TICKS = os.sysconf("SC_CLK_TCK")


class Run(NamedTuple):
    """What one piece of work took: seconds, seconds of the processor, and MB at most."""

    wall: float
    cpu: float
    mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What processes that worked side by side took together, and what each of them told beside."""

    run: Run
    told: tuple[dict[str, Any], ...]


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(*(statistics.median(figures) for figures in zip(*runs, strict=True)))


def spread(runs: Sequence[Run]) -> float:
    """Return how far apart the runs' processor seconds are, as a share of their median."""
    cpu = [run.cpu for run in runs]
    return (max(cpu) - min(cpu)) / max(statistics.median(cpu), 1e-9)


def processor() -> float:
    """Return the processor seconds of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def worker(prepare: Callable[[], Callable[[], Any]]) -> None:
    """Be a process that is measured: get ready, wait for the word, work, and print what it took and what came out."""
    work = prepare()
    print(READY, flush=True)
    if sys.stdin.readline().strip() != GO:
        return
    begin, spent = time.monotonic(), processor()
    told = work()
    answer = {"begin": begin, "end": time.monotonic(), "cpu": processor() - spent, "told": told}
    print(json.dumps(answer), flush=True)


def measured(commands: Sequence[Sequence[str]], cores: int) -> Answer:
    """Run workers side by side on so many processors; they begin their work when all are ready."""
    with _on_processors(cores):
        started = [
            subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for command in commands
        ]
    try:
        with _watched([one.pid for one in started]) as seen:
            for one in started:
                _expect(_line(one) == READY, one)
            seen.reset([one.pid for one in started])
            for one in started:
                assert one.stdin is not None
                print(GO, file=one.stdin, flush=True)
            answers = [json.loads(_line(one)) for one in started]
        for one in started:
            _expect(one.wait() == 0, one)
    finally:
        for one in started:
            one.kill()
            one.wait()
            for stream in (one.stdin, one.stdout):
                if stream is not None:
                    stream.close()
    wall = max(one["end"] for one in answers) - min(one["begin"] for one in answers)
    # Processes that outlive the one that started them are not among those it waited for; they were seen working.
    cpu = max(sum(one["cpu"] for one in answers), seen.cpu)
    return Answer(run=Run(wall, cpu, seen.mb), told=tuple(one["told"] for one in answers))


def once(command: Sequence[str]) -> tuple[float, float]:
    """Run a program to its end; return its seconds and processor seconds with its start."""
    begin, spent = time.monotonic(), processor()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin, processor() - spent


@contextmanager
def _on_processors(count: int) -> Iterator[None]:
    """Give what is started meanwhile so many processors to run on."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_of_them)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    _expect(bool(line), process)
    return line


def _expect(so: bool, process: subprocess.Popen[str]) -> None:
    if not so:
        raise SystemExit(f"a process that was to be measured failed: {process.args}")


@dataclass(slots=True)
class _Seen:
    """The most memory of all processes together, and the processor seconds that each was last seen with."""

    mb: float = 0.0
    _before: dict[int, float] = field(default_factory=dict)
    _now: dict[int, float] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        return sum(spent - self._before.get(process, 0.0) for process, spent in self._now.items())

    def reset(self, roots: Sequence[int]) -> None:
        """Forget what was before now."""
        self.mb = 0.0
        self.look(roots)
        self._before = dict(self._now)

    def look(self, roots: Sequence[int]) -> None:
        """Look at some processes and all that came of them."""
        stats = dict(_processes())
        tree = set(roots)
        while more := {process for process, (parent, _) in stats.items() if parent in tree} - tree:
            tree |= more
        self._now |= {process: stats[process][1] for process in tree if process in stats}
        self.mb = max(self.mb, sum(map(_megabytes, tree)))


@contextmanager
def _watched(roots: Sequence[int]) -> Iterator[_Seen]:
    seen, over = _Seen(), threading.Event()

    def watch() -> None:
        while not over.wait(_OFTEN):
            seen.look(roots)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _processes() -> Iterator[tuple[int, tuple[int, float]]]:
    """Yield every process with its parent and its processor seconds."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        yield int(path.parent.name), (int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICKS)


def _megabytes(process: int) -> float:
    """Return what a process holds, its part of what it shares with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
