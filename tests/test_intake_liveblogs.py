"""Live blogs: one report for each entry, under a clock and an id of its own; other pages are none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest

from intake_support import NOW, reports, write
from marsad.intake import Taken, read_inputs
from marsad.intake.entryclocks import Clock, clock_of, dated
from marsad.records import Capture, DatePrecision

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

URL = "https://example.org/live/kesra"
TEXTS = (
    "Rebels entered the town of Kesra from the east, the council of the town said in a statement.",
    "The army denied that it had left the town, and said that it was holding the bridge.",
    "Witnesses told the agency that the market was burning, and that people were leaving.",
    "The governor asked everybody to stay at home until further notice, state radio reported.",
)


def page(body: str, *things: object, published: str | None = "2031-05-03T06:00:00+03:00", url: str = URL) -> str:
    head = f'<link rel="canonical" href="{url}"><meta property="og:site_name" content="Example News">'
    head += f'<meta property="article:published_time" content="{published}">' if published else ""
    head += "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><main><h1>War in Kesra</h1>{body}</main></body></html>"
    )


def read(tmp_path: Path, content: str) -> list[Report]:
    return reports(write(tmp_path, "a.html", content))


def times(found: list[Report]) -> list[str]:
    return [one.published.isoformat() if one.published else "" for one in found]


def clocked(clocks: list[str], mark: str = "<span class=time>{}</span>") -> str:
    return "".join(
        f"<div class=entry>{mark.format(clock)}<p>{TEXTS[number % 4]} ({number})</p></div>"
        for number, clock in enumerate(clocks)
    )


UPDATES = {
    "@type": "LiveBlogPosting",
    "headline": "War in Kesra",
    "datePublished": "2031-05-03T06:00:00+03:00",
    "liveBlogUpdate": [
        {
            "@type": "BlogPosting",
            "headline": "Army denies it",
            "articleBody": f"<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p>",
            "datePublished": "2031-05-03T09:12:00+03:00",
            "dateModified": "2031-05-03T09:30:00+03:00",
            "author": {"name": "Ada Byline"},
            "url": f"{URL}#block-17",
        },
        {
            "headline": "Rebels enter",
            "articleBody": TEXTS[0],
            "datePublished": "2031-05-03T08:05:00+03:00",
            "@id": "e-16",
        },
        {"headline": "Only a headline tells that the bridge fell", "datePublished": "2031-05-03T07:00:00Z"},
        {"headline": "", "articleBody": " "},
    ],
}


def test_the_data_of_a_live_blog_gives_its_entries(tmp_path: Path) -> None:
    found = read(tmp_path, page(f"<p>{TEXTS[3]}</p>", UPDATES))
    first = found[0]
    assert [one.title for one in found] == [
        "Army denies it",
        "Rebels enter",
        "Only a headline tells that the bridge fell",
    ]
    assert first.text == f"{TEXTS[1]}\n\n{TEXTS[2]}"
    assert (first.kind, first.publisher, first.authors, first.url) == (
        "live_blog",
        "Example News",
        ("Ada Byline",),
        URL,
    )
    assert first.published_precision is DatePrecision.PART_OF_DAY
    assert times(found)[:2] == ["2031-05-03T09:12:00+03:00", "2031-05-03T08:05:00+03:00"]
    assert first.updated == datetime(2031, 5, 3, 6, 30, tzinfo=UTC)
    pages = {one.id.partition("#")[0] for one in found}
    assert len(pages) == 1
    assert [one.id.partition("#")[2] for one in found][:2] == ["block-17", "e-16"]
    assert len(found[2].id.partition("#")[2]) == 12


def test_entries_keep_their_ids_when_others_come(tmp_path: Path) -> None:
    before = read(tmp_path, page("", UPDATES))
    news = {"headline": "One more", "articleBody": TEXTS[3], "datePublished": "2031-05-03T10:00:00+03:00"}
    after = read(tmp_path, page("", {**UPDATES, "liveBlogUpdate": [news, *UPDATES["liveBlogUpdate"]]}))
    assert [one.id for one in after][1:] == [one.id for one in before]


def test_containers_with_machine_readable_times_are_entries(tmp_path: Path) -> None:
    body = "".join(
        f"<article class='post' id='post-{n}'><header><time datetime='2031-05-03T0{9 - n}:00:00Z'>0{9 - n}:00</time>"
        f"<h3>Headline number {n}</h3><span class='author'>By Ada Byline</span></header><p>{TEXTS[n]}</p>"
        f"<p>More of {n}.</p><div class='share'><a href='#'>Share</a></div></article>"
        for n in range(4)
    )
    found = read(tmp_path, page(body))
    assert [one.title for one in found] == [f"Headline number {n}" for n in range(4)]
    assert [one.text for one in found] == [f"{TEXTS[n]}\n\nMore of {n}." for n in range(4)]
    assert times(found) == [f"2031-05-03T0{9 - n}:00:00+00:00" for n in range(4)]
    assert [one.id.partition("#")[2] for one in found] == [f"post-{n}" for n in range(4)]
    assert {one.authors for one in found} == {("Ada Byline",)}


def test_timestamps_in_attributes_are_times(tmp_path: Path) -> None:
    body = "".join(
        f"<li class=update data-timestamp='{1935565200 + n * 60}000'><p>{TEXTS[n]}</p></li>" for n in range(4)
    )
    assert times(read(tmp_path, page(f"<ul>{body}</ul>")))[:2] == [
        "2031-05-03T09:00:00+00:00",
        "2031-05-03T09:01:00+00:00",
    ]


@pytest.mark.parametrize(
    "clocks",
    [["22:50", "23:40", "00:15", "07:30"], ["07:30", "00:15", "23:40", "22:50"]],
    ids=["oldest first", "newest first"],
)
def test_clocks_take_the_day_of_the_page_and_step_over_midnight(tmp_path: Path, clocks: list[str]) -> None:
    expected = {
        "22:50": "2031-05-03T22:50:00+03:00",
        "23:40": "2031-05-03T23:40:00+03:00",
        "00:15": "2031-05-04T00:15:00+03:00",
        "07:30": "2031-05-04T07:30:00+03:00",
    }
    found = read(tmp_path, page(clocked(clocks)))
    assert times(found) == [expected[clock] for clock in clocks]
    assert found[0].text == f"{TEXTS[0]} (0)"


def test_the_zone_beside_a_clock_goes_before_that_of_the_page(tmp_path: Path) -> None:
    found = read(tmp_path, page(clocked(["08:00 GMT", "09:00 GMT", "10:30 GMT"])))
    assert times(found) == [f"2031-05-03T{clock}:00+00:00" for clock in ("08:00", "09:00", "10:30")]


def test_without_a_zone_an_entry_has_its_day_alone(tmp_path: Path) -> None:
    found = read(tmp_path, page(clocked(["08:00", "09:00", "10:30"]), published="2031-05-03T03:00:00Z"))
    assert {one.published_precision for one in found} == {DatePrecision.DAY}
    assert {one.published for one in found} == {datetime(2031, 5, 3, 12, tzinfo=UTC)}


def test_a_pinned_summary_is_an_entry_and_passes_no_midnight(tmp_path: Path) -> None:
    pinned = f"<div class='entry pinned'><span class=time>09:00</span><h3>What we know</h3><p>{TEXTS[3]}</p></div>"
    found = read(tmp_path, page(pinned + clocked(["21:00", "20:30", "20:00"])))
    assert found[0].title == "What we know"
    assert times(found)[:2] == ["2031-05-03T09:00:00+03:00", "2031-05-03T21:00:00+03:00"]


def test_time_ago_is_told_from_when_the_page_was_fetched(tmp_path: Path) -> None:
    content = page(clocked(["5m ago", "2h ago", "3 hours ago"]))
    capture = Capture(url=URL, data=content.encode(), retrieved=NOW, media_type="text/html")
    found = [one.report for one in read_inputs([URL], retrieved=NOW, fetch=lambda _: capture) if isinstance(one, Taken)]
    assert times(found) == [f"2031-05-04T{clock}:00+00:00" for clock in ("11:55", "10:00", "09:00")]


ARTICLE = "".join(f"<p>{text} {text}</p>" for text in TEXTS)


def test_an_article_with_dated_teasers_is_no_live_blog(tmp_path: Path) -> None:
    teasers = "".join(
        f"<div class=card><h3><a href='/other/{n}'>Another story of the day {n}</a></h3>"
        f"<time datetime='2031-05-02T1{n}:00:00Z'>2 May</time><p>{TEXTS[n]}</p></div>"
        for n in range(3)
    )
    (report,) = read(
        tmp_path, page(f"<article>{ARTICLE}</article><section>{teasers}</section>", url="https://example.org/a")
    )
    assert report.kind == "unknown"
    assert "#" not in report.id


def test_an_article_with_comments_is_no_live_blog(tmp_path: Path) -> None:
    comments = "".join(
        f"<li class=comment><time datetime='2031-05-03T1{n}:00:00Z'>1{n}:00</time><p>I think that {TEXTS[n]}</p></li>"
        for n in range(4)
    )
    (report,) = read(tmp_path, page(f"<article>{ARTICLE}</article><ol class='comments'>{comments}</ol>"))
    assert "I think" not in report.text


def test_a_chronology_of_years_is_no_live_blog(tmp_path: Path) -> None:
    body = "".join(
        f"<li><time datetime='20{10 + 3 * n}-03-15'>20{10 + 3 * n}</time><p>{TEXTS[n]}</p></li>" for n in range(4)
    )
    assert len(read(tmp_path, page(f"<article>{ARTICLE}<ul>{body}</ul></article>"))) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("14:32", (14, 32)),
        ("14.32", (14, 32)),
        ("14h32", (14, 32)),
        ("2:32 p.m.", (14, 32)),
        ("12:05 AM", (0, 5)),
        ("24:10", None),
        ("1:32:05", (1, 32)),
        ("13:00 pm", None),
        ("score 3.1415", None),
        ("May 2031", None),
    ],
)
def test_clocks_are_read_as_they_are_written(words: str, expected: tuple[int, int] | None) -> None:
    found = clock_of(words)
    assert ((found.time.hour, found.time.minute) if found else None) == expected


def test_a_clock_that_falls_back_a_little_passes_no_midnight() -> None:
    day = datetime(2031, 5, 3, tzinfo=UTC).date()
    clocks = [Clock(time(hour)) for hour in (8, 9, 8, 10)]
    assert {one.day for one in dated(clocks, day, None, UTC, loose=frozenset()) if one} == {day}


@pytest.mark.parametrize(
    "form",
    [
        "<h3>{clock} GMT – Headline {n}</h3><p>{text}</p>{more}",
        "<div><h3>{clock} GMT – Headline {n}</h3><p>{text}</p>{more}</div>",
        "<div><i>{n}m ago</i><i>({clock} GMT)</i><h2>Headline {n}</h2><p>{text}</p>{more}</div>",
    ],
    ids=["flat", "in headings", "beside the time ago"],
)
def test_clocks_in_headings_divide_a_live_blog(tmp_path: Path, form: str) -> None:
    more = "<p>More of {}, which is told here.</p>"
    body = "".join(form.format(clock=f"1{n}:20", n=n, text=TEXTS[n], more=more.format(n)) for n in range(4))
    found = read(tmp_path, page(body))
    assert [one.title for one in found] == [f"Headline {n}" for n in range(4)]
    assert [one.text for one in found] == [f"{TEXTS[n]}\n\nMore of {n}, which is told here." for n in range(4)]
    assert times(found) == [f"2031-05-03T1{n}:20:00+00:00" for n in range(4)]


def test_paragraphs_that_begin_with_clocks_are_entries(tmp_path: Path) -> None:
    body = "".join(f"<p><strong>1{n}:20</strong> – {TEXTS[n]}</p>" for n in range(4))
    assert [one.text for one in read(tmp_path, page(body))] == list(TEXTS)
    body = "".join(f"<p>1{n}:20 – {TEXTS[n]}</p>" for n in range(4))
    assert [one.text for one in read(tmp_path, page(body))] == list(TEXTS)
