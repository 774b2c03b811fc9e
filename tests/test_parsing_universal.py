"""Trees of Universal Dependencies as trees of the house: hand-made ones, which no parser can read otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from marsad.reading import tree
from marsad.reading.parsing.universal import Word, housed
from marsad.reading.tree import mark_inflected
from marsad.vocabulary import load_grammar

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VOCAB = {code: spacy.blank(code).vocab for code in ("fr", "ru")}


def made(code: str, text: str, rows: str) -> Doc:
    """Return the tree of a text; a row is `form lemma part head label features entity`, heads from 1, 0 the root."""
    words: list[Word] = []
    at = 0
    for row in rows.strip().splitlines():
        form, lemma, part, head, label, *rest = row.split()
        at = text.index(form, at)
        feats = dict(one.split("=") for one in (rest[0].split("|") if rest and rest[0] != "_" else ()))
        words.append(
            Word(
                text=form,
                start=at,
                lemma=lemma,
                base=form,
                upos=part,
                feats=feats,
                head=int(head) - 1,
                deprel=label,
                entity=rest[1] if len(rest) > 1 else "",
            )
        )
        at += len(form)
    return mark_inflected(housed(words, text, VOCAB[code], load_grammar(code)))


def word(doc: Doc, form: str) -> Token:
    return next(token for token in doc if token.text == form)


TAKEN = """
    La le DET 2 det Definite=Def
    ville ville NOUN 5 nsubj:pass Number=Sing
    a avoir AUX 5 aux:tense VerbForm=Fin|Tense=Pres
    été être AUX 5 aux:pass VerbForm=Part|Tense=Past
    prise prendre VERB 0 root VerbForm=Part|Tense=Past|Voice=Pass
    par par ADP 8 case
    les le DET 8 det
    rebelles rebelle NOUN 5 obl:mod Number=Plur
    près près ADV 11 advmod
    de de ADP 11 case
    Varenne Varenne PROPN 5 obl:mod _ GPE
