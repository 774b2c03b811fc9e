"""How each voice's word fared where it was later settled: shares with their intervals, never one score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from marsad.plots.figures import AGAINST, FOR, INK, PALE, figure, lanes
from marsad.records import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from marsad.records import SourceRecord


class _Kind(NamedTuple):
    """Which of a voice's words are counted, and how they are drawn; `off` is how far below the middle of the lane."""

    name: str
    label: str
    colour: str
    mark: str
    off: float


_KINDS = (
    _Kind("all", "all its words", INK, "o", -0.2),
    _Kind("self_serving", "in its own interest", AGAINST, "v", 0.02),
    _Kind("against_interest", "against its interest", FOR, "^", 0.22),
)


def plot_sources(records: Sequence[SourceRecord], *, note: str = "", title: str = "Whose word held") -> Figure:
    """Return the share of settled propositions that went each voice's way, by topic, with 95 % intervals.

    Each is told apart by the interest that the word served; of what most was settled stands first. Records of which
    nothing was settled are counted, and not drawn. Raises InputError where only such are left, or too many to read.
    """
    settled = sorted(
        (record for record in records if record.held + record.failed),
        key=lambda record: (-record.held - record.failed, record.voice, record.topic),
    )
    made, axes = figure(title, note, len(settled))
    if left := len(records) - len(settled):
        axes.set_title(f"not drawn: {left} of which nothing is settled", loc="right", fontsize=8, color=PALE)
    for lane, record in enumerate(settled):
        for kind in _KINDS:
            _share(axes, lane, kind, _tally(record, kind.name))
        words = f"{record.held + record.failed} settled, {record.open} open"
        axes.annotate(words, (1.01, lane), xycoords=("axes fraction", "data"), va="center", fontsize=8, color=PALE)
    lanes(axes, [f"{record.voice}, {record.topic}" for record in settled])
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0 %", "25 %", "50 %", "75 %", "100 %"])
    _legend(axes)
    return made


def _tally(record: SourceRecord, kind: str) -> Tally:
    if kind == "all":
        return Tally(held=record.held, failed=record.failed, share=record.share)
    return record.self_serving if kind == "self_serving" else record.against_interest


def _share(axes: Axes, lane: int, kind: _Kind, tally: Tally) -> None:
    share = tally.share
    if share is None:
        return
    axes.plot([share.low, share.high], [lane + kind.off] * 2, color=kind.colour, linewidth=1.5, solid_capstyle="butt")
    axes.plot([share.value], [lane + kind.off], kind.mark, color=kind.colour, markersize=6)


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra, and slow

    keys = [Line2D([], [], color=kind.colour, marker=kind.mark, label=kind.label) for kind in _KINDS]
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8)
