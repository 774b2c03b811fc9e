"""News items in ninjs, the JSON of the IPTC: version 1 with one headline and body, 2 and 3 with lists of them.

An item that its agency withholds is none yet; one that is cancelled takes back what was sent under its uri before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.columns import fixed
from marsad.intake.dates import stamped
from marsad.intake.fragments import text_of_html
from marsad.intake.ids import steady_id
from marsad.intake.items import Row, Skipped, shown
from marsad.records import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.intake.items import Input

    Item = Mapping[str, object]

_TELLING = frozenset(
    {
        "bodies",
        "body_html",
        "body_text",
        "body_xhtml",
        "byline",
        "description_text",
        "descriptions",
        "headline",
        "headlines",
        "pubStatus",
        "pubstatus",
        "versionCreated",
        "versioncreated",
    }
)
_MAIN = frozenset({"", "main", "title", "headline"})  # what the role of the text that is meant for everybody may be
_USABLE, _CANCELED = "usable", frozenset({"canceled", "cancelled"})
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def is_item(value: Item) -> bool:
    """Tell whether a JSON object is a news item."""
    return isinstance(value.get("uri"), str) and not _TELLING.isdisjoint(value)


def is_package(value: Item) -> bool:
    """Tell whether a JSON object holds a list of news items."""
    items = value.get("items")
    return isinstance(items, list) and bool(items) and all(isinstance(one, dict) and is_item(one) for one in items)


def item_rows(value: Item, where: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield the row of a news item, or the reason against it."""
    try:
        row = Row(where, _fields(value), retrieved=source.retrieved, versioned=True)
    except InputError as error:
        yield Skipped(where, str(error))
    else:
        yield fixed(row, source.columns)


def package_rows(value: Item, where: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield what each news item of a list gives."""
    for index, item in enumerate(_dicts(value["items"])):
        yield from item_rows(item, f"{where}[{index}]", source)


def _fields(item: Item) -> dict[str, object]:
    status = (_text(item, "pubStatus", "pubstatus") or _USABLE).lower()
    if status != _USABLE and status not in _CANCELED:
        reason = "withheld by its publisher" if status == "withheld" else f"its publisher calls it {shown(status)}"
        raise InputError(reason)
    uri, title = str(item["uri"]), _titled(item)
    first = _date(item, "firstCreated", "firstcreated", "contentCreated", "contentcreated")
    last = _date(item, "versionCreated", "versioncreated")
    publisher, agencies = _providers(item)
    note = _text(item, "edNote", "ednote")
    fields: dict[str, object] = {
        "id": steady_id(uri),
        "title": title,
        "publisher": publisher,
        "agencies": agencies,
        "authors": _authors(item),
        "published": first or last,
        "updated": last if last != first and first else None,
        "embargo": _date(item, "embargoedUntil", "embargoed"),
        "language": _text(item, "language"),
        "note": note,
        "url": uri if _LINK.fullmatch(uri) else None,
    }
    if status in _CANCELED:
        taken_back = f"Withdrawn: {title or uri}"  # never the words that it takes back, which would be known already
        return {**fields, "text": taken_back, "form": WITHDRAWN, "updated": last}
    return {**fields, "text": _body(item) or _summary(item, title)}


def _titled(item: Item) -> str:
    title = _text(item, "headline") or _main(item, "headlines", plain=True) or _text(item, "title", "name")
    return " ".join(text_of_html(title).split())


def _body(item: Item) -> str | None:
    if plain := _text(item, "body_text"):
        return plain
    if markup := _text(item, "body_xhtml", "body_html"):
        return text_of_html(markup)
    return _main(item, "bodies")


def _summary(item: Item, title: str) -> str | None:
    """Return the title and what the item is said to tell, for one that comes without its text."""
    summary = _text(item, "description_text") or text_of_html(_text(item, "description_html"))
    summary = summary or _main(item, "descriptions")
    return f"{title}\n\n{summary}".strip() if summary else None


def _main(item: Item, name: str, *, plain: bool = False) -> str:
    """Return the main one of several texts, plain where there is a plain one."""
    texts = [one for one in _dicts(item.get(name)) if _text(one, "value")]
    if not texts:
        return ""
    main = [one for one in texts if _text(one, "role").lower() in _MAIN] or texts
    best = min(main, key=lambda one: "html" in _text(one, "contentType", "contenttype").lower())
    value = _text(best, "value")
    return text_of_html(value) if "html" in _text(best, "contentType", "contenttype").lower() and not plain else value


def _providers(item: Item) -> tuple[str | None, list[str]]:
    """Return who publishes an item, and the other agencies that it is from."""
    sources = _dicts(item.get("infoSources")) or _dicts(item.get("infosource"))
    names = [name for one in sources if (name := _text(one, "name") or _text(one, "literal"))]
    names = names or [name for key in ("infosource", "provider", "source") if (name := _text(item, key))]
    holder = _text(item, "copyrightHolder", "copyrightholder")
    names = list(dict.fromkeys(names or ([holder] if holder else [])))
    return (names[0], names[1:]) if names else (None, [])


def _authors(item: Item) -> list[str]:
    names = [name for one in _dicts(item.get("authors")) if (name := _text(one, "name"))]
    byline = " ".join(text_of_html(_text(item, "by", "byline")).split())
    return names or ([byline] if byline else [])


def _date(item: Item, *names: str) -> str | None:
    words = _text(item, *names)
    if not words:
        return None
    if (stamp := stamped(words)) is None:
        raise InputError(f"no date that can be read: {shown(words)}")
    return stamp


def _text(item: Item, *names: str) -> str:
    """Return the first of these members that is a text, empty where none is."""
    return next((value.strip() for name in names if isinstance(value := item.get(name), str) and value.strip()), "")


def _dicts(value: object) -> list[Item]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
