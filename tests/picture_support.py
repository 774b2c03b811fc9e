"""A picture drawn from claims alone, without a monitor's file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from marsad.outputs import Picture, situation
from marsad.weighing import control, disputes, source_records
from weighing_support import NOON, War, theatre

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from marsad import Claim, Report, SituationReport
    from marsad.store import Skip

UTC = ZoneInfo("UTC")


def drawn(
    claims: Sequence[Claim], reports: Sequence[Report] = (), *, as_of: datetime, skips: Sequence[Skip] = ()
) -> Picture:
    """The picture of the war at an instant; claims without a report get one an hour after the one before."""
    given = War(claims, reports, theatre=theatre()).reports.values()
    out = [report for report in given if report.published is None or report.published <= as_of]
    told = [claim for claim in claims if claim.report in {report.id for report in out}]
    war = War(told, out, theatre=theatre(), as_of=as_of)
    return Picture(
        as_of=as_of,
        theatre=war.theatre,
        reports=tuple(out),
        claims=tuple(sorted(told, key=lambda claim: [report.id for report in out].index(claim.report))),
        origins=war.origins,
        linked=war.linked,
        assessments=war.assessments,
        disputes=disputes(war.linked, war.assessments, told),
        control=control(told, war.reports, war.origins, war.theatre, as_of=as_of),
        sources=source_records(war.linked, war.assessments),
        skips=tuple(skips),
    )


def reported(
    claims: Sequence[Claim], reports: Sequence[Report] = (), *, hours: float = 23, period: float = 24, **options: Any
) -> SituationReport:
    """The situation so many hours after noon of the tenth, with what is new in so many hours before it."""
    until = NOON + timedelta(hours=hours)
    since = until - timedelta(hours=period)
    now, before = drawn(claims, reports, as_of=until, **options), drawn(claims, reports, as_of=since)
    return situation(now, before, UTC, since)
