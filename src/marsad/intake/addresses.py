"""Addresses of pages: which are the same, and the id that a page has by its own."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote_plus, urljoin, urlsplit, urlunsplit

from marsad.vocabulary import DataFile

WORDS = Path(__file__).with_name("pages.toml")
_MAX = 2000
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,5}/(?=https?://)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def address(written: str | None, base: str | None = None) -> str | None:
    """Return the http address that is written on a page of address `base`; None where it is none, or not whole.

    What an archive of the web put before an address is taken off.
    """
    words = "".join((written or "").split())
    if not words or len(words) > _MAX or not words.isprintable():
        return None
    try:
        whole = _ARCHIVED.sub("", urljoin(base or "", words))
        parts = urlsplit(whole)
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return None
    return whole if parts.scheme.lower() in _PORTS and parts.hostname else None


def normalised(url: str) -> str:
    """Return an http address as it is compared: without fragment, tracking parameters, default port or capitals."""
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    port = f":{parts.port}" if parts.port not in (None, _PORTS.get(scheme)) else ""
    host = f"[{host}]" if ":" in host else host
    kept = [one for one in parts.query.split("&") if one and not _tracks(unquote_plus(one.split("=", 1)[0]).lower())]
    return urlunsplit((scheme, host + port, parts.path or "/", "&".join(kept), ""))


def page_id(url: str) -> str:
    """Return the id of the page of an http address."""
    return f"u-{hashlib.sha256(normalised(url).encode()).hexdigest()[:16]}"


def host_of(url: str | None) -> str:
    """Return the host of an address without `www.`, `m.` or `amp.` before it, empty where there is none."""
    host = (urlsplit(url).hostname or "") if url else ""
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.", "", host)


def same_page(one: str, other: str) -> bool:
    """Return whether two addresses name one page, whatever their fragments and the page that they turn to."""
    first, second = urlsplit(normalised(one)), urlsplit(normalised(other))
    if host_of(one) != host_of(other):
        return False
    if first.path.rstrip("/") != second.path.rstrip("/"):
        return False
    own, theirs = dict(parse_qsl(first.query)), dict(parse_qsl(second.query))
    return all(own.get(name) == theirs.get(name) for name in ("id", "p", "article", "story") if name in own)


def _tracks(name: str) -> bool:
    exact, starts = _tracking()
    return name in exact or name.startswith(starts)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    file = DataFile(WORDS)
    table = file.table(file.data, "tracking")
    exact = file.texts(table, "exact", "tracking")
    return frozenset(exact), file.texts(table, "starts", "tracking")
