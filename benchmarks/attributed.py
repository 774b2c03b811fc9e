"""Annotated claims as the comparison with peers takes them: where they stand, who said them, in which form."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from marsad.intake import Taken, read_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language as Parser

    from marsad.records import Report

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
