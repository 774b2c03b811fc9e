"""What the parts of a start take: `python benchmarks/_start.py BEGUN FILE`, BEGUN by the monotonic clock."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

_ANY = datetime(2031, 1, 1, tzinfo=UTC)
_marks = [("Python itself", time.monotonic(), time.process_time())]


def main() -> None:
    begun, file = float(sys.argv[1]), sys.argv[2]

    import spacy  # noqa: F401, PLC0415 - what is imported is timed

    import marsad.cli.app  # noqa: PLC0415
    import marsad.outputs  # noqa: F401, PLC0415
    from marsad.gazetteer import Gazetteer  # noqa: PLC0415
    from marsad.intake import Taken, read_inputs  # noqa: PLC0415
    from marsad.reading import Reader  # noqa: PLC0415
    from marsad.reading.learned import NETWORK, Network  # noqa: PLC0415

    _mark("imports")
    gazetteer = Gazetteer.open()
    gazetteer.find("Homs")
    _mark("gazetteer")
    report = next(one.report for one in read_inputs([file], retrieved=_ANY) if isinstance(one, Taken))
    Reader(gazetteer, network=None).read(report)
    _mark("parser, and one report by the rules")
    Network.load(NETWORK)
    _mark("network")
    before = ("", begun, 0.0)
    parts = []
    for mark in _marks:
        parts.append((mark[0], mark[1] - before[1], mark[2] - before[2]))
        before = mark
    print(json.dumps(parts))


def _mark(name: str) -> None:
    _marks.append((name, time.monotonic(), time.process_time()))


if __name__ == "__main__":
    main()
