"""Evidence bundles: verdicts with all that they follow from, readable, and checkable without a monitor.

`manifest.sha256` has a line for every other file, as `sha256sum` writes and checks them. Pages and provenance are
a pure function of the records beside them, so that `marsad verify` can make them again and compare.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from marsad.exports.enclosed import RECORDS, enclose
from marsad.exports.evidence import sheet
from marsad.exports.evidence_pages import evidence_html, evidence_markdown
from marsad.exports.provenance import provenance
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.exports.account import Account
    from marsad.exports.enclosed import Enclosed
    from marsad.exports.holdings import Holdings
    from marsad.exports.sinks import Sink
    from marsad.vocabulary import Policy

MANIFEST = "manifest.json"
SUMS = "manifest.sha256"
RULES = "rules.toml"
THEATRE = "theatre.toml"
POLICY = "policy.json"
CAPTURES = "captures/"


def write_bundle(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write the bundle of the propositions on which chosen claims bear; raise InputError where there are none."""
    held = enclose(holdings)
    listed: list[dict[str, Any]] = []

    def put(path: str, data: bytes) -> None:
        with sink.file(path) as stream:
            stream.write(data)
        listed.append({"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})

    for path, data in made_of(held):
        put(path, data)
    put(POLICY, policy_file(holdings.about.policy))
    for one in held.captures:
        capture = holdings.capture(held.report_by_id[one.reports[0]])
        if capture is not None:
            put(f"{CAPTURES}{one.sha256}", capture.data)
    listed.sort(key=lambda row: str(row["path"]))
    manifest = _pretty({"about": held.about, "asked": held.asked, "files": listed})
    put(MANIFEST, manifest)
    with sink.file(SUMS) as stream:
        stream.write(sums((row["path"], row["sha256"]) for row in listed))
    for what in RECORDS:
        if number := len(getattr(held, what)):
            account.wrote(what, number)


def made_of(held: Enclosed) -> Iterator[tuple[str, bytes]]:
    """Yield the files that follow from enclosed records, by path and bytes; always the same for the same records."""
    told = sheet(held)
    yield "index.html", evidence_html(told).encode()
    yield "README.md", evidence_markdown(told).encode()
    yield "prov.json", _pretty(provenance(held))
    yield RULES, held.rules.text.encode()
    if held.theatre is not None:
        yield THEATRE, held.theatre.text.encode()
    for name in RECORDS:
        yield table(name), "".join(map(_line, getattr(held, name))).encode()


def table(name: str) -> str:
    """Return the path of a table of `RECORDS`."""
    return f"records/{name}.jsonl"


def sums(files: Iterable[tuple[str, str]]) -> bytes:
    """Return the lines of `sha256sum` for files given by path and SHA-256."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(files)).encode()


def policy_file(policy: Policy) -> bytes:
    """Return a policy as JSON."""
    values = {field.name: getattr(policy, field.name) for field in fields(policy)}
    return _pretty({name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()})


def _line(record: object) -> str:
    return json.dumps(to_json(record), ensure_ascii=False) + "\n"


def _pretty(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
