"""The situation report: what is new, what is disputed, who holds what by whose account, what nobody tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from marsad.outputs.gaps import (
    OneSided,
    Pause,
    Quiet,
    Silence,
    Unanswered,
    Unused,
    one_sided,
    pauses,
    quiet,
    silences,
    unanswered,
    unused,
)
from marsad.outputs.matters import Concession, Matter, by_place, concessions, ended, latest_first, matters
from marsad.outputs.notice import load_notice
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.routes import Route, routes
from marsad.outputs.tolls import Toll, tolls
from marsad.outputs.towns import Shift, Town, shifts, sides, towns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from marsad.outputs.picture import Picture
    from marsad.records import Assessment


class _Traced(Protocol):
    @property
    def claims(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationReport:
    """Everything that a reader of the last hours needs, each line with its ids.

    It covers statements published after `since` and until `as_of`, both None where nothing has a date. `time_zone` is
    an IANA name. `reports` and `claims` count all that was known, `new_reports` those of the period. `sides` is the
    order of accounts in `towns`. `new_disputes` opened in the period, `open_disputes` before it. `quotations` are the
    words of every claim that a line stands on, in order of publication. `policy` names the policy that all of it has
    passed, None where it is as it is held. `serial.to_json` loses nothing of it.
    """

    theatre: str | None
    time_zone: str
    as_of: datetime | None
    since: datetime | None
    reports: int
    new_reports: int
    claims: int
    sides: tuple[str, ...]
    new_disputes: tuple[Matter, ...]
    concessions: tuple[Concession, ...]
    settled: tuple[Matter, ...]
    shifts: tuple[Shift, ...]
    tolls: tuple[Toll, ...]
    routes: tuple[Route, ...]
    single: tuple[Matter, ...]
    open_disputes: tuple[Matter, ...]
    towns: tuple[Town, ...]
    quiet: tuple[Quiet, ...]
    unanswered: tuple[Unanswered, ...]
    one_sided: tuple[OneSided, ...]
    silent: tuple[Silence, ...]
    pauses: tuple[Pause, ...]
    unused: tuple[Unused, ...]
    quotations: tuple[Quotation, ...]
    policy: str | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone that times are told in."""
        return ZoneInfo(self.time_zone)


def situation(now: Picture, before: Picture, zone: ZoneInfo, since: datetime | None) -> SituationReport:
    """Return the situation report on `now`; `before` is the picture at `since`, to tell changes."""
    past = (since - load_notice().history).date() if since else None

    def fresh(matter: Matter) -> bool:
        return since is not None and matter.last_word > since

    def spoke(verdict: Assessment) -> bool:  # told before it is put in words, of which there may be very many
        reports = (
            now.report_by_id[now.claim_by_id[one].report] for voice in verdict.voices_for for one in voice.claims
        )
        return _of_one_voice(verdict) and any(since and one.said and one.said > since for one in reports)

    disputes = _disputes(now)
    new = _opened(disputes, before, since)
    opened = {one.proposition for one in new}
    ended_now = by_place((one for one in matters(now, _is_settled) if since and ended(one) > since), past)
    conceded = tuple(one for one in concessions(ended_now, past) if since and one.since and one.since > since)
    admitted = {one.matter.proposition for one in conceded}
    held = towns(now)
    report = SituationReport(
        theatre=now.theatre.name if now.theatre else None,
        time_zone=zone.key,
        as_of=now.last_word,
        since=since,
        reports=len(now.reports),
        new_reports=sum(bool(since and r.said and r.said > since) for r in now.reports),
        claims=len(now.claims),
        sides=sides(now),
        new_disputes=by_place(new, past),
        concessions=conceded,
        settled=tuple(one for one in ended_now if one.proposition not in admitted),
        shifts=shifts(now, before),
        tolls=tolls(now, since, past),
        routes=routes(now),
        single=latest_first(filter(fresh, matters(now, spoke)), past),
        open_disputes=by_place((one for one in disputes if one.proposition not in opened), past),
        towns=held,
        quiet=tuple(quiet(held, now.last_word)),
        unanswered=tuple(unanswered(by_place(disputes, past), now)),
        one_sided=tuple(one_sided(held)),
        silent=tuple(silences(now, since)),
        pauses=tuple(pauses(now, zone)),
        unused=unused(now),
        quotations=(),
        policy=now.policy,
    )
    return replace(report, quotations=_quotations(report, now))


def _disputes(picture: Picture) -> list[Matter]:
    unsettled = {dispute.proposition for dispute in picture.disputes if dispute.open}
    return list(matters(picture, lambda verdict: verdict.proposition in unsettled))


def _opened(disputes: Iterable[Matter], before: Picture, since: datetime | None) -> list[Matter]:
    """Return those that opened after `since`, or were settled by then and are open again."""
    settled = {one.proposition for one in before.disputes if not one.open}
    return [one for one in disputes if since and one.opened and (one.opened > since or one.proposition in settled)]


def _is_settled(verdict: Assessment) -> bool:
    if verdict.by_hand:
        return False
    admitted = any(voice.against_interest for voice in verdict.voices_for) and not verdict.voices_against
    return verdict.settled_as is not None or admitted


def _of_one_voice(verdict: Assessment) -> bool:
    return len(verdict.voices_for) == 1 and not verdict.voices_against


def _quotations(report: SituationReport, picture: Picture) -> tuple[Quotation, ...]:
    """Return the words of every claim that a part of the report stands on, in order of publication."""
    parts: tuple[Iterable[_Traced], ...] = (
        report.new_disputes,
        report.concessions,
        report.settled,
        report.shifts,
        report.tolls,
        report.routes,
        report.single,
        report.open_disputes,
        report.towns,
        report.quiet,
        report.unanswered,
        report.one_sided,
        report.silent,
    )
    named = {claim for part in parts for one in part for claim in one.claims}
    return tuple(quote(claim, picture) for claim in picture.claims if claim.id in named)
