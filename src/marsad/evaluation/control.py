"""Score nowcasts of control against who held each place in fact, as later settled on record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from marsad.evaluation.gold import load_gold
from marsad.evaluation.skill import Forecast, calibration, calibration_error, skill
from marsad.gazetteer import kilometres
from marsad.linking import Parties, Sites, link, trace_origins
from marsad.records import ControlStatus, Place
from marsad.theatre import fold
from marsad.vocabulary import load_nowcast, load_rules
from marsad.weighing import control, grade, nowcast, prior, reliabilities, with_concessions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from marsad.evaluation.gold import GoldControl
    from marsad.evaluation.skill import Bin, Skill
    from marsad.records import Claim, Nowcast, Report
    from marsad.theatre import Theatre
    from marsad.vocabulary import NowcastModel

CONTESTED, UNKNOWN = ControlStatus.CONTESTED.value, ControlStatus.UNKNOWN.value
_AROUND = timedelta(days=3)
_DAY = timedelta(days=1)
_SAID = frozenset({ControlStatus.HELD, ControlStatus.CLAIMED, ControlStatus.CONTESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlScore:
    """How good nowcasts were: on all days, on those by which the place was spoken of, near a change, while contested.

    `lags` are days from each change until the new holder was the likeliest, negative where it was so before; changes
    that were never seen are `missed`. `heard` of the `places` had some word spoken of them.
    """

    places: int
    heard: int
    overall: Skill
    told: Skill
    changes: Skill
    contested: Skill
    bins: tuple[Bin, ...]
    lags: tuple[int, ...]
    missed: int

    @property
    def calibration_error(self) -> float:
        """The expected calibration error of the likeliest holder's probability, over all days."""
        return calibration_error(self.bins)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlScores:
    """Nowcasts of a folder against its control.jsonl: from what was `read`, None where nothing was, and from `gold`."""

    read: ControlScore | None
    gold: ControlScore


class _Truth:
    """Who held one place in fact, by party and day."""

    def __init__(self, rows: Sequence[GoldControl], parties: Parties) -> None:
        """Take a place's rows, in any order; a row without an end lasts for a day."""
        ordered = sorted(rows, key=lambda row: row.start)
        self.place = Place(name=ordered[0].place, lat=ordered[0].lat, lon=ordered[0].lon, country=ordered[0].country)
        self.holders: dict[date, str] = {}
        for row in ordered:
            for number in range(((row.end or row.start) - row.start).days + 1):
                self.holders[row.start + number * _DAY] = _holder(row.controller, parties)
        self.days = sorted(self.holders)

    def changes(self) -> Iterator[tuple[date, str, str]]:
        """Yield the first day of each change, with the holder before and after."""
        for before, after in zip(self.days, self.days[1:], strict=False):
            if self.holders[before] != self.holders[after]:
                yield after, self.holders[before], self.holders[after]


