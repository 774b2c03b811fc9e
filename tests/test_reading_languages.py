"""Which language each paragraph is read in, and what becomes of those in none."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from tests.reading_support import report as made

from marsad.reading import Reader, Unread
from marsad.reading._language import parts
from marsad.reading.parsing import MissingEngineError, parsers
from marsad.reading.reader import _stretches
from marsad.reading.sentences import Sentence
from marsad.vocabulary import load_languages

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer
    from marsad.records import Report

ENGLISH = (
    "The army entered the town of Qarn on Monday after two days of fighting, a spokesman for the defence ministry said."
)
PERSIAN = (
    "سخنگوی وزارت دفاع روز دوشنبه گفت که ارتش پس از دو روز درگیری وارد شهر شد و نیروهای مخالف از آن عقب‌نشینی کردند."
)
FIRST = PERSIAN.split(maxsplit=1)[0]
SWEDISH = (
    "Armén gick in i staden på måndagen efter två dagars strider, sade en talesman för försvarsministeriet på kvällen."
)


def reading(gazetteer: Gazetteer) -> Reader:
    return Reader(gazetteer, network=None)


def spans(text: str, language: str | None = None) -> list[tuple[str, str]]:
    """Return the parts of a text: the language of each and its first word."""
    return [
        (one.language, text[one.start : one.end].split(maxsplit=1)[0]) for one in parts(made(text, language=language))
    ]


def test_a_report_in_one_language_is_one_part() -> None:
    text = f"{ENGLISH}\n\n{ENGLISH}"
    (part,) = parts(made(text))
    assert (part.start, part.end, part.language, part.unread) == (0, len(text), "en", None)


def test_longer_paragraphs_have_a_language_of_their_own() -> None:
    assert spans(f"{ENGLISH}\n\n{PERSIAN}\n\n{ENGLISH}") == [("en", "The"), ("fa", FIRST), ("en", "The")]


def test_short_paragraphs_go_with_their_report() -> None:
    assert spans(f"{ENGLISH}\n\nArmén gick in i staden.\n\n{ENGLISH}") == [("en", "The")]


@pytest.mark.parametrize("declared", [None, "en", "en-GB", "xx"])
def test_a_declared_language_gives_way_to_what_is_plainly_another(declared: str | None) -> None:
    assert spans(PERSIAN, declared) == [("fa", FIRST)]


def test_what_can_be_read_of_a_mixed_page_is_read_and_the_rest_is_named(gazetteer: Gazetteer) -> None:
    mixed: Report = made(f"{PERSIAN}\n\n{ENGLISH}\n\n{SWEDISH}")
    claims = reading(gazetteer).read(mixed)
    assert not isinstance(claims, Unread)
    assert [mixed.text[one.anchor.start : one.anchor.end].split(maxsplit=1)[0] for one in claims] == ["entered"]
    assert {one.reason for one in reading(gazetteer).passed_over(mixed)} == {
        "in part, language fa is not read yet",
        "in part, language sv is not read yet",
    }
    assert not reading(gazetteer).passed_over(made(ENGLISH))


def test_a_language_whose_engine_is_missing_is_left_for_later(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = next(code for code, profile in load_languages().items() if profile.extra is not None)
    parsers.load_parser.cache_clear()
    monkeypatch.setattr(parsers, "import_module", _missing)
    try:
        with pytest.raises(MissingEngineError, match=rf'pip install "marsad\[{code}\]"'):
            parsers.load_parser(code)
        found = reading(gazetteer).read(made(TEXTS[code], language=code))
    finally:
        parsers.load_parser.cache_clear()
    assert isinstance(found, Unread)
    assert found.again
    assert "pip install" in found.reason


def _missing(name: str) -> None:
    raise ModuleNotFoundError(name)


# What each language with an extra says of a town that was taken.
TEXTS = {
    "ar": "أعلنت وزارة الدفاع أن الجيش سيطر على مدينة حلب بعد معارك استمرت يومين مع فصائل المعارضة المسلحة.",
    "fr": "Le ministère de la Défense a annoncé lundi que l'armée avait pris la ville de Goma après deux jours.",
    "ru": "Министерство обороны сообщило в понедельник, что армия взяла город Купянск после двух дней боёв.",
    "uk": "Міністерство оборони повідомило в понеділок, що армія взяла місто Куп’янськ після двох днів боїв.",
}


@pytest.mark.parametrize("paragraphs", [[1] * 10, [260], [249, 2, 700], [100] * 9])
def test_a_long_report_is_read_in_stretches_that_end_with_a_paragraph(paragraphs: list[int]) -> None:
    sentences = [
        Sentence(start, start + 1, paragraph, heading=False)
        for start, paragraph in enumerate(n for n, size in enumerate(paragraphs) for _ in range(size))
    ]
    stretches = list(_stretches(sentences))
    assert [one for stretch in stretches for one in stretch] == sentences
    assert all(0 < len(stretch) <= 250 for stretch in stretches)
    for one, other in itertools.pairwise(stretches):
        cut = one[-1].paragraph == other[0].paragraph
        assert not cut or paragraphs[one[-1].paragraph] > 250 or len(one) == 250
