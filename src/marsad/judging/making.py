"""A judgement is made: checked for what it needs, and given its id."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.ids import identifier
from marsad.records import Judgement, JudgementKind
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from marsad.records import Claim, Correction

_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_TRANSLATION = 200, 4000, 40_000  # characters
_REMARKS = frozenset({JudgementKind.NOTE, JudgementKind.LABEL})
# What each kind needs beside its subject, and what that is called where it is missing; and what it may have.
_NEEDS = {
    JudgementKind.CORRECT: {"values": "a field and its new value"},
    JudgementKind.MERGE: {"other": "another proposition"},
    JudgementKind.SPLIT: {"other": "claims of the proposition"},
    JudgementKind.GRADE: {"grade": "a grade"},
    JudgementKind.NOTE: {"text": "a text"},
    JudgementKind.LABEL: {"text": "a text"},
    JudgementKind.TRANSLATE: {"text": "the translation"},
}
_MAY = {JudgementKind.RETRACT: ("other",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is judged: the id of a claim, proposition, report or judgement, and the claims that it stands for."""

    id: str
    claims: tuple[Claim, ...] = ()


def make(
    kind: JudgementKind,
    subject: Subject,
    *,
    user: str,
    reason: str,
    made: datetime,
    others: Sequence[Subject] = (),
    values: Correction | None = None,
    grade: str | None = None,
    text: str | None = None,
) -> Judgement:
    """Return the judgement, with an id made of all that it says.

    A reason is needed for all but notes and labels, whose text is one; that of a translation is what made it. Raises
    InputError where something that the kind needs is missing, something is given that it does not take, or a text is
    empty, too long or not printable.
    """
    given = {"values": values, "other": others, "grade": grade, "text": text}
    needs = _NEEDS.get(kind, {})
    for name, value in given.items():
        if value and name not in needs and name not in _MAY.get(kind, ()):
            raise InputError(f"'{kind.value}' takes no {name}")
        if not value and name in needs:
            raise InputError(f"'{kind.value}' needs {needs[name]}")
    if made.tzinfo is None:
        raise InputError("the instant of a judgement needs a time zone")
    judgement = Judgement(
        id="",
        kind=kind,
        subject=subject.id,
        user=_line("user", user, _LONGEST_NAME),
        reason=_line("reason", reason, _LONGEST_TEXT, needed=kind not in _REMARKS),
        made=made,
        other=tuple(one.id for one in others),
        values=values,
        grade=grade,
        text=_text(kind, text) if text is not None else None,
        claims=subject.claims,
        others=tuple(claim for one in others for claim in one.claims),
    )
    return replace(judgement, id=identifier("j", json.dumps(to_json(judgement), sort_keys=True)))


def _text(kind: JudgementKind, text: str) -> str:
    """Return a text on one line; that of a translation keeps its own."""
    if kind is not JudgementKind.TRANSLATE:
        return _line("text", text, _LONGEST_TEXT)
    lines = [_line("text", line, _LONGEST_TRANSLATION, needed=False) for line in text.strip().splitlines()]
    _line("text", " ".join(lines), _LONGEST_TRANSLATION)
    return "\n".join(lines)


def _line(name: str, text: str, most: int, *, needed: bool = True) -> str:
    words = " ".join(text.split())
    if needed and not words:
        raise InputError(f"'{name}' is empty: a judgement needs one")
    if len(words) > most:
        raise InputError(f"'{name}' has {len(words)} characters; {most} are the most")
    if not words.isprintable():
        raise InputError(f"'{name}' has characters that cannot be printed")
    return words
