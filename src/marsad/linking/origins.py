"""Where each report's text comes from: ten outlets that carry one agency story are one origin."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.linking.additions import additions
from marsad.linking.sketches import shared_origin, sketch
from marsad.records import Kinship, Origin
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marsad.linking.sketches import Sketch
    from marsad.records import Claim, Report

_LAST = datetime.max.replace(tzinfo=UTC)


def trace_origins(reports: Iterable[Report], kinships: Iterable[Kinship] | None = None) -> Mapping[str, Origin]:
    """Return the origin of every report by its id; the order in which they are given does not matter.

    `kinships` are what is known of them and of others, which are left out; None looks for them in the texts.
    """
    by_id = {report.id: report for report in sorted(reports, key=_precedence)}
    kin: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for one in _find(by_id.values()) if kinships is None else kinships:
        if one.report in by_id and one.other in by_id:
            kin[one.report][one.other] = kin[one.other][one.report] = one.reasons
    origins: dict[str, Origin] = {}
    for group in _groups(by_id, kin):
        root, *copies = _ordered([by_id[member] for member in group])
        origins[root] = Origin(report=root, origin=root, agencies=by_id[root].agencies)
        for number, copy in enumerate(copies):
            origins[copy] = Origin(
                report=copy,
                origin=root,
                agencies=by_id[copy].agencies,
                reasons=_why(copy, root, kin),
                added=additions(copy, [root, *copies[:number]], by_id),
            )
    return {report: origins[report] for report in sorted(origins)}


def source_of(claim: Claim, origins: Mapping[str, Origin]) -> str:
    """Return the id of the report that a claim's words come from: its own, or the one that this copies there."""
    return origins[claim.report].of(claim.anchor) if claim.report in origins else claim.report


def kinships_of(one: Sketch, families: Iterable[Iterable[Sketch]]) -> Iterator[Kinship]:
    """Yield with which of the families a report shares its origin: with one member of each, the first that is alike."""
    for family in families:
        for other in family:
            if reasons := shared_origin(one, other):
                yield Kinship(report=one.id, other=other.id, reasons=reasons)
                break


def _find(reports: Iterable[Report]) -> Iterator[Kinship]:
    """Yield enough kinships to tell which reports share an origin, taking them in the order that is given."""
    sketches: dict[str, Sketch] = {}
    bearers: dict[int, list[str]] = defaultdict(list)
    family: dict[str, list[str]] = {}
    for report in reports:
        new = sketch(report)
        worth = {other for mark in new.seeks for other in bearers.get(mark, ())}
        families = {id(family[other]): family[other] for other in sorted(worth)}
        mine = [new.id]
        for found in kinships_of(new, ([sketches[one] for one in some] for some in families.values())):
            mine[:0] = family[found.other]
            yield found
        sketches[new.id] = new
        family |= dict.fromkeys(mine, mine)
        for mark in new.marks:
            bearers[mark].append(new.id)


def _ordered(group: Sequence[Report]) -> list[str]:
    """Return reports of one origin, that origin first: what copies none of the others, then by precedence."""
    members = {report.id for report in group}
    return [one.id for one in sorted(group, key=lambda one: (one.copy_of in members, *_precedence(one)))]


def _precedence(report: Report) -> tuple[datetime, bool, str]:
    """Return what the origin of copies has the least of: it is the first, and an agency's."""
    kinds = load_outlets()
    agency = report.kind in kinds and kinds[report.kind].agency
    return report.published or _LAST, not agency, report.id


def _groups(reports: Iterable[str], kin: Mapping[str, Mapping[str, object]]) -> Iterator[Sequence[str]]:
    """Yield the reports that are kin, near or far, together."""
    seen: set[str] = set()
    for start in sorted(reports):
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            member = waiting.pop()
            group.append(member)
            fresh = kin.get(member, {}).keys() - seen
            seen |= fresh
            waiting.extend(fresh)
        yield sorted(group)


def _why(member: str, root: str, kin: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[str, ...]:
    through = root if root in kin[member] else min(kin[member])
    return tuple(f"{reason} ({through})" for reason in kin[member][through])
