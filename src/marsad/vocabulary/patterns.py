"""Patterns as data: regular expressions of a data file in which names in braces stand for words of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from marsad.vocabulary._toml import DataFile

_NAME = re.compile(r"\{([a-z][a-z_]*(?: \+ [a-z][a-z_]*)*)\}")
_DEEPEST = 8


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first, whatever white space or hyphen divides their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, in either case; one that never matches where there are none."""
    return f"(?i:{alternatives(words) or '(?!)'})"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Fills patterns of a data file: `{name}` is a list of words or a snippet, `{one + other}` any of two lists.

    `words` gives the words of each list, `pieces` other patterns by name; the snippets stand in the file.
    """

    file: DataFile
    words: Mapping[str, Iterable[str]]
    pieces: Mapping[str, str]

    def table(self, name: str, keys: tuple[str, ...]) -> dict[str, str]:
        """Return the filled patterns of a table that must hold those keys and no others."""
        table = self.file.table(self.file.data, name)
        self.file.only(table, keys, name)
        return {key: self.filled(self.file.text(table, key, name), name, key) for key in keys}

    def filled(self, pattern: str, *at: str | int) -> str:
        """Return a pattern with all its names filled; refuse one that names nothing or is no regular expression."""
        known = {**self.file.table(self.file.data, "snippets"), **self.pieces}

        def piece(match: re.Match[str]) -> str:
            names = match[1].split(" + ")
            if len(names) == 1 and names[0] in known:
                return str(known[names[0]])
            for name in names:
                if name not in self.words:
                    self.file.fail(f"'{name}' in braces is no list of words and no snippet", *at)
            return any_of(word for name in names for word in self.words[name])

        for _ in range(_DEEPEST):
            pattern = _NAME.sub(piece, pattern)
        try:
            re.compile(pattern)
        except re.error as error:
            self.file.fail(f"no regular expression: {error}", *at)
        return pattern
