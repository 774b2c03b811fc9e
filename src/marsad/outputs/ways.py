"""Answers about routes: printed for people, as rows, and as GeoJSON for maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from marsad.outputs.tables import Rows
from marsad.outputs.wording import heard, listed, plain, several
from marsad.records import RouteStatus
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from marsad.records import RouteAnswer, RouteLeg, RouteSensitivity, RouteState, RouteTurn, RouteView, RouteWay
    from marsad.roads import Access, Network

_STYLES = {
    RouteStatus.OPEN: "green",
    RouteStatus.RESTRICTED: "yellow",
    RouteStatus.CLOSED: "red",
    RouteStatus.UNKNOWN: "dim",
}
_MOST_CUTS = 6


def print_route(answer: RouteAnswer, console: Console, zone: ZoneInfo, now: datetime | None) -> None:
    """Print an answer: the free way, each account's, what would cut it, and what was assumed."""
    console.print(Text(f"{plain(answer.start)} to {plain(answer.end)}, {answer.on}", style="bold"), soft_wrap=True)
    if answer.free is None:
        console.print("No road leads there, whatever anybody says.", soft_wrap=True)
    else:
        console.print(Text(f"If nothing were closed: {_length(answer.free)} by {_roads(answer.free)}"), soft_wrap=True)
    for view in answer.views:
        _print_view(view, answer, console, zone, now)
    console.print()
    for line in (*_cuts(answer), *map(_turning, answer.sensitivity), *_forecasts(answer)):
        console.print(Text(line), soft_wrap=True)
    console.print()
    for line in (*answer.assumptions, *_off_road(answer), f"Roads: {answer.attribution or 'nobody says whose'}"):
        console.print(Text(plain(line), style="dim"), soft_wrap=True)


def route_rows(answer: RouteAnswer) -> Rows:
    """Return a row for each leg of each view's way, and one for each view that has none."""
    full = []
    for view in answer.views:
        shared = {
            "start": answer.start,
            "end": answer.end,
            "on": to_json(answer.on),
            "as_of": to_json(answer.as_of),
            "according_to": view.according_to,
            "side": view.side,
            "km_in_all": round(view.way.km, 1) if view.way else None,
            "minutes_in_all": round(view.way.minutes) if view.way else None,
        }
        full += (
            [{**shared, **_leg_row(number, leg)} for number, leg in enumerate(view.way.legs, 1)]
            if view.way
            else [{**shared, **dict.fromkeys(_leg_row(0, None)), "status": RouteStatus.CLOSED.value}]
        )
    columns = ("according_to", "leg", "road", "km", "minutes", "status", "words")
    brief = [[_cell(row[name]) for name in columns] for row in full]
    return Rows(columns, brief, full)


