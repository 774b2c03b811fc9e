"""Search: the same hits on every kind of database, in any script, and no query that is an error."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import monitor_support as war
from marsad import Monitor
from marsad.monitor.words import places_of, terms_of, words_of
from marsad.store import Store
from store_support import NOW, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = {
    "hims": "Fighting went on around Ḥimṣ, residents said.",
    "plain": "The army's convoy left Hims at dawn.",
    "decomposed": "Nothing new in H\u0323ims\u0323.",
    "homs": "The rebels entered Homs.",
    "article": "Shelling of al-Hasakah and of Deir ez-Zor.",
    "bare": "A strike on Hasakah.",
    "arabic": "دخلت القوات مدينة حمص مساء السبت",
    "vowelled": "مدينة حِمْص هادئة",
    "ukrainian": "Обстріл Харкова тривав.",
    "and": "He said: \"AND OR NOT NEAR(x) * ^ title:\" it's 50% done; \\ '; DROP TABLE report; --",
    "chinese": "军队 进入 城市",
}


@pytest.fixture
def held(where: Path | str) -> Iterator[Monitor]:
    with Store.open(where) as store:
        for number, (name, text) in enumerate(TEXTS.items()):
            store.add_report(report(name, text, published=NOW + timedelta(hours=number)), learnt=NOW)
        store.add_report(report("undated", "Somebody entered Homs.", published=None), learnt=NOW)
    with Monitor.open(where) as monitor:
        yield monitor


def names(monitor: Monitor, words: str, **chosen: object) -> list[str]:
    return [hit.report.id for hit in monitor.search(words, **chosen)]  # type: ignore[arg-type]


QUERIES = {
    "Hims": ["decomposed", "plain", "hims"],
    "ḤIMṢ": ["decomposed", "plain", "hims"],
    "entered homs": ["homs", "undated"],
    "army": ["plain"],
    "Hasakah": ["bare", "article"],
    "al-Hasakah": ["bare", "article"],
    '"the rebels"': ["homs"],
    '"rebels entered Homs"': ["homs"],
    '"Homs entered"': [],
    "Homs entered": ["homs", "undated"],
    "Deir-ez-Zor": ["article"],
    '"Deir Zor"': ["article"],
    "حمص": ["vowelled", "arabic"],
    "ХАРКОВА": ["ukrainian"],
    "进入": ["chinese"],
    "AND OR": ["and"],
    "NEAR(x)": ["and"],
    "'; DROP TABLE report; --": ["and"],
    '"rebels entered': ["homs"],
    '"': [],
    "?!": [],
    "50%": ["and"],
}


def test_queries_find_the_same_on_every_database(held: Monitor) -> None:
    assert {query: names(held, query) for query in QUERIES} == QUERIES


def test_hits_say_where_the_words_stand(held: Monitor) -> None:
    (hit,) = held.search("fighting hims")
    assert [hit.report.text[one.start : one.end] for one in hit.passages] == ["Fighting", "Ḥimṣ"]
    assert hit.report.text[hit.excerpt.start : hit.excerpt.end] == TEXTS["hims"]


def test_periods_and_limits(held: Monitor) -> None:
    assert names(held, "hims", since=NOW + timedelta(hours=1)) == ["decomposed", "plain"]
    assert names(held, "hims", until=NOW + timedelta(hours=1)) == ["plain", "hims"]
    assert names(held, "hims", until=NOW + timedelta(hours=1), as_of=NOW) == ["hims"]
    assert names(held, "homs", as_of=NOW + timedelta(days=9)) == ["homs"]
    assert names(held, "hims", limit=1) == ["decomposed"]
    assert len(names(held, "", limit=5)) == 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_no_query_is_an_error(held: Monitor, query: str) -> None:
    for hit in held.search(query):
        assert all(0 <= one.start < one.end <= len(hit.report.text) for one in hit.passages)


@given(st.text())
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    words = words_of(text)
    assert all(text[word.start : word.end].strip() for word in words)
    for word in words:
        assert (word.start, word.end) in places_of((word.key,), words)


def test_terms_of_a_query() -> None:
    assert terms_of('Homs "state  television" al-Sham the army the') == (
        ("homs",), ("state", "television"), ("sham",), ("the",), ("army",),
    )  # fmt: skip


def test_claims_narrow_down(tmp_path: Path) -> None:
    with war.opened(tmp_path) as held:
        assert names(held, "Qarn") == ["r4", "r3", "r2", "r1"]
        assert names(held, "Qarn", source="the army") == ["r4", "r2"]
        assert names(held, "Qarn", event="withdraw") == ["r4"]
        assert names(held, "Qarn", place="Bay") == []
        assert names(held, "fighting", place="bay") == ["r5"]
        assert names(held, "Qarn", source="Wire One") == ["r3"]
        (hit,) = held.search("Qarn", event="enter")
        assert [claim.id for claim in hit.claims] == ["c-inside"]
        found = held.search("Title r1")
        assert [claim.id for hit in found for claim in hit.claims] == ["c-taken"]
        grades = {verdict.grade for verdict in held.picture().assessments.values()}
        assert sorted({name for grade in grades for name in names(held, "", grade=grade)}) == list(war.TEXTS)
        assert names(held, "", grade="no such") == []


def test_hits_tell_claims_as_people_left_them(tmp_path: Path) -> None:
    with war.opened(tmp_path) as held:
        held.judge("reject", "c-taken", user="ana", reason="an old headline")
        (hit,) = held.search("Title r1")
        assert hit.claims == ()
        assert names(held, "Qarn", event="capture") == ["r2"]


def test_a_very_long_report_of_different_words_is_found(where: Path | str) -> None:
    text = " ".join(f"word{number:06}" for number in range(100_000)) + " " + "xy" * 2500
    with Store.open(where) as store:
        store.add_report(report("long", text), learnt=NOW)
    with Monitor.open(where) as monitor:
        assert names(monitor, "word099999 word000000") == ["long"]
        assert names(monitor, "xy" * 2500) == ["long"]
        assert names(monitor, "xy" * 2499) == []
