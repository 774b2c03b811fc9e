"""Who may ask and judge: tokens with the names of their users, and the sessions of browsers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LEAST = 16
"""Characters that a token has at least."""

NOBODY_NAMED = "reviewer"
"""Who judges with a token that names nobody."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The users by the SHA-256 of their tokens, none where nobody may judge. A secret signs the sessions."""

    users: Mapping[bytes, str] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def user(self, token: str) -> str | None:
        """Return whose token it is, None for nobody's; how long that takes tells nothing of the tokens."""
        given, found = _digest(token), None
        for digest, name in self.users.items():
            if hmac.compare_digest(digest, given):
                found = name
        return found

    def session(self, user: str, until: float) -> str:
        """Return what a browser shows until an instant (seconds of the epoch) to be known as a user."""
        words = f"{user.encode().hex()}.{until:.0f}"
        return f"{words}.{self._signed(words)}"

    def signed_in(self, session: str, now: float) -> str | None:
        """Return the user of a session, None where it is none of ours or over."""
        words, _, signature = session.rpartition(".")
        if not hmac.compare_digest(self._signed(words).encode(), signature.encode("utf-8", "replace")):
            return None
        name, _, until = words.partition(".")
        user = bytes.fromhex(name).decode()
        return user if now < float(until) and user in self.users.values() else None

    def _signed(self, words: str) -> str:
        return hmac.new(self._secret, words.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def load_tokens(path: Path | None = None, alone: str | None = None) -> Tokens:
    """Return the tokens of a file, and one `alone` that names nobody.

    A line of the file is `name: token`, or a token; lines that begin with # say nothing. Raises InputError with file
    and line where one is too short or stands twice.
    """
    users: dict[bytes, str] = {}
    lines = [] if path is None else _lines(path)
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            name, colon, token = line.rpartition(":")
            _add(users, name.strip() if colon else NOBODY_NAMED, token.strip(), f"{path}:{number}")
    if alone is not None:
        _add(users, NOBODY_NAMED, alone.strip(), "MARSAD_TOKEN")
    if path is not None and not users:
        raise InputError(f"{path}: holds no token")
    return Tokens(users)


def _add(users: dict[bytes, str], name: str, token: str, where: str) -> None:
    if not name:
        raise InputError(f"{where}: a name must stand before the colon")
    if len(token) < LEAST or not token.isascii() or not token.isprintable() or " " in token:
        hint = 'make one with `python -c "import secrets; print(secrets.token_urlsafe())"`'
        raise InputError(f"{where}: a token has at least {LEAST} letters, digits or signs; {hint}")
    if _digest(token) in users:
        raise InputError(f"{where}: this token stands twice")
    users[_digest(token)] = name


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise InputError(f"{path}: cannot be read: {reason}") from error


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
