"""When an event was: the expression of time that belongs to it, else the day of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.reading._time_words import load_time_words
from marsad.records import Certainty, DatePrecision, Interval

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spacy.tokens import Token

    from marsad.reading._mentions import EventMention
    from marsad.reading._scene import Scene
    from marsad.reading.attribution import Cue
    from marsad.reading.times import TimeExpression

# A date that follows a cue within so many characters may be the day of the statement.
_NEAR_CUE = 40
# How many days back the news of a report reaches; what is older is history.
_RECENT = 9
_REAL = frozenset({Certainty.CERTAIN, Certainty.PROBABLE})
_UNREAL = frozenset({Certainty.PLANNED, Certainty.CONDITIONAL})


@dataclass
class Dater:
    """Dates the events of one report, by the day of its publication and whether that was before noon.

    Remembers the day that was last told: what the paragraph goes on to tell was on that day too, and so was what a
    report of the morning tells, where the day is the one before.
    """

    published: date | None
    early: bool
    _told: Interval | None = None
    _paragraph: int = -1

    def interval(self, scene: Scene, event: EventMention, cue: Cue | None, sure: Certainty) -> Interval:
        """Return when an event was; empty where nothing dates it and it is unreal, or no publication day is known."""
        found = self._told_of(scene, event, cue, sure)
        if found is not None:
            if found.start is not None and found.start == found.end:
                self._told, self._paragraph = found, scene.sentence.paragraph
            return found
        if sure in _UNREAL or self.published is None:
            return Interval()
        if self._told is not None and not scene.times and self._goes_on(scene, self._told, self.published):
            return self._told
        return Interval(start=self.published, end=self.published, precision=DatePrecision.DAY)

    def _told_of(self, scene: Scene, event: EventMention, cue: Cue | None, sure: Certainty) -> Interval | None:
        """Return what the expression of time that belongs to an event says, None where none does."""
        at = scene.offset(event.trigger)
        times: Sequence[TimeExpression] = scene.times
        if cue is not None:
            times = _without_statement(times, at, scene.offset(cue.start), sure)
        times = [one for one in times if _may_date(scene, event.trigger, one)]
        if not times:
            return None
        nearest = min(times, key=lambda one: min(abs(one.start - at), abs(one.end - at)))
        began = self.published is not None and _is_beginning(scene, event.trigger, nearest)
        return replace(nearest.interval, end=self.published) if began else nearest.interval

    def _goes_on(self, scene: Scene, told: Interval, published: date) -> bool:
        """Tell whether a sentence without a day goes on with the one that was told before."""
        if told.start is None:
            return False
        days = (published - told.start).days
        return 0 <= days <= _RECENT and (scene.sentence.paragraph == self._paragraph or (self.early and days == 1))


def _without_statement(
    times: Sequence[TimeExpression], at: int, cue_at: int, sure: Certainty
) -> Sequence[TimeExpression]:
    """Leave out the day on which it was said, unless it is the only day there is and the event is real."""
    kept = [
        one
        for one in times
        if not 0 <= one.start - cue_at < _NEAR_CUE or abs(one.start - at) <= abs(one.start - cue_at)
    ]
    if kept:
        return kept
    return times if len(times) == 1 and sure in _REAL else ()


def _is_beginning(scene: Scene, trigger: int, time: TimeExpression) -> bool:
    """Tell that a day is that from which on something was: "dead since the offensive began on Monday"."""
    first = _first(scene, time, trigger)
    openings = load_time_words(scene.language).lists["since"]
    opening = next((one for one in reversed(scene.doc[: first.i]) if one.lower_ in openings), None)
    if opening is None or time.interval.start is None or time.interval.start != time.interval.end:
        return False
    clause = {one.i for one in (opening.head if opening.dep_ == "mark" else opening).subtree}
    return first.i in clause and trigger not in clause


def _first(scene: Scene, time: TimeExpression, trigger: int) -> Token:
    """Return the first token of an expression of time."""
    start = time.start - scene.sentence.start
    return next((one for one in scene.doc if one.idx + len(one.text) > start), scene.doc[trigger])


def _may_date(scene: Scene, trigger: int, time: TimeExpression) -> bool:
    """Tell whether an expression of time can date an event: not from a clause that only describes a noun."""
    doc = scene.doc
    token = _first(scene, time, trigger)
    own = {trigger, *(above.i for above in doc[trigger].ancestors)}
    for above in token.ancestors:
        if above.i in own:
            return True
        if above.pos_ in {"VERB", "AUX"} and above.dep_ in {"relcl", "acl"}:
            return False
    return True
