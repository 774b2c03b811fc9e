"""The steps by which claims are linked and weighed: brought together by block, and each block done apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.archive.blocks import Block
from marsad.archive.entries import by_key, entry, read_entries, spread
from marsad.archive.job import rules_of, theatre_of
from marsad.archive.reading import READ, UNREAD
from marsad.archive.tables import UNKNOWN, day_of, partition
from marsad.archive.work import ROWS, parts
from marsad.archive.world import world_of
from marsad.linking import REAL, link, slot_of, source_of
from marsad.records import Claim, Origin, Report, SourceRecord
from marsad.serial import from_json, to_json
from marsad.weighing import control, disputes, grade, merged_records, source_records, with_concessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share
    from marsad.linking import Linked


def place(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the claims of a range of reports by block, each with its report, that of its words, and the origin."""
    world = world_of(job)
    read = read_entries(parts(job, "read", "read"), share.low, share.high)
    traced = read_entries(parts(job, "trace", "origins"), share.low, share.high)
    claims = [from_json(Claim, one.value) for one in read if one.kind not in {READ, UNREAD}]
    reports = _reports(one for one in read if one.kind in {READ, UNREAD})
    elders = _reports(one for one in traced if one.kind == "elder")
    origins = {name: Origin(report=name, origin=name, agencies=one.agencies) for name, one in reports.items()}
    copies = (from_json(Origin, one.value) for one in traced if one.kind == "origin")
    origins |= {one.report: one for one in copies}
    for claim in claims:
        if claim.certainty not in REAL:
            continue  # what is not told as real is no evidence
        name = world.block_of(claim)
        source = source_of(claim, origins)
        facts: list[tuple[str, object]] = [("claim", claim), ("origin", origins[claim.report])]
        facts += [("report", reports.get(one) or elders[one]) for one in {claim.report, source}]
        for kind, one in facts:
            yield "blocks", entry(spread(name), kind, [name, to_json(one, brief=True)])


def _reports(entries: Iterable[Entry]) -> dict[str, Report]:
    found = (from_json(Report, one.value) for one in entries)
    return {one.id: one for one in found}


def link_blocks(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the rows that follow from the claims of a range of blocks, and how the voices fared in them."""
    records: list[SourceRecord] = []
    for _, entries in by_key(read_entries(parts(job, "place", "blocks"), share.low, share.high)):
        for block in _blocks(entries):
            yield from _rows(job, block, records)
    for record in merged_records(records):
        yield "sources", entry(record.topic, record.voice, to_json(record))


def _blocks(entries: Iterable[Entry]) -> Iterator[Block]:
    """Yield the blocks among the entries of one key."""
    found: dict[str, Block] = {}
    for one in entries:
        name, told = one.value
        block = found.setdefault(name, Block())
        if one.kind == "claim":
            block.claims.append(from_json(Claim, told))
        elif one.kind == "origin":
            origin = from_json(Origin, told)
            block.origins[origin.report] = origin
        else:
            report = from_json(Report, told)
            block.reports[report.id] = report
    yield from found.values()


def _rows(job: Job, block: Block, records: list[SourceRecord]) -> Iterator[tuple[str, Entry]]:
    theatre, rules, world = theatre_of(job), rules_of(job), world_of(job)
    said = (block.claims, block.reports, block.origins, theatre)
    linked = with_concessions(link(*said, sites=world.real, parties=world.parties), *said, sites=world.all)
    verdicts = grade(linked, *said, rules=rules, records=(), sites=world.all)
    records += source_records(linked, verdicts)
    homes = block.homes(linked)
    for one in linked.propositions:
        yield ROWS, entry(partition("propositions", **homes[one.id]), one.id, to_json(one, brief=True))
        if verdict := verdicts.get(one.id):
            row = {"topic": one.family, "assessment": to_json(verdict, brief=True)}
            yield ROWS, entry(partition("assessments", **homes[one.id]), one.id, row)
    for link_ in linked.links:
        order = f"{link_.claim} {link_.other} {link_.kind}"
        yield ROWS, entry(partition("links", **homes[link_.other]), order, to_json(link_, brief=True))
    for dispute in disputes(linked, verdicts, block.claims, rules=rules):
        where = partition("disputes", **homes[dispute.proposition])
        yield ROWS, entry(where, dispute.proposition, to_json(dispute, brief=True))
    for state in control(*said, sites=world.all):
        where = partition("control", country=state.place.country or UNKNOWN)
        order = f"{state.place.name} {state.according_to} {state.start or ''} {state.holder}"
        yield ROWS, entry(where, order, to_json(state, brief=True))
    yield from _slots(job, block, linked)


def _slots(job: Job, block: Block, linked: Linked) -> Iterator[tuple[str, Entry]]:
    """Yield where each claim stands, as a monitor keeps it."""
    sites = world_of(job).real
    home = {member.claim: one.id for one in linked.propositions for member in one.members if not member.reasons}
    for claim in block.claims:
        source = block.reports[source_of(claim, block.origins)]
        slot = slot_of(claim, sites.site(claim.place), source, home[claim.id])
        where = partition("slots", date=day_of(block.reports[claim.report]))
        yield ROWS, entry(where, f"{claim.report} {claim.id}", to_json(slot, brief=True))
