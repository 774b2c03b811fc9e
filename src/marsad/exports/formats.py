"""The formats: for whom each is, which policy it passes unless another is chosen, and what it loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.exports.account import Account
from marsad.exports.claims import write_claims
from marsad.exports.holdings import Holdings
from marsad.exports.own import write_jsonlines, write_parquet, write_verdict_lines, write_verdict_parquet
from marsad.exports.sinks import Sink
from marsad.vocabulary import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable

Write = Callable[[Holdings, Sink, Account], None]

PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format; `many` where it is several files. `loses` says what of a claim or verdict it cannot carry."""

    name: str
    suffix: str
    what: str
    loses: str
    policy: str
    write: Write
    many: bool = False


_ALL: Iterable[ExportFormat] = (
    ExportFormat(
        name="claims",
        suffix=".csv",
        what="A spreadsheet with one row a claim and the sentence that it stands on.",
        loses="verdicts, links between claims, the spans of source and cue, texts beyond the sentence",
        policy=INTERNAL,
        write=write_claims,
    ),
    ExportFormat(
        name="jsonl",
        suffix=".jsonl",
        what="Everything that is kept, as JSON lines, one table a kind of row; `marsad import` restores it exactly.",
        loses="nothing under a policy that lets all out; verdicts, which are computed anew",
        policy=INTERNAL,
        write=write_jsonlines,
        many=True,
    ),
    ExportFormat(
        name="parquet",
        suffix=".parquet",
        what="The same tables as Parquet, with typed columns; `marsad import` restores it exactly.",
        loses="nothing under a policy that lets all out; verdicts, which are computed anew",
        policy=INTERNAL,
        write=write_parquet,
        many=True,
    ),
    ExportFormat(
        name="verdicts-jsonl",
        suffix=".jsonl",
        what="What follows, as JSON lines: propositions, verdicts, links, disputes, control, routes, sources.",
        loses="texts, claims beyond their ids; it cannot be imported",
        policy=INTERNAL,
        write=write_verdict_lines,
        many=True,
    ),
    ExportFormat(
        name="verdicts-parquet",
        suffix=".parquet",
        what="The same tables of verdicts as Parquet, with typed columns.",
        loses="texts, claims beyond their ids; it cannot be imported",
        policy=INTERNAL,
        write=write_verdict_parquet,
        many=True,
    ),
)

EXPORT_FORMATS: Mapping[str, ExportFormat] = MappingProxyType({one.name: one for one in _ALL})
"""The formats by name, as `marsad export` knows them."""


def export_format(name: str) -> ExportFormat:
    """Return the format of that name; raise InputError where there is none."""
    if name not in EXPORT_FORMATS:
        raise InputError(f"'{name}' is no format of exports; it must be one of {', '.join(sorted(EXPORT_FORMATS))}")
    return EXPORT_FORMATS[name]
