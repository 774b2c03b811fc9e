"""Numbers as a language writes them, in digits or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad import vocabulary
from marsad.vocabulary import DataFile, Patterns, alternatives

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(vocabulary.__file__).parent
NUMBERS_FILE = "numbers.toml"
_TABLES = ("units", "tens", "scales")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """The words of a language's numbers, each with its value, and the pattern that finds a whole number in a text.

    `half` are the words that halve the scale after them ("half a million"), `group` and `decimal` what may stand
    between the digits of thousands and before those of a fraction, `word` the pattern of one word or run of digits.
    """

    values: Mapping[str, int]
    scales: Mapping[str, int]
    half: frozenset[str]
    group: str
    decimal: str
    word: re.Pattern[str]
    pattern: str

    def value(self, text: str) -> int | None:
        """Return the whole number that `text` (a match of `pattern`) writes, None where it is no whole number."""
        total, part = 0.0, 0.0
        half = False
        for found in self.word.findall(re.sub(r"\s+", " ", text.lower())):
            word = found.replace("-", " ") if found.replace("-", " ") in self.values else found
            if word[0].isdigit():
                part += float(re.sub(f"[{self.group}]", "", word).replace(self.decimal, "."))
            elif word in self.half:
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

    def decimals(self, text: str) -> float | None:
        """Return a number written in digits, with a fraction or without, None for one in words."""
        plain = re.sub(f"[{self.group}]", "", text.strip()).replace(self.decimal, ".")
        return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


@cache
def load_numerals(code: str = "en", folder: Path = SHIPPED) -> Numerals:
    """Load the numbers of a language; raise DataFileError where a table is missing or no table of numbers."""
    file = DataFile(folder / code / NUMBERS_FILE)
    units, tens, scales = (_numbers(file, key) for key in _TABLES)
    digits = file.table(file.data, "digits")
    file.only(digits, {"group", "decimal", "half"}, "digits")
    group, decimal = file.text(digits, "group", "digits"), file.text(digits, "decimal", "digits")
    half = file.texts(digits, "half", "digits")
    words = {"units": units, "tens": tens, "scales": scales, "half": half}
    written = _digits(group, decimal)
    pattern = Patterns(file, words, {"digits": written}).table("number", ("pattern",))["pattern"]
    every = alternatives([*units, *tens, *scales, *half])
    return Numerals(
        values={**units, **tens},
        scales=scales,
        half=frozenset(half),
        group=group,
        decimal=decimal,
        word=re.compile(rf"[\d{group}{re.escape(decimal)}]*\d|(?<![^\W\d])(?:{every})(?![^\W\d])"),
        pattern=pattern,
    )


def _digits(group: str, decimal: str) -> str:
    """Return the pattern of a number in digits; `group` may be several characters, any of which parts thousands."""
    point = re.escape(decimal)
    grouped = rf"(?<![\w$€£.,:/-])\d{{1,3}}(?:[{group}]\d{{3}})+(?![\w%]|[.,:/-]\d)"
    plain = rf"(?<![\w$€£.:/-])(?<!\d,)\d+(?:{point}\d+)?(?![\w%]|[.,:/-]\d)"
    return f"{grouped}|{plain}"


def _numbers(file: DataFile, key: str) -> dict[str, int]:
    table = file.table(file.data, key)
    if not table:
        file.fail(f"'{key}' must be a table of words and numbers", key)
    for word, value in table.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            file.fail(f"'{word}' must be a positive whole number", key, word)
    return dict(table)
