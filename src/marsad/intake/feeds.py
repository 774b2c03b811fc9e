"""Feeds: RSS 0.9 to 2.0, Atom and JSON Feed. One report an entry, of its full content or, without that, of its summary.

Feeds are parsed by feedparser, which is given bytes and nothing else: it fetches nothing, follows no entity out of the
document, and takes scripts out of what it finds.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedparser import api

from marsad.errors import InputError
from marsad.intake.columns import fixed
from marsad.intake.dates import stamped
from marsad.intake.fragments import text_of_html
from marsad.intake.ids import steady_id
from marsad.intake.items import Row, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.intake.items import Input

MAX_FEED = 8_000_000
"""Bytes of a feed that are read; of a longer one the first entries are."""

_parse: Any = api.parse
_MAX_TAGS = 60_000  # tags and entities; each costs some 40 microseconds, whatever it says
_TAG = re.compile(rb"[<&]")
_ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel))[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_CHANNEL = re.compile(rb"<channel[\s>]", re.IGNORECASE)
_JSON_FEED = "https://jsonfeed.org/version/"
_CUT_TITLE = "…. "


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed.

    `id` is the feed's own for it, else its link; `published` and `updated` are ISO 8601, without a zone where the feed
    gives none. `full` tells whether `text` is the whole story as far as the feed says, or only its title and summary.
    """

    id: str | None
    url: str | None
    title: str
    text: str
    full: bool
    publisher: str | None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None


def feed_entries(data: bytes, url: str | None = None) -> tuple[FeedEntry, ...]:
    """Return the entries of a feed in its order, those without any words and link left out.

    `url` is where it was fetched from; links of the feed are resolved against it. Raises InputError where it is none.
    """
    return tuple(entry for entry in _entries(_within_bounds(data)[0], url) if entry.text or entry.url)


def read_feed(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every entry of a feed."""
    whole = source.stream.read(MAX_FEED + 1)
    data, rest = _within_bounds(whole)
    content = None if rest else hashlib.sha256(whole).hexdigest()
    number = 0
    for number, entry in enumerate(_entries(data, source.url), start=1):
        yield _row(entry, f"{source.origin}#{number}", source, content)
    if not number:
        yield Skipped(source.origin, "empty: a feed without entries")
    if rest:
        yield Skipped(source.origin, f"too long: only the entries of the first {len(data):,} bytes are read")


def starts_feed(head: bytes) -> bool:
    """Tell whether a document begins as a feed in XML does."""
    return bool(_ROOT.search(head))


def is_json_feed(value: Mapping[str, object]) -> bool:
    """Tell whether a JSON object is a JSON Feed."""
    version = value.get("version")
    return isinstance(version, str) and version.startswith(_JSON_FEED) and isinstance(value.get("items"), list)


def json_feed_rows(value: Mapping[str, object], where: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield what each item of a JSON Feed gives."""
    items = value["items"]
    if not items:
        yield Skipped(where, "empty: a feed without entries")
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        one = f"{where}#{number}"
        try:
            yield _row(_of_json(value, item), one, source) if isinstance(item, dict) else Skipped(one, "not an object")
        except InputError as error:
            yield Skipped(one, str(error))


def _row(entry: FeedEntry, where: str, source: Input, content: str | None = None) -> Row | Skipped:
    if not entry.text:
        return Skipped(where, "an entry without words")
    changed = entry.updated if entry.updated != entry.published else None
    fields: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "text": entry.text,
        "publisher": entry.publisher,
        "published": entry.published or entry.updated,
        "updated": changed if entry.published else None,
        "authors": list(entry.authors),
        "language": entry.language,
    }
    versioned = bool(source.retrieved or changed)
    return fixed(Row(where, fields, source.retrieved, content, versioned), source.columns)


def _within_bounds(data: bytes) -> tuple[bytes, bool]:
    """Return a feed with as many of its first entries as are read, and whether that leaves some out."""
    end = min(len(data), MAX_FEED)
    for number, tag in enumerate(_TAG.finditer(data, 0, end)):
        if number >= _MAX_TAGS:
            end = tag.start()
            break
    if end == len(data):
        return data, False
    last = max((match.end() for match in _ENTRY_END.finditer(data, 0, end)), default=0)
    root = _ROOT.search(data, 0, end)
    if not last or root is None:
        raise InputError(f"too long: a feed whose first entry goes beyond {end:,} bytes")
    inner = b"</channel>" if root[1].lower() == b"rss" and _CHANNEL.search(data, 0, end) else b""
    return data[:last] + inner + b"</" + root[1] + b">", True


