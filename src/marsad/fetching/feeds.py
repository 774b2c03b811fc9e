"""The list of feeds and pages that are watched: a TOML file that the user writes.

::

    contact = "desk@example.org"      # told to servers; optional
    delay = "2s"                      # between two requests to one host; optional

    [[feeds]]
    address = "https://news.example.org/feed.xml"
    name = "Example News"             # as logs call it; its address if not given
    publisher = "Example News"        # whose reports these are, whatever the feed says
    kind = "newspaper"                # a kind of outlet
    every = "15m"                     # at least a minute
    pages = true                      # fetch the page of each entry, instead of taking what the feed carries
    columns = "columns.toml"          # which column holds what, for tables; beside this file

Who is told of what is new stands in its `[[webhooks]]`: see webhooks.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from marsad.fetching.addresses import Guard
from marsad.fetching.errors import FetchError
from marsad.fetching.rules import load_fetching
from marsad.fetching.webhooks import Webhook, load_webhooks
from marsad.vocabulary import DataFile, load_outlets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = frozenset({"address", "name", "publisher", "kind", "every", "pages", "columns"})
_PERIOD = re.compile(r"(\d{1,6})(s|m|h|d)")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST, _MOST = timedelta(minutes=1), timedelta(days=30)
_CONTACT = re.compile(r"[\x21-\x7e]{1,200}")
_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed or page that is watched: asked for after `every`; with `pages` its entries' pages are fetched.

    `given` are the fields that all its reports have, whatever they say themselves.
    """

    address: str
    name: str
    every: timedelta
    pages: bool = False
    given: Mapping[str, str]
    columns: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """What is watched, whom servers may write to, the seconds between two requests to a host, and who is told."""

    feeds: tuple[Feed, ...]
    contact: str | None = None
    delay: float | None = None
    webhooks: tuple[Webhook, ...] = ()


def load_feeds(path: Path) -> FeedList:
    """Load a list of feeds; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"contact", "delay", "feeds", "webhooks"})
    contact = file.text(file.data, "contact") if "contact" in file.data else None
    if contact is not None and not _CONTACT.fullmatch(contact):
        file.fail("'contact' must be an address of mail or a page, without spaces", "contact")
    tables = file.data.get("feeds", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
        file.fail("no feeds: write at least one [[feeds]] with its 'address'", "feeds")
    delay = _period(file, file.data, "delay") if "delay" in file.data else None
    if delay is not None and not timedelta(seconds=1) <= delay <= timedelta(hours=1):
        file.fail("'delay' must be from 1s to 1h", "delay")
    feeds = tuple(_feed(file, table, number) for number, table in enumerate(tables))
    for name in ("address", "name"):
        seen: set[str] = set()
        for number, feed in enumerate(feeds):
            value = getattr(feed, name)
            if value in seen:
                file.fail(f"{name} '{value}' stands here twice", "feeds", number, name)
            seen.add(value)
    return FeedList(
        feeds=feeds,
        contact=contact,
        delay=delay.total_seconds() if delay else None,
        webhooks=load_webhooks(file),
    )


def _feed(file: DataFile, table: Mapping[str, Any], number: int) -> Feed:
    where = ("feeds", number)
    file.only(table, _KEYS, *where)
    address = file.text(table, "address", *where)
    try:
        url = Guard(load_fetching()).address(address)
    except FetchError as error:
        file.fail(f"'address': {error}", *where, "address")
    pages = table.get("pages", False)
    if not isinstance(pages, bool):
        file.fail("'pages' must be true or false", *where, "pages")
    every = _period(file, table, "every", *where) if "every" in table else timedelta(minutes=15)
    if not _LEAST <= every <= _MOST:
        file.fail("'every' must be from 1m to 30d", *where, "every")
    given = {name: file.text(table, name, *where) for name in ("publisher", "kind") if name in table}
    if "kind" in given:
        file.choice(table, "kind", load_outlets().keys(), *where)
    name = file.text(table, "name", *where, default=address)
    if not name.isprintable() or len(name) > _NAME:
        file.fail(f"'name' must be at most {_NAME} printable characters", *where, "name")
    columns = file.path.parent / file.text(table, "columns", *where) if "columns" in table else None
    return Feed(address=str(url), name=name, every=every, pages=pages, given=given, columns=columns)


def _period(file: DataFile, table: Mapping[str, Any], key: str, *where: str | int) -> timedelta:
    match = _PERIOD.fullmatch(file.text(table, key, *where))
    if not match:
        file.fail(f"'{key}' must be a period such as 90s, 15m, 6h or 1d", *where, key)
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])
