"""Who probably holds each place on a day: one probability for each possible holder, from everybody's words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.linking import Parties, Sites
from marsad.records import Nowcast
from marsad.theatre import fold
from marsad.vocabulary import load_demonyms, load_nowcast, load_rules
from marsad.weighing.control import best_named
from marsad.weighing.filter import Chain
from marsad.weighing.observations import observations
from marsad.weighing.voices import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from marsad.records import Claim, Origin, Place, Report
    from marsad.theatre import Side, Theatre
    from marsad.vocabulary import NowcastModel, SpeakerCounts
    from marsad.weighing.observations import Observation

_NAMING = frozenset({"holds", "inside"})
_SIDE = "side "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What is the same for every place of a nowcast."""

    theatre: Theatre | None
    as_of: datetime | None
    model: NowcastModel
    counts: Mapping[str, SpeakerCounts]


def nowcast(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    days: Iterable[date],
    as_of: datetime | None = None,
    model: NowcastModel | None = None,
    counts: Mapping[str, SpeakerCounts] | None = None,
) -> tuple[Nowcast, ...]:
    """Return who probably holds each place that a claim speaks of, on each of `days`, in order of place and day.

    Only what was published by `as_of` counts, and of that only what speaks of the day or of days before. `counts` are
    those of `reliabilities`, None for the model's own; `model` None is the shipped one. A place has no nowcast for a
    day by which nothing is said of it.
    """
    model = model or load_nowcast()
    case = Case(
        claims={claim.id: claim for claim in claims},
        reports=reports,
        origins=origins,
        theatre=theatre,
        rules=load_rules(),
        as_of=as_of,
    )
    setting = _Setting(theatre=theatre, as_of=as_of, model=model, counts=counts or model.reliability)
    told = list(observations(case, Parties(theatre, claims)))
    sites = Sites(one.place for one in told)
    towns: dict[str, list[Observation]] = defaultdict(list)
    for one in told:
        towns[sites.site(one.place) or ""].append(one)
    wanted = sorted(set(days))
    return tuple(one for site in sorted(towns) for one in _of_town(towns[site], wanted, setting))


def prior(place: Place, day: date, theatre: Theatre | None, *, model: NowcastModel | None = None) -> Nowcast:
    """Return what is believed of a place of which nothing is said; `model` None is the shipped one."""
    model = model or load_nowcast()
    chain = Chain([], _party(_home(place, theatre)), model, model.reliability)
    return Nowcast(
        place=place,
        on=day,
        as_of=None,
        holders=_ranked(_names(chain, [], theatre), chain.prior().tolist()),
        last_heard=None,
        claims=(),
    )


def _of_town(told: Sequence[Observation], days: Sequence[date], setting: _Setting) -> Iterator[Nowcast]:
    place = best_named([one.place for one in told])
    home = _party(_home(place, setting.theatre))
    chain = Chain([one.party for one in told if one.party], home, setting.model, setting.counts)
    names = _names(chain, told, setting.theatre)
    ordered = sorted(told, key=lambda one: (one.when, one.said, one.claim.id))
    for day, belief in zip(days, chain.beliefs(told, days), strict=True):
        heard = [one for one in ordered if one.when <= day]
        if heard:
            yield Nowcast(
                place=place,
                on=day,
                as_of=setting.as_of,
                holders=_ranked(names, belief.tolist()),
                last_heard=max(one.said for one in heard),
                claims=tuple(dict.fromkeys(one.claim.id for one in heard)),
            )


def _ranked(names: Sequence[str], belief: Sequence[float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(zip(names, belief, strict=True), key=lambda row: (-row[1], row[0])))


def _names(chain: Chain, told: Sequence[Observation], theatre: Theatre | None) -> list[str]:
    """Return what the states are called: a side by that actor of it of whom holding the place was last told."""
    last: dict[str, str] = {}
    for one in sorted(told, key=lambda one: (one.standing in _NAMING, one.said)):
        if one.party and one.name:
            last[one.party] = _canonical(one.name, theatre)
    return [_name(state, last, theatre) for state in chain.states]


def _name(state: str, last: Mapping[str, str], theatre: Theatre | None) -> str:
    side = theatre.sides.get(state.removeprefix(_SIDE)) if theatre and state.startswith(_SIDE) else None
    name = last.get(state)
    if side and side.forces and name in {None, side.government}:
        return side.forces
    return name or state


def _canonical(name: str, theatre: Theatre | None) -> str:
    actor = theatre.actor(name) if theatre else None
    return actor.name if actor else name


def _party(side: Side | None) -> str | None:
    return f"{_SIDE}{side.name}" if side else None


def _home(place: Place, theatre: Theatre | None) -> Side | None:
    """Return the side whose government is that of the place's country, None where the theatre does not tell."""
    if theatre is None or place.country is None:
        return None
    country = load_demonyms().country(place.country)
    states = [side for side in theatre.sides.values() if side.government and side.forces]
    if country is None:
        return states[0] if len(states) == 1 and place.country in theatre.countries[:1] else None
    names = [f" {fold(name)} " for name in country.names]
    own = [side for side in states if any(name in f" {fold(side.government or '')} " for name in names)]
    # An administration of a part of the country has more to its name than its government.
    return min(own, key=lambda side: (len(fold(side.government or "").split()), side.name), default=None)
