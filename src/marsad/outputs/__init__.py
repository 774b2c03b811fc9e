"""Outputs: what people and programs read, made from a picture of everything known at an instant."""

from marsad.outputs.detail import Detail, Evidence, details
from marsad.outputs.html import html
from marsad.outputs.keeping import hit_rows, inspection_rows
from marsad.outputs.markdown import markdown
from marsad.outputs.nowcasts import Course, courses, nowcast_rows, print_courses
from marsad.outputs.picture import Picture
from marsad.outputs.quotations import Quotation, passage_of, quote
from marsad.outputs.rules import grade_rows, rule_rows, rule_set_rows
from marsad.outputs.situation import SituationReport, situation
from marsad.outputs.strips import Strip, Unheard, strip_rows, strips, unheard
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
from marsad.outputs.terminal import print_detail, print_report, print_strips

__all__ = [
    "Course",
    "Detail",
    "Evidence",
    "Picture",
    "Quotation",
    "Rows",
    "SituationReport",
    "Strip",
    "Unheard",
    "claim_rows",
    "control_rows",
    "courses",
    "details",
    "dispute_rows",
    "evidence_rows",
    "grade_rows",
    "hit_rows",
    "html",
    "inspection_rows",
    "markdown",
    "nowcast_rows",
    "passage_of",
    "print_courses",
    "print_detail",
    "print_report",
    "print_strips",
    "print_table",
    "quote",
    "rule_rows",
    "rule_set_rows",
    "situation",
    "source_rows",
    "strip_rows",
    "strips",
    "toponym_rows",
    "unheard",
    "write_csv",
    "write_jsonl",
]
