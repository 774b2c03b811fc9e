"""Exports: what leaves a monitor, in the formats of those who take it, with its source, passage, status and policy."""

from marsad.exports.about import NOTICE, About
from marsad.exports.account import Account, Exported, LeftOut
from marsad.exports.bundle import CAPTURES, MANIFEST, POLICY, RULES, SUMS, THEATRE, made_of, sums, table
from marsad.exports.enclosed import LAYOUT, RECORDS, Captured, Enclosed, Ruling
from marsad.exports.formats import EXPORT_FORMATS, ExportFormat, export_format, export_formats
from marsad.exports.holdings import Holdings, Matter, Told, Word
from marsad.exports.own import Layout, OwnExport, own_export, written_as
from marsad.exports.sinks import Sink, sink

__all__ = [
    "CAPTURES",
    "EXPORT_FORMATS",
    "LAYOUT",
    "MANIFEST",
    "NOTICE",
    "POLICY",
    "RECORDS",
    "RULES",
    "SUMS",
    "THEATRE",
    "About",
    "Account",
    "Captured",
    "Enclosed",
    "ExportFormat",
    "Exported",
    "Holdings",
    "Layout",
    "LeftOut",
    "Matter",
    "OwnExport",
    "Ruling",
    "Sink",
    "Told",
    "Word",
    "export_format",
    "export_formats",
    "made_of",
    "own_export",
    "sink",
    "sums",
    "table",
    "written_as",
]
