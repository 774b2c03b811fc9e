"""What Marsad's words are in the tables of others: codes, regions, precisions and hashtags, as data in `shapes`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.records import DatePrecision
from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.events import load_events

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("shapes")
TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubEvent:
    """A sub-event of the shape of ACLED's: its type, and the kind of disorder that it is."""

    type: str
    disorder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledEvent:
    """What an event type is beside its sub-event.

    `acts` is the class of who acts, "" for that of its kind; `target` whom it befalls where that is not told; `by`
    other sub-events by the class of who acts; `leaver` that the agent comes second, as who leaves.
    """

    acts: str = ""
    target: str | None = None
    by: Mapping[str, str]
    leaver: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledShape:
    """The words of ACLED's columns; `classes` in the order in which an interaction names them.

    `civilians` are names of parties that are unarmed people, whose kind is `civilians`. Events of the types `alone` can
    have one party alone.
    """

    civilians: frozenset[str]
    classes: tuple[str, ...]
    abroad: str
    beside: str
    kinds: Mapping[str, str]
    events: Mapping[str, AcledEvent]
    sub_events: Mapping[str, SubEvent]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Codes:
    """A code of precision in either data set."""

    acled: int
    ged: int


@dataclass(frozen=True, slots=True)
class Codings:
    """The most days of each code, from 1 on, in either data set."""

    acled: tuple[int, ...]
    ged: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precisions:
    """The codes of days and places.

    `days` are for each data set the most days of each code from 1 on, `least` the finest codes by how finely a text
    dates. Of places `exact` are those that stand for themselves, `beside` what lies near one, `wide` others by feature.
    """

    days: Codings
    least: Mapping[str, Codes]
    inside: frozenset[str]
    exact: Codes
    beside: Codes
    wide: Mapping[str, Codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class GedShape:
    """What parties are in UCDP's columns: the type of violence by the kinds of side a and side b."""

    civilians: str
    clear_days: int
    clear_place: int
    violence: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class PloverType:
    """A PLOVER event type: its quad code, 1..4, and its modes."""

    quad: int
    modes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverShape:
    """PLOVER's types, and what sectors and codes the kinds of actors are; `contexts` are by traits of event types."""

    codebook: str
    two_sided: frozenset[str]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    codes: Mapping[str, str]
    types: Mapping[str, PloverType]


@dataclass(frozen=True, slots=True)
class Region:
    """The region of a country, and the wider one of UCDP's five, "" where that has none."""

    name: str
    ged: str


@cache
def load_acled_shape(path: Path = SHIPPED / "acled.toml") -> AcledShape:
    """Load the words of ACLED's columns; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"civilians", "alone", "classes", "abroad", "beside", "kinds", "events", "sub_events"})
    classes = file.texts(file.data, "classes")
    kinds, events, known = (file.table(file.data, name) for name in ("kinds", "events", "sub_events"))
    sub_events = {}
    for name in known:
        row = file.table(known, name, "sub_events")
        file.only(row, {"type", "disorder"}, "sub_events", name)
        texts = {key: file.text(row, key, "sub_events", name) for key in ("type", "disorder")}
        sub_events[name] = SubEvent(**texts)
    for name, one in load_events().items():
        if one.acled and one.acled not in sub_events:
            file.fail(f"no sub-event '{one.acled}', which '{name}' is", "sub_events")
    return AcledShape(
        civilians=frozenset(file.texts(file.data, "civilians")),
        classes=classes,
        abroad=file.choice(file.data, "abroad", classes),
        beside=file.choice(file.data, "beside", classes),
        kinds={kind: file.choice(kinds, kind, classes, "kinds") for kind in kinds},
        events={name: _acled_event(file, events, name, classes, sub_events) for name in events},
        sub_events=sub_events,
        alone=frozenset(file.texts(file.data, "alone")),
    )


def _acled_event(
    file: DataFile, events: Mapping[str, Any], name: str, classes: tuple[str, ...], known: Mapping[str, SubEvent]
) -> AcledEvent:
    row = file.table(events, name, "events")
    file.only(row, {"class", "target", "by", "leaver"}, "events", name)
    if name not in load_events():
        file.fail(f"'{name}' is not an event type", "events", name)
    by = file.table(row, "by", "events", name)
    file.only(by, classes, "events", name, "by")
    return AcledEvent(
        acts=file.choice(row, "class", classes, "events", name) if "class" in row else "",
        target=file.text(row, "target", "events", name) if "target" in row else None,
        by={one: file.choice(by, one, known, "events", name, "by") for one in by},
        leaver=row.get("leaver") is True,
    )


@cache
def load_precisions(path: Path = SHIPPED / "precision.toml") -> Precisions:
    """Load the codes of days and places; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"days", "least", "place"})
    days, least, place = (file.table(file.data, name) for name in ("days", "least", "place"))
    file.only(place, {"inside", "exact", "beside", "wide"}, "place")
    file.only(least, list(DatePrecision), "least")
    wide: dict[str, Codes] = {}
    for number, row in enumerate(place.get("wide", [])):
        file.only(row, {"features", "acled", "ged"}, "place", "wide", number)
        at = ("place", "wide", number)
        wide |= dict.fromkeys(file.texts(row, "features", *at), _codes(file, row, *at))
    return Precisions(
        days=Codings(*(_rising(file, days, key) for key in ("acled", "ged"))),
        least={name: _codes(file, file.table(least, name, "least"), "least", name) for name in least},
        inside=frozenset(file.texts(place, "inside", "place")),
        exact=_codes(file, file.table(place, "exact", "place"), "place", "exact"),
        beside=_codes(file, file.table(place, "beside", "place"), "place", "beside"),
        wide=wide,
    )


