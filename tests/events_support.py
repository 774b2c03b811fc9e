"""An invented war on Iceland in a monitor's file: claims of all kinds that tables of events must hold, or leave out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad import (
    Certainty,
    Claim,
    Count,
    Counts,
    DatePrecision,
    Exported,
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
    from collections.abc import Iterable, Mapping
    from pathlib import Path

THEATRE = """
name = "Iceland, 2031"
countries = ["IS"]
time_zone = "Atlantic/Reykjavik"

[sides.government]
opposes = ["rebels"]
forces = "Icelandic Army"
government = "Government of Iceland"

[sides.rebels]
opposes = ["government"]

[sides.north]
opposes = ["rebels"]

[[actors]]
name = "Icelandic Army"
side = "government"
kind = "state"

[[actors]]
name = "Government of Iceland"
side = "government"
kind = "state"

[[actors]]
name = "Norwegian Navy"
side = "north"
kind = "state"

[[actors]]
name = "Ice Shields"
side = "government"
kind = "armed_group"

[[actors]]
name = "Northern Front"
side = "rebels"
kind = "armed_group"

[[actors]]
name = "Ada Jonsdottir"
kind = "person"
speaks_for = "Northern Front"

[[actors]]
name = "Fell Monitor"
kind = "monitor"

[[actors]]
name = "Relief Now"
kind = "ngo"
"""

ARMY, FRONT, MONITOR, NAVY = "Icelandic Army", "Northern Front", "Fell Monitor", "Norwegian Navy"
START = datetime(2031, 5, 1, 6, tzinfo=UTC)
AKUREYRI = Place(
    name="Akureyri", gazetteer_id="geonames:2633274", canonical="Akureyri", lat=65.6835, lon=-18.0878, country="IS",
    admin="Northeast", feature="settlement", radius_km=3.0,
)  # fmt: skip
HUSAVIK = Place(
    name="Husavik", gazetteer_id="geonames:2629833", canonical="Húsavík", lat=66.0449, lon=-17.3389, country="IS",
    admin="Northeast", feature="settlement", radius_km=2.0,
)  # fmt: skip
NOWHERE = Place(name="the old mill")


def days(first: int, last: int | None = None, precision: DatePrecision = DatePrecision.DAY) -> Interval:
    """Return days of May 2031."""
    return Interval(start=date(2031, 5, first), end=date(2031, 5, last or first), precision=precision)


def story(name: str, text: str, publisher: str = "Wire One", *, hours: float | None = 0, **fields: Any) -> Report:
    values: dict[str, Any] = {
        "kind": "newspaper",
        "title": f"Title of {name}",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published": START + timedelta(hours=hours) if hours is not None else None,
        "published_precision": DatePrecision.PART_OF_DAY if hours is not None else DatePrecision.UNKNOWN,
        **fields,
    }
    return Report(id=name, publisher=publisher, text=text, **values)


def says(report: Report, anchor: str, event: str, source: str, **fields: Any) -> Claim:
    start = report.text.index(anchor)
    denied = fields.get("polarity") is Polarity.DENIED
    values: dict[str, Any] = {
        "polarity": Polarity.AFFIRMED,
        "certainty": Certainty.CERTAIN,
        "stance": Stance.DENIES if denied else Stance.ASSERTS,
        "place": AKUREYRI,
        "extent": Extent.WHOLE,
        "interval": days(1),
        "extractor": EXTRACTOR,
        "agent": FRONT,
        **fields,
    }
    name = f"c-{report.id}-{event}-{start}"
    passage = Passage(report=report.id, start=start, end=start + len(anchor))
    return Claim(id=name, report=report.id, source=source, event=event, anchor=passage, **values)


def killed(low: int | None, high: int | None = None, *, exact: bool = True) -> Counts:
    """Return a number of dead, a range, or with `exact` false one that is open above."""
    return Counts(killed=Count(low, low if exact and high is None else high))


def monitor_of(folder: Path, claims: Iterable[tuple[Report, Claim]], theatre: str = THEATRE) -> Monitor:
    """Return a monitor that holds some claims with their reports."""
    told: dict[str, tuple[Report, list[Claim]]] = {}
    for report, claim in claims:
        told.setdefault(report.id, (report, []))[1].append(claim)
    path = folder / "war.marsad"
    with Store.open(path) as store:
        store.add_theatre(theatre, learnt=START)
        for report, found in told.values():
            store.add(
                report, found, extractor=EXTRACTOR, theatre=theatre_digest(theatre), learnt=START, origin=report.id
            )
    return Monitor.open(path)


def exported(monitor: Monitor, form: str, **options: Any) -> tuple[bytes, Exported]:
    """Return what a format writes, with nothing withheld unless asked for."""
    stream = io.BytesIO()
    done = monitor.export(form, stream, **{"policy": "internal", **options})
    return stream.getvalue(), done


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def table(monitor: Monitor, form: str, **options: Any) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return rows(exported(monitor, form, **options)[0])


def records(monitor: Monitor, **options: Any) -> list[Mapping[str, Any]]:
    """Return PLOVER's records."""
    return [json.loads(line) for line in exported(monitor, "plover", **options)[0].decode().splitlines()]


def war() -> list[tuple[Report, Claim]]:
    """Return a capture that one side denies, a strike with two figures, a withdrawal, a protest, plans and states."""
    taken = story("taken", "Our fighters took Akureyri today, said the Front.", "Front Channel")
    denied = story("denied", 'The army denied that Akureyri had been taken: "lies; all of it".', hours=2)
    strike = story("strike", "Fell Monitor said a strike on Husavik killed 5 civilians.", hours=4)
    toll = story(
        "toll", "The Front said that 5 to 7 civilians were killed in the strike on Husavik.", "Front Channel", hours=5
    )
    left = story("left", "The army has left Husavik, the army admitted.", hours=30)
    march = story("march", "Hundreds marched in Akureyri on 3 May. The army plans to march on Husavik.", hours=50)
    holds = story("holds", "The Front still holds Akureyri.", hours=51)
    strikes = {"target": "civilians", "place": HUSAVIK, "agent": ARMY, "extent": Extent.UNKNOWN}
    return [
        (taken, says(taken, "took Akureyri", "capture", FRONT)),
        (denied, says(denied, "had been taken", "capture", ARMY, polarity=Polarity.DENIED)),
        (strike, says(strike, "a strike on Husavik", "air_strike", MONITOR, counts=killed(5), **strikes)),
        (toll, says(toll, "civilians were killed", "air_strike", FRONT, counts=killed(5, 7), **strikes)),
        (left, says(left, "has left Husavik", "withdraw", ARMY, agent=ARMY, place=HUSAVIK, interval=days(2))),
        (march, says(march, "marched in Akureyri", "protest", "narrator", agent="local residents", interval=days(3))),
        (
            march,
            says(
                march, "plans to march", "advance", "narrator",
                agent=ARMY, place=HUSAVIK, certainty=Certainty.PLANNED, interval=days(4),
            ),
        ),
        (holds, says(holds, "still holds", "hold", "narrator", interval=days(3))),
    ]  # fmt: skip