def route_features(answer: RouteAnswer) -> dict[str, Any]:
    """Return an answer as a GeoJSON feature collection: a line for each leg, with whose word makes its status."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [list(point) for point in leg.line]},
            "properties": {
                "according_to": view.according_to,
                "side": view.side,
                **_leg_row(number, leg),
                "on": to_json(answer.on),
                "as_of": to_json(answer.as_of),
            },
        }
        for view in answer.views
        if view.way
        for number, leg in enumerate(view.way.legs, 1)
    ]
    return {
        "type": "FeatureCollection",
        "features": features,
        "start": answer.start,
        "end": answer.end,
        "cuts": [list(some) for some in answer.cuts],
        "assumptions": list(answer.assumptions),
        "attribution": answer.attribution,
    }


def access_rows(found: Sequence[Access]) -> Rows:
    """Return a row for each town: from where it is reached, in how many minutes, and what that is beside the usual."""
    brief = [
        (
            one.town,
            one.nearest or "cut off",
            _time(one.minutes) if one.minutes is not None else "",
            _time(one.free_minutes) if one.free_minutes is not None else "no road",
        )
        for one in found
    ]
    full = [
        {
            "town": one.town,
            "lat": one.lat,
            "lon": one.lon,
            "nearest": one.nearest,
            "minutes": None if one.minutes is None else round(one.minutes),
            "free_minutes": None if one.free_minutes is None else round(one.free_minutes),
        }
        for one in found
    ]
    return Rows(("town", "reached from", "in", "if nothing were closed"), brief, full)


def _print_view(view: RouteView, answer: RouteAnswer, console: Console, zone: ZoneInfo, now: datetime | None) -> None:
    whose = {"all": "What every account leaves", "nowcast": "By the nowcast", "nobody": "By what is known"}.get(
        view.according_to, f"By the account of {plain(view.according_to)}"
    )
    if view.way is None:
        console.print(Text.assemble((f"{whose}: ", "bold"), ("no way", "red")), soft_wrap=True)
    else:
        longer = _longer(view.way, answer.free)
        status = (view.way.status.value, _STYLES[view.way.status])
        console.print(
            Text.assemble((f"{whose}: ", "bold"), status, f", {_length(view.way)}{longer} by {_roads(view.way)}"),
            soft_wrap=True,
        )
    for state in view.closing:
        console.print(Text(f"  closed: {_word(state, zone, now)}", style="red"), soft_wrap=True)
    for state in dict.fromkeys(state for leg in (view.way.legs if view.way else ()) for state in leg.states):
        if state.status in {RouteStatus.RESTRICTED, RouteStatus.OPEN}:
            line = f"  {state.status.value}: {_word(state, zone, now)}"
            console.print(Text(line, style=_STYLES[state.status]), soft_wrap=True)


def _word(state: RouteState, zone: ZoneInfo, now: datetime | None) -> str:
    since = f" since {state.start}" if state.start else ""
    last = f" ({heard(state.last_heard, now, zone)})" if state.last_heard else ""
    return f"{plain(state.place.name)}, {plain(state.why)}{since}, says {plain(state.according_to)}{last}"


def _cuts(answer: RouteAnswer) -> Iterator[str]:
    if answer.free is None:
        return
    if answer.by_passes:
        yield "No towns cut it: a way passes every one of them by, as far as their holders are taken to reach."
        return
    if answer.cut_size is None:
        yield f"No {answer.most_towns} towns or fewer cut it: closing any such set leaves a way."
        return
    sets = [" and ".join(map(plain, some)) for some in answer.cuts]
    yield f"Fewest towns whose closing cuts it: {answer.cut_size}, namely {listed(sets, _MOST_CUTS, ';')}"


def _turning(one: RouteSensitivity) -> str:
    steps = [f"from {step.radius:.0f} km on {_instead(step)}" for step in one.turns[1:]]
    return f"If {plain(one.town)} stops traffic: {'; '.join(steps) or 'nothing changes much however far it reaches'}"


def _instead(step: RouteTurn) -> str:
    if step.km is None:
        return "no way"
    return f"{step.km:.0f} km by {listed([plain(name) for name in step.roads]) if step.roads else 'small roads'}"


def _forecasts(answer: RouteAnswer) -> Iterator[str]:
    for one in dict.fromkeys(answer.forecasts):
        says = f"{plain(one.source)} says that the loss of {plain(one.town)} would cut roads ({', '.join(one.claims)})"
        left = (
            "these two places: so say the roads" if one.km is None else f"not these two places: {one.km:.0f} km remain"
        )
        yield f"{says}; {left}"


def _off_road(answer: RouteAnswer) -> Iterator[str]:
    for place, km in zip((answer.start, answer.end), answer.off_road, strict=True):
        if km >= 1:
            yield f"{place} is {km:.0f} km from the nearest road of these."


def _leg_row(number: int, leg: RouteLeg | None) -> dict[str, Any]:
    if leg is None:
        return dict.fromkeys(("leg", "road", "class", "km", "minutes", "status", "border", "words", "claims"))
    return {
        "leg": number,
        "road": leg.road or None,
        "class": leg.kind,
        "km": round(leg.km, 1),
        "minutes": round(leg.minutes),
        "status": leg.status.value,
        "border": "-".join(leg.border) if leg.border else None,
        "words": [f"{state.according_to}: {state.place.name}, {state.why}" for state in leg.states],
        "claims": [claim for state in leg.states for claim in state.claims],
    }


def _cell(value: object) -> str:
    return plain("; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value))


def _length(way: RouteWay) -> str:
    borders = [f"{a} to {b}" for a, b in way.borders]
    over = f", over {several(len(borders), 'border')} ({listed(borders)})" if borders else ""
    return f"{way.km:.0f} km, {_time(way.minutes)}{over}"


def _longer(way: RouteWay, free: RouteWay | None) -> str:
    more = way.km - free.km if free else 0.0
    return f" ({more:+.0f} km)" if abs(more) >= 1 else ""


def _roads(way: RouteWay) -> str:
    names = list(dict.fromkeys(plain(leg.road) for leg in way.legs if leg.road))
    return listed(names, 4) if names else "roads without a name"


def _time(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def network_rows(networks: Mapping[str, Network]) -> Rows:
    """Return a row for each network by name: how much it holds, and whose it is."""
    full = [
        {
            "name": name,
            "roads": len(network.roads),
            "km": round(sum(road.km for road in network.roads)),
            "borders": sum(road.border is not None for road in network.roads),
            "attribution": network.attribution,
            "licence": network.licence,
        }
        for name, network in networks.items()
    ]
    columns = ("name", "roads", "km", "borders", "attribution", "licence")
    return Rows(columns, [[_cell(row[name]) for name in columns] for row in full], full)
