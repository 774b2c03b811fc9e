"""From a report to its claims: the one door of this room. A pure function of report, theatre and gazetteer."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from marsad._version import __version__
from marsad.errors import MarsadError
from marsad.intake import dateline
from marsad.reading._guide import Guide
from marsad.reading._identity import once
from marsad.reading._language import parts
from marsad.reading.claims import ReportReader
from marsad.reading.coded import coded_forms, read_coded
from marsad.reading.learned import NETWORK, Inputs, Network, Trace, answers, made
from marsad.reading.parsing import MissingEngineError, based, load_parser
from marsad.reading.sentences import cut
from marsad.records import PROSE, WITHDRAWN
from marsad.vocabulary import load_demonyms, load_languages, load_outlets
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from marsad.gazetteer import Gazetteer
    from marsad.reading._language import Part
    from marsad.reading.sentences import Sentence
    from marsad.reading.toponyms import Toponym
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

RULES = f"marsad-rules {__version__}"
EXTRACTOR = f"{RULES} + network {made(NETWORK)['digest']}"
"""Name and version of the rules with the network that comes with Marsad."""
MODEL = load_languages()["en"].model
_REPORTS_AT_ONCE = 16
# What refers back is looked for so many sentences back at most, so that time and memory grow no faster than the text.
_LONGEST_WALK = 250


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that was kept but not read, or a part of one, and why; `again` where a later try may read it."""

    report: str
    reason: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """What is read of a report in one go: sentences of one of its languages, not too many."""

    language: str
    sentences: tuple[Sentence, ...]


@dataclass
class Reader:
    """Reads reports into claims; loads its parsers and its network once, when the first report needs them.

    `network` is the folder of a trained network, None to read by the rules alone.
    """

    gazetteer: Gazetteer
    theatre: Theatre | None = None
    network: Path | None = NETWORK
    _theatres: dict[str, Theatre] = field(default_factory=dict, init=False, repr=False)

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
        waiting = iter(reports)
        while batch := list(itertools.islice(waiting, _REPORTS_AT_ONCE)):
            read = [(report, _cuts(report)) for report in batch]
            trees = self._parsed((report, one) for report, cuts in read if isinstance(cuts, tuple) for one in cuts)
            for report, cuts in read:
                if isinstance(cuts, Unread):
                    yield report, cuts
                elif report.form != PROSE:
                    yield report, self._coded(report)
                else:
                    yield report, self._claims(report, ((one, trees(one)) for one in cuts))

    def _parsed(self, cuts: Iterable[tuple[Report, Cut]]) -> Callable[[Cut], tuple[Doc, ...]]:
        """Parse the sentences of reports, those of a language together, and return what gives the trees of each cut."""
        texts: dict[str, list[str]] = {}
        for report, one in cuts:
            texts.setdefault(one.language, []).extend(report.text[s.start : s.end] for s in one.sentences)
        trees = {code: iter(load_parser(code).pipe(some)) for code, some in texts.items()}
        return lambda one: tuple(itertools.islice(trees[one.language], len(one.sentences)))

    def passed_over(self, report: Report) -> tuple[Unread, ...]:
        """Return why parts of a report that is read are not: paragraphs in other languages, each language once."""
        found = parts(report) if report.form == PROSE else ()
        refused = [_refusal(report, one) for one in found]
        if all(refused):
            return ()
        reasons = dict.fromkeys(one.reason for one in refused if one is not None)
        return tuple(Unread(report.id, f"in part, {reason}") for reason in reasons)

    def _coded(self, report: Report) -> tuple[Claim, ...] | Unread:
        """Return the claims of a report that is not written in sentences; one that is taken back says nothing."""
        if report.form == WITHDRAWN:
            return ()
        found = read_coded(report, self.theatre, self.gazetteer, self.extractor)
        return Unread(report.id, found) if isinstance(found, str) else found

    def _claims(self, report: Report, cuts: Iterable[tuple[Cut, Sequence[Doc]]]) -> tuple[Claim, ...]:
        """Return the claims of a report, in order of text; several cuts are read one after the other."""
        found = [self._of_language(report, one, docs) for one, docs in cuts]
        if len(found) == 1:
            return found[0]
        return once(sorted(itertools.chain.from_iterable(found), key=lambda claim: claim.anchor.start))

    def _of_language(self, report: Report, one: Cut, docs: Sequence[Doc]) -> tuple[Claim, ...]:
        guided = self._network is not None and load_languages()[one.language].learned
        trace = Trace(report) if guided else None
        walk = self._walk(report, one.language, trace)
        claims = walk.claims(one.sentences, docs)
        if self._network is None or trace is None:
            return claims
        inputs = Inputs(trace, report.published.date() if report.published else None)
        known = self.theatre.actors.keys() if self.theatre is not None else frozenset[str]()
        return walk.guided(Guide(inputs, answers(self._network, inputs), known))

    def places(self, report: Report) -> tuple[Toponym, ...] | Unread:
        """Return the names of places in one report, in order of text, or why it was not read."""
        if report.form != PROSE:
            return Unread(report.id, "it is not written in sentences")
        cuts = _cuts(report)
        if isinstance(cuts, Unread):
            return cuts
        trees = self._parsed((report, one) for one in cuts)
        found = [self._walk(report, one.language, None).toponyms(one.sentences, trees(one)) for one in cuts]
        return tuple(sorted(itertools.chain.from_iterable(found), key=lambda toponym: toponym.start))

    def traced(self, report: Report) -> tuple[Trace, tuple[Doc, ...]]:
        """Return what the rules see and decide in a report, and its parsed sentences: what training begins with.

        Raises MarsadError where the report is not read.
        """
        cuts = _cuts(report)
        if isinstance(cuts, Unread):
            raise MarsadError(f"{report.id}: {cuts.reason}")
        docs = self._parsed([(report, cuts[0])])(cuts[0])
        trace = Trace(report)
        self._walk(report, cuts[0].language, trace).claims(cuts[0].sentences, docs)
        return trace, docs

    def _theatre(self, code: str) -> Theatre | None:
        """Return the theatre as a language writes its names."""
        if self.theatre is None or not load_languages()[code].inflects:
            return self.theatre
        return self._theatres.setdefault(code, self.theatre.in_forms(based(load_parser(code))))

    def _walk(self, report: Report, code: str, trace: Trace | None) -> ReportReader:
        return ReportReader(
            report=report,
            theatre=self._theatre(code),
            gazetteer=self.gazetteer,
            language=load_language(code),
            demonyms=load_demonyms(code),
            outlets=load_outlets(),
            extractor=self.extractor,
            trace=trace,
            base=load_parser(code).base if load_languages()[code].inflects else None,
        )


