"""How Marsad reads sentences that other people annotated, set by set; the sets are never part of the project.

Usage: python benchmarks/outside.py [FOLDER] [--others N] [--errors N]     FOLDER: ../shared/data

A set that is not there is skipped, and so is a file that turns out to be no gold. Nobody's sentences are of a theatre,
so the reader has none; every sentence is a report of its own, without title, publisher or date. Each function says
where its protocol comes from. `--others` bounds the annotated verbs outside `event_location`'s gold, chosen by a fixed
seed; `--errors` prints so many sentences of each kind of error, to be looked at and not to be kept.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import tomllib
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokens import Doc

from marsad.gazetteer import Gazetteer
from marsad.reading import Reader, Unread
from marsad.reading.factuality import certainty, negated, refuted
from marsad.reading.reader import MODEL
from marsad.records import Certainty, Claim, Counts, Polarity, Report
from marsad.vocabulary import load_events
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.vocab import Vocab

SEED = 7
PLOVER = Path(__file__).with_name("plover.toml")


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the reader on outside annotated sets.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--others", type=int, default=1500, help="verbs outside event_location's gold")
    parser.add_argument("--errors", type=int, default=0, help="sentences to print of each kind of error")
    asked = parser.parse_args()
    sets = {
        "plover_gsr/PLOVER_GSR_CAMEO.json": plover,
        "factuality_meantime": meantime,
        "event_location/labeled_text.jsonl.zip": event_location,
    }
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        reader = Reader(gazetteer)
        for name, score in sets.items():
            if (asked.folder / name).exists():
                score(asked.folder / name, reader, asked)
            else:
                print(f"{asked.folder / name}: not there, skipped\n")


def read(reader: Reader, texts: Iterable[str]) -> list[tuple[Claim, ...]]:
    """Return the claims of each text, none where it was not read."""
    plain: dict[str, Any] = {"publisher": None, "kind": "unknown", "title": "", "language": "en"}
    digests = ((text, hashlib.sha256(text.encode()).hexdigest()) for text in texts)
    reports = [Report(id=f"outside-{n}", text=text, sha256=sha, **plain) for n, (text, sha) in enumerate(digests)]
    return [() if isinstance(claims, Unread) else claims for _, claims in reader.read_many(reports)]


def carries(claim: Claim, start: int, word: str) -> bool:
    """Tell whether a claim's anchor shares a character with the word at `start`."""
    return claim.anchor.start < start + len(word) and start < claim.anchor.end


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their heads, the first column to the left and numbers to the right."""
    lines = [[str(cell) for cell in (*row, *[""] * (len(head) - len(row)))] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, rest = line[0].ljust(widths[0]), zip(line[1:], widths[1:], strict=True)
        print("  ".join([first, *(cell.rjust(width) for cell, width in rest)]).rstrip())
    print()


def show(kind: str, lines: Sequence[str], most: int) -> None:
    """Print a sample of the errors of one kind, the same each time."""
    if most and lines:
        print(f"-- {kind}: {len(lines)}")
        print(*(f"   {line}" for line in random.Random(SEED).sample(lines, min(most, len(lines)))), "", sep="\n")


# ---- PLOVER's gold records: event categories ----------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """A gold record: its sentence, its category, and (start of the anchor, category) of all that was read from it."""

    text: str
    gold: str
    by_type: frozenset[tuple[int, str]]
    by_mood: frozenset[tuple[int, str]]
    told: str


def plover(path: Path, reader: Reader, asked: argparse.Namespace) -> None:
    """Score event categories on PLOVER's 322 gold records.

    A record counts as found where its category is among those read from its sentence. Precision is of codings: an
    anchor with a category is one, however many sources, agents or places its claims have. Both as measured for the
    peers; PLOVER_GSR_CAMEO_readme of github openeventdata/PLOVER documents the records. By type: whatever is read,
    denied and planned too. By mood as well: what is denied or conditional gives nothing (the manual: "Negated events
    can be excluded"), what is planned another category (plover.toml).
    """
    data = tomllib.loads(PLOVER.read_text("utf-8"))
    types = {name: data["types"].get(name, one.plover.split("/")[0]) for name, one in load_events().items()}
    records = [one for one in json.loads(path.read_text("utf-8")) if one.get("text")]
    claims = read(reader, (one["text"] for one in records))
    coded = [
        _record(one["text"], data["renamed"].get(one["event"], one["event"]), some, types, data["planned"])
        for one, some in zip(records, claims, strict=True)
    ]
    reached = set(types.values()) - {""}
    within = [one for one in coded if one.gold in reached]
    commonest, times = Counter(one.gold for one in coded).most_common(1)[0]
    rows: list[list[object]] = [
        ["by type", *_found(coded, [one.by_type for one in coded])],
        ["by type and mood", *_found(coded, [one.by_mood for one in coded])],
        ["by type, where one can be right", *_found(within, [one.by_type for one in within])],
        [f"always {commonest}", len(coded), *[share(times, len(coded))] * 2, len(coded), 0],
        *([f"peer: {name}", "", peer["recall"], peer["precision"]] for name, peer in data["peers"].items()),
    ]
    print("plover_gsr")
    table(["", "records", "recall", "precision", "codings", "records without"], rows)
    _by_category(coded, reached)
    empty_handed = [one for one in coded if one.gold not in {category for _, category in one.by_type}]
    missed = [f"{one.gold} | {one.told} | {one.text}" for one in empty_handed if one.gold in reached]
    show("missed, of a category with a type", missed, asked.errors)
    show(
        "only wrong codings",
        [f"{one.gold} | {one.told} | {one.text}" for one in empty_handed if one.by_type],
        asked.errors,
    )


def _record(text: str, gold: str, claims: Sequence[Claim], types: dict[str, str], planned: dict[str, str]) -> Record:
    by_type, by_mood, told = set(), set(), set()
    for claim in claims:
        category, start = types[claim.event], claim.anchor.start
        told.add(f"{claim.event} '{text[start : claim.anchor.end]}' {claim.polarity} {claim.certainty}")
        by_type.add((start, category))
        if claim.polarity is Polarity.AFFIRMED and claim.certainty is not Certainty.CONDITIONAL:
            by_mood.add((start, planned.get(category, "") if claim.certainty is Certainty.PLANNED else category))
    kept = [frozenset(one for one in some if one[1]) for some in (by_type, by_mood)]
    return Record(text, gold, kept[0], kept[1], "; ".join(sorted(told)) or "nothing")


def _found(records: Sequence[Record], codings: Sequence[frozenset[tuple[int, str]]]) -> list[object]:
    """Return number of records, recall, precision, number of codings, number of records without one."""
    hits = [[category == one.gold for _, category in some] for one, some in zip(records, codings, strict=True)]
    right, given = sum(map(sum, hits)), sum(map(len, hits))
    return [len(records), share(sum(map(any, hits)), len(records)), share(right, given), given, hits.count([])]


def _by_category(records: Sequence[Record], reached: Iterable[str]) -> None:
    """Print recall and precision of each category, by type."""
    gold = Counter(one.gold for one in records)
    given = Counter(category for one in records for _, category in one.by_type)
    right = Counter(category for one in records for _, category in one.by_type if category == one.gold)
    found = Counter(one.gold for one in records if one.gold in {category for _, category in one.by_type})
    names = sorted({*gold, *reached}, key=lambda name: (-given[name], -gold[name]))
    rows = [[one, gold[one], given[one], share(found[one], gold[one]), share(right[one], given[one])] for one in names]
    table(["category", "gold", "codings", "recall", "precision"], rows)


# ---- MEANTIME: factuality -----------------------------------------------------------------------------------------

# The numbers that stand for certainty in the unified corpus (`Meantime.get_translate_dic` in its src/readers.py); 0 is
# what its annotators left underspecified. A negative number is one that is denied.
VALUES = {3.0: "certain", 1.5: "probable", 0.75: "possible", 0.0: "open"}
# Marsad's certainty on that scale. MEANTIME has time apart from certainty, and "will" is CERTAIN there: Marsad's
# `planned`, which is about time, can be taken as certain or as what the corpus calls "Possibility (future)".
SCALE = {"certain": 3.0, "probable": 1.5, "possible": 0.75, "conditional": 0.0}
# Tokens with no space before them.
_TIGHT = frozenset({",", ".", ":", ";", "?", "!", ")", "%", "'s", "'ve", "n't"})


@dataclass(frozen=True)
class Judged:
    """An annotated event word: its sentence, its value by the annotators, and Marsad's polarity and certainty."""

    text: str
    word: str
    gold: float
    denied: bool
    certainty: Certainty

    def value(self, planned: float) -> float:
        """Return Marsad's answer on the scale from -3 to 3, `planned` standing for what is planned."""
        value = SCALE.get(self.certainty, planned)
        return -value if self.denied else value


def meantime(folder: Path, reader: Reader, asked: argparse.Namespace) -> None:
    """Score polarity and certainty on MEANTIME's events in the unified corpus of Stanovsky and others (ACL 2017).

    The words are given, as there: the functions of `factuality` are asked about every annotated word, in a parse of the
    corpus's own tokens; what a source's cue adds ("reportedly") is left out. Then the same for claims that the reader
    finds by itself, cues included. MAE and "always 3" are theirs (src/evaluate.py). A file with DEFAULT for a value is
    a system's output on the set and no gold (data/unified/meantime has that), and is refused.
    """
    for path in sorted(folder.glob("*.conll")):
        sentences = _conll(path)
        if any(value == "DEFAULT" for sentence in sentences for _, value in sentence):
            print(f"factuality_meantime: {path.name} holds a system's output (DEFAULT) and no gold, skipped\n")
            continue
        words = sum(value != "_" for sentence in sentences for _, value in sentence)
        print(f"factuality_meantime: {path.name}, {len(sentences)} sentences, {words} annotated words")
        parser = spacy.load(MODEL)
        docs = list(parser.pipe(_docs(parser.vocab, sentences)))
        judged = [one for doc, sentence in zip(docs, sentences, strict=True) for one in _asked(doc, sentence)]
        _print_factuality(judged)
        found = read(reader, (doc.text for doc in docs))
        read_out = [one for d, s, c in zip(docs, sentences, found, strict=True) for one in _claimed(d, s, c)]
        agree = sum(one.value(3.0) == one.gold for one in read_out)
        print(f"in claims: {len(read_out)} of {len(judged)} words, {agree} right with planned as certain\n")
        wrong = [f"{x.word} {x.gold} | {x.denied} {x.certainty} | {x.text}" for x in judged if x.value(3.0) != x.gold]
        show("wrong with planned as certain", wrong, asked.errors)


def _conll(path: Path) -> list[list[tuple[str, str]]]:
    """Return the sentences of a file as (word, value), the value as it is written."""
    blocks = path.read_text("utf-8").strip().split("\n\n")
    return [[(row[1], row[2]) for line in block.splitlines() if (row := line.split("\t"))] for block in blocks]


def _docs(vocabulary: Vocab, sentences: Iterable[Sequence[tuple[str, str]]]) -> Iterable[Doc]:
    """Yield sentences of their own tokens, spaced as people write, ready to be parsed."""
    for sentence in sentences:
        words = ['"' if word in {"``", "''"} else word for word, _ in sentence]
        spaces = [word != "(" and after not in _TIGHT for word, after in itertools.pairwise([*words, "."])]
        yield Doc(vocabulary, words, spaces)


def _asked(doc: Doc, sentence: Sequence[tuple[str, str]]) -> Iterable[Judged]:
    """Yield what the functions of factuality say of each annotated word."""
    language = load_language()
    for token, (word, value) in zip(doc, sentence, strict=True):
        if value != "_":
            denied = negated(token, language) ^ refuted(token, language)
            yield Judged(doc.text, word, float(value), denied, certainty(token, language))


def _claimed(doc: Doc, sentence: Sequence[tuple[str, str]], claims: Sequence[Claim]) -> Iterable[Judged]:
    """Yield what the first claim over each annotated word says, where there is one."""
    for token, (word, value) in zip(doc, sentence, strict=True):
        claim = next((one for one in claims if carries(one, token.idx, token.text)), None)
        if value != "_" and claim is not None:
            yield Judged(doc.text, word, float(value), claim.polarity is Polarity.DENIED, claim.certainty)


def _print_factuality(judged: Sequence[Judged]) -> None:
    """Print accuracy and MAE, and each class with what was said of its gold."""
    rows = []
    for name, planned in (("planned as certain", 3.0), ("planned as probable", 1.5), ("always certain", None)):
        off = [abs(one.gold - (3.0 if planned is None else one.value(planned))) for one in judged]
        rows.append([name, share(off.count(0), len(off)), f"{sum(off) / len(off):.3f}"])
    table(["", "accuracy", "MAE"], rows)
    classes: list[list[object]] = []
    for value in sorted({one.gold for one in judged} | {one.value(3.0) for one in judged}, reverse=True):
        right = sum(one.gold == value == one.value(3.0) for one in judged)
        given = [one for one in judged if one.value(3.0) == value]
        gold = [one for one in judged if one.gold == value]
        by = Counter(("not " if one.denied else "") + one.certainty for one in gold)
        said = ", ".join(f"{n} {answer}" for answer, n in by.most_common())
        label = ("not " if value < 0 else "") + VALUES[abs(value)]
        classes.append([label, len(gold), len(given), share(right, len(gold)), share(right, len(given)), said])
    table(["planned as certain", "gold", "given", "recall", "precision", "what was said of gold"], classes)


# ---- Halterman's event locations: verbs and where -----------------------------------------------------------------


@dataclass(frozen=True)
class Verb:
    """An annotated verb: its characters in the sentence, and the places that annotators tied to it, often none."""

    text: str
    word: str
    start: int
    places: tuple[str, ...]


def event_location(path: Path, reader: Reader, asked: argparse.Namespace) -> None:
    """Score typing and location on the verbs of "Geolocating Political Events in Text" (Halterman, NLP+CSS 2019).

    A verb is typed where a claim's anchor covers it; else the sentence may tell it by its toll in a claim with another
    anchor ("were killed in the airstrike": at the strike). Location is scored on typed verbs: right where one of the
    claims' places and one of the annotated hold each other's words. Gold are the rows marked RELABEL; of the rest, only
    those whose sentence is not among the gold. In part of the file a place's characters are numbers of tokens, so its
    tokens are taken. Beside it: the name nearest to the verb that the parser takes for a place.
    """
    rows = json.loads(zipfile.ZipFile(path).read("labeled_text.jsonl"))
    gold, chosen = _chosen(rows, asked.others)
    typing, places = list[list[object]](), list[list[object]]()
    for label, verbs in (("gold", gold), ("others", chosen)):
        texts = list(dict.fromkeys(verb.text for verb in verbs))
        claims = dict(zip(texts, read(reader, texts), strict=True))
        typed = [(v, some) for v in verbs if (some := [c for c in claims[v.text] if carries(c, v.start, v.word)])]
        words = [verb for verb, _ in typed]
        missed = set(verbs) - set(words)
        empty = sum(not claims[verb.text] for verb in missed)
        toll = sum(any(claim.counts != Counts() for claim in claims[verb.text]) for verb in missed)
        parts = (len(typed), toll, len(missed) - toll - empty, empty)
        typing.append([label, len(verbs), *(share(n, len(verbs)) for n in parts)])
        answers = [tuple(c.place.name for c in some if c.place is not None) for _, some in typed]
        places.append([f"{label}: Marsad", *_located(words, answers)])
        places.append([f"{label}: nearest name", *_located(words, _nearest(words))])
        _by_word(label, verbs, typed)
        show(f"{label}: verbs not typed", [f"{v.word} | {v.text}" for v in verbs if v in missed], asked.errors)
        pairs = [pair for pair in zip(words, answers, strict=True) if any(pair[1]) or pair[0].places]
        wrong = [f"{v.word} | gold {v.places} | read {given} | {v.text}" for v, given in pairs if not _meets(v, given)]
        show(f"{label}: place not as annotated", wrong, asked.errors)
    table(["", "verbs", "typed", "else a toll", "else a claim", "nothing"], typing)
    table(["typed verbs", "with place", "right", "another", "none", "placeless", "none there", "precision"], places)


def _chosen(rows: Sequence[Mapping[str, Any]], most: int) -> tuple[list[Verb], list[Verb]]:
    """Return the verbs of the gold, and a sample of those in other sentences."""
    gold = _verbs(row for row in rows if row["source"] == "RELABEL")
    known = {verb.text for verb in gold}
    rest = [verb for verb in _verbs(row for row in rows if row["source"] != "RELABEL") if verb.text not in known]
    print(f"event_location: gold, and {min(most, len(rest))} of {len(rest)} other verbs (seed {SEED})")
    return gold, random.Random(SEED).sample(rest, min(most, len(rest)))


def _verbs(rows: Iterable[Mapping[str, Any]]) -> list[Verb]:
    """Return the annotated verbs of rows, each once, with the places of the first row that has it."""
    found: dict[tuple[str, int], Verb] = {}
    for row in rows:
        spans: dict[str, list[tuple[int, int]]] = {"VERB": [], "LOCATION": []}
        for span in row.get("spans") or []:
            if span["token_end"] < len(row["tokens"]):
                first, last = row["tokens"][span["token_start"]], row["tokens"][span["token_end"]]
                spans[span["label"]].append((first["start"], last["end"]))
        places = tuple(row["text"][start:end] for start, end in spans["LOCATION"])
        for start, end in spans["VERB"]:
            found.setdefault((row["text"], start), Verb(row["text"], row["text"][start:end], start, places))
    return list(found.values())


def _nearest(verbs: Sequence[Verb]) -> list[tuple[str, ...]]:
    """Return, for each verb, the nearest name that the parser takes for a place."""
    docs = spacy.load(MODEL).pipe(verb.text for verb in verbs)
    answers: list[tuple[str, ...]] = []
    for verb, doc in zip(verbs, docs, strict=True):
        names = [one for one in doc.ents if one.label_ in {"GPE", "LOC", "FAC"}]
        nearest = min(names, key=lambda name: abs(name.start_char - verb.start), default=None)
        answers.append(() if nearest is None else (nearest.text,))
    return answers


def _located(verbs: Sequence[Verb], answers: Sequence[tuple[str, ...]]) -> list[object]:
    """Return how many verbs have a place, how it was met; how many have none, how often none was given; precision."""
    pairs = list(zip(verbs, answers, strict=True))
    placed = [(verb, given) for verb, given in pairs if verb.places]
    right = sum(_meets(verb, given) for verb, given in placed)
    none = sum(not given for _, given in placed)
    bare = [given for verb, given in pairs if not verb.places]
    shares = [share(n, len(placed)) for n in (right, len(placed) - right - none, none)]
    precision = share(right, sum(bool(given) for given in answers))
    return [len(placed), *shares, len(bare), share(sum(not given for given in bare), len(bare)), precision]


def _meets(verb: Verb, given: Iterable[str]) -> bool:
    """Tell whether a given place and an annotated one hold each other's words."""
    words = [frozenset(place.lower().replace("-", " ").split()) for place in verb.places]
    ours = [frozenset(place.lower().replace("-", " ").split()) for place in given]
    return any(one <= other or other <= one for one in ours for other in words)


def _by_word(label: str, verbs: Sequence[Verb], typed: Sequence[tuple[Verb, Sequence[Claim]]]) -> None:
    """Print the commonest annotated words, how many were typed, and as what."""
    rows: list[list[object]] = []
    for word, times in Counter(verb.word.lower() for verb in verbs).most_common(12):
        hits = [{claim.event for claim in claims} for verb, claims in typed if verb.word.lower() == word]
        events = Counter(itertools.chain.from_iterable(hits)).most_common(3)
        rows.append([word, times, share(len(hits), times), ", ".join(f"{n} {event}" for event, n in events)])
    table([f"{label}: word", "verbs", "typed", "as"], rows)


if __name__ == "__main__":
    main()
