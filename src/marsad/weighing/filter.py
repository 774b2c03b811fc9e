"""A forward filter over who holds a place: a chain of days with one state for each party, `contested` and `unknown`.

The recursion is that of a hidden Markov model (Rabiner 1989, the forward variable, scaled each day); docs/nowcast.md
writes it out.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from marsad.records import ControlStatus
from marsad.weighing.observations import FIGHTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from marsad.vocabulary import NowcastModel, SpeakerCounts
    from marsad.weighing.observations import Observation

    Vector = NDArray[np.float64]

CONTESTED, UNKNOWN = ControlStatus.CONTESTED.value, ControlStatus.UNKNOWN.value
_PRESSING = frozenset({"near", "surrounds", FIGHTING})
_NEUTRAL = 0.5  # the fit of a word that tells nothing; one below it is a word against the state
_DAY = timedelta(days=1)


class Chain:
    """The states of one place, and how belief moves from day to day.

    `parties` are those that some word names, and the state's own, `home`, None where nobody knows it.
    """

    def __init__(
        self, parties: Sequence[str], home: str | None, model: NowcastModel, shares: Mapping[str, SpeakerCounts]
    ) -> None:
        """Set up the states; `shares` gives each class of speakers its counts."""
        self.model = model
        self.states = (*sorted({*parties, *([home] if home else [])}), CONTESTED, UNKNOWN)
        self._shares = {name: counts.share for name, counts in shares.items()}
        weights = np.ones(len(self.states))
        weights[-2], weights[-1] = 0.0, model.unknown
        self._successors = weights / weights.sum()
        self._home = home

    def prior(self) -> Vector:
        """Return what is believed before the first word."""
        belief = self._successors.copy()
        if self._home is not None:
            at = self.states.index(self._home)
            belief[at] = 0.0
            belief = belief * (1 - self.model.home) / belief.sum()
            belief[at] = self.model.home
        return np.asarray(belief)

    def beliefs(self, told: Sequence[Observation], days: Sequence[date]) -> Iterator[Vector]:
        """Yield what is believed at the end of each of `days`, which ascend, by what is said of that day and before.

        Rows are in the order of `states` and add up to 1.
        """
        by_day: dict[date, list[Observation]] = defaultdict(list)
        for one in told:
            by_day[one.when].append(one)
        weights = self._weights(told)
        belief, waiting = self.prior(), sorted(by_day)
        now: date | None = None
        pressed_until: date | None = None
        for day in days:
            while waiting and waiting[0] <= day:
                when = waiting.pop(0)
                if now is not None:
                    belief = self._silent(belief, now, when - _DAY, pressed_until)
                if any(self._presses(one, belief) for one in by_day[when]):
                    pressed_until = when + timedelta(days=self.model.pressed_days)
                belief = self._heard(
                    belief, by_day[when], weights, pressed=bool(pressed_until and when <= pressed_until)
                )
                now = when
            if now is not None:
                belief, now = self._silent(belief, now, day, pressed_until), max(now, day)
            yield belief

    def _silent(self, belief: Vector, since: date, until: date, pressed_until: date | None) -> Vector:
        """Let belief age over the days after `since` up to `until`, on which nothing was said."""
        if until <= since:
            return belief
        pressed = min(pressed_until, until) if pressed_until else since
        hard = max((pressed - since).days, 0)
        quiet = (until - since).days - hard
        for chance, times in ((self.model.pressed, hard), (self.model.quiet, quiet)):
            if times:
                belief = belief @ np.linalg.matrix_power(self._move(chance, self.model.settles), times)
        return belief

    def _heard(
        self, belief: Vector, told: Sequence[Observation], weights: Mapping[str, float], *, pressed: bool
    ) -> Vector:
        """Move belief by one day and weigh it by what is said of that day."""
        model = self.model
        likeliest = int(np.argmax(belief))
        against = [one for one in told if weights[_key(one)] and self._fit(one)[likeliest] < _NEUTRAL]
        chance, settles = (model.pressed if pressed else model.quiet), model.settles
        if against:
            chance = model.told if any(one.news for one in against) else max(model.doubted, chance)
            settles = max(settles, chance)
        belief = belief @ self._move(chance, settles)
        belief = belief * self._likelihood(told, weights)
        return np.asarray(belief / belief.sum())

    def _move(self, leaves: float, settles: float) -> Vector:
        """Return the chances of going from each state (row) to each (column) within a day."""
        count = len(self.states)
        matrix = np.zeros((count, count))
        contested = count - 2
        for state in range(count):
            others = self._successors.copy()
            others[state] = 0.0
            if not others.any():
                others[state] = 1.0  # somebody unknown is all that can be
            others /= others.sum()
            if state == contested:
                matrix[state] = settles * others
                matrix[state, state] = 1 - settles
                continue
            matrix[state] = leaves * (1 - self.model.through) * others
            matrix[state, contested] += leaves * self.model.through
            matrix[state, state] += 1 - leaves
        return matrix

    def _fit(self, one: Observation) -> Vector:
        """Return how well a true word fits each state; 1/2 everywhere where it tells nothing."""
        fit = self.model.fits.get(one.standing)
        if fit is None:
            return np.full(len(self.states), _NEUTRAL)
        row = np.full(len(self.states), fit.other)
        row[-2] = fit.contested
        if one.party in self.states:
            row[self.states.index(one.party)] = fit.itself
        return row

    def _likelihood(self, told: Sequence[Observation], weights: Mapping[str, float]) -> Vector:
        """Return how likely all that is said of a day is in each state: of each voice its least likely word counts."""
        voices: dict[str, Vector] = {}
        for one in told:
            if weight := weights[_key(one)]:
                likely = self._word(one) ** weight
                voices[one.voice] = np.minimum(voices.get(one.voice, likely), likely)
        product = np.ones(len(self.states))
        for likely in voices.values():
            product = product * likely
        return product

    def _word(self, one: Observation) -> Vector:
        """Return how likely a word is in each state: r f + (1 - r)(1 - f), with r drawn to 1/2 by doubt in the word."""
        sure = self.model.certainty[one.certainty]
        share = 0.5 + (self._shares[one.speaker_class] - 0.5) * sure
        fit = self._fit(one)
        return share * fit + (1 - share) * (1 - fit)

    def _presses(self, one: Observation, belief: Vector) -> bool:
        """Tell whether a word tells of fighting, or of somebody near who is not the likeliest holder."""
        return one.standing in _PRESSING and one.party != self.states[int(np.argmax(belief))]

    def _weights(self, told: Sequence[Observation]) -> dict[str, float]:
        """Return the weight of each word: 0 for all but a voice's last of a day, less where it repeats itself."""
        weights = dict.fromkeys(map(_key, told), 0.0)
        before: dict[tuple[str, str | None, str], date] = {}
        for one in sorted(_last_words(told), key=lambda one: (one.when, one.said)):
            said = (one.voice, one.party, one.standing)
            again = said in before and (one.when - before[said]).days <= self.model.repeat_days
            weights[_key(one)] = self.model.repeat_weight if again else 1.0
            before[said] = one.when
        return weights


def _last_words(told: Sequence[Observation]) -> list[Observation]:
    """Return the last word of each voice on each party and day, in the place and around it.

    Of words at one instant the one against its speaker's interest counts, then the one that says most.
    """
    last: dict[tuple[str, date, str | None, bool], Observation] = {}
    for one in sorted(told, key=_precedence):
        if one.standing != FIGHTING:
            last[one.voice, one.when, one.party, one.standing in _PRESSING] = one
    return list(last.values())


def _precedence(one: Observation) -> tuple[datetime, bool, bool, str]:
    return one.said, one.speaker_class == "against", one.standing != "inside", one.claim.id


def _key(one: Observation) -> str:
    return f"{one.claim.id} {one.party}"
