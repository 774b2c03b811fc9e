"""Feeds of every kind: what an entry gives, and feeds made to do harm."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from intake_support import NOW, read, reasons, reports, write
from marsad.errors import InputError
from marsad.intake import FeedEntry, Skipped, Taken, feed_entries, read_inputs
from marsad.records import Capture, DatePrecision

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

ITEM = """<item>
  <title>Rebels enter &lt;b&gt;Qarn&lt;/b&gt;</title>
  <link>/news/1</link>
  <guid isPermaLink="false">https://example.org/?p=1</guid>
  <pubDate>Sat, 03 May 2031 21:15:00 +0300</pubDate>
  <dc:creator>Ada Example</dc:creator>
  <description>Rebels entered the town.</description>
  <content:encoded><![CDATA[<p>Rebels entered <a href="/qarn">Qarn</a>.</p>
<script>x()</script><p>The army left.</p>
]]></content:encoded>
</item>"""
CHANNEL = "<title>Example News</title><link>https://example.org/</link><language>en-gb</language>"
NAMES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(*items: str, channel: str = CHANNEL, start: str = '<?xml version="1.0"?>') -> str:
    return f'{start}<rss version="2.0" {NAMES}><channel>{channel}{"".join(items)}</channel></rss>'


def item(description: str = "Rebels entered the town.", more: str = "", title: str = "Rebels enter Qarn") -> str:
    return f"<item><title>{title}</title><guid>g:1</guid>{more}<description>{description}</description></item>"


def one(folder: Path, text: str, name: str = "a.rss") -> Report:
    (report,) = reports(write(folder, name, text))
    return report


def test_an_entry_with_its_content_is_a_report(tmp_path: Path) -> None:
    report = one(tmp_path, rss(ITEM))
    assert (report.id, report.title, report.publisher) == (
        "https://example.org/?p=1",
        "Rebels enter Qarn",
        "Example News",
    )
    assert report.text == "Rebels entered Qarn.\n\nThe army left."
    assert (report.authors, report.language, report.kind) == (("Ada Example",), "en-gb", "unknown")
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"
    assert report.updated is None


def test_an_entry_without_content_gives_title_and_summary(tmp_path: Path) -> None:
    assert one(tmp_path, rss(item())).text == "Rebels enter Qarn\n\nRebels entered the town."
    assert one(tmp_path, rss(item("Rebels enter Qarn at dawn."))).text == "Rebels enter Qarn at dawn."
    assert (
        one(tmp_path, rss(item("Rebels enter Qarn at dawn.", title="Rebels enter…"))).text
        == "Rebels enter Qarn at dawn."
    )
    assert one(tmp_path, rss(item(""))).text == "Rebels enter Qarn"


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/"><title>Example</title>
<entry><title type="html">Rebels &amp;amp; army</title><id>tag:example.org,2031:1</id><link href="news/1"/>
<published>2031-05-03T21:15:00+03:00</published><updated>2031-05-04T01:00:00+03:00</updated>
<author><name>Ada</name></author><author><name>Bob</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rebels entered.</p><p>More.</p></div></content>
</entry></feed>"""


