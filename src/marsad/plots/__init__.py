"""Plots: control, disputes, tolls, source records and calibration as figures, with the extra `marsad[plots]`."""

from marsad.plots.calibration import plot_calibration
from marsad.plots.control import plot_control
from marsad.plots.disputes import plot_dispute
from marsad.plots.figures import save_plot
from marsad.plots.nowcasts import plot_nowcast
from marsad.plots.sources import plot_sources
from marsad.plots.tolls import plot_tolls

__all__ = [
    "plot_calibration",
    "plot_control",
    "plot_dispute",
    "plot_nowcast",
    "plot_sources",
    "plot_tolls",
    "save_plot",
]
