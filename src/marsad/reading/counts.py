"""Numbers of people in a text, and what befell them.

A number counts only where the text gives one ("dozens" gives none) and only where it counts persons: a family, a raid
or a regiment is none. Sums are made only of the members of one list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from marsad.reading._count_patterns import ANY_ZONE, APPOSITION, DIGIT, REACH, load_count_patterns
from marsad.reading._count_words import HARMS
from marsad.reading.times import find_times
from marsad.records import Count, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.reading._count_patterns import CountPatterns


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """A number of people: its half-open span in the text (bounding words and noun included) and what it says.

    `low` and `high` are equal for one number and None where open. `noun` is the noun as written, lower-cased, None
    where the number stands alone. `what` is one of `killed`, `wounded`, `detained`, `displaced`, or None where the
    words beside it say nothing of the kind. `of_which` marks a part of people already counted ("24 of them civilians").
    """

    start: int
    end: int
    low: int | None
    high: int | None
    noun: str | None
    what: str | None
    of_which: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention, how far the words for its harm reach, and whether it counts people only by such words (`bare`)."""

    mention: NumberMention
    reached: int
    bare: bool = False


def find_counts(text: str, start: int, end: int, language: str = "en") -> tuple[NumberMention, ...]:
    """Return the numbers of people in `text[start:end]`, in order, with offsets in `text`.

    Words of the same paragraph outside the span still say what befell the people.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    found = _mentions(text, first, len(text) if last < 0 else last, language)
    return tuple(mention for mention in found if start <= mention.start and mention.end <= end)


def counts_for(text: str, start: int, end: int, language: str = "en") -> Counts:
    """Return the killed, wounded, detained and displaced of a clause, `text[start:end]`.

    The first total of each kind counts, with the other members of its list; parts of a total count only where the
    clause holds nothing else.
    """
    mentions = find_counts(text, start, end, language)
    patterns = load_count_patterns(language)
    counted = {
        what: _total(patterns, text, [mention for mention in mentions if mention.what == what]) for what in HARMS
    }
    return Counts(**counted)


def _total(patterns: CountPatterns, text: str, mentions: Sequence[NumberMention]) -> Count | None:
    totals = [mention for mention in mentions if not mention.of_which] or list(mentions[:1])
    if not totals:
        return None
    members = [totals[0]]
    for one in totals[1:]:
        if not patterns.listed.fullmatch(text, members[-1].end, one.start):
            break
        members.append(one)
    return Count(_sum([one.low for one in members]), _sum([one.high for one in members]))


def _sum(bounds: list[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return sum(known) if len(known) == len(bounds) else None


@lru_cache(maxsize=64)
def _mentions(text: str, start: int, end: int, language: str) -> tuple[NumberMention, ...]:
    patterns = load_count_patterns(language)
    times = find_times(text, start, end, published=None, zone=ANY_ZONE, language=language)
    timed = [(one.start, one.end) for one in times]
    for low, high in timed:
        text = text[:low] + DIGIT.sub("_", text[low:high]) + text[high:]
    found = []
    reached = start
    for match in patterns.number.finditer(text, start, end):
        number = match.start("number")
        if number < reached or any(low <= number < high for low, high in timed):
            continue
        one = _read(patterns, text, max(start, match.start() - REACH), end, match)
        if one:
            found.append(one)
            reached = one.mention.end
    listed = _with_lists(patterns, text, found)
    return tuple(one.mention for one in listed if not one.bare or one.mention.what or one.mention.of_which)


def _read(patterns: CountPatterns, text: str, start: int, end: int, match: re.Match[str]) -> _Found | None:
    """Read one number with its bounds, noun and harm; None where it counts no people."""
    low, high = _bounds(patterns, match)
    if low is None and high is None:
        return None
    singular = low == high == 1
    after = patterns.after_number.match(text, match.end(), end)
    tail = after.end() if after else match.end()
    noun = (patterns.singular if singular else patterns.plural).match(text, tail, end)
    group = patterns.group.match(text, match.end(), end) if match["article"] else None
    if group:
        size = patterns.words.groups[" ".join(group[1].lower().split())]
        low, high, noun = size, size, group
    if match["article"] and not noun:
        return None
    last = noun.end() if noun else tail
    of_which = bool(patterns.breakdown_before.search(text, start, match.start()))
    of_which = of_which or any(patterns.breakdown_after.match(text, place) for place in (match.end(), last))
    if not noun and (
        _is_age(patterns, text, start, match) or not (of_which or patterns.followed.match(text, tail, end))
    ):
        return None
    what, reached = _lives(patterns, text, match, noun) or _harm(patterns, text, (start, match.start()), (last, end))
    word = " ".join(noun[1].lower().split()) if noun else None
    mention = NumberMention(start=match.start(), end=last, low=low, high=high, noun=word, what=what, of_which=of_which)
    demonym = noun is not None and noun[1][:1].isupper()
    return _Found(mention, reached, bare=noun is None or demonym or bool(match["article"]))


def _bounds(patterns: CountPatterns, match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["article"]:
        return 1, 1
    value = patterns.numerals.value
    if match["a"]:
        return (int(match["a"]), int(match["b"]))
    first = value(match["first"])
    if match["second"] and not match["grown"]:
        second = value(match["second"])
        return (first, second) if first is not None and second is not None and first < second else (None, None)
    number = value(match["second"]) if match["second"] else first
    if patterns.low.search(match["bounds"] or ""):
        return number, None
    if patterns.high.search(match["bounds"] or ""):
        return None, number
    return number, number


def _is_age(patterns: CountPatterns, text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a number with no noun is somebody's age: "a driver of 36", "Name, 51, was"."""
    if patterns.age.search(text, start, match.start()):
        return not patterns.toll_before(text, start, match.start())
    return text[match.end() : match.end() + 1] in {",", ".", ")"} and bool(
        APPOSITION.search(text, start, match.start())
    )


