"""Rows for people and programs: a table to look at, JSON lines and CSV to work with."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from marsad.outputs.wording import day, days, headline, heard, number, place_name, plain
from marsad.records import ControlStatus
from marsad.serial import claim_to_row, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from marsad.outputs.detail import Detail
    from marsad.outputs.picture import Picture
    from marsad.outputs.strips import Unheard
    from marsad.reading import Toponym
    from marsad.records import Claim, ControlState, Dispute, Place, Report, Share, SourceRecord, Tally

# With what a spreadsheet begins a formula, also in full width and behind what it passes over: spaces, a byte-order
# mark, quotation marks; tabs and line ends, which some take for the end of a cell.
_RISKY = re.compile('[\\s\ufeff\u200b"]*(?:[=+\\-@|%\t\r\n]|[\uff1d\uff0b\uff0d\uff20\uff5c\uff05])')


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows twice: `full` with all fields for programs, `brief` cells under `columns` for people."""

    columns: tuple[str, ...]
    brief: Sequence[Sequence[str]]
    full: Sequence[Mapping[str, Any]]


def claim_rows(claims: Iterable[Claim], reports: Mapping[str, Report], zone: ZoneInfo) -> Rows:
    """Return a row for each claim, with the fields of claims.jsonl."""
    claims = tuple(claims)
    brief = [
        (
            claim.id,
            day(reports[claim.report].said, zone),
            _source(claim, reports[claim.report]),
            f"{'denies' if claim.polarity == 'denied' else 'says'}: {headline(claim)}",
            days(claim.interval),
            _certainty(claim),
        )
        for claim in claims
    ]
    full = [claim_to_row(claim, reports[claim.report]) for claim in claims]
    return Rows(("id", "said", "source", "claim", "event days", "certainty"), brief, full)


def toponym_rows(found: Iterable[tuple[Report, Iterable[Toponym]]]) -> Rows:
    """Return a row for each toponym of each report: its words, characters and place, and where the words put it."""
    brief, full = [], []
    for report, toponyms in found:
        for one in toponyms:
            place, told = one.place, one.told
            meant = ", ".join(part for part in (place.canonical, place.admin, place.country) if part)
            sure = "" if one.confidence is None else f"{one.confidence:.2f}"
            where = _point(told or place)
            brief.append(
                (
                    report.id,
                    plain(place.name),
                    one.use.value,
                    meant or "unknown",
                    sure,
                    (told or place).words or "",
                    where,
                )
            )
            full.append(
                {
                    "report": report.id,
                    "start": one.start,
                    "end": one.end,
                    "use": one.use.value,
                    "confidence": one.confidence,
                    "side": one.side,
                    **_plainly(to_json(place)),
                    "relation": (told or place).relation,
                    "words": (told or place).words,
                    "told_lat": told.lat if told else None,
                    "told_lon": told.lon if told else None,
                    "told_radius_km": told.radius_km if told else None,
                }
            )
    return Rows(("report", "name", "use", "place", "sure", "words", "point"), brief, full)


def _point(place: Place) -> str:
    return "" if place.lat is None or place.lon is None else f"{place.lat:.3f}, {place.lon:.3f}"


def _plainly(place: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name not in {"relation", "words"}}


def dispute_rows(disputes: Iterable[Dispute], picture: Picture) -> Rows:
    """Return a row for each dispute, with who affirms and who denies."""
    brief, full = [], []
    for dispute in disputes:
        verdict = picture.assessments[dispute.proposition]
        proposition = picture.proposition_by_id[dispute.proposition]
        brief.append(
            (
                dispute.proposition,
                headline(proposition),
                days(dispute.interval),
                verdict.stands,
                "\n".join(dispute.supporters),
                "\n".join(dispute.deniers),
            )
        )
        full.append(
            {
                "proposition": dispute.proposition,
                "event": dispute.event,
                "agent": dispute.agent,
                "place": place_name(dispute.place) if dispute.place else None,
                "from": _iso(dispute.interval.start),
                "to": _iso(dispute.interval.end),
                "grade": verdict.stands,
                "graded_by": verdict.by_hand.user if verdict.by_hand else None,
                "open": dispute.open,
                "supporters": list(dispute.supporters),
                "deniers": list(dispute.deniers),
                "reports": list(dispute.reports),
                "excluded_by": list(dispute.excluded_by),
                "also": list(dispute.also),
            }
        )
    return Rows(("id", "what", "when", "grade", "say so", "deny or exclude it"), brief, full)


def control_rows(
    states: Iterable[ControlState], zone: ZoneInfo, now: datetime | None, silent: Iterable[Unheard] = ()
) -> Rows:
    """Return a row for each spell of a holder at a place by one account, then one for each account without a word.

    `now` is the instant that the age of a running spell's last word is told at; None tells no ages.
    """
    states, silent = tuple(states), tuple(silent)
    brief = [
        (
            state.place.name,
            state.according_to,
            state.holder,
            state.status.value,
            f"{state.start or '?'} to {state.end or 'now'}",
            heard(state.last_heard, None if state.end else now, zone),
            " ".join(state.claims[:3]) + (" ..." if len(state.claims) > 3 else ""),
        )
        for state in states
    ]
    brief += [
        (one.place, one.according_to, "?", ControlStatus.UNKNOWN.value, "?", "no word on it", "") for one in silent
    ]
    full = [*(_spell_row(state, now) for state in states), *(_unheard_row(one) for one in silent)]
    return Rows(("place", "according to", "holder", "status", "days", "last word", "claims"), brief, full)


