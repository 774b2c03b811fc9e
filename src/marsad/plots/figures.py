"""What all plots share: a figure with a title and a note, colours that need not be told apart alone, and files.

No plot keeps state between calls: figures are made as objects, never through pyplot.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import InputError, MarsadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE, RULE = "#1a1a1a", "#6b6b6b", "#d4d4d4"
FOR, AGAINST = "#0072b2", "#d55e00"
SUFFIXES = (".svg", ".png", ".pdf")
MOST_LANES = 300
"""So many lines of text a figure can have before nobody can read it."""

# Okabe and Ito's colours, which people with any colour vision tell apart (jfly.uni-koeln.de/color), each with a hatch
# for print in grey.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
_HATCHES = ("", "//", "..", "\\\\", "--", "xx", "++", "oo")
WIDTH = 10.0
"""The width of a figure in inches."""

_LANE, _ROOM = 0.3, 1.5  # inches: the height of a lane, and the room above and below the lanes


def figure(title: str, note: str, lanes: int, width: float = WIDTH) -> tuple[Figure, Axes]:
    """Return a figure `width` inches wide with room for some lanes, and its one axes, the first lane on top.

    Raises MarsadError without the extra, and InputError where there are no lanes or too many to be read.
    """
    if not lanes:
        raise InputError("nothing to draw: nothing fits the question")
    if lanes > MOST_LANES:
        raise InputError(f"{lanes:,} lines are too many to draw, the most is {MOST_LANES}: ask for less")
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra, and slow
    except ImportError as error:
        raise MarsadError("plots need matplotlib: install 'marsad[plots]'") from error
    height = _ROOM + _LANE * max(lanes, 3)
    made = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    made.suptitle(shown(title), x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK)
    made.supxlabel(shown(note), x=0.01, ha="left", fontsize=8, color=PALE)
    axes = made.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(colors=INK, labelsize=9, length=0)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    return made, axes


def lanes(axes: Axes, names: Iterable[str]) -> None:
    """Name the lanes of axes from the top down."""
    labels = [shown(name) for name in names]
    axes.set_yticks(range(len(labels)), labels=labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)


def at(when: datetime | date, zone: ZoneInfo | None = None) -> float:
    """Return where a day begins on an axis of days, or where an instant stands by the clocks of a zone."""
    from matplotlib.dates import date2num  # noqa: PLC0415 - an extra, and slow

    local = when.astimezone(zone).replace(tzinfo=None) if isinstance(when, datetime) else when
    return float(date2num(local))  # type: ignore[no-untyped-call]


def day_axis(axes: Axes) -> None:
    """Let the x axis tell days."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter  # noqa: PLC0415 - an extra, and slow

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def paler(colour: str, share: float) -> str:
    """Return an opaque colour with so much of `colour` and the rest white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def looks(names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return a colour and a hatch for each name, always the same for the same names."""
    count = len(_COLOURS)
    return {
        name: (_COLOURS[number % count], _HATCHES[(number + number // count) % count])
        for number, name in enumerate(sorted(set(names)))
    }


def save_plot(made: Figure, path: Path | str) -> None:
    """Write a figure to a new .svg, .png or .pdf file, with the same bytes whenever it is the same figure.

    Raises InputError where the file is there already, cannot be written, or has another suffix.
    """
    from matplotlib import rc_context  # noqa: PLC0415 - an extra, and slow

    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise InputError(f"{path}: a plot is written as one of {', '.join(SUFFIXES)}")
    dated = {".svg": {"Date": None}, ".png": {"Software": None}, ".pdf": {"CreationDate": None}}[path.suffix]
    try:
        with path.open("xb") as stream, rc_context({"svg.hashsalt": "marsad", "svg.fonttype": "none"}):
            made.savefig(stream, format=path.suffix[1:], dpi=150, metadata=dated)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def shown(text: str) -> str:
    """Return text for a figure, in one line; what would begin a formula stands for itself."""
    return " ".join(text.split()).replace("$", r"\$")
