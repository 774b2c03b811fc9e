"""The patterns around a number of people in a language, built from its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from marsad.reading._count_words import HARMS, Harm, load_count_words
from marsad.reading.numerals import load_numerals
from marsad.vocabulary import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from marsad.reading._count_words import CountWords
    from marsad.reading.numerals import Numerals

# Where a report was published is no matter for where its expressions of time stand.
ANY_ZONE = ZoneInfo("UTC")

# How many characters before a number its words may stand.
REACH = 150
DIGIT = re.compile(r"\d")
APPOSITION = re.compile(r"[\w’”\"],\s+$")
_MARK = r"(?=\s*(?:[,.;:)\]”\"!?–—،؛؟]|$))"
_PARENTHESIS = r"(?:\s*,\s[^,.;:]{1,80},|\s*\([^)]*\)|\s+[–—-]\s[^.;]{1,80}?\s[–—-])?"


def _any(*lists: Iterable[str]) -> str:
    """Return a pattern for any of the words, one that never matches where there are none."""
    return f"(?:{alternatives(word for words in lists for word in words) or '(?!)'})"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True)
class CountPatterns:
    """The patterns of one language."""

    language: str
    words: CountWords
    numerals: Numerals

    def _of(self, *keys: str) -> str:
        """Return a pattern for any word of lists of the file's grammar."""
        return _any(*(self.words.grammar[key] for key in keys))

    # ---- the number ------------------------------------------------------------------------------------------------

    @cached_property
    def _bound(self) -> str:
        return _any(*self.words.bounds.values())

    @cached_property
    def low(self) -> re.Pattern[str]:
        """Words that make the number a lower bound."""
        return _compile(rf"\b{_any(self.words.bounds['low'])}\b")

    @cached_property
    def high(self) -> re.Pattern[str]:
        """Words that make the number an upper bound."""
        return _compile(rf"\b{_any(self.words.bounds['high'])}\b")

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number, a range, what a toll has grown to ("from 12 to 15"), or an article that counts one."""
        numeral = self.numerals.pattern
        return _compile(
            rf"(?P<bounds>(?:\b{self._bound}\s+)*)(?P<number>"
            r"(?<![\w.,:/-])(?P<a>\d+)\s?[-–]\s?(?P<b>\d+)(?![\w-])"
            rf"|(?P<between>\b{self._of('range_starts')}\s+(?:{self._bound}\s+)*)?(?P<grown>{self.words.joints['grown']})?"
            rf"(?P<first>{numeral})(?:\s+(?(between){self._of('range_links')}|{self._of('range_seconds')})\s+"
            rf"(?P<second>{numeral}))?"
            rf"|(?P<article>\b{self._of('articles')}\b))"
        )

    @cached_property
    def after_number(self) -> re.Pattern[str]:
        """Words between a number and its noun."""
        return _compile(rf"(?:\s+{self._of('after_number')}\b)+(?:\s+{self._of('ones')}\b)?")

    @cached_property
    def hanging(self) -> re.Pattern[str]:
        """Tell "of the 40 passengers, 12 were hurt": no list, for the first number hangs on another word."""
        return _compile(rf"\b{self._of('attachments')}\s+$")

    # ---- the people ------------------------------------------------------------------------------------------------

    @cached_property
    def _modifiers(self) -> str:
        return rf"(?:\s+(?!{_any(self.words.people['stops'])}\b)[^\W\d][\w’'-]*){{0,5}}?"

    @cached_property
    def _many(self) -> str:
        people, lives = self.words.people, self.words.grammar["lives"]
        named = rf"(?-i:[A-Z]\w+{_any(people['demonym_endings'])}|{_any(people['demonyms'])})"
        return (
            rf"(?:{_any(self.words.plurals.values(), people['collective'], lives)}\b"
            rf"|{_any(people['attributive'])}\b(?!{self.words.joints['attributed']})|{named}\b)"
        )

    @cached_property
    def _one(self) -> str:
        return _any(self.words.plurals, self.words.grammar["lives"])

    @cached_property
    def plural(self) -> re.Pattern[str]:
        """The noun of several people after their number."""
        return _compile(rf"{self._modifiers}\s+({self._many}(?:\s+{self._many})*)(?!['’-])")

    @cached_property
    def singular(self) -> re.Pattern[str]:
        """The noun of one: "a rebel" is a person, "a rebel convoy" is none."""
        stop = _any(self.words.people["stops"], self.words.grammar["followers"])
        after = rf"{stop}|{self._of('be')}|{self._of('have')}|{self._of('adverbs')}|{self._harmed}"
        return _compile(
            rf"{self._modifiers}\s+({self._one}(?:\s+{self._one})*)\b(?!['’-])"
            rf"(?:{_MARK}|(?=\s+(?:(?:{after}|{self.words.joints['followed']})\b|(?-i:[A-Z\d]))))"
        )

    @cached_property
    def group(self) -> re.Pattern[str]:
        """A noun for a fixed number of people."""
        return _compile(rf"\s+({_any(self.words.groups)})\b(?!{self.words.joints['group']})")

    @cached_property
    def age(self) -> re.Pattern[str]:
        """What makes a number an age."""
        return _compile(rf"\b(?:{self._of('ages')}|{self._one}\s+{self._of('age_links')})\s+$")

    # ---- parts and lists -------------------------------------------------------------------------------------------

    @cached_property
    def breakdown_before(self) -> re.Pattern[str]:
        """Words after which the people are a part of those just counted."""
        return _compile(rf"\b{self._of('breakdown_before')}\s+(?:{self._of('be')}\s+)?$")

    @cached_property
    def breakdown_after(self) -> re.Pattern[str]:
        """Words that say so after the number."""
        return _compile(rf"\s+{self._of('breakdown_after')}\b")

    @cached_property
    def _link(self) -> str:
        return rf"(?:,?\s+{self._of('links')}\s+|[,،]\s*)"

    @cached_property
    def _attached(self) -> str:
        return rf"\s+{self._of('attachments')}\b(?:(?!\b{self._of('clause_words')}\b)[^,.;:\d]){{0,80}}?"

    @cached_property
    def listed(self) -> re.Pattern[str]:
        """What stands between the members of a list."""
        return _compile(rf"(?:{self._attached})?{self._link}(?:{self._of('links')}\s+)?")

    @cached_property
    def link_at_end(self) -> re.Pattern[str]:
        """A link of a list at the end of a text."""
        return _compile(rf"{self._link}$")

    @cached_property
    def followed(self) -> re.Pattern[str]:
        """What may stand after a number with no noun."""
        words = f"{self._of('followers', 'be', 'have', 'adverbs')}|{self._harmed}"
        return _compile(rf"{_MARK}|\s+(?:{words})\b")

    @cached_property
    def list_end(self) -> re.Pattern[str]:
        """What may stand after the last member of a list, where no verb of its own follows."""
        return _compile(rf"{_MARK}|\s+{self._of('followers')}\b")

    # ---- what befell them ------------------------------------------------------------------------------------------

    @cached_property
    def _harmed(self) -> str:
        return _any(*(words for harm in self.words.harms.values() for words in (harm.passive, harm.alone)))

    @cached_property
    def life_verb(self) -> re.Pattern[str]:
        """Verbs before "25 lives"."""
        return _compile(rf"\b{self._of('life_verbs')}\s+$")

    @cached_property
    def lives_lost(self) -> re.Pattern[str]:
        """Verbs after "25 lives"."""
        return _compile(rf"(?:\s+{self._of('be', 'have', 'adverbs')})+\s+{self._of('life_verbs')}\b")

    @cached_property
    def active(self) -> Mapping[str, re.Pattern[str]]:
        """By harm, its verb before the people: "killed 12"."""
        return {what: _compile(rf"\b{_any(harm.active)}\s*:?\s+$") for what, harm in self.words.harms.items()}

    @cached_property
    def passive(self) -> Mapping[str, re.Pattern[str]]:
        """By harm, what may stand after the people: "were killed", "have died", "killed" without an object."""
        return {what: self._passive(harm) for what, harm in self.words.harms.items()}

    def _passive(self, harm: Harm) -> re.Pattern[str]:
        be, have, adverb = self._of("be"), self._of("have"), self._of("adverbs")
        passive, numeral = _any(harm.passive), self.numerals.pattern
        adverbs, between = rf"(?:\s+{adverb})*", rf"(?:\s+(?:{have}|{adverb}))*"
        no_object = rf"(?!\s+(?:{self._of('objects')}|{numeral})\b)"
        ways = [
            rf",?{between}\s+{be}(?:\s+(?:{be}|{have}|{adverb}))*\s+(?={passive}\b)",
            rf"{adverbs}\s+(?={passive}\b{no_object})",
            *([rf",?{between}\s+(?={_any(harm.alone)}\b)"] if harm.alone else []),
        ]
        harmed = _any(harm.passive, harm.alone)
        return _compile(rf"(?:{self._attached})?{_PARENTHESIS}(?:{'|'.join(ways)})(?P<harm>{harmed})\b")

    @cached_property
    def mixed_before(self) -> re.Pattern[str]:
        """Tell "killed or wounded 12", which says of nobody which it was."""
        active = _any(*(harm.active for harm in self.words.harms.values()))
        return _compile(rf"\b{active}\s+{self._of('mixed')}\s+{active}\s+$")

    @cached_property
    def mixed_after(self) -> re.Pattern[str]:
        """Tell "12 killed or wounded"."""
        return _compile(rf"(?:,\s+{self._harmed})*,?\s+{self._of('mixed')}\s+{self._harmed}\b")

    @cached_property
    def _tolls(self) -> Mapping[str, re.Pattern[str]]:
        links = self._of("figure_links")
        return {
            what: _compile(
                rf"\b(?:{_any(harm.tolls)}(?:\s+{self._of('toll_links')}\s+|:\s*)"
                rf"|{_any(harm.figures)}\b(?:[^.;\d]{{0,100}}?\b{links}\s+|[^.;\d]{{0,40}}:\s*|\s+))$"
            )
            for what, harm in self.words.harms.items()
        }

    def toll_before(self, text: str, start: int, end: int) -> str | None:
        """Return of what harm the words before `end` say that a figure follows, None where they do not."""
        hits = {what: hit.start() for what in HARMS if (hit := self._tolls[what].search(text, start, end))}
        return max(hits, key=lambda what: hits[what]) if hits else None


@cache
def load_count_patterns(code: str = "en") -> CountPatterns:
    """Load the patterns of a language; raise DataFileError where its file is wrong."""
    return CountPatterns(code, load_count_words(code), load_numerals(code))
