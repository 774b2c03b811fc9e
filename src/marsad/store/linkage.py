"""What linking keeps in the file, and the questions that it asks of it, all within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Integer, Text, and_, bindparam, case, column, delete, func, or_, select, update, values

from marsad.records import Claim, Kinship, Slot, Spot
from marsad.serial import from_json
from marsad.store import ledger
from marsad.store import schema as s
from marsad.store.paging import chunks
from marsad.store.rows import REPORT, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnClause, ColumnElement, Connection, Row, Select, Table

    from marsad.records import Report

Item = TypeVar("Item", str, int)

_RANGES_AT_ONCE = 100
_BESIDE_DEGREES = 1.5
_SPOT = (s.spot.c.identity, s.spot.c.name, s.spot.c.lat, s.spot.c.lon, s.spot.c.facility)
_SLOT = (
    *(column for column in s.slot.c if column.name not in {"reading", "spot"}),
    s.spot.c.site,
    s.spot.c.identity,
    s.spot.c.name,
    s.spot.c.lat,
    s.spot.c.lon,
    s.spot.c.facility,
)
_SLOT_FIELDS = ("claim", "report", "site", "zone", "thing", "first", "last", "tolerance", "proposition")


class Linkage:
    """The keeper of what linking finds, as `marsad.linking.Memory` asks for it; what it adds is learnt at `learnt`."""

    def __init__(self, connection: Connection, learnt: datetime) -> None:
        """Work in the transaction of `connection`."""
        self._connection = connection
        self._learnt = learnt

    # Reports and claims

    def reports_of(self, ids: Collection[str]) -> Mapping[str, Report]:
        """Return the reports with these ids."""
        rows = self._each(ids, lambda some: select(*REPORT).where(s.report.c.id.in_(some)))
        return {row.id: report_of(row) for row in rows}

    def claims_of(self, reports: Collection[str]) -> tuple[Claim, ...]:
        """Return the claims that the latest readings of these reports found."""
        readings = self._latest(reports).values()
        rows = self._each(readings, lambda some: select(s.claim.c.record).where(s.claim.c.reading.in_(some)))
        return tuple(from_json(Claim, row.record) for row in rows)

    def claims_in(self, slots: Collection[Slot]) -> tuple[Claim, ...]:
        """Return the claims that stand in these slots."""
        same = and_(s.claim.c.reading == s.slot.c.reading, s.claim.c.id == s.slot.c.claim)
        query = select(s.claim.c.record).select_from(s.slot.join(s.claim, same))
        rows = self._each([slot.claim for slot in slots], lambda some: query.where(s.slot.c.claim.in_(some)))
        return tuple(from_json(Claim, row.record) for row in rows)

    # Kin

    def marked(self, marks: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Return the ids of the reports that bear each of the marks, as far as any do."""
        found: dict[int, tuple[str, ...]] = {}
        for row in self._each(marks, lambda some: select(s.mark).where(s.mark.c.mark.in_(some))):
            found[row.mark] = (*found.get(row.mark, ()), row.report)
        return found

    def kin(self, reports: Collection[str]) -> tuple[Kinship, ...]:
        """Return all kinships within the families of these reports."""
        found: dict[tuple[str, str], Kinship] = {}
        asked: set[str] = set()
        while fresh := {*reports, *(end for pair in found for end in pair)} - asked:
            asked |= fresh
            for row in self._each(fresh, _kin):
                found[row.report, row.other] = Kinship(report=row.report, other=row.other, reasons=tuple(row.reasons))
        return tuple(found[pair] for pair in sorted(found))

    def add_kin(self, marks: Mapping[str, Collection[int]], kinships: Sequence[Kinship]) -> None:
        """Keep what each report is found by, and new kinships."""
        borne = sorted((mark, report) for report, some in marks.items() for mark in some)
        self._insert(s.mark, [{"mark": mark, "report": report} for mark, report in borne])
        ends = [{"report": one.report, "other": one.other, "reasons": list(one.reasons)} for one in kinships]
        rows = [{**row, "learnt": self._learnt} for row in ends]
        self._insert(s.kinship, rows)
        ledger.append(self._connection, *(ledger.plain_fact(s.kinship, row) for row in rows))

    # Places

    def sites(self, spots: Collection[Spot]) -> Mapping[Spot, str]:
        """Return the site of each of these spots that is known."""
        keys = [str(spot) for spot in spots]
        rows = self._each(keys, lambda some: select(*_SPOT, s.spot.c.site).where(s.spot.c.key.in_(some)))
        return {_spot(row): row.site for row in rows}

    def spots_beside(self, spots: Collection[Spot]) -> frozenset[Spot]:
        """Return the known spots with the gazetteer id or the name of one of these, or within a degree or so of it."""
        found = self._spots(s.spot.c.identity, {spot.identity for spot in spots if spot.identity})
        found |= self.spots_named({spot.name for spot in spots})
        for spot in spots:
            if spot.lat is not None and spot.lon is not None:
                box = and_(
                    s.spot.c.lat.between(spot.lat - _BESIDE_DEGREES, spot.lat + _BESIDE_DEGREES),
                    s.spot.c.lon.between(spot.lon - _BESIDE_DEGREES, spot.lon + _BESIDE_DEGREES),
                )
                found |= {_spot(row) for row in self._connection.execute(select(*_SPOT).where(box))}
        return found

    def spots_at(self, sites: Collection[str]) -> frozenset[Spot]:
        """Return all spots of these sites."""
        return self._spots(s.spot.c.site, sites)

    def spots_named(self, names: Collection[str]) -> frozenset[Spot]:
        """Return the known spots of these compared names."""
        return self._spots(s.spot.c.name, names)

    def settle(self, sites: Mapping[Spot, str]) -> None:
        """Keep the sites of spots, known ones or new."""
        known = self.sites(sites)
        change = update(s.spot).where(s.spot.c.key == bindparam("of_spot")).values(site=bindparam("now"))
        if moved := [{"of_spot": str(spot), "now": site} for spot, site in sites.items() if spot in known]:
            self._connection.execute(change, moved)
        fresh = [spot for spot in sites if spot not in known]
        self._insert(s.spot, [_spot_row(spot, sites[spot]) for spot in fresh])

    # Slots

    def slots_of(self, reports: Collection[str]) -> tuple[Slot, ...]:
        """Return the slots of the claims of these reports."""
        return self._slots(reports, s.slot.c.report)

    def slots_at(self, spots: Collection[Spot]) -> tuple[Slot, ...]:
        """Return the slots at these spots."""
        return self._slots([str(spot) for spot in spots], s.spot.c.key)

    def slots_in(self, propositions: Collection[str]) -> tuple[Slot, ...]:
        """Return the slots of the members of these propositions."""
        return self._slots(propositions, s.slot.c.proposition)

    def slots_near(self, around: Sequence[Slot]) -> tuple[tuple[Slot, ...], ...]:
        """Return for each slot those of its block whose days come near its own; without a date, those without one."""
        found: list[list[Slot]] = [[] for _ in around]
        for placed in (True, False):
            some = [(index, slot) for index, slot in enumerate(around) if (slot.site is not None) is placed]
            for start in range(0, len(some), _RANGES_AT_ONCE):
                for row in self._connection.execute(_near(some[start : start + _RANGES_AT_ONCE], placed=placed)):
                    found[row.number].append(_slot(row))
        return tuple(map(tuple, found))

    def replace(self, reports: Collection[str], slots: Iterable[Slot]) -> None:
        """Let these slots be all those of these reports, and their latest readings be linked."""
        readings = self._latest(reports)
        slots = list(slots)
        keys = {str(slot.spot) for slot in slots if slot.spot}
        rows = self._each(keys, lambda some: select(s.spot.c.key, s.spot.c.id).where(s.spot.c.key.in_(some)))
        spots = {row.key: row.id for row in rows}
        for some in chunks(sorted(reports)):
            self._connection.execute(delete(s.slot).where(s.slot.c.report.in_(some)))
        self._insert(s.slot, [_slot_row(slot, readings[slot.report], spots.get(str(slot.spot))) for slot in slots])
        new = self._each(readings.values(), lambda some: select(s.linked.c.reading).where(s.linked.c.reading.in_(some)))
        fresh = set(readings.values()) - {row.reading for row in new}
        self._insert(s.linked, [{"reading": reading, "learnt": self._learnt} for reading in sorted(fresh)])

    # Propositions

    def founders(self, claims: Collection[str]) -> Mapping[str, int]:
        """Return the rank of each of these claims that founded a proposition, the lowest first."""
        columns = (s.proposition.c.founder, s.proposition.c.rank)
        rows = self._each(claims, lambda some: select(*columns).where(s.proposition.c.founder.in_(some)))
        return {row.founder: row.rank for row in rows}

    def assign(self, members: Sequence[tuple[str, str]], founded: Sequence[tuple[str, str]]) -> None:
        """Keep which claim is now of which proposition, and which claim founded which, where that is not known yet."""
        known = self.founders([founder for _, founder in founded])
        new = [(name, founder) for name, founder in founded if founder not in known]
        rows = [{"id": name, "founder": founder, "learnt": self._learnt} for name, founder in new]
        self._insert(s.proposition, rows)
        pairs = [{"claim": claim, "proposition": name} for claim, name in members]
        self._insert(s.member, [{**pair, "learnt": self._learnt} for pair in pairs])
        if pairs:
            same = s.slot.c.claim == bindparam("of_claim")
            change = update(s.slot).where(same).values(proposition=bindparam("now"))
            self._connection.execute(change, [{"of_claim": claim, "now": name} for claim, name in members])

    # Inside

    def _latest(self, reports: Collection[str]) -> Mapping[str, int]:
        """Return the latest reading of each report."""
        newest = func.max(s.reading.c.id).label("newest")
        query = select(s.reading.c.report, newest).group_by(s.reading.c.report)
        return {
            row.report: row.newest
            for row in self._each(reports, lambda some: query.where(s.reading.c.report.in_(some)))
        }

    def _spots(self, column: ColumnElement[Any], values: Collection[str]) -> frozenset[Spot]:
        rows = self._each(values, lambda some: select(*_SPOT).where(column.in_(some)))
        return frozenset(map(_spot, rows))

    def _slots(self, values: Collection[str], column: ColumnElement[Any]) -> tuple[Slot, ...]:
        return tuple(_slot(row) for row in self._each(values, lambda some: _slot_rows().where(column.in_(some))))

    def _each(self, values: Collection[Item], query: Callable[[list[Item]], Select[Any]]) -> list[Row[Any]]:
        """Return the rows of a question that is asked for some of the values at a time."""
        return [row for some in chunks(sorted(values)) for row in self._connection.execute(query(some))]

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)