def _lives(
    patterns: CountPatterns, text: str, match: re.Match[str], noun: re.Match[str] | None
) -> tuple[str | None, int] | None:
    """Return what `_harm` does for "25 lives", None for any other noun."""
    if noun is None or noun[1].lower() not in patterns.words.grammar["lives"]:
        return None
    lost = patterns.life_verb.search(text, max(0, match.start() - 20), match.start())
    lost = lost or patterns.lives_lost.match(text, noun.end())
    return ("killed" if lost else None), noun.end()


def _harm(
    patterns: CountPatterns, text: str, before: tuple[int, int], after: tuple[int, int]
) -> tuple[str | None, int]:
    """Return what befell the people by the words in the spans beside them, and how far those words reach."""
    start, end = max(before[0], before[1] - 60), before[1]
    for what in HARMS:
        if patterns.active[what].search(text, start, end):
            return (None if patterns.mixed_before.search(text, start, end) else what), after[0]
    toll = patterns.toll_before(text, *before)
    if toll:
        return toll, after[0]
    candidates = [(hit, what) for what in HARMS if (hit := patterns.passive[what].match(text, *after))]
    if not candidates:
        return None, after[0]
    hit, what = min(candidates, key=lambda pair: (pair[0].start("harm"), -pair[0].end()))
    return (None if patterns.mixed_after.match(text, hit.end(), after[1]) else what), hit.end()


def _with_lists(patterns: CountPatterns, text: str, found: list[_Found]) -> list[_Found]:
    """Give the members of a list what befell the one that the words stand beside."""
    done: list[_Found] = []
    for one in found:
        before = done[-1] if done else None
        if before and before.mention.what and one.mention.what is None:
            gap = text[before.reached : one.mention.start]
            done.append(_inherited(patterns, text, before, one, gap))
        else:
            done.append(one)
    for index in range(len(done) - 2, -1, -1):
        member, after = done[index].mention, done[index + 1].mention
        if member.what is None and after.what and not after.of_which and _begins_list(patterns, text, member, after):
            done[index] = replace(done[index], mention=replace(member, what=after.what))
    return done


def _begins_list(patterns: CountPatterns, text: str, one: NumberMention, after: NumberMention) -> bool:
    listed = patterns.listed.fullmatch(text, one.end, after.start)
    return bool(listed) and not patterns.hanging.search(text, max(0, one.start - 20), one.start)


def _inherited(patterns: CountPatterns, text: str, before: _Found, one: _Found, gap: str) -> _Found:
    mention = one.mention
    part_of_list = before.mention.of_which and patterns.link_at_end.search(gap)
    broken_down = mention.of_which or gap.strip() == ":" or part_of_list
    ends = patterns.list_end.match(text, mention.end)
    listed = patterns.listed.fullmatch(gap) and before.reached == before.mention.end
    if (broken_down and not re.search(r"[.;]\s", gap)) or (listed and ends):
        mention = replace(mention, what=before.mention.what, of_which=bool(broken_down))
        return _Found(mention, one.reached)
    return one
