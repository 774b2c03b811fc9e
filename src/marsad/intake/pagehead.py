"""What a page shows around its headline: who wrote the story, when it was published and changed, by the lines there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.dates import instant
from marsad.intake.lines import is_name, opening, people, times
from marsad.intake.pagedates import When
from marsad.intake.pagewords import letters
from marsad.intake.storypart import headline_at
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta, tzinfo

    from marsad.intake.storypart import Piece

_LINE = 160
_ABOVE = 4  # blocks above the headline, and below it or below the story, that may speak of it
_BELOW = 8
_BETWEEN = re.compile(r"\s*[|•·●‧∙]\s*|\s+[–—/-]\s+|[\[\]]|(?<=\d),?\s+(?=(?:by|par|por)\s)|,\s(?=(?:by|par|por)\s)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d\d?)([/-])(\d\d?)\2\d{4}(?!\d)")
_OPENING = re.compile(r"(?:posted|written|published|story|text|reported)?\s?by:?\s|par\s|por\s|autor:?\s|автор:?\s|بقلم:?\s", re.I)
_ZONE_AT_END = re.compile(r"\((?:[^\W\d_]{2,5},?\s)?((?:UTC|GMT)[+-]\d\d?(?::?\d\d)?|UTC|GMT)\)\s*$")


@dataclass(slots=True)
class Head:
    """What the lines around a headline tell; empty where they tell nothing."""

    authors: list[str] = field(default_factory=list)
    published: When | None = None
    updated: When | None = None


def head_of(pieces: Sequence[Piece], title: str, language: str | None, latest: datetime | None) -> Head:
    """Return what the lines next to a headline say; those below the story are read where those above are silent."""
    day_first = _order(pieces, language)
    at = headline_at(pieces, title)
    begin = next((i for i, one in enumerate(pieces[at or 0 :], at or 0) if one.prose), len(pieces))
    above = [] if at is None else list(pieces[max(at - _ABOVE, 0) : at])
    below = list(pieces[max((at or 0), begin - 2 * _BELOW) : begin])
    head = Head()
    for one in (*below, *reversed(above)):
        if one.words and len(one.words) <= _LINE and letters(one.words) != letters(title):
            _take(one.words, head, day_first, latest)
    last = max((i for i, one in enumerate(pieces) if one.prose), default=0)
    if not (head.authors and head.published):
        after = Head()
        for one in pieces[begin + 1 : last + _BELOW] if not head.published else ():
            if len(one.words) <= _LINE and (times(one.words) or _OPENING.match(one.words)) and not one.prose:
                _take(one.words, after, day_first, latest)
        head.authors = head.authors or after.authors[:1]
        head.published = head.published or after.published
    return head


def _take(line: str, head: Head, day_first: bool | None, latest: datetime | None) -> None:
    """Take in what one line tells."""
    zone = _zone(line)
    told = times(line)
    if told and not told.bare:
        head.published = head.published or _when(told.published, zone, day_first, latest)
        head.updated = head.updated or _when(told.updated, zone, day_first, latest)
    parts = [part for part in _BETWEEN.split(line) if part and part.strip()]
    dated = False
    for part in [line, *parts, *_joined(parts)]:
        found = _when(part.strip(" .,;:()"), zone, day_first, latest)
        dated = dated or found is not None
        if found and not (told and not told.bare):
            if head.published is None or (head.published.instant is None and head.published.day == found.day):
                head.published = found
    for part in parts:
        names = _names(part, dated=dated and len(parts) > 1)
        head.authors += [name for name in names if name not in head.authors]


def _joined(parts: Sequence[str]) -> Iterator[str]:
    """Yield neighbours together, as a mark may part a day from its time."""
    for one, other in zip(parts, parts[1:], strict=False):
        yield f"{one.strip()} {other.strip()}"


def _names(part: str, *, dated: bool) -> tuple[str, ...]:
    """Return the persons that a part of a line names: after "By", or alone beside a date."""
    words = part.strip(" ,.;:")
    if match := _OPENING.match(words):
        rest = words[match.end() :]
        return people(rest) or people(rest.split(",")[0])
    if (named := opening(words)) and (found := people(named)):
        return found
    return (words,) if dated and is_name(words) else ()


def _when(words: str | None, zone: tzinfo | None, day_first: bool | None, latest: datetime | None) -> When | None:
    if not words or len(words) > _LINE or not any(map(str.isdigit, words)):
        return None
    try:
        found, precision = instant(words, zone, day_first=day_first)
    except InputError:
        return None
    if latest is not None and found > latest:
        return None
    return When(found.date(), None if precision is DatePrecision.DAY else found)


def _zone(line: str) -> tzinfo | None:
    """Return the zone that stands in parentheses at the end of a line, which is that of all its times."""
    from marsad.intake.pagedates import zone_of  # noqa: PLC0415

    match = _ZONE_AT_END.search(line)
    return zone_of(match[1]) if match else None


def _order(pieces: Sequence[Piece], language: str | None) -> bool | None:
    """Return whether the page's dates in digits begin with the day: by those that can be read one way, or its language."""
    found = [match for one in pieces if len(one.words) <= _LINE for match in _NUMERIC.finditer(one.words)]
    days = sum(1 for one in found if int(one[1]) > 12 >= int(one[3]))
    months = sum(1 for one in found if int(one[3]) > 12 >= int(one[1]))
    if days or months:
        return days > months
    return None if not language or language.startswith("en") else True
