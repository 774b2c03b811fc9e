"""What a wire story says about itself: the dateline at its start and the credit at its end.

A dateline is a run of place names, dates and agencies, closed by a dash, a colon or, after an agency between slashes, a
full stop: "BEIRUT, Nov 27, 2024 (AFP) - ", "MOSCOW, December 9. /TASS/. ", "Aleppo, SANA - ", "INA - BAGHDAD". It is
recognised by its shape; no outlet's name is known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from marsad.intake.dates import WORDS, date_of, written_date_pattern
from marsad.intake.lines import above, signature
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from datetime import date

_REACH = 200
_MAX_WORDS = 6
_WORD = re.compile(r"['’‘]?[^\W\d_][^\W\d_'’‘.-]*(?:['’‘.-][^\W\d_'’‘.-]+)*(?:(?<=\bS[Tt])\.)?['’]?")
_GROUP = re.compile(r"\(([^()\n]{2,100})\)|\[([^\[\]\n]{2,100})\]|/([^/\n]{2,40})/")
_JOIN = re.compile(r"[ \t]*(?:[,/][ \t]*|\.[ \t]+)|[ \t]+")
_DASH = re.compile(r"[ \t]+(?:--?|[–—])\s+|(?<=[)\]])(?:[ \t]*(?:--|[–—])[ \t]*|[ \t]+-(?=[^\Wa-z_]))")
_COLON = re.compile(r":[ \t]+")
_PREFIX = re.compile(r"date\s+(?=\d{4}-)")
_SPACE = re.compile(r"\s+(?=[^\Wa-z_])")
_STOP = re.compile(r"\.\s+")
_SLASH = re.compile(r"/[ \t]+")
_AGENCY_FIRST = re.compile(
    r"(?P<agency>[A-Z]{2,6})[ \t]+(?:--?|[–—])[ \t]+(?P<place>[^\W\d_][^\n\d]{1,30}?)[ \t]*\r?\n\s*"
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_SPLIT = re.compile(r"\s+(?:--?|[–—])\s+|\s*[/;,]\s*|\s+and\s+|\s*&\s*")
_CREDIT = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)])|(?<=\n))[ \t]*[(\[]([^()\[\]\n]{2,80})[)\]]\s*\Z")
_LAST_LINE = re.compile(r"\n[ \t]*(?P<mark>[-–—][ \t]*)?(?P<names>[^\n]{2,80}?)[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline's span `[start, end)` in the text, where `end` is where the story begins, and what it says.

    `places` and `agencies` are as written, those of the closing credit included; `date` is None unless the year stands
    there. A text with a credit and no dateline has an empty span at 0.
    """

    start: int
    end: int
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    date: date | None = None


@dataclass(slots=True)
class _Scan:
    """What has been read of a dateline so far; `parts` are its names, each a list of words."""

    at: int
    parts: list[list[str]]
    agencies: list[str]
    date: date | None = None
    dated: bool = False
    group: str = ""
    grouped: list[str] = field(default_factory=list)  # the names of the last group in parentheses
    nameless: bool = False  # whether it credits agencies without naming them


def dateline(text: str) -> Dateline | None:
    """Return what the start and the end of `text` say about its origin, None where they say nothing.

    A byline and other lines that speak of the story may stand above the dateline.
    """
    head = _head(text, 0) or _head(text, above(text))
    closing = closing_credit(text)
    if head is None and not closing:
        return None
    head = head or Dateline(0, 0)
    agencies = tuple(dict.fromkeys((*head.agencies, *closing)))
    return Dateline(head.start, head.end, head.places, agencies, head.date)


def _head(text: str, at: int) -> Dateline | None:
    start = len(text) - len(text[at:].lstrip())
    if (match := _AGENCY_FIRST.match(text, start)) and _is_place(match["place"].split()):
        return Dateline(start, match.end(), (match["place"],), (match["agency"],))
    scan = _Scan(start, [], [])
    if prefix := _PREFIX.match(text, start):
        scan.at = prefix.end()
    opened = True  # whether the next word begins a new name
    while scan.at < min(len(text), start + _REACH):
        if not _step(text, scan, opened):
            return None
        if end := _end(text, scan):
            return _finished(text, scan, start, end)
        join = _JOIN.match(text, scan.at)
        if join is None:
            return None
        opened = bool(join.group().strip())
        scan.at = join.end()
    return None


def _step(text: str, scan: _Scan, opened: bool) -> bool:
    """Read one date, group or word at `scan.at`; tell whether there was one."""
    if match := written_date_pattern().match(text, scan.at):
        scan.date = scan.date or date_of(match)
        scan.dated, scan.group = True, ""
    elif match := _GROUP.match(text, scan.at):
        if not _read_group(match, scan):
            return False
    elif match := _WORD.match(text, scan.at):
        if opened or not scan.parts or scan.group:
            scan.parts.append([])
        scan.parts[-1].append(match.group())
        scan.group = ""
        if len(scan.parts[-1]) > _MAX_WORDS:
            return False
    else:
        return False
    scan.at = match.end()
    return True


