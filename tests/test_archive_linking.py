"""Linked and weighed by block, claims stand as they do where all are linked and weighed at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archive_support import THEATRE, told
from marsad.archive.families import Groups
from marsad.archive.inputs import Unit
from marsad.archive.job import Job
from marsad.archive.making import Making
from marsad.archive.reading import told_of
from marsad.archive.steps import STEPS
from marsad.archive.work import carry_out
from marsad.linking import current, find_kin, link, trace_origins
from marsad.records import Assessment, ControlState, Dispute, Link, Proposition, SourceRecord
from marsad.theatre import read_theatre
from marsad.weighing import control, disputes, grade, source_records, with_concessions
from test_linking_arrivals import drawn_pairs, reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pytest

    from marsad.archive.entries import Entry
    from marsad.archive.work import Done, Share
    from marsad.records import Claim, Report

    Pair = tuple[Report, list[Claim]]


def archived(pairs: Sequence[Pair], folder: Path, theatre: str | None, size: int) -> None:
    """Make an archive of reports that were read."""
    standing = {one.id for one in current([one for one, _ in pairs])}

    def read(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
        for one, claims in pairs:
            yield from told_of(one, claims, None if one.id in standing else "another")

    def engine(job: Job, shares: Sequence[Share]) -> Iterator[Done]:
        return (carry_out(job, share, {**STEPS, "read": read}) for share in shares)

    settings = dict.fromkeys(("outlets", "columns", "rules", "network", "gazetteer", "retrieved"))
    job = Job(folder=str(folder), theatre=theatre, every=True, size=size, plan=str(folder), **settings)
    Making(job, engine, None).all([Unit(name="none", reason="the reports are given")])


def expected(pairs: Sequence[Pair], theatre: str | None) -> dict[str, tuple[type, list[Any]]]:
    """What the tables must hold: what a monitor would answer of these reports, which keeps all their versions."""
    profile = read_theatre(theatre, "theatre.toml") if theatre else None
    every = {one.id: one for one, _ in pairs}
    kinships = find_kin(every.values())
    kept = link([claim for _, some in pairs for claim in some], every, trace_origins(every.values(), kinships), profile)
    firsts = (next(member.claim for member in one.members if not member.reasons) for one in kept.propositions)
    founders = {claim: rank for rank, claim in enumerate(firsts)}
    there = {one.id: one for one in current(every.values())}
    claims = [claim for one, some in pairs for claim in some if one.id in there]
    said = (claims, there, trace_origins(there.values(), kinships), profile)
    linked = with_concessions(link(*said, founders), *said)
    verdicts = grade(linked, *said)
    return {
        "propositions": (Proposition, list(linked.propositions)),
        "links": (Link, list(linked.links)),
        "assessments": (Assessment, list(verdicts.values())),
        "disputes": (Dispute, list(disputes(linked, verdicts, claims))),
        "control": (ControlState, list(control(*said))),
        "sources": (SourceRecord, list(source_records(linked, verdicts))),
    }


def as_versions(pairs: Sequence[Pair], later: Sequence[bool]) -> list[Pair]:
    """Let some of the reports be later versions of the ones before them."""
    found: list[Pair] = []
    for (one, claims), is_later in zip(pairs, later, strict=False):
        if not is_later or not found:
            found.append((one, claims))
            continue
        first = found[-1][0]
        name = f"{first.version_of or first.id}@{one.id}"
        version = replace(one, id=name, version_of=first.version_of or first.id, updated=one.published)
        moved = [replace(claim, report=name, anchor=replace(claim.anchor, report=name)) for claim in claims]
        found.append((version, moved))
    return found


@settings(max_examples=30, deadline=None)
@given(drawn=reports, later=st.lists(st.booleans(), min_size=12), size=st.integers(1, 6), known=st.booleans())
def test_blocks_that_are_linked_apart_make_what_linking_everything_at_once_makes(
    drawn: list[tuple[Any, ...]],
    later: list[bool],
    size: int,
    known: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    pairs, folder = as_versions(drawn_pairs(drawn), later), tmp_path_factory.mktemp("archive")
    theatre = THEATRE if known else None
    archived(pairs, folder, theatre, size)
    for table, (record, wanted) in expected(pairs, theatre).items():
        assert told(folder, table, record) == sorted(wanted, key=repr), table


@given(pairs=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=30))
def test_groups_are_what_pairs_connect(pairs: list[tuple[int, int]]) -> None:
    groups, sets = Groups(), [{str(n)} for n in range(21)]
    for one, other in pairs:
        groups.join(str(one), str(other))
        first, second = (next(some for some in sets if str(n) in some) for n in (one, other))
        if first is not second:
            sets = [some for some in sets if some is not first and some is not second] + [first | second]
    for some in sets:
        assert {groups.of(name) for name in some} == {min(some)}
