"""From a coded report to its claims, by its form: a pure function of report, theatre and gazetteer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from marsad.reading.coded.areas import area_claims
from marsad.reading.coded.control import control_claims
from marsad.reading.coded.events import event_claims
from marsad.reading.coded.row import CodedRow, NotReadError
from marsad.vocabulary import load_coded_tables, load_control_areas, load_control_table

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre


@cache
def coded_forms() -> frozenset[str]:
    """Return the forms of reports that are read here."""
    return frozenset({*load_coded_tables(), load_control_table().form, load_control_areas().form})


def read_coded(
    report: Report, theatre: Theatre | None, gazetteer: Gazetteer, extractor: str
) -> tuple[Claim, ...] | str:
    """Return the claims of a report of one of `coded_forms`, or why it is not read."""
    row = CodedRow(report, theatre, gazetteer, extractor)
    try:
        table = load_coded_tables().get(report.form)
        if table is not None:
            return event_claims(row, table)
        control = load_control_table()
        return control_claims(row, control) if report.form == control.form else area_claims(row)
    except NotReadError as reason:
        return str(reason)
