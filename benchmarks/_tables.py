"""Tables of what was measured, in Markdown, and their places in the documentation."""

from __future__ import annotations

import math
import re
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from _measuring import median, spread
from _results import ARCHIVE, PARSE, WAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from _results import Measurements, Stage

SHAPES = {"longer": "more days, as many reports a day", "denser": "more reports on the same days"}
_NEWS = {
    ARCHIVE: "News as an archive has it: {other:.0%} of other things than war, {passed:.0%} pass the relevance filter",
    WAR: "News of war alone",
}
_PLACE = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A power of the number of reports, and by what factor the worst figure is off it."""

    exponent: float
    off: float


def fit(points: Iterable[tuple[float, float]]) -> Fit | None:
    """Return the power by least squares of the logarithms; None for fewer than two points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return None
    slope, height = statistics.linear_regression(*zip(*logs, strict=True))
    return Fit(exponent=slope, off=math.exp(max(abs(y - height - slope * x) for x, y in logs)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)) + "\n"


def stages(found: Measurements) -> str:
    """Return what each stage costs, beside the bare parse of the same text, for each kind of news."""
    runs = max(len(one.runs) for one in found.stages)
    parts = [f"{found.machine}; {f'medians of {runs} runs' if runs > 1 else 'one run'}.\n"]
    for news in found.news:
        title = _NEWS[news.name].format(other=news.other, passed=news.passed / news.reports)
        rows = [one for one in found.stages if one.news == news.name]
        cores = sorted({one.cores for one in rows})
        head = ["stage", *(f"{what}, {_cores(n)}" for n in cores for what in ("reports/s", "processor s/1,000"))]
        head += ["spread", *(f"MB, {_cores(n)}" for n in cores), "times the parse"]
        parts.append(f"{title}: {news.reports:,} reports, {news.words:,} words, {news.claims:,} claims.\n")
        parts.append(table(head, (_stage(name, rows, cores, news.reports) for name in _names(rows))))
    return "\n".join(parts)


def _stage(name: str, rows: Sequence[Stage], cores: Sequence[int], reports: int) -> list[str]:
    by_cores = {one.cores: one.runs for one in rows if one.stage == name}
    first = by_cores[min(by_cores)]
    cells, memory = [name], []
    for number in cores:
        run = median(by_cores[number]) if number in by_cores else None
        cells += [figure(reports / run.wall), figure(1000 * run.cpu / reports)] if run else ["", ""]
        memory += [f"{run.mb:,.0f}" if run else ""]
    parse = next((median(one.runs) for one in rows if one.stage == PARSE), None)
    times = f"{median(first).cpu / parse.cpu:.2f}" if parse else ""
    return [*cells, f"{spread(first):.0%}" if len(first) > 1 else "", *memory, times]


def _names(rows: Iterable[Stage]) -> list[str]:
    return list(dict.fromkeys(one.stage for one in rows))


def start(found: Measurements) -> str:
    """Return what starting takes, part by part."""
    rows = [[one.part, f"{one.cpu:.2f} s", f"{one.wall:.2f} s"] for one in found.start]
    rows.append(
        ["together", *(f"{sum(some):.2f} s" for some in zip(*((o.cpu, o.wall) for o in found.start), strict=True))]
    )
    return table(["part", "processor", "clock"], rows)


def additions(found: Measurements) -> str:
    """Return what one more report takes in monitors of many."""
    rows = [
        [f"{one.reports:,}", *(f"{ms:,.0f} ms" for ms in (*one.add_cpu, *one.add_wall)), f"{one.file_mb:,.0f} MB"]
        for one in found.held
    ]
    return table(["reports held", "processor, p50", "p95", "clock, p50", "p95", "file"], rows)


def questions(found: Measurements) -> str:
    """Return how long questions take in monitors of many."""
    head = ["question", *(f"{one.reports:,} reports: p50, p95" for one in found.held)]
    rows = [
        [
            name,
            *(" ".join((f"{figure(one.asked[name][0])},", figure(one.asked[name][1]), "ms")) for one in found.held),
        ]
        for name in found.held[0].asked
    ]
    rows.append(["the first picture, processor", *(f"{one.picture[1]:,.1f} s" for one in found.held)])
    return table(head, rows)


def growth(found: Measurements) -> str:
    """Return how stages grow with the number of reports, by the power that fits best."""
    sizes = sorted({one.reports for one in found.grown})
    head = ["", *(f"{size:,} reports" for size in sizes), "exponent", "off by at most"]
    parts = []
    for shape, title in SHAPES.items():
        rows = []
        for name in dict.fromkeys(one.stage for one in found.grown):
            points = {one.reports: one.cpu for one in found.grown if (one.shape, one.stage) == (shape, name)}
            rows.append(_grown(name, {size: f"{cpu:,.2f} s" for size, cpu in points.items()}, points, sizes))
        peaks = {
            size: max(one.mb for one in found.grown if (one.shape, one.reports) == (shape, size))
            for size in sizes
            if any((one.shape, one.reports) == (shape, size) for one in found.grown)
        }
        rows.append(
            _grown("memory above the start", {size: f"{mb:,.0f} MB" for size, mb in peaks.items()}, peaks, sizes)
        )
        parts.append(f"An archive of {title}:\n")
        parts.append(table(head, rows))
    return "\n".join(parts)


def _grown(name: str, shown: Mapping[int, str], points: Mapping[int, float], sizes: Sequence[int]) -> list[str]:
    fitted = fit(points.items())
    exponent = f"{fitted.exponent:.2f}" if fitted else ""
    off = f"{fitted.off - 1:.0%}" if fitted and len(points) > 2 else ""  # a line through two points is off neither
    return [name, *(shown.get(size, "") for size in sizes), exponent, off]


TABLES: Mapping[str, tuple[Callable[[Measurements], str], tuple[str, ...]]] = {
    "stages": (stages, ("stages",)),
    "start": (start, ("start",)),
    "additions": (additions, ("held",)),
    "questions": (questions, ("held",)),
    "growth": (growth, ("grown",)),
}
"""By the name of their place in the documentation, with what must have been measured."""


def made(
    found: Measurements, tables: Mapping[str, tuple[Callable[[Measurements], str], tuple[str, ...]]]
) -> dict[str, str]:
    """Return those of the tables for which enough was measured."""
    return {name: make(found) for name, (make, needed) in tables.items() if all(getattr(found, one) for one in needed)}


def placed(text: str, tables: Mapping[str, str]) -> str:
    """Return a page with each table in its place; raise KeyError for a place without a table."""
    return _PLACE.sub(lambda found: f"{found[1]}{tables[found[2]]}{found[3]}", text)


def update(pages: Iterable[Path], tables: Mapping[str, str]) -> None:
    """Write the tables into their places in pages."""
    for page in pages:
        page.write_text(placed(page.read_text("utf-8"), tables), "utf-8")


def figure(number: float) -> str:
    """Return a number with three digits, or all before the point."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _cores(number: int) -> str:
    return "1 core" if number == 1 else f"{number} cores"
