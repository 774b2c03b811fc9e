"""How things are called in what people read: instants in the theatre's zone, events with their parties and places."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.records import ControlStatus
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, tzinfo

    from marsad.records import Claim, ControlState, Count, Interval, Place, Proposition

UNKNOWN = "unknown"
# Relations by which something is at a point of its own, not at the place that is named.
_ELSEWHERE = frozenset({"bearing", "between", "road"})
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STANDINGS = {
    ControlStatus.HELD: "held by",
    ControlStatus.CLAIMED: "claimed by",
    ControlStatus.CONTESTED: "contested by",
    ControlStatus.LOST: "lost by",
    ControlStatus.DENIED: "not held by",
    ControlStatus.UNKNOWN: "unknown whether held by",
}
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


def day(instant: datetime | None, zone: tzinfo, year: int | None = None) -> str:
    """Return an instant in a zone without its offset, for what names the zone above; the year only if it is not `year`.

    Without a `year` it is left out.
    """
    if instant is None:
        return "no date"
    local = instant.astimezone(zone)
    return f"{_date(local, year)} {local:%H:%M}"


def heard(last: datetime | None, now: datetime | None, zone: tzinfo) -> str:
    """Return when an account last spoke, and how many whole days it has been silent: "no word since 6 Dec, 2 days"."""
    if last is None or now is None or not aged(last, now):
        return day(last, zone)
    year = now.astimezone(zone).year
    return f"no word since {_date(last.astimezone(zone), year)}, {several((now - last).days, 'day')}"


def aged(last: datetime | None, now: datetime | None) -> bool:
    """Tell whether a last word is so old that its age is told: one day."""
    return last is not None and now is not None and now - last >= timedelta(days=1)


def several(number: int, what: str) -> str:
    """Return a number of things: "1 day", "2 days"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def listed(names: Sequence[str], most: int | None = None, between: str = ",") -> str:
    """Return names in a row, those beyond `most` as a number: "Aleppo, Homs and 3 more"."""
    shown = list(names if most is None else names[:most])
    last = f"{len(names) - len(shown)} more" if len(shown) < len(names) else shown.pop()
    return f"{f'{between} '.join(shown)} and {last}" if shown else last


def _date(local: date, year: int | None) -> str:
    return f"{local.day} {local:%b}" + (f" {local.year}" if year not in {None, local.year} else "")


def days(interval: Interval) -> str:
    """Return the days of an event as ISO dates: one, a range with "?" for an open end, or "unknown"."""
    if interval.start is None and interval.end is None:
        return UNKNOWN
    if interval.start == interval.end:
        return f"{interval.start}"
    return f"{interval.start or '?'} to {interval.end or '?'}"


def spoken_days(interval: Interval, year: int | None) -> str:
    """Return the days of an event for a sentence: "7 Dec", "6 Dec to 7 Dec", "by 7 Dec"; with a year but `year`."""
    start, end = (_date(one, year) if one else None for one in (interval.start, interval.end))
    if start is None and end is None:
        return "day unknown"
    if start == end:
        return f"{start}"
    if start is None:
        return f"by {end}"
    return f"from {start} on" if end is None else f"{start} to {end}"


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


def control_headline(state: ControlState) -> str:
    """Return what an account says of a place and a party, such as "Qarn: held by Northern Front, says rebels"."""
    return f"{place_name(state.place)}: {_STANDINGS[state.status]} {state.holder}, says {state.according_to}"


def number(count: Count | None) -> str:
    """Return a count with its bounds: "12", "20 or more", "up to 30", "10 to 15"; "" for None."""
    if count is None or (count.low is None and count.high is None):
        return ""
    if count.low == count.high:
        return str(count.low)
    if count.high is None:
        return f"{count.low} or more"
    return f"up to {count.high}" if count.low is None else f"{count.low} to {count.high}"
