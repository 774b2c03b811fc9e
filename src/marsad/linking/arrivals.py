"""One more report finds its origin, its places and its propositions, and only what lies beside it is gathered anew.

What is kept afterwards is what `link` finds in everything, whatever the order in which reports arrive.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from marsad.linking.linking import statement_of
from marsad.linking.origins import kinships_of, source_of, trace_origins
from marsad.linking.parties import Parties
from marsad.linking.propositions import cluster
from marsad.linking.sites import Sites, spot_of
from marsad.linking.sketches import sketch
from marsad.linking.statements import REAL, thing_of, zone_of
from marsad.linking.times import Window, window
from marsad.records import Slot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from marsad.linking.memory import Memory
    from marsad.linking.propositions import Cluster
    from marsad.records import Claim, Origin, Report, Spot
    from marsad.theatre import Theatre


def arrive(reports: Iterable[str], memory: Memory, theatre: Theatre | None) -> None:
    """Link the claims of reports that are new or were read anew with everything that is known.

    Whatever changes is written to `memory`: kinships, sites, where the claims stand, and their propositions.
    """
    renewed = set(reports)
    for report in sorted(renewed):
        renewed |= _meet(report, memory)
    left = memory.slots_of(renewed)
    claims = [claim for claim in memory.claims_of(renewed) if claim.certainty in REAL]
    shifted = _settle({spot_of(claim.place) for claim in claims if claim.place}, memory)
    taken = _slots(claims, {slot.claim: slot.proposition for slot in left}, memory)
    memory.replace(renewed, taken)
    parties = Parties(theatre, ())
    for changed in _runs(chain(left, shifted, taken)):
        _gather(changed, memory, parties)


# Origins


def _meet(report: str, memory: Memory) -> set[str]:
    """Find a new report's kin; return the reports that have another origin for it, the new one not among them."""
    known = memory.reports_of([report])
    new = sketch(known[report])
    if report in memory.marked(new.marks):
        return set()
    worth = memory.marked(new.seeks)
    kin = memory.kin(worth)
    known = {**known, **memory.reports_of({*worth, *(end for one in kin for end in (one.report, one.other))})}
    before = trace_origins((one for one in known.values() if one.id != report), kin)
    families: dict[str, list[str]] = defaultdict(list)
    for member in sorted(before, key=lambda one: (before[one].origin != one, one)):
        families[before[member].origin].append(member)
    found = tuple(kinships_of(new, ((sketch(known[one]) for one in family) for family in families.values())))
    memory.add_kin(report, new.marks, found)
    after = trace_origins(known.values(), (*kin, *found))
    return {one for one in before if _whence(before[one]) != _whence(after[one])}


def _whence(origin: Origin) -> tuple[object, ...]:
    return origin.origin, origin.added


def _origins(reports: Collection[str], memory: Memory) -> tuple[Mapping[str, Report], Mapping[str, Origin]]:
    """Return these reports with those that they share an origin with, and the origins of all of them."""
    kin = memory.kin(reports)
    known = memory.reports_of({*reports, *(end for one in kin for end in (one.report, one.other))})
    return known, trace_origins(known.values(), kin)


# Places


def _settle(spots: Collection[Spot], memory: Memory) -> tuple[Slot, ...]:
    """Give new spots their sites; return the slots at spots that change theirs for it, as they were and as they are."""
    fresh = {spot for spot in spots if spot not in memory.sites(spots)}
    if not fresh:
        return ()
    circle = fresh | memory.spots_beside(fresh)
    while True:
        known = memory.sites(circle)
        wider = circle | memory.spots_at(set(known.values())) | memory.spots_named({spot.name for spot in circle})
        if wider == circle:
            break
        circle = wider
    grouped = Sites((), circle)
    sites = {spot: grouped.of_spot(spot) for spot in circle if grouped.of_spot(spot) != known.get(spot)}
    old = memory.slots_at({spot for spot in sites if spot in known})
    memory.settle(sites)
    return (*old, *(replace(slot, site=sites[slot.spot]) for slot in old if slot.spot))


# Propositions


