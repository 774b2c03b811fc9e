"""The invented war of `monitor_support` with hard cases added, and exports of it that need no gazetteer."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from marsad import Count, Counts, DatePrecision, Extent, Interval, Monitor, Passage, Place, Polarity, Report, Stance
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest
from monitor_support import START, THEATRE, at, claim, filled

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from marsad import Claim, Exported

ARABIC = 'قالت القناة: "سيطرنا على قرن" <b>اليوم</b> & غداً'
TWICE = "It fell. It fell. The rebels said that it fell.\r\nIt fell. =1+1 \x0b end\ufffe."
LOST = Place(name="Nowhere")  # a name that no gazetteer knows
GONE = "The Exampleland Monitor said the rebels had left Qarn on Wednesday."
UNDATED = "Nobody knows when. The army denied that it had shelled Bay."

HARD = {
    "h-arabic": ("قناة قرن", ARABIC, at(40), "https://example.org/a?x=1&y=<2>"),
    "h-twice": ("Twice & Co", TWICE, at(41), None),
    "h-gone": ("Wire One", GONE, at(60), "https://wire.example.org/gone"),
    "h-undated": ("State News", UNDATED, None, "https://state.example.org/undated"),
}


def _report(name: str, publisher: str, text: str, said: datetime | None, url: str | None) -> Report:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=name, publisher=publisher, kind="newspaper", title=f"Title <{name}>", text=text, sha256=digest,
        published=said, url=url,
    )  # fmt: skip


def _claim(name: str, of: str, words: str, event: str, source: str, **fields: Any) -> Claim:
    text = HARD[of][1]
    begin = text.index(words)
    anchor = Passage(report=of, start=begin, end=begin + len(words))
    made = claim("c", "r1", "have taken Qarn", event, source, **fields)
    return type(made)(
        **{**{name: getattr(made, name) for name in made.__slots__}, "id": name, "report": of, "anchor": anchor}
    )


def _claims() -> list[Claim]:
    return [
        _claim("h-taken", "h-arabic", "سيطرنا على قرن", "capture", "narrator", agent="Northern Front"),
        _claim(
            "h-dead", "h-arabic", "اليوم", "casualties", "narrator", target="Army of Exampleland",
            counts=Counts(killed=Count(20, None)), extent=Extent.UNKNOWN,
        ),
        _claim("h-lost", "h-twice", "it fell", "capture", "Northern Front", agent="Northern Front", place=LOST),
        _claim("h-nowhere", "h-twice", "end", "clash", "narrator", place=None),
        _claim(
            "h-gone", "h-gone", "had left Qarn", "withdraw", "Exampleland Monitor", agent="Northern Front",
            interval=Interval(start=date(2021, 3, 3), end=date(2021, 3, 3), precision=DatePrecision.DAY),
        ),
        _claim(
            "h-denied", "h-undated", "had shelled Bay", "shelling", "Army of Exampleland", agent="Army of Exampleland",
            polarity=Polarity.DENIED, stance=Stance.DENIES,
        ),
    ]  # fmt: skip


def hard(folder: Path) -> Path:
    """Return a monitor's file with the war and the hard cases."""
    path = filled(folder)
    with Store.open(path) as store:
        for name, given in HARD.items():
            found = [one for one in _claims() if one.report == name]
            report = _report(name, *given)
            store.add(report, found, extractor=EXTRACTOR, theatre=theatre_digest(THEATRE), learnt=START, origin=name)
    return path


def written(monitor: Monitor, form: str, **more: Any) -> bytes:
    """Return what an export writes, under the policy that keeps nothing back unless another is given."""
    return told(monitor, form, **more)[0]


def told(monitor: Monitor, form: str, **more: Any) -> tuple[bytes, Exported]:
    """Return what an export writes, and what it says of it."""
    stream = io.BytesIO()
    done = monitor.export(form, stream, **{"policy": "internal", **more})
    return stream.getvalue(), done
