"""The versions of a report, and what each one changed, as rows."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows
from marsad.outputs.wording import clock, plain
from marsad.records import WITHDRAWN
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from marsad.records import Report

_CUT = re.compile(r"(?<=[.!?\u061f\u06d4\u3002])\s+|\n+")  # after the end of a sentence, and at the end of a line
_MOST = 2000  # pieces on either side that are compared one by one


def version_rows(versions: Iterable[Report], zone: ZoneInfo) -> Rows:
    """Return a row for each version, the first one first: when it was out and fetched, and what it changed.

    What is gone has the mark "-", what is new "+", in sentences or lines.
    """
    brief, full = [], []
    before: Report | None = None
    for one in versions:
        gone_and_new = tuple(changes(before, one)) if before else ()
        before = one
        told = [f"{mark} {plain(words)}" for mark, words in gone_and_new]
        if one.form == WITHDRAWN:
            told.append("withdrawn")
        if one.note:
            told.append(plain(one.note))
        brief.append((one.id, clock(one.said, zone), clock(one.retrieved, zone), "\n".join(told)))
        full.append(
            {
                "id": one.id,
                "version_of": one.version_of,
                "said": to_json(one.said),
                "retrieved": to_json(one.retrieved),
                "form": one.form,
                "note": one.note,
                "title": one.title,
                "gone": [words for mark, words in gone_and_new if mark == "-"],
                "new": [words for mark, words in gone_and_new if mark == "+"],
                "sha256": one.sha256,
            }
        )
    return Rows(("version", "said", "fetched", "gone (-) and new (+)"), brief, full)


def changes(before: Report, after: Report) -> Iterator[tuple[str, str]]:
    """Yield what a version no longer says ("-") and what it says anew ("+"), in order, its title first."""
    old, new = ([report.title, *_pieces(report.text)] for report in (before, after))
    first = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    if first is None:
        first = min(len(old), len(new))
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    yield from _compared(old[first : len(old) - last], new[first : len(new) - last])


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    if max(len(old), len(new)) > _MOST:  # texts with nothing in common take long to compare, and tell nothing
        yield from (("-", words) for words in old)
        yield from (("+", words) for words in new)
        return
    for _, from_old, to_old, from_new, to_new in _steps(old, new):
        yield from (("-", words) for words in old[from_old:to_old])
        yield from (("+", words) for words in new[from_new:to_new])


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    return (step for step in SequenceMatcher(None, old, new).get_opcodes() if step[0] != "equal")


def _pieces(text: str) -> list[str]:
    return [piece for piece in map(str.strip, _CUT.split(text)) if piece]
