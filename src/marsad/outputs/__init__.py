"""Outputs: what people and programs read, made from a picture of everything known at an instant."""

from marsad.linking import passage_of
from marsad.outputs.detail import Detail, Evidence, details
from marsad.outputs.differences import difference_rows
from marsad.outputs.dossiers import Dossier, Exclusion, Root, Statement, dossier, dossier_row
from marsad.outputs.gold import Gold, gold
from marsad.outputs.html import html, html_page, html_table, html_text
from marsad.outputs.judgements import agreement_rows, judgement_rows, ruling
from marsad.outputs.keeping import hit_rows, inspection_rows, receipt_rows, verification_rows
from marsad.outputs.mapping import MapTown, map_town_rows, map_towns
from marsad.outputs.markdown import escaped, markdown
from marsad.outputs.news import Standing, standings
from marsad.outputs.nowcasts import Course, courses, nowcast_rows, print_courses
from marsad.outputs.outlets import outlet_rows
from marsad.outputs.passages import Kept, ReportPage, kept, report_list_rows, report_page, report_page_row
from marsad.outputs.picture import Picture
from marsad.outputs.policies import kept_back_rows, policy_rows
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.review import ReviewItem, review_queue, review_rows
from marsad.outputs.rules import grade_rows, rule_rows, rule_set_rows
from marsad.outputs.sections import Section, heading, section_rows
from marsad.outputs.situation import SituationReport, situation
from marsad.outputs.strips import Strip, Unheard, strip_rows, strips, unheard
from marsad.outputs.subjects import (
    ActorPage,
    PlacePage,
    VoicePage,
    actor_page_row,
    place_page_row,
    voice_page_row,
)
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
from marsad.outputs.tolls import SourceFigures, Toll, every_toll
from marsad.outputs.versions import version_rows
from marsad.outputs.watching import health_rows
from marsad.outputs.ways import access_rows, network_rows, print_route, route_features, route_rows
from marsad.outputs.wording import clock, control_headline, days, headline, place_name, plain, several

__all__ = [
    "ActorPage",
    "Course",
    "Detail",
    "Dossier",
    "Evidence",
    "Exclusion",
    "Gold",
    "Kept",
    "MapTown",
    "Picture",
    "PlacePage",
    "Quotation",
    "ReportPage",
    "ReviewItem",
    "Root",
    "Rows",
    "Section",
    "SituationReport",
    "SourceFigures",
    "Standing",
    "Statement",
    "Strip",
    "Toll",
    "Unheard",
    "VoicePage",
    "access_rows",
    "actor_page_row",
    "agreement_rows",
    "claim_rows",
    "clock",
    "control_headline",
    "control_rows",
    "courses",
    "csv_cell",
    "days",
    "details",
    "difference_rows",
    "dispute_rows",
    "dossier",
    "dossier_row",
    "escaped",
    "every_toll",
    "evidence_rows",
    "gold",
    "grade_rows",
    "heading",
    "headline",
    "health_rows",
    "hit_rows",
    "html",
    "html_page",
    "html_table",
    "html_text",
    "inspection_rows",
    "judgement_rows",
    "kept",
    "kept_back_rows",
    "map_town_rows",
    "map_towns",
    "markdown",
    "network_rows",
    "nowcast_rows",
    "outlet_rows",
    "passage_of",
    "place_name",
    "place_page_row",
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
    "report_list_rows",
    "report_page",
    "report_page_row",
    "review_queue",
    "review_rows",
    "route_features",
    "route_rows",
    "rule_rows",
    "rule_set_rows",
    "ruling",
    "section_rows",
    "several",
    "situation",
    "source_rows",
    "standings",
    "strip_rows",
    "strips",
    "toponym_rows",
    "unheard",
    "verification_rows",
    "version_rows",
    "voice_page_row",
    "write_csv",
    "write_jsonl",
]
