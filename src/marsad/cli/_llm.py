"""The options of commands that can have reports read by a language model, and what it took."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import marsad
from marsad.cli._common import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ReaderName(StrEnum):
    """Who reads reports: what comes with Marsad, or a language model at an endpoint of the user's."""

    EMBEDDED = "embedded"
    LLM = "llm"


ReaderOption = Annotated[
    ReaderName,
    typer.Option(
        "--reader",
        help="Who reads: what comes with Marsad, or a language model at your endpoint, to which the texts are sent.",
    ),
]
LlmOption = Annotated[
    Path | None,
    typer.Option("--llm", metavar="FILE", help="The endpoint and its settings (TOML); else MARSAD_LLM names the file."),
]
_VARIABLE = "MARSAD_LLM"


def settings_of(reader: ReaderName, llm: Path | None) -> marsad.LlmSettings | None:
    """Return the settings of the language model that is to read, None where the embedded reader is."""
    if reader is ReaderName.EMBEDDED:
        if llm is not None:
            raise typer.BadParameter("goes with --reader llm", param_hint="--llm")
        return None
    named = os.environ.get(_VARIABLE)
    chosen = llm or (Path(named) if named else None)
    if chosen is None:
        raise typer.BadParameter(f"llm needs --llm FILE, or the variable {_VARIABLE}", param_hint="--reader")
    return marsad.load_llm_settings(chosen)


def read_by(
    ready: marsad.Reader, settings: marsad.LlmSettings | None, reports: Iterable[marsad.Report]
) -> Iterator[tuple[marsad.Report, tuple[marsad.Claim, ...] | marsad.Unread]]:
    """Yield each report with its claims; at the end, tell on standard error what a language model took."""
    if settings is None:
        yield from ready.read_many(reports)
        return
    asking = marsad.LlmReader(ready.gazetteer, ready.theatre, settings)
    try:
        yield from asking.read_many(reports)
    finally:
        tell_tally(asking.tally)


def tell_tally(tally: marsad.LlmTally) -> None:
    """Tell on standard error what asking a language model took and gave, where it was asked at all."""
    for line in tally.in_words() if tally.requests or tally.cached else ():
        tell(f"llm: {line}")
