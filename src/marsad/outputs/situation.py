"""The situation report: what changed, what is disputed, who holds what by whose account, what nobody could check."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from marsad.linking import REAL, source_of
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.wording import headline
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from marsad.outputs.picture import Picture
    from marsad.records import (
        Assessment,
        Claim,
        ControlState,
        ControlStatus,
        Counts,
        Interval,
        Place,
        Polarity,
        Proposition,
        Voice,
    )
    from marsad.store import Skip

NO_SIDE = "no side"
_FIRST = datetime.min.replace(tzinfo=UTC)
_HEARD_OFTEN = 2  # propositions that a voice must have spoken on before its silence says anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One voice's latest word on a proposition; `claims` are all that it said on it, `reports` its reach."""

    voice: str
    side: str | None
    against_interest: bool
    claims: tuple[str, ...]
    reports: int
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A proposition with its verdict and the words of both camps, each in order of first speaking."""

    proposition: str
    headline: str
    place: Place | None
    interval: Interval
    grade: str
    settled_as: Polarity | None
    settled_on: datetime | None
    supporters: tuple[Word, ...]
    deniers: tuple[Word, ...]

    @property
    def last_word(self) -> datetime:
        """When a voice last spoke on it, the earliest instant there is where none has a date."""
        said = [word.quotation.said for word in (*self.supporters, *self.deniers)]
        return max((instant for instant in said if instant), default=_FIRST)

    @property
    def site(self) -> str:
        """What matters at one place share; empty without a place."""
        return _site(self.place) if self.place else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A holder's standing at a place that one account now gives otherwise; `was` is None where it gave none."""

    state: ControlState
    was: ControlStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A place with what each account says of it now, by the side of the account; `NO_SIDE` gathers the others."""

    place: Place
    accounts: Mapping[str, tuple[ControlState, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """The numbers that sources give for one matter, side by side; they are never added up or averaged."""

    proposition: str
    headline: str
    numbers: tuple[tuple[Quotation, Counts], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A voice that was heard before, and not in the period."""

    voice: str
    side: str | None
    last_heard: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationReport:
    """Everything that a reader of the last hours needs, each line with its ids.

    It covers statements published after `since` and until `as_of`, both None where nothing has a date. `sides` are the
    columns of `towns`. `reports` and `claims` count all that was known, `new_reports` those of the period.
    """

    theatre: str | None
    zone: ZoneInfo
    as_of: datetime | None
    since: datetime | None
    reports: int
    new_reports: int
    claims: int
    sides: tuple[str, ...]
    changes: tuple[Change, ...]
    open_disputes: tuple[Matter, ...]
    settled: tuple[Matter, ...]
    towns: tuple[Town, ...]
    single: tuple[Matter, ...]
    tolls: tuple[Toll, ...]
    silent: tuple[Silence, ...]
    failed: tuple[Skip, ...]


def situation(now: Picture, before: Picture, zone: ZoneInfo, period: timedelta) -> SituationReport:
    """Return the situation report on `now`; `before` is the picture at the beginning of the period, to tell changes."""
    as_of = now.last_word
    since = as_of - period if as_of else None
    sides = _sides(now)

    def fresh(matter: Matter) -> bool:
        return since is not None and matter.last_word > since

    open_ids = {dispute.proposition for dispute in now.disputes if dispute.open}
    return SituationReport(
        theatre=now.theatre.name if now.theatre else None,
        zone=zone,
        as_of=as_of,
        since=since,
        reports=len(now.reports),
        new_reports=sum(bool(since and r.published and r.published > since) for r in now.reports),
        claims=len(now.claims),
        sides=sides,
        changes=tuple(_changes(now, before)),
        open_disputes=_by_place(_matters(now, lambda one: one.proposition in open_ids)),
        settled=_by_place(m for m in _matters(now, _is_settled) if since and _ended(m) > since),
        towns=tuple(_towns(now, sides)),
        single=_latest_first(m for m in _matters(now, lambda one: one.grade == "single") if fresh(m)),
        tolls=tuple(_tolls(now, since)),
        silent=tuple(_silent(now, since)),
        failed=now.skips,
    )


def matter(proposition: Proposition, verdict: Assessment, picture: Picture) -> Matter:
    """Return a proposition of the picture with its verdict and both camps' words."""
    return Matter(
        proposition=proposition.id,
        headline=headline(proposition),
        place=proposition.place,
        interval=proposition.interval,
        grade=verdict.grade,
        settled_as=verdict.settled_as,
        settled_on=verdict.settled_on,
        supporters=tuple(_word(voice, picture) for voice in verdict.voices_for),
        deniers=tuple(_word(voice, picture) for voice in verdict.voices_against),
    )


