"""What follows from a monitor's facts, for readers: tables that are computed, and never read in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.exports.own.layout import Layout
from marsad.exports.own.writing import Tables, written_as
from marsad.records import Assessment, ControlState, Dispute, Link, Proposition, RouteState, SourceRecord
from marsad.serial import to_json
from marsad.weighing import route_states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

    from _typeshed import DataclassInstance

    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.sinks import Sink


def write_verdict_lines(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write the tables as JSON lines."""
    _write(written_as("jsonlines"), holdings, sink, account)


def write_verdict_parquet(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write the tables as Parquet."""
    _write(written_as("parquet"), holdings, sink, account)


def _write(how: ModuleType, holdings: Holdings, sink: Sink, account: Account) -> None:
    tables = Tables(how=how, holdings=holdings, sink=sink, account=account)
    for name, (record, yields) in _TABLES.items():
        rows = (to_json(one, brief=True) for one in yields(holdings))
        tables.write(Layout(name=name, record=record), rows)
    tables.close(lossless=False)


def _propositions(holdings: Holdings) -> Iterator[Proposition]:
    return (matter.proposition for matter in holdings.matters())


def _assessments(holdings: Holdings) -> Iterator[Assessment]:
    return (matter.assessment for matter in holdings.matters())


def _links(holdings: Holdings) -> Iterator[Link]:
    """Yield the links to the propositions that were asked for, and those between claims that were."""
    asked, there = holdings.asked(), {one.id for one in _propositions(holdings)}
    for link in sorted(holdings.picture().linked.links, key=lambda one: (one.claim, one.other, one.kind)):
        if link.other in there or asked is None or link.claim in asked:
            yield link


def _sources(holdings: Holdings) -> Iterable[SourceRecord]:
    """Return the records of sources, which are of all that was said: none where claims were chosen."""
    return holdings.picture().sources if holdings.asked() is None else ()


def _routes(holdings: Holdings) -> Iterator[RouteState]:
    now, asked = holdings.picture(), holdings.asked()
    states = route_states(now.claims, now.report_by_id, now.origins, now.theatre, as_of=now.as_of, sites=now.sites)
    return (one for one in states if asked is None or any(claim in asked for claim in one.claims))


_TABLES: Mapping[str, tuple[type[DataclassInstance], Callable[[Holdings], Iterable[DataclassInstance]]]] = {
    "propositions": (Proposition, _propositions),
    "assessments": (Assessment, _assessments),
    "links": (Link, _links),
    "disputes": (Dispute, lambda holdings: holdings.disputes()),
    "control": (ControlState, lambda holdings: holdings.control()),
    "routes": (RouteState, _routes),
    "sources": (SourceRecord, _sources),
}
