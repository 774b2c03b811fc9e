"""Names in other scripts beside Latin ones: which letters they amount to, and how alike the two sound."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from marsad.gazetteer.names import skeleton, soften, sounds
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

# As many ways as one name is written in at most; names with more doubtful letters than that are rare.
_MOST_WAYS = 12
# The Arabic article; the first letter of a word that is heard as a vowel; the last one that is, or as t before another.
_ARTICLE = re.compile(r"\bال(?=\w{2})")
_FIRST_AIN = re.compile(r"\bع(?=\w)")
_LAST_H = re.compile(r"ه\b")
# A name without its short vowels is never quite as good a match as one with them.
_BEST_ACROSS_SCRIPTS = 95.0
_A_WORD_MORE = 5.0
_FIRST_VOWEL = re.compile(r"^[aiu]+")
_LAST_VOWEL = re.compile(r"(?<=.)[aiu]h?$")
_VOWELS = re.compile(r"[aiu]+")


@lru_cache(maxsize=65536)
def romanisations(key: str) -> tuple[str, ...]:
    """Return the Latin spellings of a normalised name, the likeliest first; empty for a script that has no table.

    Vowels that the script does not write are missing: `qmhana` for قمحانة. A Latin name is its own only spelling.
    """
    if key.isascii():
        return (key,)
    letters = _letters()
    text = _FIRST_AIN.sub("ا", _LAST_H.sub("ة", _ARTICLE.sub("", key)))
    ways = {letter: letters.get(letter, (letter,)) for letter in dict.fromkeys(text)}
    choices = islice(product(*ways.values()), _MOST_WAYS)
    found = ("".join(map(dict(zip(ways, choice, strict=True)).__getitem__, text)) for choice in choices)
    return tuple(way for way in dict.fromkeys(found) if way.isascii())


def bones(key: str) -> tuple[str, ...]:
    """Return the skeletons of a normalised name in any script, one for each that its romanisations have."""
    return tuple(filter(None, dict.fromkeys(map(skeleton, romanisations(key)))))


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """Return how alike two normalised names are, 0..100; `one` in Latin letters, `other` in any script."""
    if other.isascii():
        return ratio(soften(one), soften(other))
    return max((_across(one, way) for way in romanisations(other)), default=0.0)


def _across(latin: str, way: str) -> float:
    """Compare by what both scripts write: all of the other's letters, and the Latin name's but for short vowels."""
    told, firm = _heard(latin)
    written, _ = _heard(way)
    if not firm or not written:
        return 0.0
    covered = LCSseq.similarity(told, written) / len(written)
    needed = LCSseq.similarity(firm, written) / len(firm)
    words = abs(latin.count(" ") - way.count(" "))
    return _BEST_ACROSS_SCRIPTS * (covered + needed) / 2 - _A_WORD_MORE * words


@lru_cache(maxsize=65536)
def _heard(key: str) -> tuple[str, str]:
    """Return the sounds of a Latin key, and those of them that any script writes.

    That is the consonants, a vowel at a word's beginning or end, whichever it is, and of several vowels one of i or u.
    """
    words = [_LAST_VOWEL.sub("a", _FIRST_VOWEL.sub("a", sounds(word))) for word in key.split()]
    firm = (word[:1] + _VOWELS.sub(_long_vowel, word[1:-1]) + word[1:][-1:] for word in words)
    return "".join(words), "".join(firm)


def _long_vowel(match: re.Match[str]) -> str:
    return match[0].strip("a")[:1] if len(match[0]) > 1 else ""


@cache
def _letters() -> Mapping[str, tuple[str, ...]]:
    file = DataFile(Path(__file__).parent / "scripts.toml")
    return {
        letter: tuple(file.text(table, letter, script, default="").split()) or ("",)
        for script in file.data
        for table in (file.table(file.data, script),)
        for letter in table
    }
