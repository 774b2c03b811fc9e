"""How a dispute went: each voice's statements for and against, over time, and what settled it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.plots.figures import AGAINST, FOR, INK, PALE, at, day_axis, figure, lanes, shown
from marsad.records import Stance

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from marsad.outputs import Detail
    from marsad.records import Assessment, Voice

_AGAINST = frozenset({Stance.DENIES, Stance.DOUBTS})


@dataclass(frozen=True, slots=True)
class _Word:
    """A voice, and whether it supports the proposition."""

    voice: Voice
    supports: bool


def plot_dispute(detail: Detail, zone: ZoneInfo, *, note: str = "") -> Figure:
    """Return the statements on a proposition over time, a lane for each voice: for above the line, against below.

    A triangle that points up speaks for it, one that points down against; a ring marks a word against the voice's own
    interest, a square somebody's own words on what excludes it. Statements without a date are left out. Raises
    InputError where nobody spoke on it.
    """
    verdict = detail.assessment
    words = [
        *(_Word(voice, supports=True) for voice in (verdict.voices_for if verdict else ())),
        *(_Word(voice, supports=False) for voice in (verdict.voices_against if verdict else ())),
    ]
    made, axes = figure(detail.headline, note, len(words))
    for lane, word in enumerate(words):
        _statements(axes, lane, word, detail, zone)
    lanes(axes, [_name(word.voice) for word in words])
    camp = sum(word.supports for word in words)
    if 0 < camp < len(words):
        axes.axhline(camp - 0.5, color=PALE, linewidth=0.8)
    if verdict is not None:
        _verdict(axes, verdict, zone)
    day_axis(axes)
    return made


def _statements(axes: Axes, lane: int, word: _Word, detail: Detail, zone: ZoneInfo) -> None:
    """Draw when one voice spoke, and a line from its first word to its last."""
    voice, colour = word.voice, FOR if word.supports else AGAINST
    told = {one.claim.id: one for one in detail.evidence}
    if voice.first is not None and voice.last is not None:
        axes.plot([at(voice.first, zone), at(voice.last, zone)], [lane, lane], color=colour, linewidth=1, alpha=0.5)
    for claim in voice.claims:
        evidence = told.get(claim)
        said = evidence.report.said if evidence else voice.first
        if said is None:
            continue
        mark = "s" if evidence is None else "v" if evidence.stance in _AGAINST else "^"
        axes.plot([at(said, zone)], [lane], mark, color=colour, markersize=8, markeredgecolor="white", gid=claim)
        if voice.against_interest:
            axes.plot([at(said, zone)], [lane], "o", markersize=14, markerfacecolor="none", markeredgecolor=INK)


def _name(voice: Voice) -> str:
    return f"{voice.name} [{voice.side}]" if voice.side not in {None, voice.name} else voice.name


def _verdict(axes: Axes, verdict: Assessment, zone: ZoneInfo) -> None:
    """Say the grade, and mark when it was settled."""
    words = verdict.stands + (f" as {verdict.settled_as.value}" if verdict.settled_as else "")
    told = f"{words}: {len(verdict.voices_for)} for, {len(verdict.voices_against)} against"
    axes.set_title(shown(told), loc="left", fontsize=9, color=PALE)
    if verdict.settled_on is not None:
        when = at(verdict.settled_on, zone)
        axes.axvline(when, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(
            "settled",
            (when, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, -2),
            textcoords="offset points",
            va="top",
            fontsize=8,
            color=INK,
        )
