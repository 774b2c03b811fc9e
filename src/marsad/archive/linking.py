"""The steps by which claims are linked and weighed: brought together by block, and each block done apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.archive.blocks import Block
from marsad.archive.entries import by_key, entry, read_entries, spread
from marsad.archive.families import KEPT, STANDING
from marsad.archive.job import rules_of, theatre_of
from marsad.archive.reading import READ, UNREAD
from marsad.archive.tables import UNKNOWN, partition
from marsad.archive.work import ROWS, parts
from marsad.archive.world import world_of
from marsad.linking import REAL, source_of
from marsad.records import Claim, Origin, Report, SourceRecord
from marsad.serial import from_json, to_json
from marsad.weighing import control, disputes, grade, merged_records, source_records, with_concessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share


def place(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Yield the claims of a range of reports by block, each with its report, those of its words, and the origins."""
    world = world_of(job)
    read = read_entries(parts(job, "read", "read"), share.low, share.high)
    traced = read_entries(parts(job, "trace", "origins"), share.low, share.high)
    told = [one.value for one in read if one.kind in {READ, UNREAD}]
    reports = _reports(one["report"] for one in told)
    past = {one["report"]["id"] for one in told if one["past"]}
    elders = _reports(one.value for one in traced if one.kind == "elder")
    alone = {name: Origin(report=name, origin=name, agencies=one.agencies) for name, one in reports.items()}
    origins = {kind: alone | _origins(one.value for one in traced if one.kind == kind) for kind in (KEPT, STANDING)}
    for claim in (from_json(Claim, one.value) for one in read if one.kind not in {READ, UNREAD}):
        if claim.certainty not in REAL:
            continue  # what is not told as real is no evidence
        replaced = claim.report in past
        kinds = (KEPT,) if replaced else (KEPT, STANDING)
        sources = {claim.report, *(source_of(claim, origins[kind]) for kind in kinds)}
        facts: list[tuple[str, object]] = [("past" if replaced else "claim", claim)]
        facts += [(kind, origins[kind][claim.report]) for kind in kinds]
        facts += [("report", reports.get(one) or elders[one]) for one in sources]
        name = world.block_of(claim)
        for fact, one in facts:
            yield "blocks", entry(spread(name), fact, [name, to_json(one, brief=True)])


def _reports(told: Iterable[Any]) -> dict[str, Report]:
    found = (from_json(Report, one) for one in told)
    return {one.id: one for one in found}


def _origins(told: Iterable[Any]) -> dict[str, Origin]:
    found = (from_json(Origin, one) for one in told)
    return {one.report: one for one in found}


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
        if one.kind in {"claim", "past"}:
            (block.claims if one.kind == "claim" else block.past).append(from_json(Claim, told))
        elif one.kind == "report":
            block.reports |= _reports([told])
        elif one.kind == KEPT:
            block.kept |= _origins([told])
        else:
            block.origins |= _origins([told])
    yield from found.values()


def _rows(job: Job, block: Block, records: list[SourceRecord]) -> Iterator[tuple[str, Entry]]:
    theatre, rules, world = theatre_of(job), rules_of(job), world_of(job)
    said = (block.claims, block.reports, block.origins, theatre)
    linked, slots = block.linked(theatre, world)
    linked = with_concessions(linked, *said, sites=world.all)
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
    for claim, slot in slots:
        day, order = block.stated(claim)
        yield ROWS, entry(partition("slots", date=day), order, to_json(slot, brief=True))
