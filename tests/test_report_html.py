"""The situation report as a page: whole, escaped, free of requests, and each id leads to its words."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from marsad import Interval, SituationReport
from marsad.outputs import html
from marsad.outputs.sections import sections
from picture_support import reported
from weighing_support import ARMY, REBELS, claim, denial, report

_VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """A page's elements with their attributes and its text; it refuses what is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]


def situation(text: str = "Our fighters have taken the town.", publisher: str = "Publisher of a") -> SituationReport:
    reports = [report("a", text=text, publisher=publisher), report("b", hours=1)]
    return reported([claim("a", "narrator", "capture"), denial("b", ARMY, "capture")], reports)


def test_page_is_closed_and_carries_what_the_sections_say() -> None:
    one = situation()
    page = Page(html(one))
    lines = [line for part in sections(one) for line in part.lines]
    assert len(lines) > 5
    assert all(line.text in page.text for line in lines)
    assert all(part.title in page.text for part in sections(one))


def test_what_is_left_off_is_there_but_folded() -> None:
    one = situation()
    page = Page(html(one, 0))
    assert "details" in {tag for tag, _ in page.elements}
    assert all(line.text in page.text for part in sections(one) for line in part.lines)


@pytest.mark.parametrize("most", [None, 1])
def test_every_id_leads_to_one_place_of_the_page(most: int | None) -> None:
    page = Page(html(situation(), most))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = {href.removeprefix("#") for href in page.values("href")}
    assert {"c-a-capture-Northern Front", "c-b-capture-Northern Front"} < targets
    assert targets <= set(ids)


def test_ids_hint_at_their_words() -> None:
    hints = Page(html(situation())).values("title")
    assert "Publisher of a: Our fighters have taken the town." in hints
    assert "Northern Front captured Varenna" in hints


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><b>&amp;"])
def test_reports_cannot_write_markup(hostile: str) -> None:
    one = replace(situation(f"{hostile} Our fighters have taken it.", hostile), theatre=hostile)
    page = Page(html(one))
    assert {"script", "img"}.isdisjoint(tag for tag, _ in page.elements)
    assert page.values("onerror") == []
    assert hostile in page.text


def test_page_asks_for_nothing_from_elsewhere() -> None:
    page = Page(html(situation("See https://example.org/x.png for more.")))
    assert all(href.startswith("#") for href in page.values("href"))
    assert page.values("src") == page.values("style") == []
    assert {"script", "link", "iframe", "object", "form"}.isdisjoint(tag for tag, _ in page.elements)
    assert "url(" not in html(situation())
    assert "@import" not in html(situation())


def test_right_to_left_names_do_not_turn_the_words_around_them() -> None:
    one = situation("سيطرنا على المدينة.", "قناة الجبهة")
    text = html(one)
    assert "<bdi>قناة الجبهة</bdi>, 10 May" in text
    assert '<blockquote dir="auto">سيطرنا على المدينة.</blockquote>' in text


def test_text_cannot_steer_the_direction_of_the_page() -> None:
    assert "\u202e" not in html(situation("Our \u202efighters have taken it."))


def test_same_report_gives_the_same_page() -> None:
    assert html(situation()) == html(situation())


def test_one_line_of_several_things_can_be_jumped_to_by_each() -> None:
    one = situation()
    (dispute,) = one.new_disputes
    again = replace(dispute, proposition="p-2", interval=Interval())
    page = Page(html(replace(one, new_disputes=(dispute, again))))
    assert {dispute.proposition, "p-2"} <= set(page.values("id"))


def test_empty_report_is_a_page_too() -> None:
    assert "Nobody says who holds what." in Page(html(reported([]))).text


def test_sides_of_a_dispute_are_told_apart_without_colour() -> None:
    text = html(situation())
    assert '<b title="says so">+</b>' in text
    assert '<b title="denies or excludes it">−</b>' in text
    assert REBELS in text
