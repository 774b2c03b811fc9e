"""What reading costs beside the bare parse of the same sentences: processor time, time on the clock, memory.

Usage: python benchmarks/reading.py [REPORTS.jsonl ...]     without files: the bundled demonstration

Each way of reading has a process of its own, or two that share the reports. They take turns, and the least of the
rounds counts, since a machine has other things to do at times.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the commands do; the bare parse does not multiply by it

import spacy

from marsad.demo import demo_reports
from marsad.gazetteer import Gazetteer
from marsad.intake import Taken, dateline, read_inputs
from marsad.reading import Reader
from marsad.reading.reader import MODEL
from marsad.reading.sentences import cut
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.records import Report

WAYS = ("bare parse", "rules", "rules and network")
ROUNDS = 5
AFTER_ALL = datetime(9999, 1, 1, tzinfo=UTC)  # the invented wars of the corpus lie in years to come
_ready: list[Callable[[], int]] = []


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor and on the clock, megabytes at most, and how many words or claims came of it."""

    processor: float
    clock: float
    memory: float
    found: int


def prepare(way: str, inputs: Sequence[str], part: int, parts: int) -> None:
    """Load what a way of reading needs, and read once, which is not timed."""
    found = [one.report for one in read_inputs(inputs, retrieved=AFTER_ALL) if isinstance(one, Taken)]
    reports = found[part::parts]
    if way == "bare parse":
        parser, sentences = spacy.load(MODEL), [text for report in reports for text in sentences_of(report)]
        _ready.append(lambda: sum(len(doc) for doc in parser.pipe(sentences, batch_size=64)))
    else:
        gazetteer = Gazetteer.open(build_if_missing=True)
        reader = Reader(gazetteer) if way == "rules and network" else Reader(gazetteer, network=None)
        _ready.append(lambda: sum(len(claims) for _, claims in reader.read_many(reports) if isinstance(claims, tuple)))
    _ready[0]()


def sentences_of(report: Report) -> list[str]:
    """Return the sentences of a report as the reader cuts them."""
    line = dateline(report.text)
    start = line.end if line is not None and line.start < line.end else 0
    return [report.text[one.start : one.end] for one in cut(report.text, load_language().abbreviations, start)]


def cost() -> Cost:
    """Read once more, and return what it cost."""
    clock, processor = time.perf_counter(), time.process_time()
    found = _ready[0]()
    processor, clock = time.process_time() - processor, time.perf_counter() - clock
    return Cost(processor, clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found)


def together(workers: Sequence[ProcessPoolExecutor]) -> Cost:
    """Return what it costs the workers to read at the same time, each its part."""
    clock = time.perf_counter()
    parts = [one.result() for one in [worker.submit(cost) for worker in workers]]
    sums = (sum(getattr(part, name) for part in parts) for name in ("processor", "memory", "found"))
    processor, memory, found = sums
    return Cost(processor, time.perf_counter() - clock, memory, int(found))


def main() -> None:
    inputs = sys.argv[1:] or [demo_reports()]
    count = sum(isinstance(one, Taken) for one in read_inputs(inputs, retrieved=AFTER_ALL))
    for processes in (1, 2):
        with ExitStack() as stack:
            workers = {}
            for way in WAYS:
                spawn = multiprocessing.get_context("spawn")
                pools = [stack.enter_context(ProcessPoolExecutor(1, mp_context=spawn)) for _ in range(processes)]
                workers[way] = pools
                for part, pool in enumerate(pools):
                    pool.submit(prepare, way, inputs, part, processes).result()
            rounds = [{way: together(workers[way]) for way in WAYS} for _ in range(ROUNDS)]
        least = {way: min((one[way] for one in rounds), key=lambda one: one.processor) for way in WAYS}
        quickest = {way: min(one[way].clock for one in rounds) for way in WAYS}
        bare = least["bare parse"].processor
        print(f"{count} reports, {least['bare parse'].found} words, {processes} process{'es' * (processes > 1)}")
        for way in WAYS:
            one = least[way]
            print(
                f"  {way:18} {one.processor:5.2f} s of the processor, {one.processor / bare:.2f} x the parse; "
                f"{count / quickest[way]:.1f} reports/s on the clock; {one.memory:.0f} MB at most; {one.found} found"
            )


if __name__ == "__main__":
    main()
