"""What each language costs and scores, and what each file of its words is worth.

Usage: python benchmarks/languages.py [CODE ...]     without codes: every language with gold in corpus/languages

For each language, on its annotated reports: scores of the half that its rules were written with and of the half that
was put aside; words a second of the processor and the most memory, in a process of its own; and the scores when the
words of one file are taken away, the others left.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from marsad.evaluation import Corpus
from marsad.gazetteer import Gazetteer
from marsad.reading import Reader, Unread, _scene, claims, places, reader, toponyms
from marsad.reading.tolls import Toll
from marsad.records import Counts
from marsad.theatre import load_theatre
from marsad.vocabulary import load_demonyms, load_languages
from marsad.vocabulary.language import Language, load_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from marsad.evaluation import Scores

FOLDER = Path(__file__).parents[1] / "corpus" / "languages"
FIELDS = ("source", "polarity", "certainty", "agent", "target", "place", "when", "killed")
FILES = ("cues", "demonyms", "factuality", "numbers", "relations", "sources", "times")


def held_out(code: str) -> list[str]:
    """Return the ids of the reports that were put aside."""
    ids: list[str] = tomllib.loads((FOLDER / "languages.toml").read_text("utf-8"))[code]["held_out"]
    return ids


def halves(code: str) -> Iterator[tuple[str, Corpus]]:
    """Yield the half that rules were written with, and the other."""
    corpus, aside = Corpus.open(FOLDER / code), held_out(code)
    yield "written with", corpus.only([one.id for one in corpus.reports if one.id not in aside])
    yield "held out", corpus.only(aside)


def score(corpus: Corpus) -> Scores:
    """Read a corpus and score what was read."""
    theatre = load_theatre(corpus.theatre) if corpus.theatre is not None else None
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        read = [
            (one, () if isinstance(found, Unread) else found)
            for one, found in Reader(gazetteer, theatre).read_many(corpus.reports)
        ]
    return corpus.score_read(read)


# ---- without the words of a file ------------------------------------------------------------------------------------


def without(code: str, name: str) -> None:
    """Take the words of a file away from the reader of this process."""
    for module, attribute, value in _taken(code, name):
        setattr(module, attribute, value)


def _taken(code: str, name: str) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    if name in {"cues", "factuality", "sources"}:
        bare = _bare(load_language(code), name)
        yield reader, "load_language", lambda wanted="en", *_: bare if wanted == code else load_language(wanted)
    elif name == "demonyms":
        none = {field: MappingProxyType({}) for field in ("adjectives", "people", "names", "capitals", "metonyms")}
        silent = dataclasses.replace(load_demonyms(code), **none)
        yield reader, "load_demonyms", lambda *_: silent
    elif name == "times":
        yield _scene, "find_times", lambda *_, **__: ()
    elif name == "numbers":
        yield claims, "with_tolls", lambda _text, _start, _doc, events, _code: tuple(Toll(e, Counts()) for e in events)
    elif name == "relations":
        for module in (places, toponyms):
            yield module, "relations", lambda _text, names, _code: (None,) * len(names)


def _bare(language: Language, name: str) -> Language:
    def emptied(words: Any) -> Any:
        if isinstance(words, frozenset):
            return frozenset()
        return MappingProxyType({key: emptied(value) for key, value in words.items()})

    if name == "cues":
        kinds = ("particular_cues", "phrases", "bare_cues", "statement", "media", "denial", "anaphora")
        gone = {kind: emptied(getattr(language, kind)) for kind in kinds}
        return dataclasses.replace(language, cues=MappingProxyType({}), **gone)
    if name == "factuality":
        return dataclasses.replace(language, factuality=emptied(language.factuality))
    definite = emptied(language.definite)
    return dataclasses.replace(language, unnamed=(), definite=definite, titles=frozenset(), offices={})


# ---- one process for each figure ------------------------------------------------------------------------------------


def child(code: str, what: str) -> dict[str, Any]:
    """Return what a process of its own found out."""
    command = [sys.executable, __file__, "--child", code, what]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def measured(code: str, what: str) -> dict[str, Any]:
    """Score both halves (`what` is empty), or the half of development without a file; with speed and memory."""
    if what:
        without(code, what)
        corpus = dict(halves(code))["written with"]
        scores = score(corpus)
        return {name: scores.measures[name].f1 for name in ("typed", "full")} | dict(scores.fields)
    found: dict[str, Any] = {}
    for half, corpus in halves(code):
        scores = score(corpus)
        found[half] = {name: one.f1 for name, one in scores.measures.items()} | dict(scores.fields)
    words = sum(len(one.text.split()) for one in corpus.reports)
    start = time.process_time()
    score(corpus)
    found["words"] = words / (time.process_time() - start)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def main() -> None:
    """Print the tables."""
    codes = [code for code in sys.argv[1:] or load_languages() if (FOLDER / code).is_dir()]
    print("| language | half | detected | typed | full | denials |", " | ".join(FIELDS), "| words a second | MB |")
    print("| --- |" + " --- |" * (len(FIELDS) + 7))
    for code in codes:
        found = child(code, "")
        for half in ("written with", "held out"):
            row = found[half]
            cells = [f"{row.get(name, float('nan')):.3f}" for name in ("detected", "typed", "full", "denials", *FIELDS)]
            print(f"| {code} | {half} |", " | ".join(cells), f"| {found['words']:.0f} | {found['memory']:.0f} |")
    print("\nTyped and full F1 of the half that rules were written with, without one file's words:\n")
    print("| language | all |", " | ".join(FILES), "|\n| --- |" + " --- |" * (len(FILES) + 1))
    for code in codes:
        every = child(code, "")["written with"]
        cells = [
            (every["typed"], every["full"]),
            *((one["typed"], one["full"]) for one in (child(code, name) for name in FILES)),
        ]
        print(f"| {code} |", " | ".join(f"{typed:.3f}, {full:.3f}" for typed, full in cells), "|")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(measured(sys.argv[2], sys.argv[3])))
    else:
        main()
