"""What grows with the number of reports, each in a process of its own: linking and weighing, additions, questions.

python benchmarks/_growth.py grow REPORTS SHAPE     made-up reports linked and weighed in memory
python benchmarks/_growth.py ask FILE               questions to a monitor, as in `queries.py`
python benchmarks/_growth.py add FILE NEWS.jsonl    one more report after the other, read and linked
python benchmarks/_growth.py hold                   what an archive's processes must remember of everything
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _made_up
import queries

from marsad import Monitor
from marsad.archive.entries import bounds, entry, read_entries, spread, write_entries
from marsad.archive.families import Groups
from marsad.gazetteer import Gazetteer
from marsad.linking import Sites, find_kin, link, sketch, trace_origins
from marsad.records import Spot
from marsad.vocabulary import load_rules
from marsad.weighing import control, disputes, grade, with_concessions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGER, DENSER = "longer", "denser"
"""Archives that grow: with more days at the same number of reports a day, or with more reports on the same days."""

_A_DAY = 100  # reports, of an archive that grows longer
_CLAIMS, _PLACES = 2, 5000
_NAMES, _SPOTS, _ROWS, _LOOKS = 100_000, 20_000, 1000, 50
_REPORT_BYTES = 2500
_ALIKE, _WORDS = 500, 300  # reports that credit one agency, and the words of each


def grow(count: int, shape: str) -> list[tuple[str, float, float, float]]:
    """Return seconds, processor seconds and MB so far, above those of the start, of each stage over made-up reports."""
    before, chance = _megabytes(), random.Random(7)
    days = max(1, count // _A_DAY) if shape == LONGER else _made_up.DAYS
    made = list(_made_up.reports(count, _made_up.towns(_PLACES, chance), chance, _CLAIMS, days))
    reports = {report.id: report for report, _ in made}
    claims = [claim for _, told in made for claim in told]
    war, rules = _made_up.theatre(), load_rules()
    taken: list[tuple[str, float, float, float]] = []

    def timed(stage: str, does: Callable[[], Any]) -> Any:
        begin, spent = time.monotonic(), time.process_time()
        found = does()
        taken.append((stage, time.monotonic() - begin, time.process_time() - spent, _megabytes() - before))
        return found

    def weighed() -> None:
        conceded = with_concessions(linked, *said)
        verdicts = grade(conceded, *said, rules=rules)
        disputes(conceded, verdicts, claims, rules=rules)

    origins = timed("origins", lambda: trace_origins(reports.values()))
    said = (claims, reports, origins, war)
    linked = timed("linking", lambda: link(*said))
    timed("weighing", weighed)
    timed("control", lambda: control(*said))
    return taken


def ask(where: Path) -> dict[str, Any]:
    """Return what the first picture takes, and the median and 95th percentile of each question in ms."""
    with Monitor.open(where, create=False) as monitor:
        begin, spent = time.monotonic(), time.process_time()
        monitor.picture()
        picture = time.monotonic() - begin, time.process_time() - spent
        monitor.report()
        asked = {
            name: _cuts([queries.seconds(lambda q=q, n=n: q(monitor, n)) for n in range(1, queries.ASKED + 1)])  # type: ignore[misc]
            for name, q in queries.QUESTIONS.items()
        }
    return {"picture": picture, "asked": asked, "mb": _megabytes()}


def add(where: Path, news: Path) -> dict[str, Any]:
    """Return the median and 95th percentile, in ms and in ms of the processor, of adding one report."""
    walls, cpus = [], []
    with Monitor.open(where, create=False) as monitor, tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.jsonl"
        for line in news.read_text("utf-8").splitlines():
            one.write_text(line, "utf-8")
            begin, spent = time.monotonic(), time.process_time()
            receipt = monitor.add([one])
            assert (len(receipt.added), receipt.waiting) == (1, 0), receipt
            walls.append(time.monotonic() - begin)
            cpus.append(time.process_time() - spent)
    return {"wall": _cuts(walls[1:]), "cpu": _cuts(cpus[1:]), "mb": _megabytes()}  # the first loads the reader


def hold() -> dict[str, float]:
    """Return what an archive's processes hold, and what they do again and again, as `Holding` has it."""
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        places = len(gazetteer.settlements(-180, -90, 180, 90))
    held, pair = _kin()
    return {"name": _a_name(), "spot": _a_spot(), "places": places, "look": _a_look(), "sketch": held, "pair": pair}


def _a_name() -> float:
    """Return the bytes of an id among those that belong together."""

    def join() -> object:
        groups = Groups()
        for number in range(0, _NAMES, 2):
            groups.join(f"r-{number:016x}", f"r-{number + 1:016x}")
        return groups

    return _bytes(join) / _NAMES


def _a_spot() -> float:
    """Return the bytes of a place with its sites and its block."""
    chance = random.Random(7)

    def settle() -> object:
        spots = {
            Spot(f"geonames:{number}", f"town {number}", chance.uniform(-60, 60), chance.uniform(-180, 180))
            for number in range(_SPOTS)
        }
        found = Sites((), spots)
        return Sites.known(dict(found.roots)), Sites.known(dict(found.roots)), {spot: str(spot) for spot in spots}

    return _bytes(settle) / _SPOTS


def _a_look() -> float:
    """Return the processor seconds in which a part is asked for a range of which it has next to nothing."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.parquet"
        write_entries(part, [entry(spread(str(number)), "report", "x" * _REPORT_BYTES) for number in range(_ROWS)])
        spent = time.process_time()
        for number in range(_LOOKS):
            read_entries([part], *bounds(number, _ROWS * 100))
        return (time.process_time() - spent) / _LOOKS


def _kin() -> tuple[float, float]:
    """Return the bytes of a report that is looked at for copies, and the processor seconds of a comparison.

    Measured on reports that credit one agency on one day: each is compared with every other.
    """
    chance = random.Random(7)
    places = _made_up.towns(1, chance)
    apart = [_made_up.made(number, places, chance, 0, days=1, words=_WORDS)[0] for number in range(_ALIKE)]
    alike = [replace(report, agencies=("North Wire",)) for report in apart]
    spent = [time.process_time()]
    for reports in (apart, alike):
        find_kin(reports)
        spent.append(time.process_time())
    compared = (spent[2] - spent[1]) - (spent[1] - spent[0])
    held = sum(_bytes(lambda one=one: sketch(one)) for one in alike[:_LOOKS]) / _LOOKS  # type: ignore[misc]
    return held, compared / (_ALIKE * (_ALIKE - 1) / 2)


def _bytes(does: Callable[[], object]) -> float:
    """Return the memory of what something makes."""
    tracemalloc.start()
    made = does()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del made
    return float(held)


def _cuts(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile in ms."""
    cuts = statistics.quantiles([1000 * one for one in seconds], n=20, method="inclusive")
    return cuts[9], cuts[18]


def _megabytes() -> float:
    """Return the most memory that this process ever held; `resource` counts what the one that started it held, too."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def main() -> None:
    match sys.argv[1:]:
        case ["grow", count, shape]:
            told: Any = grow(int(count), shape)
        case ["ask", where]:
            told = ask(Path(where))
        case ["add", where, news]:
            told = add(Path(where), Path(news))
        case ["hold"]:
            told = hold()
        case _:
            raise SystemExit(__doc__)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
