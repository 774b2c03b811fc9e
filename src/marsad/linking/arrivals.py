"""One more report finds its origin, its places and its propositions, and only what lies beside it is gathered anew.

What is kept afterwards is what `link` finds in everything, whatever the order in which reports arrive.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from marsad.linking.linking import statement_of
from marsad.linking.origins import Families, source_of, trace_origins
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
    from marsad.records import Claim, Kinship, Origin, Report, Spot
    from marsad.theatre import Theatre


def arrive(reports: Iterable[str], memory: Memory, theatre: Theatre | None) -> None:
    """Link the claims of reports that are new or were read anew with everything that is known.

    Whatever changes is written to `memory`: kinships, sites, where the claims stand, and their propositions.
    """
    renewed = set(reports)
    renewed |= _meet(renewed, memory)
    left = memory.slots_of(renewed)
    claims = [claim for claim in memory.claims_of(renewed) if claim.certainty in REAL]
    shifted = _settle({spot_of(claim.place) for claim in claims if claim.place}, memory)
    taken = _slots(claims, {slot.claim: slot.proposition for slot in left}, memory)
    memory.replace(renewed, taken)
    parties = Parties(theatre, ())
    _gather([_Run(changed) for changed in _runs(chain(left, shifted, taken))], memory, parties)


# Origins


def _meet(reports: Collection[str], memory: Memory) -> set[str]:
    """Find the kin of new reports; return the known reports whose words come from elsewhere for it."""
    known = memory.reports_of(reports)
    sketches = {report: sketch(known[report]) for report in sorted(reports)}
    bearers = memory.marked({mark for one in sketches.values() for mark in one.marks | one.seeks})
    marked = {(mark, report) for mark, some in bearers.items() for report in some}
    new = [report for report, one in sketches.items() if not any((mark, report) in marked for mark in one.marks)]
    if not new:
        return set()
    elders, kin = _families({report for some in bearers.values() for report in some}, memory)
    before = trace_origins(elders.values(), kin)
    families = Families(elders, kin, bearers)
    found = [kinship for report in new for kinship in families.meet(sketches[report])]
    memory.add_kin({report: sketches[report].marks for report in new}, found)
    after = trace_origins({**elders, **{report: known[report] for report in new}}.values(), (*kin, *found))
    return {one for one in before if _whence(before[one]) != _whence(after[one])}


def _whence(origin: Origin) -> tuple[object, ...]:
    return origin.origin, origin.added


def _origins(reports: Collection[str], memory: Memory) -> tuple[Mapping[str, Report], Mapping[str, Origin]]:
    """Return these reports with those that they share an origin with, and the origins of all of them."""
    known, kin = _families(reports, memory)
    return known, trace_origins(known.values(), kin)


def _families(reports: Collection[str], memory: Memory) -> tuple[Mapping[str, Report], tuple[Kinship, ...]]:
    kin = memory.kin(reports)
    return memory.reports_of({*reports, *(end for one in kin for end in (one.report, one.other))}), kin


# Places


def _settle(spots: Collection[Spot], memory: Memory) -> tuple[Slot, ...]:
    """Give new spots their sites; return the slots at spots that change theirs for it, as they were and as they are."""
    fresh = set(spots) - memory.sites(spots).keys()
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
    return tuple(
        slot_of(
            claim,
            sites[spot_of(claim.place)] if claim.place else None,
            reports[source_of(claim, origins)],
            propositions.get(claim.id, ""),
        )
        for claim in claims
    )


def slot_of(claim: Claim, site: str | None, source: Report, proposition: str) -> Slot:
    """Return where a claim stands among others; `source` is the report that its words come from."""
    when = window(claim, source)
    return Slot(
        claim=claim.id,
        report=claim.report,
        spot=spot_of(claim.place) if claim.place else None,
        site=site,
        zone=zone_of(claim),
        thing=thing_of(claim.event),
        first=when.start.toordinal() if when else None,
        last=when.end.toordinal() if when else None,
        tolerance=when.tolerance.days if when else 0,
        proposition=proposition,
    )


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


@dataclass(slots=True)
class _Run:
    """Claims of one block that changed, and those around them that are gathered anew."""

    changed: list[Slot]
    inner: dict[str, Slot] = field(default_factory=dict)
    clusters: list[Cluster] = field(default_factory=list)

    @property
    def hull(self) -> Slot:
        """A slot that spans the days of all of them."""
        return _hull([*self.inner.values(), *self.changed])


def _gather(runs: list[_Run], memory: Memory, parties: Parties) -> None:
    """Gather the claims around those that changed into propositions, and farther until nothing changes at the rim."""
    for run, near in zip(runs, memory.slots_near([run.hull for run in runs]), strict=True):
        run.inner = {slot.claim: slot for slot in near}
    settled: list[_Run] = []
    waiting = [run for run in runs if run.inner]
    while waiting:
        _complete(waiting, memory)
        apart = _disjoint([*waiting, *settled])
        settled = [run for run in apart if run.clusters]
        waiting = [run for run in apart if not run.clusters]
        founders = memory.founders([claim for run in waiting for claim in run.inner])
        _cluster(waiting, founders, memory, parties)
        restless = []
        for run, around in zip(waiting, memory.slots_near([run.hull for run in waiting]), strict=True):
            if rim := _rim(run, around):
                run.inner |= rim
                run.clusters = []
                restless.append(run)
            else:
                settled.append(run)
        waiting = restless
    _keep(settled, memory)


def _complete(runs: Iterable[_Run], memory: Memory) -> None:
    """Take the other members of each proposition in."""
    block: dict[str, _Run] = {}
    for run in runs:
        block |= {slot.proposition: run for slot in run.inner.values() if slot.proposition}
    for slot in memory.slots_in(block):
        run = block[slot.proposition]
        if slot.block == run.changed[0].block:
            run.inner[slot.claim] = slot


def _disjoint(runs: Iterable[_Run]) -> list[_Run]:
    """Make one of runs that share a claim; it is to be gathered anew."""
    owner: dict[str, _Run] = {}
    for run in runs:
        others = {id(owner[claim]): owner[claim] for claim in run.inner if claim in owner}
        whole = run
        if others:
            parts = [*others.values(), run]
            whole = _Run([slot for part in parts for slot in part.changed])
            for part in parts:
                whole.inner |= part.inner
        owner |= dict.fromkeys(whole.inner, whole)
    return list({id(run): run for run in owner.values()}.values())


def _cluster(runs: Iterable[_Run], founders: Mapping[str, int], memory: Memory, parties: Parties) -> None:
    """Gather the claims of each run into propositions, and name those."""
    slots = {claim: slot for run in runs for claim, slot in run.inner.items()}
    reports, origins = _origins({slot.report for slot in slots.values()}, memory)
    claims = {claim.id: claim for claim in memory.claims_in(list(slots.values()))}
    for run in runs:
        run.clusters = cluster(
            statement_of(claims[claim], slot.site, reports, origins, parties) for claim, slot in run.inner.items()
        )
        for one in run.clusters:
            one.name(founders)


def _rim(run: _Run, around: Iterable[Slot]) -> dict[str, Slot]:
    """Return the claims beside a run that can stand otherwise for what changed in it."""
    changed = [*run.changed, *_moved(run)]
    outside = [slot for slot in around if slot.claim not in run.inner]
    return {slot.claim: slot for slot in outside if any(_same_time(slot, one) for one in changed)}


def _moved(run: _Run) -> list[Slot]:
    """Return the claims that stand with others than before, or stood with one that changed."""
    touched = {slot.proposition for slot in run.changed} | {""}
    before: dict[str, set[str]] = defaultdict(set)
    for slot in run.inner.values():
        before[slot.proposition].add(slot.claim)
    moved = []
    for one in run.clusters:
        now = {statement.claim.id for statement in one.statements}
        homes = {run.inner[claim].proposition for claim in now}
        if len(homes) > 1 or homes & touched or before[min(homes)] != now:
            moved += [run.inner[claim] for claim in now]
    return moved


def _keep(runs: Iterable[_Run], memory: Memory) -> None:
    """Write which claim is of which proposition now."""
    members, founded = [], []
    for run in runs:
        for one in run.clusters:
            founded.append((one.id, one.founder))
            claims = (statement.claim.id for statement in one.statements)
            members += [(claim, one.id) for claim in claims if run.inner[claim].proposition != one.id]
    memory.assign(members, founded)


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