def _codes(file: DataFile, row: Mapping[str, Any], *at: str | int) -> Codes:
    return Codes(*(int(file.number(row, key, *at, above=0, most=7)) for key in ("acled", "ged")))


def _rising(file: DataFile, days: Mapping[str, Any], key: str) -> tuple[int, ...]:
    numbers = days.get(key)
    if not isinstance(numbers, list) or not numbers or any(type(one) is not int or one < 1 for one in numbers):
        file.fail(f"'{key}' must be a list of days", "days", key)
    if sorted(set(numbers)) != numbers:
        file.fail(f"the days of '{key}' must rise", "days", key)
    return tuple(numbers)


@cache
def load_ged_shape(path: Path = SHIPPED / "ged.toml") -> GedShape:
    """Load the words of UCDP's columns; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"civilians", "clear_days", "clear_place", "violence"})
    violence: dict[tuple[str, str], int] = {}
    for number, row in enumerate(file.data.get("violence", [])):
        file.only(row, {"type", "sides"}, "violence", number)
        sides = file.texts(row, "sides", "violence", number)
        if len(sides) != 2:
            file.fail("'sides' must be two kinds", "violence", number, "sides")
        violence[sides[0], sides[1]] = int(file.number(row, "type", "violence", number, above=0, most=3))
    return GedShape(
        civilians=file.text(file.data, "civilians"),
        clear_days=int(file.number(file.data, "clear_days", above=0)),
        clear_place=int(file.number(file.data, "clear_place", above=0)),
        violence=violence,
    )


@cache
def load_plover_shape(path: Path = SHIPPED / "plover.toml") -> PloverShape:
    """Load PLOVER's types and sectors; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"codebook", "two_sided", "contexts", "sectors", "codes", "types"})
    tables = {name: file.table(file.data, name) for name in ("contexts", "sectors", "codes", "types")}
    types = {}
    for name in tables["types"]:
        row = file.table(tables["types"], name, "types")
        file.only(row, {"quad", "modes"}, "types", name)
        quad = int(file.number(row, "quad", "types", name, above=0, most=4))
        types[name] = PloverType(quad, frozenset(file.texts(row, "modes", "types", name)))
    for name, one in load_events().items():
        kind, _, mode = one.plover.partition("/")
        if kind and (kind not in types or (mode and mode not in types[kind].modes)):
            file.fail(f"no type and mode '{one.plover}', which '{name}' is", "types", kind)
    return PloverShape(
        codebook=file.text(file.data, "codebook"),
        two_sided=frozenset(file.texts(file.data, "two_sided")),
        types=types,
        **{name: {key: file.text(tables[name], key, name) for key in tables[name]} for name in ("contexts", "codes")},
        sectors={key: file.text(tables["sectors"], key, "sectors") for key in tables["sectors"]},
    )


@cache
def load_regions(path: Path = SHIPPED / "regions.toml") -> Mapping[str, Region]:
    """Load the regions by country (alpha-2); raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"region"})
    regions: dict[str, Region] = {}
    for number, row in enumerate(file.data.get("region", [])):
        file.only(row, {"name", "ged", "countries"}, "region", number)
        region = Region(file.text(row, "name", "region", number), file.text(row, "ged", "region", number, default=""))
        for country in file.texts(row, "countries", "region", number):
            if country in regions:
                file.fail(f"'{country}' is of two regions", "region", number, "countries")
            regions[country] = region
    return regions


@cache
def load_hashtags(path: Path = SHIPPED / "hxl.toml") -> Mapping[str, Mapping[str, str]]:
    """Load the HXL hashtags by table and column; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    tables = {}
    for name in file.data:
        table = file.table(file.data, name)
        for column in table:
            if not TAG.fullmatch(file.text(table, column, name)):
                file.fail(f"'{table[column]}' is no hashtag with attributes", name, column)
        tables[name] = dict(table)
    return tables
