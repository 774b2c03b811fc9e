"""Monitors with everything in them, made up or drawn by chance, and exports that somebody tampered with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from sqlalchemy import delete

from marsad.records import (
    WITHDRAWN,
    Capture,
    Certainty,
    Claim,
    Correction,
    Count,
    Counts,
    DatePrecision,
    Interval,
    Judgement,
    JudgementKind,
    Kinship,
    Passage,
    Place,
    Polarity,
    Report,
    Slot,
    Spot,
    Stance,
)
from marsad.store import Notice, Store, Visit, ledger, theatre_digest
from marsad.store import schema as s
from marsad.store.paging import pages
from store_support import NOW, READER
from test_serial import COUNTS, FLOATS, INSTANTS, MAYBE, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

THEATRE = 'name = "Exampleland, 2031"\ntime_zone = "Asia/Damascus"\n'
ARABIC = "قالت «الجبهة» إن قواتها دخلت حمص.\u202e\t\x07 \U0001f692 \r\nEnd"


def report(name: str, text: str, **fields: Any) -> Report:
    given: dict[str, Any] = {"published": NOW, "published_precision": DatePrecision.PART_OF_DAY, **fields}
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(id=name, publisher="=وكالة", kind="wire", title="", text=text, sha256=digest, **given)


def claim(name: str, of: str, **fields: Any) -> Claim:
    given: dict[str, Any] = {"source": "الجبهة", "event": "enter", **fields}
    return Claim(
        id=name,
        report=of,
        polarity=Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN,
        stance=Stance.ASSERTS,
        anchor=Passage(report=of, start=0, end=4),
        extractor=READER,
        **given,
    )


def fill(where: Path | str) -> None:
    """Make a monitor with a row of everything: versions, a withdrawal, captures, judgements, what linking keeps."""
    with Store.open(where) as store:
        theatre = store.add_theatre(THEATRE, learnt=NOW)
        data = b"\x00\xff<html>" * 9
        capture = Capture(url="https://a.example/1", data=data, retrieved=NOW, media_type="text/html")
        digest = store.add_capture(capture, learnt=NOW)
        first = report("r1", ARABIC, authors=("آدم",), agencies=("AFP",), retrieved=NOW, url="https://a.example/1")
        claims = [
            claim("c2", "r1", place=Place(name="حمص", lat=34.73, lon=36.71, country="SY")),
            claim("c1", "r1", counts=Counts(killed=Count(3, None)), relays=("AFP", "a\u2028b"), nested=True),
        ]
        store.add_report(first, learnt=NOW, origin="https://a.example/1", content=digest)
        store.add_reading("r1", READER, theatre, claims, learnt=NOW)
        interval = Interval(start=NOW.date(), precision=DatePrecision.WEEK)
        again = [claim("c2", "r1", interval=interval), replace(claims[1], nested=False)]
        store.add_reading("r1", "reader/2", theatre, again, learnt=NOW + timedelta(hours=1))
        later = report("r1", f"{ARABIC}!", updated=NOW + timedelta(hours=5, microseconds=7))
        name, _ = store.add_report(later, learnt=NOW, origin="b.json:2")
        store.add_reading(name, "reader/2", "", [], learnt=NOW)
        store.add_report(report("r1", "", form=WITHDRAWN, updated=NOW + timedelta(days=1)), learnt=NOW)
        store.add_report(report("r2", "Text, undated", published=None), learnt=NOW, origin="-")
        store.add_skip("c.pdf", "not a format\nthat is read", learnt=NOW)
        store.add_visit(
            Visit(address="https://a.example/", outcome="failed", due=NOW, learnt=NOW, status=503, reason="busy")
        )
        owed = Notice(
            webhook="desk", event="e1", subject="p-1", state="disputed", outcome="owed", learnt=NOW, message="{}"
        )
        store.add_notices([owed, replace(owed, outcome="failed", message=None, status=500, due=NOW)])
        judge(store, again)
        keep(store, again)


def judge(store: Store, claims: list[Claim]) -> None:
    ruled = Judgement(
        id="j1", kind=JudgementKind.CORRECT, subject="c2", user="آدم", reason="She says \"so\"", claims=(claims[0],),
        made=datetime.fromisoformat("2031-05-05T08:00:00.000001+03:00"),
        values=Correction(fields=("counts", "place"), counts=Counts(wounded=Count(1, 2))),
    )  # fmt: skip
    store.add_judgement(ruled)
    undone = {"kind": JudgementKind.UNDO, "subject": "j1", "claims": (), "values": None}
    store.add_judgement(replace(ruled, id="j0", made=NOW, **undone))


def keep(store: Store, claims: list[Claim]) -> None:
    spot = Spot("t:1", "hims", 34.73, 36.71)
    fields: dict[str, Any] = {"zone": "z", "thing": "enter", "tolerance": 1}
    slots = [
        Slot(claim=claims[0].id, report="r1", spot=spot, site="s", first=741_000, last=741_001, **fields),
        Slot(claim=claims[1].id, report="r1", spot=None, site=None, first=None, last=None, **fields),
    ]
    with store.linking(NOW) as memory:
        memory.add_kin({"r1": [2**62, -5, 7], "r2": [7]}, [Kinship(report="r1", other="r2", reasons=("same", "نص"))])
        memory.settle({spot: "s"})
        memory.replace(["r1"], slots)
        memory.assign([(one.id, "p1") for one in claims], [("p1", claims[0].id)])
    with store.linking(NOW + timedelta(days=1)) as memory:
        memory.assign([(claims[1].id, "p2")], [("p2", claims[1].id)])


@st.composite
def monitors(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> Callable[[Store], None]:
    """Draw what fills a store."""
    no_nul = words.filter(lambda text: "\0" not in text)
    steps: list[Callable[[Store], object]] = []
    names = draw(st.lists(no_nul.filter(bool), min_size=1, max_size=4, unique=True))
    for name in names:
        text = draw(no_nul)
        given = {"url": draw(st.none() | no_nul), "authors": draw(st.lists(no_nul, max_size=2).map(tuple))}
        made = report(name, text, published=draw(st.none() | INSTANTS), retrieved=draw(INSTANTS), **given)
        origin = draw(st.none() | no_nul)
        steps.append(lambda store, made=made, origin=origin: store.add_report(made, learnt=NOW, origin=origin))
        claims = draw(st.lists(claims_of(name, len(text), words), max_size=3, unique_by=lambda one: one.id))
        add = {"extractor": draw(no_nul), "theatre": theatre_digest(text), "learnt": NOW}
        steps.append(lambda store, name=name, claims=claims, add=add: store.add_reading(name, claims=claims, **add))
        if draw(st.booleans()):
            other = report(name, f"{text}!", updated=draw(INSTANTS))
            steps.append(lambda store, other=other: store.add_report(other, learnt=NOW, origin="later"))
        if claims:
            ruled = Judgement(
                id=f"j-{len(steps)}", kind=draw(st.sampled_from(JudgementKind)), subject=claims[0].id,
                user=draw(no_nul), reason=draw(words), made=draw(INSTANTS), claims=tuple(claims),
            )  # fmt: skip
            steps.append(lambda store, ruled=ruled: store.add_judgement(ruled))
    data = draw(st.binary(max_size=50))
    capture = Capture(url=draw(no_nul), data=data, retrieved=draw(INSTANTS))
    steps.append(lambda store: store.add_capture(capture, learnt=NOW))
    marks = {name: set(draw(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3))) for name in names}
    steps.append(lambda store: _kin(store, marks))

    def filled(store: Store) -> None:
        for step in steps:
            step(store)

    return filled


def _kin(store: Store, marks: dict[str, set[int]]) -> None:
    with store.linking(datetime.now(UTC)) as memory:
        memory.add_kin(marks, [])


@st.composite
def claims_of(draw: st.DrawFn, report: str, length: int, words: st.SearchStrategy[str]) -> Claim:
    """Draw a claim of a report with a text of so many characters."""
    maybe = st.none() | words
    start = draw(st.integers(0, length))
    passage = Passage(report=report, start=start, end=draw(st.integers(start, length)))
    places = st.builds(Place, name=words, lat=FLOATS, lon=FLOATS, radius_km=FLOATS, country=MAYBE)
    return Claim(
        id=draw(words.filter(lambda text: text != "" and "\0" not in text)),
        report=report,
        source=draw(words),
        event=draw(words),
        polarity=draw(st.sampled_from(Polarity)),
        certainty=draw(st.sampled_from(Certainty)),
        stance=draw(st.sampled_from(Stance)),
        anchor=passage,
        speaker=draw(maybe),
        relays=draw(st.lists(words, max_size=2).map(tuple)),
        nested=draw(st.booleans()),
        place=draw(st.none() | places),
        interval=draw(st.builds(Interval, start=st.none() | st.dates(), end=st.none() | st.dates())),
        counts=draw(st.builds(Counts, killed=COUNTS, displaced=COUNTS)),
        cue=draw(st.none() | st.just(passage)),
    )


def chain_anew(where: Path) -> None:
    """Write the ledger anew over rows that were changed past Marsad."""
    with Store.open(where) as store, store._writing() as connection:
        connection.execute(delete(s.ledger))
        facts = [ledger.report_fact(row._mapping) for row in pages(connection, list(s.report.c))]
        facts += ledger.plain_facts(connection, s.theatre, *ledger.LATER, s.notice)
        facts += [ledger.judgement_fact(row._mapping) for row in pages(connection, list(s.judgement.c))]
        for reading, claims in ledger.readings(connection, list(s.claim.c)):
            facts.append(ledger.reading_fact(reading._mapping, [claim._mapping for claim in claims]))
        ledger.append(connection, *facts)


def tamper(folder: Path, table: str, change: Callable[[list[bytes]], list[bytes]], *, rows: int = 0) -> None:
    """Change the lines of a table, the header first, and let `about.json` tell of it as of the one that was there."""
    file = folder / f"{table}.jsonl"
    file.write_bytes(b"".join(change(file.read_bytes().splitlines(keepends=True))))
    about = json.loads((folder / "about.json").read_text("utf-8"))
    about["tables"][table]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    about["tables"][table]["rows"] += rows
    (folder / "about.json").write_text(json.dumps(about), "utf-8")


def with_field(number: int, name: str, value: object) -> Callable[[list[bytes]], list[bytes]]:
    """Return what sets a field of the row at an index; the header is none."""

    def change(lines: list[bytes]) -> list[bytes]:
        row = {**json.loads(lines[number + 1]), name: value}
        return [*lines[: number + 1], json.dumps(row).encode() + b"\n", *lines[number + 2 :]]

    return change
