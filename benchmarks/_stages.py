"""The stages that `stages.py` measures, each ready to work on a file of news in a process of its own.

python benchmarks/_stages.py STAGE NEWS.jsonl WORKERS
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _measuring
import spacy
from _results import ADDING, ARCHIVING, EVERYTHING, FILTER, ON_RAY, PARSE, Archived

from marsad import Monitor
from marsad.archive import Filter
from marsad.archive.job import WORK
from marsad.gazetteer import Gazetteer
from marsad.intake import Taken, dateline, read_inputs
from marsad.linking import link, trace_origins
from marsad.reading import Reader, Unread
from marsad.reading.reader import MODEL
from marsad.reading.sentences import cut
from marsad.records import Claim
from marsad.serial import from_json, to_json
from marsad.vocabulary import load_rules
from marsad.vocabulary.language import load_language
from marsad.weighing import control, disputes, grade, source_records, with_concessions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from marsad.linking import Linked
    from marsad.records import Origin, Report

    Work = Callable[[], dict[str, Any]]

NOW = datetime(2031, 1, 1, tzinfo=UTC)
CLAIMS = ".claims"
"""What the name of a file of news ends in when it has the claims of them."""

KEEP = "keep claims"
"""What is no stage: what makes that file."""

_WARM = 5  # reports after which whatever is loaded on the way is there
_PORTIONS = 8  # in which an archive's work is shared out, at least


def reports_of(news: Path) -> list[Report]:
    """Return the reports of a file."""
    return [one.report for one in read_inputs([news], retrieved=NOW) if isinstance(one, Taken)]


def of_war(news: Path) -> list[Report]:
    """Return those that pass the filter."""
    return list(filter(Filter.of(None).passes, reports_of(news)))


def parse(news: Path, _: int) -> Work:
    """Put all sentences of all reports through the parser with all its parts, and do nothing else."""
    abbreviations = load_language().abbreviations
    texts = []
    for report in reports_of(news):
        line = dateline(report.text)
        spans = cut(report.text, abbreviations, line.end if line is not None and line.start < line.end else 0)
        texts += [report.text[span.start : span.end] for span in spans]
    parser = spacy.load(MODEL)
    sum(map(len, parser.pipe(texts[:1])))
    return lambda: {"words": sum(map(len, parser.pipe(texts, batch_size=64)))}


def take_in(news: Path, _: int) -> Work:
    """Take a file in as checked reports."""
    reports_of(news)
    return lambda: {"reports": len(reports_of(news))}


def sift(news: Path, _: int) -> Work:
    """Tell which of the reports can speak of war."""
    reports, relevance = reports_of(news), Filter.of(None)
    sum(map(relevance.passes, reports[:_WARM]))
    return lambda: {"passed": sum(map(relevance.passes, reports))}


def by_rules(news: Path, _: int) -> Work:
    """Read the reports that pass by the rules alone."""
    return _reading(news, Reader(Gazetteer.open(), network=None))


def by_all(news: Path, _: int) -> Work:
    """Read the reports that pass by rules and network."""
    return _reading(news, Reader(Gazetteer.open()))


def _reading(news: Path, reader: Reader) -> Work:
    reports = of_war(news)
    reader.read(reports[0])

    def work() -> dict[str, Any]:
        found = [claims for _, claims in reader.read_many(reports)]
        reader.gazetteer.close()
        return {"claims": sum(len(one) for one in found if not isinstance(one, Unread)), "passed": len(reports)}

    return work


def keep_claims(news: Path) -> None:
    """Read a file's reports that pass into a file of claims, which stages begin with."""
    with Gazetteer.open() as gazetteer, news.with_suffix(CLAIMS).open("w", encoding="utf-8") as lines:
        for _, found in Reader(gazetteer).read_many(of_war(news)):
            for claim in () if isinstance(found, Unread) else found:
                lines.write(f"{json.dumps(to_json(claim))}\n")


