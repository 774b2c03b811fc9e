"""Reports out of saved pages: Marsad beside bare trafilatura, in quality and in time.

Usage: python benchmarks/pages.py [FOLDER]

FOLDER holds saved pages and pages.jsonl, `corpus/pages` by default; what is counted: `marsad.evaluation.pages`.

    Marsad           `read_inputs`, as `marsad add` reads a file: decoding, dates, names, checks and all
    bare_extraction  of trafilatura, with metadata and otherwise its defaults, given the bytes. It makes one report of a
                     page at most; the date has no time of day; the site's name stands for the publisher. A line of its
                     text counts as a paragraph.
    extract          of trafilatura, by its defaults, given the bytes: the text of the same report and nothing else

The last table has, for each measure, Marsad's over bare_extraction's: more than one is better, but for the time.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import trafilatura

from marsad.evaluation import PageScores, SavedPages
from marsad.records import DatePrecision, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PAGES = Path(__file__).parents[1] / "corpus" / "pages"
ROUNDS = 3

Found = "Mapping[str, Sequence[Report]]"


@dataclass(frozen=True, slots=True)
class Result:
    """What one system reached, and the seconds of its fastest round."""

    scores: PageScores
    seconds: float


def report(title: str, text: str, **more: object) -> Report:
    """Return a report of what trafilatura gave; its paragraphs stand on lines."""
    text = text.replace("\n", "\n\n")
    return Report(id="r", kind="unknown", title=title, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **more)  # type: ignore[arg-type]


def bare(data: bytes) -> list[Report]:
    """Return what bare_extraction makes of a page."""
    document = trafilatura.bare_extraction(data, with_metadata=True)
    if document is None or not document.text:
        return []
    from marsad.intake.dates import noon

    return [
        report(
            document.title or "",
            document.text,
            published=noon(date.fromisoformat(document.date)) if document.date else None,
            published_precision=DatePrecision.DAY if document.date else DatePrecision.UNKNOWN,
            authors=tuple((document.author or "").split("; ")) if document.author else (),
            publisher=document.sitename,
            language=document.language,
        )
    ]


def text_alone(data: bytes) -> list[Report]:
    """Return what extract makes of a page."""
    text = trafilatura.extract(data)
    return [report("", text)] if text else []
