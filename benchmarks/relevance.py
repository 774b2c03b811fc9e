"""What the archive's relevance filter loses and keeps: of annotated reports, and of texts that speak of other things.

Recall is the share of the reports with claims, and of the claims in them, that pass; `with theatre` knows the war's
actors by name, and `passages` are cut out around each claim, of 75 different words. Of texts that are not of war, few
should pass; each that does costs the reading of it.

    python benchmarks/relevance.py [FOLDER ...] [--other FILE ...]

A FOLDER holds reports.jsonl and claims.jsonl, by default all of corpus/, the demonstration and ../shared/gold. Each
FILE is JSON lines with a `text`, or XML whose articles have one.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.archive import Filter
from marsad.intake import Taken, read_inputs
from marsad.records import Report
from marsad.theatre import load_theatre

if TYPE_CHECKING:
    from collections.abc import Iterator

_PASSAGE = 75  # different words
_HERE = Path(__file__).parents[1]
_NOW = datetime(2200, 1, 1, tzinfo=UTC)  # invented wars lie in the future


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--other", nargs="*", type=Path, default=[])
    given = arguments.parse_args()
    folders = given.folders or [
        path.parent
        for where in (_HERE / "corpus", _HERE / "src/marsad", _HERE / "tests/data", _HERE.parent / "shared/gold")
        for path in sorted(where.glob("*/claims.jsonl"))
    ]
    print(f"{'':<22}{'reports':>9}{'with claims':>13}{'recall':>9}{'claims':>9}{'recall':>9}  with theatre  passages")
    whole: Counter[str] = Counter()
    for folder in folders:
        counts = _measured(folder)
        _show(folder.name, counts)
        whole += counts
    _show("all", whole)
    for path in given.other:
        _other(path)


def _measured(folder: Path) -> Counter[str]:
    told_of: dict[str, list[str]] = defaultdict(list)
    for claim in map(json.loads, (folder / "claims.jsonl").read_text("utf-8").splitlines()):
        told_of[claim["report"]].append(claim["anchor"])
    theatre = folder / "theatre.toml"
    bare, knowing = Filter.of(None), Filter.of(load_theatre(theatre) if theatre.exists() else None)
    counts: Counter[str] = Counter()
    for report in _reports(folder / "reports.jsonl"):
        counts["reports"] += 1
        if not (told := len(told_of[report.id])):
            continue
        passages = [one for anchor in told_of[report.id] for one in _passage(report, anchor)]
        counts.update({"passages": len(passages), "passages passed": sum(map(bare.passes, passages))})
        counts.update({"telling": 1, "claims": told})
        if bare.passes(report):
            counts.update({"telling passed": 1, "claims passed": told})
        else:
            print(f"    lost: {report.id} with {told} claims: {report.title[:60]!r}")
        counts.update({"knowing": told} if knowing.passes(report) else {})
    return counts


def _passage(report: Report, anchor: str) -> Iterator[Report]:
    """Yield the words around an anchor as a report of their own, where there are enough."""
    at, beside = report.text.find(anchor), 0
    while at >= 0 and beside < len(report.text):
        beside += 40
        text = report.text[max(0, at - beside) : at + beside]
        if len(set(re.findall(r"\w+", text.casefold()))) >= _PASSAGE:
            yield replace(report, title="", text=text)
            return


def _show(name: str, counts: Counter[str]) -> None:
    recall = counts["telling passed"] / max(1, counts["telling"]), counts["claims passed"] / max(1, counts["claims"])
    print(
        f"{name:<22}{counts['reports']:>9,}{counts['telling']:>13,}{recall[0]:>9.2%}{counts['claims']:>9,}"
        f"{recall[1]:>9.2%}  {counts['knowing'] / max(1, counts['claims']):>12.2%}"
        f"{counts['passages passed'] / max(1, counts['passages']):>10.2%}"
    )


def _other(path: Path) -> None:
    bare, texts = Filter.of(None), list(_texts(path))
    plain = {"publisher": None, "kind": "unknown", "title": "", "sha256": ""}
    reports = [Report(id=str(number), text=text, **plain) for number, text in enumerate(texts)]
    begun = time.perf_counter()
    kept = sum(map(bare.passes, reports))
    each = (time.perf_counter() - begun) / max(1, len(reports))
    words = sum(len(text.split()) for text in texts)
    print(f"{path.name}: {kept:,} of {len(texts):,} texts pass ({words:,} words), {each * 1e3:.2f} ms a text")


def _reports(path: Path) -> Iterator[Report]:
    return (one.report for one in read_inputs([path], retrieved=_NOW) if isinstance(one, Taken))


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".xml":
        for one in ET.parse(path).getroot().iter("text"):
            yield "".join(one.itertext())
    else:
        yield from (json.loads(line)["text"] for line in path.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
