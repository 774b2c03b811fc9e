"""Well-known outlets, as data: by what names and addresses they are known, of which kind they are, and whose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.outlets import load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHIPPED = Path(__file__).with_name("publishers.toml")
_KEYS = frozenset({"name", "aliases", "domains", "kind", "owner"})
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?:/[A-Za-z0-9_.@~-]{1,100}){0,4}")
_STEPS = 4  # parts of a path that an entry may name


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One outlet; `owner` is the state that owns or runs it, as ISO 3166-1 alpha-2 code, None for others.

    `domains` are hosts, with those below them, or the beginning of an address such as "t.me/example".
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    owner: str | None = None


@dataclass(frozen=True)
class Publishers:
    """Outlets by name and by address; of those that share one, the first is meant."""

    outlets: tuple[Publisher, ...] = field(default=())

    def named(self, name: str | None) -> Publisher | None:
        """Return the outlet of that name or alias; case, accents, punctuation and a leading "the" do not matter."""
        return self._by_name.get(_key(name)) if name else None

    def at(self, url: str | None) -> Publisher | None:
        """Return the outlet whose address `url` begins with, by the longest one; None where none does."""
        if not url:
            return None
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        except ValueError:
            return None
        steps = [step for step in parts.path.split("/", _STEPS + 1)[: _STEPS + 1] if step]
        paths = ["/".join((host, *steps[:count])) for count in range(min(len(steps), _STEPS), 0, -1)]
        labels = host.split(".")[-9:]
        hosts = (".".join(labels[first:]) for first in range(len(labels) - 1))
        return next((self._by_domain[one] for one in (*map(str.lower, paths), *hosts) if one in self._by_domain), None)

    def extended(self, outlets: Iterable[Publisher]) -> Publishers:
        """Return these publishers with others before them, which win where both know a name or an address."""
        return Publishers((*outlets, *self.outlets))

    @cached_property
    def _by_name(self) -> Mapping[str, Publisher]:
        table: dict[str, Publisher] = {}
        for outlet in self.outlets:
            for name in (outlet.name, *outlet.aliases):
                table.setdefault(_key(name), outlet)
        return MappingProxyType(table)

    @cached_property
    def _by_domain(self) -> Mapping[str, Publisher]:
        table: dict[str, Publisher] = {}
        for outlet in self.outlets:
            for domain in outlet.domains:
                table.setdefault(domain.lower(), outlet)
        return MappingProxyType(table)


@cache
def load_publishers(path: Path = SHIPPED) -> Publishers:
    """Load a file of outlets; raise DataFileError with line and reason where it is wrong."""
    file = DataFile(path)
    file.only(file.data, {"outlets"})
    return Publishers(read_publishers(file))


def read_publishers(file: DataFile) -> tuple[Publisher, ...]:
    """Return the `[[outlets]]` of a data file; raise DataFileError where one is wrong or two share a name."""
    rows = file.data.get("outlets", [])
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        file.fail("'outlets' must be an array of tables: [[outlets]]", "outlets")
    return tuple(_checked(file, rows))


def _checked(file: DataFile, rows: list[dict[str, object]]) -> Iterator[Publisher]:
    bearers: dict[tuple[str, str], str] = {}
    for index, row in enumerate(rows):
        at = ("outlets", index)
        file.only(row, _KEYS, *at)
        outlet = Publisher(
            name=file.text(row, "name", *at),
            kind=file.choice(row, "kind", load_outlets().keys(), *at),
            aliases=file.texts(row, "aliases", *at),
            domains=file.texts(row, "domains", *at),
            owner=file.text(row, "owner", *at) if "owner" in row else None,
        )
        if outlet.owner is not None and not re.fullmatch(r"[A-Z]{2}", outlet.owner):
            file.fail(f"'{outlet.owner}' is not an ISO 3166-1 alpha-2 code", *at, "owner")
        for domain in outlet.domains:
            if not _DOMAIN.fullmatch(domain) or domain.startswith("www."):
                file.fail(f"'{domain}' must be a host such as example.org, or one with a path", *at, "domains")
        borne = [("name", _key(name), name) for name in (outlet.name, *outlet.aliases)]
        borne += [("domain", domain.lower(), domain) for domain in outlet.domains]
        for what, key, shown in borne:
            if bearers.setdefault((what, key), outlet.name) != outlet.name:
                file.fail(f"'{shown}' stands for both '{bearers[what, key]}' and '{outlet.name}'", *at)
        yield outlet


def _key(name: str) -> str:
    """Return a name as it is compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name[:200]) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", re.sub(r"['’‘]", "", plain)).lower().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