def _refusal(report: Report, part: Part) -> Unread | None:
    """Return why a part of a report is not read, None where it is: no such language, or its engine is missing."""
    if part.unread is not None:
        return Unread(report.id, part.unread)
    try:
        load_parser(part.language)
    except MissingEngineError as error:
        return Unread(report.id, str(error), again=True)
    return None


def _cuts(report: Report) -> tuple[Cut, ...] | Unread:
    """Return the sentences of a report by language, or why nothing of it can be read; coded data has no sentences.

    The dateline belongs to no sentence.
    """
    if report.form != PROSE:
        known = report.form in {WITHDRAWN, *coded_forms()}
        return () if known else Unread(report.id, f"form {report.form!a} is not known")
    found = [(one, _refusal(report, one)) for one in parts(report)]
    refused = [refusal for _, refusal in found if refusal is not None]
    if len(refused) == len(found):
        return next((one for one in refused if one.again), refused[0])
    line = dateline(report.text)
    opening = line.end if line is not None and line.start < line.end else 0
    sentences: dict[str, list[Sentence]] = {}
    paragraph = 0
    for one, refusal in found:
        if refusal is None:
            abbreviations = load_language(one.language).abbreviations
            some = list(cut(report.text, abbreviations, max(one.start, opening), one.end, paragraph))
            sentences.setdefault(one.language, []).extend(some)
            paragraph = some[-1].paragraph + 1 if some else paragraph
    return tuple(Cut(code, stretch) for code, some in sentences.items() for stretch in _stretches(some))


def _stretches(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Yield the sentences of a long report in stretches that end with a paragraph where one ends in time."""
    start = 0
    while len(sentences) - start > _LONGEST_WALK:
        ends = range(start + _LONGEST_WALK, start, -1)
        end = next((i for i in ends if sentences[i].paragraph != sentences[i - 1].paragraph), start + _LONGEST_WALK)
        yield tuple(sentences[start:end])
        start = end
    yield tuple(sentences[start:])
