"""By which words one tells whether a text can speak of war at all, before anything is read; one file a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import word_sets

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent
_LISTS: Mapping[str, tuple[str, ...]] = {
    "alone": ("begin", "whole"),
    "deeds": ("begin", "whole"),
    "actors": ("begin", "whole"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """Beginnings of words and whole words, lower-cased.

    One of `alone` is enough; of `deeds` and `actors` a text must have one each. Those of `begin` stand at the beginning
    of a word, those of `whole` are a word.
    """

    alone: Mapping[str, frozenset[str]]
    deeds: Mapping[str, frozenset[str]]
    actors: Mapping[str, frozenset[str]]


@cache
def load_relevance(folder: Path = SHIPPED) -> Mapping[str, Relevance]:
    """Load the words by language, from a folder for each; raise DataFileError with line and reason where wrong."""
    return {path.parent.name: _relevance(path) for path in sorted(folder.glob("*/relevance.toml"))}


def _relevance(path: Path) -> Relevance:
    file = DataFile(path)
    file.only(file.data, _LISTS)
    words = {name: word_sets(file, name, wanted) for name, wanted in _LISTS.items()}
    return Relevance(alone=words["alone"], deeds=words["deeds"], actors=words["actors"])
