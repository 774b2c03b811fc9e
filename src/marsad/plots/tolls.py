"""Killed and wounded as each source gives them: ranges side by side, never added up and never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.outputs import days
from marsad.plots.figures import AGAINST, FOR, INK, RULE, figure, lanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from marsad.outputs import Toll
    from marsad.records import Count

_KINDS = (("killed", AGAINST, "o", -0.14), ("wounded", FOR, "D", 0.14))


def plot_tolls(tolls: Sequence[Toll], *, note: str = "", title: str = "Killed and wounded, by source") -> Figure:
    """Return each source's figures on each matter, from its lowest to its highest, with its updates.

    Dots are killed, diamonds wounded; an arrow is a figure without an upper bound ("at least") or a lower one. Raises
    InputError where nobody gives a figure, or where there are more lines than can be read.
    """
    found = [(toll, source) for toll in tolls for source in toll.sources]
    made, axes = figure(title, note, len(found) + len(tolls))
    names: list[str] = []
    heads: list[int] = []
    for toll in tolls:
        axes.axhline(len(names) - 0.5, color=RULE, linewidth=0.6)
        heads.append(len(names))
        names.append(f"{toll.headline}, {days(toll.interval)}")
        for source in toll.sources:
            for kind, colour, mark, off in _KINDS:
                for number, figures in enumerate(source.figures, start=1):
                    last = number == len(source.figures)
                    _range(axes, len(names) + off, getattr(figures.counts, kind), colour, mark, last=last)
            names.append(f"{source.source}{f' [{source.side}]' if source.side not in {None, source.source} else ''}")
    lanes(axes, names)
    labels = axes.get_yticklabels()
    for head in heads:
        labels[head].set_fontweight("bold")
    axes.set_xscale("symlog", linthresh=10)
    axes.set_xlim(0, axes.get_xlim()[1] * 1.5)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("people (above 10, each step is ten times the one before)", fontsize=9, color=INK)
    _legend(axes)
    return made


def _range(axes: Axes, lane: float, count: Count | None, colour: str, mark: str, *, last: bool) -> None:
    """Draw one figure; an earlier one, which a later one updates, is hollow."""
    if count is None or (count.low is None and count.high is None):
        return
    low, high = count.low, count.high
    point = low if low is not None else high
    assert point is not None  # noqa: S101
    face = colour if last else "white"
    if low is not None and high is not None and low != high:
        axes.plot([low, high], [lane, lane], color=colour, linewidth=2)
        axes.plot([high], [lane], mark, markersize=6, markerfacecolor=face, markeredgecolor=colour)
    axes.plot([point], [lane], mark, markersize=6, markerfacecolor=face, markeredgecolor=colour)
    if low is None or high is None:
        way, off = ("→", 5) if high is None else ("←", -14)
        axes.annotate(way, (point, lane), xytext=(off, -3), textcoords="offset points", fontsize=8, color=colour)


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra, and slow

    keys = [Line2D([], [], color=colour, marker=mark, linestyle="", label=kind) for kind, colour, mark, _ in _KINDS]
    keys.append(Line2D([], [], color=INK, marker="o", markerfacecolor="white", linestyle="", label="updated since"))
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8)
