"""How much the server gives to whom, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marsad.vocabulary import DataFile

SHIPPED = Path(__file__).with_name("limits.toml")
_TABLES = {
    "answers": ("seconds", "again", "kept", "waiting"),
    "pictures": ("in_place", "look", "rest", "beside", "idle"),
    "requests": ("a_second", "burst"),
    "writing": ("a_second", "burst"),
    "refused": ("a_second", "burst"),
    "clients": ("remembered", "connections"),
    "listeners": ("in_all", "of_one", "heartbeat"),
    "session": ("hours",),
    "bodies": ("bytes",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a client may do something: `burst` times at once, then `a_second` times a second on average."""

    a_second: float
    burst: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits; times are seconds, sizes bytes.

    A request waits `seconds` for its answer and may come `again` later; `kept` bytes of answers are held, `waiting`
    questions wait at most. A picture drawn within `in_place` is drawn anew for whoever asks. Every `look` it is looked
    for news; a new picture is begun after `rest` times what the last one took. `beside` pictures of other instants or
    rules are held until nobody asks for them during `idle`.
    """

    seconds: float
    again: int
    kept: int
    waiting: int
    in_place: float
    look: float
    rest: float
    beside: int
    idle: float
    requests: Pace
    writing: Pace
    refused: Pace
    clients: int
    connections: int
    listeners: int
    listeners_of_one: int
    heartbeat: float
    session_hours: float
    body_bytes: int


@cache
def load_limits(path: Path = SHIPPED) -> Limits:
    """Load the limits; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, _TABLES)
    found: dict[str, dict[str, float]] = {}
    for name, keys in _TABLES.items():
        table = file.table(file.data, name)
        file.only(table, keys, name)
        found[name] = {key: file.number(table, key, name, above=0) for key in keys}
    answers, pictures, listeners = found["answers"], found["pictures"], found["listeners"]
    return Limits(
        seconds=answers["seconds"],
        again=int(answers["again"]),
        kept=int(answers["kept"]),
        waiting=int(answers["waiting"]),
        in_place=pictures["in_place"],
        look=pictures["look"],
        rest=pictures["rest"],
        beside=int(pictures["beside"]),
        idle=pictures["idle"],
        requests=Pace(**found["requests"]),
        writing=Pace(**found["writing"]),
        refused=Pace(**found["refused"]),
        clients=int(found["clients"]["remembered"]),
        connections=int(found["clients"]["connections"]),
        listeners=int(listeners["in_all"]),
        listeners_of_one=int(listeners["of_one"]),
        heartbeat=listeners["heartbeat"],
        session_hours=found["session"]["hours"],
        body_bytes=int(found["bodies"]["bytes"]),
    )
