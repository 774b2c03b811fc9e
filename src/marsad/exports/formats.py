"""The formats: for whom each is, which policy it passes unless another is chosen, and what it loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.exports.account import Account
from marsad.exports.bundle import write_bundle
from marsad.exports.claims import write_claims
from marsad.exports.ftm import write_ftm, write_statements
from marsad.exports.holdings import Holdings
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
        name="bundle",
        suffix=".zip",
        what="Verdicts with all that they follow from, to be read, and to be checked with `marsad verify`.",
        loses="nothing of the propositions asked for; of the rest of the monitor what they do not rest on",
        policy=INTERNAL,
        write=write_bundle,
        many=True,
    ),
    ExportFormat(
        name="claims",
        suffix=".csv",
        what="A spreadsheet with one row a claim and the sentence that it stands on.",
        loses="verdicts, links between claims, the spans of source and cue, texts beyond the sentence",
        policy=INTERNAL,
        write=write_claims,
    ),
    ExportFormat(
        name="ftm",
        suffix=".ftm.json",
        what="FollowTheMoney entities, for OpenAleph and its kin: events, articles, parties, places, notes.",
        loses="who says which value (the statements keep it), agent and target as such, control, certainty but in "
        "words, plans and conditions",
        policy=PUBLIC,
        write=write_ftm,
    ),
    ExportFormat(
        name="ftm-statements",
        suffix=".csv",
        what="FollowTheMoney statements: each value of each entity by the word of a source, which is its dataset.",
        loses="agent and target as such, control, certainty but in words, plans and conditions",
        policy=PUBLIC,
        write=write_statements,
    ),
)

EXPORT_FORMATS: Mapping[str, ExportFormat] = MappingProxyType({one.name: one for one in _ALL})
"""The formats by name, as `marsad export` knows them."""


def export_format(name: str) -> ExportFormat:
    """Return the format of that name; raise InputError where there is none."""
    if name not in EXPORT_FORMATS:
        raise InputError(f"'{name}' is no format of exports; it must be one of {', '.join(sorted(EXPORT_FORMATS))}")
    return EXPORT_FORMATS[name]
