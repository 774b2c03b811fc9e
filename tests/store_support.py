"""What the tests of the store share, and the process that writes until it is killed."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marsad.records import Certainty, Claim, DatePrecision, Passage, Place, Polarity, Report, Stance
from marsad.store import Store

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
READER = "reader/1"


def report(name: str = "r1", text: str = "Rebels entered the town.", **fields: Any) -> Report:
    values: dict[str, Any] = {
        "published": NOW,
        "published_precision": DatePrecision.PART_OF_DAY,
        "publisher": "Example News",
        **fields,
    }
    return Report(id=name, kind="wire", title="", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **values)


def claim(name: str = "c1", of: str = "r1", **fields: Any) -> Claim:
    values: dict[str, Any] = {"source": "narrator", "event": "enter", "place": Place(name="town", lat=1.0), **fields}
    return Claim(
        id=name,
        report=of,
        polarity=Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN,
        stance=Stance.ASSERTS,
        anchor=Passage(report=of, start=7, end=14),
        extractor=READER,
        **values,
    )


def write_for_ever(path: Path) -> None:
    """Add reports of three claims each, one transaction a report, and say each id once it is acknowledged."""
    with Store.open(path) as store:
        number = len(store.reports())
        while True:
            name = f"r{number}"
            claims = [claim(f"{name}-{index}", name) for index in range(3)]
            store.add(
                report(name, f"{name} " + "word " * 2000),
                claims,
                extractor=READER,
                theatre="",
                learnt=NOW,
                origin="test",
            )
            print(name, flush=True)
            number += 1


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]))
