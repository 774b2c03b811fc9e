"""What a story says about itself: its dateline, who signed it, when it was published and changed, what was corrected.

Publishers put such lines above and below the story. They are read there alone, a line at a time, and only by rules that
a sentence of the story does not meet; a line that nothing is known of ends the search, but for a headline. The text is
never changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from marsad.intake.dateline import Dateline, closing_credit, dateline
from marsad.intake.lines import (
    changed,
    embargo,
    lines_of,
    note,
    opening,
    parts_of,
    people,
    rights,
    signature,
    signed,
    slug,
    times,
    when,
)
from marsad.records import DatePrecision
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from marsad.intake.lines import Told
    from marsad.vocabulary import Publishers

_REACH = 3000  # characters at either end in which a story speaks of itself
_SCAN = 20_000  # characters in which a second date alone on its line tells a log
_MOST_LINES = 12
_MOST_HEADLINES = 2
_LAST = 2  # lines at the end that may hold rights, or say something else
_HEADLINE = 160
_SHORT = 80
_PLACE_AND_AGENCY = re.compile(
    r"\s*(?P<place>(?:[^\Wa-z\d_][^\s\d()]{0,30}[ \t]){1,4})\((?P<agency>[^()\n]{2,60})\)\s+(?=[^\Wa-z_])"
)
_GROUP_ALONE = re.compile(r"[(\[][^\d()\[\]]{2,60}(?P<date>\d[^()\[\]]{0,40})?[)\]]")
_BRACKETED = re.compile(r"[(\[][^()\[\]]{5,800}[)\]]")
_CLOSING = re.compile(r"[(\[][^()\[\]\n]{5,800}[)\]]$")
_SENTENCE = re.compile(r"[.!?…][\"”’»')\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a text says of itself; what it does not say is None or empty.

    `dateline` has its span in the text. `published` and `updated` are instants with their precision, `embargo` is the
    one until which the story was to be held back. `authors` are as written, without editors; `note` is what was
    changed, several joined by a space.
    """

    dateline: Dateline | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published: Told | None = None
    updated: Told | None = None
    embargo: Told | None = None
    note: str | None = None


@dataclass(slots=True)
class _Found:
    """What the lines gave so far; `credited` may be agencies."""

    publishers: Publishers
    authors: list[str] = field(default_factory=list)
    credited: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    published: str | None = None
    updated: str | None = None
    embargo: Told | None = None

    def take(self, line: str, *, bare: bool) -> bool:
        """Take in what one line tells; tell whether it speaks of the story. `bare` where an instant alone does."""
        if until := embargo(line):
            self.embargo = self.embargo or until
        elif (told := times(line)) and (bare or not told.bare):
            self.published = self.published or told.published
            self.updated = self.updated or told.updated
            self._take_byline(line)  # "By Ada Example | 7 December 2030"
        elif words := note(line):
            self.notes.append(words)
        elif (names := signature(line)) is not None:
            self.authors += names
        else:
            return self._take_byline(line)
        return True

    def _take_byline(self, line: str) -> bool:
        words = opening(line)
        if not words:
            return False
        names = people(words)
        outlets = [part for part in parts_of(words) if self.publishers.named(part)]
        self.authors += names
        self.credited += outlets
        return bool(names or outlets)


def story(text: str, publishers: Publishers, *, title: str = "", published: Told | None = None) -> Story:
    """Return what a text says of itself.

    `publishers` tell an agency from a person in a byline; `published`, where it is known, gives the day of "Updated
    18:05 GMT", and what was updated before it was not.
    """
    found = _Found(publishers)
    if tag := slug(title) or slug(text.lstrip()[:_HEADLINE]):
        found.notes.append(tag)
    start = _head(text, found)
    end = _tail(text, start, found)
    line = _dateline(text, start, end, publishers)
    first = published or when(found.published, line.date if line else None)
    day = first[0].date() if first else line.date if line else None
    updated = when(found.updated, day) or next(filter(None, map(changed, found.notes)), None)
    agencies = [name for name in found.credited if _is_agency(name, publishers)]
    return Story(
        dateline=line,
        authors=tuple(dict.fromkeys(name for name in found.authors if publishers.named(name) is None)),
        agencies=tuple(dict.fromkeys(line.agencies if line and line.agencies else agencies)),
        published=published or first,
        updated=updated if updated and _later(updated, first) else None,
        embargo=found.embargo,
        note=" ".join(dict.fromkeys(found.notes)) or None,
    )


