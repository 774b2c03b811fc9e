"""What the shallow parser must know of a language beyond its word data: its small words and its order, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WORDS = (
    *("content", "clausal", "purpose", "relative", "attributive", "joining", "negation", "conditional", "future"),
    *(
        "copulas",
        "pronouns",
        "owners",
        "determiners",
        "adverbs",
        "fixed",
        "instrumental",
        "either",
        "within",
        "times",
        "enclitics",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The small words by what they do, in lower case; `relative`, `copulas`, `pronouns` and `owners` are lemmas.

    `prepositions` gives the cases that each governs, none where the language has no cases. `fixed` are prepositions and
    conjunctions of several words. `cased` tells that cases show who does what, where order does otherwise;
    `modifiers_first` that adjectives stand before their noun.
    """

    words: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, tuple[str, ...]]
    fixed: tuple[tuple[str, ...], ...]
    cased: bool
    modifiers_first: bool


@cache
def load_grammar(path: Path) -> Grammar:
    """Load the grammar; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"order", "words", "prepositions"})
    order, table = file.table(file.data, "order"), file.table(file.data, "words")
    file.only(order, {"cased", "modifiers_first"}, "order")
    file.only(table, _WORDS, "words")
    for key in ("cased", "modifiers_first"):
        if not isinstance(order.get(key), bool):
            file.fail(f"'{key}' must be true or false", "order", key)
    words = {key: frozenset(file.texts(table, key, "words")) for key in _WORDS}
    governed = file.table(file.data, "prepositions")
    return Grammar(
        words=words,
        prepositions={word: file.texts(governed, word, "prepositions") for word in governed},
        fixed=tuple(sorted((tuple(one.split()) for one in words["fixed"]), key=lambda one: (-len(one), one))),
        cased=order["cased"],
        modifiers_first=order["modifiers_first"],
    )
