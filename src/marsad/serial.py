"""Records as JSON-safe values: lossless for storage, and in the flat rows that people and scorers read."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from marsad import records
from marsad.errors import InputError
from marsad.records import DatePrecision, Listed, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from _typeshed import DataclassInstance

    from marsad.records import Claim, Count, Passage

    Reader = Callable[[Any], Any]

Record = TypeVar("Record")

_PLAIN = frozenset({str, int, float, bool})
_COUNTS = ("killed", "wounded", "detained", "displaced")


def to_json(record: object, *, brief: bool = False) -> Any:
    """Return a record, or a value of one, as what JSON knows; `from_json` undoes it.

    `brief` leaves out fields that are None and would be None without being given.
    """
    kind = type(record)
    if record is None or kind in _PLAIN:
        return record
    if kind is tuple or kind is Listed:
        return [to_json(item, brief=brief) for item in cast("tuple[object, ...]", record)]
    if isinstance(record, Enum):
        return record.value
    if isinstance(record, date):  # a datetime is a date
        return record.isoformat()
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is not a value of a record")
    values = ((name, getattr(record, name), optional) for name, optional, _ in _shape(kind))
    return {
        name: to_json(value, brief=brief)
        for name, value, optional in values
        if not (brief and optional and value is None)
    }


def from_json(cls: type[Record], data: Mapping[str, Any]) -> Record:
    """Return the record of class `cls` that `to_json` made `data` of; fields that are missing take their defaults.

    Raises InputError that names the field where `data` is no such record.
    """
    if not isinstance(data, dict):
        raise InputError(f"not a {cls.__name__}: an object is expected, not {data!r}")
    readers = _readers(cast("Hashable", cls))
    values = {}
    for name, value in data.items():
        if name not in readers:
            raise InputError(f"not a {cls.__name__}: unknown field '{min(data.keys() - readers.keys())}'")
        try:
            values[name] = readers[name](value)
        except (TypeError, ValueError) as error:
            raise InputError(f"not a {cls.__name__}: '{name}' cannot be {value!r}") from error
    try:
        return cls(**values)
    except TypeError as error:
        raise InputError(f"not a {cls.__name__}: {error}") from error


def report_to_row(report: Report) -> dict[str, Any]:
    """Return a report as a row of reports.jsonl, with the fields of the record beside; nothing is lost.

    `published` is a date where the report knows no time of day.
    """
    row: dict[str, Any] = to_json(report)
    if report.published and report.published_precision is DatePrecision.DAY:
        row["published"] = report.published.date().isoformat()
    return row


def report_from_row(row: Mapping[str, Any]) -> Report:
    """Return the report that `report_to_row` made `row` of; raise InputError where it is none."""
    words = row.get("published")
    if isinstance(words, str) and len(words) == len("2024-12-08"):
        row = {**row, "published": f"{words}T12:00:00+00:00"}
    return from_json(Report, row)


def claim_to_row(claim: Claim, report: Report) -> dict[str, Any]:
    """Return a claim of `report` as a flat row of claims.jsonl, with ids, offsets and the reader beside.

    `anchor` and `cue` are the exact words of the text, `start` and `end` the anchor's code points in it. Counts are
    present only where the text gives them: `killed` for one number, `killed_min` and `killed_max` for bounds.
    """
    place, when = claim.place, claim.interval
    return {
        "id": claim.id,
        "report": claim.report,
        "source": claim.source,
        "speaker": claim.speaker,
        "via": claim.via,
        "speaks_for": claim.speaks_for,
        "relays": list(claim.relays),
        "nested": claim.nested,
        "event": claim.event,
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "stance": claim.stance.value,
        "agent": claim.agent,
        "target": claim.target,
        "place": place.name if place else None,
        "place_canonical": place.canonical if place else None,
        "gazetteer_id": place.gazetteer_id if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "extent": claim.extent.value,
        "from": to_json(when.start),
        "to": to_json(when.end),
        "date_precision": when.precision.value,
        "time_expression": when.expression,
        **_counted(claim),
        "anchor": _words(claim.anchor, report),
        "start": claim.anchor.start,
        "end": claim.anchor.end,
        "cue": _words(claim.cue, report),
        "extractor": claim.extractor,
        "produced": to_json(claim.produced),
    }


def _counted(claim: Claim) -> dict[str, int]:
    row: dict[str, int] = {}
    for name in _COUNTS:
        count: Count | None = getattr(claim.counts, name)
        if count is None:
            continue
        if count.low is not None and count.low == count.high:
            row[name] = count.low
            continue
        if count.low is not None:
            row[f"{name}_min"] = count.low
        if count.high is not None:
            row[f"{name}_max"] = count.high
    return row


def _words(passage: Passage | None, report: Report) -> str | None:
    return report.text[passage.start : passage.end] if passage else None


@cache
def _shape(cls: Hashable) -> tuple[tuple[str, bool, Reader], ...]:
    """Return a record class's fields: name, whether None is the default, and what reads the field from JSON."""
    hints = types_of(cast("type[DataclassInstance]", cls))
    known = fields(cast("type[DataclassInstance]", cls))
    return tuple((field.name, field.default is None, _reader(hints[field.name])) for field in known)


def types_of(cls: type[DataclassInstance]) -> Mapping[str, Any]:
    """Return the type of each field of a record class, as its annotation means it."""
    # What the records import for annotations only.
    return get_type_hints(cls, localns={**vars(records), "date": date, "datetime": datetime})


@cache
def _readers(cls: Hashable) -> Mapping[str, Reader]:
    return {name: reader for name, _, reader in _shape(cls)}


def _reader(hint: Any) -> Reader:
    """Return what makes a field's value of its JSON value, raising TypeError or ValueError where it is none."""
    if get_origin(hint) in {Union, types.UnionType}:
        (some,) = (option for option in get_args(hint) if option is not type(None))
        read = _reader(some)
        return lambda value: None if value is None else read(value)
    if get_origin(hint) is tuple:
        return partial(_tuple, _reader(get_args(hint)[0]))
    if is_dataclass(hint):
        return partial(from_json, cast("type[object]", hint))
    if issubclass(hint, date):
        return cast("Reader", hint.fromisoformat)
    if issubclass(hint, Enum):
        return partial(_member, {one.value: one for one in hint})
    return partial(_exactly, hint)


def _tuple(read: Reader, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(read, value))


def _member(members: Mapping[Any, Enum], value: Any) -> Enum:
    try:
        return members[value]
    except KeyError as error:
        raise ValueError(value) from error


def _exactly(cls: type, value: Any) -> Any:
    if type(value) is cls:
        return value
    if cls is float and type(value) is int:
        return float(value)
    raise TypeError(value)
