"""What a person can set in a claim: words of the columns of claims.jsonl, checked, turned to values and put in."""

from __future__ import annotations

import math
import re
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from marsad.errors import InputError
from marsad.records import (
    Certainty,
    Correction,
    Count,
    Counts,
    DatePrecision,
    Extent,
    Interval,
    Place,
    Polarity,
    Producer,
    Stance,
)
from marsad.theatre import fold
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from enum import StrEnum

    from marsad.records import Claim
    from marsad.theatre import Theatre

FIELDS = tuple(field.name for field in fields(Correction) if field.name != "fields")
"""The fields of a claim that a person can correct."""

_WORDS = {"polarity": Polarity, "certainty": Certainty, "stance": Stance, "extent": Extent}
_NAMES = ("source", "speaker", "agent", "target")
_PLACE = ("place", "country", "lat", "lon")
_DAYS = ("from", "to", "date_precision")
_COUNTS = ("killed", "wounded", "detained", "displaced")
_NUMBERS = tuple(f"{name}{bound}" for name in _COUNTS for bound in ("", "_min", "_max"))
SETTABLE = ("event", *_WORDS, *_NAMES, *_PLACE, *_DAYS, *_NUMBERS)
"""The columns of claims.jsonl that a person can set."""

_LONGEST = 200  # characters of a name
_QUOTED = 40  # characters of a wrong value that an error repeats
_STEPS = ((3, DatePrecision.DAY), (7, DatePrecision.WEEK), (31, DatePrecision.MONTH))


def spanning(start: date | None, end: date | None) -> Interval:
    """Return the interval of two days, as precise as it is short; of unknown precision where an end is open."""
    if start is None or end is None:
        return Interval(start=start, end=end)
    days = (end - start).days + 1
    precision = next((name for most, name in _STEPS if days <= most), DatePrecision.YEAR)
    return Interval(start=start, end=end, precision=precision)


def correction(
    values: Mapping[str, object], claim: Claim, theatre: Theatre | None, places: Iterable[Place]
) -> Correction:
    """Return what `values`, by column of claims.jsonl, change in a claim; an empty value or None is unknown.

    Names that the theatre knows become canonical. A place is one of `places` by its name or gazetteer id; any other has
    no point unless `lat` and `lon` give it. Raises InputError where a column cannot be set, a value cannot be, or
    nothing would change.
    """
    words = {name: "" if value is None else str(value).strip() for name, value in values.items()}
    for name, text in words.items():
        if name not in SETTABLE:
            raise InputError(f"'{_short(name)}' cannot be set; what can: {', '.join(SETTABLE)}")
        if not text.isprintable():
            _refuse(name, text, "it has characters that cannot be printed")
    new: dict[str, Any] = {name: _word(name, words[name], kind) for name, kind in _WORDS.items() if name in words}
    new |= {name: _name(name, words[name], theatre) for name in _NAMES if name in words}
    if "event" in words:
        new["event"] = _among("event", words["event"], load_events())
    if given := _given(words, _PLACE):
        new["place"] = _place(given, claim, places)
    if given := _given(words, _DAYS):
        new["interval"] = _interval(given, claim)
    if given := _given(words, _NUMBERS):
        new["counts"] = _counts(given, claim)
    new |= _consistent(new, claim)
    changed = {name: value for name, value in new.items() if value != getattr(claim, name)}
    if not changed:
        raise InputError(f"this changes nothing in claim '{claim.id}'; accept it if it is right")
    return Correction(fields=tuple(name for name in FIELDS if name in changed), **changed)


def corrected(claim: Claim, values: Correction) -> Claim:
    """Return the claim with the values of a correction, marked as a person's."""
    return with_values(claim, {name: getattr(values, name) for name in values.fields})


def with_values(claim: Claim, values: Mapping[str, Any]) -> Claim:
    """Return the claim with the values that differ, marked as a person's."""
    changed = {name: value for name, value in values.items() if value != getattr(claim, name)}
    produced = replace(claim.produced, **dict.fromkeys(changed, Producer.PERSON))
    return replace(claim, **changed, produced=produced) if changed else claim