def _head(text: str, found: _Found) -> int:
    """Take in the lines above the story, headlines passed over; return where the last of them ends, 0 without any."""
    lines = [(match.end(), match.group().strip()) for match in islice(lines_of(text[:_REACH]), _MOST_LINES)]
    alone = sum(map(_is_instant, (line.strip() for line in text[:_SCAN].splitlines()))) == 1  # several head a log
    end = headlines = 0
    for number, (stop, line) in enumerate(lines):
        beside = [one for _, one in lines[max(number - 1, 0) : number + 2]]
        # A day further down is as often that on which somebody looked at the page, but for one below a byline.
        first = number == 0 or end == lines[number - 1][0]
        if found.take(line, bare=alone and (first or _is_to_the_minute(line))):
            end = stop
        elif (names := signed(line)) and any(map(_is_timed, beside)):
            found.authors += names
            end = stop
        elif _is_headline(line) and headlines < _MOST_HEADLINES:
            headlines += 1
        else:
            break
    return end


def _tail(text: str, start: int, found: _Found) -> int:
    """Take in what stands below the story, which follows `start`; return where the first of it begins.

    A signature in brackets is one wherever it stands there, over several lines and before what a page goes on with.
    """
    begin = max(start, len(text) - _REACH)
    tail = text[begin:]
    signatures = [match for match in _BRACKETED.finditer(tail) if signature(match[0]) is not None]
    end = _below(tail[: signatures[0].start()] if signatures else tail, found)
    for match in signatures:
        found.take(match[0], bare=False)
    if signatures:
        _below(tail[signatures[-1].end() :], found)
    return begin + end


def _below(tail: str, found: _Found) -> int:
    """Take in the last lines of a text, from the last one up; return where the first of them begins."""
    end, told = len(tail), []
    for number, match in enumerate(reversed(tuple(lines_of(tail))[-_MOST_LINES:])):
        line = match.group().strip()
        if holder := rights(line) if number < _LAST else None:
            found.credited.append(holder)
        elif note(line) or signature(line) is not None or ((seen := times(line)) and not seen.bare):
            told.append(line)
        elif (inner := _CLOSING.search(line)) and note(inner[0]):
            told.append(inner[0])
            break
        elif len(line) > _SHORT or number >= _LAST:
            break
        else:
            continue
        end = match.start()
    for line in reversed(told):
        found.take(line, bare=False)
    return end


def _dateline(text: str, start: int, end: int, publishers: Publishers) -> Dateline | None:
    """Return the dateline, also below a headline and with the credit above closing lines."""
    line = dateline(text)
    if (line is None or line.start == line.end) and (below := dateline(text[start:])) and below.start < below.end:
        line = replace(below, start=below.start + start, end=below.end + start)
    if line is None and (match := _PLACE_AND_AGENCY.match(text, start)) and _is_agency(match["agency"], publishers):
        line = Dateline(match.start("place"), match.end(), (match["place"].strip(),), (match["agency"],))
    if line is not None:
        line = _outlets_last(text, _places_first(text, line, publishers), publishers)
    if (line is None or not line.agencies) and (credit := closing_credit(text[:end])):
        line = replace(line or Dateline(0, 0), agencies=credit)
    return line


def _outlets_last(text: str, line: Dateline, publishers: Publishers) -> Dateline:
    """Return a dateline on a line of its own with a known outlet as an agency: "APP - UrduPoint"."""
    if not line.agencies or "\n" not in text[line.start : line.end]:
        return line
    outlets = tuple(name for name in line.places if publishers.named(name))
    places = tuple(name for name in line.places if name not in outlets)
    return replace(line, places=places, agencies=(*line.agencies, *outlets))


def _places_first(text: str, line: Dateline, publishers: Publishers) -> Dateline:
    """Return a dateline that is one group alone with its name as a place, unless an agency is known or looks like one.

    "(Beirut) - " and "(Beirut, January 27, 2024) - " stand as often as "(Reuters) - ".
    """
    group = _GROUP_ALONE.match(text, line.start, line.end)
    if line.places or group is None:
        return line
    names = tuple(
        name
        for name in line.agencies
        if name in group[0] and not _is_agency(name, publishers) and (group["date"] or not name.isupper())
    )
    return replace(line, places=names, agencies=tuple(name for name in line.agencies if name not in names))


def _later(updated: Told, published: Told | None) -> bool:
    """Tell whether an update is one: after publication, by its day where either has no more."""
    if published is None:
        return updated[1] is not DatePrecision.DAY
    if updated[1] is DatePrecision.DAY:
        return updated[0].date() > published[0].date()
    if published[1] is DatePrecision.DAY:
        return updated[0].date() >= published[0].date()
    return updated[0] > published[0]


def _is_agency(name: str, publishers: Publishers) -> bool:
    known = publishers.named(name)
    return known is not None and load_outlets()[known.kind].agency


def _is_instant(line: str) -> bool:
    return len(line) <= _SHORT and (told := times(line)) is not None and told.bare


def _is_to_the_minute(line: str) -> bool:
    told = times(line)
    at = when(told.published) if told else None
    return at is not None and at[1] is not DatePrecision.DAY


def _is_timed(line: str) -> bool:
    return times(line) is not None


def _is_headline(line: str) -> bool:
    return len(line) <= _HEADLINE and not _SENTENCE.search(line)
