"""Who holds what by whose account: a lane for each account and holder, day by day, fading after its last word."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from marsad.plots.figures import PALE, RULE, at, day_axis, figure, lanes, looks, paler, shown
from marsad.records import ControlStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from marsad.records import ControlState

# How each status is drawn: whether it is filled, what is hatched over it, and the line around it.
_STYLES: Mapping[ControlStatus, tuple[bool, str, str]] = {
    ControlStatus.HELD: (True, "", "solid"),
    ControlStatus.CLAIMED: (True, "///", "solid"),
    ControlStatus.CONTESTED: (True, "xxx", "solid"),
    ControlStatus.LOST: (False, "", "solid"),
    ControlStatus.DENIED: (False, "", "dashed"),
    ControlStatus.UNKNOWN: (False, "", "dotted"),
}
_DAY = timedelta(days=1)
_SILENT = 0.3  # of its colour is left to a bar after the last word of its account


def plot_control(
    states: Sequence[ControlState], now: datetime | None, zone: ZoneInfo, *, note: str = "", title: str = "Control"
) -> Figure:
    """Return the spells of control as bars from day to day up to `now`, a lane for each place, account and holder.

    Holders have colours, statuses fillings: solid is held, hatched claimed or contested, empty lost, denied (dashed) or
    unknown (dotted). Of two standings on one day the later one is seen. A bar fades from the day of the account's last
    word. Spells without any day are left out. Raises InputError where nothing is left, or more than can be read.
    """
    dated = [state for state in states if now is not None and _begin(state, zone) is not None]
    order = sorted(dated, key=lambda state: (state.place.name, state.according_to, state.holder))
    found = [(key, list(group)) for key, group in groupby(order, key=_lane)]
    made, axes = figure(title, note, len(found))
    last = now.astimezone(zone).date() if now else date.min
    colours = looks(state.holder for state in dated)
    several = len({place for (place, _, _), _ in found}) > 1
    names = []
    for number, ((place, account, holder), spells) in enumerate(found):
        names.append(f"{place}, by {account}: {holder}" if several else f"{account}: {holder}")
        for spell in sorted(spells, key=lambda one: (_begin(one, zone) or date.min, one.status)):
            _bar(axes, number, spell, colours[holder][0], zone=zone, last=last)
    lanes(axes, names)
    _part(axes, found)
    day_axis(axes)
    _legend(axes, dated)
    return made


def _lane(state: ControlState) -> tuple[str, str, str]:
    return state.place.name, state.according_to, state.holder


def _begin(state: ControlState, zone: ZoneInfo) -> date | None:
    return state.start or (state.last_heard.astimezone(zone).date() if state.last_heard else None)


def _bar(axes: Axes, lane: int, state: ControlState, colour: str, *, zone: ZoneInfo, last: date) -> None:
    """Draw one spell until the day `last` at most: up to the account's last word on it, and from there on paler."""
    first = _begin(state, zone)
    if first is None:
        return
    end = max(first + _DAY, state.end or last + _DAY)
    heard = state.last_heard.astimezone(zone).date() + _DAY if state.last_heard else first
    turn = min(max(heard, first), end)
    filled, hatch, line = _STYLES[state.status]
    for begin, stop, shade in ((first, turn, colour), (turn, end, paler(colour, _SILENT))):
        if begin < stop:
            (bar,) = axes.barh(lane, at(stop) - at(begin), left=at(begin), height=0.62)
            bar.set(facecolor=shade if filled else "white", edgecolor="white" if filled else shade)
            bar.set(hatch=hatch, linestyle=line, linewidth=0.0 if filled and not hatch else 1.2)
            bar.set_gid(f"{shown(state.according_to)}: {shown(state.holder)} {state.status.value}")


def _part(axes: Axes, found: Iterable[tuple[tuple[str, str, str], object]]) -> None:
    """Draw a thin line where another place, or of one place another account, begins."""
    keys = [key for key, _ in found]
    several = len({place for place, _, _ in keys}) > 1
    groups = [place if several else account for place, account, _ in keys]
    for number in range(1, len(groups)):
        if groups[number] != groups[number - 1]:
            axes.axhline(number - 0.5, color=RULE, linewidth=0.6)


def _legend(axes: Axes, states: Iterable[ControlState]) -> None:
    """Say what the fillings mean that are there."""
    from matplotlib.patches import Patch  # noqa: PLC0415 - an extra, and slow

    there = {state.status for state in states}
    keys = []
    for status, (filled, hatch, line) in _STYLES.items():
        if status in there:
            face, edge = (PALE, "white") if filled else ("white", PALE)
            key = Patch(facecolor=face, edgecolor=edge, hatch=hatch, label=status.value)
            key.set_linestyle(line)  # type: ignore[arg-type]
            keys.append(key)
    keys.append(Patch(facecolor=paler(PALE, _SILENT), label="no word since"))
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(keys), frameon=False, fontsize=8)
