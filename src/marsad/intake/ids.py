"""Ids that inputs give, as reports can have them."""

from __future__ import annotations

import hashlib

MAX_ID = 200
"""Characters that the id of a report may have."""


def steady_id(name: str) -> str | None:
    """Return an id for the name that an input gives: itself, its digest where it is long or odd, None for a blank."""
    name = name.strip()
    if len(name) <= MAX_ID and name.isprintable():
        return name or None
    return f"n-{hashlib.sha256(name.encode(errors='backslashreplace')).hexdigest()[:32]}"
