"""How far probabilities can be believed: of what was given 70 %, how much was so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.plots.figures import FOR, INK, PALE, RULE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from marsad.evaluation import Bin

_LANES, _WIDTH = 15, 6.0  # a square: its height in lanes, its width in inches


def plot_calibration(bins: Sequence[Bin], *, note: str = "", title: str = "Calibration of the nowcast") -> Figure:
    """Return the share that came true against the mean probability that it was given, a dot for each bin of ten.

    On the diagonal probabilities mean what they say; below it they promise too much. The number beside a dot counts the
    days in its bin, and its area grows with them. Raises InputError without bins.
    """
    made, axes = figure(title, note, _LANES if bins else 0, _WIDTH)
    axes.plot([0, 1], [0, 1], color=PALE, linewidth=1, linestyle=(0, (4, 3)))
    axes.plot([one.mean for one in bins], [one.share for one in bins], color=FOR, linewidth=1)
    most = max(one.count for one in bins)
    sizes = [30 + 270 * one.count / most for one in bins]
    axes.scatter([one.mean for one in bins], [one.share for one in bins], s=sizes, color=FOR, alpha=0.85, zorder=3)
    for one in bins:
        axes.annotate(
            f"{one.count:,}", (one.mean, one.share), xytext=(11, -11), textcoords="offset points", fontsize=8, color=INK
        )
    axes.set_xlim(0, 1.05)
    axes.set_ylim(0, 1.05)
    axes.set_aspect("equal", anchor="W")
    axes.grid(color=RULE, linewidth=0.6)
    axes.set_xlabel("probability of the likeliest holder", fontsize=9, color=INK)
    axes.set_ylabel("share of days on which it held", fontsize=9, color=INK)
    return made