def _entries(data: bytes, url: str | None) -> Iterator[FeedEntry]:
    headers = {"content-location": url} if url else {}
    # Bytes as such would be taken for the name of a file.
    found = _parse(io.BytesIO(data), response_headers=headers, resolve_relative_uris=True, sanitize_html=True)
    if not found.version and not found.entries:
        raise InputError("XML that is no feed")
    about = found.feed
    publisher = _plain(about.get("title_detail")) or None
    language = about.get("language")
    for entry in found.entries:
        yield _entry(entry, publisher, language if isinstance(language, str) else None, _home(about, url))


def _home(about: Mapping[str, object], url: str | None) -> str:
    """Return what tells a feed's numbers from those of others."""
    return _host(url or about.get("link")) or str(about.get("title") or "")


def _entry(entry: Mapping[str, Any], publisher: str | None, language: str | None, home: str) -> FeedEntry:
    title = " ".join(_plain(entry.get("title_detail")).split())
    link = _address(entry.get("link"))
    contents = [_plain(one) for one in entry.get("content", ())]
    body = max(contents, key=len, default="")
    names = (one.get("name") for one in entry.get("authors", ()))
    return FeedEntry(
        id=_id(entry.get("id"), home) or (steady_id(link) if link else None),
        url=link,
        title=title,
        text=body or _with_title(title, _plain(entry.get("summary_detail"))),
        full=bool(body),
        publisher=publisher,
        published=_date(entry, "published"),
        updated=_date(entry, "updated"),
        authors=tuple(dict.fromkeys(" ".join(name.split()) for name in names if name)),
        language=language,
    )


def _of_json(feed: Mapping[str, object], item: Mapping[str, object]) -> FeedEntry:
    title, plain, markup, summary, link = (
        str(item.get(name) or "") for name in ("title", "content_text", "content_html", "summary", "url")
    )
    body = plain or text_of_html(markup)
    people = item.get("authors") or feed.get("authors") or []
    names = [one.get("name") for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    home = _host(feed.get("feed_url") or feed.get("home_page_url"))
    published, updated = (stamped(str(item.get(name) or "")) for name in ("date_published", "date_modified"))
    language = item.get("language") or feed.get("language")
    return FeedEntry(
        id=_id(item.get("id"), home) or (steady_id(link) if link else None),
        url=_address(link),
        title=title,
        text=body or _with_title(title, summary),
        full=bool(body),
        publisher=str(feed.get("title") or "") or None,
        published=published,
        updated=updated,
        authors=tuple(name for name in names if isinstance(name, str)),
        language=language if isinstance(language, str) else None,
    )


def _plain(detail: Mapping[str, str] | None) -> str:
    """Return the words of a part of a feed, HTML or not, as plain paragraphs."""
    value = detail.get("value") if detail else None
    if not value or detail is None:
        return ""
    return value.strip() if detail.get("type") == "text/plain" else text_of_html(value)


def _with_title(title: str, summary: str) -> str:
    """Return the title and the summary, or the summary alone where it begins with the title."""
    start = title.rstrip(_CUT_TITLE)
    if not summary or not title:
        return summary or title
    return summary if " ".join(summary[: 2 * len(title)].split()).startswith(start) else f"{title}\n\n{summary}"


def _id(name: object, home: str) -> str | None:
    """Return the id that a feed gives an entry; a bare number or word, which another feed may use, with its home."""
    words = str(name or "").strip()
    return steady_id(words if ":" in words or not words else f"{home}/{words}".lstrip("/"))


def _host(link: object) -> str:
    try:
        return urlsplit(str(link or "")).netloc
    except ValueError:  # no address
        return ""


def _address(link: object) -> str | None:
    words = str(link or "").strip()
    return words if _host(words) and words.lower().startswith(("http://", "https://")) else None


def _date(entry: Mapping[str, Any], name: str) -> str | None:
    """Return a date of an entry with its own zone; what is written otherwise is not guessed at."""
    return stamped(str(entry[name])) if name in entry else None
