"""What a notebook shows of records: tables of text, and nothing of it markup."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import Count, Counts, Interval, Nowcast, Place
from marsad.outputs import details
from marsad.records import Listed
from marsad.serial import to_json
from picture_support import drawn
from weighing_support import ARMY, DAY, NOON, REBELS, TOWN, claim


class Cells(HTMLParser):
    """Gathers tags and the texts of cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs
        if tag in {"td", "th"}:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data


def test_several_records_are_rows_under_the_names_of_their_fields() -> None:
    one = claim("a", "Monitor", "capture", counts=Counts(killed=Count(3, None)))
    cells = Cells(Listed([one, claim("b", ARMY, "capture", polarity="denied")])._repr_html_()).texts
    head, row = cells[:12], cells[12:24]
    assert dict(zip(head, row, strict=True)) == {
        "id": one.id,
        "source": "Monitor",
        "speaker": "",
        "polarity": "affirmed",
        "event": "capture",
        "agent": REBELS,
        "target": "",
        "place": TOWN.name,
        "interval": str(DAY),
        "certainty": "certain",
        "counts": "at least 3 killed",
        "report": "a",
    }


def test_one_record_is_a_table_of_all_its_fields() -> None:
    one = claim("a", "Monitor", "capture")
    cells = Cells(one._repr_html_()).texts
    assert cells[::2] == list(one.__slots__)


@given(st.text(alphabet="<>&\"'/a\u202eع", max_size=30))
def test_text_of_reports_is_never_markup(words: str) -> None:
    one = claim("a", words, "capture", agent=words, place=Place(name=words or "x"))
    picture = drawn([claim("b", "Monitor", "capture")], as_of=NOON + timedelta(days=2))
    (found,) = details(picture, "b")
    hostile = replace(
        found, evidence=tuple(replace(e, quotation=replace(e.quotation, words=words)) for e in found.evidence)
    )
    for html in (Listed([one])._repr_html_(), one._repr_html_(), hostile._repr_html_()):
        shown = Cells(html)
        assert shown.tags <= {"table", "thead", "tbody", "tr", "th", "td", "bdi", "caption", "p", "b"}
        assert words in shown.texts or not words


@pytest.mark.parametrize(
    ("count", "words"),
    [(Count(2, 2), "2"), (Count(2, 5), "2–5"), (Count(2, None), "at least 2"), (Count(None, 5), "at most 5")],
)
def test_numbers_keep_their_bounds(count: Count, words: str) -> None:
    assert Counts(wounded=count).in_words() == f"{words} wounded"


def test_unknown_is_empty_and_an_open_end_is_said() -> None:
    assert Interval().in_words() == ""
    assert Interval(start=DAY).in_words() == f"{DAY} to ?"


def test_a_long_list_is_cut_and_counted() -> None:
    html = Listed([claim(str(number), "Monitor", "capture") for number in range(75)])._repr_html_()
    assert html.count("<tr>") == 61
    assert "and 15 more" in html
    assert Listed()._repr_html_() == "<p>nothing</p>"


def test_a_nowcast_tells_its_chances() -> None:
    one = Nowcast(place=TOWN, on=DAY, as_of=None, holders=((ARMY, 0.7), ("unknown", 0.3)), last_heard=None, claims=())
    assert f"{ARMY} 70%; unknown 30%" in Cells(Listed([one])._repr_html_()).texts


def test_what_is_listed_is_a_tuple_in_all_else() -> None:
    plain = (claim("a", "Monitor", "capture"),)
    found = Listed(plain)
    assert found == plain
    assert hash(found) == hash(plain)
    assert to_json(found) == to_json(plain)
    assert pickle.loads(pickle.dumps(found)) == plain
    assert found[0] is plain[0]
    assert found[:1]._repr_html_() == found._repr_html_()
