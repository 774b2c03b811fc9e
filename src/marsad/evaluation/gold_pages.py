"""Saved pages and the reports that a person read off them, as `pages.jsonl` holds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GOLD_PAGES = "pages.jsonl"
"""The file that makes a folder one of annotated pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldReport:
    """A report as a person read it off a page.

    `published` and `updated` are an instant where the page gives a time and its zone, a day where it gives less, None
    where it gives nothing. `title` is None where the report has none of its own, `publisher` and `language` where
    nothing tells them; then they are not asked for.
    """

    title: str | None
    text: str
    published: datetime | date | None
    updated: datetime | date | None
    authors: tuple[str, ...]
    publisher: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A saved page, when it was saved, and the reports that it holds: none for a front page or an error."""

    file: str
    retrieved: datetime
    reports: tuple[GoldReport, ...]


def is_pages(folder: Path) -> bool:
    """Tell whether a folder holds annotated pages: whether pages.jsonl is there."""
    return (folder / GOLD_PAGES).is_file()


def read_gold_pages(folder: Path) -> tuple[GoldPage, ...]:
    """Read pages.jsonl of a folder; raise InputError where it is missing or wrong, or a page of it is not there."""
    path = folder / GOLD_PAGES
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    pages = tuple(_page(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line)
    for page in pages:
        if not (folder / page.file).is_file():
            raise InputError(f"{path}: no page '{page.file}'")
    return pages


def _page(line: str, origin: str) -> GoldPage:
    """Return the page of one line; raise InputError where it is none."""
    try:
        row = json.loads(line)
        return GoldPage(
            file=str(row["file"]),
            retrieved=datetime.fromisoformat(row["retrieved"]),
            reports=tuple(_report(one) for one in row["reports"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{origin}: not an annotated page: {error!r}") from error


def _report(row: Mapping[str, Any]) -> GoldReport:
    return GoldReport(
        title=row["title"],
        text=row["text"],
        published=_when(row["published"]),
        updated=_when(row["updated"]),
        authors=tuple(row["authors"]),
        publisher=row["publisher"],
        language=row["language"],
    )


def _when(words: str | None) -> datetime | date | None:
    if words is None:
        return None
    return datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)