"""


def test_the_agent_of_a_passive_stands_after_its_preposition() -> None:
    doc = made("fr", "La ville a été prise par les rebelles près de Varenne", TAKEN)
    taken = word(doc, "prise")
    assert tree.is_passive(taken)
    assert tree.logical_subject(taken) == word(doc, "rebelles")
    assert tree.logical_object(taken) == word(doc, "ville")
    assert {prep for prep, noun in tree.prepositions(taken) if noun.text == "Varenne"} == {"près", "de"}


def test_bare_cases_say_what_prepositions_say_in_english() -> None:
    rows = """
        Взятие взятие NOUN 5 nsubj:pass Case=Nom
        города город NOUN 1 nmod Case=Gen
        повстанцами повстанец NOUN 1 nmod Case=Ins|Number=Plur
        не не PART 5 advmod Polarity=Neg
        подтверждено подтвердить VERB 0 root VerbForm=Part|Voice=Pass|Tense=Past
    """
    doc = made("ru", "Взятие города повстанцами не подтверждено", rows)
    found = {prep: noun.text for prep, noun in tree.prepositions(word(doc, "Взятие"))}
    assert found == {"of": "города", "by": "повстанцами"}
    assert word(doc, "не").dep_ == "neg"


def test_the_instrumental_is_the_agent_of_a_passive_and_the_means_of_an_active_verb() -> None:
    passive = """
        Город город NOUN 2 nsubj:pass Case=Nom
        захвачен захватить VERB 0 root VerbForm=Part|Voice=Pass
        боевиками боевик NOUN 2 obl Case=Ins|Number=Plur
    """
    active = """
        Боевики боевик NOUN 2 nsubj Case=Nom|Number=Plur
        ударили ударить VERB 0 root VerbForm=Fin|Tense=Past|Voice=Act
        ракетами ракета NOUN 2 obl Case=Ins|Number=Plur
    """
    taken = word(made("ru", "Город захвачен боевиками", passive), "захвачен")
    assert str(tree.logical_subject(taken)) == "боевиками"
    struck = word(made("ru", "Боевики ударили ракетами", active), "ударили")
    assert str(tree.logical_subject(struck)) == "Боевики"
    assert [(prep, noun.text) for prep, noun in tree.prepositions(struck)] == [("with", "ракетами")]


def test_of_two_words_of_a_negation_one_counts() -> None:
    rows = """
        L' le DET 2 det
        armée armée NOUN 6 nsubj
        n' ne ADV 6 advmod Polarity=Neg
        a avoir AUX 6 aux:tense VerbForm=Fin
        pas pas ADV 6 advmod Polarity=Neg
        quitté quitter VERB 0 root VerbForm=Part|Tense=Past
        la le DET 8 det
        ville ville NOUN 6 obj
    """
    doc = made("fr", "L' armée n' a pas quitté la ville", rows)
    assert [token.text for token in doc if token.dep_ == "neg"] == ["pas"]


def test_plus_denies_only_beside_ne() -> None:
    rows = """
        Ils il PRON 3 nsubj
        {ne}
        avancent avancer VERB 0 root VerbForm=Fin|Tense=Pres
        plus plus ADV 3 advmod
    """
    denied = made("fr", "Ils n' avancent plus", rows.replace("{ne}", "n' ne ADV 3 advmod Polarity=Neg"))
    more = made("fr", "Ils y avancent plus", rows.replace("{ne}", "y y PRON 3 iobj"))
    assert word(denied, "plus").dep_ == "neg"
    assert word(more, "plus").dep_ == "advmod"


def test_be_is_the_head_of_what_it_joins() -> None:
    rows = """
        La le DET 2 det
        ville ville NOUN 6 nsubj
        est être AUX 6 cop VerbForm=Fin|Tense=Pres
        sous sous ADP 6 case
        le le DET 6 det
        contrôle contrôle NOUN 0 root
        des de ADP 8 case
        insurgés insurgé NOUN 6 nmod Number=Plur
    """
    doc = made("fr", "La ville est sous le contrôle des insurgés", rows)
    joined = word(doc, "est")
    assert joined.dep_ == "ROOT"
    assert tree.subject(joined) == word(doc, "ville")
    assert ("sous", word(doc, "contrôle")) in tree.prepositions(joined)


def test_a_modal_verb_becomes_the_auxiliary_of_its_infinitive() -> None:
    rows = """
        Боевики боевик NOUN 2 nsubj Case=Nom
        могут мочь VERB 0 root VerbForm=Fin|Tense=Pres
        атаковать атаковать VERB 2 xcomp VerbForm=Inf
        село село NOUN 3 nsubj Case=Nom
    """
    doc = made("ru", "Боевики могут атаковать село", rows)
    assert word(doc, "могут").dep_ == "aux"
    assert str(tree.logical_subject(word(doc, "атаковать"))) == "Боевики"
    assert str(tree.logical_object(word(doc, "атаковать"))) == "село"


def test_who_manages_to_do_it_stands_in_the_dative() -> None:
    rows = """
        Повстанцам повстанец NOUN 2 iobj Case=Dat
        удалось удаться VERB 0 root VerbForm=Fin|Tense=Past
        войти войти VERB 2 csubj VerbForm=Inf
    """
    doc = made("ru", "Повстанцам удалось войти", rows)
    assert str(tree.logical_subject(word(doc, "войти"))) == "Повстанцам"


def test_the_last_word_of_a_name_is_its_head() -> None:
    rows = """
        général général NOUN 4 nsubj
        Moussa Moussa PROPN 1 appos _ PERSON
        Traoré Traoré PROPN 2 flat:name _ PERSON
        parle parler VERB 0 root VerbForm=Fin|Tense=Pres
    """
    doc = made("fr", "général Moussa Traoré parle", rows)
    assert tree.subject(word(doc, "parle")) == word(doc, "Traoré")
    assert {token.text for token in doc if token.dep_ == "compound"} == {"général", "Moussa"}


def test_an_inserted_reporting_verb_governs_what_stands_before_it() -> None:
    rows = """
        Мы мы PRON 3 nsubj
        не не PART 3 advmod Polarity=Neg
        отступили отступить VERB 0 root VerbForm=Fin|Tense=Past
        , , PUNCT 5 punct
        сказал сказать VERB 3 parataxis VerbForm=Fin|Tense=Past
        офицер офицер NOUN 5 nsubj Case=Nom
    """
    doc = made("ru", "Мы не отступили, сказал офицер", rows)
    assert word(doc, "сказал").dep_ == "ROOT"
    assert word(doc, "отступили").dep_ == "ccomp"


def test_words_that_hang_on_each_other_become_one_tree() -> None:
    rows = """
        Боевики боевик NOUN 2 nsubj
        вошли войти VERB 3 ccomp VerbForm=Fin
        отметив отметить VERB 2 advcl VerbForm=Conv
        сообщил сообщить VERB 0 root VerbForm=Fin
        штаб штаб NOUN 4 nsubj
        взят взять VERB 0 root VerbForm=Part|Voice=Pass
    """
    doc = made("ru", "Боевики вошли отметив сообщил штаб взят", rows)
    assert [token.text for token in doc if token.head == token] == ["сообщил"]
    assert all(list(token.ancestors)[-1:] in ([], [word(doc, "сообщил")]) for token in doc)


def test_tokens_stand_where_the_words_do() -> None:
    text = "La ville  a été prise par les\nrebelles près de Varenne"
    doc = made("fr", text, TAKEN)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_words_that_are_not_in_the_text_are_refused() -> None:
    words = [Word(text="ville", start=0, lemma="ville", base="ville", upos="NOUN", feats={}, head=-1, deprel="root")]
    with pytest.raises(ValueError, match="do not cover"):
        housed(words, "Ville", VOCAB["fr"], load_grammar("fr"))
