"""What is new, in at most five lines: what an editor reads first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from marsad.outputs.lines import Line, casualties
from marsad.outputs.notice import load_notice
from marsad.outputs.wording import listed, place_name, plain, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.outputs.situation import SituationReport

_NAMED = 4  # of what a line counts


def summary(report: SituationReport) -> tuple[Line, ...]:
    """Return a line each for new disputes, concessions, places that changed hands, figures, and what is not known."""
    if report.as_of is None:
        reason = "no report has a date" if report.reports else "there is no report"
        return (Line(text=f"Nothing can be told to be new: {reason}."),)
    return (_disputed(report), *_conceded(report), _taken(report), *_counted(report), _unknown(report))


def _disputed(report: SituationReport) -> Line:
    before = f"{len(report.open_disputes)} open from before"
    if not report.new_disputes:
        return Line(text=f"No new dispute; {before}.")
    told = _first_of_each((one.site, one.headline, "") for one in report.new_disputes)
    return Line(
        text=plain(f"{several(len(report.new_disputes), 'new dispute')}: {listed(told, _NAMED, ';')}; {before}."),
        ids=tuple(one.proposition for one in report.new_disputes),
        claims=_claims(one.claims for one in report.new_disputes),
    )


def _conceded(report: SituationReport) -> Iterator[Line]:
    if report.concessions:
        told = _first_of_each(
            (f"{one.by.voice} {one.matter.site}", one.matter.headline, f"says {one.by.voice}")
            for one in report.concessions
        )
        yield Line(
            text=plain(f"Admitted against interest: {listed(told, _NAMED, ';')}."),
            ids=tuple(one.matter.proposition for one in report.concessions),
            claims=_claims(one.by.claims for one in report.concessions),
        )


def _first_of_each(found: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return, of groups, headlines and remarks, the first headline of each group, and how many others it has."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group, headline, remark in found:
        groups[group].append((headline, remark))
    told = []
    for (headline, remark), *others in groups.values():
        remarks = [*([remark] if remark else []), *([f"{len(others)} more there"] if others else [])]
        told.append(f"{headline} ({', '.join(remarks)})" if remarks else headline)
    return told


def _taken(report: SituationReport) -> Line:
    taken = [one for one in report.shifts if one.hands]
    if not taken:
        return Line(text="No place changed hands by any account.")
    named = [f"{place_name(one.place)} (say {listed(one.hands, 2)})" for one in taken]
    return Line(
        text=plain(f"Changed hands by some account: {listed(named, _NAMED, ';')}."),
        claims=_claims(one.claims for one in taken),
    )


def _counted(report: SituationReport) -> Iterator[Line]:
    if report.tolls:
        told = [
            f"{toll.where}: " + " / ".join(f"{casualties(one.span)} ({one.source})" for one in toll.sources)
            for toll in report.tolls
        ]
        yield Line(
            text=plain(f"Killed and wounded by source, never added: {listed(told, _NAMED, ';')}."),
            ids=tuple(one for toll in report.tolls for one in toll.propositions),
            claims=_claims(toll.claims for toll in report.tolls),
        )


def _unknown(report: SituationReport) -> Line:
    inputs = sum(len(one.inputs) for one in report.unused)
    told = [
        f"no word for {load_notice().town_days[0]} days or more from {len(report.quiet)} of {len(report.towns)} places"
        if report.quiet
        else "",
        f"{several(len(report.silent), 'voice')} silent since before the period" if report.silent else "",
        f"{several(len(report.single), 'new matter')} by one voice only" if report.single else "",
        f"{several(inputs, 'input')} not read" if inputs else "",
    ]
    known = [one for one in told if one]
    return Line(text=f"Not known: {'; '.join(known)}." if known else "No gap in what is told.")


def _claims(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim for claims in found for claim in claims))
