"""What the columns and codes of data that others coded mean here, as data: one file a form, in `coded`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.records import Certainty, DatePrecision, Extent
from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.events import load_events

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("coded")
TABLES = ("acled", "ucdp-ged")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")  # also those of "AssessedControl"
WINNERS = frozenset({"", "state", "other", "alone"})
KINDS = frozenset({"city", "admin1", "admin2", "country", "region"})
_TABLE_KEYS = frozenset(
    {
        *("form", "publisher", "kind", "id", "prefix", "changed", "deleted", "sources", "notes", "needed", "headers"),
        *("key", "events", "killed", "tolls", "day", "place", "state", "ours"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """What a value of the column of event types is here.

    `event` is None where the value covers several types. `agent` and `target` are columns; `winner` says instead which
    of the parties it is, "" where it does not. `tolls` are columns of dead that are told beside all of them.
    """

    event: str | None
    agent: str | None
    target: str | None
    winner: str
    tolls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedToll:
    """Whose dead a column counts: columns of whom and by whom, or civilians."""

    target: str | None
    agent: str | None
    civilians: bool


@dataclass(frozen=True, slots=True)
class CodedDays:
    """How finely a code dates, and how many days around the days of the row it may have been."""

    precision: DatePrecision
    around: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedWhere:
    """What a code of precision makes of a place: the column of its name, its kind, extent and radius, where told."""

    name: str
    kind: str
    extent: Extent | None
    radius_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRows:
    """By which columns rows of a shape are known as Marsad's own, what they are then, and the status of those read."""

    columns: frozenset[str]
    publisher: str
    kind: str
    prefix: str
    status: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedTable:
    """The columns of a table of events and what its codes mean; the names of columns are lower case.

    `changed` is when a row was last changed, `deleted` when it was taken back. `headers` are the columns of files that
    have no header. `days` and `places` are by their codes; `state` gives for each column of a party the column of its
    class, which is one of `state_values` where the party is a state's.
    0 dead says that nothing is known of any, in one data set as in the other.
    """

    form: str
    publisher: str
    kind: str
    id: str
    prefix: str
    changed: str | None
    deleted: str | None
    sources: str | None
    notes: str | None
    needed: frozenset[str]
    headers: tuple[tuple[str, ...], ...]
    key: str
    events: Mapping[str, CodedEvent]
    killed: tuple[str, str]
    tolls: Mapping[str, CodedToll]
    start: str
    end: str
    day_code: str
    days: Mapping[str, CodedDays]
    lat: str
    lon: str
    country: str
    place_code: str
    places: Mapping[str, CodedWhere]
    state: Mapping[str, str]
    state_values: frozenset[str]
    ours: OwnRows


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTable:
    """A table of control by place and day: whose statement each column is, and what countries a status means.

    `wide` begins the names of columns that hold a day each, in tables of a row a place.
    """

    form: str
    publisher: str
    kind: str
    id: str
    prefix: str
    day: str
    resolved: str
    wide: str
    makers: Mapping[str, str]
    holders: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAreas:
    """How areas of control tell their holder, day and layer, how firmly layers speak, and which places are read."""

    form: str
    kind: str
    holder: tuple[str, ...]
    day: tuple[str, ...]
    layer: tuple[str, ...]
    certainties: tuple[tuple[frozenset[str], Certainty], ...]
    least_population: int
    margin_km: float
    most: int

    def certainty(self, layer: str | None) -> Certainty:
        """Return how firmly a layer of that name says so; flatly where its name tells nothing."""
        words = frozenset(word.casefold() for word in _WORDS.findall(layer or ""))
        return next((one for some, one in self.certainties if words & some), Certainty.CERTAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedNames:
    """How coded data name parties: patterns for a country's forces, beginnings for civilians and for nobody."""

    nations: tuple[str, ...]
    civilians: tuple[str, ...]
    nobody: tuple[str, ...]


@cache
def load_coded_tables(folder: Path = SHIPPED) -> Mapping[str, CodedTable]:
    """Load the tables of events, by form; raise DataFileError with line and reason where a file is wrong."""
    tables = (_table(DataFile(folder / f"{name}.toml")) for name in TABLES)
    return {table.form: table for table in tables}


@cache
def load_control_table(path: Path = SHIPPED / "viina-control.toml") -> ControlTable:
    """Load the table of control by place and day; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    texts = ("form", "publisher", "kind", "id", "prefix", "day", "resolved", "wide")
    file.only(file.data, {*texts, "makers", "holders"})
    makers, holders = file.table(file.data, "makers"), file.table(file.data, "holders")
    return ControlTable(
        **{name: file.text(file.data, name) for name in texts},
        makers={column: file.text(makers, column, "makers") for column in makers},
        holders={status: file.texts(holders, status, "holders") for status in holders},
    )


@cache
def load_control_areas(path: Path = SHIPPED / "control-area.toml") -> ControlAreas:
    """Load how areas of control are read; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"form", "kind", "holder", "day", "layer", "certainty", "places"})
    places = file.table(file.data, "places")
    file.only(places, {"least_population", "margin_km", "most"}, "places")
    return ControlAreas(
        form=file.text(file.data, "form"),
        kind=file.text(file.data, "kind"),
        holder=file.texts(file.data, "holder"),
        day=file.texts(file.data, "day"),
        layer=file.texts(file.data, "layer"),
        certainties=tuple(
            (frozenset(file.texts(row, "words", "certainty", n)), Certainty(_member(file, row, "is", Certainty, n)))
            for n, row in enumerate(file.data.get("certainty", []))
        ),
        least_population=int(file.number(places, "least_population", "places")),
        margin_km=file.number(places, "margin_km", "places"),
        most=int(file.number(places, "most", "places", above=0)),
    )


