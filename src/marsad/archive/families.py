"""The steps by which copies find their origin: reports that share marks are looked at together, and no others.

What decides whether a report joins a family lies within the reports that are connected by marks that some bear and
others seek; so each such group is traced apart, and the outcome is that of tracing all at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.archive.entries import by_key, entry, read_entries, spread
from marsad.archive.reading import BEARS, READ, UNREAD
from marsad.archive.tables import day_of, partition
from marsad.archive.work import ROWS, parts
from marsad.linking import find_kin, trace_origins
from marsad.records import Report
from marsad.serial import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share

KEPT, STANDING = "kept", "standing"
"""Of an origin: among all reports, or among those that no later version has replaced."""


class Groups:
    """Names that belong together, as pairs of them become known."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        """Put two names together, with all that belong to them."""
        first, second = sorted((self.of(one), self.of(other)))
        self._root[second] = first

    def of(self, name: str) -> str:
        """Return the first by name of those that a name belongs with."""
        root = name
        while (above := self._root.get(root, root)) != root:
            root = above
        while name != root:
            self._root[name], name = root, self._root.get(name, root)
        return root

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._root))


def match(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield pairs of reports by which all that bear or seek a mark of a range are connected, where any bears it."""
    for _, entries in by_key(read_entries(parts(job, "read", "marks"), share.low, share.high)):
        names = sorted({one.value for one in entries})
        if len(names) > 1 and any(one.kind == BEARS for one in entries):
            for other in names[1:]:
                yield "pairs", entry("pair", "", [names[0], other])


def group(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:  # noqa: ARG001 - all of it is one share
    """Yield the group of each report that is connected with another."""
    groups = Groups()
    for path in parts(job, "match", "pairs"):
        for one in read_entries([path]):
            groups.join(*one.value)
    for name in groups:
        for member in {name, groups.of(name)}:
            yield "groups", entry(spread(member), "group", [member, groups.of(name)])


def gather(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the reports of a range that are connected with others, by their group."""
    group_of = dict(one.value for one in read_entries(parts(job, "group", "groups"), share.low, share.high))
    for one in read_entries(parts(job, "read", "read"), share.low, share.high):
        if one.kind in {READ, UNREAD} and (name := group_of.get(one.value["report"]["id"])):
            yield "kin", entry(spread(name), "member", {"group": name, **one.value})


def trace(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the origin of each report of a range of groups, with the other reports that its words can come from."""
    for _, entries in by_key(read_entries(parts(job, "gather", "kin"), share.low, share.high)):
        groups: dict[str, list[tuple[Report, bool]]] = {}
        for one in entries:
            told = one.value
            groups.setdefault(told["group"], []).append((from_json(Report, told["report"]), told["past"]))
        for members in groups.values():
            yield from _traced(members)


def _traced(members: Sequence[tuple[Report, bool]]) -> Iterator[tuple[str, Entry]]:
    """Yield the origins among all reports of a group, as a monitor keeps them, and among those that stand there now."""
    reports = {report.id: report for report, _ in members}
    kinships = find_kin(reports.values())
    for one in kinships:
        where = partition("kinships", date=day_of(reports[one.report]))
        yield ROWS, entry(where, f"{one.report} {one.other}", to_json(one))
    standing = [report for report, past in members if not past]
    for kind, some in ((KEPT, list(reports.values())), (STANDING, standing)):
        for name, origin in trace_origins(some, kinships).items():
            yield "origins", entry(spread(name), kind, to_json(origin))
            for elder in {origin.origin, *(one.origin for one in origin.added)} - {name}:
                yield "origins", entry(spread(name), "elder", to_json(reports[elder]))
