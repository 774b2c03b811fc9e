"""What a model is told: the files in `prompts` with the vocabulary, the war's actors and one piece of a report."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from marsad.reading.llm.answers import schema
from marsad.vocabulary import load_events, load_outlets, load_unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from marsad.reading.llm.pieces import Piece
    from marsad.reading.llm.settings import LlmSettings
    from marsad.records import Report
    from marsad.theatre import Theatre

_FOLDER = Path(__file__).with_name("prompts")
_BOUND = "Answer by this JSON schema:\n"


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts, and the digest of all that a model is told beside the war and the report."""

    system: str
    report: Template
    digest: str


@cache
def load_prompts() -> Prompts:
    """Return the prompts that ship, filled with the vocabulary."""
    events = "\n".join(f"- `{one.name}`: {one.what}" for one in load_events().values())
    unnamed = ", ".join(f"`{name}`" for name in load_unnamed())
    system = Template((_FOLDER / "system.md").read_text("utf-8")).substitute(events=events, unnamed=unnamed)
    report = (_FOLDER / "report.md").read_text("utf-8")
    told = "\x1f".join((system, report, json.dumps(schema(), sort_keys=True)))
    return Prompts(system, Template(report), hashlib.sha256(told.encode()).hexdigest()[:12])


def asked(settings: LlmSettings, report: Report, piece: Piece, theatre: Theatre | None) -> bytes:
    """Return the request for the claims of a piece of a report, the same bytes for the same piece and settings."""
    bound: dict[str, Any] = {"type": settings.output}
    system = load_prompts().system
    if settings.output == "json_schema":
        bound["json_schema"] = {"name": "claims", "strict": True, "schema": schema()}
    else:
        system += f"\n{_BOUND}{json.dumps(schema())}\n"
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": _message(report, piece, theatre)},
        ],
        settings.limit: settings.max_tokens,
        "response_format": bound,
    }
    if settings.temperature is not None:
        body["temperature"] = settings.temperature
    return json.dumps(body, ensure_ascii=True, sort_keys=True).encode("ascii")


def _message(report: Report, piece: Piece, theatre: Theatre | None) -> str:
    told = report.published
    numbered = (f"[{one.number}] {report.text[one.start : one.end].strip()}" for one in (*piece.before, *piece.asked))
    return load_prompts().report.substitute(
        publisher=_line(report.narrator) or "unknown",
        kind=_kind(report),
        published=f"{told:%A} {told.date().isoformat()}" if told is not None else "unknown",
        title=_line(report.title) or "none",
        actors="\n".join(_actors(theatre)) if theatre is not None else "none",
        first=piece.asked[0].number,
        last=piece.asked[-1].number,
        fence=_fence(report),
        paragraphs="\n".join(numbered),
    )


def _fence(report: Report) -> str:
    """Return the line around a report, which no text can hold: it is made from the text."""
    return "=" * 8 + hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _kind(report: Report) -> str:
    kind = load_outlets().get(report.kind)
    if kind is None:
        return "unknown"
    own = ", its own channel: its narrator is the body itself" if kind.own_channel and not report.forwarded else ""
    return f"{kind.what}{own}"


def _actors(theatre: Theatre) -> Iterator[str]:
    for actor in theatre.actors.values():
        side = f", side {actor.side}" if actor.side else ""
        speaks = f", speaks for {actor.speaks_for}" if actor.speaks_for else ""
        also = f"; also: {', '.join(actor.aliases)}" if actor.aliases else ""
        yield f"- {actor.name} ({actor.kind}{side}{speaks}){also}"
    for one in theatre.sides.values():
        yield from (f'- "{label}" in the mouth of side {one.name}: {name}' for label, name in one.labels.items())


def _line(words: str | None) -> str:
    return " ".join(words.split()) if words else ""
