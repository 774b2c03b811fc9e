"""Names that are not told, looked for in words and texts, with what stands in their place."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

MASK = "█"
"""Stands for each character of a name in a text, so that offsets hold."""

_WORD = re.compile(r"\w+")


class Names:
    """Names with the label of each; longer ones go first, and those `kept` stay though a part of them has a label."""

    def __init__(self, labels: Mapping[str, str], kept: Collection[str] = ()) -> None:
        """Hold the names; spaces in them stand for any white space."""
        self.labels = {plain(name): label for name, label in labels.items()}
        self.kept = frozenset(plain(name) for name in kept)

    def blanked(self, text: str) -> str:
        """Return a text with as many marks in place of each name as it has characters."""
        return self._replaced(text, lambda found, _: MASK * len(found))

    def labelled(self, words: str) -> str:
        """Return words with its label in place of each name."""
        return self._replaced(words, lambda _, label: label)

    def _replaced(self, text: str, made: Callable[[str, str], str]) -> str:
        if self._heads.isdisjoint(_WORD.findall(text)):  # soon told, and true of nearly all
            return text

        def one(found: re.Match[str]) -> str:
            name = plain(found[0])
            label = self.labels.get(name) or self.labels.get(name.removesuffix("."))
            return found[0] if label is None else made(found[0], label)

        return self._pattern.sub(one, text)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(_WORD.findall(name)[0] for name in self.labels if _WORD.search(name))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted({*self.labels, *self.kept}, key=lambda form: (-len(form), form))
        either = "|".join(_pattern(form) for form in forms)
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def plain(name: str) -> str:
    """Return a name with single spaces."""
    return " ".join(name.split())


def joined(names: Iterable[Names]) -> Names:
    """Return the names of words that are of no single report: those of two words and more, by their first label."""
    labels: dict[str, str] = {}
    for one in names:
        for name, label in one.labels.items():
            if " " in name:
                labels.setdefault(name, label)
    return Names(labels)


def _pattern(form: str) -> str:
    whole = r"\s+".join(map(re.escape, form.split()))
    return (
        rf"{whole}\.?" if len(form.rsplit(maxsplit=1)[-1]) == 1 else whole
    )  # the full stop of an initial, which ends no sentence
