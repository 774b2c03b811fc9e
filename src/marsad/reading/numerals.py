"""Numbers as English writes them, in digits or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad import vocabulary
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENGLISH = Path(vocabulary.__file__).with_name("en")
NUMBERS_FILE = ENGLISH / "numbers.toml"

_GROUPED = r"(?<![\w$€£.,:/-])\d{1,3}(?:,\d{3})+(?![\w%]|[.,:/-]\d)"
_DIGITS = rf"{_GROUPED}|(?<![\w$€£.:/-])(?<!\d,)\d+(?:\.\d+)?(?![\w%]|[.,:/-]\d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """The words of a language's numbers, each with its value, and the pattern that finds a whole number in a text."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    pattern: str

    def value(self, text: str) -> int | None:
        """Return the whole number that `text` (a match of `pattern`) writes, None where it is no whole number."""
        total, part = 0.0, 0.0
        half = False
        for word in re.findall(r"[\d.,]*\d|[^\W\d]+", text.lower()):
            if word[0].isdigit():
                part += float(word.replace(",", ""))
            elif word == "half":
                half = True
            elif word in self.values:
                part += self.values[word]
            elif word in self.scales:
                scaled = (0.5 if half else part or 1.0) * self.scales[word]
                half = False
                # A hundred may itself be multiplied ("three hundred thousand"); every other scale closes its part.
                total, part = (total, scaled) if self.scales[word] == 100 else (total + scaled, 0.0)
        number = total + part
        return round(number) if number > 0 and abs(number - round(number)) < 1e-6 else None


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first, whatever white space or hyphen divides their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)


@cache
def load_numerals(path: Path = NUMBERS_FILE) -> Numerals:
    """Load the tables `units`, `tens` and `scales`; raise DataFileError where one is missing or no table of numbers."""
    file = DataFile(path)
    units, tens, scales = (_numbers(file, key) for key in ("units", "tens", "scales"))
    unit = alternatives(units)
    small = rf"(?:(?:{alternatives(tens)})(?:[\s-](?:{unit})\b)?|{unit})"
    hundred = rf"(?:(?:{small}|an?)\s+hundred\b(?:\s+(?:and\s+)?{small}\b)?|{small})"
    scale = alternatives(scales)
    pattern = (
        rf"(?:(?:\b(?:half\s+an?|{hundred}|an?)|{_DIGITS})[\s-]+(?:{scale})\b(?:[\s-]+(?:{scale})\b)?"
        rf"(?:\s+(?:and\s+)?{hundred}\b)?|\b{hundred}\b|{_DIGITS})(?!-\w)"
    )
    return Numerals(values={**units, **tens}, scales=scales, pattern=pattern)


def _numbers(file: DataFile, key: str) -> dict[str, int]:
    table = file.table(file.data, key)
    if not table:
        file.fail(f"'{key}' must be a table of words and numbers", key)
    for word, value in table.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            file.fail(f"'{word}' must be a positive whole number", key, word)
    return dict(table)
