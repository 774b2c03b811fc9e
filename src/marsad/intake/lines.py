"""The lines around a story that tell of it: when it was published and changed, by whom, and what was corrected.

Every rule takes one line and is told by how that begins and by its shape; the words are those of `story.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.dates import instant
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from marsad.records import DatePrecision

    Told = tuple[datetime, DatePrecision]

WORDS = Path(__file__).with_name("story.toml")
_LONGEST = 160
_REACH = 3000  # characters from the start of a text in which such lines are looked for
_MOST_LINES = 12
_LONGEST_NOTE = 800
_LINE = re.compile(r"[^\n]+")
_NAME = re.compile(r"(?:[^\W\d_]['’.-]?){1,30}")
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[/–—-]\s+")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b)\s{0,3}©?\s{0,3}(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s{1,3})?(?:by\s)?(?P<who>[^.|,;\d]{2,60})",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:updated|corrected|amended|clarified|revised) (?:on|at) "
    r"([^.;)]{6,60}?)(?= (?:to|with|after|because|and)\b|[.;)]|$)"
)
_MOST_WORDS = 5
_ANY_DAY = date(2000, 1, 1)  # for times of which only the form matters


@dataclass(frozen=True, slots=True)
class Times:
    """When a line says that the story was published and changed, as written; `bare` for an instant without a label."""

    published: str | None = None
    updated: str | None = None
    bare: bool = False


def times(line: str) -> Times | None:
    """Return what a line tells of the story's times: "Published: … | Updated: …", or an instant alone; else None.

    After a bar the instant of a bulletin counts as one alone: "Office of the Spokesman | Thursday 15 March 2035".
    """
    if len(line) > _LONGEST:
        return None
    labels = list(_label("times").finditer(line))
    if not labels or line[: labels[0].start()].strip(" (["):
        last = line.rpartition("|")[2]
        return Times(published=last, bare=True) if when(last) else None
    ends = [match.start() for match in labels[1:]] + [len(line)]
    found: dict[str, str] = {}
    for match, end in zip(labels, ends, strict=True):
        if words := _first_time(line[match.end() : end]):
            found.setdefault(_kind_of(match["label"]), words)
    return Times(found.get("published"), found.get("updated")) if found else None


def when(words: str | None, day: date | None = None) -> Told | None:
    """Return the instant of words, None where they name none; `day` is that of a time alone."""
    try:
        return instant(words, day=day) if words else None
    except InputError:
        return None


def embargo(line: str) -> Told | None:
    """Return until when a line asks that the story be held back, None where it does not or cannot be read."""
    match = _label("embargo").match(line) if len(line) <= _LONGEST else None
    return when(line[match.end() :].strip(" .:!)")) if match else None


def opening(line: str) -> str | None:
    """Return what follows "By" at the start of a line, down to a bar or a dash; None for a sentence or other lines."""
    match = _label("openings").match(line) if len(line) <= _LONGEST else None
    if match is None or line.rstrip()[-1:] in ".!?:":
        return None
    return _PIECES.split(line[match.end() :], maxsplit=1)[0].strip()


def before_opening() -> re.Pattern[str]:
    """Return the pattern of the blanks between a date and the "by" after it."""
    return re.compile(rf",?\s+(?=(?:{_any(_words('names', 'openings'))})\s)", re.IGNORECASE)


def people(words: str) -> tuple[str, ...]:
    """Return the persons of a byline, "Ada Example and Ben Other in Homs"; empty where one of them is none.

    A comma ends the names, except before an "and": "A, B and C".
    """
    *first, last = _label("between").split(words)
    names = [name for piece in first for name in piece.split(",")] + last.split(",")[:1]
    found = [_placeless(name) for name in names]
    return tuple(dict.fromkeys(found)) if all(map(is_name, found)) else ()


def signed(line: str) -> tuple[str, ...]:
    """Return the name of "Ada Example | Homs", which is one only beside a line with the time; empty for others."""
    pieces = [piece.strip() for piece in line.split("|")] if len(line) <= _LONGEST else []
    if len(pieces) != 2 or not 0 < len(pieces[1].split()) <= 3 or not pieces[1][0].isupper() or re.search(r"\d", line):
        return ()
    return (pieces[0],) if is_name(pieces[0]) else ()


def signature(line: str) -> tuple[str, ...] | None:
    """Return whom a closing line names: "(Reporting by …; Editing by …)"; None where it is none, editors left out."""
    inner = " ".join(line.strip().strip("()[]").split())
    leads = _label("leads")
    if len(inner) > _LONGEST_NOTE or not leads.match(inner):
        return None
    marks = list(leads.finditer(inner))
    found: list[str] = []
    for match, end in zip(marks, [after.start() for after in marks[1:]] + [len(inner)], strict=True):
        if _is_author(match):
            named = ", ".join(_label("between").split(inner[match.end() : end].rstrip(" .;,|/")))
            found += filter(is_name, map(_placeless, re.split(r"[,;]", named)))
    edited = any(not _is_author(match) for match in marks)
    return tuple(dict.fromkeys(found)) if found or edited else None


def note(line: str) -> str | None:
    """Return a line that says what was changed, without its parentheses; None for any other."""
    words = " ".join(line.split())
    if len(words) > _LONGEST_NOTE:
        return None
    if words[:1] in {"(", "["} and words.rstrip(".")[-1:] in {")", "]"} and _label("brackets").match(words[1:]):
        return words.rstrip(".")[1:-1].strip()
    plain = words.strip("()[]*_ ")
    if _label("labels").match(plain) or _label("sentences").match(plain):
        return plain
    return None


def changed(words: str) -> Told | None:
    """Return when a note says that the story was changed: "was amended on 8 December 2024 at 10:00 GMT to …"."""
    match = _CHANGED.search(words)
    return when(match[1].strip(" ,")) if match else None


def slug(line: str) -> str | None:
    """Return the tag before a title: "UPDATE 2" of "UPDATE 2-Rebels enter town"; None where there is none."""
    match = _label("slugs").match(line)
    return match["label"].strip() if match else None


def rights(line: str) -> str | None:
    """Return who holds the rights by a line such as "© 2024 Example Agency. All rights reserved.", else None."""
    match = _RIGHTS.match(line.strip()) if len(line) <= _LONGEST else None
    return match["who"].strip() if match else None


def _first_time(words: str) -> str | None:
    """Return the first piece of words that is a time, with or without its day."""
    return next((piece for piece in map(_bare, (words, *_PIECES.split(words))) if _is_time(piece)), None)


def _is_time(words: str) -> bool:
    """Tell whether words have the form of an instant, whichever of two numbers in them is the day."""
    for day_first in (True, False):
        try:
            instant(words, day=_ANY_DAY, day_first=day_first)
        except InputError:
            continue
        return True
    return False


def _bare(words: str) -> str:
    return words.strip(" :.,;()[]|/–—-")


def parts_of(words: str) -> tuple[str, ...]:
    """Return what a byline lists, persons and outlets: "AFP and Ada Example, Reuters"."""
    return tuple(part.strip() for part in ",".join(_label("between").split(words)).split(","))


def _placeless(words: str) -> str:
    return _label("where").split(words.strip(), maxsplit=1)[0].strip()


def is_name(words: str) -> bool:
    """Tell whether words can be a person's name: two to five, capitalised but for particles, none of a body or role."""
    parts = words.split()
    if not 2 <= len(parts) <= _MOST_WORDS or not all(_NAME.fullmatch(part) for part in parts):
        return False
    if any(part.lower().strip(".") in _words("names", "roles") for part in parts):
        return False
    particles = _words("names", "particles")
    full = [part for part in parts if part.lower() not in particles]
    return 1 <= len(full) < _MOST_WORDS and all(_opens(part) for part in full) and _opens(parts[-1])


