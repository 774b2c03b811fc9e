"""Fields to a report: every check that an input must pass, whatever its format."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.dates import instant, noon
from marsad.intake.decode import not_text
from marsad.intake.ids import MAX_ID
from marsad.intake.items import MAX_AREA, MAX_TEXT, shown, too_long
from marsad.intake.story import Story, story
from marsad.records import PROSE, DatePrecision, Report
from marsad.vocabulary import load_control_areas, load_publishers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from marsad.vocabulary import OutletKind, Publisher, Publishers

UNKNOWN = "unknown"
"""The kind of an outlet that nobody knows."""

LISTS = frozenset({"agencies", "authors"})
"""Fields that hold several names."""

DATES = frozenset({"published", "updated", "retrieved", "embargo"})
"""Fields that hold an instant or a day."""

FIELDS = (
    LISTS
    | DATES
    | frozenset(
        {
            "copy_of",
            "form",
            "forwarded_from",
            "id",
            "kind",
            "language",
            "note",
            "publisher",
            "reply_to",
            "text",
            "title",
            "url",
        }
    )
)
"""All fields of a row that are read."""

_MAX_FIELD = 10_000
_AHEAD = timedelta(hours=24)
_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def build_report(
    fields: Mapping[str, object],
    retrieved: datetime,
    outlets: Mapping[str, OutletKind],
    publishers: Publishers | None = None,
) -> Report:
    """Return the report that the fields of a row make; raise InputError with a one-line reason where they make none.

    Fields beyond those of a report are passed over. What is missing is taken from what the text says of itself, and
    the publisher and its kind from the address and the `publishers` that are known, those shipped by default.
    """
    known = load_publishers() if publishers is None else publishers
    form = _text(fields, "form") or PROSE
    text = _body(fields, MAX_AREA if form == load_control_areas().form else MAX_TEXT)
    title = _text(fields, "title") or ""
    given, url = _text(fields, "publisher"), _text(fields, "url")
    outlet = known.named(given) if given else known.at(url)
    stated = _published(fields, retrieved)
    told = story(text, known, title=title, published=stated) if form == PROSE else Story()
    published, precision = stated or _told(told, retrieved)
    _check_embargo(fields, told, retrieved)
    got = _text(fields, "retrieved")
    return Report(
        id=_id(fields) or derived_id(given, title, text),
        publisher=given or (outlet.name if outlet else None),
        kind=_kind(fields, outlet, outlets),
        title=title,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=published,
        published_precision=precision,
        retrieved=not_ahead("retrieved", instant(got)[0], retrieved) if got else retrieved,
        url=url,
        agencies=_names(fields, "agencies") or told.agencies,
        dateline=text[told.dateline.start : told.dateline.end].rstrip() or None if told.dateline else None,
        language=_text(fields, "language"),
        copy_of=_text(fields, "copy_of"),
        updated=_updated(fields, told, retrieved),
        authors=_names(fields, "authors") or told.authors,
        note=_text(fields, "note") or told.note,
        forwarded_from=_text(fields, "forwarded_from"),
        reply_to=_text(fields, "reply_to"),
        form=form,
    )


def without_future(fields: Mapping[str, object], doubtful: frozenset[str], retrieved: datetime) -> Mapping[str, object]:
    """Return the fields of a row without those of its doubtful dates that lie in the future."""
    late = {name for name in doubtful if (words := _text(fields, name)) and instant(words)[0] - retrieved > _AHEAD}
    return {name: value for name, value in fields.items() if name not in late}


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
    if name and (len(name) > MAX_ID or not name.isprintable()):
        raise InputError(f"'id' must be at most {MAX_ID} printable characters: {shown(name)}")
    return name


def _names(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"'{name}' must be a list of texts: {shown(value)}")
    names = (_text({name: item}, name) for item in value)
    return tuple(dict.fromkeys(one for one in names if one))


def _kind(fields: Mapping[str, object], outlet: Publisher | None, outlets: Mapping[str, OutletKind]) -> str:
    """Return the kind that the input states, or that of a known outlet where it states none."""
    kind = _text(fields, "kind") or UNKNOWN
    if kind == UNKNOWN and outlet is not None:
        kind = outlet.kind
    return kind if kind in outlets else UNKNOWN


def _published(fields: Mapping[str, object], retrieved: datetime) -> tuple[datetime, DatePrecision] | None:
    words = _text(fields, "published")
    if words is None:
        return None
    when, precision = instant(words)
    return not_ahead("published", when, retrieved), precision


def _told(told: Story, retrieved: datetime) -> tuple[datetime | None, DatePrecision]:
    """Return when the text says that it was published; what lies in the future says nothing."""
    if told.published and told.published[0] <= retrieved + _AHEAD:
        return told.published
    if told.dateline and told.dateline.date and noon(told.dateline.date) <= retrieved + _AHEAD:
        return noon(told.dateline.date), DatePrecision.DAY
    return None, DatePrecision.UNKNOWN


def _updated(fields: Mapping[str, object], told: Story, retrieved: datetime) -> datetime | None:
    if words := _text(fields, "updated"):
        return not_ahead("updated", instant(words)[0], retrieved)
    return told.updated[0] if told.updated and told.updated[0] <= retrieved + _AHEAD else None


def _check_embargo(fields: Mapping[str, object], told: Story, retrieved: datetime) -> None:
    words = _text(fields, "embargo")
    until = instant(words) if words else told.embargo
    if until and until[0] > retrieved:
        raise InputError(f"under embargo until {until[0].isoformat()}")


def not_ahead(name: str, when: datetime, retrieved: datetime) -> datetime:
    """Return an instant of a field; raise InputError where it lies beyond what wrong clocks and zones explain."""
    if when - retrieved > _AHEAD:
        raise InputError(f"{name} in the future: {when.isoformat()}")
    return when


def _wrong_type(name: str, value: object) -> InputError:
    return InputError(f"'{name}' must be a text, not {_TYPES.get(type(value), type(value).__name__)}")
