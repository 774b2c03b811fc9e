"""Records as JSON-safe values: lossless for storage, and in the flat rows that people and scorers read."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from marsad.errors import InputError
from marsad.records import DatePrecision, Report

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from marsad.records import Claim, Count, Passage

Record = TypeVar("Record")

_COUNTS = ("killed", "wounded", "detained", "displaced")


def to_json(record: object) -> Any:
    """Return a record, or a value of one, as what JSON knows; `from_json` undoes it."""
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: to_json(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, tuple | list):
        return [to_json(item) for item in record]
    if isinstance(record, Enum):
        return record.value
    if isinstance(record, date):  # a datetime is a date
        return record.isoformat()
    if record is None or isinstance(record, str | int | float):
        return record
    raise TypeError(f"{type(record).__name__} is not a value of a record")


def from_json(cls: type[Record], data: Mapping[str, Any]) -> Record:
    """Return the record of class `cls` that `to_json` made `data` of; fields that are missing take their defaults.

    Raises InputError that names the field where `data` is no such record.
    """
    if not isinstance(data, dict):
        raise InputError(f"not a {cls.__name__}: an object is expected, not {data!r}")
    hints = _hints(cast("Hashable", cls))  # which a class is, though its metaclass hides it
    if unknown := sorted(set(data) - set(hints)):
        raise InputError(f"not a {cls.__name__}: unknown field '{unknown[0]}'")
    values = {}
    for name, value in data.items():
        try:
            values[name] = _value(hints[name], value)
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
def _hints(cls: Hashable) -> dict[str, Any]:
    # The records import these two for annotations only.
    return get_type_hints(cls, localns={"date": date, "datetime": datetime})


def _value(hint: Any, value: Any) -> Any:
    """Return the JSON value as the type that a field's hint names; raise TypeError or ValueError where it is none."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        options = get_args(hint)
        if value is None and type(None) in options:
            return None
        (hint,) = (option for option in options if option is not type(None))
        return _value(hint, value)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(_value(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint):
        return from_json(cast("type[object]", hint), value)
    if issubclass(hint, date):
        return hint.fromisoformat(value)
    if issubclass(hint, Enum):
        return hint(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise TypeError(value)
    return value
