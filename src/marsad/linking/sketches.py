"""What reports are compared by, and the marks by which those worth comparing are found."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.records import PROSE, WITHDRAWN
from marsad.theatre import fold
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from marsad.records import Report

_SHINGLE = 5
_BANDS, _ROWS = (
    32,
    4,
)  # a Jaccard similarity of 0.5 is noticed in 87 of 100 cases, of 0.6 in 99, and then compared exactly
_NEAR_DUPLICATE = 0.5  # Jaccard similarity of five-word shingles
_REWRITE_WORDS = 0.55  # share of the shorter text's long words that the other text has as well
_REWRITE_NAMES = 0.5  # the same for names and numbers
_REWRITE_DAYS = 3
_FORWARD_DAYS = 1  # a channel can post the same few words again on another day
_LONG_WORD = 4
_TOO_SHORT = 15  # long words; below this two texts can share their words by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a report is compared by.

    Two reports are worth comparing where one `seeks` a mark that the other bears; marks are signed 64-bit numbers.
    `wording` are those that texts of about the same words share. What is not written in sentences has none: rows of one
    table look alike and are no copies of each other.
    """

    id: str
    published: datetime | None
    agency: bool
    credits: frozenset[str]
    copy_of: str | None
    version_of: str | None
    narrator: str | None
    forwarded_from: str | None
    shingles: frozenset[str]
    wording: frozenset[int]
    words: frozenset[str]
    names: frozenset[str]
    quotations: frozenset[str]

    @property
    def marks(self) -> frozenset[int]:
        """What the report is found by: its wording, the agencies that it credits on its day, what it declares to be."""
        marks = {_mark("is", self.id), *self.wording}
        if self.published:
            marks |= {_mark("credits", agency, self.published.date().toordinal()) for agency in self.credits}
        marks |= {_mark("copies", declared) for declared in self._declared}
        return frozenset(marks)

    @property
    def seeks(self) -> frozenset[int]:
        """The marks of reports that may share its origin."""
        seeks = {_mark("copies", self.id), *self.wording}
        if self.published:
            day = self.published.date().toordinal()
            near = range(day - _REWRITE_DAYS, day + _REWRITE_DAYS + 1)
            seeks |= {_mark("credits", agency, other) for agency in self.credits for other in near}
        for declared in self._declared:
            seeks |= {_mark("is", declared), _mark("copies", declared)}
        return frozenset(seeks)

    @property
    def _declared(self) -> tuple[str, ...]:
        return tuple(name for name in (self.copy_of, self.version_of) if name)


def sketch(report: Report) -> Sketch:
    """Return what a report is compared by."""
    written = report.form in {PROSE, WITHDRAWN}
    text = f"{report.title}\n{report.text}" if written else ""
    words = re.findall(r"\w+", text.casefold())
    shingles = frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))
    return Sketch(
        id=report.id,
        published=report.published,
        agency=report.kind in (kinds := load_outlets()) and kinds[report.kind].agency and not report.forwarded,
        credits=frozenset(map(fold, report.agencies)),
        copy_of=report.copy_of,
        version_of=report.version_of,
        narrator=fold(report.narrator) if report.narrator else None,
        forwarded_from=report.forwarded_from if report.forwarded else None,
        shingles=shingles,
        wording=frozenset(_wording(shingles)) if written else frozenset(),
        words=frozenset(word for word in words if len(word) >= _LONG_WORD),
        names=frozenset(re.findall(r"\b(?:\d[\d,.]*|[^\W\d_a-z]\w{3,})\b", text)),
        quotations=frozenset(quote.casefold() for quote in re.findall(r"[\"“]([^\"“”\n]{8,})[\"”]", text)),
    )


def shared_origin(one: Sketch, other: Sketch) -> tuple[str, ...]:
    """Say why two reports share an origin; empty where they do not."""
    if (one.version_of or one.id) == (other.version_of or other.id):
        return ("versions of one report",)
    if one.copy_of == other.id or other.copy_of == one.id:
        return ("declared a copy",)
    if one.copy_of and one.copy_of == other.copy_of:
        return (f"both declared copies of {one.copy_of}",)
    wording = len(one.shingles & other.shingles) / len(one.shingles | other.shingles)
    forwarded = _forwarded(one, other)
    if wording >= _NEAR_DUPLICATE and min(len(one.words), len(other.words)) >= _TOO_SHORT:
        return (*forwarded, f"{wording:.0%} of the wording is the same")
    if forwarded and wording == 1 and _within(one, other, _FORWARD_DAYS):
        return forwarded
    common = sorted(one.credits & other.credits)
    if not common or not (one.agency or other.agency) or not _within(one, other, _REWRITE_DAYS):
        return ()
    words, names = _shared(one.words, other.words, _TOO_SHORT), _shared(one.names, other.names, 1)
    if words < _REWRITE_WORDS or names < _REWRITE_NAMES:
        return ()
    reasons = [
        f"both credit {', '.join(common)}",
        f"{words:.0%} of the words and {names:.0%} of the names are the same",
    ]
    if quotations := len(one.quotations & other.quotations):
        reasons.append(f"{quotations} quotations are the same")
    return tuple(reasons)


def _forwarded(one: Sketch, other: Sketch) -> tuple[str, ...]:
    """Say that one passes on a post of the channel that tells the other as well; empty where it does not."""
    name = one.forwarded_from or other.forwarded_from
    return (f"forwarded from {name}",) if name and one.narrator == other.narrator else ()


def _within(one: Sketch, other: Sketch, days: int) -> bool:
    """Tell whether two reports are known to be published within some days of each other."""
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) <= timedelta(days=days)


def _shared(one: frozenset[str], other: frozenset[str], least: int) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= least else 0.0


def _wording(shingles: frozenset[str]) -> Iterator[int]:
    """Yield one mark for each band of the shingles' MinHash; texts of one wording share some."""
    from datasketch import MinHash  # noqa: PLC0415 - loads scipy, which commands that link nothing need not pay

    minhash = MinHash(num_perm=_BANDS * _ROWS, seed=1)
    minhash.update_batch([shingle.encode() for shingle in shingles])
    for band in range(_BANDS):
        yield _mark("words", band, *minhash.hashvalues[band * _ROWS : (band + 1) * _ROWS])


def _mark(*parts: object) -> int:
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
