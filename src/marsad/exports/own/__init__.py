"""Marsad's own formats: everything that a monitor keeps, as JSON lines or Parquet, one table a kind of row."""

from marsad.exports.own.layout import Layout
from marsad.exports.own.reading import OwnExport, own_export
from marsad.exports.own.verdicts import write_verdict_lines, write_verdict_parquet
from marsad.exports.own.writing import write_jsonlines, write_parquet, written_as

__all__ = [
    "Layout",
    "OwnExport",
    "own_export",
    "write_jsonlines",
    "write_parquet",
    "write_verdict_lines",
    "write_verdict_parquet",
    "written_as",
]
