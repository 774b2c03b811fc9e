"""Trees by rules: Ukrainian by case, Arabic by order, each as the tree of the English sentence would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.reading import tree
from marsad.reading.parsing import based, load_parser
from marsad.reading.parsing.shallow._grammar import load_grammar

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc, Token

pytest.importorskip("pymorphy3_dicts_uk")
pytest.importorskip("simplemma")


def parsed(code: str, text: str) -> Doc:
    return next(iter(load_parser(code).pipe([text])))


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def head_of(found: Token | None) -> str | None:
    return found.lemma_ if found is not None else None


# Text, verb, who does it, to whom: of a passive and of a relative clause too.
CLAUSES = [
    ("uk", "Армія захопила село.", "захопила", "армія", "село"),
    ("uk", "Село захопила армія.", "захопила", "армія", "село"),
    ("uk", "Село захоплено військами.", "захоплено", "військо", "село"),
    ("uk", "Село, яке захопили повстанці, горить.", "захопили", "повстанець", "село"),
    ("uk", "Загинули троє цивільних.", "Загинули", "цивільний", None),
    ("ar", "سيطرت القوات على المدينة.", "سيطرت", "قوة", None),
    ("ar", "قصف الجيش البلدة.", "قصف", "جيش", "بلدة"),
    ("ar", "الجيش قصف البلدة.", "قصف", "جيش", "بلدة"),
    ("ar", "قتل ثلاثة مدنيين.", "قتل", None, "مدني"),
    ("ar", "المدينة التي قصفها الجيش تحترق.", "قصف", "جيش", "مدينة"),
]


@pytest.mark.parametrize(("code", "text", "verb", "agent", "target"), CLAUSES)
def test_who_does_what_to_whom(code: str, text: str, verb: str, agent: str | None, target: str | None) -> None:
    token = word(parsed(code, text), verb)
    assert head_of(tree.logical_subject(token)) == agent
    assert head_of(tree.logical_object(token)) == target


@pytest.mark.parametrize(
    ("code", "text", "cue", "said"),
    [
        ("uk", "Штаб заявив, що армія відступила.", "заявив", "відступила"),
        ("uk", "Армія відступила, повідомив штаб.", "повідомив", "відступила"),
        ("uk", "«Армія відступила», — сказав речник.", "сказав", "відступила"),
        ("uk", "Як повідомив штаб, армія відступила.", "повідомив", "відступила"),
        ("ar", "قال المتحدث إن الجيش انسحب.", "قال", "انسحب"),
        ("ar", "«الجيش انسحب»، قال المتحدث.", "قال", "انسحب"),
        ("ar", "انسحب الجيش، وفق ما أعلنت الوزارة.", "أعلنت", "انسحب"),
    ],
)
def test_what_is_said_hangs_on_the_word_of_saying(code: str, text: str, cue: str, said: str) -> None:
    token = word(parsed(code, text), said)
    assert token.dep_ == "ccomp"
    assert token.head.text == cue


@pytest.mark.parametrize(
    ("code", "text", "verb"),
    [("uk", "Повстанці не відступили.", "відступили"), ("ar", "لم ينسحب الجيش.", "ينسحب")],
)
def test_negation_hangs_on_its_verb(code: str, text: str, verb: str) -> None:
    assert tree.child(word(parsed(code, text), verb), "neg") is not None


@pytest.mark.parametrize(
    ("code", "text", "noun", "owner"),
    [("uk", "Речник міністерства мовчить.", "Речник", "міністерство"), ("ar", "صمتت وزارة الدفاع.", "وزارة", "دفاع")],
)
def test_a_noun_that_another_owns_stands_as_if_after_of(code: str, text: str, noun: str, owner: str) -> None:
    below = [(prep, one.lemma_) for prep, one in tree.prepositions(word(parsed(code, text), noun))]
    assert below == [("of", owner)]


def test_the_means_and_the_doer_of_a_passive_are_told_apart() -> None:
    struck = word(parsed("uk", "Ворог обстріляв місто ракетами."), "обстріляв")
    assert ("with", "ракета") in [(prep, one.lemma_) for prep, one in tree.prepositions(struck)]
    assert not tree.is_passive(struck)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uk", "  Армія —  «Схід»… 12,5 % (так), і  ні. "),
        ("ar", "وقُتِلَ ٣ جنود، «بالقصف»  للقريـــة؛ هل؟ "),
        ("uk", "і"),
        ("ar", "،"),
        ("uk", ""),
    ],
)
def test_a_tree_has_exactly_the_text_of_its_sentence(code: str, text: str) -> None:
    doc = parsed(code, text)
    assert doc.text == text
    assert len(doc) == 0 or sum(token.dep_ == "ROOT" for token in doc) == 1


def test_attached_words_are_words_of_their_own() -> None:
    doc = parsed("ar", "وبالمدينة قواتهم.")
    assert [token.text for token in doc] == ["و", "ب", "المدينة", "قوات", "هم", "."]
    assert word(doc, "المدينة").lemma_ == "مدينة"


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("uk", "Збройні сили Кеставії", "Збройними силами Кеставії"),
        ("uk", "Глинорів", "Глинорову"),
        ("uk", "Багровець", "Багровця"),
        ("ar", "الجيش السوري", "للجيش السوري"),
        ("ar", "القوات الحكومية", "قوات حكومية"),
    ],
)
def test_any_form_of_a_name_is_compared_as_the_same(code: str, one: str, other: str) -> None:
    form = based(load_parser(code))
    assert form(one) == form(other)


def test_a_grammar_with_an_unknown_list_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "grammar.toml"
    file.write_text("[order]\ncased = true\nmodifiers_first = true\n[words]\nverbs = []\n", "utf-8")
    with pytest.raises(DataFileError, match=r"grammar\.toml:5: unknown key 'verbs'"):
        load_grammar(file)
