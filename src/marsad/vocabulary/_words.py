"""Word lists of data files as sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marsad.vocabulary._toml import DataFile

Words = Mapping[str, frozenset[str]]


def words_of(file: DataFile, table: Mapping[str, Any], key: str, *where: str | int) -> frozenset[str]:
    """Return a list of words as a set, empty where the key is absent; a word that stands twice is refused."""
    words = file.texts(table, key, *where)
    for word in words:
        if words.count(word) > 1:
            file.fail(f"'{word}' stands twice in '{key}'", *where, key)
    return frozenset(words)


def word_sets(file: DataFile, name: str, wanted: tuple[str, ...] | None = None) -> Words:
    """Return the word lists of a table; where `wanted` is given it must hold those and no others.

    A list may be empty, which says that the language has no such words, but it must be there.
    """
    table = file.table(file.data, name)
    if wanted is not None:
        file.only(table, wanted, name)
        for key in wanted:
            if key not in table:
                file.fail(f"'{key}' is missing", name, key)
    return {key: words_of(file, table, key, name) for key in table}
