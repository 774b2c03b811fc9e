"""`marsad evaluate`: what is read, or taken out of saved pages, against what people annotated."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich import box
from rich.table import Table
from rich.text import Text

import marsad
from marsad.cli._common import (
    DONE,
    INCOMPLETE,
    TheatreOption,
    console,
    examples,
    progress,
    reader,
    tell,
    tell_failures,
)
from marsad.cli._compared import compared_json, print_compared, readings
from marsad.cli._control import control_json, print_control
from marsad.cli._llm import LlmOption, ReaderName, ReaderOption, settings_of
from marsad.cli._pages import print_page_faults, print_pages
from marsad.cli._plots import PlotOption, draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

    from marsad.evaluation import ControlScores, Corpus, DisputeScore, DisputeScores, Measure, Pinnable, Scores
    from marsad.records import Claim, Report


class _Form(StrEnum):
    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = examples(
        "marsad evaluate gold",
        "marsad evaluate gold predicted.jsonl --errors 20",
        "marsad evaluate gold --floors floors.json",
        "marsad evaluate gold --only 'demo-00?'",
        "marsad evaluate gold --plot calibration.svg",
        "marsad evaluate corpus/pages --errors 20",
    )
    text = (
        "Score claims against a folder of annotated reports (reports.jsonl, claims.jsonl, actors.json). Without "
        "PREDICTED the reports are read now, with the folder's theatre.toml if it has one. With --reader llm both "
        "readers read them, and are set side by side. Of a folder of saved pages (pages.jsonl), what is taken out of "
        "them is scored."
    )
    app.command("evaluate", help=text, short_help="Score claims against annotations.", epilog=epilog)(_evaluate)


def _evaluate(
    *,
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="The folder of annotated reports, or pages.")],
    predicted: Annotated[Path | None, typer.Argument(metavar="PREDICTED", help="Claims to score (JSON lines).")] = None,
    theatre: TheatreOption = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="PATTERN", help="Score only reports whose ids fit, as in 'war-01*'; may be repeated."
        ),
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", min=0, help="Print this many single faults and confusions of types.")
    ] = 0,
    form: Annotated[_Form, typer.Option("--format", help="A table, or JSON.")] = _Form.TABLE,
    floors: Annotated[
        Path | None, typer.Option("--floors", metavar="FILE", help="Fail where a measure is below its floor here.")
    ] = None,
    update: Annotated[bool, typer.Option("--update-floors", help="Raise the floors to what is reached.")] = False,
    plot: PlotOption = None,
    by: ReaderOption = ReaderName.EMBEDDED,
    llm: LlmOption = None,
) -> None:
    from marsad.evaluation import (  # noqa: PLC0415 - slow, and help does not need it
        is_pages,
        read_annotations,
        score_control,
        score_folder,
    )

    if update and floors is None:
        raise typer.BadParameter("needs --floors FILE", param_hint="--update-floors")
    settings = _compared_with(by, llm, alone=not (predicted or floors or plot))
    if is_pages(gold):
        if predicted or theatre or settings or only:
            raise typer.BadParameter("saved pages are scored as they are read: give the folder alone")
        _evaluate_pages(gold, errors, form, floors, update=update)
    corpus = _corpus(gold, theatre, only)
    if settings is not None:
        _compare(corpus, settings, errors, form)
    read = tuple(_reading(corpus)) if predicted is None else None
    scores = corpus.score(read_annotations(predicted)) if predicted else corpus.score_read(read or ())
    profile = marsad.load_theatre(corpus.theatre) if corpus.theatre else None
    disputes = score_folder(gold, profile, read) if not only else None
    control = score_control(gold, profile, read) if not only else None
    if plot is not None:
        draw(plot, lambda: _calibration(control, gold.name))
    _show(form, scores, disputes, control)
    _print_details(scores, errors)
    _leave(_broken(floors, corpus.digest, scores, update=update))


def _print_details(scores: Scores, errors: int) -> None:
    _print_faults(scores, errors)
    _print_confusions(scores, errors)


def _corpus(gold: Path, theatre: Path | None, only: list[str] | None) -> Corpus:
    corpus = marsad.Corpus.open(gold, theatre)
    return corpus.only(only) if only else corpus


def _compared_with(by: ReaderName, llm: Path | None, *, alone: bool) -> marsad.LlmSettings | None:
    """Return the language model that is to be compared with the embedded reader, None where none is."""
    settings = settings_of(by, llm)
    if settings is not None and not alone:
        raise typer.BadParameter("llm compares two readers: leave out PREDICTED, --floors and --plot")
    return settings


def _compare(corpus: Corpus, settings: marsad.LlmSettings, errors: int, form: _Form) -> NoReturn:
    """Set the embedded reader and a language model side by side; the single faults are the model's."""
    ours, theirs = readings(corpus, settings)
    if form is _Form.JSON:
        typer.echo(json.dumps(compared_json(ours, theirs), indent=1))
    else:
        print_compared(ours, theirs, console())
    _print_details(theirs.scores, errors)
    raise typer.Exit(tell_failures((), (*ours.unread, *theirs.unread)))


