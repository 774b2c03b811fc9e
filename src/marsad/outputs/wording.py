"""How things are called in what people read: instants in the theatre's zone, events with their parties and places."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from marsad.records import Claim, Count, Interval, Place, Proposition

UNKNOWN = "unknown"
# Relations by which something is at a point of its own, not at the place that is named.
_ELSEWHERE = frozenset({"bearing", "between", "road"})
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SHIPPED = Path(__file__).with_name("phrases.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """How an event type reads: its verb, and the words before its place and its target, which may be empty."""

    verb: str
    place: str
    target: str


@cache
def load_phrases(path: Path = SHIPPED) -> Mapping[str, Phrase]:
    """Load the phrases by event type; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    phrases = {}
    for name in file.data:
        table = file.table(file.data, name)
        file.only(table, {"verb", "place", "target"}, name)
        phrases[name] = Phrase(
            verb=file.text(table, "verb", name),
            place=file.text(table, "place", name, default=""),
            target=file.text(table, "target", name, default=""),
        )
    return phrases


def clock(instant: datetime | None, zone: tzinfo) -> str:
    """Return an instant in a zone with its offset, as in "7 Dec 2024 23:10 +03:00"."""
    if instant is None:
        return "no date"
    local = instant.astimezone(zone)
    offset = f"{local:%z}"
    return f"{local.day} {local:%b %Y %H:%M} {offset[:3]}:{offset[3:5]}"


def day(instant: datetime | None, zone: tzinfo) -> str:
    """Return an instant in a zone without its year and offset, for tables whose heading names the zone."""
    if instant is None:
        return "no date"
    local = instant.astimezone(zone)
    return f"{local.day} {local:%b %H:%M}"


def days(interval: Interval) -> str:
    """Return the days of an event as ISO dates: one, a range with "?" for an open end, or "unknown"."""
    if interval.start is None and interval.end is None:
        return UNKNOWN
    if interval.start == interval.end:
        return f"{interval.start}"
    return f"{interval.start or '?'} to {interval.end or '?'}"


def plain(text: str) -> str:
    """Return text on one line without what could steer a terminal: control characters and changes of direction."""
    words = " ".join(text.split())
    return "".join(c for c in words if c not in _STEERING and unicodedata.category(c) != "Cc")


def place_name(place: Place | None) -> str:
    """Return how a place is called, with what the text says of the position; "no named place" for None."""
    if place is None:
        return "no named place"
    if not place.words or place.relation not in _ELSEWHERE:
        return place.name
    return place.words if place.name in place.words else f"{place.words} {place.name}"


def headline(what: Proposition | Claim) -> str:
    """Return what is said to have happened, such as "Northern Front captured Qarn from Army of Exampleland"."""
    phrase = load_phrases().get(what.event) or Phrase(verb=what.event.replace("_", " "), place="at", target="with")
    parts = [what.agent or "somebody", phrase.verb]
    if what.place:
        parts += [phrase.place, place_name(what.place)]
    if what.target:
        parts += [phrase.target, what.target]
    return " ".join(part for part in parts if part)


def number(count: Count | None) -> str:
    """Return a count with its bounds: "12", "20 or more", "up to 30", "10 to 15"; "" for None."""
    if count is None or (count.low is None and count.high is None):
        return ""
    if count.low == count.high:
        return str(count.low)
    if count.high is None:
        return f"{count.low} or more"
    return f"up to {count.high}" if count.low is None else f"{count.low} to {count.high}"
