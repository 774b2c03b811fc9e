"""What stands on a map: spells of control by each account, events by proposition, and words on roads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad.ids import identifier
from marsad.outputs import control_headline, headline, quote
from marsad.records import Count, Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings, Matter
    from marsad.outputs import Picture
    from marsad.records import ControlState, Place, Stance
    from marsad.roads import RoadWord

    Point = tuple[float, float]

PLACES = 6
"""Decimals of a degree that are given: a tenth of a metre, more than any name of a place tells."""

COUNTED = ("killed", "wounded", "detained", "displaced")
NO_POINT = "no point is known of its place"
NO_PLACE = "no place is named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The exact words of one claim of a mark; `stance` is empty where the mark is what its account says."""

    claim: str
    report: str
    claimant: str
    publisher: str | None
    stance: str
    certainty: str
    said: datetime | None
    url: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing on a map. `kind` is "control", "event" or "road"; what it does not have is None or empty.

    `point` is (longitude, latitude) in decimal degrees of WGS 84, `lines` the roads that a word on roads is about and
    `attribution` whose file has them.
    `status` is a standing of control, the grade of a proposition, or what a road is said to be. `start` and `end` are
    days, both inclusive. `accounts` say it, `against` deny it; `counts` span what those say who do not deny it.
    """

    id: str
    kind: str
    headline: str
    place: Place
    status: str
    start: date | None
    end: date | None
    last_heard: datetime | None
    claims: tuple[str, ...]
    words: tuple[Quoted, ...]
    accounts: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    side: str | None = None
    event: str | None = None
    agent: str | None = None
    target: str | None = None
    graded_by: str | None = None
    counts: Counts = field(default_factory=Counts)
    lines: tuple[tuple[Point, ...], ...] = ()
    attribution: str = ""

    @property
    def point(self) -> Point:
        """The point of the place."""
        lat, lon = self.place.lat or 0.0, self.place.lon or 0.0
        return round(lon, PLACES), round(lat, PLACES)

    @property
    def first(self) -> date | None:
        """The first day that is known of it: where it has none, that of the last word on it."""
        return self.start or (self.last_heard.date() if self.last_heard else None)


def marks(holdings: Holdings, account: Account) -> Iterator[Mark]:
    """Yield all marks, control first, then events, then roads; what has no point is counted as left out."""
    yield from control_marks(holdings, account)
    yield from event_marks(holdings, account)
    yield from road_marks(holdings, account)


def control_marks(holdings: Holdings, account: Account) -> Iterator[Mark]:
    """Yield a mark for each spell of control by each account, in the order of the picture."""
    now = holdings.picture()
    for state in holdings.control():
        mark = _spell(state, now)
        if _located(mark.id, state.place, account):
            yield mark


def event_marks(holdings: Holdings, account: Account) -> Iterator[Mark]:
    """Yield a mark for each proposition, by id."""
    now = holdings.picture()
    for matter in holdings.matters():
        if _located(matter.proposition.id, place := matter.proposition.place, account) and place is not None:
            yield _event(matter, place, now)


def road_marks(holdings: Holdings, account: Account) -> Iterator[Mark]:
    """Yield a mark for each thing that an account says of roads: the roads where they are known, else the place."""
    now, asked = holdings.picture(), holdings.asked()
    for word in holdings.roads():
        if asked is None or any(claim in asked for claim in word.state.claims):
            mark = _road(word, now)
            if mark.lines or _located(mark.id, mark.place, account):
                yield mark


def mark_row(mark: Mark) -> dict[str, Any]:
    """Return what a mark says besides its geometry, by name and in order; what is not known is None."""
    place = mark.place
    row: dict[str, Any] = {
        "kind": mark.kind,
        "headline": mark.headline,
        "place": place.name,
        "place_canonical": place.canonical,
        "gazetteer_id": place.gazetteer_id,
        "country": place.country,
        "radius_km": place.radius_km,
        "event": mark.event,
        "agent": mark.agent,
        "target": mark.target,
        "claimants": mark.accounts,
        "claimants_against": mark.against,
        "side": mark.side,
        "status": mark.status,
        "graded_by": mark.graded_by,
        "start": mark.start,
        "end": mark.end,
        "last_heard": mark.last_heard,
    }
    for name in COUNTED:
        count = getattr(mark.counts, name)
        row |= {f"{name}_min": count.low if count else None, f"{name}_max": count.high if count else None}
    return {**row, "claims": mark.claims, "words": mark.words, "attribution": mark.attribution or None}


def _located(name: str, place: Place | None, account: Account) -> bool:
    if place is None:
        account.left_out(name, NO_PLACE)
        return False
    if place.lat is None or place.lon is None:
        account.left_out(name, NO_POINT)
        return False
    return True


def _spell(state: ControlState, now: Picture) -> Mark:
    last = None if state.end is None else max(state.end - timedelta(days=1), state.start or date.min)
    return Mark(
        id=identifier("s", *_where(state.place), state.according_to, state.holder, state.status, *state.claims[:1]),
        kind="control",
        headline=control_headline(state),
        place=state.place,
        status=state.status.value,
        start=state.start,
        end=last,
        last_heard=state.last_heard,
        claims=state.claims,
        words=tuple(_quoted(state.claims, now)),
        accounts=(state.according_to,),
        side=state.side,
        agent=state.holder,
    )


def _event(matter: Matter, place: Place, now: Picture) -> Mark:
    one, verdict = matter.proposition, matter.assessment
    stances = {word.claim.id: word.stance for word in matter.words}
    return Mark(
        id=one.id,
        kind="event",
        headline=headline(one),
        place=place,
        status=verdict.stands,
        start=one.interval.start,
        end=one.interval.end,
        last_heard=max((word.report.said for word in matter.words if word.report.said), default=None),
        claims=tuple(stances),
        words=tuple(_quoted(stances, now, stances)),
        accounts=tuple(voice.name for voice in verdict.voices_for),
        against=tuple(voice.name for voice in verdict.voices_against),
        event=one.event,
        agent=one.agent,
        target=one.target,
        graded_by=verdict.by_hand.user if verdict.by_hand else None,
        counts=_counts(matter),
    )


def _road(word: RoadWord, now: Picture) -> Mark:
    state = word.state
    last = None if state.end is None else max(state.end - timedelta(days=1), state.start or date.min)
    return Mark(
        id=identifier("r", *_where(state.place), state.according_to, state.status, *state.claims[:1]),
        kind="road",
        headline=f"Roads at {state.place.name}: {state.why}, says {state.according_to}",
        place=state.place,
        status=state.status.value,
        start=state.start,
        end=last,
        last_heard=state.last_heard,
        claims=state.claims,
        words=tuple(_quoted(state.claims, now)),
        accounts=(state.according_to,),
        side=state.side,
        agent=state.agent,
        lines=tuple(tuple((round(lon, PLACES), round(lat, PLACES)) for lon, lat in line) for line in word.lines),
        attribution=word.attribution,
    )


def _where(place: Place) -> tuple[str, str]:
    return place.gazetteer_id or "", place.canonical or place.name


def _quoted(claims: Iterable[str], now: Picture, stances: Mapping[str, Stance] | None = None) -> Iterator[Quoted]:
    for name in claims:
        claim = now.claim_by_id[name]
        said = quote(claim, now)
        yield Quoted(
            claim=name,
            report=said.report,
            claimant=said.source,
            publisher=said.publisher,
            stance=stances[name].value if stances else "",
            certainty=claim.certainty.value,
            said=said.said,
            url=now.report_by_id[claim.report].url,
            words=said.words,
        )


def _counts(matter: Matter) -> Counts:
    """Return the ranges that the words span which do not deny it, by what befell the people."""
    told = [word.claim.counts for word in matter.words if not word.denies]
    return Counts(
        killed=span(one.killed for one in told),
        wounded=span(one.wounded for one in told),
        detained=span(one.detained for one in told),
        displaced=span(one.displaced for one in told),
    )


def span(counts: Iterable[Count | None]) -> Count | None:
    """Return the least and the most that several counts allow, open where one of them is; None where there is none."""
    told = [one for one in counts if one is not None]
    if not told:
        return None
    lows, highs = [one.low for one in told], [one.high for one in told]
    least = None if None in lows else min(low for low in lows if low is not None)
    most = None if None in highs else max(high for high in highs if high is not None)
    return Count(least, most)
