"""Judgements in words and as rows, and how far people agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.outputs.lines import casualties
from marsad.outputs.tables import Rows
from marsad.outputs.wording import UNKNOWN, clock, days, place_name, plain
from marsad.records import Counts, Interval, JudgementKind, Place
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from marsad.records import Agreement, Judged, Judgement


def judgement_rows(judgements: Iterable[Judgement], judged: Judged, zone: ZoneInfo) -> Rows:
    """Return a row for each judgement; `status` is standing, undone or orphaned, `claims` are what it applies to."""
    brief, full = [], []
    status = {one.id: "undone" for one in judged.undone} | {one.id: "orphaned" for one in judged.orphaned}
    for one in judgements:
        stands = status.get(one.id, "standing")
        brief.append((one.id, clock(one.made, zone), one.user, stands, what(one), one.reason))
        full.append(
            {
                "id": one.id,
                "kind": one.kind.value,
                "subject": one.subject,
                "other": list(one.other),
                "status": stands,
                "claims": list(judged.found.get(one.id, ())),
                "values": _values(one),
                "grade": one.grade,
                "text": one.text,
                "user": one.user,
                "reason": one.reason,
                "made": one.made.isoformat(),
            }
        )
    return Rows(("id", "made", "user", "status", "judgement", "reason"), brief, full)


def what(judgement: Judgement) -> str:
    """Return what a judgement says, without who and why: "correct c-1: agent Northern Front (was unknown)"."""
    said = f"{judgement.kind.value} {judgement.subject}"
    if judgement.other:
        said += f" with {', '.join(judgement.other)}"
    if judgement.values:
        (seen,) = judgement.claims
        changes = (
            f"{name} {_spoken(getattr(judgement.values, name))} (was {_spoken(getattr(seen, name))})"
            for name in judgement.values.fields
        )
        said += f": {'; '.join(changes)}"
    # A translation is as long as its report: the report's page shows it.
    text = None if judgement.kind is JudgementKind.TRANSLATE else judgement.text
    return plain(said + "".join(f": {one}" for one in (judgement.grade, text) if one))


def ruling(judgement: Judgement, zone: ZoneInfo) -> str:
    """Return a judgement in one line, with who made it, when and why."""
    why = f" ({plain(judgement.reason)})" if judgement.reason else ""
    return f"{plain(judgement.user)}, {clock(judgement.made, zone)}: {what(judgement)}{why}  {judgement.id}"


def agreement_rows(found: Iterable[Agreement]) -> Rows:
    """Return a row for each question, with Krippendorff's alpha; a dash where it is not defined."""
    found = tuple(found)
    brief = [
        (one.question, str(one.claims), str(one.agreed), "–" if one.alpha is None else f"{one.alpha:.3f}")
        for one in found
    ]
    return Rows(("question", "claims", "agreed", "alpha"), brief, [to_json(one) for one in found])


def _values(judgement: Judgement) -> dict[str, Any]:
    if judgement.values is None:
        return {}
    return {name: to_json(getattr(judgement.values, name)) for name in judgement.values.fields}


def _spoken(value: object) -> str:
    """Return a value of a claim in words."""
    if value is None:
        return UNKNOWN
    if isinstance(value, Place):
        point = f" at {value.lat:g}, {value.lon:g}" if value.lat is not None and value.lon is not None else ""
        return f"{place_name(value)}{point}"
    if isinstance(value, Interval):
        return days(value)
    return (casualties(value) or UNKNOWN) if isinstance(value, Counts) else str(value)
