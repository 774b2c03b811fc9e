"""When an event was: the expression of time that belongs to it, else the day of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
_REAL = frozenset({Certainty.CERTAIN, Certainty.PROBABLE})
_UNREAL = frozenset({Certainty.PLANNED, Certainty.CONDITIONAL})


def interval_of(
    scene: Scene, event: EventMention, cue: Cue | None, sure: Certainty, published: date | None
) -> Interval:
    """Return when an event was; empty where nothing dates it and it is unreal, or the day of publication is unknown."""
    at = scene.offset(event.trigger)
    times: Sequence[TimeExpression] = scene.times
    if cue is not None:
        times = _without_statement(times, at, scene.offset(cue.start), sure)
    times = [one for one in times if _may_date(scene, event.trigger, one)]
    if times:
        return min(times, key=lambda one: min(abs(one.start - at), abs(one.end - at))).interval
    if sure in _UNREAL or published is None:
        return Interval()
    return Interval(start=published, end=published, precision=DatePrecision.DAY)


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


def _may_date(scene: Scene, trigger: int, time: TimeExpression) -> bool:
    """Tell whether an expression of time can date an event: not from a clause that only describes a noun."""
    doc = scene.doc
    start = time.start - scene.sentence.start
    token: Token = next((one for one in doc if one.idx + len(one.text) > start), doc[trigger])
    own = {trigger, *(above.i for above in doc[trigger].ancestors)}
    for above in token.ancestors:
        if above.i in own:
            return True
        if above.pos_ in {"VERB", "AUX"} and above.dep_ in {"relcl", "acl"}:
            return False
    return True
