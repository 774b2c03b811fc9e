"""How names are compared: one spelling-blind key for exact look-ups, one vowel-blind key for fuzzy ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that no Unicode decomposition takes apart, and the Arabic letters that writers and keyboards exchange.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ŋ": "n", "ħ": "h",
        "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ک": "ك", "ٱ": "ا", "ـ": None, "ء": None,
    }
)  # fmt: skip
_MARKS = re.compile(r"['’‘`´ʿʾʻʼʽˈ′‛ʹʺ“”\"]")
_BREAKS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"([a-z])\1+")
# The Arabic article before any letter, and its assimilated forms before the letter that they take: "ash-Shaykh".
_ARTICLE = re.compile(r"\b(?:[ae]l|[ae](?=(?P<a>dh|th|sh|d|r|s|t|n|z)\s)(?P=a)(?=\s(?P=a))) (?=\w)")
_DIGRAPHS = re.compile(r"tch|[ksctdgzp]h|dj|ck")
_DIGRAPH_SOUNDS = {"kh": "k", "sh": "c", "ch": "c", "tch": "c", "th": "t", "dh": "d", "gh": "g", "zh": "j", "dj": "j"}
_DIGRAPH_SOUNDS |= {"ph": "p", "ck": "k"}
_SINGLE_SOUNDS = str.maketrans({"q": "k", "c": "k", "x": "k", "f": "p", **dict.fromkeys("aeiouywh")})
_KINDRED = str.maketrans({"q": "k", "c": "k", "x": "k", "f": "p", "e": "i", "y": "i", "o": "u", "w": "u"})
_SOFT = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u"})
_SHIELD = str.maketrans({"c": "1", "j": "2"})
_UNSHIELD = str.maketrans({"1": "c", "2": "j"})


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return `name` without case, accents, apostrophes and punctuation; articles and doubled letters stay."""
    if name.isascii():
        return _BREAKS.sub(" ", _MARKS.sub("", name).lower()).strip()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _MARKS.sub("", name)).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)
    return _BREAKS.sub(" ", unicodedata.normalize("NFC", _MARKS.sub("", plain))).strip()


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """Return the key under which the gazetteer keeps `name`; equal for spellings that readers take for the same.

    Beyond `fold`, it drops the Arabic article in its Latin spellings, a leading "the" and doubled Latin letters.
    """
    key = fold(name).removeprefix("the ")
    bare = _DOUBLED.sub(r"\1", _ARTICLE.sub("", key))
    again = _ARTICLE.sub("", bare).removeprefix("the ")
    while again != bare:
        bare, again = again, _ARTICLE.sub("", again).removeprefix("the ")
    return bare


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """Return the consonants of a normalised Latin name, kindred ones made equal; empty for fewer than two."""
    bones = _undigraphed(key).translate(_SINGLE_SOUNDS).translate(_UNSHIELD)
    return bones if len(bones) > 1 and bones.isascii() else ""


@lru_cache(maxsize=65536)
def sounds(key: str) -> str:
    """Return a normalised Latin name as one word, a letter a sound, kindred consonants and vowels made equal."""
    return _undigraphed(key).translate(_KINDRED).translate(_UNSHIELD)


def _undigraphed(key: str) -> str:
    return _DIGRAPHS.sub(lambda match: _DIGRAPH_SOUNDS[match[0]].translate(_SHIELD), key.replace(" ", ""))


@lru_cache(maxsize=65536)
def soften(key: str) -> str:
    """Return a normalised name as one word with the vowels that transcribers exchange made equal."""
    return key.replace(" ", "").translate(_SOFT)