def _kin(reports: list[str]) -> Select[Any]:
    ends = or_(s.kinship.c.report.in_(reports), s.kinship.c.other.in_(reports))
    return select(s.kinship.c.report, s.kinship.c.other, s.kinship.c.reasons).where(ends)


def _slot_rows() -> Select[Any]:
    return select(*_SLOT).select_from(s.slot.outerjoin(s.spot, s.spot.c.id == s.slot.c.spot))


def _near(around: list[tuple[int, Slot]], *, placed: bool) -> Select[Any]:
    """Ask for the slots beside each of some slots, all of them with a site or none."""
    kinds = {"number": Integer, "site": Text, "thing": Text, "zone": Text, "since": Integer, "until": Integer}
    columns: list[ColumnClause[Any]] = [column(name, kind) for name, kind in {**kinds, "slack": Integer}.items()]
    rows = [(n, one.site or "", one.thing, one.zone, one.first, one.last, one.tolerance) for n, one in around]
    want = values(*columns, name="want").data(rows).cte("want")
    c = s.slot.c
    slack = case((c.tolerance > want.c.slack, c.tolerance), else_=want.c.slack)
    near = and_(c.first <= want.c.until + slack, c.last >= want.c.since - slack)
    undated = and_(c.first.is_(None), want.c.since.is_(None))
    same = and_(c.thing == want.c.thing, c.zone == want.c.zone, or_(near, undated))
    if placed:
        joined = want.join(s.spot, s.spot.c.site == want.c.site).join(s.slot, and_(c.spot == s.spot.c.id, same))
    else:
        joined = want.join(s.slot, and_(c.spot.is_(None), same)).outerjoin(s.spot, s.spot.c.id == c.spot)
    return select(want.c.number, *_SLOT).select_from(joined)


def _slot(row: Row[Any]) -> Slot:
    found = {name: getattr(row, name) for name in _SLOT_FIELDS}
    return Slot(**found, spot=None if row.identity is None else _spot(row))


def _slot_row(slot: Slot, reading: int, spot: int | None) -> dict[str, Any]:
    fields = {name: getattr(slot, name) for name in _SLOT_FIELDS if name != "site"}
    return {**fields, "reading": reading, "spot": spot}


def _spot(row: Any) -> Spot:
    return Spot(row.identity, row.name, row.lat, row.lon, row.facility)


def _spot_row(spot: Spot, site: str) -> dict[str, Any]:
    return {
        "key": str(spot),
        "identity": spot.identity,
        "name": spot.name,
        "lat": spot.lat,
        "lon": spot.lon,
        "facility": spot.facility,
        "site": site,
    }
