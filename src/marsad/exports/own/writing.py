"""Own formats written: the tables as they are kept, or what may leave of them, and `about.json` over all."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from marsad.exports.own.layout import ABOUT, FACTS, SCHEMA, header
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType
    from typing import BinaryIO

    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.own.layout import Layout
    from marsad.exports.sinks import Sink
    from marsad.records import Capture
    from marsad.store import Row

_HELD_BACK = "a table that only a lossless export has"


def written_as(name: str) -> ModuleType:
    """Return the module that writes and reads a table in a form, `jsonlines` or `parquet`; the latter takes a while."""
    return import_module(f"marsad.exports.own.{name}")


def write_jsonlines(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write the tables as JSON lines."""
    _write(written_as("jsonlines"), holdings, sink, account)


def write_parquet(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write the tables as Parquet."""
    _write(written_as("parquet"), holdings, sink, account)


def _write(how: ModuleType, holdings: Holdings, sink: Sink, account: Account) -> None:
    tables = Tables(how=how, holdings=holdings, sink=sink, account=account)
    if holdings.facts is not None:
        for name, layout in FACTS.items():
            tables.write(layout, holdings.facts(name))
    else:
        for name, rows in _LEAVING.items():
            cells = tuple(replace(cell, optional=True) for cell in FACTS[name].cells)
            tables.write(replace(FACTS[name], cells=cells), rows(holdings))
        for name in sorted(FACTS.keys() - _LEAVING.keys()):
            account.left_out(name, _HELD_BACK)
    tables.close(lossless=holdings.facts is not None)


@dataclass(kw_only=True)
class Tables:
    """Writes tables into one export, and at its end what they are."""

    how: ModuleType
    holdings: Holdings
    sink: Sink
    account: Account
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, layout: Layout, rows: Iterable[Row]) -> None:
        """Write one table."""
        name = f"{layout.name}{self.how.SUFFIX}"
        with self.sink.file(name) as stream:
            hashed = _Hashed(stream)
            number = self.how.write(header(layout.name, self.holdings.about), rows, cast("BinaryIO", hashed), layout)
        self.account.wrote(layout.name, number)
        self.entries[layout.name] = {"file": name, "rows": number, "sha256": hashed.digest()}

    def close(self, *, lossless: bool) -> None:
        """Write what the tables are."""
        about = {"schema": SCHEMA, "lossless": lossless, **self.holdings.about.row(), "tables": self.entries}
        with self.sink.file(ABOUT) as stream:
            stream.write(f"{json.dumps(about, ensure_ascii=False, indent=1)}\n".encode())


class _Hashed:
    """A stream that is written to, and what was written hashed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self._written = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        """Write bytes."""
        self._hash.update(data)
        self._written += len(data)
        return self._stream.write(data)

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._written

    def flush(self) -> None:
        """Leave it to the stream beneath."""

    def close(self) -> None:
        """Leave the stream beneath open, as whoever opened it closes it."""

    def digest(self) -> str:
        """Return the SHA-256 of all that was written."""
        return self._hash.hexdigest()


def _reports(holdings: Holdings) -> Iterator[Row]:
    for told in holdings.told():
        yield {**to_json(told.report), "published_at": told.report.said, "learnt": None}


def _claims(holdings: Holdings) -> Iterator[Row]:
    for told in holdings.told():
        for position, claim in enumerate(told.claims):
            yield {"reading": None, "position": position, **to_json(claim, brief=True)}


def _captures(holdings: Holdings) -> Iterator[Row]:
    done: set[str] = set()
    for _, digest, capture in _captured(holdings):
        if digest not in done:
            done.add(digest)
            row = {"sha256": digest, "packed": zlib.compress(capture.data), "retrieved": to_json(capture.retrieved)}
            beside = {name: getattr(capture, name) for name in ("url", "media_type", "charset")}
            yield {**row, **beside, "learnt": None}


def _receipts(holdings: Holdings) -> Iterator[Row]:
    for report, digest, _ in _captured(holdings):
        yield {**dict.fromkeys(cell.name for cell in FACTS["receipts"].cells), "report": report, "content": digest}


def _captured(holdings: Holdings) -> Iterator[tuple[str, str, Capture]]:
    for told in holdings.told():
        if (capture := holdings.capture(told.report)) is not None:
            yield told.report.id, hashlib.sha256(capture.data).hexdigest(), capture


_LEAVING: Mapping[str, Callable[[Holdings], Iterator[Row]]] = {
    "reports": _reports,
    "claims": _claims,
    "captures": _captures,
    "receipts": _receipts,
}
