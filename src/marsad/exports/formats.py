"""The formats: for whom each is, which policy it passes unless another is chosen, and what it loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.exports.account import Account
from marsad.exports.annotations import write_annotations
from marsad.exports.atom import write_atom
from marsad.exports.bundle import write_bundle
from marsad.exports.claimreview import write_claimreview
from marsad.exports.claims import write_claims
from marsad.exports.events import write_acled, write_ged, write_hapi, write_plover
from marsad.exports.ftm import write_ftm, write_statements
from marsad.exports.geojson import write_geojson
from marsad.exports.geoparquet import write_geoparquet
from marsad.exports.holdings import Holdings
from marsad.exports.kml import write_kml
from marsad.exports.own import write_jsonlines, write_parquet, write_verdict_lines, write_verdict_parquet
from marsad.exports.sinks import Sink
from marsad.vocabulary import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable

Write = Callable[[Holdings, Sink, Account], None]

PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format; `many` where it is several files, `tagged` where it can have HXL hashtags beneath its header.

    `loses` says what of a claim or verdict it cannot carry.
    """

    name: str
    suffix: str
    what: str
    loses: str
    policy: str
    write: Write
    many: bool = False
    tagged: bool = False


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
        tagged=True,
    ),
    ExportFormat(
        name="acled",
        suffix=".csv",
        what="Events, denied ones too, in columns of the shape of ACLED's, with our own after them.",
        loses="types without a sub-event there, undated events, links, all but the last words of each voice",
        policy=PUBLIC,
        write=write_acled,
        tagged=True,
    ),
    ExportFormat(
        name="ged",
        suffix=".csv",
        what="Deaths, a dyad a row, in columns of the shape of UCDP's GED, with our own after them.",
        loses="everything without a number of dead, undated deaths, links, the words",
        policy=PUBLIC,
        write=write_ged,
        tagged=True,
    ),
    ExportFormat(
        name="hapi",
        suffix=".csv",
        what="Events counted by country, first division, month and type, disputed ones apart.",
        loses="single events, their parties, days and words; what is neither political violence nor a demonstration",
        policy=PUBLIC,
        write=write_hapi,
        tagged=True,
    ),
    ExportFormat(
        name="plover",
        suffix=".jsonl",
        what="Events as PLOVER's records, a line of JSON each.",
        loses="denials, plans and conditions, types without one there, events that nobody is named for, links",
        policy=PUBLIC,
        write=write_plover,
    ),
    ExportFormat(
        name="geojson",
        suffix=".geojson",
        what="A map (RFC 7946): who holds what by each account, events, and what is said of roads.",
        loses="claims without a point, the working of verdicts, links between claims, texts beyond the sentences",
        policy=PUBLIC,
        write=write_geojson,
    ),
    ExportFormat(
        name="geoparquet",
        suffix=".parquet",
        what="The same map for archives and data frames (GeoParquet 1.1), with typed columns.",
        loses="claims without a point, the working of verdicts, links between claims, texts beyond the sentences",
        policy=PUBLIC,
        write=write_geoparquet,
    ),
    ExportFormat(
        name="kml",
        suffix=".kml",
        what="Who holds what by each account, and events, with a slider of time, for Google Earth and its like.",
        loses="claims without a point, roads, links between claims; values are texts, and lists are run together",
        policy=PUBLIC,
        write=write_kml,
    ),
    ExportFormat(
        name="annotations",
        suffix=".jsonld",
        what="Claims tied to the words that they stand on, for tools of annotation (W3C Web Annotation).",
        loses="verdicts, links between claims, the spans of source and cue, what produced each field",
        policy=PUBLIC,
        write=write_annotations,
    ),
    ExportFormat(
        name="claimreview",
        suffix=".jsonld",
        what="Verdicts that a person signed, for fact-check desks and search engines (schema.org ClaimReview).",
        loses="verdicts of rules alone, denials, places and times of events, numbers, links between claims",
        policy=PUBLIC,
        write=write_claimreview,
    ),
    ExportFormat(
        name="atom",
        suffix=".atom",
        what="A feed of new disputes and changed verdicts, both sides quoted (Atom).",
        loses="what nobody disputes, fields of claims, places and times as data, the working of verdicts",
        policy=PUBLIC,
        write=write_atom,
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


def export_formats() -> Mapping[str, ExportFormat]:
    """Return the formats of exports by name: for whom each is, which policy it passes, and what it loses."""
    return EXPORT_FORMATS


def export_format(name: str) -> ExportFormat:
    """Return the format of that name; raise InputError where there is none."""
    if name not in EXPORT_FORMATS:
        raise InputError(f"'{name}' is no format of exports; it must be one of {', '.join(sorted(EXPORT_FORMATS))}")
    return EXPORT_FORMATS[name]
