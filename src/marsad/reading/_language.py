"""Whether a report is in a language that the reader knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.records import Report

READ = frozenset({"en"})
_SAMPLE = 4000
_SURE = 0.8


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - its model takes a moment to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify


def unreadable(report: Report) -> str | None:
    """Return why a report cannot be read, None where it can."""
    letters = sum(char.isalpha() for char in report.text[:_SAMPLE])
    if letters < 3:
        return "no words"
    code, probability = _identifier()(report.text[:_SAMPLE])
    if code not in READ and probability >= _SURE:
        return f"language {code} is not read yet"
    return None
