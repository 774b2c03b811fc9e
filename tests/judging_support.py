"""What the tests of judgements share: claims, and judgements made of them at the hour that is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad.judging import Subject, correction, make
from marsad.records import JudgementKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad import Claim, Judgement

MADE = datetime(2031, 6, 1, 9, tzinfo=UTC)


def judgement(
    kind: str,
    subject: str,
    claims: Sequence[Claim] = (),
    *,
    hours: float = 0,
    user: str = "ana",
    values: dict[str, object] | None = None,
    others: Sequence[Claim] = (),
    **fields: Any,
) -> Judgement:
    """A judgement made so many hours after the first of June; `others` are of one other subject."""
    return make(
        JudgementKind(kind),
        Subject(id=subject, claims=tuple(claims)),
        user=user,
        reason="read again",
        made=MADE + timedelta(hours=hours),
        others=[Subject(id="other", claims=tuple(others))] if others else (),
        values=correction(values, claims[0], None, ()) if values else None,
        **fields,
    )


def on(kind: str, claim: Claim, **fields: Any) -> Judgement:
    """A judgement on one claim."""
    return judgement(kind, claim.id, [claim], **fields)


def undo(of: Judgement, *, hours: float) -> Judgement:
    """A judgement that takes another back."""
    return judgement("undo", of.id, hours=hours)
