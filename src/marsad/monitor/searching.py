"""What a search does: words to reports, to the places in their texts, and to the claims that stand there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from marsad.intake import in_words
from marsad.judging import judged
from marsad.monitor.words import places_of, terms_of, words_of
from marsad.outputs import passage_of
from marsad.records import Hit, Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from marsad.monitor.words import Term
    from marsad.outputs import Picture
    from marsad.records import Claim, Report
    from marsad.releasing import Gate
    from marsad.store import Store

_AROUND = 100  # characters of the text on either side of the first place where a word stands
_WORD = 30  # characters within which an excerpt is made to begin and end between words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is searched for: words, a period of publication, and, where not None, claims that `fits` picks out."""

    words: str
    since: datetime | None
    until: datetime | None
    fits: Callable[[Report, Claim], bool] | None


class Searching(ABC):
    """Reports found by their words; a part of `Monitor`."""

    _store: Store
    _gate: Gate

    @abstractmethod
    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant."""

    @abstractmethod
    def _same(self, name: str | None, wanted: str) -> bool: ...

    @abstractmethod
    def _fits(self, claim: Claim, place: str | None, source: str | None, event: str | None) -> bool: ...

    def search(
        self,
        words: str,
        *,
        place: str | None = None,
        source: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        event: str | None = None,
        grade: str | None = None,
        as_of: datetime | None = None,
        limit: int = 50,
    ) -> tuple[Hit, ...]:
        """Return the reports in which all the words stand, the newest first, at most `limit` of them.

        Words are compared as names are, in any script; those in quotation marks must follow each other; without a word
        all reports are meant. `since` and `until` are instants of publication. With `place`, `source` (of a claim, or
        the publisher), `event` or the `grade` of a verdict, a word must stand in the sentences of such a claim, as
        people left it. Reports that are not indexed yet are indexed first.
        """
        index(self._store)
        ends = [end for end in (until, as_of) if end is not None]
        verdicts = grades_of(self.picture(as_of)) if grade is not None else {}

        def fits(report: Report, claim: Claim) -> bool:
            by = source is None or self._same(report.publisher, source)
            return self._fits(claim, place, None if by else source, event) and (
                grade is None or verdicts.get(claim.id) == grade
            )

        chosen = any(one is not None for one in (place, source, event, grade))
        wanted = Wanted(words=words, since=since, until=min(ends, default=None), fits=fits if chosen else None)
        with self._store.snapshot():
            return tuple(islice(search(self._store, wanted, self._gate), limit))


def index(store: Store, reports: Collection[str] | None = None) -> None:
    """Let these reports of a store, or all, be found by the words of their titles and texts."""
    store.index(
        lambda report: {word.key for part in (report.title, in_words(report)) for word in words_of(part)}, reports
    )


def search(store: Store, wanted: Wanted, gate: Gate) -> Iterator[Hit]:
    """Yield the reports with all the words, the newest first and the undated last; without a word all reports.

    Words are looked for in what may leave: those that are masked are nowhere.
    """
    terms, rulings = terms_of(wanted.words), store.judgements()
    if wanted.words.strip() and not terms:
        return
    keys = {key for term in terms for key in term}
    for name in store.having(keys, since=wanted.since, until=wanted.until):
        report = store.report(name)
        if report is None:
            continue
        report, claims = gate.told(report, judged(store.claims(report=name), rulings).claims)
        if (hit := _hit(report, claims, terms, wanted)) is not None:
            yield hit


def grades_of(picture: Picture) -> dict[str, str]:
    """Return the grade of the proposition that each claim of a picture is of, where it is of one."""
    return {
        member.claim: picture.assessments[one.id].grade
        for one in picture.linked.propositions
        if one.id in picture.assessments
        for member in one.members
    }


def _hit(report: Report, told: Sequence[Claim], terms: Sequence[Term], wanted: Wanted) -> Hit | None:
    title, text = words_of(report.title), words_of(in_words(report))
    found: list[tuple[int, int]] = []
    for term in terms:
        places = places_of(term, text)
        if not places and not places_of(term, title):
            return None
        found += places
    spans = sorted(set(found))
    claims = tuple(
        claim
        for claim in told
        if (not spans or _stands_in(claim, report, spans)) and (wanted.fits is None or wanted.fits(report, claim))
    )
    if wanted.fits is not None and not claims:
        return None
    return Hit(
        report=report,
        passages=tuple(Passage(report=report.id, start=start, end=end) for start, end in spans),
        excerpt=_excerpt(report, *(spans[0] if spans else (0, 0))),
        claims=claims,
    )


def _stands_in(claim: Claim, report: Report, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether one of the places lies in the sentences of a claim."""
    told = passage_of(claim, report)
    return any(start < told.end and end > told.start for start, end in spans)


def _excerpt(report: Report, start: int, end: int) -> Passage:
    """Return the text around a place, from a word's beginning to a word's end where one is near."""
    text = report.text
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first and (gap := text.find(" ", first, min(start, first + _WORD))) >= 0:
        first = gap + 1
    if last < len(text) and (gap := text.rfind(" ", max(end, last - _WORD), last)) >= 0:
        last = gap
    return Passage(report=report.id, start=first, end=last)
