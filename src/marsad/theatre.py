"""A war's profile: parties and sides, who opposes whom, what each side calls the other, countries and time zone.

A theatre is optional everywhere. Without one Marsad still reads; it only cannot tell sides. The file is TOML, of which
`docs/theatre.md` says more::

    name = "Exampleland, 2031"
    countries = ["XA"]                      # ISO 3166-1 alpha-2, nearest first
    time_zone = "Europe/Paris"

    [sides.government]
    opposes = ["rebels"]
    forces = "Army of Exampleland"          # whom "our forces" means in this side's mouth
    government = "Government of Exampleland"
    labels = { "terrorists" = "Northern Front" }   # what this side calls others

    [[actors]]
    name = "Northern Front"
    side = "rebels"
    kind = "armed_group"
    aliases = ["the rebels", "insurgents"]

    [[places]]
    name = "Exampletown"                    # as the gazetteer has it
    names = [{ name = "Frontville", side = "rebels" }, { name = "Old Example", until = 2016-02-04 }]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marsad.records import Actor
from marsad.vocabulary import DataFile, Publisher, load_publishers, read_publishers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from marsad.vocabulary import Publishers

ACTOR_KINDS = frozenset({"state", "armed_group", "monitor", "media", "un", "ngo", "person", "other"})
_ARTICLES = frozenset({"the", "a", "an"})
_LINKS = _ARTICLES | {"of", "for", "and", "s"}
_STEM = 5


@lru_cache(maxsize=1 << 16)  # the same few names come again in every claim
def fold(name: str) -> str:
    """Return `name` as it is compared: no accents, case, punctuation, possessive or leading article."""
    name = unicodedata.normalize("NFKD", name.replace("’", "'"))
    name = re.sub(r"'s\b|s'(?=\s|$)", "s", "".join(c for c in name if not unicodedata.combining(c)))
    words = re.sub(r"[^\w]+", " ", name.replace("'", "").replace("‘", "")).lower().split()
    while words and words[0] in _ARTICLES:
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def _stems(folded: str) -> frozenset[str]:
    """Return the beginnings of the words of a folded name, enough to tell them apart: "ruritanian", "ruritania"."""
    return frozenset(word[:_STEM] for word in folded.split() if word not in _LINKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side; `labels` maps what this side calls others, folded, to the canonical actor that it means."""

    name: str
    opposes: tuple[str, ...] = ()
    forces: str | None = None
    government: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalName:
    """Another name of a place: which side calls it so, and on which days it was so, both inclusive, None where open."""

    name: str
    side: str | None = None
    start: date | None = None
    end: date | None = None

    def holds(self, on: date | None) -> bool:
        """Tell whether the place was called so on a day; every name holds on an unknown one."""
        return on is None or ((self.start is None or self.start <= on) and (self.end is None or on <= self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPlace:
    """A place whose names the war's profile knows better than a gazetteer; `lat` and `lon` only where that lacks it."""

    name: str
    names: tuple[LocalName, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class Theatre:
    """The profile of one war; look-ups take names in any spelling that `form` makes equal.

    `text` is that of its file.
    """

    name: str
    countries: tuple[str, ...] = ()
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    sides: Mapping[str, Side] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    places: tuple[LocalPlace, ...] = ()
    outlets: tuple[Publisher, ...] = ()
    text: str = field(default="", repr=False, compare=False)
    form: Callable[[str], str] = field(default=fold, repr=False, compare=False)

    def in_forms(self, form: Callable[[str], str]) -> Theatre:
        """Return the theatre as it is looked up in a language whose names change their endings."""
        return replace(self, form=form)

    def place(self, name: str, on: date | None) -> tuple[LocalPlace, LocalName] | None:
        """Return the place that is called `name`, by preference one that was on that day, with the name's entry."""
        fitting = self._place_names.get(self.form(name), ())
        return next((one for one in fitting if one[1].holds(on)), next(iter(fitting), None))

    @cached_property
    def _place_names(self) -> Mapping[str, tuple[tuple[LocalPlace, LocalName], ...]]:
        table: dict[str, tuple[tuple[LocalPlace, LocalName], ...]] = {}
        for place in self.places:
            for one in (LocalName(name=place.name), *place.names):
                table[self.form(one.name)] = (*table.get(self.form(one.name), ()), (place, one))
        return MappingProxyType(table)

    @cached_property
    def _by_alias(self) -> Mapping[str, Actor]:
        table: dict[str, Actor] = {}
        for actor in self.actors.values():
            for name in (actor.name, *actor.aliases):
                table.setdefault(self.form(name), actor)
        return MappingProxyType(table)

    @property
    def names(self) -> Mapping[str, Actor]:
        """Every folded name and alias, with the actor that it stands for."""
        return self._by_alias

    def actor(self, name: str) -> Actor | None:
        """Return the actor of that name or alias, None where the theatre knows none."""
        return self._by_alias.get(self.form(name))

    @cached_property
    def _by_words(self) -> Mapping[frozenset[str], Actor]:
        table: dict[frozenset[str], Actor] = {}
        several: set[frozenset[str]] = set()
        for name, actor in self._by_alias.items():
            words = _stems(name)
            if len(words) > 1 and table.setdefault(words, actor) is not actor:
                several.add(words)
        return MappingProxyType({words: actor for words, actor in table.items() if words not in several})

    def worded(self, name: str) -> Actor | None:
        """Return the one actor whose name has the same words in any order and form: "Ruritania's army"."""
        return self.actor(name) or self._by_words.get(_stems(self.form(name)))

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        return {
            side.name: {self.form(label): name for label, name in side.labels.items()} for side in self.sides.values()
        }

    @cached_property
    def _every_stem(self) -> frozenset[str]:
        return frozenset(stem for name in self._by_alias for stem in _stems(name))

    def may_name(self, word: str) -> bool:
        """Tell whether a folded word can stand in a name that the theatre knows, in any form."""
        return _stems(word) <= self._every_stem

    def labelled(self, label: str, side: str | None) -> Actor | None:
        """Return whom `side` means by a label such as "terrorists", None where it has no such word."""
        if side is None or side not in self.sides:
            return None
        name = self._labels[side].get(self.form(label))
        return self.actors[name] if name else None

    def side_of(self, name: str | None) -> str | None:
        """Return the side of an actor by canonical name or alias, None where unknown."""
        actor = self.actor(name) if name else None
        return actor.side if actor else None

    def opposed(self, one: str | None, other: str | None) -> bool:
        """Tell whether two sides are enemies, by either one's word."""
        if one is None or other is None:
            return False
        return any(b in self.sides[a].opposes for a, b in ((one, other), (other, one)) if a in self.sides)


def load_theatre(path: Path) -> Theatre:
    """Load a theatre file; raise DataFileError with line and reason where it is wrong."""
    return _theatre(DataFile(path))


def read_theatre(text: str, name: str) -> Theatre:
    """Return the theatre that a file's text holds; `name` is what errors call it. Raises as `load_theatre` does."""
    return _theatre(DataFile(Path(name), text))


def _theatre(file: DataFile) -> Theatre:
    file.only(file.data, {"name", "countries", "time_zone", "sides", "actors", "places", "outlets"})
    actors = _actors(file)
    sides = _sides(file, actors)
    for index, actor in enumerate(actors.values()):
        if actor.side is not None and actor.side not in sides:
            file.fail(
                f"'{actor.name}' is of side '{actor.side}', which has no [sides.{actor.side}]", "actors", index, "side"
            )
        if actor.speaks_for is not None and (actor.speaks_for not in actors or actor.speaks_for == actor.name):
            whom = "itself" if actor.speaks_for == actor.name else f"unknown '{actor.speaks_for}'"
            file.fail(f"'{actor.name}' speaks for {whom}", "actors", index, "speaks_for")
    countries = file.texts(file.data, "countries")
    for country in countries:
        if not re.fullmatch(r"[A-Z]{2}", country):
            file.fail(f"'{country}' is not an ISO 3166-1 alpha-2 code", "countries")
    zone = file.text(file.data, "time_zone", default="UTC")
    try:
        time_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        file.fail(f"'{zone}' is not a time zone", "time_zone")
    return Theatre(
        name=file.text(file.data, "name"),
        countries=countries,
        time_zone=time_zone,
        sides=sides,
        actors=actors,
        places=tuple(_places(file, sides)),
        outlets=read_publishers(file),
        text=file.text_read,
    )


def known_outlets(theatre: Theatre | None = None, own: Path | None = None) -> Publishers:
    """Return the outlets of a user's `own` file, of a theatre, and those that ship; the first that fits is meant.

    Raises DataFileError where the file is wrong.
    """
    mine = load_publishers(own).outlets if own is not None else ()
    return load_publishers().extended((*mine, *(theatre.outlets if theatre else ())))


def _places(file: DataFile, sides: Mapping[str, Side]) -> Iterator[LocalPlace]:
    """Check and yield the places; a name that two of them bear at one time is refused."""
    bearers: dict[str, list[tuple[str, LocalName]]] = {}
    for index, row in enumerate(_tables(file, file.data, "places")):
        at = ("places", index)
        file.only(row, {"name", "names", "country", "lat", "lon"}, *at)
        place = LocalPlace(
            name=file.text(row, "name", *at),
            names=tuple(_local_names(file, row, sides, *at)),
            country=_country(file, row, *at),
            lat=_degrees(file, row, "lat", 90, *at),
            lon=_degrees(file, row, "lon", 180, *at),
        )
        if (place.lat is None) != (place.lon is None):
            file.fail(f"'{place.name}' has one of 'lat' and 'lon' and lacks the other", *at)
        for one in (LocalName(name=place.name), *place.names):
            for other, borne in bearers.setdefault(fold(one.name), []):
                if other != place.name and _meet(one, borne):
                    file.fail(f"'{one.name}' names both '{other}' and '{place.name}' at one time", *at)
            bearers[fold(one.name)].append((place.name, one))
        yield place


def _meet(one: LocalName, other: LocalName) -> bool:
    starts = [name.start for name in (one, other) if name.start is not None]
    return not starts or (one.holds(max(starts)) and other.holds(max(starts)))


def _local_names(
    file: DataFile, row: Mapping[str, Any], sides: Mapping[str, Side], *at: str | int
) -> Iterator[LocalName]:
    for number, one in enumerate(_tables(file, row, "names", *at)):
        yield _local_name(file, one, sides, *at, "names", number)


def _tables(file: DataFile, table: Mapping[str, Any], key: str, *at: str | int) -> Sequence[Mapping[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        file.fail(f"'{key}' must be an array of tables", *at, key)
    return rows


def _local_name(file: DataFile, row: Mapping[str, Any], sides: Mapping[str, Side], *at: str | int) -> LocalName:
    file.only(row, {"name", "side", "from", "until"}, *at)
    side = file.text(row, "side", *at) if "side" in row else None
    if side is not None and side not in sides:
        file.fail(f"unknown side '{side}'", *at, "side")
    start, end = (_day(file, row, key, *at) for key in ("from", "until"))
    if start and end and start > end:
        file.fail("'from' lies after 'until'", *at)
    return LocalName(name=file.text(row, "name", *at), side=side, start=start, end=end)


def _day(file: DataFile, row: Mapping[str, Any], key: str, *at: str | int) -> date | None:
    day = row.get(key)
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        file.fail(f"'{key}' must be a date such as 2016-02-04", *at, key)
    return day


def _country(file: DataFile, row: Mapping[str, Any], *at: str | int) -> str | None:
    country = file.text(row, "country", *at) if "country" in row else None
    if country is not None and not re.fullmatch(r"[A-Z]{2}", country):
        file.fail(f"'{country}' is not an ISO 3166-1 alpha-2 code", *at, "country")
    return country


def _degrees(file: DataFile, row: Mapping[str, Any], key: str, most: int, *at: str | int) -> float | None:
    value = row.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > most):
        file.fail(f"'{key}' must be a number of degrees", *at, key)
    return None if value is None else float(value)


def _actors(file: DataFile) -> dict[str, Actor]:
    rows = file.data.get("actors", [])
    if not isinstance(rows, list):
        file.fail("'actors' must be an array of tables: [[actors]]", "actors")
    actors: dict[str, Actor] = {}
    owner: dict[str, str] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            file.fail("'actors' must be an array of tables: [[actors]]", "actors")
        file.only(row, {"name", "side", "kind", "aliases", "speaks_for"}, "actors", index)
        actor = Actor(
            name=file.text(row, "name", "actors", index),
            side=file.text(row, "side", "actors", index) if "side" in row else None,
            kind=file.choice(row, "kind", ACTOR_KINDS, "actors", index, default="other"),
            aliases=file.texts(row, "aliases", "actors", index),
            speaks_for=file.text(row, "speaks_for", "actors", index) if "speaks_for" in row else None,
        )
        if actor.name in actors:
            file.fail(f"'{actor.name}' stands twice", "actors", index, "name")
        for name in (actor.name, *actor.aliases):
            other = owner.setdefault(fold(name), actor.name)
            if other != actor.name:
                file.fail(f"'{name}' names both '{other}' and '{actor.name}'", "actors", index, "aliases")
        actors[actor.name] = actor
    return actors


def _sides(file: DataFile, actors: Mapping[str, Actor]) -> dict[str, Side]:
    table = file.table(file.data, "sides")
    sides = {}
    for name in table:
        row = file.table(table, name, "sides")
        file.only(row, {"opposes", "forces", "government", "labels"}, "sides", name)
        side = Side(
            name=name,
            opposes=file.texts(row, "opposes", "sides", name),
            forces=_known(file, row, "forces", name, actors),
            government=_known(file, row, "government", name, actors),
            labels=_labels(file, row, name, actors),
        )
        for other in side.opposes:
            if other == name:
                file.fail(f"side '{name}' opposes itself", "sides", name, "opposes")
            if other not in table:
                file.fail(f"side '{name}' opposes unknown side '{other}'", "sides", name, "opposes")
        sides[name] = side
    return sides


def _known(file: DataFile, row: Mapping[str, Any], key: str, side: str, actors: Mapping[str, Actor]) -> str | None:
    if key not in row:
        return None
    name = file.text(row, key, "sides", side)
    if name not in actors:
        file.fail(f"'{key}' names unknown actor '{name}'", "sides", side, key)
    return name


def _labels(file: DataFile, row: Mapping[str, Any], side: str, actors: Mapping[str, Actor]) -> Mapping[str, str]:
    table = file.table(row, "labels", "sides", side)
    labels: dict[str, str] = {}
    for label in table:
        name = file.text(table, label, "sides", side, "labels")
        if name not in actors:
            file.fail(f"label '{label}' means unknown actor '{name}'", "sides", side, "labels", label)
        other = labels.setdefault(fold(label), name)
        if other != name:
            file.fail(f"label '{label}' means both '{other}' and '{name}'", "sides", side, "labels", label)
    return labels
