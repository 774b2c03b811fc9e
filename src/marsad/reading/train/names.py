"""Names put in the place of names, so that nothing is learnt by name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def name_words(folder: Path, plain: Collection[str]) -> dict[str, list[str]]:
    """Return the words of an annotated folder's names, by what they name; words of the language are left out.

    `plain` are the lower-cased words of the language. The keys are `person`, `place` and `actor`.
    """
    actors = json.loads((folder / "actors.json").read_text("utf-8"))
    spellings = [(row["kind"], text) for name, row in actors.items() for text in (name, *row["aliases"])]
    places = (folder / "places.jsonl").read_text("utf-8").splitlines()
    spellings += [("place", json.loads(line)["name"]) for line in places]
    found: dict[str, set[str]] = {}
    for kind, text in spellings:
        sort = kind if kind in {"person", "place"} else "actor"
        words = (word for word in _WORD.findall(text) if word[0].isupper() and not word.isupper())
        found.setdefault(sort, set()).update(word for word in words if word.lower() not in plain)
    return {sort: sorted(words) for sort, words in found.items()}


class Substitution:
    """Puts names of other theatres in the place of a theatre's own, each name always by the same other one."""

    def __init__(
        self, own: Mapping[str, Sequence[str]], others: Iterable[Mapping[str, Sequence[str]]], draw: random.Random
    ) -> None:
        """Draw a stranger of the same sort for every name."""
        pools: dict[str, list[str]] = {}
        for other in others:
            for sort, words in other.items():
                pools.setdefault(sort, []).extend(words)
        drawn = ((word, pools[sort]) for sort, words in own.items() if pools.get(sort) for word in words)
        self._table = {word: draw.choice(pool) for word, pool in drawn}

    def of(self, word: str) -> str:
        """Return what stands for a word: itself where it is no name."""
        return self._table.get(word, word)