def _read_group(match: re.Match[str], scan: _Scan) -> bool:
    words = next(group for group in match.groups() if group)
    scan.group = match.group()[0]
    if dated := written_date_pattern().search(words):
        scan.date = scan.date or date_of(dated)
        scan.group += "date"
        words = f"{words[: dated.start()]}, {words[dated.end() :]}"
    names = [name.strip() for name in _SPLIT.split(words) if name.strip()]
    named = [name for name in names if name.lower() not in _words("nameless")]
    if scan.parts and scan.group == "(" and scan.grouped:
        # Of two groups the first tells the country: "KABANJO (Nyarwesi), Jan 10 (APL) -".
        scan.parts += [name.split() for name in scan.grouped]
        scan.agencies = [name for name in scan.agencies if name not in scan.grouped]
    scan.grouped = named if scan.group == "(" else []
    scan.agencies += named
    scan.nameless |= len(named) < len(names)
    return bool(names) and all(map(_is_agency, named))


def _end(text: str, scan: _Scan) -> int | None:
    """Return where the story begins if the dateline closes here, None if it goes on."""
    if match := _DASH.match(text, scan.at) or _COLON.match(text, scan.at):
        return match.end()
    if scan.group.startswith("/") and (match := _STOP.match(text, scan.at)):
        return match.end()
    whole = scan.group.startswith("(") and scan.dated and scan.parts and scan.agencies
    if (scan.group.endswith("date") or whole) and (match := _SPACE.match(text, scan.at)):
        return match.end()
    if len(scan.parts) == 1 and not (scan.agencies or scan.dated) and (match := _SLASH.match(text, scan.at)):
        scan.agencies.append(" ".join(scan.parts.pop()))
        return match.end()
    return None


def _finished(text: str, scan: _Scan, start: int, end: int) -> Dateline | None:
    """Return the dateline if what was read is one: places that look like places, and a story that begins like one."""
    places = list(scan.parts)
    if not scan.agencies and len(places) > 1 and not " ".join(places[0]).isupper():
        agencies = [part for part in places[1:] if _is_acronym(part)]
        places = [part for part in places if part not in agencies]
        scan.agencies += (part[0] for part in agencies)
    bare = not (scan.agencies or scan.dated or scan.nameless)
    if not (places or scan.agencies) or not all(map(_is_place, places)) or end >= len(text) or text[end].islower():
        return None
    colon = text[:end].rstrip().endswith(":")
    if bare and colon and not (text[end].isupper() and len(places) == 1 and _is_town(places[0])):
        return None
    names = tuple(" ".join(part) for part in places)
    return Dateline(start, end, names, tuple(dict.fromkeys(scan.agencies)), scan.date)


def _is_acronym(part: list[str]) -> bool:
    return len(part) == 1 and bool(_ACRONYM.fullmatch(part[0])) and part[0] not in _words("countries")


def _is_place(words: list[str]) -> bool:
    """Tell whether words can be a place: capitalised but for short connecting words, and no heading."""
    if " ".join(words).lower() in _words("headings") or words[-1].lower() in _words("headings"):
        return False
    return _capital(words[0]) and all(_capital(word) or len(word) <= 3 for word in words)


def _is_town(words: list[str]) -> bool:
    """Tell whether words may be a town's name alone before a colon, where a speaker's name stands as often."""
    return len(words) <= 2 and all(map(_capital, words))


def _is_agency(name: str) -> bool:
    """Tell whether a name can be an agency: capitalised words, or one short word such as "dpa"."""
    words = name.split()
    if name.lower() in _words("endings") or name.lower() in _words("headings") or len(words) > _MAX_WORDS:
        return False
    if not all(_WORD.fullmatch(word) for word in words):
        return False
    return all(_capital(word) or len(word) <= 3 for word in words) and (_capital(words[0]) or len(words) == 1)


def _capital(word: str) -> bool:
    return any(map(str.isupper, word))  # anywhere, for names such as "al-Hasakah" and "ez-Zor"


@cache
def _words(key: str) -> frozenset[str]:
    file = DataFile(WORDS)
    return frozenset(file.texts(file.data, key))


def closing_credit(text: str) -> tuple[str, ...]:
    """Return the agencies that the end of a text credits: in parentheses, after a dash, or alone on its last line."""
    tail = text[-_REACH:].rstrip()
    if match := _CREDIT.search(tail):
        names, marked = match[1], True
    elif match := _LAST_LINE.search(tail):
        names, marked = match["names"], bool(match["mark"])
    else:
        return ()
    if signature(names) is not None:
        return ()  # persons, not agencies
    leads = (lead for lead in _words("credit_leads") if names.lower().startswith((f"{lead} ", f"{lead}:")))
    lead = max(leads, key=len, default="")
    found = [name for name in _SPLIT.split(names[len(lead) :].strip(" :")) if name]
    if not found or not all(map(_is_agency, found)):
        return ()
    # Without a mark only capital letters tell an agency from a closing line.
    if not (marked or lead or any(_ACRONYM.fullmatch(name) for name in found)):
        return ()
    return tuple(found)
