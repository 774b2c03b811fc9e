"""A small invented war in a monitor's file, its claims written by hand, so that questions need no parser."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad import (
    Certainty,
    Claim,
    Count,
    Counts,
    DatePrecision,
    Extent,
    Interval,
    Monitor,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest

if TYPE_CHECKING:
    from pathlib import Path

THEATRE = """
name = "Exampleland, 2021"
time_zone = "Asia/Damascus"

[sides.government]
opposes = ["rebels"]

[sides.rebels]
opposes = ["government"]

[[actors]]
name = "Army of Exampleland"
side = "government"
kind = "state"
aliases = ["the army"]

[[actors]]
name = "Northern Front"
side = "rebels"
kind = "armed_group"
aliases = ["the rebels"]

[[actors]]
name = "Northern Front Channel"
side = "rebels"
kind = "media"

[[actors]]
name = "Exampleland Monitor"
kind = "monitor"
"""

START = datetime(2021, 3, 1, 6, tzinfo=UTC)
QARN = Place(
    name="Qarn", gazetteer_id="x:1", canonical="Qarn", lat=35.0, lon=37.0, country="XA", feature="town", radius_km=5.0
)
BAY = Place(
    name="Bay", gazetteer_id="x:2", canonical="Bay", lat=36.0, lon=39.0, country="XA", feature="town", radius_km=5.0
)

TEXTS = {
    "r1": ("Northern Front Channel", "party_channel", 0, "Our fighters have taken Qarn this morning. God is great."),
    "r2": (
        "State News",
        "newspaper",
        5,
        'Gen. A. Dar said: "Nothing happened." The army denied that rebels had taken Qarn.',
    ),
    "r3": (
        "Wire One",
        "wire",
        7,
        "The Exampleland Monitor said the rebels were inside Qarn. It said 12 soldiers had died.",
    ),
    "r4": ("State News", "newspaper", 30, "The army said it had withdrawn from Qarn on Sunday."),
    "r5": ("Wire One", "wire", 31, "The Exampleland Monitor said fighting went on around Bay."),
}


def reports() -> dict[str, Report]:
    return {
        name: Report(
            id=name,
            publisher=publisher,
            kind=kind,
            title=f"Title of {name}",
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            published=START + timedelta(hours=hours),
            published_precision=DatePrecision.PART_OF_DAY,
        )
        for name, (publisher, kind, hours, text) in TEXTS.items()
    }


def span(of: str, words: str) -> Passage:
    start = TEXTS[of][3].index(words)
    return Passage(report=of, start=start, end=start + len(words))


def claim(name: str, of: str, anchor: str, event: str, source: str, **fields: Any) -> Claim:
    day = date(2021, 3, 1)
    values: dict[str, Any] = {
        "polarity": Polarity.AFFIRMED,
        "certainty": Certainty.CERTAIN,
        "stance": Stance.ASSERTS,
        "place": QARN,
        "extent": Extent.WHOLE,
        "interval": Interval(start=day, end=day, precision=DatePrecision.DAY),
        "extractor": EXTRACTOR,
        **fields,
    }
    return Claim(id=name, report=of, anchor=span(of, anchor), event=event, source=source, **values)


def claims() -> list[Claim]:
    army, front, watch = "Army of Exampleland", "Northern Front", "Exampleland Monitor"
    second = date(2021, 3, 2)
    later = Interval(start=second, end=second, precision=DatePrecision.DAY)
    return [
        claim("c-taken", "r1", "have taken Qarn", "capture", "narrator", agent=front),
        claim(
            "c-denied", "r2", "had taken Qarn", "capture", army,
            agent=front, polarity=Polarity.DENIED, stance=Stance.DENIES, cue=span("r2", "denied"),
        ),
        claim("c-inside", "r3", "were inside Qarn", "enter", watch, agent=front, cue=span("r3", "said")),
        claim(
            "c-dead", "r3", "12 soldiers had died", "casualties", watch,
            target=army, counts=Counts(killed=Count(12, 12)), extent=Extent.UNKNOWN,
        ),
        claim(
            "c-left", "r4", "had withdrawn from Qarn", "withdraw", army,
            agent=army, stance=Stance.CONCEDES, interval=later,
        ),
        claim("c-bay", "r5", "fighting went on", "clash", watch, place=BAY, extent=Extent.NEAR, interval=later),
        claim(
            "c-plan", "r5", "fighting", "advance", watch,
            agent=front, place=BAY, certainty=Certainty.PLANNED, interval=later,
        ),
    ]  # fmt: skip


def filled(folder: Path) -> Path:
    """Return a monitor's file that holds the war."""
    path = folder / "war.marsad"
    fill(path)
    return path


def fill(where: Path | str) -> None:
    """Put the war into a new store."""
    with Store.open(where) as store:
        store.add_theatre(THEATRE, learnt=START)
        for report in reports().values():
            found = [one for one in claims() if one.report == report.id]
            store.add(
                report, found, extractor=EXTRACTOR, theatre=theatre_digest(THEATRE), learnt=START, origin=report.id
            )


def at(hours: float) -> datetime:
    """Return the instant so many hours after the first report."""
    return START + timedelta(hours=hours)


def opened(folder: Path) -> Monitor:
    return Monitor.open(filled(folder))
