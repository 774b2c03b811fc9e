"""Annotated folders read by the rules: every report as an example for training."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from marsad.gazetteer import Entry, Gazetteer, Match, normalise
from marsad.intake import Skipped, read_inputs
from marsad.reading.learned._inputs import Inputs
from marsad.reading.names import theatre_names
from marsad.reading.reader import Reader
from marsad.reading.train.examples import example
from marsad.theatre import load_theatre

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from marsad.gazetteer import Context
    from marsad.reading.learned._trace import Trace
    from marsad.reading.train.examples import Example
    from marsad.theatre import Theatre

# Invented wars are set in years to come.
_AFTER_ALL = datetime(9000, 1, 1, tzinfo=UTC)
# No gazetteer knows every village: one name in so many stays unknown.
_UNKNOWN = 7
_KINDS = {"province": "admin1", "region": "admin1", "governorate": "admin1", "state": "admin1", "district": "admin2"}
_KINDS |= {"country": "country"}
_KINDS |= dict.fromkeys(("airport", "base", "crossing", "bridge", "road", "river", "port"), "site")
_RADIUS_KM = {"admin1": 80.0, "admin2": 25.0, "country": 300.0}
_TOWN_KM = 5.0


def collect(folder: Path, gazetteer: Gazetteer, *, with_theatre: bool) -> Iterator[Example]:
    """Yield the reports of an annotated folder as examples, read by the rules with or without its theatre."""
    theatre = load_theatre(folder / "theatre.toml")
    places = {row["name"]: (row["kind"], row["country"]) for row in _rows(folder / "places.jsonl")}
    known = cast("Gazetteer", _InventedPlaces(gazetteer, places))
    reader = Reader(known, theatre if with_theatre else None)
    claims = _rows(folder / "claims.jsonl")
    for item in read_inputs([folder / "reports.jsonl"], retrieved=_AFTER_ALL):
        if isinstance(item, Skipped):
            raise TypeError(f"{item.origin}: {item.reason}")
        report = item.report
        trace, docs = reader.traced(report)
        inputs = Inputs(trace, report.published.date() if report.published else None)
        own = [row for row in claims if row["report"] == report.id]
        yield example(inputs, own, _mentions(trace, docs, theatre))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _mentions(trace: Trace, docs: Sequence[Doc], theatre: Theatre) -> list[tuple[int, int, str]]:
    """Return the spans of words at which the theatre's actors are named, the publisher's name included."""
    found = []
    publisher = theatre.actor(trace.report.publisher or "")
    if publisher is not None:
        at = [index for index, word in enumerate(trace.words) if word.section == "publisher"]
        found.append((at[0], at[-1] + 1, publisher.name))
    for first, doc in zip(trace.firsts, docs, strict=True):
        found += [(first + one.start, first + one.end, one.actor.name) for one in theatre_names(doc, theatre)]
    return found


class _InventedPlaces:
    """What the rules ask of a gazetteer, with the places of an invented theatre beside those of the world."""

    def __init__(self, gazetteer: Gazetteer, places: Mapping[str, tuple[str, str]]) -> None:
        """Take the places: kind and country by name."""
        self._gazetteer = gazetteer
        kept = (name for name in places if hashlib.sha256(name.encode()).digest()[0] % _UNKNOWN)
        self._entries = {normalise(name): _entry(name, *places[name]) for name in kept}

    def known(self, key: str, countries: tuple[str, ...]) -> bool:
        """Tell whether a normalised name is that of a place."""
        return key in self._entries or self._gazetteer.known(key, countries)

    def resolve(self, name: str, context: Context) -> Match | None:
        """Return the place that a name means."""
        return next((match for match in self.rank(name, context)[:1] if match.possible), None)

    def rank(self, name: str, context: Context) -> tuple[Match, ...]:
        """Return the places that a name might mean."""
        entry = self._entries.get(normalise(name))
        if entry is not None:
            return (Match(entry, 1.0, (), confidence=1.0),)
        return self._gazetteer.rank(name, context)


def _entry(name: str, kind: str, country: str) -> Entry:
    what = _KINDS.get(kind, "city")
    return Entry(
        id=f"invented:{name}",
        name=name,
        kind=what,
        lat=0.0,
        lon=0.0,
        country=country,
        countries=(country,),
        admin=None,
        feature=kind,
        population=0,
        radius_km=_RADIUS_KM.get(what, _TOWN_KM),
        prominence=0.0,
        source="invented",
    )