def _consistent(new: Mapping[str, Any], claim: Claim) -> dict[str, Any]:
    """Return the polarity and stance that go together, where one of them is set."""
    if "polarity" not in new and "stance" not in new:
        return {}
    stance: Stance = new.get("stance", claim.stance)
    polarity: Polarity = new.get("polarity", claim.polarity)
    if "stance" not in new:
        if polarity is Polarity.DENIED and stance is not Stance.DOUBTS:
            stance = Stance.DENIES
        elif polarity is Polarity.AFFIRMED and stance is Stance.DENIES:
            stance = Stance.ASSERTS
    elif "polarity" not in new and stance is Stance.DENIES:
        polarity = Polarity.DENIED
    if (stance is Stance.DENIES) != (polarity is Polarity.DENIED) and stance is not Stance.DOUBTS:
        raise InputError(f"polarity '{polarity.value}' and stance '{stance.value}' cannot both be")
    return {"polarity": polarity, "stance": stance}


def _word(name: str, text: str, kind: type[StrEnum]) -> StrEnum:
    return kind(_among(name, text, [one.value for one in kind]))


def _among(name: str, text: str, allowed: Collection[str]) -> str:
    if text not in allowed:
        _refuse(name, text, f"it must be one of {', '.join(allowed)}")
    return text


def _name(name: str, text: str, theatre: Theatre | None) -> str | None:
    if len(text) > _LONGEST:
        _refuse(name, text, f"it is longer than {_LONGEST} characters")
    if not text:
        if name == "source":
            raise InputError("'source' cannot be empty; the publisher's own voice is 'narrator'")
        return None
    actor = theatre.actor(text) if theatre and name != "speaker" else None
    return actor.name if actor else text


def _place(given: Mapping[str, str], claim: Claim, places: Iterable[Place]) -> Place | None:
    base = claim.place
    if "place" in given:
        if not given["place"]:
            if len(given) > 1:
                raise InputError("a claim without a place has no country and no point")
            return None
        name = _name("place", given["place"], None) or ""
        base = next((one for one in places if _is_called(one, name)), Place(name=name))
    if base is None:
        raise InputError(f"claim '{claim.id}' names no place; set 'place' too")
    if "country" in given and not re.fullmatch(r"[A-Z]{2}|", given["country"]):
        _refuse("country", given["country"], "it must be two capital letters, as in ISO 3166")
    country = (given["country"] or None) if "country" in given else base.country
    if "lat" not in given and "lon" not in given:
        return replace(base, country=country)
    if not {"lat", "lon"} <= given.keys():
        raise InputError("a point needs both 'lat' and 'lon'")
    lat, lon = _degrees("lat", given["lat"], 90), _degrees("lon", given["lon"], 180)
    return Place(name=base.name, country=country, lat=lat, lon=lon)


def _is_called(place: Place, name: str) -> bool:
    return place.gazetteer_id == name or fold(name) in {fold(place.name), fold(place.canonical or place.name)}


def _degrees(name: str, text: str, most: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        _refuse(name, text, f"it must be decimal degrees from -{most} to {most}")
    return value


def _interval(given: Mapping[str, str], claim: Claim) -> Interval:
    start = _day("from", given["from"]) if "from" in given else claim.interval.start
    end = _day("to", given["to"]) if "to" in given else claim.interval.end
    if start and end and start > end:
        raise InputError(f"the event would begin on {start}, after its end on {end}")
    interval = spanning(start, end)
    if "date_precision" in given:
        precision = _among("date_precision", given["date_precision"], [one.value for one in DatePrecision])
        return replace(interval, precision=DatePrecision(precision))
    return interval


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        _refuse(name, text, "it must be a date such as 2024-12-07")


def _counts(given: Mapping[str, str], claim: Claim) -> Counts:
    new: dict[str, Count | None] = {}
    for name in _COUNTS:
        columns = [column for column in given if column.split("_")[0] == name]
        if not columns:
            continue
        if name in given and len(columns) > 1:
            raise InputError(f"'{name}' is one number, '{name}_min' and '{name}_max' are bounds: not both")
        exact = _number(name, given[name]) if name in given else None
        low, high = (_number(one, given.get(one, "")) for one in (f"{name}_min", f"{name}_max"))
        if low is not None and high is not None and low > high:
            raise InputError(f"'{name}_min' is {low}, more than '{name}_max', which is {high}")
        low, high = (exact, exact) if name in given else (low, high)
        new[name] = None if low is None and high is None else Count(low, high)
    return replace(claim.counts, **new)


def _number(name: str, text: str) -> int | None:
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        _refuse(name, text, "it must be a whole number")
    return int(text) if text else None


def _given(words: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    return {column: words[column] for column in columns if column in words}


def _refuse(name: str, text: str, why: str) -> NoReturn:
    raise InputError(f"'{name}' cannot be {_short(text)!r}: {why}")


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."