def _slots(claims: Sequence[Claim], propositions: Mapping[str, str], memory: Memory) -> tuple[Slot, ...]:
    reports, origins = _origins({claim.report for claim in claims}, memory)
    sites = memory.sites({spot_of(claim.place) for claim in claims if claim.place})
    slots = []
    for claim in claims:
        spot = spot_of(claim.place) if claim.place else None
        when = window(claim, reports[source_of(claim, origins)])
        slots.append(
            Slot(
                claim=claim.id,
                report=claim.report,
                spot=spot,
                site=sites[spot] if spot else None,
                zone=zone_of(claim),
                thing=thing_of(claim.event),
                first=when.start.toordinal() if when else None,
                last=when.end.toordinal() if when else None,
                tolerance=when.tolerance.days if when else 0,
                proposition=propositions.get(claim.id, ""),
            )
        )
    return tuple(slots)


def _runs(slots: Iterable[Slot]) -> Iterator[list[Slot]]:
    """Yield the slots of each block in runs of days that come near each other, those without a date together."""
    blocks: dict[tuple[object, ...], list[Slot]] = defaultdict(list)
    for slot in slots:
        blocks[*slot.block, slot.first is None].append(slot)
    for block in blocks.values():
        run: list[Slot] = []
        hull = block[0]
        for slot in sorted(block, key=lambda one: (one.first or 0, one.last or 0)):
            if run and not _near(slot, hull):
                yield run
                run = []
            hull = _hull([hull, slot]) if run else slot
            run.append(slot)
        yield run


def _gather(changed: list[Slot], memory: Memory, parties: Parties) -> None:
    """Gather the claims around those that changed into propositions, and farther until nothing changes at the rim."""
    inner = {slot.claim: slot for slot in memory.slots_near(_hull(changed))}
    while True:
        block = changed[0].block
        named = {slot.proposition for slot in inner.values() if slot.proposition}
        inner |= {slot.claim: slot for slot in memory.slots_in(named) if slot.block == block}
        if not inner:
            return
        founders = memory.founders(inner)
        clusters = _clustered(tuple(inner.values()), memory, parties)
        founding = {one.name(founders): one for one in clusters}
        restless = [*changed, *_moved(inner, clusters, {slot.proposition for slot in changed})]
        around = memory.slots_near(_hull([*inner.values(), *changed]))
        rim = {
            slot.claim: slot
            for slot in around
            if slot.claim not in inner and any(_same_time(slot, one) for one in restless)
        }
        if not rim:
            break
        inner |= rim
    homes = {statement.claim.id: one.id for one in clusters for statement in one.statements}
    members = [(claim, home) for claim, home in homes.items() if inner[claim].proposition != home]
    memory.assign(members, [(one.id, founder) for founder, one in founding.items() if founder not in founders])


def _clustered(slots: Sequence[Slot], memory: Memory, parties: Parties) -> list[Cluster]:
    reports, origins = _origins({slot.report for slot in slots}, memory)
    sites = {slot.claim: slot.site for slot in slots}
    return cluster(statement_of(claim, sites[claim.id], reports, origins, parties) for claim in memory.claims_in(slots))


def _moved(inner: Mapping[str, Slot], clusters: Iterable[Cluster], touched: Collection[str]) -> list[Slot]:
    """Return the claims that stand with others than before, or stood with one that was `touched`."""
    before: dict[str, set[str]] = defaultdict(set)
    for slot in inner.values():
        before[slot.proposition].add(slot.claim)
    moved = []
    for one in clusters:
        now = {statement.claim.id for statement in one.statements}
        homes = {inner[claim].proposition for claim in now}
        if len(homes) > 1 or homes & {"", *touched} or before[min(homes)] != now:
            moved += [inner[claim] for claim in now]
    return moved


def _hull(slots: Iterable[Slot]) -> Slot:
    """Return a slot that spans the days of all of these."""
    slots = list(slots)
    if slots[0].first is None:
        return slots[0]
    return replace(
        slots[0],
        first=min(slot.first or 0 for slot in slots),
        last=max(slot.last or 0 for slot in slots),
        tolerance=max(slot.tolerance for slot in slots),
    )


def _near(one: Slot, other: Slot) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return one.first is other.first
    slack = max(one.tolerance, other.tolerance)
    return one.first <= other.last + slack and other.first <= one.last + slack


def _same_time(one: Slot, other: Slot) -> bool:
    first, second = _window(one), _window(other)
    return first is second if first is None or second is None else first.same_time(second)


def _window(slot: Slot) -> Window | None:
    if slot.first is None or slot.last is None:
        return None
    return Window(date.fromordinal(slot.first), date.fromordinal(slot.last), timedelta(days=slot.tolerance))
