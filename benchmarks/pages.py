"""Reports out of saved pages: Marsad beside bare trafilatura, in quality and in time.

Usage: python benchmarks/pages.py [FOLDER]

FOLDER holds saved pages and pages.jsonl, `corpus/pages` by default; what is counted: `marsad.evaluation.pages`.

    Marsad           `read_inputs`, as `marsad add` reads a file: decoding, dates, names, checks and all
    bare_extraction  of trafilatura, with metadata and otherwise its defaults, given the bytes. It makes one report of a
                     page at most; the date has no time of day; the site's name stands for the publisher. A line of its
                     text counts as a paragraph.
    extract          of trafilatura, by its defaults, given the bytes: the text of the same report and nothing else

The last column is Marsad's figure over bare_extraction's.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import trafilatura

from marsad.evaluation import SavedPages
from marsad.records import DatePrecision, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PAGES = Path(__file__).parents[1] / "corpus" / "pages"
ROUNDS = 3


def bare(data: bytes) -> tuple[Report, ...]:
    """Return what bare_extraction makes of a page."""
    found = trafilatura.bare_extraction(data, with_metadata=True)
    if found is None or not found.text:
        return ()
    day = date.fromisoformat(found.date) if found.date else None
    return (
        report(
            found.text,
            title=found.title or "",
            published=datetime.combine(day, time(12), UTC) if day else None,
            authors=tuple(found.author.split("; ")) if found.author else (),
            publisher=found.sitename,
            language=found.language,
        ),
    )


def text_alone(data: bytes) -> tuple[Report, ...]:
    """Return what extract makes of a page."""
    text = trafilatura.extract(data)
    return (report(text),) if text else ()


def report(
    lines: str,
    *,
    title: str = "",
    published: datetime | None = None,
    authors: tuple[str, ...] = (),
    publisher: str | None = None,
    language: str | None = None,
) -> Report:
    text = lines.replace("\n", "\n\n")
    return Report(
        id="r",
        kind="unknown",
        title=title,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=published,
        published_precision=DatePrecision.DAY if published else DatePrecision.UNKNOWN,
        authors=authors,
        publisher=publisher,
        language=language,
    )


def measured(pages: SavedPages, read: Callable[[], Mapping[str, Sequence[Report]]]) -> dict[str, float]:
    """Return every measure by name, and the milliseconds a page of the fastest round."""
    fastest = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        found = read()
        fastest = min(fastest, perf_counter() - start)
    return {**pages.score(found).pinned, "ms a page": 1000 * fastest / len(pages.pages)}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    pages = SavedPages.open(folder)

    def by(extract: Callable[[bytes], tuple[Report, ...]]) -> Callable[[], Mapping[str, Sequence[Report]]]:
        return lambda: {page.file: extract((folder / page.file).read_bytes()) for page in pages.pages}

    ours, theirs, texts = (measured(pages, read) for read in (pages.read, by(bare), by(text_alone)))
    print(f"{len(pages.pages)} pages; trafilatura {version('trafilatura')}\n")
    print(f"{'':22}{'Marsad':>10}{'bare_extraction':>18}{'extract':>10}{'ratio':>8}")
    for name, value in ours.items():
        ratio = f"{value / theirs[name]:.2f}" if theirs[name] else "-"
        alone = f"{texts[name]:.3f}" if name.startswith(("words", "paragraphs", "no report", "ms")) else "-"
        print(f"{name:22}{value:10.3f}{theirs[name]:18.3f}{alone:>10}{ratio:>8}")


if __name__ == "__main__":
    main()
