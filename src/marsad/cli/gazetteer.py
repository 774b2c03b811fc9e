"""`marsad gazetteer`: the file of places, what users add to it, and how it ranks the places of one name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli._common import DONE, INCOMPLETE, examples, progress, tell

if TYPE_CHECKING:
    from marsad.gazetteer import Added

_PATH = typer.Option(
    "--path", envvar="MARSAD_GAZETTEER", metavar="FILE", help="The gazetteer; in the user's data folder."
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="Build the file of places, add to it, ask it.")
    text = "Build the gazetteer from GeoNames data; done by itself when reports are first read."
    group.command("build", help=text, epilog=examples("marsad gazetteer build"))(_build)
    text = "Add places: GeoNames dumps, OpenStreetMap lists, CSV, GeoJSON. Adding the same again changes nothing."
    commands = (
        "marsad gazetteer add SY.zip",
        "marsad gazetteer add places.csv --source 'Field notes, CC0' --country SY",
    )
    group.command("add", help=text, epilog=examples(*commands))(_add)
    text = "Show which places a name may stand for, the best first, and why."
    group.command("find", help=text, epilog=examples("marsad gazetteer find Tripoli --countries LY,LB"))(_find)
    group.callback()(_group)
    app.add_typer(group, name="gazetteer")


def _group() -> None:
    pass


def _build(path: Annotated[Path | None, _PATH] = None) -> None:
    from marsad.gazetteer import build, default_path, imported  # noqa: PLC0415 - slow, and help does not need it

    target = path or default_path()
    lost = imported(target) if target.exists() else ()
    with progress() as move:
        build(target, progress=(lambda done, total: move("building the gazetteer", done, total)) if move else None)
    typer.echo(f"built {target}")
    if lost:
        tell(f"it is new: to have them back, add again {', '.join(lost)}")


def _add(
    *,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of places.")],
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="TEXT", help="Where they come from and their licence; kept with every place."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country", metavar="XX", help="The country of rows that name none; else that of the nearest towns."
        ),
    ] = None,
    only: Annotated[str, typer.Option("--only", metavar="XX,YY", help="Leave out the rows of other countries.")] = "",
    path: Annotated[Path | None, _PATH] = None,
) -> None:
    from marsad.gazetteer import Gazetteer, add_places  # noqa: PLC0415 - slow, and help does not need it

    with progress() as move:

        def building(done: int, total: int) -> None:
            if move:
                move("building the gazetteer", done, total)

        def adding(done: int, total: int) -> None:
            if move:
                move("adding places (bytes)", done, total)

        Gazetteer.open(path, build_if_missing=True, progress=building).close()
        chosen = _codes(country or "")
        told = add_places(
            files,
            path=path,
            source=source,
            country=chosen[0] if chosen else None,
            only=_codes(only),
            progress=adding,
        )
    raise typer.Exit(max([_tell_added(one) for one in told]))  # every file is told


def _tell_added(told: Added) -> int:
    """Say what became of the rows of one file, and why which ones were passed over; return the exit code."""
    left = f", {told.left_out} left out" if told.left_out else ""
    typer.echo(
        f"{told.path.name}: {told.added} places added, {told.merged} merged into known ones, "
        f"{told.known} known before{left} ({told.source})"
    )
    for reason, count in told.bad:
        lines = [str(row.line) for row in told.bad_rows if row.reason == reason][:5]
        more = ", ..." if count > len(lines) else ""
        tell(f"skipped in {told.path}: {count} rows: {reason} (rows {', '.join(lines)}{more})")
    return INCOMPLETE if told.bad else DONE


def _find(
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any script or spelling.")],
    countries: Annotated[
        str, typer.Option("--countries", metavar="XX,YY", help="The theatre's countries, the nearest first.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many places to show.")] = 10,
    path: Annotated[Path | None, _PATH] = None,
) -> None:
    from marsad.gazetteer import Context, Gazetteer  # noqa: PLC0415 - slow, and help does not need it

    chosen = _codes(countries)
    with Gazetteer.open(path, build_if_missing=True) as gazetteer:
        matches = gazetteer.rank(name, Context(countries=chosen))
    if not matches:
        hint = "" if chosen else "; other spellings are looked for in --countries only"
        tell(f"no place of the name {name}{hint}")
        raise typer.Exit(INCOMPLETE)
    for match in matches[:limit]:
        entry = match.entry
        where = ", ".join(filter(None, (entry.admin, entry.country)))
        verdict = f"{match.score:.3f}" if match.possible else "ruled out"
        typer.echo(f"{verdict}  {entry.name}, {entry.feature}{f' in {where}' if where else ''}")
        typer.echo(f"    {'; '.join(match.reasons)}")
        typer.echo(f"    {entry.lat:.4f}, {entry.lon:.4f}  {entry.id}  {entry.source}")
    if len(matches) > limit:
        typer.echo(f"and {len(matches) - limit} more")


def _codes(words: str) -> tuple[str, ...]:
    """Return the country codes of an option; refuse what is none."""
    codes = tuple(word.strip().upper() for word in words.split(",") if word.strip())
    for code in codes:
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise typer.BadParameter(f"'{code}' is no ISO 3166-1 alpha-2 code such as SY")
    return codes
