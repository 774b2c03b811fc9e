"""`marsad route`, `marsad access` and `marsad roads`: which way is open, by whose word, and on which roads."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli._common import (
    DEFAULT_MONITOR,
    AsOfOption,
    Format,
    FormatOption,
    LearntByOption,
    MonitorOption,
    PolicyOption,
    console,
    day,
    examples,
    instant,
    opened,
    show,
    told_of,
)

if TYPE_CHECKING:
    from marsad.outputs import Rows


class _RouteFormat(StrEnum):
    TEXT = "text"
    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


_Roads = Annotated[
    str | None,
    typer.Option("--roads", metavar="NAME|FILE", help="Which roads; else the first that reach the places."),
]
_On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day; else the last of which anything is known.")
]
_For = Annotated[
    str | None,
    typer.Option("--for", metavar="SIDE", help="Whose traffic, `nobody` for no side's; else of who holds the start."),
]
_Account = Annotated[str | None, typer.Option("--according-to", metavar="NAME", help="Only this account or side.")]
_Radius = Annotated[
    float | None, typer.Option("--radius", metavar="KM", help="How far the holder of a town stops traffic; else 8 km.")
]
_Classes = Annotated[
    str, typer.Option("--classes", metavar="A,B", help="Only roads of these classes, such as motorway,trunk,primary.")
]
_Vehicle = Annotated[str, typer.Option("--vehicle", metavar="NAME", help="What drives: car or truck.")]
_Avoid = Annotated[str | None, typer.Option("--avoid", metavar="border", help="Cross no border.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "route",
        help="Show which way is open from one place to another, by whose account and how old its words are, what would "
        "cut it, and at which radius the answer turns.",
        short_help="Show which way is open, by whose account.",
        epilog=examples(
            "marsad route Damascus Tartus --as-of 2024-12-06",
            'marsad route Damascus Tartus --if "Homs held by HTS-led alliance" --avoid border',
            "marsad route Damascus Aleppo --for nobody --format geojson > way.geojson",
        ),
    )(_route)
    app.command(
        "access",
        help="Show which towns can be reached from some places, from which and in how long; a road is closed if any "
        "account closes it.",
        short_help="Show which towns are cut off.",
        epilog=examples("marsad access --from Damascus --from Beirut Homs Aleppo Palmyra", "marsad access --from Homs"),
    )(_access)
    group = typer.Typer(no_args_is_help=True, help="Keep the roads that routes are looked for on.")
    text = (
        "Read roads from an OpenStreetMap extract (.osm.pbf), JSON lines or GeoJSON in the shape of UNSDI-T, and keep "
        "them under a name."
    )
    group.command("add", help=text, epilog=examples("marsad roads add syria-latest.osm.pbf --name syria"))(_add)
    group.command("list", help="List the roads that are kept.", epilog=examples("marsad roads list"))(_list)
    app.add_typer(group, name="roads")


def _route(
    *,
    start: Annotated[str, typer.Argument(metavar="FROM", help="Where the way begins.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="Where it ends.")],
    as_of: AsOfOption = None,
    on: _On = None,
    traffic: _For = None,
    according_to: _Account = None,
    suppose: Annotated[
        list[str] | None,
        typer.Option("--if", metavar='"PLACE held by ACTOR"', help="Suppose that it is so, whatever is said."),
    ] = None,
    radius: _Radius = None,
    classes: _Classes = "",
    avoid: _Avoid = None,
    vehicle: _Vehicle = "car",
    roads: _Roads = None,
    learnt_by: LearntByOption = None,
    form: Annotated[
        _RouteFormat, typer.Option("--format", help="Text for people; rows or GeoJSON for programs.")
    ] = _RouteFormat.TEXT,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import print_route, route_features, route_rows  # noqa: PLC0415 - slow, and help needs it not

    with opened(monitor, learnt_by=learnt_by, policy=policy) as held:
        upto = instant(as_of, held.zone)
        found = held.route(
            start,
            end,
            roads=roads,
            as_of=upto,
            on=day(on, "--on"),
            traffic=traffic,
            according_to=according_to,
            radius=radius,
            kinds=_kinds(classes),
            borders=_borders(avoid),
            vehicle=vehicle,
            suppose=dict(map(_supposed, suppose or ())),
        )
        if form is _RouteFormat.TEXT:
            print_route(found, console(), held.zone, held.picture(upto).last_word)
        elif form is _RouteFormat.GEOJSON:
            typer.echo(json.dumps(route_features(found), ensure_ascii=False))
        else:
            show(route_rows(found), Format(form.value))


def _access(
    *,
    towns: Annotated[
        list[str] | None, typer.Argument(metavar="TOWN...", help="Which towns; else the larger ones among the roads.")
    ] = None,
    starts: Annotated[list[str], typer.Option("--from", metavar="PLACE", help="From where; may be given again.")],
    as_of: AsOfOption = None,
    on: _On = None,
    traffic: _For = None,
    according_to: _Account = None,
    radius: _Radius = None,
    classes: _Classes = "",
    avoid: _Avoid = None,
    vehicle: _Vehicle = "car",
    roads: _Roads = None,
    learnt_by: LearntByOption = None,
    form: FormatOption = Format.TABLE,
    policy: PolicyOption = None,
    monitor: MonitorOption = DEFAULT_MONITOR,
) -> None:
    from marsad.outputs import access_rows  # noqa: PLC0415 - slow, and help does not need it

    with opened(monitor, learnt_by=learnt_by, policy=policy) as held:
        found = held.access(
            starts,
            towns or (),
            roads=roads,
            as_of=instant(as_of, held.zone),
            on=day(on, "--on"),
            traffic=traffic,
            according_to=according_to,
            radius=radius,
            kinds=_kinds(classes),
            borders=_borders(avoid),
            vehicle=vehicle,
        )
        show(access_rows(found), form)


def _add(
    *,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file of roads.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call them.")],
) -> None:
    from marsad.gazetteer import Gazetteer  # noqa: PLC0415 - slow, and help does not need it
    from marsad.monitor import countries_of  # noqa: PLC0415
    from marsad.roads import add_roads  # noqa: PLC0415

    with Gazetteer.open(build_if_missing=True) as gazetteer:
        network = add_roads(path, name, countries_of(gazetteer))
    crossing = sum(road.border is not None for road in network.roads)
    typer.echo(
        f"{name}: {len(network.roads):,} roads, {sum(road.km for road in network.roads):,.0f} km, {crossing} of them "
        f"over a border ({network.attribution or 'nobody says whose'})"
    )


def _list(*, form: FormatOption = Format.TABLE) -> None:
    from marsad.outputs import network_rows  # noqa: PLC0415 - slow, and help does not need it
    from marsad.roads import open_roads, road_files  # noqa: PLC0415

    rows: Rows = network_rows({name: open_roads(path) for name, path in road_files().items()})
    show(rows, form)


def _kinds(words: str) -> tuple[str, ...]:
    """Return the classes of road of an option; refuse what is none."""
    from marsad.monitor import road_classes  # noqa: PLC0415 - slow, and help does not need it

    with told_of("--classes"):
        return road_classes(words)


def _borders(avoid: str | None) -> bool:
    from marsad.monitor import borders_of  # noqa: PLC0415 - slow, and help does not need it

    with told_of("--avoid"):
        return borders_of(avoid)


def _supposed(words: str) -> tuple[str, str]:
    from marsad.monitor import supposed  # noqa: PLC0415 - slow, and help does not need it

    with told_of("--if"):
        return supposed(words)
