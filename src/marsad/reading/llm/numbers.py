"""How many: numbers of people that a model gives, kept where the words that it quotes hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marsad.reading.numerals import load_numerals
from marsad.records import Count, Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from marsad.reading.llm.answers import Number

_DIGITS = re.compile(r"\d{1,3}(?:[,.  ]\d{3})+(?!\d)|\d+")
_NO_DIGIT = re.compile(r"\D")


def counted(numbers: Iterable[tuple[Number, str]], left_open: Callable[[str], None]) -> Counts:
    """Return the counts of a claim from its numbers, each with its words in the text; the first of each kind counts."""
    found: dict[str, Count] = {}
    for number, words in numbers:
        bounds = {bound for bound in (number.least, number.most) if bound is not None}
        if not bounds or number.what in found:
            continue
        if not bounds <= _written(words) or (number.least or 0) > (number.most or max(bounds)):
            left_open("a number that the words do not hold")
            continue
        found[number.what] = Count(number.least, number.most)
    return Counts(**found)


def _written(words: str) -> set[int]:
    """Return the numbers that words hold, in digits of any script or in English."""
    digits = {int(_NO_DIGIT.sub("", one)) for one in _DIGITS.findall(words) if len(one) <= 15}
    numerals = load_numerals()
    values = (numerals.value(one.group()) for one in re.finditer(numerals.pattern, words, re.IGNORECASE))
    return digits | {value for value in values if value is not None}
