"""What accounts say of roads and crossings: cut, opened, besieged, relieved, and bridges that were destroyed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from marsad.linking import REAL, Sites, speaker_of, window
from marsad.records import Polarity, RouteState, RouteStatus, Stance
from marsad.vocabulary import load_bearings, load_rules
from marsad.weighing.control import best_named
from marsad.weighing.voices import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from marsad.linking import Speaker
    from marsad.records import Claim, Origin, Place, Report
    from marsad.theatre import Theatre

_HISTORY = timedelta(days=30)
_BRIDGE = "bridge"
# What a standing makes of the roads at its place, and how to say it.
_STANDINGS = {
    "closed": (RouteStatus.CLOSED, "cut"),
    "open": (RouteStatus.OPEN, "open"),
    "surrounds": (RouteStatus.CLOSED, "besieged"),
    "loose": (RouteStatus.OPEN, "not besieged"),
}


def route_states(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    as_of: datetime | None = None,
    sites: Sites | None = None,
    sieges: bool = True,
) -> tuple[RouteState, ...]:
    """Return, for each place and account, the spells of what it says of the roads there, in that order and by time.

    What is planned or doubted, or was over 30 days before it was said, is left out. `sieges` takes encirclements as
    closing the roads of a town, and bridges that were destroyed as closed. `sites` are those of all claims, where they
    are known.
    """
    case = Case(
        claims={claim.id: claim for claim in claims},
        reports=reports,
        origins=origins,
        theatre=theatre,
        rules=load_rules(),
        as_of=as_of,
    )
    sites = sites or Sites(claim.place for claim in claims)
    lines: dict[tuple[str, str], list[tuple[Claim, Speaker]]] = defaultdict(list)
    told = (claim for claim in claims if _says(claim, sieges=sieges) and _in_earnest(claim, case))
    for claim in sorted(told, key=lambda one: (case.said(one) is None, case.said(one), one.id)):
        speaker = speaker_of(claim, reports, origins, theatre)
        lines[sites.site(claim.place) or "", speaker.label].append((claim, speaker))
    found: list[RouteState] = []
    for (_, account), line in sorted(lines.items()):
        places = [claim.place for claim, _ in line if claim.place]
        found += _spells(line, account, best_named(places), case, sieges=sieges)
    return tuple(found)


def _in_earnest(claim: Claim, case: Case) -> bool:
    """Tell whether a claim with a place was said in earnest, by then, of what was not long past."""
    if claim.place is None or claim.certainty not in REAL or claim.stance is Stance.DOUBTS or not case.heard(claim):
        return False
    report = case.source(claim)
    when = window(claim, report)
    return not (when and report and report.published and report.published.date() - when.end > _HISTORY)


def _says(claim: Claim, *, sieges: bool) -> tuple[RouteStatus, str] | None:
    """Return what a claim makes of the roads at its place, None where it says nothing of them."""
    if sieges and claim.event == "destroy" and claim.place and claim.place.feature == _BRIDGE:
        return None if claim.polarity is Polarity.DENIED else (RouteStatus.CLOSED, "destroyed")
    bearing = load_bearings().get(claim.event)
    if bearing is None:
        return None
    standing = bearing.denied if claim.polarity is Polarity.DENIED else bearing.affirmed
    if standing in {"surrounds", "loose"} and not sieges:
        return None
    return _STANDINGS.get(standing)


def _spells(
    line: Sequence[tuple[Claim, Speaker]], account: str, place: Place, case: Case, *, sieges: bool
) -> Iterator[RouteState]:
    runs = [
        (says, [claim for claim, _ in some])
        for says, some in groupby(line, key=lambda pair: _says(pair[0], sieges=sieges))
        if says is not None
    ]
    starts = [min((one.interval.start for one in run if one.interval.start), default=None) for _, run in runs]
    for number, ((status, why), run) in enumerate(runs):
        heard = [said for said in map(case.said, run) if said]
        following = None
        if number + 1 < len(runs):
            said = case.said(runs[number + 1][1][0])
            following = starts[number + 1] or (said.date() if said else None)
        yield RouteState(
            place=place,
            status=status,
            why=why,
            agent=next((claim.agent for claim in reversed(run) if claim.agent), None),
            according_to=account,
            side=line[0][1].side,
            start=starts[number],
            end=following,
            last_heard=max(heard, default=None),
            claims=tuple(claim.id for claim in run),
        )
