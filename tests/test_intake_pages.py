"""Web pages: what becomes of an article, where each field is taken from, and which pages hold none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_support import NOW, read, reasons, reports, write
from marsad.intake import Taken, read_inputs
from marsad.records import Capture, DatePrecision

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

FIRST = "Rebels entered the town of Kesra on Saturday morning, the council of the town said in a statement."
SECOND = "The army denied that it had left the town, and said that it was holding the bridge over the river."


def page(body: str = "", head: str = "", lang: str = "en") -> str:
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"


def article(inner: str = f"<p>{FIRST}</p><p>{SECOND}</p>", head: str = "", **options: str) -> str:
    return page(f"<article><h1>Rebels enter Kesra</h1>{inner}</article>", head, **options)


def data(thing: object) -> str:
    written = thing if isinstance(thing, str) else json.dumps(thing)
    return f'<script type="application/ld+json">{written}</script>'


def news(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Rebels enter Kesra", **fields}


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.fixture
def one(tmp_path: Path):
    def of(content: str | bytes, name: str = "a.html") -> Report:
        (report,) = reports(write(tmp_path, name, content))
        return report

    return of


def fetched(content: str | bytes, url: str, charset: str | None = None, media_type: str = "text/html") -> Taken:
    raw = content if isinstance(content, bytes) else content.encode()
    capture = Capture(url=url, data=raw, retrieved=NOW, media_type=media_type, charset=charset)
    (item,) = read_inputs([url], retrieved=NOW, fetch=lambda _: capture)
    assert isinstance(item, Taken), item
    return item


FULL = page(
    f"""
    <header><a href="/">Example News</a><nav><ul><li><a href="/w">World</a></li></ul></nav></header>
    <div class="cookie-banner"><p>We use cookies to make this site better for you.</p><button>Accept all</button></div>
    <main><article><header><h1>Rebels enter Kesra</h1>
    <p class="standfirst">The army says it holds the bridge.</p></header>
    <div class="share-buttons"><a href="#">Share on Facebook</a></div>
    <figure><img src="a.jpg"><figcaption>Smoke over Kesra. Photo: A. Person/AFP</figcaption></figure>
    <p>At <time>14:32</time> fighters crossed the <b>old</b> <a href="/x">bridge</a>, witnesses said.</p>
    <h2>What the army says</h2><p>{SECOND}</p>
    <ul><li>Twelve people were killed</li><li>Forty were wounded</li></ul>
    <p><a href="/r">Read more: Ten things about Kesra</a></p>
    <blockquote><p>It is a lie, from beginning to end.</p></blockquote>
    <table><tr><th>Town</th><th>Held by</th></tr><tr><td>Kesra</td><td>rebels</td></tr></table>
    <aside class="related"><h3>Related</h3><p>Another story about another war in another place.</p></aside>
    <p>Nobody could be reached on Sunday.</p></article>
    <section class="newsletter-signup"><p>Get our daily newsletter in your inbox every day.</p></section></main>
    <footer><p>Copyright 2031 Example News. All rights reserved.</p></footer>"""
)


def test_the_text_is_the_article_alone(one) -> None:
    assert one(FULL).text.split("\n\n") == [
        "The army says it holds the bridge.",
        "At 14:32 fighters crossed the old bridge, witnesses said.",
        "What the army says",
        SECOND,
        "Twelve people were killed",
        "Forty were wounded",
        "It is a lie, from beginning to end.",
        "Town | Held by",
        "Kesra | rebels",
        "Nobody could be reached on Sunday.",
    ]


def test_hidden_words_and_scripts_never_become_text(one) -> None:
    hidden = (
        "<p hidden>Hidden once, and long enough to be a paragraph.</p>"
        "<p style='color:red; display : NONE'>Hidden twice, as browsers understand it.</p>"
        "<div aria-hidden='true'><p>Hidden three times.</p></div><template><p>Hidden four times.</p></template>"
        "<script>document.write('<p>Hidden five times.</p>')</script><style>p::after{content:'Hidden'}</style>"
        "<noscript><p>Hidden six times, for those without scripts.</p></noscript><!-- <p>Hidden seven times.</p> -->"
    )
    report = one(article(f"<p>{FIRST}</p>{hidden}<p>{SECOND}</p>"))
    assert report.text == f"{FIRST}\n\n{SECOND}"


def test_pages_of_bare_paragraphs_and_of_line_breaks_are_articles(one) -> None:
    assert one(f"<p>{FIRST}<p>{SECOND}").text == f"{FIRST}\n\n{SECOND}"
    assert one(page(f"<div>{FIRST}<br><br>{SECOND}</div>")).text == f"{FIRST}\n\n{SECOND}"


def test_right_to_left_text_is_kept_as_it_is(one) -> None:
    words = "دخل مقاتلو المعارضة مدينة \u202bحمص\u202c صباح السبت، بحسب المجلس المحلي فى المدينة e\u0301."
    report = one(page(f"<h1>المعارضة تدخل المدينة</h1><p>{words}</p>", lang="ar"))
    assert report.text == words
    assert (report.title, report.language) == ("المعارضة تدخل المدينة", "ar")


ARABIC = "دخل مقاتلو المعارضة المدينة صباح السبت، بحسب المجلس المحلي في المدينة نفسها."
RUSSIAN = "Повстанцы вошли в город в субботу утром, сообщил местный совет города."
JAPANESE = "反政府勢力が土曜日の朝に町に入ったと町の評議会が発表した。軍はこれを否定している。"
FRENCH = "Les rebelles sont entrés samedi à l'aube dans la ville, a annoncé le conseil municipal été comme hiver."


@pytest.mark.parametrize(
    ("words", "encoding", "charset", "declared"),
    [
        (ARABIC, "cp1256", "windows-1256", ""),
        (ARABIC, "cp1256", None, "<meta charset=windows-1256>"),
        (ARABIC, "cp1256", "iso-8859-1", "<meta http-equiv=Content-Type content='text/html; charset=windows-1256'>"),
        (ARABIC, "utf-8", "iso-8859-1", "<meta charset=iso-8859-1>"),
        (ARABIC, "utf-16", None, ""),
        (ARABIC, "utf-16-le", None, "<meta charset=utf-8>"),
        (ARABIC, "utf-8-sig", None, "<meta charset=windows-1252>"),
        (RUSSIAN, "cp1251", None, "<meta charset=windows-1251>"),
        (RUSSIAN, "koi8-r", "koi8-r", ""),
        (RUSSIAN, "cp1251", "iso-8859-1", ""),
        (JAPANESE, "shift_jis", None, "<meta charset=Shift_JIS>"),
        (JAPANESE, "euc_jp", "x-nonsense", "<meta charset=euc-jp>"),
        (JAPANESE, "iso2022_jp", None, "<meta charset=iso-2022-jp>"),
        (FRENCH, "latin-1", None, "<meta charset=utf-8>"),
        (FRENCH + " “Non”", "cp1252", "iso-8859-1", ""),
    ],
)
def test_the_encoding_is_told_whatever_is_declared(
    words: str, encoding: str, charset: str | None, declared: str
) -> None:
    content = f"<html><head>{declared}</head><body><h1>x</h1><p>{words}</p><p>{words}</p></body></html>".encode(
        encoding
    )
    assert fetched(content, "https://example.org/a", charset).report.text.split("\n\n")[0] == words


def test_an_undeclared_encoding_is_that_of_the_language(one) -> None:
    assert one(page(f"<p>{ARABIC}</p>", lang="ar").encode("cp1256")).text == ARABIC


def test_damaged_bytes_cost_those_letters_alone(one) -> None:
    report = one(page(f"<p>{ARABIC} \udcff</p>", "<meta charset=utf-8>").encode("utf-8", "surrogateescape"))
    assert report.text == f"{ARABIC} \ufffd"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ("<title>Rebels enter Kesra - World - Example News</title>", "Rebels enter Kesra"),
        (meta("og:title", "Rebels enter Kesra | Example News"), "Rebels enter Kesra"),
        (data(news(headline="Rebels &amp; army in <b>Kesra</b>\u0007")), "Rebels & army in Kesra"),
    ],
)
def test_the_title_is_the_headline_without_the_site(one, titles: str, expected: str) -> None:
    site = meta("og:site_name", "Example News")
    assert one(page(f"<h1>Example News</h1><p>{FIRST}</p><p>{SECOND}</p>", titles + site)).title in {
        expected,
        "Rebels enter Kesra - World",
    }


def test_the_headline_that_is_shown_goes_before_that_of_the_data(one) -> None:
    assert one(article(head=data(news(headline="Rebels enter Kesra: what we know")))).title == "Rebels enter Kesra"


GRAPH = {
    "@graph": [
        {"@type": "WebSite", "name": "A site", "@id": "#site"},
        {"@type": "Organization", "@id": "#org", "name": "Example News"},
        {"@type": "Person", "@id": "#ada", "name": "Ada Byline"},
        {
            "@type": ["Article"],
            "headline": "Rebels enter Kesra",
            "author": {"@id": "#ada"},
            "publisher": {"@id": "#org"},
        },
    ]
}


@pytest.mark.parametrize(
    "head",
    [
        data(news(author={"@type": "Person", "name": "Ada Byline"}, publisher={"name": "Example News"})),
        data([news(author=[{"name": "Ada Byline"}], publisher=[{"name": "Example News"}])]),
        data(GRAPH),
        data('{"@type":"NewsArticle","author":"Ada Byline","publisher":{"name":"Example News",},}'),
        data('<!-- {"@type":"NewsArticle","author":"Ada Byline",\n"publisher":{"name":"Example\tNews"}} -->'),
        data("{broken") + meta("og:site_name", "Example News") + '<meta name="author" content="By Ada Byline">',
    ],
)
def test_publisher_and_authors_are_taken_from_any_form_of_data(one, head: str) -> None:
    report = one(article(head=head))
    assert (report.publisher, report.authors) == ("Example News", ("Ada Byline",))


def test_a_body_among_the_authors_is_an_agency_unless_it_is_the_house(one) -> None:
    authors = [{"@type": "Organization", "name": name} for name in ("AFP", "Example News", "Example Web Desk")]
    report = one(article(head=data(news(author=authors, publisher={"name": "Example News"}))))
    assert (report.agencies, report.authors) == (("AFP",), ("Example Web Desk",))


def test_data_of_other_stories_is_not_that_of_the_page(one) -> None:
    other = news(headline="Another story", datePublished="2031-04-01T10:00:00Z", author="Somebody Else")
    own = news(datePublished="2031-05-03T10:00:00Z", author="Ada Byline")
    report = one(article(head=data([other, own])))
    assert (report.authors, report.published) == (("Ada Byline",), datetime(2031, 5, 3, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (data(news(datePublished="2031-05-03T18:30:00+0300")), "2031-05-03T18:30:00+03:00"),
        (meta("article:published_time", "2031-05-03 15:30:00 UTC"), "2031-05-03T15:30:00+00:00"),
        ('<meta name="pubdate" content="Sat, 03 May 2031 15:30:00 GMT">', "2031-05-03T15:30:00+00:00"),
        (
            data(news(datePublished="2031-05-03")) + meta("article:published_time", "2031-05-03T15:30:00Z"),
            "2031-05-03T15:30:00+00:00",
        ),
        (data(news(datePublished="2031-05-03T18:30:00")), "2031-05-03T12:00:00+00:00"),
        (data(news(datePublished="1970-01-01T00:00:00Z")) + meta("date", "2031-05-02"), "2031-05-02T12:00:00+00:00"),
        (data(news(datePublished="2041-05-03T15:30:00Z")), None),
    ],
)
def test_the_date_is_the_most_specific_that_can_be_true(one, head: str, published: str | None) -> None:
    report = one(article(head=head))
    assert (report.published.isoformat() if report.published else None) == published


@pytest.mark.parametrize("shown", ["Published 3 May 2031, 18:30", "Saturday, May 3, 2031", "03.05.2031 | 18:30"])
def test_a_date_that_only_readers_see_has_the_precision_of_a_day(one, shown: str) -> None:
    report = one(article(f"<div class='stamp'>{shown}</div><p>{FIRST}</p><p>{SECOND}</p>"))
    assert (report.published, report.published_precision) == (datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY)


@pytest.mark.parametrize(
    ("changed", "taken"),
    [
        ("2031-05-03T20:00:00Z", True),
        ("2031-05-03T10:00:00Z", False),
        ("2031-05-03T09:00:00Z", False),
        ("2031-05-11T10:00:01Z", False),
    ],
)
def test_a_change_counts_for_seven_days(changed: str, taken: bool) -> None:
    head = data(news(datePublished="2031-05-03T10:00:00Z", dateModified=changed))
    capture = Capture(
        url="https://example.org/",
        data=article(head=head).encode(),
        retrieved=NOW + timedelta(days=30),
        media_type="text/html",
    )
    (item,) = read_inputs(["https://example.org/"], retrieved=NOW + timedelta(days=30), fetch=lambda _: capture)
    assert isinstance(item, Taken)
    assert (item.report.updated is not None) is taken


def test_the_language_is_the_one_that_fits_the_letters(one) -> None:
    assert one(page(f"<p>{ARABIC}</p>", meta("og:locale", "ar_AR"), lang="en-US")).language == "ar"
    assert one(article(lang="en-GB")).language == "en"


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def test_the_id_is_made_of_the_address_of_the_page(one) -> None:
    report = one(article(head=canonical("https://Example.org:443/a/1?utm_source=x&amp;id=5&amp;fbclid=y#top")))
    assert report.url == "https://example.org/a/1?id=5"
    assert report.id == one(article(head=canonical("https://example.org/a/1?id=5"))).id
    assert report.id.startswith("u-")
    assert len(report.id) == 18


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/a/1", "https://", "http://[::1", ""])
def test_an_address_that_is_none_is_passed_over(one, href: str) -> None:
    report = one(article(head=canonical(href)))
    assert report.url is None
    assert report.id.startswith("r-")


def test_a_fetched_page_goes_by_its_own_address_within_its_site_only() -> None:
    url = "https://www.example.org/a/1?x=2"
    assert fetched(article(head=canonical("/a/1")), url).report.url == "https://www.example.org/a/1"
    assert fetched(article(head=canonical("https://example.org/a/1")), url).report.url == "https://example.org/a/1"
    assert fetched(article(head=canonical("https://other.example/a/1")), url).report.url == url
    assert fetched(article(head=canonical("https://www.example.org/")), url).report.url == url


def test_a_fetched_page_is_versioned_and_a_file_is_not(tmp_path: Path) -> None:
    assert fetched(article(), "https://example.org/a").versioned
    (item,) = read(write(tmp_path, "a.html", article(head=canonical("https://example.org/a"))))
    assert isinstance(item, Taken)
    assert not item.versioned
    assert item.content is not None


def test_a_saved_page_has_the_address_that_the_browser_noted(one) -> None:
    assert one("<!-- saved from url=(0021)https://example.org/a -->" + article()).url == "https://example.org/a"


def test_the_pictures_of_a_saved_page_are_not_walked(tmp_path: Path) -> None:
    write(tmp_path, "a.html", article())
    (tmp_path / "a_files").mkdir()
    write(tmp_path / "a_files", "frame.html", article())
    assert reasons(tmp_path) == ["the pictures and scripts of a saved page"]
    assert len(reports(tmp_path)) == 1


def test_a_page_saved_as_one_file_is_read_with_its_address_and_date(tmp_path: Path) -> None:
    words = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\n"
        "Date: Sat, 3 May 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://example.org/a\r\n\r\n{article().replace('=', '=3D')}\r\n--x--\r\n"
    )
    (item,) = read(write(tmp_path, "a.mhtml", words))
    assert isinstance(item, Taken)
    assert (item.report.url, item.report.title) == ("https://example.org/a", "Rebels enter Kesra")
    assert (item.report.retrieved, item.versioned) == (datetime(2031, 5, 3, 10, tzinfo=UTC), True)
    assert reasons(write(tmp_path, "b.mhtml", "Subject: x\r\n\r\nhello")) == ["no page in it"]


def test_the_data_of_a_page_gives_the_text_that_its_markup_lacks(one) -> None:
    body = f"<p>{FIRST}</p><p>{SECOND}</p>"
    report = one(page("<div id=app></div>", data(news(articleBody=body))))
    assert report.text == f"{FIRST}\n\n{SECOND}"


TEASERS = "".join(
    f"<article><h2><a href='/{n}'>Story number {n} of the day</a></h2><p>{SECOND}</p>"
    f"<time datetime='2031-05-0{n}T10:00Z'></time></article>"
    for n in range(1, 9)
)
NO_ARTICLE = {
    "a list": (page(f"<h1>World</h1>{TEASERS}"), "a list of other pages, not an article"),
    "a login": (page("<p>Please log in to read this story in full on our site.</p>"), "behind a login, not an article"),
    "a consent wall": (
        page("<h1>Before you continue</h1><p>We value your privacy. So do our partners.</p><p>Accept all</p>"),
        "a wall of consent, not an article",
    ),
    "an error": (
        page("<h1>Page not found</h1><p>The page that you look for is not here.</p>", "<title>404 - Not Found</title>"),
        "an error page, not an article",
    ),
    "an empty shell": (
        page("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"),
        "a page that scripts would fill; save it from a browser",
    ),
    "nothing": (page("<div></div>"), "no article: a page without paragraphs"),
    "an empty file": (" \n", "empty"),
}


@pytest.mark.parametrize(("content", "reason"), NO_ARTICLE.values(), ids=NO_ARTICLE)
def test_a_page_without_an_article_is_skipped_with_a_reason(tmp_path: Path, content: str, reason: str) -> None:
    assert reasons(write(tmp_path, "a.html", content)) == [reason]


@pytest.mark.parametrize("name", ["a.htm", "a.xhtml", "a.txt", "a", "A.HTML"])
def test_pages_are_known_by_name_and_by_their_first_bytes(one, name: str) -> None:
    assert one(article(), name).text == f"{FIRST}\n\n{SECOND}"


def test_xhtml_with_a_declaration_closes_empty_elements(one) -> None:
    words = (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/>'
        f'<title/></head><body><div class="share"/><p>{FIRST}</p><p><![CDATA[{SECOND}]]></p></body></html>'
    )
    assert one(words, "a.xhtml").text == f"{FIRST}\n\n{SECOND}"


PROSE = f"<p>{FIRST}</p><p>{SECOND}</p>"
HOSTILE = {
    "unclosed everything": f"<html><body><div><b><p>{FIRST}<p>{SECOND}<i><a href='",
    "NULs": article().replace("e", "e\0"),
    "a million attributes": article(f"<p {' '.join(f'a{n}=1' for n in range(300_000))}></p>{PROSE}"),
    "a deep nest": article("<div>" * 10_000 + PROSE),
    "unclosed comments": article("<!--" * 100_000 + ">" + PROSE),
    "a long script": article(f"<script>{'x<1;' * 2_000_000}</script>{PROSE}"),
    "data without an end": article(data("[" * 500_000) + PROSE),
    "a value without an end": article(PROSE + "<a title=\"'" * 3),
    "entities that are none": article(f"{PROSE}<p>&#0;&#xd800;&#x110000;&nosuch;</p>"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_still_gives_its_text(one, content: str) -> None:
    text = one(content).text
    assert FIRST in text
    assert SECOND in text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<p>" + "abcd efghi" * 2_000_000, "too long: more than 4,000,000 characters of text"),
        ("<p>a" * 200_000, "too long: more than 25,000 tags"),
        ("<p>" + "&amp;" * 4_000_000, "too long: more than 4,000,000 characters of text"),
        ("<a href='\"" * 100_000, "a tag without an end"),
    ],
)
def test_a_page_beyond_measure_is_skipped(tmp_path: Path, content: str, reason: str) -> None:
    assert reasons(write(tmp_path, "a.html", content)) == [reason]


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs_and_the_date_that_it_shows_is_taken(one) -> None:
    cells = "<td><a href=/>Home</a><br><a href=/w>World</a></td><td><b>Rebels enter Kesra</b><br><i>May 3, 2031</i>"
    report = one(page(f"<table><tr>{cells}<p>{FIRST}<p>{SECOND}<br><br>{FIRST} Again.</td></tr></table>"))
    assert report.text.split("\n\n")[-3:] == [FIRST, SECOND, f"{FIRST} Again."]
    assert report.published == datetime(2031, 5, 3, 12, tzinfo=UTC)


def test_an_urgent_line_that_is_marked_as_an_article_is_one(one) -> None:
    head = meta("og:type", "article")
    assert (
        one(page("<article><h1>URGENT: Kesra falls</h1><p>More follows.</p></article>", head)).text == "More follows."
    )


def test_what_asks_for_a_login_after_the_story_is_left_out(one) -> None:
    wall = "<div><p>Already a subscriber? Log in to continue.</p></div>"
    assert one(article(f"<p>By Ada Byline</p><p>{FIRST}</p><p>{SECOND}</p>{wall}")).text == f"{FIRST}\n\n{SECOND}"


def test_a_quotation_in_a_figure_is_kept(one) -> None:
    figure = "<figure><blockquote><p>It is a lie.</p></blockquote><figcaption>The governor</figcaption></figure>"
    assert one(article(f"<p>{FIRST}</p>{figure}<p>{SECOND}</p>")).text == f"{FIRST}\n\nIt is a lie.\n\n{SECOND}"


SOUP = [
    "<p>", "</p>", "<div class='share'>", "</div>", "<article>", "</article>", "<h1>", "<h2>", "</h2>",
    "<table>", "<tr>", "<td>", "<ul>", "<li>", "<br>", "<b>", "</b>",
    "<time datetime='2031-05-03T10:00:00Z'>", "</time>", "<a href='/x'>", "</a>", "<figure>",
    "<script type='application/ld+json'>", "</script>",
    '{"@type":"LiveBlogPosting","liveBlogUpdate":[{"text":"', '"}]}', "<!--", "-->", "<title>", "</title>",
    "<head>", "<body>", "<svg>", "<template>", "<![CDATA[", "]]>", "<", ">", "&amp;", "&#0;", '"', "'", "=",
    "10:32 GMT - Headline", "2h ago", "May 3, 2031", FIRST, SECOND,
    "<meta property='og:url' content='http://[x'>", "<meta name='date' content='99999-99-99T99:99:99+99:99'>",
    "<p hidden>", "<html lang='ar'>", "\u202e", "\x1f",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(SOUP), max_size=40))
def test_no_soup_of_tags_breaks_the_reader(tmp_path: Path, parts: list[str]) -> None:
    for reason in reasons(write(tmp_path, "a.html", "".join(parts))):
        assert "cannot be read" not in reason, reason
