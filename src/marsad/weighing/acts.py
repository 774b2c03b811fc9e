"""What else is told of a place and time: force that a party used there, and others who are blamed for the same act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.linking import Sites, Window, compatible, side_of, window
from marsad.theatre import fold
from marsad.vocabulary import load_events
from marsad.weighing.voices import speaks_for, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.records import Counts, Proposition
    from marsad.theatre import Theatre
    from marsad.weighing.voices import Case

_KNOWN_BY = 2  # voices that make a party's use of force known where it does not declare it itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody says that a party did at a place; `declared` where that party says so too.

    `known` where it is declared or told by two voices, and nobody denies it. `force` where only forces commit such
    acts, and not in leaving. `party` tells agents apart; `placed` where one knows which party that is.
    """

    proposition: str
    event: str
    agent: str
    placed: bool
    violence: bool
    force: bool
    party: str
    target: str | None
    when: Window
    counts: tuple[Counts, ...]
    declared: bool
    known: bool


class Acts:
    """The acts of named parties by place; nothing is looked through until a rule asks."""

    def __init__(self, propositions: Sequence[Proposition], case: Case) -> None:
        """Take the propositions of a case."""
        self._propositions = propositions
        self._case = case

    def nearby(self, proposition: Proposition) -> tuple[Act, ...]:
        """Return what other propositions make known of a party's use of force at the place about then."""
        site, when = self._where(proposition)
        return tuple(
            act
            for act in self._by_site.get(site, ())
            if act.known and act.force and act.proposition != proposition.id and when and act.when.overlaps(when)
        )

    def rivals(self, proposition: Proposition) -> tuple[Act, ...]:
        """Return the same act of violence, on the same people there and then, as told of other parties.

        Where both parties declare it there were two acts.
        """
        here = self._by_site.get(self._where(proposition)[0], ())
        own = next((act for act in here if act.proposition == proposition.id), None)
        return tuple(act for act in here if own and _rival(own, act))

    @cached_property
    def _sites(self) -> Sites:
        return self._case.sites or Sites((*(claim.place for claim in self._case.claims.values()), *self._case.places))

    @cached_property
    def _by_site(self) -> Mapping[str | None, Sequence[Act]]:
        found: dict[str | None, list[Act]] = defaultdict(list)
        for proposition in self._propositions:
            site, when = self._where(proposition)
            if site is not None and when is not None and (act := _act(proposition, when, self._case)):
                found[site].append(act)
        return found

    def _where(self, proposition: Proposition) -> tuple[str | None, Window | None]:
        """Return a proposition's site, and the days that its own claims span."""
        claims = [self._case.claims[m.claim] for m in proposition.members if not m.reasons]
        windows = [days for claim in claims if (days := window(claim, self._case.source(claim)))]
        if proposition.place is None or not windows:
            return None, None
        slack = max(one.tolerance for one in windows)
        return self._sites.site(proposition.place), Window(
            min(one.start for one in windows), max(one.end for one in windows), slack
        )


def _act(proposition: Proposition, when: Window, case: Case) -> Act | None:
    event, agent = load_events().get(proposition.event), proposition.agent
    affirm, deny = weigh(proposition, case)
    if event is None or agent is None or not affirm:
        return None
    declared = any(speaks_for(voice, agent, case.theatre) for voice in affirm)
    return Act(
        proposition=proposition.id,
        event=event.name,
        agent=agent,
        placed=case.theatre is None or side_of(agent, case.theatre) is not None,
        violence=event.family == "violence",
        force="armed" in event.traits and "elsewhere" not in event.traits and event.control != "leaves",
        party=_party(agent, case.theatre),
        target=_party(proposition.target, case.theatre) if proposition.target else None,
        when=when,
        counts=tuple(case.claims[claim].counts for voice in affirm for claim in voice.claims),
        declared=declared,
        known=not deny and (declared or len(affirm) >= _KNOWN_BY),
    )


def _rival(own: Act, other: Act) -> bool:
    return (
        own.violence
        and own.event == other.event
        and own.party != other.party
        and own.placed
        and other.placed
        and own.target is not None
        and own.target == other.target
        and own.when.overlaps(other.when)
        and not (own.declared and other.declared)
        and any(compatible(one, another) for one in own.counts for another in other.counts)
    )


def _party(name: str, theatre: Theatre | None) -> str:
    return side_of(name, theatre) or fold(name)
