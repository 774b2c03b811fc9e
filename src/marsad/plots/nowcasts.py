"""Who probably holds a place, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.plots.figures import INK, at, day_axis, figure, looks, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from marsad.records import Nowcast

_LANES = 10  # the height of the area, in lanes
_LEAST = 0.005  # what rounds to no per cent on every day is not drawn


def plot_nowcast(nowcasts: Sequence[Nowcast], *, note: str = "") -> Figure:
    """Return the probabilities of the holders of one place as areas that fill each day to 100 %.

    Raises InputError where there are no nowcasts, or where they are of several places.
    """
    places = {one.place.name for one in nowcasts}
    if len(places) > 1:
        raise InputError(f"a plot of nowcasts is of one place, and these are {len(places):,}: name it")
    made, axes = figure(f"{min(places, default='')}: who probably holds it", note, _LANES if nowcasts else 0)
    ordered = sorted(nowcasts, key=lambda one: one.on)
    chances = {
        name: [dict(one.holders).get(name, 0.0) for one in ordered] for one in ordered for name, _ in one.holders
    }
    drawn = {name: values for name, values in sorted(chances.items()) if max(values) >= _LEAST}
    colours = looks(drawn)
    below = [0.0] * len(ordered)
    for name, values in drawn.items():
        top = [low + value for low, value in zip(below, values, strict=True)]
        colour, hatch = colours[name]
        axes.bar(
            [at(one.on) for one in ordered],
            values,
            bottom=below,
            width=1.0,
            align="edge",
            label=shown(name),
            facecolor=colour,
            edgecolor="white",
            hatch=hatch,
            linewidth=0.3,
        )
        below = top
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.5, 1], labels=["0 %", "50 %", "100 %"])
    axes.tick_params(labelcolor=INK)
    day_axis(axes)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=8)
    return made