def test_an_entry_of_atom_tells_when_it_was_changed(tmp_path: Path) -> None:
    report = one(tmp_path, ATOM, "a.atom")
    assert (report.id, report.url, report.title) == (
        "tag:example.org,2031:1",
        "https://example.org/news/1",
        "Rebels & army",
    )
    assert (report.text, report.authors) == ("Rebels entered.\n\nMore.", ("Ada", "Bob"))
    assert report.published is not None
    assert report.updated is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"
    assert report.updated.isoformat() == "2031-05-04T01:00:00+03:00"


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org/"><title>Example</title></channel>
<item rdf:about="https://example.org/1"><title>Rebels enter Qarn</title><link>https://example.org/1</link>
<dc:date>2031-05-03T21:15:00+03:00</dc:date><description>They hold it.</description></item></rdf:RDF>"""
OLD = '<rss version="0.91"><channel><title>Example</title><item><title>A</title><link>https://x.org/1</link></item></channel></rss>'


def test_old_feeds_are_read(tmp_path: Path) -> None:
    report = one(tmp_path, RDF, "a.rdf")
    assert (report.id, report.text) == ("https://example.org/1", "Rebels enter Qarn\n\nThey hold it.")
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"
    assert one(tmp_path, OLD, "a.xml").id == "https://x.org/1"


def test_a_feed_without_a_name_is_known_by_its_first_words(tmp_path: Path) -> None:
    assert one(tmp_path, rss(item()), "feed").publisher == "Example News"
    assert one(tmp_path, ATOM, "feed").publisher == "Example"


def test_a_json_feed_is_read(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example News",
        "feed_url": "https://example.org/feed.json",
        "authors": [{"name": "Ada"}],
        "items": [
            {
                "id": "1",
                "url": "https://example.org/1",
                "title": "Rebels enter",
                "content_html": "<p>They did.</p><p>Yes.</p>",
                "date_published": "2031-05-03T21:15:00+03:00",
            },
            {"id": "2", "title": "Army leaves", "summary": "It left."},
            {"id": "3"},
            5,
        ],
    }
    path = write(tmp_path, "a.json", json.dumps(feed, indent=1))
    first, second = reports(path)
    assert (first.id, first.text, first.authors) == ("example.org/1", "They did.\n\nYes.", ("Ada",))
    assert first.published is not None
    assert first.published.isoformat() == "2031-05-03T21:15:00+03:00"
    assert second.text == "Army leaves\n\nIt left."
    assert reasons(path) == ["an entry without words", "not an object"]


def fetched(data: str, retrieved: datetime = NOW) -> list[Taken]:
    def answer(address: str) -> Capture:
        return Capture(url=address, data=data.encode(), retrieved=retrieved, media_type="application/rss+xml")

    found = read_inputs(["https://example.org/feed/"], retrieved=NOW, fetch=answer)
    return [found for found in found if isinstance(found, Taken)]


def test_links_of_a_fetched_feed_are_resolved_and_its_entries_have_versions() -> None:
    when = datetime(2031, 5, 3, tzinfo=UTC)
    (taken,) = fetched(rss(ITEM), when)
    assert taken.report.url == "https://example.org/news/1"
    assert (taken.report.retrieved, taken.versioned) == (when, True)


def test_an_entry_with_a_broken_link_is_read_without_it(tmp_path: Path) -> None:
    assert one(tmp_path, rss(ITEM.replace("/news/1", "http://[x/1"))).url is None
    assert (
        one(tmp_path, rss(item().replace("g:1", "17"), channel="<title>E</title><link>http://[x</link>")).id == "E/17"
    )


def test_entries_of_a_file_have_versions_only_where_they_say_so(tmp_path: Path) -> None:
    versioned = [
        item.versioned
        for text in (rss(ITEM), ATOM)
        for item in read(write(tmp_path, "a.xml", text))
        if isinstance(item, Taken)
    ]
    assert versioned == [False, True]


DATES = {
    "Sat, 03 May 2031 21:15:00 GMT": ("2031-05-03T21:15:00+00:00", DatePrecision.PART_OF_DAY),
    "Sat, 03 May 2031 21:15:00": ("2031-05-03T12:00:00+00:00", DatePrecision.DAY),
    "2031-05-03": ("2031-05-03T12:00:00+00:00", DatePrecision.DAY),
}


@pytest.mark.parametrize(("words", "expected"), DATES.items(), ids=DATES)
def test_a_date_is_as_fine_as_it_is_told(tmp_path: Path, words: str, expected: tuple[str, DatePrecision]) -> None:
    report = one(tmp_path, rss(item(more=f"<pubDate>{words}</pubDate>")))
    assert report.published is not None
    assert (report.published.isoformat(), report.published_precision) == expected


def test_a_date_in_other_words_is_not_guessed(tmp_path: Path) -> None:
    assert one(tmp_path, rss(item(more="<pubDate>2031-május-03T9:15+01:00</pubDate>"))).published is None


def test_a_bare_number_as_id_is_told_from_those_of_other_feeds(tmp_path: Path) -> None:
    text = rss(item().replace("g:1", "17"))
    assert one(tmp_path, text).id == "example.org/17"
    assert one(tmp_path, text.replace("example.org", "example.com")).id == "example.com/17"


def test_an_entry_without_words_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "a.rss", rss("<item><link>https://example.org/1</link></item>", item()))
    assert reasons(path) == ["an entry without words"]
    assert [one.origin for one in read(path)] == [f"{path}#1", f"{path}#2"]


def test_entries_are_offered_with_their_links() -> None:
    bare = "<item><link>/2</link></item><item><author>x</author></item>"
    first, second = feed_entries(rss(item(more="<link>/1</link>"), bare).encode(), "https://example.org/feed/")
    assert first == FeedEntry(
        id="g:1",
        url="https://example.org/1",
        title="Rebels enter Qarn",
        text="Rebels enter Qarn\n\nRebels entered the town.",
        full=False,
        publisher="Example News",
        language="en-gb",
    )
    assert (second.url, second.text) == ("https://example.org/2", "")
    with pytest.raises(InputError, match="no feed"):
        feed_entries(b"/etc/passwd")


def test_an_ill_formed_feed_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    broken = rss(item("Rebels &nbsp;entered & left")).replace("</channel>", "</chanel>")
    assert one(tmp_path, broken).text == "Rebels enter Qarn\n\nRebels entered & left"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
REFUSED = {
    "other XML": ('<?xml version="1.0"?><kml><Placemark/></kml>', "XML that is no feed: no <rss>, <feed> or <rdf:RDF>"),
    "a feed in name only": ("<rss>Rebels</rss", "empty: a feed without entries"),
    "an empty file": ("", "XML that is no feed"),
    "an entry of 50 MB": (
        rss(item("x" * 50_000_000)),
        "too long: a feed whose first entry goes beyond 8,000,000 bytes",
    ),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_feed_is_skipped_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    (told,) = reasons(write(tmp_path, "a.xml", text))
    assert reason in told


HOSTILE = {
    "a billion laughs": rss(item("&a11;"), start=f'<?xml version="1.0"?><!DOCTYPE r [{LAUGHS}]>'),
    "a file of ours": rss(item("x&a;y"), start='<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "a definition elsewhere": rss(item(), start='<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "deep markup": rss(item("&lt;a>" * 500_000)),
    "deep elements": rss(item() + "<item>" + "<a>" * 500_000),
    "endless attributes": rss(item()) + "<a " + 'b="c" ' * 500_000,
    "endless entities": rss(item("&amp;amp" * 500_000)),
    "50 MB": rss(item() * 400_000),
    "100,000 entries": rss(item("") * 100_000),
    "100,000 entries of Atom": ATOM.replace("</feed>", "<entry><title>a</title></entry>" * 100_000 + "</feed>"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_feed_takes_little_time(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "a.xml", text)
    started = time.process_time()
    found = read(path)
    assert time.process_time() - started < 15
    texts = [item.report.text for item in found if isinstance(item, Taken)]
    assert all(len(text) < 3_000_000 and "root:" not in text for text in texts)
    assert all(item.reason.isprintable() and len(item.reason) < 200 for item in found if isinstance(item, Skipped))


def test_of_a_feed_that_is_too_long_the_first_entries_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xml", rss(item("x") * 100_000))
    found = read(path)
    assert isinstance(found[-1], Skipped)
    assert "only the entries of the first" in found[-1].reason
    assert len([one for one in found if isinstance(one, Taken)]) == len(found) - 1 > 5_000
    assert found[0].report.publisher == "Example News"  # type: ignore[union-attr]


def test_bytes_are_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.xml", rss(item("a secret")))
    with pytest.raises(InputError, match="no feed"):
        feed_entries(str(secret).encode())
