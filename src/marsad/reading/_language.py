"""In which language each paragraph of a report is, and whether it is one that is read."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from marsad.vocabulary import load_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from marsad.records import Report

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
# A paragraph is told apart from the rest of its report by so many letters at least, a shorter one goes with the others.
_ENOUGH_LETTERS = 60
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring paragraphs `[start, end)` of a report in one language (ISO 639-1), and why they are not read."""

    start: int
    end: int
    language: str
    unread: str | None


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid import langid  # noqa: PLC0415 - its model takes a moment to load

    untyped: Any = langid.LanguageIdentifier
    identifier = untyped.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(_PRESS & set(identifier.labels)))
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify


def language_of(report: Report) -> str:
    """Return the ISO 639-1 code of the language of most of a report, "" where it has no words."""
    return _whole(report) or ""


def parts(report: Report) -> tuple[Part, ...]:
    """Return a report's paragraphs by language, in order; one part where it has no words.

    The language of the whole is the declared one, unless it is plainly another; a longer paragraph that is plainly in
    another language is a part of its own.
    """
    whole = _whole(report)
    if whole is None:
        return (Part(0, len(report.text), "", "no words"),)
    told = [(span, _of_paragraph(report.text[slice(*span)], whole)) for span in _paragraphs(report.text)]
    runs = [(code, list(run)) for code, run in itertools.groupby(told, key=lambda one: one[1])]
    return tuple(Part(run[0][0][0], run[-1][0][1], code, _refusal(code)) for code, run in runs)


def _whole(report: Report) -> str | None:
    """Return the language of most of a report, None where it has no words."""
    if _letters(report.text[:_SAMPLE]) < _FEWEST_LETTERS:
        return None
    read = load_languages()
    code, probability = _identifier()(report.text[:_SAMPLE])
    declared = report.language.split("-")[0].lower() if report.language is not None else None
    if declared in read:
        return declared if code == declared or probability < _PLAIN else code
    return code if code in read or probability >= _SURE else "en"


def _of_paragraph(text: str, whole: str) -> str:
    if _letters(text) < _ENOUGH_LETTERS:
        return whole
    code, probability = _identifier()(text)
    return code if probability >= _PLAIN else whole


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip())


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _refusal(code: str) -> str | None:
    return None if code in load_languages() else f"language {code} is not read yet"
