"""Whether a report is in a language that the reader knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.records import Report

READ = frozenset({"en"})
# The languages of the world's larger press; small relatives of English among the rest draw short texts to themselves.
_PRESS = frozenset(
    {
        *("am", "ar", "az", "be", "bg", "bn", "bs", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gu"),
        *("he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "km", "ko", "ku", "ky", "lo", "lt", "lv", "mk"),
        *("ml", "mr", "ms", "my", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "rw", "si", "sk", "sl", "sq", "sr"),
        *("sv", "sw", "ta", "te", "tg", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh"),
    }
)
_SAMPLE = 4000
_FEWEST_LETTERS = 3
# How sure of another language: where the input declares none, and where it declares one that is read.
_SURE, _PLAIN = 0.8, 0.95


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid import langid  # noqa: PLC0415 - its model takes a moment to load

    untyped: Any = langid.LanguageIdentifier
    identifier = untyped.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(_PRESS & set(identifier.labels)))
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify


def language_of(report: Report) -> str:
    """Return the ISO 639-1 code of the language that a report's text is most likely in."""
    return _identifier()(report.text[:_SAMPLE])[0]


def unreadable(report: Report) -> str | None:
    """Return why a report cannot be read, None where it can; a declared language holds unless it is plainly wrong."""
    letters = sum(char.isalpha() for char in report.text[:_SAMPLE])
    if letters < _FEWEST_LETTERS:
        return "no words"
    code, probability = _identifier()(report.text[:_SAMPLE])
    declared = report.language is not None and report.language.split("-")[0].lower() in READ
    if code not in READ and probability >= (_PLAIN if declared else _SURE):
        return f"language {code} is not read yet"
    return None