def _matters(picture: Picture, wanted: Callable[[Assessment], bool]) -> Iterator[Matter]:
    for proposition in picture.linked.propositions:
        verdict = picture.assessments.get(proposition.id)
        if verdict and wanted(verdict):
            yield matter(proposition, verdict, picture)


def _by_place(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Order matters by place, the place last spoken of first, and by their last word within it."""
    ordered = _latest_first(matters)
    rank = {place: number for number, place in enumerate(dict.fromkeys(one.site for one in ordered))}
    return tuple(sorted(ordered, key=lambda one: rank[one.site]))


def _latest_first(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    return tuple(sorted(matters, key=lambda one: (-one.last_word.timestamp(), one.proposition)))


def _is_settled(verdict: Assessment) -> bool:
    return verdict.settled_as is not None or verdict.grade == "admitted"


def _ended(one: Matter) -> datetime:
    """Return when a matter was settled or admitted: an admission dates from the word against its speaker's interest."""
    if one.settled_on:
        return one.settled_on
    costly = [word.quotation.said for word in one.supporters if word.against_interest and word.quotation.said]
    return max(costly, default=one.last_word)


def _word(voice: Voice, picture: Picture) -> Word:
    """Quote a voice's latest claim, from the report that first carried it rather than from a copy."""
    claims = [picture.claim_by_id[claim] for claim in voice.claims]
    originals = [claim for claim in claims if source_of(claim, picture.origins) == claim.report] or claims

    def said(claim: Claim) -> datetime:
        return picture.report_by_id[claim.report].published or _FIRST

    return Word(
        voice=voice.name,
        side=voice.side,
        against_interest=voice.against_interest,
        claims=voice.claims,
        reports=voice.reports,
        quotation=quote(max(originals, key=said), picture),
    )


def _current(picture: Picture) -> dict[tuple[str, str, str], ControlState]:
    """Return the running spell of each place, account and holder."""
    return {
        (_site(state.place), state.according_to, state.holder): state for state in picture.control if state.end is None
    }


def _site(place: Place) -> str:
    return place.gazetteer_id or fold(place.name)


def _changes(now: Picture, before: Picture) -> Iterator[Change]:
    earlier = {key: state.status for key, state in _current(before).items()}
    for key, state in sorted(_current(now).items(), key=lambda item: (item[1].place.name, item[0])):
        if earlier.get(key) is not state.status:
            yield Change(state=state, was=earlier.get(key))


def _sides(picture: Picture) -> tuple[str, ...]:
    """Return the sides of the accounts on record in the order of the theatre, then `NO_SIDE` where some have none."""
    known = {state.side for state in picture.control}
    order: Sequence[str] = tuple(picture.theatre.sides) if picture.theatre else ()
    return (*(side for side in order if side in known), *([NO_SIDE] if None in known else []))


def _towns(picture: Picture, sides: tuple[str, ...]) -> Iterator[Town]:
    rows: dict[str, list[ControlState]] = defaultdict(list)
    for state in _current(picture).values():
        rows[_site(state.place)].append(state)
    for states in sorted(rows.values(), key=lambda states: (states[0].place.name, _site(states[0].place))):
        states.sort(key=lambda state: (state.last_heard or _FIRST, state.according_to, state.holder), reverse=True)
        yield Town(
            place=states[0].place,
            accounts={side: tuple(s for s in states if (s.side or NO_SIDE) == side) for side in sides},
        )


def _tolls(picture: Picture, since: datetime | None) -> Iterator[Toll]:
    for proposition in picture.linked.propositions:
        numbers = []
        for member in proposition.members:
            claim = picture.claim_by_id[member.claim]
            if not (claim.counts.killed or claim.counts.wounded) or claim.certainty not in REAL:
                continue
            said = picture.report_by_id[claim.report].published
            is_copy = source_of(claim, picture.origins) != claim.report
            if since and said and said > since and not is_copy:
                numbers.append((quote(claim, picture), claim.counts))
        if numbers:
            yield Toll(proposition=proposition.id, headline=headline(proposition), numbers=tuple(numbers))


def _silent(picture: Picture, since: datetime | None) -> Iterator[Silence]:
    heard: dict[str, datetime] = {}
    for verdict in picture.assessments.values():
        for voice in (*verdict.voices_for, *verdict.voices_against):
            if voice.last:
                heard[voice.name] = max(voice.last, heard.get(voice.name, _FIRST))
    spoke: Counter[tuple[str, str | None]] = Counter()
    for record in picture.sources:
        spoke[record.voice, record.side] += record.claims
    for (name, side), claims in spoke.items():
        last = heard.get(name)
        if since and last and last <= since and claims >= _HEARD_OFTEN:
            yield Silence(voice=name, side=side, last_heard=last)