@cache
def load_coded_names(path: Path = SHIPPED / "names.toml") -> CodedNames:
    """Load how coded data name parties; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"nations", "civilians", "nobody"})
    nations = file.texts(file.data, "nations")
    if wrong := next((one for one in nations if one.count("{}") != 1), None):
        file.fail(f"'{wrong}' must have one {{}} for the country", "nations")
    return CodedNames(
        nations=nations, civilians=file.texts(file.data, "civilians"), nobody=file.texts(file.data, "nobody")
    )


def _table(file: DataFile) -> CodedTable:
    file.only(file.data, _TABLE_KEYS)
    day, place = file.table(file.data, "day"), file.table(file.data, "place")
    state = dict(file.table(file.data, "state"))
    values = file.texts(state, "values", "state")
    state.pop("values", None)
    killed = file.texts(file.data, "killed")
    if len(killed) != 2:
        file.fail("'killed' must be two columns: the least and the most", "killed")
    tolls = _tolls(file)
    codes = {name: file.table(table, "codes", name) for name, table in (("day", day), ("place", place))}
    return CodedTable(
        form=file.text(file.data, "form"),
        publisher=file.text(file.data, "publisher"),
        kind=file.text(file.data, "kind"),
        id=file.text(file.data, "id"),
        prefix=file.text(file.data, "prefix"),
        changed=_optional(file, file.data, "changed"),
        deleted=_optional(file, file.data, "deleted"),
        sources=_optional(file, file.data, "sources"),
        notes=_optional(file, file.data, "notes"),
        needed=frozenset(file.texts(file.data, "needed")),
        headers=tuple(tuple(header) for header in file.data.get("headers", [])),
        key=file.text(file.data, "key"),
        events=_events(file, tolls),
        killed=(killed[0], killed[1]),
        tolls=tolls,
        start=file.text(day, "start", "day"),
        end=file.text(day, "end", "day"),
        day_code=file.text(day, "code", "day"),
        days={code: _days(file, codes["day"], code) for code in codes["day"]},
        lat=file.text(place, "lat", "place"),
        lon=file.text(place, "lon", "place"),
        country=file.text(place, "country", "place"),
        place_code=file.text(place, "code", "place"),
        places={code: _where(file, codes["place"], code) for code in codes["place"]},
        state={column: file.text(state, column, "state") for column in state},
        state_values=frozenset(values),
        ours=_own(file),
    )


def _own(file: DataFile) -> OwnRows:
    row = file.table(file.data, "ours")
    texts = ("publisher", "kind", "prefix", "status", "stands")
    file.only(row, {"columns", *texts}, "ours")
    columns = file.texts(row, "columns", "ours")
    if not columns:
        file.fail("'columns' must name those that only own rows have", "ours", "columns")
    return OwnRows(columns=frozenset(columns), **{name: file.text(row, name, "ours") for name in texts})


def _events(file: DataFile, tolls: Mapping[str, CodedToll]) -> dict[str, CodedEvent]:
    table = file.table(file.data, "events")
    events = {}
    for name in table:
        row = file.table(table, name, "events")
        file.only(row, {"event", "agent", "target", "winner", "tolls"}, "events", name)
        told = file.texts(row, "tolls", "events", name)
        if unknown := next((one for one in told if one not in tolls), None):
            file.fail(f"'{unknown}' is not one of the tolls", "events", name)
        if "event" in row:
            file.choice(row, "event", load_events().keys(), "events", name)
        events[name.casefold()] = CodedEvent(
            event=row.get("event"),
            agent=_optional(file, row, "agent", "events", name),
            target=_optional(file, row, "target", "events", name),
            winner=file.choice(row, "winner", WINNERS, "events", name, default=""),
            tolls=told,
        )
    return events


def _tolls(file: DataFile) -> dict[str, CodedToll]:
    table = file.table(file.data, "tolls")
    tolls = {}
    for column in table:
        row = file.table(table, column, "tolls")
        file.only(row, {"target", "agent", "civilians"}, "tolls", column)
        target, agent = (_optional(file, row, key, "tolls", column) for key in ("target", "agent"))
        tolls[column] = CodedToll(target=target, agent=agent, civilians=row.get("civilians") is True)
    return tolls


def _days(file: DataFile, table: Mapping[str, Any], code: str) -> CodedDays:
    row = file.table(table, code, "day", "codes")
    file.only(row, {"precision", "around"}, "day", "codes", code)
    precision = _member(file, row, "precision", DatePrecision, "day", "codes", code)
    return CodedDays(DatePrecision(precision), int(file.number(row, "around", "day", "codes", code)))


def _where(file: DataFile, table: Mapping[str, Any], code: str) -> CodedWhere:
    row = file.table(table, code, "place", "codes")
    at = ("place", "codes", code)
    file.only(row, {"name", "kind", "extent", "radius_km"}, *at)
    return CodedWhere(
        name=file.text(row, "name", *at),
        kind=file.choice(row, "kind", KINDS, *at),
        extent=Extent(_member(file, row, "extent", Extent, *at)) if "extent" in row else None,
        radius_km=file.number(row, "radius_km", *at, above=0) if "radius_km" in row else None,
    )


def _member(
    file: DataFile, row: Mapping[str, Any], key: str, kind: type[Certainty | DatePrecision | Extent], *at: str | int
) -> str:
    return file.choice(row, key, {member.value for member in kind}, *at)


def _optional(file: DataFile, table: Mapping[str, Any], key: str, *at: str | int) -> str | None:
    return file.text(table, key, *at) if key in table else None
