"""What is new, in at most five lines: what an editor reads first."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from marsad.outputs.lines import Line, casualties
from marsad.outputs.notice import load_notice
from marsad.outputs.wording import listed, place_name, plain, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.outputs.matters import Concession
    from marsad.outputs.situation import SituationReport

_NAMED = 4  # of what a line counts


def summary(report: SituationReport) -> tuple[Line, ...]:
    """Return a line each for new disputes, concessions, places that changed hands, figures, and what is not known."""
    return (_disputed(report), *_conceded(report), _taken(report), *_counted(report), _unknown(report))


def _disputed(report: SituationReport) -> Line:
    if not report.new_disputes:
        return Line(text=f"No new dispute; {len(report.open_disputes)} open from before.")
    places = Counter(place_name(one.place) for one in report.new_disputes)
    named = [f"{place} ({count})" if count > 1 else place for place, count in places.most_common()]
    text = f"{several(len(report.new_disputes), 'new dispute')}: {listed(named, _NAMED)}"
    return Line(
        text=plain(f"{text}; {len(report.open_disputes)} open from before."),
        ids=tuple(one.proposition for one in report.new_disputes),
        claims=_claims(one.claims for one in report.new_disputes),
    )


def _conceded(report: SituationReport) -> Iterator[Line]:
    """Yield what was admitted: for each place and voice the first matter, and how many there are beside it."""
    places: dict[tuple[str, str], list[Concession]] = defaultdict(list)
    for one in report.concessions:
        places[one.by.voice, one.matter.site].append(one)
    told = [
        f"{same[0].matter.headline} (says {voice}{f'; {len(same) - 1} more there' if same[1:] else ''})"
        for (voice, _), same in places.items()
    ]
    if told:
        yield Line(
            text=plain(f"Admitted against interest: {listed(told, _NAMED, ';')}."),
            ids=tuple(one.matter.proposition for one in report.concessions),
            claims=_claims(one.by.claims for one in report.concessions),
        )


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
