"""Who holds each place by each account: a timeline for every voice, nothing averaged and nothing guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.linking import REAL, Sites, Zone, side_of, speaker_of, window, zone_of
from marsad.records import ControlState, ControlStatus, Extent, Polarity, Stance
from marsad.theatre import fold
from marsad.vocabulary import load_bearings, load_rules
from marsad.weighing.observations import is_town
from marsad.weighing.voices import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from marsad.linking import Speaker
    from marsad.records import Claim, Origin, Place, Report
    from marsad.theatre import Theatre

_HISTORY = timedelta(days=30)
_STANDING = frozenset({ControlStatus.HELD, ControlStatus.CLAIMED, ControlStatus.CONTESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One claim as a word on who stands where."""

    claim: Claim
    place: Place
    holder: str
    speaker: Speaker
    said: datetime
    starts: date | None
    when: date
    status: ControlStatus
    whole: bool


@dataclass(slots=True)
class _Spell:
    """A stretch of one account's timeline during which a holder's status stays the same."""

    status: ControlStatus
    words: list[_Word]
    end: date | None = None


def control(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    as_of: datetime | None = None,
    sites: Sites | None = None,
) -> tuple[ControlState, ...]:
    """Return, for each place and account, the spells of each holder's standing, in order of place, account and time.

    An account is a side where the theatre tells it, else a single source. Only what was published by `as_of` counts.
    Where these are some claims of many, `sites` are those of all.
    """
    case = Case(
        claims={claim.id: claim for claim in claims},
        reports=reports,
        origins=origins,
        theatre=theatre,
        rules=load_rules(),
        as_of=as_of,
    )
    sites = sites or Sites(claim.place for claim in claims)
    towns: dict[str, list[_Word]] = defaultdict(list)
    for word in _words(case):
        towns[sites.site(word.place) or ""].append(word)
    states: list[ControlState] = []
    for site in sorted(towns):
        place = best_named([word.place for word in towns[site]])
        accounts: dict[str, list[_Word]] = defaultdict(list)
        for word in sorted(towns[site], key=lambda word: (word.when, word.said, word.claim.id)):
            accounts[word.speaker.voice].append(word)
        for voice in sorted(accounts):
            states.extend(_timeline(accounts[voice], place, theatre))
    return tuple(states)


def best_named(places: Sequence[Place]) -> Place:
    """Return one place of a site for all its accounts: the spelling that the gazetteer knows, else the commonest."""
    seen = Counter(places)
    return min(seen, key=lambda place: (place.gazetteer_id is None, place.lat is None, -seen[place], str(place)))


def _words(case: Case) -> Iterator[_Word]:
    """Yield what bears on control: real, not long past, about a town itself and not its surroundings or a road."""
    for claim in case.claims.values():
        when = window(claim, case.source(claim))
        said = case.said(claim)
        if claim.certainty not in REAL or claim.stance is Stance.DOUBTS or not case.heard(claim):
            continue
        place = _town(claim)
        if claim.agent is None or place is None or when is None or said is None:
            continue
        speaker = speaker_of(claim, case.reports, case.origins, case.theatre)
        status = _status(claim, speaker, case.theatre)
        if status is None or said.date() - when.end > _HISTORY:
            continue
        actor = case.theatre.actor(claim.agent) if case.theatre else None
        yield _Word(
            claim=claim,
            place=place,
            holder=actor.name if actor else claim.agent,
            speaker=speaker,
            said=said,
            starts=claim.interval.start,
            when=claim.interval.start or when.end,
            status=status,
            whole=claim.extent is not Extent.PART,
        )


def _town(claim: Claim) -> Place | None:
    """Return the town that a claim is about; None where it is about ground near it, a road, or a whole province."""
    place = claim.place
    if place is None or zone_of(claim) is not Zone.WITHIN:
        return None
    return place if is_town(place) else None


def _status(claim: Claim, speaker: Speaker, theatre: Theatre | None) -> ControlStatus | None:
    """Return the standing that a claim gives its agent; None where it says nothing of control."""
    bearing = load_bearings().get(claim.event)
    if bearing is None:
        return None
    denied = claim.polarity is Polarity.DENIED or claim.stance is Stance.DENIES
    standing = bearing.denied if denied else bearing.affirmed
    own = _own(claim.agent, speaker, theatre)
    rival = theatre is not None and theatre.opposed(side_of(claim.agent, theatre), speaker.side)
    if standing == "holds":
        if claim.extent is Extent.PART:
            return ControlStatus.CONTESTED
        return ControlStatus.CLAIMED if own else ControlStatus.HELD
    if standing == "inside":
        return ControlStatus.CONTESTED
    if standing in {"absent", "lacks"}:
        return ControlStatus.DENIED if denied and (rival or standing == "absent") else ControlStatus.LOST
    return None


def _own(agent: str | None, speaker: Speaker, theatre: Theatre | None) -> bool:
    """Tell whether a speaker talks of itself or its own side."""
    if agent is None:
        return False
    side = side_of(agent, theatre)
    return side == speaker.side if side else fold(agent) == fold(speaker.name)


def _timeline(words: list[_Word], place: Place, theatre: Theatre | None) -> list[ControlState]:
    """Turn one account's words on one place, in order of time, into spells of each holder."""
    spells: dict[str, list[_Spell]] = defaultdict(list)
    for word in words:
        _add(spells[word.holder], word, word.status)
        if word.status in {ControlStatus.HELD, ControlStatus.CLAIMED} and word.whole:
            for other in sorted(spells):
                if _excluded(other, word, theatre) and spells[other][-1].status in _STANDING:
                    _add(spells[other], word, ControlStatus.LOST)
    found = [_state(holder, spell, place) for holder, line in spells.items() for spell in line]
    return sorted(found, key=lambda state: (_first_day(state), state.holder))


def _first_day(state: ControlState) -> tuple[bool, str]:
    return state.start is not None, str(state.start or state.last_heard)


def _excluded(other: str, word: _Word, theatre: Theatre | None) -> bool:
    """Tell whether one force's hold ends that of another: enemies do, allies and unknown relations do not."""
    if word.claim.target is not None and fold(other) == fold(word.claim.target):
        return True
    return theatre is not None and theatre.opposed(side_of(other, theatre), side_of(word.holder, theatre))


def _add(line: list[_Spell], word: _Word, status: ControlStatus) -> None:
    """Prolong the running spell, or end it and begin another; a denial after a hold means that it was lost."""
    if status is ControlStatus.DENIED and line and line[-1].status in _STANDING:
        status = ControlStatus.LOST
    if line and line[-1].status is status:
        line[-1].words.append(word)
        return
    if line:
        line[-1].end = word.when
    line.append(_Spell(status, [word]))


def _state(holder: str, spell: _Spell, place: Place) -> ControlState:
    first = spell.words[0]
    return ControlState(
        place=place,
        holder=holder,
        according_to=first.speaker.label,
        side=first.speaker.side,
        status=spell.status,
        start=first.starts,
        end=spell.end,
        last_heard=max(word.said for word in spell.words),
        claims=tuple(word.claim.id for word in spell.words),
    )
