"""Crawls of the web: pages with their addresses and instants, and one line for all that is no page."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import warnings
import zipfile
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from intake_support import NOW, read, reasons, write
from marsad.intake import Skipped, Taken, read_inputs
from marsad.intake.items import Input
from marsad.intake.warc import read_warc

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Rebels entered the town."
DATE = "2031-05-03T10:00:00Z"


class Crawl:
    """A WARC file in the making."""

    def __init__(self, *, packed: bool = False) -> None:
        self.out = io.BytesIO()
        self._writer = WARCWriter(self.out, gzip=packed)

    def page(self, address: str, body: bytes | str = TEXT, status: str = "200 OK", **headers: str) -> Crawl:
        fields = [("Content-Type", "text/plain; charset=utf-8")] if "Content_Type" not in headers else []
        fields += [(name.replace("_", "-"), value) for name, value in headers.items()]
        data = body.encode() if isinstance(body, str) else body
        return self.record(address, data, StatusAndHeaders(status, fields, protocol="HTTP/1.1"))

    def record(
        self,
        address: str,
        data: bytes = b"",
        http: StatusAndHeaders | None = None,
        kind: str = "response",
        **headers: str,
    ) -> Crawl:
        given = {"WARC-Date": DATE} | {name.replace("_", "-"): value for name, value in headers.items()}
        record = self._writer.create_warc_record(
            address, kind, payload=io.BytesIO(data), http_headers=http, warc_headers_dict=given
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the writer leaves its temporary files to the collector
            self._writer.write_record(record)
            del record
        return self

    @property
    def data(self) -> bytes:
        return self.out.getvalue()


def taken(path: Path) -> list[Taken]:
    found = read(path)
    assert all(isinstance(item, Taken) for item in found), found
    return [item for item in found if isinstance(item, Taken)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_crawl_are_read_with_address_and_instant(tmp_path: Path, name: str) -> None:
    crawl = Crawl(packed=name.endswith(".gz"))
    crawl.record("", kind="warcinfo", data=b"software: x\r\n")
    crawl.page("https://example.org/1").page("https://example.org/2", "The army left the town.")
    crawl.record("https://example.org/2", b"GET / HTTP/1.1\r\n\r\n", kind="request")
    crawl.record("https://example.org/2", b"fetched: yes\r\n", kind="metadata")
    one, other = taken(write(tmp_path, name, crawl.data))
    assert one.origin == f"{tmp_path}/{name}!/https://example.org/1"
    assert one.report.text == TEXT
    assert other.report.text == "The army left the town."
    assert one.report.retrieved == datetime(2031, 5, 3, 10, tzinfo=UTC)
    assert one.versioned


def test_a_page_is_handed_on_with_all_that_its_server_said(tmp_path: Path) -> None:
    crawl = Crawl().page("https://example.org/1", "<html>", Content_Type='Text/HTML; Charset="windows-1256"')
    (page,) = read_warc(Input(origin="a", stream=io.BufferedReader(io.BytesIO(crawl.data))))
    assert isinstance(page, Input)
    assert (page.url, page.media_type, page.charset) == ("https://example.org/1", "text/html", "windows-1256")
    assert page.retrieved == datetime(2031, 5, 3, 10, tzinfo=UTC)
    assert page.stream.read() == b"<html>"


def test_text_that_was_taken_out_of_pages_is_read(tmp_path: Path) -> None:
    crawl = Crawl().record("https://example.org/1", TEXT.encode(), kind="conversion", Content_Type="text/plain")
    crawl.record("https://example.org/2", TEXT.encode() + b" 2", kind="resource", Content_Type="text/plain")
    assert [
        item.report.text for item in taken(write(tmp_path, "a.warc.wet", b"") and write(tmp_path, "a.warc", crawl.data))
    ] == [TEXT, f"{TEXT} 2"]


def test_what_is_no_page_is_counted_in_one_line(tmp_path: Path) -> None:
    crawl = Crawl()
    for number in range(40):
        crawl.page(f"https://example.org/{number}.png", b"\x89PNG", Content_Type="image/png")
    crawl.page("https://example.org/style.css", "p {}", Content_Type="text/css")
    crawl.page("https://example.org/gone", "Not found.", "404 Not Found")
    crawl.record("urn:thumbnail:x", b"\x89PNG", kind="resource", Content_Type="image/png")
    crawl.record("https://example.org/1", kind="revisit", WARC_Profile="http://netpreserve.org/warc/1.0/revisit")
    crawl.page("https://example.org/1")
    found = read(write(tmp_path, "a.warc", crawl.data))
    assert [type(item) for item in found] == [Taken, Skipped]
    assert reasons(tmp_path / "a.warc") == [
        "44 records are no pages: image/png 40, text/css 1, status 404 1, not of the web 1, revisit 1"
    ]


def chunked(data: bytes) -> bytes:
    half = len(data) // 2
    pieces = (data[:half], data[half:])
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


PACKED: dict[str, tuple[bytes, dict[str, str]]] = {
    "chunks": (chunked(TEXT.encode()), {"Transfer_Encoding": "chunked"}),
    "gzip": (gzip.compress(TEXT.encode()), {"Content_Encoding": "gzip"}),
    "deflate": (zlib.compress(TEXT.encode()), {"Content_Encoding": "deflate"}),
    "bare deflate": (zlib.compress(TEXT.encode(), wbits=-15), {"Content_Encoding": "deflate"}),
    "both": (chunked(gzip.compress(TEXT.encode())), {"Transfer_Encoding": "chunked", "Content_Encoding": "x-gzip"}),
    "twice": (gzip.compress(zlib.compress(TEXT.encode())), {"Content_Encoding": "deflate, gzip"}),
    "undone before": (TEXT.encode(), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
}


@pytest.mark.parametrize(("body", "headers"), PACKED.values(), ids=PACKED)
def test_what_the_server_did_to_the_body_is_undone(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    crawl = Crawl().page("https://example.org/1", body, **headers)
    assert [item.report.text for item in taken(write(tmp_path, "a.warc", crawl.data))] == [TEXT]


REFUSED: dict[str, tuple[bytes, dict[str, str], str]] = {
    "brotli": (b"\x0b\x02", {"Content_Encoding": "br"}, "packed as 'br', which is not read"),
    "half a body": (gzip.compress(TEXT.encode())[:20], {"Content_Encoding": "gzip"}, "its packed body has no end"),
    "garbage": (b"\x1f\x8b\x08" + b"x" * 50, {"Content_Encoding": "gzip"}, "broken or cut short"),
    "a bomb": (gzip.compress(b" " * 80_000_000), {"Content_Encoding": "gzip"}, "too long: more than 67,108,864 bytes"),
    "a picture": (b"\x89PNG\r\n", {}, "not text: a PNG image"),
}


@pytest.mark.parametrize(("body", "headers", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_cannot_be_had_is_skipped_and_the_next_is_read(
    tmp_path: Path, body: bytes, headers: dict[str, str], reason: str
) -> None:
    crawl = Crawl().page("https://example.org/1", body, **headers).page("https://example.org/2")
    found = read(write(tmp_path, "a.warc", crawl.data))
    assert isinstance(found[0], Skipped)
    assert reason in found[0].reason
    assert isinstance(found[1], Taken)


def test_small_bodies_that_unpack_to_much_end_the_crawl(tmp_path: Path) -> None:
    crawl = Crawl()
    for number in range(20):
        crawl.page(f"https://example.org/{number}", gzip.compress(b" " * 6_000_000), Content_Encoding="gzip")
    found = reasons(write(tmp_path, "a.warc", crawl.data))
    assert found[-1] == "it unpacks to more than 100 times its size; the rest is not read"
    assert len(found) < 5


def test_a_crawl_that_is_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    for name in ("a.warc", "a.warc.gz"):
        crawl = (
            Crawl(packed=name.endswith(".gz")).page("https://example.org/1").page("https://example.org/2", TEXT * 50)
        )
        found = read(write(tmp_path, name, crawl.data[:-80]))
        assert isinstance(found[0], Taken)
        assert all(isinstance(item, Skipped) for item in found[1:])
        assert "cut short" in reasons(tmp_path / name)[0]


def test_what_follows_a_wrong_length_is_told(tmp_path: Path) -> None:
    crawl = Crawl().page("https://example.org/1").page("https://example.org/2").page("https://example.org/3")
    first, second, third = crawl.data.split(b"WARC/1.0")[1:]
    broken = b"".join(
        b"WARC/1.0" + part for part in (first, second.replace(b"Content-Length: 84", b"Content-Length: 70"), third)
    )
    assert broken != crawl.data
    found = read(write(tmp_path, "a.warc", broken))
    assert isinstance(found[0], Taken)
    assert reasons(tmp_path / "a.warc")[-1] == (
        "no WARC record where the one of number 3 should be; the rest is not read"
    )


@pytest.mark.parametrize(
    "record",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: 900000000000\r\n\r\nHTTP/1",
        b"WARC/1.0\r\n" + b"A: b\r\n" * 500 + b"\r\n",
        b"WARC/1.0\r\nA: " + b"b" * 200_000,
        b"WARC/1.0\r\n" + b"\xff\xfe\x00" * 90,
        b"WARC/1.0" + b" " * 5_000_000,
        b"\n" * 5_000_000 + b"x",
    ],
)
def test_a_header_that_lies_is_told(tmp_path: Path, record: bytes) -> None:
    found = reasons(write(tmp_path, "a.warc", record))
    assert found
    assert all(reason.isprintable() and len(reason) < 200 for reason in found)


def test_an_instant_in_the_future_is_refused(tmp_path: Path) -> None:
    crawl = Crawl().record("https://example.org/1", TEXT.encode(), kind="resource", WARC_Date="2099-01-01T00:00:00Z")
    assert reasons(write(tmp_path, "a.warc", crawl.data)) == ["retrieved in the future: 2099-01-01T00:00:00+00:00"]


def test_a_crawl_without_dates_counts_from_now(tmp_path: Path) -> None:
    crawl = Crawl().record("https://example.org/1", TEXT.encode(), kind="resource", WARC_Date="yesterday")
    assert [item.report.retrieved for item in taken(write(tmp_path, "a.warc", crawl.data))] == [NOW]


def wacz(crawl: bytes, promised: str | None = None, listing: Callable[[dict[str, object]], object] = dict) -> bytes:
    out = io.BytesIO()
    digest = promised or f"sha256:{hashlib.sha256(crawl).hexdigest()}"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", crawl)
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"org,example)/ 2031"))
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages", "title": "All"}\n')
        package = {"profile": "data-package", "resources": [{"path": "archive/data.warc.gz", "hash": digest}]}
        archive.writestr("datapackage.json", json.dumps(listing(package)))
    return out.getvalue()


def test_pages_of_a_wacz_file_are_read(tmp_path: Path) -> None:
    crawl = Crawl(packed=True).page("https://example.org/1").data
    (item,) = taken(write(tmp_path, "a.wacz", wacz(crawl)))
    assert item.origin == f"{tmp_path}/a.wacz!/archive/data.warc.gz!/https://example.org/1"
    assert item.report.retrieved == datetime(2031, 5, 3, 10, tzinfo=UTC)


def test_a_wacz_file_whose_crawl_was_changed_is_refused(tmp_path: Path) -> None:
    crawl = Crawl(packed=True).page("https://example.org/1").data
    changed = write(tmp_path, "a.wacz", wacz(crawl, f"sha256:{'0' * 64}"))
    assert reasons(changed) == ["its SHA-256 is not that of datapackage.json"]
    unknown = write(tmp_path, "b.wacz", wacz(crawl, "md5:1234"))
    assert reasons(unknown) == ["datapackage.json does not give its SHA-256"]


@pytest.mark.parametrize(
    "listing", [lambda _: [], lambda _: {"resources": 5}, lambda _: {"resources": [{}]}, lambda _: None]
)
def test_a_wacz_file_without_a_list_is_refused(tmp_path: Path, listing: Callable[[object], object]) -> None:
    crawl = Crawl(packed=True).page("https://example.org/1").data
    assert reasons(write(tmp_path, "a.wacz", wacz(crawl, listing=listing))) == [
        "its datapackage.json does not list the resources of a WACZ archive"
    ]


SEED = (
    Crawl()
    .page("https://example.org/1")
    .page(
        "https://example.org/2",
        chunked(gzip.compress(TEXT.encode())),
        Transfer_Encoding="chunked",
        Content_Encoding="gzip",
    )
    .data
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    edits=st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, len(SEED) - 1),
)
def test_no_damage_raises(tmp_path: Path, edits: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SEED)
    for at, value in edits:
        data[at] = value
    found = list(read_inputs([write(tmp_path, "a.warc", bytes(data[: len(data) - cut]))], retrieved=NOW))
    assert found
    assert all(item.reason.isprintable() and len(item.reason) < 200 for item in found if isinstance(item, Skipped))
