"""Web pages: an article is one report, a live blog one for each of its entries."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.addresses import page_id
from marsad.intake.charsets import page_text
from marsad.intake.items import MAX_TEXT, Row
from marsad.intake.jsonld import things_of, types_of
from marsad.intake.liveblogs import Blog, entries_of
from marsad.intake.markup import page_of
from marsad.intake.pagedata import Sources, page_data, visible_day
from marsad.intake.pagetext import article_text, body_paragraphs, cleaned
from marsad.intake.walls import no_article, says_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.intake.items import Input
    from marsad.intake.liveblogs import Entry
    from marsad.intake.pagedata import PageData

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_DATES = frozenset({"published", "updated"})


def read_page(data: bytes, source: Input) -> Iterator[Row]:
    """Yield the row of a page's article, or those of its live blog; raise InputError where it holds neither."""
    text = page_text(data, source.charset)
    if not text.strip():
        raise InputError("empty")
    xhtml = source.suffix in {".xhtml", ".xht"} or source.media_type == "application/xhtml+xml"
    page = page_of(text, xhtml=xhtml or text.lstrip("\ufeff \r\n\t").startswith("<?xml"))
    things = things_of(page.data)
    said = page_data(Sources(page.tree, things, source.url, page.saved_from, source.retrieved))
    tree = cleaned(page.tree, said.title)
    published = said.published or visible_day(tree, said.url, source.retrieved)
    said = replace(said, published=published)
    content = hashlib.sha256(data).hexdigest()
    blog = Blog(said.article, published, said.updated, said.url, said.title, source.retrieved, said.zone)
    if entries := entries_of(tree, blog):
        for number, entry in enumerate(entries):
            yield _row(source, said, content, f"{source.origin}#{number + 1}", _of_entry(said, entry))
        return
    body = article_text(tree, said.title, ("\n\n".join(body_paragraphs(one)) for one in said.bodies))
    marked = says_article(page.tree, things) or any("liveblogposting" in types_of(one) for one in things)
    if reason := no_article(
        tree, body, said.title, needs_scripts=page.needs_scripts, marked=marked, dated=published is not None
    ):
        raise InputError(reason)
    name = page_id(said.url) if said.url else None
    own: dict[str, object] = {"id": name, "text": body[: MAX_TEXT + 1], "published": str(published or "")}
    own |= {"title": said.title, "updated": str(said.updated or ""), "authors": [*said.authors]}
    yield _row(source, said, content, source.origin, own)


def _of_entry(said: PageData, entry: Entry) -> dict[str, object]:
    """Return the fields of a report that an entry of a live blog has of its own."""
    return {
        "id": f"{page_id(said.url)}#{entry.id}" if said.url else None,
        "kind": "live_blog",
        "text": entry.text,
        "title": entry.title or said.title,
        "published": str(entry.published or ""),
        "updated": str(entry.updated or ""),
        "authors": [*entry.authors],
    }


def _row(source: Input, said: PageData, content: str, origin: str, own: dict[str, object]) -> Row:
    fields = {
        "publisher": said.publisher,
        "agencies": [*said.agencies] or None,
        "language": said.language,
        "url": said.url,
        **own,
    }
    versioned = source.retrieved is not None and said.url is not None
    return Row(origin, fields, source.retrieved, content, versioned, doubtful=_DATES)
