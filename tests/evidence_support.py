"""The small invented war with what is hard to tell: other scripts, hostile text, denials alone, a capture, a grade."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad import (
    Capture,
    Certainty,
    Choice,
    Claim,
    Count,
    Counts,
    DatePrecision,
    Extent,
    Interval,
    Monitor,
    Passage,
    Polarity,
    Report,
    Stance,
)
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest
from monitor_support import BAY, QARN, START, THEATRE, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PAGE = "<html><body><p>قال المرصد المحلي إن المقاتلين دخلوا قرن.</p></body></html>".encode()

# Id, publisher, title, text, hours after the start (None: undated), address, language.
_REPORTS = (
    (
        "x/6 ثانٍ", "قناة قرن", "دخول قرن", "صباح الأحد. قال المرصد المحلي إن المقاتلين دخلوا قرن. وقُتل اثنان.",
        8, "https://qarn.example/6?a=b&c=d", "ar",
    ),
    (
        "r7", '=Evil"News', "<script>alert('x')</script>",
        'The =SUM(A1) agency said\n<img src=x onerror="alert(1)"> fell.', None, "javascript:alert(1)", "en",
    ),
    ("r8", "State News", "No shelling", "The army denied that it had shelled Bay.", 40, None, "en"),
)  # fmt: skip


def _claim(name: str, text: str, anchor: str, *, of: str, event: str, source: str, **fields: Any) -> Claim:
    def span(words: str) -> Passage:
        return Passage(report=of, start=text.index(words), end=text.index(words) + len(words))

    day = date(2021, 3, 1)
    spans = {key: span(fields.pop(key)) for key in ("cue", "source_passage") if key in fields}
    values: dict[str, Any] = {
        "polarity": Polarity.AFFIRMED,
        "certainty": Certainty.CERTAIN,
        "stance": Stance.ASSERTS,
        "extent": Extent.WHOLE,
        "interval": Interval(start=day, end=day, precision=DatePrecision.DAY),
        "extractor": EXTRACTOR,
        **spans,
        **fields,
    }
    return Claim(id=name, report=of, anchor=span(anchor), event=event, source=source, **values)


def _claims(of: str, text: str) -> list[Claim]:
    if of == "r8":
        denied = {"polarity": Polarity.DENIED, "stance": Stance.DENIES, "cue": "denied", "source_passage": "The army"}
        army = "Army of Exampleland"
        return [
            _claim(
                "c-no", text, "had shelled Bay",
                of=of, event="shelling", source=army, agent=army, place=BAY, **denied,
            )
        ]  # fmt: skip
    if of == "r7":
        nowhen = {"interval": Interval(), "counts": Counts(killed=Count(3, None)), "certainty": Certainty.POSSIBLE}
        return [
            _claim("c-evil", text, "fell", of=of, event="casualties", source="=SUM(A1) agency", cue="said", **nowhen)
        ]
    by = {"cue": "قال", "source_passage": "المرصد المحلي"}
    monitor, front, two = "المرصد المحلي", "Northern Front", Counts(killed=Count(2, 2))
    return [
        _claim("c-ar", text, "دخلوا قرن", of=of, event="enter", source=monitor, agent=front, place=QARN, **by),
        _claim("c-ar2", text, "وقُتل اثنان", of=of, event="casualties", source="narrator", counts=two, place=QARN),
    ]


def evidence(folder: Path) -> Path:
    """Return a monitor's file that holds all this; `c-taken` is graded by hand."""
    path = folder / "war.marsad"
    fill(path)
    with Store.open(path) as store:
        capture = Capture(url="https://qarn.example/6", data=PAGE, retrieved=START, media_type="text/html")
        digest = store.add_capture(capture, learnt=START)
        for name, publisher, title, text, hours, url, language in _REPORTS:
            report = Report(
                id=name,
                publisher=publisher,
                kind="web",
                title=title,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                published=None if hours is None else START + timedelta(hours=hours),
                published_precision=DatePrecision.UNKNOWN if hours is None else DatePrecision.PART_OF_DAY,
                retrieved=datetime(2021, 3, 4, tzinfo=UTC),
                url=url,
                language=language,
            )
            store.add_report(report, learnt=START, origin=name, content=digest if language == "ar" else None)
            store.add_reading(name, EXTRACTOR, theatre_digest(THEATRE), _claims(name, text), learnt=START)
    with Monitor.open(path) as monitor:
        (taken,) = (
            one
            for one in monitor.assess("c-taken")
            if any(not m.reasons and m.claim == "c-taken" for m in one.proposition.members)
        )
        monitor.judge("grade", taken.proposition.id, user="Ada", reason="I was there", grade="admitted")
    return path


def bundle(path: Path, **choice: Any) -> bytes:
    """Return an evidence bundle of a monitor's file."""
    options = {key: choice.pop(key) for key in ("policy", "as_of", "since") if key in choice}
    with Monitor.open(path, create=False) as monitor:
        to = io.BytesIO()
        monitor.export("bundle", to, choice=Choice(**choice), **options)
        return to.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes], to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return to


def forged(files: Mapping[str, bytes], change: Callable[[dict[str, bytes]], None]) -> dict[str, bytes]:
    """Return files changed by somebody who made both lists anew."""
    made = dict(files)
    change(made)
    manifest = json.loads(made["manifest.json"])
    paths = sorted(made.keys() - {"manifest.json", "manifest.sha256"})
    digest = {path: hashlib.sha256(made[path]).hexdigest() for path in paths}
    manifest["files"] = [{"path": path, "bytes": len(made[path]), "sha256": digest[path]} for path in paths]
    made["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    digest["manifest.json"] = hashlib.sha256(made["manifest.json"]).hexdigest()
    made["manifest.sha256"] = "".join(f"{digest[path]}  {path}\n" for path in sorted(digest)).encode()
    return made
