"""Outputs: what people and programs read, made from a picture of everything known at an instant."""

from marsad.outputs.detail import Detail, Evidence, details
from marsad.outputs.markdown import markdown
from marsad.outputs.nowcasts import Strip, nowcast_rows, print_strips, strips
from marsad.outputs.picture import Picture
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.situation import SituationReport, situation
from marsad.outputs.tables import (
    Rows,
    claim_rows,
    control_rows,
    dispute_rows,
    evidence_rows,
    print_table,
    source_rows,
    toponym_rows,
    write_csv,
    write_jsonl,
)
from marsad.outputs.terminal import print_detail, print_report

__all__ = [
    "Detail",
    "Evidence",
    "Picture",
    "Quotation",
    "Rows",
    "SituationReport",
    "Strip",
    "claim_rows",
    "control_rows",
    "details",
    "dispute_rows",
    "evidence_rows",
    "markdown",
    "nowcast_rows",
    "print_detail",
    "print_report",
    "print_strips",
    "print_table",
    "quote",
    "situation",
    "source_rows",
    "strips",
    "toponym_rows",
    "write_csv",
    "write_jsonl",
]
