"""The records of a bundle, read back and checked: whatever one names is there, and every passage lies in its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from marsad.errors import DataFileError, InputError
from marsad.exports import LAYOUT, MANIFEST, RECORDS, RULES, THEATRE, Enclosed, table
from marsad.serial import from_json
from marsad.theatre import read_theatre
from marsad.verifying.archives import DamagedError
from marsad.vocabulary import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.records import Claim
    from marsad.verifying.archives import Files

_ABOUT: Mapping[str, type | tuple[type, ...]] = {
    "bundle": int,
    "marsad": str,
    "format": str,
    "policy": str,
    "policy_says": str,
    "rules": str,
    "as_of": (str, type(None)),
    "since": (str, type(None)),
    "filters": dict,
    "ledger": (str, type(None)),
    "licence": str,
    "notice": str,
    "whole": bool,
    "theatre": (str, type(None)),
    "extractors": list,
    "vocabulary": str,
}


def manifest_of(data: bytes) -> dict[str, Any]:
    """Return the manifest that JSON holds; raise InputError where it is none that this version reads."""
    found = _parsed(data.decode("utf-8", "replace"))
    about, asked, files = (found.get(name) if isinstance(found, dict) else None for name in ("about", "asked", "files"))
    if not isinstance(about, dict) or not _strings(asked) or not isinstance(files, list):
        raise InputError("holds no 'about', 'asked' and 'files'")
    for name, kind in _ABOUT.items():
        if name not in about or not isinstance(about[name], kind):
            raise InputError(f"'about' has no '{name}', or one of another kind")
    if about["bundle"] != LAYOUT:
        raise InputError(f"is of layout {about['bundle']}; this version of Marsad reads layout {LAYOUT}")
    if not _strings(about["extractors"]) or not _strings([*about["filters"].values()]):
        raise InputError("'about' has an extractor or a filter that is no text")
    for row in files:
        if not isinstance(row, dict) or not _strings([row.get("path"), row.get("sha256")]):
            raise InputError("lists a file without 'path' and 'sha256'")
    return {"about": about, "asked": asked, "files": files}


def enclosed_in(files: Files, manifest: Mapping[str, Any]) -> Enclosed:
    """Return the records of a bundle; raise InputError where a file of them is missing or wrong."""
    tables = {name: tuple(_records(name, cls, files)) for name, cls in RECORDS.items()}
    try:
        rules = read_rules(_text(RULES, files), RULES)
        theatre = read_theatre(_text(THEATRE, files), THEATRE) if THEATRE in files.sizes else None
    except DataFileError as error:
        raise InputError(str(error)) from error
    held = Enclosed(about=manifest["about"], asked=tuple(manifest["asked"]), rules=rules, theatre=theatre, **tables)
    for path, reason in _unfit(held):
        raise InputError(f"{path}: {reason}")
    return held


def _records(name: str, cls: type, files: Files) -> Iterator[Any]:
    path = table(name)
    for number, line in enumerate(_text(path, files).split("\n"), start=1):
        if line:
            try:
                yield from_json(cls, _parsed(line))
            except InputError as error:
                raise InputError(f"{path}:{number}: {error}") from error


def _text(path: str, files: Files) -> str:
    if path not in files.sizes:
        raise InputError(f"{path}: is missing")
    try:
        return files.read(path).decode()
    except DamagedError as error:
        raise InputError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON") from error


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _unfit(held: Enclosed) -> Iterator[tuple[str, str]]:
    """Yield what one record says that others do not bear out, by the path of its table."""
    for name, ids in (("reports", "id"), ("claims", "id"), ("propositions", "id"), ("assessments", "proposition")):
        known = [getattr(one, ids) for one in getattr(held, name)]
        if len(set(known)) < len(known):
            yield table(name), "an id stands twice"
    for one in held.reports:
        if any(when is not None and when.tzinfo is None for when in (one.published, one.updated, one.retrieved)):
            yield table("reports"), f"{one.id} has an instant without an offset"
    for claim in held.claims:
        if reason := _misplaced(claim, held):
            yield table("claims"), f"{claim.id} {reason}"
    for proposition in held.propositions:
        if any(member.claim not in held.claim_by_id for member in proposition.members):
            yield table("propositions"), f"{proposition.id} has a claim that is not here"
    known = [one.proposition for one in held.assessments]
    if tuple(known) != held.asked or not set(known) <= {one.id for one in held.propositions}:
        yield MANIFEST, "the propositions asked for are not those of the assessments"
    if not known:
        yield MANIFEST, "no proposition is asked for"


def _misplaced(claim: Claim, held: Enclosed) -> str:
    """Say which passage of a claim lies outside of its report's text, "" where none does."""
    report = held.report_by_id.get(claim.report)
    if report is None:
        return f"is of report {claim.report}, which is not here"
    for span in (claim.anchor, claim.cue, claim.source_passage, claim.content):
        if span is not None and not (span.report == report.id and 0 <= span.start <= span.end <= len(report.text)):
            return f"stands on characters {span.start} to {span.end}, which its report does not have"
    return ""