def _calibration(control: ControlScores | None, name: str) -> Figure:
    """Return the calibration of the nowcasts from what was read, else from the annotated claims."""
    if control is None:
        raise marsad.InputError(f"{name}: there is no control.jsonl whose calibration could be drawn")
    score, of = (control.read, "what was read") if control.read else (control.gold, "annotated claims")
    note = f"{name} · from {of} · {score.heard} of {score.places} places · Marsad {marsad.__version__}"
    return marsad.plot_calibration(score.bins, note=note)


def _evaluate_pages(folder: Path, errors: int, form: _Form, floors: Path | None, *, update: bool) -> NoReturn:
    """Score what is taken out of saved pages."""
    from marsad.evaluation import SavedPages  # noqa: PLC0415 - slow, and help does not need it

    pages = SavedPages.open(folder)
    scores = pages.score(pages.read())
    broken = _broken(floors, pages.digest, scores, update=update)
    if form is _Form.JSON:
        typer.echo(json.dumps(scores.to_json(), indent=1))
    else:
        print_pages(scores, console())
    print_page_faults(scores, errors)
    _leave(broken)


def _broken(floors: Path | None, digest: str, scores: Pinnable, *, update: bool) -> tuple[str, ...]:
    """Return the lines of floors that are not reached, or raise the floors where they are to be updated."""
    from marsad.evaluation import breaches, raise_floors  # noqa: PLC0415 - slow, and help does not need it

    if floors and update:
        raise_floors(floors, digest, scores)
    return breaches(floors, digest, scores) if floors and not update else ()


def _leave(broken: tuple[str, ...]) -> NoReturn:
    """Tell what is below its floor, and end the command."""
    for line in broken:
        tell(line)
    raise typer.Exit(INCOMPLETE if broken else DONE)


def _show(form: _Form, scores: Scores, disputes: DisputeScores | None, control: ControlScores | None) -> None:
    """Write all scores to standard output."""
    if form is _Form.JSON:
        told = {"disputes": _disputes_json(disputes)} if disputes else {}
        told |= {"control": control_json(control)} if control else {}
        typer.echo(json.dumps({**scores.to_json(), **told}, indent=1))
        return
    _print(scores)
    _print_disputes(disputes)
    if control:
        print_control(control, console())


def _reading(corpus: Corpus) -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    with progress() as move, reader(corpus.theatre, move) as ready:
        for number, (report, found) in enumerate(ready.read_many(corpus.reports), start=1):
            if move:
                move("reading", number, len(corpus.reports))
            yield report, () if isinstance(found, marsad.Unread) else found


def _print(scores: Scores) -> None:
    out = console()
    columns = ("", "precision", "recall", "F1", "gold", "predicted")
    wholes, types = (Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False) for _ in range(2))
    for name, measure in scores.measures.items():
        wholes.add_row(name, *_cells(measure))
    for name, measure in scores.types.items():
        types.add_row(Text(name), *_cells(measure))
    out.print(wholes)
    out.print(
        "right among the typed:  " + "  ".join(f"{name} {share:.3f}" for name, share in scores.fields.items()),
        soft_wrap=True,
    )
    out.print(types)
    out.print(
        "faults:  " + "  ".join(f"{name} {count}" for name, count in scores.fault_classes.items()), soft_wrap=True
    )
    if scores.unplaced:
        out.print(f"{scores.unplaced} claims whose anchor is not in the report's text")


def _print_disputes(disputes: DisputeScores | None) -> None:
    if disputes is None:
        return
    table = Table("disputes from", "precision", "recall", "F1", "gold", "found", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, score in (("what was read", disputes.read), ("the annotated claims", disputes.gold)):
        if score is not None:
            ratios = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
            table.add_row(name, *ratios, str(score.gold), str(score.found))
    console().print(table)


def _disputes_json(disputes: DisputeScores) -> dict[str, Any]:
    def row(score: DisputeScore) -> dict[str, Any]:
        ratios = {name: round(getattr(score, name), 3) for name in ("precision", "recall", "f1")}
        return {**ratios, "gold": score.gold, "found": score.found, "missed": list(score.missed)}

    own = {"read": row(disputes.read)} if disputes.read else {}
    return {**own, "gold": row(disputes.gold)}


def _cells(measure: Measure) -> tuple[str, ...]:
    ratios = (f"{value:.3f}" for value in (measure.precision, measure.recall, measure.f1))
    return (*ratios, str(measure.gold), str(measure.predicted))


def _print_confusions(scores: Scores, most: int) -> None:
    for (gold, found), count in list(scores.confusions.items())[:most]:
        tell(f"confused {count} times: gold {gold}, predicted {found}")


def _print_faults(scores: Scores, most: int) -> None:
    for fault in scores.faults[:most]:
        wrong = "; ".join(f"{name}: gold {gold!r}, predicted {found!r}" for name, (gold, found) in fault.wrong.items())
        tell(f"{fault.kind} {fault.report} {fault.event} [{fault.anchor}] {wrong}")
