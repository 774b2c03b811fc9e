"""What nobody tells: places and voices without word, silence on disputes, one-sided places, days without reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from marsad.linking import side_of
from marsad.outputs.matters import FIRST
from marsad.outputs.notice import load_notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime, tzinfo

    from marsad.outputs.matters import Matter
    from marsad.outputs.picture import Picture
    from marsad.outputs.towns import Town
    from marsad.records import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A place of which nobody has spoken lately: when somebody last did, how many whole days ago, and who."""

    place: Place
    last_heard: datetime
    days: int
    accounts: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A side that has not spoken on a matter that is disputed about it."""

    side: str
    proposition: str
    headline: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """A place of which one warring side alone tells who stands there."""

    place: Place
    side: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A voice that was heard before, and not in the period; `claims` are those of its last word."""

    voice: str
    side: str | None
    last_heard: datetime
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days in a row, both inclusive, on which nothing was published."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """Inputs that were skipped or reports that were not read, for one reason."""

    reason: str
    inputs: tuple[str, ...]


def quiet(found: Iterable[Town], now: datetime | None) -> Iterator[Quiet]:
    """Yield the places without word for as long as `situation.toml` says, the longest first."""
    silent = [
        Quiet(
            place=town.place,
            last_heard=town.last_heard,
            days=(now - town.last_heard).days,
            accounts=tuple(one.name for one in town.accounts if one.last_heard == town.last_heard),
            claims=tuple(
                state.claims[-1]
                for one in town.accounts
                for state in one.standings
                if state.last_heard == town.last_heard
            ),
        )
        for town in found
        if now and town.last_heard != FIRST and (now - town.last_heard).days >= load_notice().town_days[0]
    ]
    yield from sorted(silent, key=lambda one: (one.last_heard, one.place.name))


def unanswered(disputes: Iterable[Matter], picture: Picture) -> Iterator[Unanswered]:
    """Yield each side that a disputed matter is about and that has no word on it, in the order of the disputes."""
    for matter in disputes:
        proposition = picture.proposition_by_id[matter.proposition]
        spoken = {word.side for word in (*matter.supporters, *matter.deniers)}
        about = (side_of(name, picture.theatre) for name in (proposition.agent, proposition.target))
        for side in dict.fromkeys(about):
            if side is not None and side not in spoken:
                yield Unanswered(
                    side=side, proposition=matter.proposition, headline=matter.headline, claims=matter.claims
                )


def one_sided(found: Iterable[Town]) -> Iterator[OneSided]:
    """Yield the places that only accounts of one warring side speak of."""
    for town in found:
        told = {account.side for account in town.accounts}
        if len(told) == 1 and (side := told.pop()) is not None:
            yield OneSided(place=town.place, side=side, claims=town.claims)


def silences(picture: Picture, since: datetime | None) -> Iterator[Silence]:
    """Yield the voices that spoke more than once and not after `since`, in the order of the sources."""
    heard: dict[str, tuple[datetime, tuple[str, ...]]] = {}
    for verdict in picture.assessments.values():
        for voice in (*verdict.voices_for, *verdict.voices_against):
            if voice.last and voice.last > heard.get(voice.name, (FIRST,))[0]:
                heard[voice.name] = (voice.last, voice.claims[-1:])
    spoke: Counter[tuple[str, str | None]] = Counter()
    for record in picture.sources:
        spoke[record.voice, record.side] += record.claims
    for (name, side), words in spoke.items():
        last, claims = heard.get(name, (FIRST, ()))
        if since and claims and last <= since and words >= load_notice().voice_words:
            yield Silence(voice=name, side=side, last_heard=last, claims=claims)


def pauses(picture: Picture, zone: tzinfo) -> Iterator[Pause]:
    """Yield the days without any report from the first publication on; the last day counts only when it is over."""
    published = {report.said.astimezone(zone).date() for report in picture.reports if report.said}
    last = picture.last_word
    if not published or last is None:
        return
    days = sorted({*published, (last.astimezone(zone) + timedelta.resolution).date()})
    for one, other in pairwise(days):
        if other - one > timedelta(days=1):
            yield Pause(start=one + timedelta(days=1), end=other - timedelta(days=1))


def unused(picture: Picture) -> tuple[Unused, ...]:
    """Return what was skipped or not read, by reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for skip in picture.skips:
        reasons[skip.reason].append(skip.origin)
    return tuple(Unused(reason=reason, inputs=tuple(inputs)) for reason, inputs in reasons.items())
