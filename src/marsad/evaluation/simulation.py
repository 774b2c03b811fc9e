"""What two armies and an observer would say of towns whose history is known, drawn from a seeded generator.

It gives a nowcast more cases with a known truth than anybody can annotate. docs/nowcast.md writes the rules down.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from marsad.evaluation.skill import Forecast
from marsad.records import (
    Actor,
    Certainty,
    Claim,
    ControlStatus,
    DatePrecision,
    Extent,
    Interval,
    Origin,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.theatre import Side, Theatre
from marsad.weighing import nowcast

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from marsad.vocabulary import NowcastModel, SpeakerCounts

ARMIES = ("First Army", "Second Army")
OBSERVER = "Observer"
CONTESTED = ControlStatus.CONTESTED.value
_EVEN = dict.fromkeys(ARMIES, 0.5)
_STIR = 2  # days after a change on which voices speak as of something new
_LATEST = 10  # days; nobody reports older news as new


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a voice speaks of a town: chances by the day, but for `late`, the mean of its lateness in days.

    `often` and `seldom`: that it speaks, when something has changed and when not. `false`: that it says other than what
    it saw. `denies`, `admits`: that an army denies the fresh loss of a town, and that, if not, it says so. `hushes`,
    `resumes`: that it falls silent, and ends that.
    """

    often: float
    seldom: float
    late: float
    false: float
    denies: float = 0.0
    admits: float = 1.0
    hushes: float = 0.03
    resumes: float = 0.15


ARMY_HABIT = Habit(often=0.6, seldom=0.06, late=0.5, false=0.15, denies=0.4, admits=0.4)
OBSERVER_HABIT = Habit(often=0.4, seldom=0.03, late=1.5, false=0.06)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Who held one town on each day from `first` on: one of ARMIES, or contested."""

    place: Place
    first: date
    holders: tuple[str, ...]

    def changes(self) -> Iterator[int]:
        """Yield the index of each day on which the holder is another than the day before."""
        for number, (before, after) in enumerate(zip(self.holders, self.holders[1:], strict=False), start=1):
            if before != after:
                yield number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """What was said: claims with the reports that carry them, each its own origin, and `truths` by claim id.

    A claim is true where it says what was so on the day that it speaks of.
    """

    claims: tuple[Claim, ...]
    reports: Mapping[str, Report]
    origins: Mapping[str, Origin]
    truths: Mapping[str, bool]


def armies() -> Theatre:
    """Return the theatre of the simulated war: two sides, each with its army, and an observer of no side."""
    actors = [*(Actor(name=name, kind="state", side=name) for name in ARMIES), Actor(name=OBSERVER, kind="monitor")]
    sides = {one: Side(name=one, opposes=(other,), forces=one) for one, other in zip(ARMIES, ARMIES[::-1], strict=True)}
    return Theatre(name="Simulated war", actors={one.name: one for one in actors}, sides=sides)


def simulate(
    histories: Sequence[History],
    chance: random.Random,
    *,
    army: Habit = ARMY_HABIT,
    observer: Habit = OBSERVER_HABIT,
) -> Sayings:
    """Return what the voices say of each town from its second day on; no two towns may share name and point."""
    claims: list[Claim] = []
    reports: dict[str, Report] = {}
    truths: dict[str, bool] = {}
    for history in histories:
        town = f"{history.place.name} {history.place.lat} {history.place.lon}"
        for voice in (*ARMIES, OBSERVER):
            habit = observer if voice == OBSERVER else army
            for said, seen, word in _said(history, voice, habit, chance):
                published = datetime.combine(history.first + timedelta(days=said), time(12), UTC)
                report = _report(f"{town}, {voice}, day {said}", voice, published)
                claim = _claim(report, word, history.place, history.first + timedelta(days=seen))
                claims.append(claim)
                reports[report.id] = report
                truths[claim.id] = word.true(history.holders[seen])
    origins = {name: Origin(report=name, origin=name) for name in reports}
    return Sayings(claims=tuple(claims), reports=reports, origins=origins, truths=truths)


def forecasts(
    history: History,
    sayings: Sayings,
    theatre: Theatre,
    days: Sequence[int],
    *,
    persistence: str,
    model: NowcastModel | None = None,
    counts: Mapping[str, SpeakerCounts] | None = None,
) -> list[Forecast]:
    """Return the nowcast of a town for each day, by index, with what was published by then.

    Before the first word each army has the same chance. What is left to somebody unknown is spread evenly over both.
    """
    found = []
    for number in days:
        day = history.first + timedelta(days=number)
        as_of = datetime.combine(day, time.max, UTC)
        said = (sayings.claims, sayings.reports, sayings.origins)
        now = nowcast(*said, theatre, days=[day], as_of=as_of, model=model, counts=counts)
        found.append(
            Forecast(
                belief=_shared(dict(now[0].holders)) if now else _EVEN,
                last_word=_last_word(sayings, as_of),
                persistence=persistence,
                truth=history.holders[number],
                told=bool(now),
            )
        )
    return found


def _shared(chances: Mapping[str, float]) -> dict[str, float]:
    """Return a nowcast with its unknown mass spread over both armies."""
    unknown = chances[ControlStatus.UNKNOWN.value] / len(ARMIES)
    return {CONTESTED: chances[CONTESTED], **{name: chances.get(name, 0.0) + unknown for name in ARMIES}}


def _last_word(sayings: Sayings, as_of: datetime) -> Mapping[str, float]:
    """Return the belief of whoever takes the last word as the truth; before the first it is even."""
    published = {name: one.published for name, one in sayings.reports.items() if one.published}
    heard = [claim for claim in sayings.claims if published[claim.report] <= as_of]
    if not heard:
        return _EVEN
    claim = max(heard, key=lambda one: (published[one.report], one.id))
    agent = claim.agent or ARMIES[0]
    if claim.event == "enter":
        return {CONTESTED: 1.0}
    holds = (claim.event != "withdraw") is (claim.polarity is Polarity.AFFIRMED)
    return {agent if holds else _enemy(agent): 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What is said: that an agent did or did not do something there."""

    event: str
    agent: str
    polarity: Polarity = Polarity.AFFIRMED

    def true(self, holder: str) -> bool:
        """Tell whether it is so where `holder` holds the town."""
        if self.event == "enter":
            return holder in {self.agent, CONTESTED}
        held = (holder == self.agent) is (self.event != "withdraw")
        return held is (self.polarity is Polarity.AFFIRMED)


