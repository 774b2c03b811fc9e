"""What a phrase is: words under one noun, with the preposition that governs them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Phrase:
    """Words `[start, end)` under `head`; `preposition` is the word that governs it, None where it stands bare.

    `cases` are those that the whole may be in; `last` is the last noun of a chain of genitives, -1 where there is none.
    """

    head: int
    start: int
    end: int
    cases: frozenset[str]
    preposition: int | None = None
    last: int = -1

    @property
    def top(self) -> int:
        """The word by which the phrase hangs on others."""
        return self.head if self.preposition is None else self.preposition
