"""Where each report's text comes from: ten outlets that carry one agency story are one origin."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.linking.additions import additions
from marsad.linking.sketches import shared_origin, sketch
from marsad.records import Kinship, Origin
from marsad.theatre import fold
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marsad.linking.sketches import Sketch
    from marsad.records import Claim, Report

_LAST = datetime.max.replace(tzinfo=UTC)


def trace_origins(reports: Iterable[Report], kinships: Iterable[Kinship] | None = None) -> Mapping[str, Origin]:
    """Return the origin of every report by its id; the order in which they are given does not matter.

    `kinships` are what is known of them and of others; None looks for them in the texts.
    """
    by_id = {report.id: report for report in sorted(reports, key=_precedence)}
    kin = _kin(find_kin(by_id.values()) if kinships is None else _among(by_id, kinships))
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


def find_kin(reports: Iterable[Report]) -> list[Kinship]:
    """Return kinships enough to tell the families of some reports, looked for in their texts."""
    families = Families()
    return [kinship for one in sorted(reports, key=_precedence) for kinship in families.meet(sketch(one))]


def _among(by_id: Mapping[str, Report], kinships: Iterable[Kinship]) -> list[Kinship]:
    """Return the kinships of some reports; families that are known through others are looked at anew without these."""
    kinships = tuple(kinships)
    known = [one for one in kinships if one.report in by_id and one.other in by_id]
    if len(known) == len(kinships):
        return known
    kin = _kin(kinships)
    torn: set[str] = set()
    for group in _groups(kin, kin):
        if not all(member in by_id for member in group):
            torn.update(group)
    anew = find_kin(report for name, report in by_id.items() if name in torn)
    return [*(one for one in known if one.report not in torn), *anew]


def _kin(kinships: Iterable[Kinship]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    kin: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for one in kinships:
        kin[one.report][one.other] = kin[one.other][one.report] = one.reasons
    return kin


def source_of(claim: Claim, origins: Mapping[str, Origin]) -> str:
    """Return the id of the report that a claim's words come from: its own, or the one that this copies there."""
    return origins[claim.report].of(claim.anchor) if claim.report in origins else claim.report


class Families:
    """Reports that share an origin, as they become known one by one; each brings enough kinships to tell its family."""

    def __init__(
        self,
        reports: Mapping[str, Report] | None = None,
        kinships: Iterable[Kinship] = (),
        bearers: Mapping[int, Iterable[str]] | None = None,
    ) -> None:
        """Begin with reports whose kinships are known, and which of them bear which marks."""
        self._reports = dict(reports or {})
        self._sketches: dict[str, Sketch] = {}
        self._bearers = defaultdict(list, {mark: list(some) for mark, some in (bearers or {}).items()})
        self._family = {one: [one] for one in self._reports}
        for kinship in kinships:
            self._join(kinship.report, kinship.other)

    def meet(self, new: Sketch) -> tuple[Kinship, ...]:
        """Take a report in; return its kinship with one member of each family that it belongs to."""
        self._sketches[new.id] = new
        found = []
        for family in self._worth_comparing(new):
            for other in family:
                if reasons := shared_origin(new, self._sketch(other)):
                    found.append(Kinship(report=new.id, other=other, reasons=reasons))
                    break
        self._family[new.id] = [new.id]
        for one in found:
            self._join(one.other, new.id)
        for mark in new.marks:
            self._bearers[mark].append(new.id)
        return tuple(found)

    def _worth_comparing(self, new: Sketch) -> list[list[str]]:
        worth = sorted({other for mark in new.seeks for other in self._bearers.get(mark, ()) if other != new.id})
        return list({id(self._family[other]): self._family[other] for other in worth}.values())

    def _join(self, one: str, other: str) -> None:
        first, second = self._family[one], self._family[other]
        if first is not second:
            first.extend(second)
            self._family |= dict.fromkeys(second, first)

    def _sketch(self, report: str) -> Sketch:
        if report not in self._sketches:
            self._sketches[report] = sketch(self._reports[report])
        return self._sketches[report]


def _ordered(group: Sequence[Report]) -> list[str]:
    """Return reports of one origin, that origin first: what copies none of the others, then by precedence.

    A post that was edited after it was forwarded is still the one that the others passed on.
    """
    members = {report.id for report in group}
    own = {fold(report.publisher) for report in group if report.publisher and not report.forwarded}

    def rank(one: Report) -> tuple[bool, datetime, bool, str]:
        passed_on = one.forwarded and fold(one.forwarded_from or "") in own
        return one.copy_of in members or passed_on, *_precedence(one)

    return [one.id for one in sorted(group, key=rank)]


def _precedence(report: Report) -> tuple[datetime, bool, str]:
    """Return what the origin of copies has the least of: it is the first, and an agency's."""
    kinds = load_outlets()
    agency = report.kind in kinds and kinds[report.kind].agency and not report.forwarded
    return report.said or _LAST, not agency, report.id


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
