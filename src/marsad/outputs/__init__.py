"""Outputs: what people and programs read, made from a picture of everything known at an instant."""

from marsad.linking import passage_of
from marsad.outputs.detail import Detail, Evidence, details
from marsad.outputs.differences import difference_rows
from marsad.outputs.gold import Gold, gold
from marsad.outputs.html import html, html_table
from marsad.outputs.judgements import agreement_rows, judgement_rows, ruling
from marsad.outputs.keeping import hit_rows, inspection_rows, receipt_rows
from marsad.outputs.markdown import markdown
from marsad.outputs.nowcasts import Course, courses, nowcast_rows, print_courses
from marsad.outputs.outlets import outlet_rows
from marsad.outputs.picture import Picture
from marsad.outputs.policies import kept_back_rows, policy_rows
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.review import ReviewItem, review_queue, review_rows
from marsad.outputs.rules import grade_rows, rule_rows, rule_set_rows
from marsad.outputs.situation import SituationReport, situation
from marsad.outputs.strips import Strip, Unheard, strip_rows, strips, unheard
from marsad.outputs.tables import (
    Rows,
    claim_rows,
    control_rows,
    csv_cell,
    dispute_rows,
    evidence_rows,
    print_table,
    source_rows,
    toponym_rows,
    write_csv,
    write_jsonl,
)
from marsad.outputs.terminal import print_detail, print_report, print_strips
from marsad.outputs.versions import version_rows
from marsad.outputs.watching import health_rows
from marsad.outputs.ways import access_rows, network_rows, print_route, route_features, route_rows
from marsad.outputs.wording import plain

__all__ = [
    "Course",
    "Detail",
    "Evidence",
    "Gold",
    "Picture",
    "Quotation",
    "ReviewItem",
    "Rows",
    "SituationReport",
    "Strip",
    "Unheard",
    "access_rows",
    "agreement_rows",
    "claim_rows",
    "control_rows",
    "courses",
    "csv_cell",
    "details",
    "difference_rows",
    "dispute_rows",
    "evidence_rows",
    "gold",
    "grade_rows",
    "health_rows",
    "hit_rows",
    "html",
    "html_table",
    "inspection_rows",
    "judgement_rows",
    "kept_back_rows",
    "markdown",
    "network_rows",
    "nowcast_rows",
    "outlet_rows",
    "passage_of",
    "plain",
    "policy_rows",
    "print_courses",
    "print_detail",
    "print_report",
    "print_route",
    "print_strips",
    "print_table",
    "quote",
    "receipt_rows",
    "review_queue",
    "review_rows",
    "route_features",
    "route_rows",
    "rule_rows",
    "rule_set_rows",
    "ruling",
    "situation",
    "source_rows",
    "strip_rows",
    "strips",
    "toponym_rows",
    "unheard",
    "version_rows",
    "write_csv",
    "write_jsonl",
]
