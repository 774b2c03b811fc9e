"""Nowcasts of control for people and programs: rows, and strips of bars over days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from marsad.outputs.tables import Rows
from marsad.outputs.wording import clock, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from marsad.records import Nowcast, Place

_BARS = " ▁▂▃▄▅▆▇█"
_LEAST = 0.005  # what rounds to no per cent is not worth a line


@dataclass(frozen=True, slots=True)
class Course:
    """One holder's probability day by day as bars, an eighth of the height a step, and the last of them."""

    holder: str
    bars: str
    last: float


def nowcast_rows(nowcasts: Iterable[Nowcast], zone: ZoneInfo) -> Rows:
    """Return a row for each place and day for people, and one for each possible holder of it for programs."""
    nowcasts = tuple(nowcasts)
    brief = [
        (
            one.place.name,
            one.on.isoformat(),
            "\n".join(f"{chance:4.0%} {name}" for name, chance in one.holders if chance >= _LEAST),
            clock(one.last_heard, zone) if one.last_heard else "",
            f"{_silence(one)}, {len(one.claims)} claim{'' if len(one.claims) == 1 else 's'}",
        )
        for one in nowcasts
    ]
    full = [
        {
            "place": one.place.name,
            "gazetteer_id": one.place.gazetteer_id,
            "lat": one.place.lat,
            "lon": one.place.lon,
            "country": one.place.country,
            "on": one.on.isoformat(),
            "as_of": one.as_of.isoformat() if one.as_of else None,
            "holder": name,
            "probability": round(chance, 4),
            "last_heard": one.last_heard.isoformat() if one.last_heard else None,
            "claims": list(one.claims),
        }
        for one in nowcasts
        for name, chance in one.holders
    ]
    return Rows(("place", "day", "who probably holds it", "last heard", "word"), brief, full)


def courses(nowcasts: Sequence[Nowcast]) -> tuple[Course, ...]:
    """Return one place's nowcasts, in order of day, as a strip for each holder who ever counted.

    Whoever is the likeliest on the last day comes first. A day without a nowcast has no bar.
    """
    if not nowcasts:
        return ()
    chances: dict[str, dict[int, float]] = defaultdict(dict)
    first = nowcasts[0].on
    for one in nowcasts:
        for name, chance in one.holders:
            chances[name][(one.on - first).days] = chance
    last = (nowcasts[-1].on - first).days
    found = [
        Course(name, "".join(_bar(row.get(day, 0.0)) for day in range(last + 1)), row.get(last, 0.0))
        for name, row in chances.items()
        if max(row.values()) >= _LEAST
    ]
    return tuple(sorted(found, key=lambda one: (-one.last, one.holder)))


def print_courses(nowcasts: Iterable[Nowcast], console: Console, zone: ZoneInfo) -> None:
    """Print the nowcasts of each place as strips over their days."""
    for number, some in enumerate(_by_place(nowcasts)):
        if number:
            console.print()
        heard = some[-1].last_heard
        told = f"last heard {clock(heard, zone)}, {_silence(some[-1])}" if heard else _silence(some[-1])
        days = f"{some[0].on} to {some[-1].on}"
        console.print(Text.assemble((plain(some[0].place.name), "bold"), f"  {days}; {told}"), soft_wrap=True)
        for course in courses(some):
            console.print(Text(f"  {course.bars}  {course.last:4.0%}  {plain(course.holder)}"), soft_wrap=True)


def _by_place(nowcasts: Iterable[Nowcast]) -> Iterator[list[Nowcast]]:
    places: dict[Place, list[Nowcast]] = defaultdict(list)
    for one in nowcasts:
        places[one.place].append(one)
    for some in places.values():
        yield sorted(some, key=lambda one: one.on)


def _silence(one: Nowcast) -> str:
    """Say for how many days nothing has been said, by the nowcast's day."""
    days = (one.on - one.last_heard.date()).days if one.last_heard else 0
    if days <= 0:
        return "heard that day"
    return f"no word for {days} day{'' if days == 1 else 's'}"


def _bar(chance: float) -> str:
    return _BARS[round(chance * (len(_BARS) - 1))]
