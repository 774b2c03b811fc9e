"""Addresses of reports as links: whatever an input brings, what leaves is an absolute IRI or nothing."""

from __future__ import annotations

import re
from urllib.parse import quote

_ABSOLUTE = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_NEVER = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff]')


def link_to(address: str | None) -> str | None:
    """Return an address of the web with what no IRI may hold written as percent signs (RFC 3987); None for others."""
    if address is None or not _ABSOLUTE.match(address):
        return None
    return _NEVER.sub(lambda found: quote(found[0], safe="", errors="replace"), address)
