"""What a page shows around its headline: who wrote the story, when it was published and changed, by the lines there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.dates import instant, months
from marsad.intake.lines import before_opening, is_name, opening, people, times
from marsad.intake.pagedates import When, when, zone_of
from marsad.intake.pagetext import class_words, text_of
from marsad.intake.pagewords import letters, page_words
from marsad.intake.storypart import headline_at
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from marsad.intake.storypart import Piece

_LINE = 160
_SIGNED = 80
_ABOVE = 4  # blocks above the headline, and below it or below the story, that may speak of it
_BELOW = 8
_STRONG = re.compile(r"\s*[|•·●‧∙]\s*|[\[\]]")
_FINE = re.compile(r"\s+[–—/-]\s+")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d\d?)([/-])(\d\d?)\2\d{4}(?!\d)")
_ZONE_AT_END = re.compile(r"\((?:[^\W\d_]{2,5},?\s)?((?:UTC|GMT)[+-]\d\d?(?::?\d\d)?|UTC|GMT)\)\s*$")


_ALL_TIMES = re.compile(r"\btimes?\b[^.\d]{0,30}\b((?:GMT|UTC)(?:\s?[+-]\s?\d\d?(?::?\d\d)?)?)", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:GMT|UTC)(?:\s?[+-]\s?\d\d?(?::?\d\d)?)?(?!\w)")
_PROFILE = re.compile(r"/(?:authors?|auteurs?|autor(?:es)?|by|contributors?|journalists?|profiles?|writers?)/")
_SLASHED = re.compile(r"(?<=\d)[/-](?=[^\W\d_])|(?<=[^\W\d_])[/-](?=\d)")


@dataclass(slots=True)
class Head:
    """What the lines around a headline tell; empty where they tell nothing."""

    authors: list[str] = field(default_factory=list)
    published: When | None = None
    updated: When | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """How dates are read: whose zone their times are in, which of two numbers is the day, and what comes too late."""

    zone: tzinfo | None
    day_first: bool | None
    latest: datetime | None

    def when(self, words: str | None, zone: tzinfo | None) -> When | None:
        """Return what words tell, None where they are no date or one ahead."""
        if not words or len(words) > _LINE or not any(map(str.isdigit, words)):
            return None
        try:
            found, precision = instant(_SLASHED.sub(" ", words), zone or self.zone, day_first=self.day_first)
        except InputError:
            return None
        if self.latest is not None and found > self.latest:
            return None
        return When(found.date(), None if precision is DatePrecision.DAY else found)


def head_of(
    pieces: Sequence[Piece], title: str, publisher: str | None, language: str | None, latest: datetime | None
) -> Head:
    """Return what the lines next to a headline say; those below the story are read where those above are silent."""
    reading = _Reading(page_zone(pieces), _order(pieces, language), latest)
    at = headline_at(pieces, title)
    begin = next((i for i, one in enumerate(pieces[at or 0 :], at or 0) if one.prose), len(pieces))
    below = pieces[max(at or 0, begin - 2 * _BELOW) : begin]
    head = Head()
    for one in below:
        _take(one, head, reading, title, publisher)
    for one in reversed(pieces[max(at - _ABOVE, 0) : at] if at is not None else ()):
        if head.published is None or times(one.words) or opening(one.words):
            _take(one, head, reading, title, publisher)
    last = max((i for i, one in enumerate(pieces) if one.prose), default=0)
    after = Head()
    for one in takewhile(lambda one: not one.is_heading, pieces[begin + 1 : last + _BELOW]):
        if (times(one.words) or opening(one.words)) and not one.prose:
            _take(one, after, reading, title, publisher)
    if not head.authors:
        head.authors = after.authors[:1]
    head.published = head.published or after.published
    return head


def _take(piece: Piece, head: Head, reading: _Reading, title: str, publisher: str | None) -> None:
    """Take in what one block tells."""
    if len(piece.words) > _LINE or letters(piece.words) == letters(title):
        return
    line = piece.words.replace(publisher, "") if publisher else piece.words
    zone = _zone(line)
    line = _ZONE_AT_END.sub("", line).strip(" ,|-–—") if zone else line
    line = "".join(one if one.isascii() or not one.isdecimal() else str(unicodedata.decimal(one)) for one in line)
    line = _of_era().sub("", _second_month().sub(r"\1", line))
    rough = _split(_split([line], _STRONG), before_opening())
    fine = _split(rough, _FINE)
    parts = list(dict.fromkeys((line, *rough, *fine, *_joined(fine), *piece.parts)))
    labelled = False
    for part in parts:
        if (told := times(part)) and not told.bare:
            labelled = True
            head.published = head.published or reading.when(told.published, zone)
            head.updated = head.updated or reading.when(told.updated, zone)
    dated = labelled
    for part in () if labelled else parts:
        if found := reading.when(part.strip(" .,;:()"), zone):
            dated = True
            known = head.published
            if known is None or (known.instant is None and known.day == found.day):
                head.published = found
    if head.published is None and not labelled and (day := when(line, reading.latest)):
        head.published, dated = day, True
    names = [name for part in (*rough, *fine, *piece.parts) for name in _names(part, dated=dated and len(parts) > 1)]
    for name in (*names, *_marked(piece)):
        if name not in head.authors and name.casefold() not in page_words().accounts:
            head.authors.append(name)


@cache
def _second_month() -> re.Pattern[str]:
    """Return the pattern of a month under two names: "حزيران/يونيو"."""
    names = "|".join(re.escape(one) for one in sorted(months(), key=len, reverse=True))
    return re.compile(rf"\b({names})\s?[/(]\s?(?:{names})\b\)?", re.IGNORECASE)


@cache
def _of_era() -> re.Pattern[str]:
    """Return the pattern of the letter behind a year of our era in Arabic."""
    return re.compile(r"(?<=\d\d\d\d)\s?م(?!\w)")


def _split(parts: Sequence[str], mark: re.Pattern[str]) -> list[str]:
    return [piece.strip(" ,") for part in parts for piece in mark.split(part) if piece.strip(" ,")]


def _marked(piece: Piece) -> list[str]:
    """Return the names in elements of a block whose class says that they hold who wrote it."""
    found: list[str] = []
    for one in (piece.element, *piece.element.iterdescendants()):
        if isinstance(one.tag, str) and (
            _PROFILE.search(one.get("href") or "") or class_words(one) & page_words().bylines
        ):
            words = text_of(one)
            words = (opening(words) or words) if len(words) <= _SIGNED else ""
            found += people(words) if words else ()
    return found


def _joined(parts: Sequence[str]) -> Iterator[str]:
    """Yield neighbours together, as a mark may part a day from its time."""
    for one, other in pairwise(parts):
        yield f"{one.strip()} {other.strip()}"


def _names(part: str, *, dated: bool) -> tuple[str, ...]:
    """Return the persons that a part of a line names: after "By", or alone beside a date."""
    words = part.strip(" ,.;:")
    if named := opening(words):
        return people(named) or people(named.split(",")[0]) or _account(named)
    return (words,) if dated and is_name(words) else ()


def _account(words: str) -> tuple[str, ...]:
    """Return the one word under which somebody posts, unless it is that of the house."""
    name, _, rest = words.strip().partition(" at ")
    name = name.split(" on ")[0].strip()
    fits = name and name.isalpha() and name[0].isupper() and name.casefold() not in page_words().house
    return (name,) if fits and len(name) > 2 and not (rest and len(rest) > _LINE // 2) else ()


def page_zone(pieces: Sequence[Piece]) -> tzinfo | None:
    """Return the zone that the page says all of its times are in."""
    found = (_ALL_TIMES.search(one.words) for one in pieces if len(one.words) <= _LINE)
    return next((zone for match in found if match and (zone := zone_of(match[1].replace(" ", "")))), None)


def only_zone(pieces: Sequence[Piece]) -> tzinfo | None:
    """Return the zone that the page says its times are in, else the only one that its short lines name."""
    lines = (one.words for one in pieces if len(one.words) <= _LINE)
    named = [zone for line in lines for match in _ZONE.finditer(line) if (zone := zone_of(match[0].replace(" ", "")))]
    return page_zone(pieces) or (named[0] if named and all(one == named[0] for one in named) else None)


def _zone(line: str) -> tzinfo | None:
    """Return the zone that stands in parentheses at the end of a line, which is that of all its times."""
    match = _ZONE_AT_END.search(line)
    return zone_of(match[1]) if match else None


def _order(pieces: Sequence[Piece], language: str | None) -> bool | None:
    """Return whether the page's dates in digits begin with the day: by those that tell, else by its language."""
    found = [match for one in pieces if len(one.words) <= _LINE for match in _NUMERIC.finditer(one.words)]
    days = sum(1 for one in found if int(one[1]) > 12 >= int(one[3]))
    months = sum(1 for one in found if int(one[3]) > 12 >= int(one[1]))
    if days or months:
        return days > months
    return None if not language or language.startswith("en") else True
