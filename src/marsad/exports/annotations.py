"""Claims as W3C Web Annotations: each tied to the very words it stands on, so that other programs find them again."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from marsad.exports.iris import link_to
from marsad.ids import identifier
from marsad.outputs import headline, passage_of
from marsad.serial import claim_to_row, to_json

if TYPE_CHECKING:
    from marsad.exports.about import About
    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.sinks import Sink
    from marsad.records import Claim, Passage, Report

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY = "tag:marsad,2026:claim#"
"""Before the names of a claim's fields: they are no page, and mean what the codebook says."""

_AROUND = 32  # characters of context on each side, as tools of annotation give; doubled until the words are found once
_NAMED = frozenset(
    {"id", "report", "anchor", "cue", "start", "end", "produced"}
)  # what the target tells, and who read it


def write_annotations(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write a collection with one page, an annotation a claim, in order of publication and text."""
    about = holdings.about
    own = about.tag("annotations", identifier("a", *_told(about)))
    head = {
        "@context": [CONTEXT, {"marsad": VOCABULARY}],
        "id": own,
        "type": "AnnotationCollection",
        "label": "Who says what: claims and the words they stand on",
        **{f"marsad:{name}": value for name, value in _told(about)},
    }
    page = {"id": f"{own}/1", "type": "AnnotationPage", "partOf": own, "startIndex": 0}
    total = 0
    with sink.file("annotations.jsonld") as stream:
        stream.write(_written(head)[:-1] + b',"first":' + _written(page)[:-1] + b',"items":[')
        for told in holdings.told():
            for claim in told.claims:
                stream.write((b",\n" if total else b"\n") + _written(_annotation(claim, told.report, about)))
                total += 1
                account.wrote("annotations")
        stream.write(b'\n]},"total":%d}\n' % total)


def _told(about: About) -> list[tuple[str, Any]]:
    """Return what the file is of; filters, which are named as the user wishes, as one text."""
    row = about.row()
    filters = "; ".join(f"{name}: {value}" for name, value in row.pop("filters").items())
    return [(name, value) for name, value in {**row, "filters": filters}.items() if value]


def _annotation(claim: Claim, report: Report, about: About) -> dict[str, Any]:
    fields = {name: value for name, value in claim_to_row(claim, report).items() if name not in _NAMED}
    fields |= {"anchor_start": claim.anchor.start, "anchor_end": claim.anchor.end, "policy": str(about.policy)}
    return {
        "id": about.tag("claim", claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": _sentence(claim, report)},
            {"type": "Dataset", "purpose": "classifying"}
            | {f"marsad:{name}": value for name, value in fields.items() if value not in (None, [], "")},
        ],
        "target": _target(passage_of(claim, report), report),
    }


def _sentence(claim: Claim, report: Report) -> str:
    """Return who says what, as a person would read it."""
    who = (report.narrator or report.id) if claim.source == "narrator" else claim.source
    return f"{who} {'denies' if claim.polarity == 'denied' else 'says'}: {headline(claim)}"


def _target(passage: Passage, report: Report) -> dict[str, Any]:
    """Return where the words stand: in a text whose hash is told, which was found at the report's address."""
    text = text_name(report)
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {"id": link_to(report.url) or text, "type": "Text"},
        "state": {"type": "TimeState", "cached": text},
        "selector": [
            quote_selector(report.text, passage.start, passage.end),
            {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        ],
    }
    if report.language:
        target["source"]["language"] = report.language
    if report.retrieved:
        target["state"]["sourceDate"] = to_json(report.retrieved)
    return target


def text_name(report: Report) -> str:
    """Return the name of a report's text by its SHA-256, as RFC 6920 writes it: `ni:///sha-256;...`."""
    digest = urlsafe_b64encode(bytes.fromhex(report.sha256)).rstrip(b"=").decode("ascii")
    return f"ni:///sha-256;{digest}"


def quote_selector(text: str, start: int, end: int) -> dict[str, str]:
    """Return the selector of the words from `start` to `end`, with as much around them as tells them from others."""
    exact, around = text[start:end], _AROUND
    while True:
        prefix, suffix = text[max(0, start - around) : start], text[end : end + around]
        words = f"{prefix}{exact}{suffix}"
        if text.find(words) == text.rfind(words) or len(words) == len(text):
            return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
        around *= 2


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
