"""Structured data of a page (schema.org in JSON-LD): the objects that it holds, however it is packed or broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape

Thing = Mapping[str, object]
"""An object of structured data."""

_MAX_BLOCK = 10_000_000
_MAX_THINGS = 5_000
_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_ARTICLE = re.compile(r"(?:[a-z]*article|liveblogposting|blogposting|reportage[a-z]*|report|socialmediaposting)\Z")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")


def things_of(blocks: tuple[str, ...]) -> tuple[Thing, ...]:
    """Return the objects of a page's blocks of JSON-LD, those of lists and graphs too, in order.

    Blocks that are no JSON are mended where a comment, a comma or an escape is all that is wrong, else left out.
    """
    found: list[Thing] = []
    for block in blocks:
        if len(block) <= _MAX_BLOCK:
            for value in _values(block):
                _gather(value, found, 0)
    return tuple(found)


def types_of(thing: Thing) -> tuple[str, ...]:
    """Return the types of an object in lower case, without the address of the vocabulary."""
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in texts(thing.get("@type")))


def is_article(thing: Thing) -> bool:
    """Return whether an object is an article, a post or a live blog."""
    return any(_ARTICLE.match(name) for name in types_of(thing))


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a value that may be one, a list of them, or an object with a value of its own."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        return texts(value.get("@value"))
    if isinstance(value, list):
        return tuple(one for item in value[:200] if not isinstance(item, list) for one in texts(item))
    return ()


def text(value: object) -> str | None:
    """Return the first text of a value, unescaped and without blanks around it; None where there is none."""
    return next((words for one in texts(value) if (words := unescape(one).strip())), None)


def things(value: object) -> tuple[Thing, ...]:
    """Return the objects of a value that may be one or a list of them."""
    some = value if isinstance(value, list) else [value]
    return tuple(one for one in some if isinstance(one, Mapping))


def named(value: object, among: tuple[Thing, ...]) -> tuple[tuple[str, Thing], ...]:
    """Return names of people or bodies, each with its object, which may stand elsewhere on the page under its `@id`."""
    by_id = {key: one for one in among if isinstance(key := one.get("@id"), str) and "name" in one}
    found: list[tuple[str, Thing]] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            found.append((item, {}))
        elif isinstance(item, Mapping):
            whole = item if "name" in item else by_id.get(str(item.get("@id")), item)
            found += [(name, whole) for name in texts(whole.get("name"))]
    return tuple((unescape(name).strip(), thing) for name, thing in found if name.strip())


def _values(block: str) -> Iterator[object]:
    """Yield the values of a block, which may be several in a row."""
    words = _WRAPPING.sub("", block).strip().rstrip(";")
    if words[:10].lstrip("[{ \n").startswith("&quot;"):
        words = unescape(words)
    decoder = json.JSONDecoder(strict=False)
    for attempt in (words, _COMMA.sub("", words)):
        at, values = 0, []
        try:
            while at < len(attempt):
                value, at = decoder.raw_decode(attempt, at)
                values.append(value)
                while attempt[at : at + 1] in {" ", "\n", "\r", "\t", ",", ";"}:
                    at += 1
        except (ValueError, RecursionError):
            pass
        if values:
            yield from values
            return


def _gather(value: object, found: list[Thing], depth: int) -> None:
    if depth > 8 or len(found) >= _MAX_THINGS:
        return
    if isinstance(value, list):
        for item in value:
            _gather(item, found, depth + 1)
    elif isinstance(value, Mapping):
        if "@type" in value or "@id" in value:
            found.append(value)
        for name in _INSIDE:
            if isinstance(value.get(name), list | Mapping):
                _gather(value[name], found, depth + 1)
