"""How well saved pages were read, for `marsad evaluate`: a table, single faults, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from marsad.cli._common import tell

if TYPE_CHECKING:
    from rich.console import Console

    from marsad.evaluation import PageScores

_LONGEST = 200


def print_pages(scores: PageScores, out: Console) -> None:
    """Print F1 of words, paragraphs and entries, and how often each field of a report was right."""
    columns = ("", "precision", "recall", "F1", "gold", "found")
    wholes = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("words", "paragraphs", "entries"):
        measure = getattr(scores, name)
        ratios = (f"{value:.3f}" for value in (measure.precision, measure.recall, measure.f1))
        wholes.add_row(name, *ratios, str(measure.gold), str(measure.predicted))
    shares = Table("", "right", "of", "share", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, share in {**scores.fields, "no report": scores.empty}.items():
        shares.add_row(name, str(share.right), str(share.asked), f"{share.ratio:.3f}")
    out.print(wholes)
    out.print(f"{scores.pages} pages; F1 of words, mean of the pages that hold a report: {scores.mean_words:.3f}")
    out.print(shares)


def print_page_faults(scores: PageScores, most: int) -> None:
    """Write single faults to standard error, one a line, page by page."""
    for fault in scores.faults[:most]:
        tell(f"{fault.file} {fault.what}: gold {fault.gold!r}, found {fault.found!r}"[:_LONGEST])
