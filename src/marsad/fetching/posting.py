"""Posting: one message to one address that its owner gave, signed, by the same guarded way as fetching."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad._version import __version__
from marsad.fetching.addresses import Guard
from marsad.fetching.clock import SystemClock
from marsad.fetching.errors import FetchError
from marsad.fetching.exchange import Exchange
from marsad.fetching.network import Deadline, resolve
from marsad.fetching.robots import AGENT
from marsad.fetching.rules import load_fetching

if TYPE_CHECKING:
    import ssl
    from collections.abc import Collection

    from marsad.fetching.clock import Clock
    from marsad.fetching.network import Resolve

_PREFIX = "whsec_"
_GONE = 410


class Poster:
    """Posts messages, each within some seconds; redirects are not followed: nobody else shall get them.

    `allow` names networks, such as "10.0.0.7/32", whose servers may be posted to though they are not public.
    """

    def __init__(
        self,
        *,
        allow: Collection[str] = (),
        seconds: float | None = None,
        look_up: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Post nothing yet."""
        rules = load_fetching()
        self._guard = Guard(rules, allow)
        self._seconds = rules.posting.seconds if seconds is None else seconds
        self._exchange = Exchange(self._guard, look_up, rules.limits, tls)
        self._clock = clock or SystemClock()

    def post(self, address: str, message: str, body: bytes, secret: str) -> int:
        """Post a message under its id, and return the status between 200 and 299 that was answered.

        Raises FetchError for every other answer and for none; `final` where another try cannot help.
        """
        url = self._guard.address(address)
        stamp = str(int(self._clock.now().timestamp()))
        headers = {
            "User-Agent": f"{AGENT}/{__version__}",
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "webhook-id": message,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(secret, message, stamp, body),
        }
        status = self._exchange.ask(url, headers, Deadline(self._seconds), body=body).status
        if 200 <= status < 300:
            return status
        if 300 <= status < 400:
            raise FetchError(f"answered with a redirect ({status}), which is not followed", status=status)
        if status == _GONE:
            raise FetchError(f"gone ({status})", status=status, final=True)
        raise FetchError(f"answered {status}", status=status, wait=timedelta(minutes=1) if status == 429 else None)


def signature(secret: str, message: str, stamp: str, body: bytes) -> str:
    """Return the signature of a message as Standard Webhooks writes it: "v1," and an HMAC-SHA256 in base 64.

    A secret that begins with "whsec_" is one in base 64, any other is taken as it is written, in UTF-8.
    """
    signed = hmac.new(key_of(secret), f"{message}.{stamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode('ascii')}"


def key_of(secret: str) -> bytes:
    """Return the bytes of a secret; raise ValueError where it has none."""
    if not secret.startswith(_PREFIX):
        key = secret.encode()
    else:
        try:
            key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error as error:
            raise ValueError("a secret that begins with whsec_ must go on in base 64") from error
    if not key:
        raise ValueError("an empty secret signs nothing")
    return key
