"""Whether a report is in a language that the reader knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.records import Report

READ = frozenset({"en"})
_SAMPLE = 4000
_FEWEST_LETTERS = 3
_SURE = 0.8


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid import langid  # noqa: PLC0415 - its model takes a moment to load

    untyped: Any = langid.LanguageIdentifier
    classify: Callable[[str], tuple[str, float]] = untyped.from_model_file(langid.MODEL_FILE, norm_probs=True).classify
    return classify


def unreadable(report: Report) -> str | None:
    """Return why a report cannot be read, None where it can."""
    letters = sum(char.isalpha() for char in report.text[:_SAMPLE])
    if letters < _FEWEST_LETTERS:
        return "no words"
    code, probability = _identifier()(report.text[:_SAMPLE])
    if code not in READ and probability >= _SURE:
        return f"language {code} is not read yet"
    return None
