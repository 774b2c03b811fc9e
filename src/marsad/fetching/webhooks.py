"""The webhooks of a list of feeds: who is told of what is new, and under which policy.

::

    [[webhooks]]
    url = "https://desk.example.org/hooks/marsad"
    secret = "DESK_SECRET"            # the variable of the environment that holds it; it never stands in the file
    name = "desk"                     # as logs call it; the host if not given
    on = ["dispute", "settled"]       # of dispute, settled, verdict and control; all if not given
    policy = "public"                 # what may leave
    allow = ["10.0.0.7/32"]           # networks that may be posted to though they are not public
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from marsad.errors import DataFileError
from marsad.fetching.addresses import Guard
from marsad.fetching.errors import FetchError
from marsad.fetching.rules import load_fetching
from marsad.vocabulary import Policy, load_policy, shipped_policies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.vocabulary import DataFile

NEWS = ("dispute", "settled", "verdict", "control")
"""What a webhook can be told of."""

_KEYS = frozenset({"url", "secret", "name", "on", "policy", "allow"})
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NAME = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,98}[\x21-\x7e])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Who is told of news: `on` are the kinds, `secret` is the variable of the environment that holds the key.

    `allow` are networks that may be posted to though they are not public.
    """

    name: str
    address: str
    secret: str
    on: frozenset[str]
    policy: Policy
    allow: tuple[str, ...] = ()


def load_webhooks(file: DataFile) -> tuple[Webhook, ...]:
    """Return the webhooks of a list; raise DataFileError with line and reason where one is wrong."""
    tables = file.data.get("webhooks", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        file.fail("'webhooks' must be tables: write [[webhooks]]", "webhooks")
    found = tuple(_webhook(file, table, number) for number, table in enumerate(tables))
    for number, hook in enumerate(found):
        if hook.name in {one.name for one in found[:number]}:
            file.fail(f"name '{hook.name}' stands here twice: give each webhook its own", "webhooks", number, "name")
    return found


def _webhook(file: DataFile, table: Mapping[str, Any], number: int) -> Webhook:
    where = ("webhooks", number)
    file.only(table, _KEYS, *where)
    allowed = file.texts(table, "allow", *where)
    for network in allowed:
        try:
            ip_network(network)
        except ValueError as error:
            file.fail(f"'{network}' is no network: {error}", *where, "allow")
    try:
        url = Guard(load_fetching(), allowed).address(file.text(table, "url", *where))
    except FetchError as error:
        file.fail(f"'url': {error}", *where, "url")
    secret = file.text(table, "secret", *where)
    if not _VARIABLE.fullmatch(secret):
        file.fail(
            "'secret' must name a variable of the environment: the secret itself has no place here", *where, "secret"
        )
    on = file.texts(table, "on", *where) if "on" in table else NEWS
    if unknown := next((one for one in on if one not in NEWS), None):
        file.fail(f"'{unknown}' is no news; it must be one of {', '.join(NEWS)}", *where, "on")
    name = file.text(table, "name", *where, default=url.host)
    if not _NAME.fullmatch(name):
        file.fail("'name' must be at most 100 printable characters of ASCII", *where, "name")
    return Webhook(
        name=name,
        address=str(url),
        secret=secret,
        on=frozenset(on),
        policy=_policy(file, file.text(table, "policy", *where, default="public"), where),
        allow=allowed,
    )


def _policy(file: DataFile, chosen: str, where: tuple[str, int]) -> Policy:
    """Return a policy: a shipped one, or a file beside the list."""
    try:
        return load_policy(chosen if chosen in shipped_policies() else file.path.parent / chosen)
    except DataFileError as error:
        file.fail(f"'policy': {error}", *where, "policy")