def _opens(word: str) -> bool:
    """Tell a word that begins a name: with a capital after any "al-" or "d'", or of a script without capitals."""
    return any(map(str.isupper, word)) or not any(map(str.islower, word))


def _is_author(lead: re.Match[str]) -> bool:
    return " ".join(lead["label"].lower().split()) in _words("names", "signatures")


def _kind_of(label: str) -> str:
    label = " ".join(label.lower().split())
    return next(kind for kind in ("published", "updated") if label in _words("times", kind))


def lines_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines of a text that hold something."""
    return (match for match in _LINE.finditer(text) if not match.group().isspace())


def above(text: str) -> int:
    """Return where a text begins that lines stand above which speak of it: 0 where there are none."""
    end = 0
    for match in islice(lines_of(text[:_REACH]), _MOST_LINES):
        line = match.group().strip()
        told = times(line)
        named = opening(line)
        if not (embargo(line) or (told and not told.bare) or note(line) or (named and people(named))):
            break
        end = match.end()
    return end


@cache
def _label(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of words, by what may follow them."""
    colon = r"(?:\s{0,3}:\s{0,3}|\s{1,3})"
    signatures = {*_words("names", "signatures"), *_words("names", "other_signatures")}
    patterns = {
        "times": rf"(?<!\w)(?P<label>{_any({*_words('times', 'published'), *_words('times', 'updated')})}){colon}",
        "embargo": rf"\W{{0,3}}(?P<label>{_any(_words('times', 'embargo'))}){colon}",
        "openings": rf"(?:{_any(_words('names', 'openings'))}){colon}"
        rf"|(?:{_any(_words('names', 'labels'))})\s{{0,3}}:\s{{0,3}}",
        "leads": rf"(?<!\w)(?P<label>{_any(signatures)}){colon}",
        "between": rf"\s+(?:{_any(_words('names', 'between'))})\s+|\s*&\s*",
        "where": rf"\s+(?:{_any(_words('names', 'where'))})\s+(?=\S)",
        "brackets": rf"(?P<label>{_any(_words('notes', 'brackets'))})(?:\s|\)|$)",
        "labels": rf"(?P<label>{_any(_words('notes', 'labels'))})\s{{0,2}}(?:[:—–]|-\s)",
        "sentences": rf"(?P<label>{_any(_words('notes', 'sentences'))})\b",
        "slugs": rf"(?P<label>(?-i:{_any(map(str.upper, _words('notes', 'slugs')))})(?:\s\d{{1,2}})?)-{{1,2}}\s?(?=\S)",
    }
    return re.compile(patterns[name], re.IGNORECASE)


@cache
def _words(table: str, key: str) -> frozenset[str]:
    lists: Mapping[str, object] = _file().table(_file().data, table)
    return frozenset(word.lower() for word in _file().texts(lists, key, table))


@cache
def _file() -> DataFile:
    return DataFile(WORDS)


def _any(words: Iterable[str]) -> str:
    """Return the pattern of one of several words, the longest first, with any white space between their parts."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=len, reverse=True))
