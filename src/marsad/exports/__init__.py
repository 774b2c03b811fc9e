"""Exports: what leaves a monitor, in the formats of those who take it, with its source, passage, status and policy."""

from marsad.exports.about import NOTICE, About
from marsad.exports.account import Account, Exported, LeftOut
from marsad.exports.formats import EXPORT_FORMATS, ExportFormat, export_format
from marsad.exports.holdings import Holdings, Matter, Told, Word
from marsad.exports.own import OwnExport, own_export
from marsad.exports.sinks import Sink, sink

__all__ = [
    "EXPORT_FORMATS",
    "NOTICE",
    "About",
    "Account",
    "ExportFormat",
    "Exported",
    "Holdings",
    "LeftOut",
    "Matter",
    "OwnExport",
    "Sink",
    "Told",
    "Word",
    "export_format",
    "own_export",
    "sink",
]
