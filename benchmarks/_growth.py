"""What grows with the number of reports, each in a process of its own: linking and weighing, additions, questions.

python benchmarks/_growth.py grow REPORTS SHAPE     made-up reports linked and weighed in memory
python benchmarks/_growth.py ask FILE               questions to a monitor, as in `queries.py`
python benchmarks/_growth.py add FILE NEWS.jsonl    one more report after the other, read and linked
python benchmarks/_growth.py hold                   what an archive's processes must remember of everything
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _made_up
import queries

from marsad import Monitor
from marsad.archive.entries import bounds, entry, read_entries, spread, write_entries
from marsad.archive.families import Groups
from marsad.archive.world import World
from marsad.gazetteer import Gazetteer
from marsad.linking import Parties, Sites, link, trace_origins
from marsad.records import Spot
from marsad.vocabulary import load_rules
from marsad.weighing import control, disputes, grade, with_concessions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGER, DENSER = "longer", "denser"
"""Archives that grow: with more days at the same number of reports a day, or with more reports on the same days."""

_A_DAY = 100  # reports, of an archive that grows longer
_CLAIMS, _PLACES = 2, 5000
_NAMES, _SPOTS, _ROWS, _LOOKS = 1_000_000, 100_000, 1000, 50
_REPORT_BYTES = 2500


def grow(count: int, shape: str) -> list[tuple[str, float, float, float]]:
    """Return seconds, processor seconds and MB so far of each stage over made-up reports."""
    chance = random.Random(7)
    days = max(1, count // _A_DAY) if shape == LONGER else _made_up.DAYS
    made = list(_made_up.reports(count, _made_up.towns(_PLACES, chance), chance, _CLAIMS, days))
    reports = {report.id: report for report, _ in made}
    claims = [claim for _, told in made for claim in told]
    war, rules = _made_up.theatre(), load_rules()
    taken: list[tuple[str, float, float, float]] = []

    def timed(stage: str, does: Callable[[], Any]) -> Any:
        begin, spent = time.monotonic(), time.process_time()
        found = does()
        taken.append((stage, time.monotonic() - begin, time.process_time() - spent, _megabytes()))
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
    """Return what an archive's processes hold: bytes of a name and of a place, places at most, seconds of a look.

    A look is that of one range of keys into one part, in seconds of the processor.
    """
    before = _megabytes()
    groups = Groups()
    for number in range(0, _NAMES, 2):
        groups.join(f"r-{number:016x}", f"r-{number + 1:016x}")
    a_name = (_megabytes() - before) * 1e6 / _NAMES
    before = _megabytes()
    chance = random.Random(7)
    spots = {
        Spot(f"geonames:{number}", f"town {number}", chance.uniform(-60, 60), chance.uniform(-180, 180))
        for number in range(_SPOTS)
    }
    sites = Sites((), spots)
    world = World(
        real=Sites.known(dict(sites.roots)),
        all=Sites.known(dict(sites.roots)),
        parties=Parties.known(None, []),
        blocks={spot: str(spot) for spot in spots},
    )
    a_spot = (_megabytes() - before) * 1e6 / len(world.blocks)
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        places = len(gazetteer.settlements(-180, -90, 180, 90))
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.parquet"
        write_entries(part, [entry(spread(str(number)), "report", "x" * _REPORT_BYTES) for number in range(_ROWS)])
        spent = time.process_time()
        for number in range(_LOOKS):
            read_entries([part], *bounds(number, _ROWS * 100))
        look = (time.process_time() - spent) / _LOOKS
        return {"name": a_name, "spot": a_spot, "look": look, "places": places}


def _cuts(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile in ms."""
    cuts = statistics.quantiles([1000 * one for one in seconds], n=20, method="inclusive")
    return cuts[9], cuts[18]


def _megabytes() -> float:
    """Return the most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
