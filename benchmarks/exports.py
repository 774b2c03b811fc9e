"""How long exports of a large monitor take, and how much memory, beside a bare SELECT of the same rows.

The reports and claims are made up (`_made_up.py`), five claims each, with what linking keeps: nothing is read or
linked. Each export and import runs in a process of its own, whose memory is the most that it ever held.

    python benchmarks/exports.py [CLAIMS]
"""

from __future__ import annotations

import random
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from _made_up import reports, towns

from marsad import Monitor
from marsad.records import Claim, Kinship, Report, Slot, Spot
from marsad.store import KEPT, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOW = datetime(2031, 1, 1, tzinfo=UTC)
_CLAIMS_A_REPORT, _MARKS, _PLACES = 5, 33, 5000
_AT_ONCE = 1000

Pair = tuple[Report, list[Claim]]


def fill(where: Path, count: int) -> None:
    """Make a monitor of so many claims."""
    chance = random.Random(7)
    places = towns(_PLACES, chance)
    spots = {one.name: Spot(one.gazetteer_id or "", one.name.lower(), one.lat, one.lon) for one in places}
    made = reports(count // _CLAIMS_A_REPORT, places, chance)
    with Store.open(where) as store:
        store.add_theatre('name = "Bench"\n', learnt=_NOW)
        with store.linking(_NOW) as memory:
            memory.settle({spot: str(spot) for spot in spots.values()})
        while batch := list(islice(made, _AT_ONCE)):
            with store.transaction():
                for report, claims in batch:
                    add = {"extractor": "bench/1", "theatre": "", "learnt": _NOW, "origin": f"bench/{report.id}.json"}
                    store.add(report, claims, **add)
                _keep(store, batch, spots, chance)


def _keep(store: Store, batch: list[Pair], spots: dict[str, Spot], chance: random.Random) -> None:
    """Keep marks and slots, some kinships, and a proposition for every two claims."""
    slots = [_slot(claim, spots) for _, claims in batch for claim in claims]
    marks = {report.id: [chance.getrandbits(62) for _ in range(_MARKS)] for report, _ in batch}
    pairs = zip(batch[::20], batch[1::20], strict=True)
    kin = [Kinship(report=one.id, other=other.id, reasons=("same wording",)) for (one, _), (other, _) in pairs]
    founded = [(f"p-{slot.claim}", slot.claim) for slot in slots[::2]]
    with store.linking(_NOW) as memory:
        memory.add_kin(marks, kin)
        memory.replace([report.id for report, _ in batch], slots)
        memory.assign([(slot.claim, founded[index // 2][0]) for index, slot in enumerate(slots)], founded)


def _slot(claim: Claim, spots: dict[str, Spot]) -> Slot:
    assert claim.place
    assert claim.interval.start
    day, spot = claim.interval.start.toordinal(), spots[claim.place.name]
    beside = {"zone": "z", "thing": claim.event, "tolerance": 1}
    return Slot(claim=claim.id, report=claim.report, spot=spot, site=str(spot), first=day, last=day, **beside)


def select(where: Path) -> None:
    """Ask for the same rows, and do nothing with them."""
    with Store.open(where) as store, store.snapshot():
        for name in KEPT:
            for _ in store.facts(name):
                pass


def bare(where: Path) -> None:
    """Ask SQLite for the same rows without Marsad."""
    tables = ("report", "receipt", "reading", "claim", "kinship", "proposition", "member", "mark", "slot", "ledger")
    with closing(sqlite3.connect(where)) as database:
        for name in tables:
            for _ in database.execute(f"SELECT * FROM {name}"):
                pass


def export(where: Path, form: str, to: Path) -> None:
    """Write an export."""
    with Monitor.open(where) as monitor:
        monitor.export(form, to)


def jobs(where: Path, folder: Path) -> Iterator[tuple[str, list[str], Path | None]]:
    """Yield what is measured: its title, the arguments of the process, and what it writes."""
    yield "bare SELECT", ["bare", str(where)], None
    yield "rows as the store gives them", ["select", str(where)], None
    for form in ("claims", "jsonl", "parquet"):
        to = folder / form
        yield f"export {form}", ["export", str(where), form, str(to)], to
        if form != "claims":
            new = folder / f"{form}.marsad"
            yield f"import {form}", ["import", str(to), str(new)], new


def work(what: str, *paths: str) -> None:
    """Do one of the jobs, and say how much memory it took."""
    if what == "export":
        export(Path(paths[0]), paths[1], Path(paths[2]))
    elif what == "import":
        Monitor.import_from(paths[0], paths[1])
    else:
        {"bare": bare, "select": select}[what](Path(paths[0]))
    used = resource.getrusage(resource.RUSAGE_SELF)  # its memory would be that of the process that began this one, too
    most = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    print(int(most[0]) / 1024, used.ru_utime + used.ru_stime)


def main() -> None:
    """Fill a monitor, and measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fill(folder / "bench.marsad", count)
        first = 0.0
        print("                                  seconds  of the processor   times bare   memory MB   size MB")
        for title, arguments, written in jobs(folder / "bench.marsad", folder):
            begin = time.perf_counter()
            done = subprocess.run([sys.executable, __file__, "--job", *arguments], capture_output=True, check=True)
            spent = time.perf_counter() - begin
            memory, worked = map(float, done.stdout.split())
            first = first or worked
            size = _size(written) if written else 0.0
            print(f"{title:<32} {spent:>9.1f} {worked:>17.1f} {worked / first:>12.1f} {memory:>11.0f} {size:>9.0f}")


def _size(path: Path) -> float:
    files = path.iterdir() if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files) / 1e6


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        work(*sys.argv[2:])
    else:
        main()