def _spell_row(state: ControlState, now: datetime | None) -> dict[str, Any]:
    age = now - state.last_heard if now and state.last_heard and state.end is None else None
    return {
        "place": state.place.name,
        "gazetteer_id": state.place.gazetteer_id,
        "lat": state.place.lat,
        "lon": state.place.lon,
        "country": state.place.country,
        "according_to": state.according_to,
        "side": state.side,
        "holder": state.holder,
        "status": state.status.value,
        "from": _iso(state.start),
        "to": _iso(state.end),
        "last_heard": _iso(state.last_heard),
        "silent_hours": round(age / timedelta(hours=1), 1) if age is not None else None,
        "claims": list(state.claims),
    }


def _unheard_row(one: Unheard) -> dict[str, Any]:
    known = {
        "place": one.place,
        "according_to": one.according_to,
        "side": one.side,
        "status": ControlStatus.UNKNOWN.value,
    }
    names = ("place", "gazetteer_id", "lat", "lon", "country", "according_to", "side", "holder", "status", "from", "to")
    return {**{name: known.get(name) for name in (*names, "last_heard", "silent_hours")}, "claims": []}


def source_rows(records: Iterable[SourceRecord]) -> Rows:
    """Return a row for each voice and topic: on how much it spoke, and how that was later settled."""
    brief, full = [], []
    for record in records:
        served, cost = record.self_serving, record.against_interest
        counts = (record.claims, record.held, record.failed, record.open)
        brief.append(
            (
                record.voice,
                record.side or "",
                record.topic,
                *map(str, counts),
                _share(record.share),
                _tally(served),
                _tally(cost),
            )
        )
        names = ("voice", "side", "topic", "claims", "held", "failed", "open")
        full.append(
            {
                **{name: getattr(record, name) for name in names},
                **_bounds("share", record.share),
                "held_self_serving": served.held,
                "failed_self_serving": served.failed,
                **_bounds("share_self_serving", served.share),
                "held_against_interest": cost.held,
                "failed_against_interest": cost.failed,
                **_bounds("share_against_interest", cost.share),
            }
        )
    columns = (
        "voice",
        "side",
        "topic",
        "claims",
        "held",
        "failed",
        "open",
        "share held",
        "self-serving",
        "against interest",
    )
    return Rows(columns, brief, full)


def _share(share: Share | None) -> str:
    """Return a share with its interval such as "80 % (38–96)"; a dash where nothing was settled."""
    return f"{100 * share.value:.0f} % {_interval(share)}" if share else "–"


def _tally(tally: Tally) -> str:
    """Return how many of the settled ones held, with the interval of the share, such as "4 of 5 (38–96)"."""
    return f"{tally.held} of {tally.held + tally.failed} {_interval(tally.share)}" if tally.share else "–"


def _interval(share: Share) -> str:
    return f"({100 * share.low:.0f}–{100 * share.high:.0f})"


def _bounds(name: str, share: Share | None) -> dict[str, float | None]:
    """Return a share and the bounds of its interval as columns, None where nothing was settled."""
    values = (share.value, share.low, share.high) if share else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))


def evidence_rows(details: Iterable[Detail]) -> Rows:
    """Return a row for each claim on each proposition, with the verdict and the exact words."""
    full = [
        {
            "proposition": detail.proposition.id,
            "headline": detail.headline,
            "grade": detail.assessment.stands if detail.assessment else None,
            "graded_by": detail.assessment.by_hand.user if detail.assessment and detail.assessment.by_hand else None,
            "settled_as": detail.assessment.settled_as if detail.assessment else None,
            "rule_set": detail.assessment.rule_set if detail.assessment else None,
            "rule_version": detail.assessment.rule_version if detail.assessment else None,
            "working": list(detail.assessment.working) if detail.assessment else [],
            "counts_as": evidence.stance.value,
            "reasons": list(evidence.reasons),
            "words": evidence.quotation.words,
            "words_start": evidence.quotation.start,
            "words_end": evidence.quotation.end,
            "said": _iso(evidence.quotation.said),
            "copy_of": evidence.quotation.copy_of,
            **claim_to_row(evidence.claim, evidence.report),
        }
        for detail in details
        for evidence in detail.evidence
    ]
    columns = ("proposition", "headline", "grade", "counts_as", "source", "words")
    return Rows(columns, [[str(row[name]) for name in columns] for row in full], full)


def write_jsonl(rows: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """Write full rows as JSON lines, each as soon as it comes."""
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def print_table(rows: Rows, console: Console) -> None:
    """Print brief rows as a table."""
    table = Table(*rows.columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for cells in rows.brief:
        table.add_row(*(Text("\n".join(map(plain, cell.split("\n")))) for cell in cells))
    console.print(table)


def write_csv(rows: Sequence[Mapping[str, Any]], stream: TextIO) -> None:
    """Write full rows as CSV, one column for each field that any row has; lists are joined with semicolons."""
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    if not names:
        return
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows([csv_cell(row.get(name)) for name in names] for row in rows)


def csv_cell(value: Any) -> object:
    """Return a value as a CSV cell: numbers as they are, texts so that no spreadsheet runs them as a formula."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _RISKY.match(value):
        return f"'{value}"
    return value


def _source(claim: Claim, report: Report) -> str:
    source = (report.narrator or report.id) if claim.source == "narrator" else claim.source
    return f"{source} ({claim.speaker})" if claim.speaker else source


def _certainty(claim: Claim) -> str:
    numbers = {name: number(getattr(claim.counts, name)) for name in ("killed", "wounded", "detained", "displaced")}
    told = [f"{value} {name}" for name, value in numbers.items() if value]
    return "; ".join([claim.certainty.value, *told])


def _iso(value: Any) -> str | None:
    return None if value is None else value.isoformat()