def _said(history: History, voice: str, habit: Habit, chance: random.Random) -> Iterator[tuple[int, int, _Word]]:
    """Yield the day on which a voice says something, the day that it speaks of, and the word."""
    silent = False
    for day in range(1, len(history.holders)):
        silent = chance.random() >= habit.resumes if silent else chance.random() < habit.hushes
        seen = max(day - min(int(chance.expovariate(1 / habit.late)) if habit.late else 0, _LATEST), 0)
        if silent or chance.random() >= (habit.often if _fresh(history, seen) else habit.seldom):
            continue
        word = _word(history, voice, habit, seen, chance)
        if word:
            yield day, seen, word


def _word(history: History, voice: str, habit: Habit, seen: int, chance: random.Random) -> _Word | None:
    """Return what a voice tells of what it saw on a day; None where it would rather not."""
    holder, fresh = history.holders[seen], _fresh(history, seen)
    taken = "capture" if fresh else "hold"
    costs = voice in ARMIES and holder == _enemy(voice)
    if fresh and costs:
        return _loss(voice, habit, chance)
    if chance.random() < habit.false:
        names = [voice] if voice in ARMIES else [name for name in ARMIES if name != holder]
        return _Word(event=taken, agent=chance.choice(names))
    if holder == CONTESTED:
        before = next((name for name in reversed(history.holders[:seen]) if name != CONTESTED), ARMIES[0])
        hides = voice == before and chance.random() >= habit.admits
        return None if hides else _Word(event="enter", agent=_enemy(before))
    return None if costs else _Word(event=taken, agent=holder)


def _loss(army: str, habit: Habit, chance: random.Random) -> _Word | None:
    """Return what an army says of a town that it has just lost; None where it says nothing."""
    if chance.random() < habit.denies:
        return _Word(event="capture", agent=_enemy(army), polarity=Polarity.DENIED)
    if chance.random() >= habit.admits:
        return None
    return chance.choice([_Word(event="capture", agent=_enemy(army)), _Word(event="withdraw", agent=army)])


def _fresh(history: History, seen: int) -> bool:
    return any(history.holders[at - 1] != history.holders[at] for at in range(max(seen - _STIR, 1), seen + 1))


def _enemy(army: str) -> str:
    return ARMIES[army == ARMIES[0]]


def _report(name: str, voice: str, published: datetime) -> Report:
    return Report(
        id=name,
        publisher=voice,
        kind="party_channel",
        title="",
        text=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        published=published,
        published_precision=DatePrecision.PART_OF_DAY,
    )


def _claim(report: Report, word: _Word, place: Place, day: date) -> Claim:
    return Claim(
        id=f"c-{report.id}",
        report=report.id,
        source=report.publisher or report.id,
        event=word.event,
        polarity=word.polarity,
        certainty=Certainty.CERTAIN,
        stance=Stance.ASSERTS if word.polarity is Polarity.AFFIRMED else Stance.DENIES,
        anchor=Passage(report=report.id, start=0, end=len(report.text)),
        agent=word.agent,
        target=_enemy(word.agent) if word.event in {"capture", "enter"} else None,
        place=place,
        extent=Extent.WHOLE,
        interval=Interval(start=day, end=day, precision=DatePrecision.DAY),
    )
