"""Fields to a report: every check that an input must pass, whatever its format."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.dateline import Dateline, dateline
from marsad.intake.dates import instant, noon
from marsad.intake.decode import not_text
from marsad.intake.items import MAX_AREA, MAX_TEXT, shown, too_long
from marsad.records import PROSE, DatePrecision, Report
from marsad.vocabulary import load_control_areas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from marsad.vocabulary import OutletKind

_MAX_FIELD = 10_000
_MAX_ID = 200
_AHEAD = timedelta(hours=24)
_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def build_report(fields: Mapping[str, object], retrieved: datetime, outlets: Mapping[str, OutletKind]) -> Report:
    """Return the report that the fields of a row make; raise InputError with a one-line reason where they make none.

    Fields beyond those of a report are passed over. A missing date is taken from the dateline where that gives a full
    one; missing agencies are taken from the dateline and the closing credit.
    """
    form = _text(fields, "form") or PROSE
    text = _body(fields, MAX_AREA if form == load_control_areas().form else MAX_TEXT)
    title = _text(fields, "title") or ""
    publisher = _text(fields, "publisher")
    kind = _text(fields, "kind") or "unknown"
    head = dateline(text) if form == PROSE else None
    published, precision = _published(fields, head, retrieved)
    got, changed = _text(fields, "retrieved"), _text(fields, "updated")
    if (until := _text(fields, "embargo")) and instant(until)[0] > retrieved:
        raise InputError(f"under embargo until {instant(until)[0].isoformat()}")
    return Report(
        id=_id(fields) or derived_id(publisher, title, text),
        publisher=publisher,
        kind=kind if kind in outlets else "unknown",
        title=title,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=published,
        published_precision=precision,
        retrieved=_not_ahead("retrieved", instant(got)[0], retrieved) if got else retrieved,
        url=_text(fields, "url"),
        agencies=_names(fields, "agencies") or (head.agencies if head else ()),
        dateline=text[head.start : head.end].rstrip() or None if head else None,
        language=_text(fields, "language"),
        copy_of=_text(fields, "copy_of"),
        updated=_not_ahead("updated", instant(changed)[0], retrieved) if changed else None,
        authors=_names(fields, "authors"),
        note=_text(fields, "note"),
        forwarded_from=_text(fields, "forwarded_from"),
        reply_to=_text(fields, "reply_to"),
        form=form,
    )


def derived_id(publisher: str | None, title: str, text: str) -> str:
    """Return the id of a report whose input gives none: stable for the same publisher, title and text."""
    content = "\0".join((publisher or "", title, text))
    return f"r-{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def _body(fields: Mapping[str, object], limit: int) -> str:
    text = fields.get("text")
    if text is None:
        raise InputError("no 'text'")
    if not isinstance(text, str):
        raise _wrong_type("text", text)
    if len(text) > limit:
        raise InputError(too_long(len(text), "characters", limit))
    if reason := not_text(text):
        raise InputError(reason)
    if not any(map(str.isalnum, text)):
        raise InputError("'text' holds no words")
    return text


def _text(fields: Mapping[str, object], name: str) -> str | None:
    """Return a text field, None where it is missing, null or blank."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong_type(name, value)
    if len(value) > _MAX_FIELD:
        raise InputError(f"'{name}' is {too_long(len(value), 'characters', _MAX_FIELD)}")
    if reason := not_text(value):
        raise InputError(f"'{name}' is {reason}")
    return value.strip() or None


def _id(fields: Mapping[str, object]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    name = _text(fields, "id")
    if name and (len(name) > _MAX_ID or not name.isprintable()):
        raise InputError(f"'id' must be at most {_MAX_ID} printable characters: {shown(name)}")
    return name


def _names(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"'{name}' must be a list of texts: {shown(value)}")
    names = (_text({name: item}, name) for item in value)
    return tuple(dict.fromkeys(one for one in names if one))


def _published(
    fields: Mapping[str, object], head: Dateline | None, retrieved: datetime
) -> tuple[datetime | None, DatePrecision]:
    words = _text(fields, "published")
    if words:
        when, precision = instant(words)
        return _not_ahead("published", when, retrieved), precision
    if head and head.date and noon(head.date) <= retrieved + _AHEAD:
        return noon(head.date), DatePrecision.DAY
    return None, DatePrecision.UNKNOWN


def _not_ahead(name: str, when: datetime, retrieved: datetime) -> datetime:
    if when - retrieved > _AHEAD:
        raise InputError(f"{name} in the future: {when.isoformat()}")
    return when


def _wrong_type(name: str, value: object) -> InputError:
    return InputError(f"'{name}' must be a text, not {_TYPES.get(type(value), type(value).__name__)}")
