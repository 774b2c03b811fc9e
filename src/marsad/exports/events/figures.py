"""How many died by whose word: a range over the last figure of each source, and one figure only where one stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.outputs import every_toll

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from marsad.outputs import Picture, SourceFigures, Toll
    from marsad.records import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """The numbers of dead that sources give for one matter, each source its last.

    `low` is the least that any gives, `high` the greatest, None where one gives no such bound. `only` is the number
    that all of them give, None where two differ or one gives a range; `voices` is how many independent voices give a
    figure, all sources of a side being one. `told` are the figures in words, by source. `propositions` are the ids of
    all that tell of the matter, which linking keeps apart where their numbers differ.
    """

    low: int | None
    high: int | None
    only: int | None
    voices: int
    told: tuple[str, ...]
    propositions: tuple[str, ...] = ()

    @property
    def borne_out(self) -> int | None:
        """The only number, where at least two independent voices give it."""
        return self.only if self.voices > 1 else None


NOBODY_SAYS = Dead(low=None, high=None, only=None, voices=0, told=())
"""Of what nobody gives a number for."""


def dead_of(toll: Toll) -> Dead:
    """Return the numbers of dead of a toll."""
    last = [(one, counts[-1]) for one in toll.sources if (counts := _killed(one))]
    return replace(gathered((one.source, one.side, count) for one, count in last), propositions=toll.propositions)


def gathered(figures: Iterable[tuple[str, str | None, Count]]) -> Dead:
    """Return the numbers of dead from the last figure of each source, given with its name and side."""
    figures = tuple(figures)
    if not figures:
        return NOBODY_SAYS
    counts = [count for _, _, count in figures]
    lows, highs = [one.low for one in counts], [one.high for one in counts]
    low = None if None in lows else min(one for one in lows if one is not None)
    high = None if None in highs else max(one for one in highs if one is not None)
    return Dead(
        low=low,
        high=high,
        only=low if low == high else None,
        voices=len({side if side is not None else f"source {name}" for name, side, _ in figures}),
        told=tuple(f"{name}: {_in_words(count)}" for name, _, count in figures),
    )


def dead_by_proposition(picture: Picture) -> Mapping[str, Dead]:
    """Return the numbers of dead of every proposition of which somebody gives one, by id."""
    return {
        proposition: dead
        for toll in every_toll(picture)
        if (dead := dead_of(toll)).voices
        for proposition in toll.propositions
    }


def _killed(source: SourceFigures) -> list[Count]:
    return [figure.counts.killed for figure in source.figures if figure.counts.killed is not None]


def _in_words(count: Count) -> str:
    if count.low == count.high:
        return "unknown" if count.low is None else str(count.low)
    return f"{'?' if count.low is None else count.low} to {'?' if count.high is None else count.high}"
