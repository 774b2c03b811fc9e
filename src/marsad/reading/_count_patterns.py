"""The patterns around a number of people, built from the words of the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.reading._count_words import HARMS, Harm, load_count_words
from marsad.reading.numerals import alternatives, load_numerals

if TYPE_CHECKING:
    from collections.abc import Iterable

# Where a report was published is no matter for where its expressions of time stand.
ANY_ZONE = ZoneInfo("UTC")

# How many characters before a number its words may stand.
REACH = 150
DIGIT = re.compile(r"\d")

_WORDS = load_count_words()
_GRAMMAR, _PEOPLE = _WORDS.grammar, _WORDS.people
_NUMERAL = load_numerals().pattern


def _any(*lists: Iterable[str]) -> str:
    return f"(?:{alternatives(word for words in lists for word in words)})"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BOUND = _any(*_WORDS.bounds.values())
LOW, HIGH = (_compile(rf"\b{_any(_WORDS.bounds[name])}\b") for name in ("low", "high"))
# A number, a range, what a toll has grown to ("from 12 to 15"), or an article that counts one.
NUMBER = _compile(
    rf"(?P<bounds>(?:\b{_BOUND}\s+)*)(?P<number>"
    r"(?<![\w.,:/-])(?P<a>\d+)\s?[-–]\s?(?P<b>\d+)(?![\w-])"
    rf"|(?P<between>\b{_any(_GRAMMAR['range_starts'])}\s+(?:{_BOUND}\s+)*)?(?P<grown>\bfrom\s+(?=\S+\s+to\s))?"
    rf"(?P<first>{_NUMERAL})(?:\s+(?(between){_any(_GRAMMAR['range_links'])}|(?:to|or))\s+(?P<second>{_NUMERAL}))?"
    r"|(?P<article>\b(?:an?|another)\b))"
)
AFTER_NUMBER = _compile(rf"(?:\s+{_any(_GRAMMAR['after_number'])}\b)+(?:\s+an?\b)?")
# "Of the 40 passengers, 12 were hurt": no list, for the first number hangs on another word.
HANGING = _compile(rf"\b{_any(_GRAMMAR['attachments'])}\s+$")

_BE, _HAVE, _ADVERB = (_any(_GRAMMAR[name]) for name in ("be", "have", "adverbs"))
_LIVES = _GRAMMAR["lives"]
_HARMED = _any(*(words for harm in _WORDS.harms.values() for words in (harm.passive, harm.alone)))
_MARK = r"(?=\s*(?:[,.;:)\]”\"!?–—]|$))"
_STOP = _any(_PEOPLE["stops"], _GRAMMAR["followers"])
_FOLLOWER = _any(_GRAMMAR["followers"])
# What may stand after a number with no noun; and after the last member of a list, where no verb of its own follows.
FOLLOWED = _compile(rf"{_MARK}|\s+(?:{_FOLLOWER}|{_BE}|{_HAVE}|{_ADVERB}|{_HARMED})\b")
LIST_END = _compile(rf"{_MARK}|\s+{_FOLLOWER}\b")

_MODIFIERS = rf"(?:\s+(?!{_any(_PEOPLE['stops'])}\b)[^\W\d][\w’'-]*){{0,5}}?"
_ONE = _any(_WORDS.plurals, _LIVES)
_NAMED = rf"(?-i:[A-Z]\w+{_any(_PEOPLE['demonym_endings'])}|{_any(_PEOPLE['demonyms'])})"
_MANY = (
    rf"(?:{_any(_WORDS.plurals.values(), _PEOPLE['collective'], _LIVES)}\b"
    rf"|{_any(_PEOPLE['attributive'])}\b(?!\s+[a-z]+s\b)|{_NAMED}\b)"
)
PLURAL = _compile(rf"{_MODIFIERS}\s+({_MANY}(?:\s+{_MANY})*)(?!['’-])")
# "A rebel" is a person, "a rebel convoy" is none.
SINGULAR = _compile(
    rf"{_MODIFIERS}\s+({_ONE}(?:\s+{_ONE})*)\b(?!['’-])"
    rf"(?:{_MARK}|(?=\s+(?:(?:{_STOP}|{_BE}|{_HAVE}|{_ADVERB}|{_HARMED}|\w+ly|\w+ing)\b|(?-i:[A-Z\d]))))"
)
GROUP = _compile(rf"\s+({_any(_WORDS.groups)})\b(?!\s+of\b)")

BREAKDOWN_BEFORE = _compile(rf"\b{_any(_GRAMMAR['breakdown_before'])}\s+(?:{_BE}\s+)?$")
BREAKDOWN_AFTER = _compile(rf"\s+{_any(_GRAMMAR['breakdown_after'])}\b")
_LINK = rf"(?:,?\s+{_any(_GRAMMAR['links'])}\s+|,\s*)"
_ATTACHED = rf"\s+{_any(_GRAMMAR['attachments'])}\b(?:(?!\b{_any(_GRAMMAR['clause_words'])}\b)[^,.;:\d]){{0,80}}?"
LISTED = _compile(rf"(?:{_ATTACHED})?{_LINK}(?:{_any(_GRAMMAR['links'])}\s+)?")
LINK_AT_END = _compile(rf"{_LINK}$")

LIFE_VERB = _compile(rf"\b{_any(_GRAMMAR['life_verbs'])}\s+$")
LIVES_LOST = _compile(rf"(?:\s+(?:{_BE}|{_HAVE}|{_ADVERB}))+\s+{_any(_GRAMMAR['life_verbs'])}\b")
AGE = _compile(rf"\b(?:{_any(_GRAMMAR['ages'])}|{_ONE}\s+of)\s+$")
APPOSITION = _compile(r"[\w’”\"],\s+$")

_PARENTHESIS = r"(?:\s*,\s[^,.;:]{1,80},|\s*\([^)]*\)|\s+[–—-]\s[^.;]{1,80}?\s[–—-])?"
_OBJECT = rf"(?!\s+(?:{_any(_GRAMMAR['objects'])}|{_NUMERAL})\b)"


def _passive(harm: Harm) -> re.Pattern[str]:
    """Return what may stand after the people: "were killed", "have died", "killed" without an object."""
    passive = _any(harm.passive)
    adverbs, between = rf"(?:\s+{_ADVERB})*", rf"(?:\s+(?:{_HAVE}|{_ADVERB}))*"
    ways = [
        rf",?{between}\s+{_BE}(?:\s+(?:{_BE}|{_HAVE}|{_ADVERB}))*\s+(?={passive}\b)",
        rf"{adverbs}\s+(?={passive}\b{_OBJECT})",
        *([rf",?{between}\s+(?={_any(harm.alone)}\b)"] if harm.alone else []),
    ]
    return _compile(rf"(?:{_ATTACHED})?{_PARENTHESIS}(?:{'|'.join(ways)})(?P<harm>{_any(harm.passive, harm.alone)})\b")


_ANY_ACTIVE = _any(*(harm.active for harm in _WORDS.harms.values()))
ACTIVE = {what: _compile(rf"\b{_any(harm.active)}\s*:?\s+$") for what, harm in _WORDS.harms.items()}
PASSIVE = {what: _passive(harm) for what, harm in _WORDS.harms.items()}
# "Killed or wounded 12" and "12 killed or wounded" say of nobody which it was.
MIXED_BEFORE = _compile(rf"\b{_ANY_ACTIVE}\s+(?:or|and)\s+{_ANY_ACTIVE}\s+$")
MIXED_AFTER = _compile(rf"(?:,\s+{_HARMED})*,?\s+(?:or|and)\s+{_HARMED}\b")
_TOLL = {
    what: _compile(
        rf"\b(?:{_any(harm.tolls)}(?:\s+of\s+|:\s*)"
        rf"|{_any(harm.figures)}\b(?:[^.;\d]{{0,100}}?\b{_any(_GRAMMAR['figure_links'])}\s+|[^.;\d]{{0,40}}:\s*|\s+))$"
    )
    for what, harm in _WORDS.harms.items()
}


def toll_before(text: str, start: int, end: int) -> str | None:
    """Return of what harm the words before `end` say that a figure follows, None where they do not."""
    hits = {what: hit.start() for what in HARMS if (hit := _TOLL[what].search(text, start, end))}
    return max(hits, key=lambda what: hits[what]) if hits else None
