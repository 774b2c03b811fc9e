"""Claims of one event at one place and time by one party become one proposition, whoever affirms or denies it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.ids import identifier
from marsad.linking.counts import compatible
from marsad.linking.times import Window
from marsad.records import Counts
from marsad.vocabulary import load_bearings, load_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from marsad.linking.statements import Statement, Zone

_NO_COUNTS = Counts()


@dataclass(slots=True)
class Cluster:
    """A proposition while it grows; `statements` stand in order of publication.

    `founder` is the claim that founded it: the first, unless `name` knows another. `apart` are the claims that a person
    took out of it, so that they do not bear on it either.
    """

    statements: list[Statement]
    party: str | None
    target: str | None
    apart: frozenset[str] = frozenset()
    founder: str = field(init=False)
    id: str = field(init=False)
    counts: set[Counts] = field(init=False)

    def __post_init__(self) -> None:
        """Take the first claim for the founding one."""
        self._found(self.seed.claim.id)
        self.counts = {one.claim.counts for one in self.statements} - {_NO_COUNTS}

    def add(self, statement: Statement) -> None:
        """Take in a statement that is later than all before."""
        self.statements.append(statement)
        self.party = self.party or statement.party
        self.target = self.target or _target(statement)
        self.counts |= {statement.claim.counts} - {_NO_COUNTS}

    def name(self, founders: Mapping[str, int]) -> None:
        """Take the oldest among its claims that founded a proposition for the founding one."""
        known = [statement.claim.id for statement in self.statements if statement.claim.id in founders]
        self._found(min(known, key=lambda claim: founders[claim], default=self.founder))

    def _found(self, claim: str) -> None:
        """Let a claim be the founding one, and the proposition's id made of its."""
        self.founder, self.id = claim, founded_by(claim)

    @property
    def seed(self) -> Statement:
        """The earliest statement, by which the others are judged."""
        return self.statements[0]

    @property
    def when(self) -> Window | None:
        """The days that its statements span, by those that name the days where any does; None where none has a date."""
        windows = [one.when for one in self.statements if one.when]
        if not windows:
            return None
        windows = [one for one in windows if one.firm] or windows
        slack = max(one.tolerance for one in windows)
        return Window(min(one.start for one in windows), max(one.end for one in windows), slack)

    @property
    def lead(self) -> Statement:
        """The statement whose words describe it: the first that affirms and names its agent, else the first."""
        named = (one for one in self.statements if one.claim.agent is not None)
        return next((one for one in self.statements if one.affirms and one.claim.agent), next(named, self.seed))


def founded_by(claim: str) -> str:
    """Return the id of the proposition that a claim founds."""
    return identifier("p", claim)


def gathered(statements: Iterable[Statement]) -> Cluster:
    """Return one cluster of statements, in whatever order they come."""
    first, *rest = sorted(statements, key=lambda one: one.order)
    found = Cluster([first], first.party, _target(first))
    for statement in rest:
        found.add(statement)
    return found


def cluster(statements: Iterable[Statement]) -> list[Cluster]:
    """Gather statements, in whatever order they come, into clusters in order of their first publication."""
    blocks: dict[tuple[str | None, Zone, str], list[Cluster]] = defaultdict(list)
    found: list[Cluster] = []
    told: dict[tuple[object, ...], list[Cluster]] = defaultdict(list)
    for statement in sorted(statements, key=lambda one: one.order):
        block = blocks[statement.site, statement.zone, statement.thing]
        home = _repeated(statement, told) or _home(statement, block)
        if home is None:
            home = gathered([statement])
            block.append(home)
            found.append(home)
        else:
            home.add(statement)
        told[statement.twin].append(home)
    return found


def _repeated(statement: Statement, told: Mapping[tuple[object, ...], list[Cluster]]) -> Cluster | None:
    """Return the proposition of the claim that a copy repeats, so that a copy never founds another reading of it."""
    if statement.claim.report == statement.origin:
        return None
    return next((home for home in told.get(statement.twin, ()) if _in_time(statement, home.seed)), None)


def _home(statement: Statement, block: list[Cluster]) -> Cluster | None:
    """Return where a statement belongs, rather where the days are the same than where they are next to each other.

    One that names no agent joins only where just one party can be meant.
    """
    fitting = [one for one in block if _fits(statement, one)]
    fitting.sort(key=lambda one: not _shares_days(statement, one.seed))
    exact = [one for one in fitting if one.party == statement.party]
    if exact:
        return exact[0]
    if statement.party is None:
        return fitting[0] if len({one.party for one in fitting}) == 1 else None
    return next((one for one in fitting if one.party is None), None)


def _fits(statement: Statement, home: Cluster) -> bool:
    seed = home.seed
    if not _same_party(statement, home):
        return False
    return (
        _in_time(statement, seed)
        and _same_target(statement, home)
        and all(compatible(statement.claim.counts, counts) for counts in home.counts)
        and not any(_told_apart(statement, one) for one in home.statements)
    )


def _shares_days(one: Statement, other: Statement) -> bool:
    return one.when is None or other.when is None or one.when.overlaps(other.when)


def _told_apart(one: Statement, other: Statement) -> bool:
    """Tell whether one report tells of two days: it means two events, though others may be a day out.

    Who stands where lasts, and may be said of both days.
    """
    if one.claim.report != other.claim.report or one.when is None or other.when is None or one.thing in load_bearings():
        return False
    return one.when.firm and other.when.firm and not one.when.overlaps(other.when)


def _in_time(one: Statement, other: Statement) -> bool:
    if one.when is None or other.when is None:
        return one.when is other.when
    return one.when.same_time(other.when)


def _same_party(statement: Statement, home: Cluster) -> bool:
    """Tell whether the agents can be one; who names none must otherwise say the same of somebody or somewhere named."""
    if statement.party is not None and home.party is not None:
        return statement.party == home.party
    if statement.party == home.party:
        return True
    event = load_events().get(statement.claim.event)
    if event and "mutual" in event.traits:
        return False
    known = home.party or statement.party
    vague = statement.site is None and None in {statement.target, home.seed.target}
    return (
        not vague
        and statement.claim.event == home.lead.claim.event
        and known not in {statement.target, home.seed.target}
    )


def _target(statement: Statement) -> str | None:
    """Return whom it is done to, where that tells events apart: of territory, the place and the agent say it all."""
    event = load_events().get(statement.claim.event)
    return None if event and event.family in {"territory", "routes"} else statement.target


def _same_target(statement: Statement, home: Cluster) -> bool:
    target = _target(statement)
    counted = statement.claim.counts != _NO_COUNTS or home.counts
    return target == home.target or (not counted and None in {target, home.target})
