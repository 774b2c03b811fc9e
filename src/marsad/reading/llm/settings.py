"""The settings of the reader that asks a language model: a TOML file that its user writes.

::

    base_url = "http://127.0.0.1:8080/v1"   # the endpoint, without "/chat/completions"
    model = "qwen2.5-14b-instruct"          # as the endpoint calls it
    key = "DESK_LLM_KEY"                    # the variable of the environment that holds the key, where one is needed
    max_tokens = 4096                       # of an answer; `max_completion_tokens` for endpoints that ask for that
    temperature = 0                         # false: not sent
    output = "json_schema"                  # "json_object" for endpoints that know no schemas
    concurrency = 4                         # requests under way at once
    timeout_s = 120                         # for one whole answer
    tries = 5
    piece = 6000                            # characters of a report in one request, at most
    cache = "answers"                       # a folder beside this file, if not given the user's own; false: none

    [price]                                 # of a million tokens
    input = 0.15
    output = 0.60
    currency = "USD"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import platformdirs

from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTPUTS = ("json_schema", "json_object")
"""How an endpoint can be bound: to the schema, or to any JSON; the answer is checked in both cases."""

_KEYS = frozenset(
    {
        *("base_url", "model", "key", "max_tokens", "max_completion_tokens", "temperature", "output", "concurrency"),
        *("timeout_s", "tries", "piece", "cache", "price"),
    }
)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MODEL = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,98}[\x21-\x7e])?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LEAST_PIECE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a million tokens cost, in and out."""

    tokens_in: float
    tokens_out: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """Which endpoint is asked, and how; `key` names the variable of the environment, the key itself is nowhere here.

    `limit` is the name under which `max_tokens` is sent. `temperature` None is not sent; `cache` None keeps nothing.
    """

    base_url: str
    model: str
    key: str | None = None
    max_tokens: int = 4096
    limit: str = "max_tokens"
    temperature: float | None = 0.0
    output: str = OUTPUTS[0]
    concurrency: int = 4
    timeout_s: float = 120.0
    tries: int = 5
    piece: int = 6000
    cache: Path | None = None
    price: Price | None = None


def load_llm_settings(path: Path) -> LlmSettings:
    """Return the settings of a file; raise DataFileError with line and reason where it is wrong."""
    file = DataFile(path)
    data = file.data
    file.only(data, _KEYS)
    key = file.text(data, "key") if "key" in data else None
    if key is not None and not _VARIABLE.fullmatch(key):
        file.fail("'key' must name a variable of the environment: the key itself has no place here", "key")
    model = file.text(data, "model")
    if not _MODEL.fullmatch(model):
        file.fail("'model' must be at most 100 printable characters of ASCII", "model")
    limits = [name for name in ("max_tokens", "max_completion_tokens") if name in data]
    if len(limits) > 1:
        file.fail("give one of 'max_tokens' and 'max_completion_tokens'", limits[1])
    limit = next(iter(limits), "max_tokens")
    return LlmSettings(
        base_url=_address(file, key),
        model=model,
        key=key,
        max_tokens=_whole(file, limit, 4096, most=1_000_000),
        limit=limit,
        temperature=_temperature(file),
        output=file.choice(data, "output", OUTPUTS, default=OUTPUTS[0]),
        concurrency=_whole(file, "concurrency", 4, most=256),
        timeout_s=file.number(data, "timeout_s", above=0, most=3600) if "timeout_s" in data else 120.0,
        tries=_whole(file, "tries", 5, most=20),
        piece=_whole(file, "piece", 6000, least=_LEAST_PIECE, most=1_000_000),
        cache=_cache(file),
        price=_price(file) if "price" in data else None,
    )


def _address(file: DataFile, key: str | None) -> str:
    """Check the endpoint: nothing secret stands in it, and no key goes over the net without TLS."""
    address = file.text(file.data, "base_url").rstrip("/")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        file.fail(f"'base_url' is no address: {error}", "base_url")
    if parts.scheme not in {"http", "https"} or not host or not address.isprintable() or " " in address:
        file.fail("'base_url' must begin with http:// or https:// and name a host", "base_url")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        file.fail("'base_url' must hold no user, password, query or fragment", "base_url")
    if key is not None and parts.scheme == "http" and not _is_near(host):
        file.fail("a key goes over https alone, or by http to this machine or a private IP address", "base_url")
    return address


def _is_near(host: str) -> bool:
    """Tell this machine and private IP addresses."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _temperature(file: DataFile) -> float | None:
    if file.data.get("temperature") is False:
        return None
    return file.number(file.data, "temperature", most=2) if "temperature" in file.data else 0.0


def _cache(file: DataFile) -> Path | None:
    if file.data.get("cache") is False:
        return None
    if "cache" in file.data:
        return file.path.parent / Path(file.text(file.data, "cache")).expanduser()
    return Path(platformdirs.user_cache_dir("marsad")) / "llm"


def _price(file: DataFile) -> Price:
    table: Mapping[str, Any] = file.table(file.data, "price")
    file.only(table, {"input", "output", "currency"}, "price")
    currency = file.text(table, "currency", "price", default="USD")
    if not _CURRENCY.fullmatch(currency):
        file.fail("'currency' must be three capital letters, such as USD", "price", "currency")
    return Price(
        tokens_in=file.number(table, "input", "price"),
        tokens_out=file.number(table, "output", "price"),
        currency=currency,
    )


def _whole(file: DataFile, key: str, default: int, *, most: int, least: int = 1) -> int:
    value = file.data.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        file.fail(f"'{key}' must be a whole number from {least} to {most}", key)
    return value