def trace(news: Path, _: int) -> Work:
    """Find the origin of each report that passes."""
    reports = of_war(news)
    return lambda: {"copies": sum(one.origin != name for name, one in trace_origins(reports).items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What claims are linked with."""

    claims: Sequence[Claim]
    reports: Mapping[str, Report]
    origins: Mapping[str, Origin]

    @classmethod
    def of(cls, news: Path) -> _Told:
        reports = of_war(news)
        lines = news.with_suffix(CLAIMS).read_text("utf-8").splitlines()
        return cls(
            claims=[from_json(Claim, json.loads(line)) for line in lines],
            reports={report.id: report for report in reports},
            origins=trace_origins(reports),
        )

    def linked(self) -> Linked:
        return link(self.claims, self.reports, self.origins, None)


def bring_together(news: Path, _: int) -> Work:
    """Link claims into propositions."""
    told = _Told.of(news)
    return lambda: {"claims": len(told.claims), "propositions": len(told.linked().propositions)}


def weigh(news: Path, _: int) -> Work:
    """Find verdicts, disputes and how the voices fared."""
    told = _Told.of(news)
    linked = told.linked()

    def work() -> dict[str, Any]:
        said = (told.claims, told.reports, told.origins, None)
        conceded = with_concessions(linked, *said)
        verdicts = grade(conceded, *said, rules=load_rules())
        source_records(conceded, verdicts)
        return {"disputes": len(disputes(conceded, verdicts, told.claims, rules=load_rules()))}

    return work


def hold(news: Path, _: int) -> Work:
    """Find who holds what by whose account."""
    told = _Told.of(news)
    return lambda: {"spells": len(control(told.claims, told.reports, told.origins, None))}


def add(news: Path, _: int) -> Work:
    """Add a file to a monitor that has read one report before, as `marsad add` does."""
    folder = Path(tempfile.mkdtemp())
    first = folder / "first.jsonl"
    report = {"id": "first", "text": of_war(news)[0].text}
    first.write_text(json.dumps(report), "utf-8")

    def work() -> dict[str, Any]:
        receipt = monitor.add([news])
        monitor.close()
        shutil.rmtree(folder)
        return {"claims": receipt.claims}

    monitor = Monitor.open(folder / "bench.marsad")
    monitor.add([first])
    return work


def archive(news: Path, workers: int) -> Work:
    """Make an archive, its processes' start and loading included, and tell what each step took and wrote."""
    return _archive(news, workers, None)


def archive_on_ray(news: Path, workers: int) -> Work:
    """Make it on a Ray cluster of this machine."""
    return _archive(news, workers, "local")


def _archive(news: Path, workers: int, address: str | None) -> Work:
    count = len(reports_of(news))
    out = Path(tempfile.mkdtemp()) / "archive"

    def work() -> dict[str, Any]:
        steps = _Steps(out)
        receipt = Monitor.archive(
            [news],
            out,
            workers=workers,
            address=address,
            size=max(1, count // (_PORTIONS * workers)),
            progress=steps.tell,
        )
        archived = Archived(
            reports=count,
            steps=steps.taken(),
            raw=news.stat().st_size,
            kept=steps.kept,
            written=_sizes(out, 1),
        )
        shutil.rmtree(out.parent)
        return {"rows": dict(receipt.rows), "archived": asdict(archived)}

    return work


class _Steps:
    """Notes what each step of an archive took, as its progress tells, and what was kept on the way."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._marks = [("start", *_now())]
        self.kept: dict[str, int] = {}

    def tell(self, what: str, done: int, total: int | None) -> None:
        """Take word of how far it is; between the end of a step and the next one, one process works alone."""
        if done == 0 and what == self._marks[-1][0]:
            return
        if done == total:
            self._marks.append((f"after {what}", *_now()))
            self.kept = _sizes(self._out / WORK, 2)
        elif done == 0:
            self._marks.append((what, *_now()))

    def taken(self) -> tuple[tuple[str, float, float], ...]:
        """Return seconds and processor seconds of each step, and of what is done alone after it."""
        ends = [*self._marks[1:], ("end", *_now())]
        return tuple(
            (name, end - begin, spent - before)
            for (name, begin, before), (_, end, spent) in zip(self._marks, ends, strict=True)
        )


def _now() -> tuple[float, float]:
    return time.monotonic(), _measuring.processor()


def _sizes(folder: Path, deep: int) -> dict[str, int]:
    """Return the bytes of the files in each folder, by so many names of its path."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = "/".join(path.relative_to(folder).parts[:-1][:deep])
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    return sizes


STAGES: Mapping[str, Callable[[Path, int], Work]] = {
    PARSE: parse,
    "intake": take_in,
    FILTER: sift,
    "reading by rules": by_rules,
    EVERYTHING: by_all,
    "origins": trace,
    "linking": bring_together,
    "weighing": weigh,
    "control": hold,
    ADDING: add,
    ARCHIVING: archive,
    ON_RAY: archive_on_ray,
}
"""By name, in the order of the table."""

APIECE = frozenset({PARSE, "intake", FILTER, "reading by rules", EVERYTHING})
"""Stages that do one report after the other, so that two processes share them; others are of one process, or have
processes of their own."""

SHARED = frozenset({ARCHIVING, ON_RAY})
"""Stages that share their own work out."""


def main() -> None:
    name, news, workers = sys.argv[1:]
    if name == KEEP:
        keep_claims(Path(news))
        return
    _measuring.worker(lambda: STAGES[name](Path(news), int(workers)))


if __name__ == "__main__":
    main()
