"""Two readers of the same annotated reports side by side, for `marsad evaluate --reader llm`: tables and JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

import marsad
from marsad.cli._common import progress, reader
from marsad.cli._control import control_json
from marsad.cli._llm import read_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console

    from marsad.evaluation import ControlScores, Corpus, DisputeScore, DisputeScores, Measure, Scores

_RATIOS = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader made of a corpus, by its name in tables."""

    name: str
    extractor: str
    scores: Scores
    disputes: DisputeScores | None
    control: ControlScores | None
    unread: tuple[marsad.Unread, ...]


def readings(corpus: Corpus, settings: marsad.LlmSettings) -> tuple[Reading, Reading]:
    """Return what the embedded reader and a language model make of a corpus."""
    with progress() as move, reader(corpus.theatre, move) as ready:
        made = []
        asking = marsad.LlmReader(ready.gazetteer, ready.theatre, settings)
        for name, extractor, chosen in (("embedded", ready.extractor, None), ("llm", asking.extractor, settings)):
            read = []
            for number, one in enumerate(read_by(ready, chosen, corpus.reports), start=1):
                read.append(one)
                if move:
                    move(f"reading, {name}", number, len(corpus.reports))
            made.append(_scored(corpus, name, extractor, read))
    return made[0], made[1]


def _scored(
    corpus: Corpus,
    name: str,
    extractor: str,
    read: list[tuple[marsad.Report, tuple[marsad.Claim, ...] | marsad.Unread]],
) -> Reading:
    from marsad.evaluation import score_control, score_folder  # noqa: PLC0415 - slow, and help does not need it

    claims = tuple((report, () if isinstance(found, marsad.Unread) else found) for report, found in read)
    profile = marsad.load_theatre(corpus.theatre) if corpus.theatre else None
    return Reading(
        name=name,
        extractor=extractor,
        scores=corpus.score_read(claims),
        disputes=score_folder(corpus.folder, profile, claims),
        control=score_control(corpus.folder, profile, claims),
        unread=tuple(found for _, found in read if isinstance(found, marsad.Unread)),
    )


def print_compared(one: Reading, other: Reading, out: Console) -> None:
    """Print the measures of two readings beside each other, each with what the second gains over the first."""
    for reading in (one, other):
        out.print(Text(f"{reading.name}: {reading.extractor}"), soft_wrap=True)
    columns = (f"{ratio}\n{one.name} {other.name}" for ratio in ("precision", "recall", "F1"))
    wholes = Table("", *columns, "gained", "gold", box=box.SIMPLE_HEAD, pad_edge=False)
    beside = partial(_beside, len(one.name))
    for name, measure in one.scores.measures.items():
        wholes.add_row(name, *beside(measure, other.scores.measures[name]))
    if one.disputes and other.disputes and one.disputes.read and other.disputes.read:
        wholes.add_row("disputes", *beside(one.disputes.read, other.disputes.read))
    out.print(wholes)
    shares = Table("right among the typed", one.name, other.name, "gained", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, share in one.scores.fields.items():
        shares.add_row(name, *_gain(share, other.scores.fields[name]))
    out.print(shares)
    types = Table("F1 by type", one.name, other.name, "gained", "gold", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, ours, theirs in _types(one.scores.types, other.scores.types):
        types.add_row(Text(name), *_gain(ours.f1 if ours else 0.0, theirs.f1 if theirs else 0.0), _gold(ours, theirs))
    out.print(types)
    if one.control and other.control and one.control.read and other.control.read:
        losses = Table("Brier score of nowcasts", one.name, other.name, "added", box=box.SIMPLE_HEAD, pad_edge=False)
        for part, words in (("overall", "all days"), ("changes", "near a change")):
            losses.add_row(
                words, *_gain(getattr(one.control.read, part).brier, getattr(other.control.read, part).brier)
            )
        out.print(losses)
    found = _found(one.scores, other.scores)
    out.print(
        f"annotated claims found with the right type:  both {found['both']}  {one.name} alone {found[one.name]}  "
        f"{other.name} alone {found[other.name]}  neither {found['neither']}",
        soft_wrap=True,
    )


def compared_json(one: Reading, other: Reading) -> dict[str, Any]:
    """Return the scores of both readings by name, and how many annotated claims each found, as JSON-safe values."""
    return {**{reading.name: _row(reading) for reading in (one, other)}, "found": _found(one.scores, other.scores)}


def _row(reading: Reading) -> dict[str, Any]:
    row = {"extractor": reading.extractor, **reading.scores.to_json()}
    row["unread"] = [asdict(one) for one in reading.unread]
    if reading.disputes and reading.disputes.read:
        row["disputes"] = {name: round(getattr(reading.disputes.read, name), 3) for name in _RATIOS}
    if reading.control:
        row["control"] = control_json(reading.control).get("read")
    return row


def _found(one: Scores, other: Scores) -> dict[str, int]:
    """Return how many annotated claims both readings found with the right type, each alone, and neither."""
    missed, also = (
        Counter((fault.report, fault.event, fault.anchor) for fault in scores.faults if fault.kind == "missed")
        for scores in (one, other)
    )
    neither = (missed & also).total()
    alone, others = also.total() - neither, missed.total() - neither
    both = one.typed.gold - neither - alone - others
    return {"both": both, "embedded": alone, "llm": others, "neither": neither}


def _types(
    ours: Mapping[str, Measure], theirs: Mapping[str, Measure]
) -> Iterator[tuple[str, Measure | None, Measure | None]]:
    for name in dict.fromkeys((*ours, *theirs)):
        yield name, ours.get(name), theirs.get(name)


def _gold(ours: Measure | None, theirs: Measure | None) -> str:
    return str(max(one.gold for one in (ours, theirs) if one is not None))


def _beside(width: int, ours: Measure | DisputeScore, theirs: Measure | DisputeScore) -> tuple[str, ...]:
    """Return each ratio of both, the first `width` wide, what F1 gains, and how many were annotated."""
    both = (f"{getattr(ours, name):<{width}.3f} {getattr(theirs, name):.3f}" for name in _RATIOS)
    return (*both, f"{theirs.f1 - ours.f1:+.3f}", str(ours.gold))


def _gain(ours: float, theirs: float) -> tuple[str, str, str]:
    return f"{ours:.3f}", f"{theirs:.3f}", f"{theirs - ours:+.3f}"
