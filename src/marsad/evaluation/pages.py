"""Saved pages: what was taken out of each, against what a person took for its reports.

Words and paragraphs are compared as multisets, letters and digits alone, in any case, pooled over a page. A page of
several reports, such as a live blog, is scored by entries: a report is an entry found where most words are those of
one gold entry, each used once, and its time is right. The fields of a report are asked of pages that hold one report,
words of all pages that hold some, and of pages that hold none only whether one was made up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from marsad.evaluation.floors import corpus_digest
from marsad.evaluation.gold_pages import GOLD_PAGES, read_gold_pages
from marsad.evaluation.scoring import Measure
from marsad.intake import Skipped, read_inputs
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from marsad.evaluation.gold_pages import GoldPage, GoldReport
    from marsad.records import Report


_T = TypeVar("_T")
_WORD = re.compile(r"\w+")
_BLANK_LINES = re.compile(r"\n\s*\n")
_SAME_ENTRY = 0.5  # the least F1 of words by which a report is taken for a gold one


@dataclass(frozen=True, slots=True)
class PageFault:
    """One thing that was got wrong on one page; F1 of words counts as wrong below 0.9."""

    file: str
    what: str
    gold: object
    found: object


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right of how many that were asked for."""

    right: int
    asked: int

    @property
    def ratio(self) -> float:
        """Right ones as a part of those asked for, in 0..1; 0 where none was."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScores:
    """All measures of one reading of saved pages.

    `mean_words` is the mean over pages of the F1 of words. `fields` has a share for each field of a report: `day` is
    the day of publication, `instant` its minute where the gold has one. `empty` is the share of pages without a report
    from which none was taken.
    """

    pages: int
    words: Measure
    mean_words: float
    paragraphs: Measure
    entries: Measure
    fields: Mapping[str, Share]
    empty: Share
    faults: tuple[PageFault, ...]

    @property
    def pinned(self) -> Mapping[str, float]:
        """The measures that floors hold, by name."""
        return {
            "words": self.words.f1,
            "words, mean of pages": self.mean_words,
            "paragraphs": self.paragraphs.f1,
            "entries": self.entries.f1,
            "no report": self.empty.ratio,
            **{name: share.ratio for name, share in self.fields.items()},
        }

    def to_json(self) -> dict[str, Any]:
        """Return all but the single faults as JSON-safe values, ratios with three decimals."""
        wholes = {"words": self.words, "paragraphs": self.paragraphs, "entries": self.entries}
        shares = {**self.fields, "no report": self.empty}
        return {
            "pages": self.pages,
            "mean_words": round(self.mean_words, 3),
            **{name: measure.to_json() for name, measure in wholes.items()},
            "shares": {
                name: {"share": round(share.ratio, 3), "right": share.right, "asked": share.asked}
                for name, share in shares.items()
            },
        }


@dataclass(frozen=True, slots=True)
class SavedPages:
    """A folder of saved pages and what a person read off them."""

    folder: Path
    pages: tuple[GoldPage, ...]

    @classmethod
    def open(cls, folder: Path) -> SavedPages:
        """Read pages.jsonl of a folder; raise InputError where it is missing or wrong, or a page of it is not there."""
        return cls(folder, read_gold_pages(folder))

    @property
    def digest(self) -> str:
        """The SHA-256 over the pages and their gold."""
        return corpus_digest([self.folder / GOLD_PAGES, *(self.folder / page.file for page in self.pages)])

    def read(self) -> dict[str, tuple[Report, ...]]:
        """Return what the intake takes from each page, by file, as if it were read at the moment it was saved."""
        return {
            page.file: tuple(
                item.report
                for item in read_inputs([self.folder / page.file], retrieved=page.retrieved)
                if not isinstance(item, Skipped)
            )
            for page in self.pages
        }

    def score(self, found: Mapping[str, Sequence[Report]]) -> PageScores:
        """Score the reports taken from each page; a page that is not among them gave none."""
        tally = _Tally()
        for page in self.pages:
            tally.page(page, found.get(page.file, ()))
        return tally.scores()


def score_pages(folder: Path) -> PageScores:
    """Read the saved pages of a folder and score what was taken; raise InputError as `SavedPages.open` does."""
    pages = SavedPages.open(folder)
    return pages.score(pages.read())


@dataclass
class _Tally:
    """The running counts, one page at a time."""

    pages: int = 0
    words: Counter[str] = field(default_factory=Counter)
    paragraphs: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    ratios: list[float] = field(default_factory=list)
    faults: list[PageFault] = field(default_factory=list)

    def page(self, page: GoldPage, found: Sequence[Report]) -> None:
        """Count one page."""
        self.pages += 1
        if not page.reports:
            self._ask(page.file, "no report", not found, None, found[0].title if found else None)
            return
        self._text(page, found)
        if len(page.reports) > 1:
            self._entries(page, found)
        else:
            self._fields(page.file, page.reports[0], found)

    def _text(self, page: GoldPage, found: Sequence[Report]) -> None:
        gold, ours = ([one.text for one in side] for side in (page.reports, found))
        words = _overlap(_words(gold), _words(ours))
        _add(self.words, words)
        _add(self.paragraphs, _overlap(_paragraphs(gold), _paragraphs(ours)))
        self.ratios.append(words.f1)
        if words.f1 < 0.9:
            self.faults.append(PageFault(page.file, "words", words.gold, f"{words.predicted}, F1 {words.f1:.3f}"))

    def _entries(self, page: GoldPage, found: Sequence[Report]) -> None:
        pairs = dict(_pairs(page.reports, found))
        hits = 0
        for number, gold in enumerate(page.reports):
            match = found[pairs[number]] if number in pairs else None
            if match and (_same_time(gold.published, match.published, match.published_precision)):
                hits += 1
            else:
                when = _iso(match.published) if match else "nothing"
                self.faults.append(PageFault(page.file, f"entry {number + 1}", _iso(gold.published), when))
        _add(self.entries, Measure(hits, len(page.reports), len(found)))

    def _fields(self, file: str, gold: GoldReport, found: Sequence[Report]) -> None:
        pairs = dict(_pairs([gold], found, least=0.0))
        match = found[pairs[0]] if pairs else None
        for what, wanted in _asked(gold, match).items():
            right = match is not None and _AGREE[what](gold, match)
            self._ask(file, what, right, wanted, _shown(match, what) if match else "no report")

    def _ask(self, file: str, what: str, right: bool, gold: object, found: object) -> None:
        self.asked[what] += 1
        self.right[what] += right
        if not right:
            self.faults.append(PageFault(file, what, gold, found))

    def scores(self) -> PageScores:
        """Return the sum of what was counted."""
        return PageScores(
            pages=self.pages,
            words=_measure(self.words),
            mean_words=sum(self.ratios) / len(self.ratios) if self.ratios else 0.0,
            paragraphs=_measure(self.paragraphs),
            entries=_measure(self.entries),
            fields={name: Share(self.right[name], self.asked[name]) for name in _AGREE},
            empty=Share(self.right["no report"], self.asked["no report"]),
            faults=tuple(self.faults),
        )


def _asked(gold: GoldReport, found: Report | None) -> dict[str, object]:
    """Return the fields that are asked for, and what the gold says.

    Most stories were never changed and many name no author: of these it is asked only where one side tells something.
    """
    wanted = {
        "day": _iso(gold.published),
        "instant": _iso(gold.published) if isinstance(gold.published, datetime) else None,
        "updated": _iso(gold.updated),
        **{name: getattr(gold, name) or None for name in ("title", "authors", "publisher", "language")},
    }
    always = {"day"} | {name for name in ("updated", "authors") if found and getattr(found, name)}
    return {name: value for name, value in wanted.items() if value is not None or name in always}


def _shown(report: Report, what: str) -> object:
    if what in {"day", "instant"}:
        return _iso(report.published)
    return _iso(report.updated) if what == "updated" else getattr(report, what)


def _pairs(
    gold: Sequence[GoldReport], found: Sequence[Report], least: float = _SAME_ENTRY
) -> Iterator[tuple[int, int]]:
    """Yield which report stands for which gold one, each used once, those with most words in common first."""
    ours, theirs = ([_words([one.text]) for one in side] for side in (gold, found))
    likeness = sorted(
        ((_overlap(one, other).f1, -i, -j) for i, one in enumerate(ours) for j, other in enumerate(theirs)),
        reverse=True,
    )
    left, spare = set(range(len(gold))), set(range(len(found)))
    for ratio, i, j in likeness:
        if ratio >= least and -i in left and -j in spare:
            left.remove(-i)
            spare.remove(-j)
            yield -i, -j


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text.casefold()))


def _paragraphs(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    parts = (tuple(_WORD.findall(part.casefold())) for text in texts for part in _BLANK_LINES.split(text))
    return Counter(part for part in parts if part)


def _overlap(gold: Counter[_T], found: Counter[_T]) -> Measure:
    return Measure((gold & found).total(), gold.total(), found.total())


def _add(counts: Counter[str], measure: Measure) -> None:
    counts.update(hits=measure.hits, gold=measure.gold, predicted=measure.predicted)


def _measure(counts: Counter[str]) -> Measure:
    return Measure(counts["hits"], counts["gold"], counts["predicted"])


def _same_day(gold: datetime | date | None, found: datetime | None) -> bool:
    """Tell whether two are one day in the gold's own zone; what has no time stands at noon, UTC, of its day."""
    if gold is None or found is None:
        return gold is found
    if isinstance(gold, datetime):
        return gold.date() in {found.date(), found.astimezone(gold.tzinfo).date()}
    return gold == found.date()