def score_control(
    folder: Path,
    theatre: Theatre | None,
    read: Sequence[tuple[Report, Sequence[Claim]]] | None,
    *,
    model: NowcastModel | None = None,
) -> ControlScores | None:
    """Score the nowcasts that follow from a folder's claims; None where it says nothing of control.

    Each day's nowcast knows what was published by the end of that day in the theatre's time zone, and no more. Holders
    of one side are one holder. `model` None is the shipped one. Raises InputError where a file of the folder is missing
    or wrong.
    """
    if not (folder / "control.jsonl").exists():
        return None
    gold = load_gold(folder)
    if not gold.control:
        return None
    model = model or load_nowcast()

    def scored(claims: Sequence[Claim], reports: Mapping[str, Report]) -> ControlScore:
        days = {day for row in gold.control for day in (row.start, row.end or row.start)}
        span = [min(days) + number * _DAY for number in range((max(days) - min(days)).days + 1)]
        known = {day: _known(claims, reports, theatre, day, model) for day in span}
        return score_nowcasts(gold.control, known.__getitem__, theatre, model)

    own = None
    if read is not None:
        own = scored([claim for _, some in read for claim in some], {report.id: report for report, _ in read})
    return ControlScores(read=own, gold=scored(gold.claims, gold.reports))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known at the end of one day: nowcasts, and the holder by the last word on each place."""

    nowcasts: tuple[Nowcast, ...]
    last_words: tuple[tuple[Place, str], ...]


def _known(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    theatre: Theatre | None,
    day: date,
    model: NowcastModel,
) -> Known:
    as_of = datetime.combine(day, time.max, theatre.time_zone if theatre else UTC)
    out = {name: one for name, one in reports.items() if one.said and one.said <= as_of}
    some = [claim for claim in claims if claim.report in out]
    origins = trace_origins(out.values())
    linked = with_concessions(link(some, out, origins, theatre), some, out, origins, theatre)
    verdicts = grade(linked, some, out, origins, theatre, as_of=as_of)
    counts = reliabilities(linked, verdicts, theatre, model, load_rules())
    states = control(some, out, origins, theatre, as_of=as_of)
    last: dict[Place, tuple[datetime, str]] = {}
    for state in states:
        if state.status in _SAID and state.last_heard:
            said = CONTESTED if state.status is ControlStatus.CONTESTED else state.holder
            last[state.place] = max(last.get(state.place, (state.last_heard, "")), (state.last_heard, said))
    return Known(
        nowcasts=nowcast(some, out, origins, theatre, days=[day], as_of=as_of, model=model, counts=counts),
        last_words=tuple((place, said) for place, (_, said) in last.items()),
    )


def score_nowcasts(
    rows: Iterable[GoldControl],
    known: Callable[[date], Known],
    theatre: Theatre | None,
    model: NowcastModel,
) -> ControlScore:
    """Score what was `known` at the end of each day against who held each place.

    A place of which nothing was said yet counts with what is believed before the first word. What a nowcast leaves to
    somebody unknown is spread evenly over the holders in `rows` that it does not name.
    """
    parties = Parties(theatre, ())
    by_place: dict[str, list[GoldControl]] = defaultdict(list)
    for row in rows:
        by_place[fold(row.place)].append(row)
    truths = [_Truth(some, parties) for some in by_place.values()]
    classes = frozenset(holder for truth in truths for holder in truth.holders.values())
    forecasts, heard = _forecasts(truths, classes, known, theatre, model)
    lags = [
        _lag(truth, change, row) for truth, row in zip(truths, forecasts, strict=True) for change in truth.changes()
    ]
    overall = [one for row in forecasts for one in row.values()]
    return ControlScore(
        places=len(truths),
        heard=heard,
        overall=skill(overall),
        told=skill([one for one in overall if one.told]),
        changes=skill(list(_around(truths, forecasts))),
        contested=skill(list(_contested(truths, forecasts))),
        bins=calibration(overall),
        lags=tuple(sorted(lag for lag in lags if lag is not None)),
        missed=lags.count(None),
    )


def _forecasts(
    truths: Sequence[_Truth],
    classes: frozenset[str],
    known: Callable[[date], Known],
    theatre: Theatre | None,
    model: NowcastModel,
) -> tuple[list[dict[date, Forecast]], int]:
    """Return the forecasts of each place by day, and of how many places some word was heard."""
    parties = Parties(theatre, ())
    found: list[dict[date, Forecast]] = [{} for _ in truths]
    heard = set()
    for day in sorted({day for truth in truths for day in truth.days}):
        now = known(day)
        places = [truth.place for truth in truths]
        spoken = _where(places, [one.place for one in now.nowcasts])
        said = _where(places, [place for place, _ in now.last_words])
        for number, truth in enumerate(truths):
            if day not in truth.holders:
                continue
            at, word = spoken[number], said[number]
            if at is not None:
                heard.add(number)
            one = now.nowcasts[at] if at is not None else prior(truth.place, day, theatre, model=model)
            last = {_holder(now.last_words[word][1], parties): 1.0} if word is not None else _even(classes)
            found[number][day] = Forecast(
                belief=_belief(one, classes, parties),
                last_word=last,
                persistence=truth.holders[truth.days[0]],
                truth=truth.holders[day],
                told=at is not None,
            )
    return found, len(heard)


def _where(wanted: Sequence[Place], others: Sequence[Place]) -> list[int | None]:
    """Return which of `others` each wanted place is: one name within 25 km, the nearest of several; None for none."""
    spelled = [(number, name) for number, other in enumerate(others) for name in {other.name, other.canonical} if name]
    sites = Sites([*wanted, *(_named(others[number], name) for number, name in spelled)])
    same: dict[str | None, set[int]] = defaultdict(set)
    for number, name in spelled:
        same[sites.site(_named(others[number], name))].add(number)
    return [
        min(same[sites.site(place)], key=lambda number: (_distance(place, others[number]), number), default=None)
        for place in wanted
    ]


def _named(place: Place, name: str) -> Place:
    return Place(name=name, lat=place.lat, lon=place.lon)


def _distance(one: Place, other: Place) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    return kilometres((one.lat, one.lon), (other.lat, other.lon))


def _holder(name: str, parties: Parties) -> str:
    return name if name in {CONTESTED, UNKNOWN} else parties.party(name) or name


def _belief(one: Nowcast, classes: frozenset[str], parties: Parties) -> dict[str, float]:
    """Return a nowcast by party, its unknown mass spread over the holders that it does not name."""
    belief: dict[str, float] = defaultdict(float)
    for name, chance in one.holders:
        belief[_holder(name, parties)] += chance
    others = sorted(classes - belief.keys())
    unknown = belief.pop(UNKNOWN, 0.0) if others else 0.0
    return {**belief, **{name: unknown / len(others) for name in others}}


def _even(classes: frozenset[str]) -> dict[str, float]:
    return dict.fromkeys(sorted(classes), 1 / len(classes))


def _around(truths: Sequence[_Truth], forecasts: Sequence[Mapping[date, Forecast]]) -> Iterator[Forecast]:
    """Yield the forecasts of the days within three of each change, beside the holder before that change."""
    for truth, row in zip(truths, forecasts, strict=True):
        for change, before, _ in truth.changes():
            for day in truth.days:
                if abs(day - change) <= _AROUND:
                    yield replace(row[day], persistence=before)


def _contested(truths: Sequence[_Truth], forecasts: Sequence[Mapping[date, Forecast]]) -> Iterator[Forecast]:
    """Yield the forecasts of the contested days, beside the holder before the place was contested."""
    for truth, row in zip(truths, forecasts, strict=True):
        before = truth.holders[truth.days[0]]
        for day in truth.days:
            if truth.holders[day] == CONTESTED:
                yield replace(row[day], persistence=before)
            else:
                before = truth.holders[day]


def _lag(truth: _Truth, change: tuple[date, str, str], row: Mapping[date, Forecast]) -> int | None:
    """Return the days from a change until its new holder was the likeliest; None where it never was while it lasted."""
    start, before, after = change
    day = start
    while day - _DAY in row and start - (day - _DAY) <= _AROUND and truth.holders[day - _DAY] == before:
        day -= _DAY
    while day in row and (day < start or truth.holders[day] == after):
        if max(row[day].belief.items(), key=lambda item: (item[1], item[0]))[0] == after:
            return (day - start).days
        day += _DAY
    return None