def _same_time(
    gold: datetime | date | None, found: datetime | None, precision: DatePrecision = DatePrecision.PART_OF_DAY
) -> bool:
    """Tell whether two are one minute, or one day where the gold has no time."""
    if not isinstance(gold, datetime) or found is None:
        return _same_day(gold, found)
    return precision is not DatePrecision.DAY and abs((gold - found).total_seconds()) < 60


def _same_name(gold: str, found: str | None) -> bool:
    """Tell whether all words of one name are in the other: "Pelham" and "Pelham News Agency" are one outlet."""
    one, other = set(_words([gold])), set(_words([found or ""]))
    return bool(other) and (one <= other or other <= one)


def _same_names(gold: Iterable[str], found: Iterable[str]) -> bool:
    one, other = ({_folded(name).casefold() for name in names} for names in (gold, found))
    return one == other


def _folded(words: str) -> str:
    return " ".join(words.split())


def _tongue(language: str | None) -> str:
    """Return the language of a tag such as "en-GB", without its region."""
    return re.split("[-_]", language or "")[0].lower()


def _iso(when: datetime | date | None) -> str | None:
    return when.isoformat() if when else None


_AGREE: Mapping[str, Callable[[GoldReport, Report], bool]] = MappingProxyType(
    {
        "day": lambda gold, found: _same_day(gold.published, found.published),
        "instant": lambda gold, found: _same_time(gold.published, found.published, found.published_precision),
        "updated": lambda gold, found: _same_time(gold.updated, found.updated),
        "title": lambda gold, found: _folded(gold.title or "") == _folded(found.title),
        "authors": lambda gold, found: _same_names(gold.authors, found.authors),
        "publisher": lambda gold, found: _same_name(gold.publisher or "", found.publisher),
        "language": lambda gold, found: _tongue(gold.language) == _tongue(found.language),
    }
)
"""What is asked of the report of a page that holds one, and when it is right."""
