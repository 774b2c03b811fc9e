"""Fetching from a real server: what comes, what is refused, and how politely it is asked."""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetching_support import LOOPBACK, START, Server, StillClock, fetcher, page, redirect, status
from marsad import __version__
from marsad.errors import InputError
from marsad.fetching import Fetcher, FetchError, NotModified, load_fetching
from marsad.fetching.addresses import Guard, is_ip
from marsad.fetching.content import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from http.server import BaseHTTPRequestHandler

TLS = Path(__file__).parent / "data" / "tls"
TEXT = "Rebels entered the town of Qarn on Monday."


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def reason(fetch: Fetcher, address: str) -> str:
    with pytest.raises(InputError) as refused:
        fetch.fetch(address)
    words = str(refused.value)
    assert len(words) < 200
    assert words.isprintable()
    return words


def looked_up(*answers: str) -> Any:
    return lambda host, port: answers


# What comes


def test_an_answer_is_kept_as_it_came(server: Server) -> None:
    server.answers["/a"] = page(TEXT, "Text/Plain; Charset=UTF-8", ETag='"1"', Last_Modified="Mon, 05 May 2031")
    found = fetcher().fetch(server.at("/a#part"))
    assert (found.data, found.url) == (TEXT.encode(), server.at("/a"))
    assert (found.media_type, found.charset) == ("text/plain", "utf-8")
    assert (found.etag, found.modified, found.retrieved) == ('"1"', "Mon, 05 May 2031", START)


def test_who_asks_is_said_and_nothing_else_is_told(server: Server) -> None:
    server.answers["/a"] = page(TEXT, Set_Cookie="id=1")
    with fetcher(contact="desk@example.org") as held:
        held.fetch(server.at("/a"))
        held.fetch(server.at("/a"))
    _, headers = server.asked[-1]
    assert headers["user-agent"] == f"Marsad/{__version__} (+desk@example.org)"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_a_contact_that_would_break_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match="no contact"):
        Fetcher(contact="a\r\nX-Evil: 1")


def test_an_unchanged_page_is_told_apart_by_its_validators(server: Server) -> None:
    server.answers["/a"] = status(304)
    found = fetcher().fetch(server.at("/a"), etag='"1"', modified="Mon, 05 May 2031")
    assert isinstance(found, NotModified)
    assert server.asked[-1][1]["if-none-match"] == '"1"'
    assert server.asked[-1][1]["if-modified-since"] == "Mon, 05 May 2031"


def test_validators_that_no_header_can_hold_are_not_sent(server: Server) -> None:
    server.answers["/a"] = page(TEXT)
    fetcher().fetch(server.at("/a"), etag="1\r\nX-Evil: 1", modified=None)
    assert "if-none-match" not in server.asked[-1][1]


def test_not_modified_without_being_asked_for_is_no_answer(server: Server) -> None:
    server.answers["/a"] = status(304)
    assert reason(fetcher(), server.at("/a")) == "answered 304"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, code: int) -> None:
    server.answers |= {"/a": redirect("/b", code), "/b": redirect(server.at("/c")), "/c": page(TEXT)}
    assert fetcher().fetch(server.at("/a")).url == server.at("/c")


def test_redirects_in_a_circle_end(server: Server) -> None:
    server.answers["/a"] = redirect("/a")
    assert reason(fetcher(), server.at("/a")) == "redirected more than 5 times"
    assert server.paths().count("/a") == 6


def test_a_redirect_to_nowhere_is_told(server: Server) -> None:
    server.answers |= {"/a": status(302), "/b": redirect("http://[:::]/")}
    assert reason(fetcher(), server.at("/a")) == "redirected to nowhere"
    assert reason(fetcher(), server.at("/b")) == "redirected to no address: http://[:::]/"


@pytest.mark.parametrize(
    ("packed", "kind"),
    [
        (gzip.compress(TEXT.encode()), "gzip"),
        (zlib.compress(TEXT.encode()), "deflate"),
        (zlib.compress(TEXT.encode())[2:-4], "deflate"),
        (TEXT.encode(), "identity"),
    ],
    ids=["gzip", "deflate", "bare deflate", "identity"],  # packed bytes hold the time, a name must not
)
def test_packed_answers_are_unpacked(server: Server, packed: bytes, kind: str) -> None:
    server.answers["/a"] = page(packed, Content_Encoding=kind)
    assert fetcher().fetch(server.at("/a")).data == TEXT.encode()


@given(data=st.binary(max_size=2000), size=st.integers(1, 500), kind=st.sampled_from(["gzip", "deflate"]))
def test_unpacking_gives_what_was_packed_however_it_is_cut(data: bytes, size: int, kind: str) -> None:
    packed = gzip.compress(data) if kind == "gzip" else zlib.compress(data)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpacked(chunks, {"content-encoding": kind}, load_fetching().limits) == data


def test_large_content_that_packs_well_is_whole() -> None:
    data = b"".join(b"%d stories of the day\n" % number for number in range(400_000))
    packed = gzip.compress(data)
    limits = load_fetching().limits
    assert unpacked([packed], {"content-encoding": "gzip"}, limits) == data


# Addresses that are not asked


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("example.org", "only http and https"),
        ("http://", "no full name"),
        ("http://user@example.org/", "nothing is read behind logins"),
        ("http://user:secret@example.org/", "nothing is read behind logins"),
        ("http://example.org:22/", "port 22 is not one of pages"),
        ("http://example.org:25/", "port 25 is not one of pages"),
        ("http://example.org:0/", "port 0 is not one of pages"),
        ("http://example.org:99999/", "not fetched"),
        ("http://exa mple.org/\n", "no address that can be asked"),
        ("http://localhost/", "private network"),
        ("http://LOCALHOST./", "private network"),
        ("http://printer.local/", "private network"),
        ("http://metadata.google.internal/", "private network"),
        ("http://router.home.arpa/", "private network"),
        ("http://wiki.corp/", "private network"),
        ("http://hidden.onion/", "private network"),
        ("http://intranet/", "private network"),
        ("http://wiki/", "no full name"),
        ("http://2130706433/", "a number in place of a name"),
        ("http://0x7f000001/", "a number in place of a name"),
        ("http://0x7f.1/", "a number in place of a name"),
        ("http://0177.0.0.1/", "not fetched"),
        ("http://127.1/", "a number in place of a name"),
        ("http://127.0.0.1./", "a number in place of a name"),
        ("http://127.0.0.01/", "not fetched"),
        ("http://１２７.0.0.1/", "not fetched"),
        ("http://127.0.0.1/", "127.0.0.1 is a loopback address"),
        ("http://127.8.9.1/", "a loopback address"),
        ("http://0.0.0.0/", "an? unspecified address"),
        ("http://10.0.0.1/", "a private address"),
        ("http://172.31.255.255/", "a private address"),
        ("http://192.168.1.1/", "a private address"),
        ("http://100.64.0.1/", "a shared address"),
        ("http://169.254.169.254/latest/meta-data/", "a link-local address"),
        ("http://168.63.129.16/", "a cloud-internal address"),
        ("http://192.0.0.192/", "a reserved address"),
        ("http://198.18.0.1/", "a reserved address"),
        ("http://203.0.113.7/", "a documentation address"),
        ("http://224.0.0.1/", "a multicast address"),
        ("http://255.255.255.255/", "a reserved address"),
        ("http://[::1]/", "a loopback address"),
        ("http://[::]/", "unspecified address"),
        ("http://[::ffff:127.0.0.1]/", "carries a loopback address"),
        ("http://[::ffff:a9fe:a9fe]/", "carries a link-local address"),
        ("http://[::127.0.0.1]/", "a reserved address"),
        ("http://[64:ff9b::10.0.0.1]/", "carries a private address"),
        ("http://[64:ff9b:1::1]/", "a reserved address"),
        ("http://[2002:7f00:1::]/", "a tunnel address"),
        ("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "a tunnel address"),
        ("http://[fe80::1]/", "a link-local address"),
        ("http://[fe80::1%25eth0]/", "not fetched"),
        ("http://[fc00::1]/", "a private address"),
        ("http://[fd00:ec2::254]/", "a private address"),
        ("http://[ff02::1]/", "a multicast address"),
        ("http://[2001:db8::1]/", "a documentation address"),
        ("http://[4000::1]/", "a reserved address"),
        (f"http://example.org/{'a' * 2000}", "more than 2,000 characters"),
    ],
)
def test_addresses_that_are_never_asked(address: str, words: str) -> None:
    def never(host: str, port: int) -> Sequence[str]:
        raise AssertionError("the name was looked up")

    with pytest.raises(FetchError, match=words) as refused:
        Fetcher(look_up=never, clock=StillClock()).fetch(address)
    assert refused.value.final


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a?b=c",
        "https://example.org:8443/",
        "http://93.184.216.34/",
        "http://[2606:2800:220:1::]/",
        "http://[::ffff:93.184.216.34]/",
        "https://müller.example.org/",
        "https://xn--mller-kva.example.org/",
        "https://خبر.example.org/",
        "https://under_score.example.org./",
    ],
)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert Guard(load_fetching()).address(address).scheme in {"http", "https"}


@given(st.text(max_size=60))
def test_no_address_breaks_the_guard(text: str) -> None:
    guard = Guard(load_fetching())
    for address in (text, f"http://{text}", f"http://{text}.example.org/", f"http://example.org/{text}"):
        try:
            url = guard.address(address)
        except FetchError:
            continue
        host = url.raw_host.decode("ascii")
        assert "." in host or is_ip(host)


def test_this_machine_is_not_asked_unless_it_is_named(server: Server) -> None:
    server.answers["/a"] = page(TEXT)
    assert reason(fetcher(also_allowed=()), server.at("/a")) == "not fetched: 127.0.0.1 is a loopback address"
    assert server.asked == []
    assert fetcher().fetch(server.at("/a")).data


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://127.0.0.2/", "127.0.0.2 is a loopback address"),
        ("http://169.254.169.254/latest/meta-data/", "a link-local address"),
        ("//[::1]/", "a loopback address"),
        ("http://localhost/", "private network"),
        ("file:///etc/passwd", "only http and https"),
        ("http://u:p@example.org/", "nothing is read behind logins"),
    ],
)
def test_redirects_to_what_is_refused_are_not_followed(server: Server, target: str, words: str) -> None:
    server.answers["/a"] = redirect(target)
    assert words in reason(fetcher(), server.at("/a"))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("10.0.0.1",), "news.example.org leads to 10.0.0.1, a private address"),
        (("93.184.216.34", "10.0.0.1"), "leads to 10.0.0.1"),
        (("127.0.0.1", "::1"), "leads to ::1, a loopback address"),
        (("::ffff:10.0.0.1",), "which carries a private address"),
        (("fe80::1%eth0",), "cannot be judged"),
        ((), "no such host"),
    ],
)
def test_names_that_lead_into_private_networks_are_refused(answers: tuple[str, ...], words: str) -> None:
    with pytest.raises(FetchError) as refused:
        fetcher(look_up=looked_up(*answers)).fetch("http://news.example.org/robots.txt")
    assert "robots" in str(refused.value)  # what is allowed is asked by the same rules
    assert words in why_not_connected(*answers)


def why_not_connected(*answers: str) -> str:
    guard = Guard(load_fetching(), LOOPBACK)
    with pytest.raises(FetchError) as refused:
        guard.checked("news.example.org", answers)
    return str(refused.value)


def test_a_name_is_connected_to_the_address_that_was_checked(server: Server) -> None:
    """A name that answers differently each time leads nowhere but to what was checked that time."""
    asked = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["127.0.0.2"]

    server.answers["/a"] = page(TEXT)
    held = fetcher(look_up=rebinding)
    assert held.fetch(server.at("/a", "news.example.org")).data == TEXT.encode()
    assert len(asked) == 2  # for robots.txt and for the page: once for each connection
    assert server.asked[-1][1]["host"] == f"news.example.org:{server.port}"
    assert reason(held, server.at("/a", "news.example.org")) == (
        "not fetched: news.example.org leads to 127.0.0.2, a loopback address"
    )


def test_a_name_that_is_not_there_is_told(server: Server) -> None:
    def lost(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    held = fetcher(look_up=lost)
    assert "robots.txt cannot be had" in reason(held, "http://news.example.org/")


def test_the_next_address_is_tried_where_one_does_not_answer(server: Server) -> None:
    server.answers["/a"] = page(TEXT)
    held = fetcher(look_up=looked_up("127.0.0.3", "127.0.0.1"), also_allowed=("127.0.0.0/8",))
    assert held.fetch(server.at("/a", "news.example.org")).data == TEXT.encode()


def test_a_closed_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/robots.txt"
        assert "robots.txt cannot be had" in reason(fetcher(), address)


def test_proxies_of_the_environment_are_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/a"] = page(TEXT)
    assert fetcher().fetch(server.at("/a")).data


# TLS


@pytest.fixture
def secure() -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    with Server(context) as running:
        yield running


def test_a_certificate_is_checked_against_the_name_not_the_pinned_address(secure: Server) -> None:
    secure.answers["/a"] = page(TEXT)
    trusting = ssl.create_default_context(cafile=TLS / "certificate.pem")
    held = fetcher(look_up=looked_up("127.0.0.1"), tls=trusting)
    assert held.fetch(f"https://news.example.org:{secure.port}/a").data == TEXT.encode()
    assert "robots.txt cannot be had" in reason(held, f"https://other.example.org:{secure.port}/a")
    assert secure.paths() == ["/robots.txt", "/a"]


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Server) -> None:
    held = fetcher(look_up=looked_up("127.0.0.1"))
    url = held._guard.address(f"https://news.example.org:{secure.port}/a")
    from marsad.fetching.network import Deadline

    with pytest.raises(FetchError, match="its certificate is not valid"):
        held._ask(url, {}, Deadline(5))
    assert secure.asked == []


def test_https_is_never_left_for_http(secure: Server, server: Server) -> None:
    secure.answers["/a"] = redirect(server.at("/a", "news.example.org"))
    trusting = ssl.create_default_context(cafile=TLS / "certificate.pem")
    held = fetcher(look_up=looked_up("127.0.0.1"), tls=trusting)
    assert "redirected from https to http" in reason(held, f"https://news.example.org:{secure.port}/a")
    assert server.asked == []


# Limits


def small(**more: Any) -> Fetcher:
    return fetcher(limits=replace(load_fetching().limits, **more))


def test_an_answer_that_says_how_long_it_is_is_refused_at_once(server: Server) -> None:
    server.answers["/a"] = page("a" * 2000)
    assert reason(small(bytes=1000), server.at("/a")) == "longer than 1,000 bytes"


def test_an_endless_answer_is_cut(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.open.is_set():
            handler.wfile.write(b"more and more " * 1000)

    server.answers["/a"] = endless
    assert reason(fetcher(), server.at("/a")) == "longer than 16,777,216 bytes"


def test_a_slow_answer_is_cut_however_steadily_it_comes(server: Server) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.open.wait(0.02):
            handler.wfile.write(b"a")

    server.answers["/a"] = dripping
    assert reason(small(seconds=0.4), server.at("/a")) == "too slow: nothing whole within 0.4 seconds"


def test_slow_headers_are_cut(server: Server) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not server.open.wait(0.02):
            handler.wfile.write(b"X-A: b\r\n")

    server.answers["/a"] = dripping
    assert "too slow" in reason(small(seconds=0.4), server.at("/a"))


def test_endless_headers_are_cut(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not server.open.is_set():
            handler.wfile.write(b"X-A: " + b"b" * 10_000 + b"\r\n")

    server.answers["/a"] = endless
    assert reason(fetcher(), server.at("/a")) == "the answer is no proper HTTP, or ended too early"


def test_a_slow_look_up_is_cut() -> None:
    import threading

    over = threading.Event()

    def silent(host: str, port: int) -> Sequence[str]:
        over.wait()
        return []

    held = fetcher(look_up=silent, limits=replace(load_fetching().limits, seconds=0.2))
    assert "robots.txt cannot be had" in reason(held, "http://news.example.org/")
    over.set()


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (gzip.compress(b"\0" * 300_000_000, 1), "longer than 16,777,216 bytes"),
        (gzip.compress(b"a" * 8_000_000), "unpacks to more than 200 times its size"),
        (gzip.compress(TEXT.encode())[:-9], "ended too early"),
        (b"plain text", "not gzip, as its header says"),
    ],
    ids=["bomb", "ratio", "cut", "plain"],
)
def test_packed_answers_are_bounded(server: Server, packed: bytes, words: str) -> None:
    server.answers["/a"] = page(packed, Content_Encoding="gzip")
    found = reason(fetcher(), server.at("/a"))
    assert found == words or (words.startswith("longer") and found.startswith("unpacks"))


@pytest.mark.parametrize("kind", ["br", "zstd", "gzip, gzip", "x\x80y"])
def test_other_ways_to_pack_are_refused(server: Server, kind: str) -> None:
    server.answers["/a"] = page(TEXT, Content_Encoding=kind)
    assert "which was not asked for" in reason(fetcher(), server.at("/a"))


def test_an_answer_that_ends_too_early_is_refused(server: Server) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"Rebels entered")

    server.answers["/a"] = cut
    assert "ended too early" in reason(fetcher(), server.at("/a"))


def test_an_empty_answer_is_refused(server: Server) -> None:
    server.answers["/a"] = page(" \n")
    assert reason(fetcher(), server.at("/a")) == "empty"


# Types


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "text/html", "said to be text/html, but it is no text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "text/plain", "said to be text/plain, but it is no text"),
        (b"%PDF-1.7\nplain", "text/html", "said to be text/html, but it is no text"),
        (b"PK\x03\x04\x14\0", None, "without a type, but it is no text"),
        (b"plain", "image/png", "of type image/png, which is not read"),
        (b"plain", "application/pdf", "of type application/pdf, which is not read"),
        (b"plain", "\x80\xff", r"of type \x80\xff, which is not read"),
        (b"<!doctype html><p>Log in", "application/json", "said to be application/json, but it does not begin as such"),
        (b"Please log in", "application/rss+xml", "said to be application/rss+xml, but it does not begin as such"),
    ],
)
def test_what_is_not_of_a_type_that_is_read_is_refused(
    server: Server, body: bytes, kind: str | None, words: str
) -> None:
    server.answers["/a"] = page(body, kind)
    assert reason(fetcher(), server.at("/a")) == words


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (TEXT.encode(), None, None),
        (TEXT.encode(), "application/octet-stream", None),
        ("\ufeff".encode("utf-16-le") + TEXT.encode("utf-16-le"), "text/html; charset=utf-16", "text/html"),
        (b'\xef\xbb\xbf {"a": 1}', "application/json", "application/json"),
        (b"<?xml version='1.0'?><rss/>", "application/rss+xml;charset=utf-8", "application/rss+xml"),
    ],
)
def test_types_that_are_read(server: Server, body: bytes, kind: str | None, found: str | None) -> None:
    server.answers["/a"] = page(body, kind)
    assert fetcher().fetch(server.at("/a")).media_type == found


# What servers refuse


@pytest.mark.parametrize(
    ("code", "words", "final"),
    [
        (401, "needs a login or refuses us (401); nothing is read behind logins", True),
        (403, "needs a login or refuses us (403); nothing is read behind logins", True),
        (407, "needs a login or refuses us (407); nothing is read behind logins", True),
        (404, "gone (404)", True),
        (410, "gone (410)", True),
        (500, "answered 500", False),
        (204, "answered 204", False),
        (206, "answered 206", False),
        (503, "asks to be left alone for now (503)", False),
    ],
)
def test_what_a_server_does_not_give_is_told(server: Server, code: int, words: str, final: bool) -> None:
    server.answers["/a"] = page("some body", code=code) if code != 204 else status(204)
    with pytest.raises(FetchError) as refused:
        fetcher().fetch(server.at("/a"))
    assert (str(refused.value), refused.value.status, refused.value.final) == (words, code, final)


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Sun, 04 May 2031 12:05:00 GMT", timedelta(minutes=5)),
        ("99999999999999999999", timedelta(days=7)),
        ("Sun, 04 May 2031 11:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_a_server_may_say_for_how_long_it_is_left_alone(server: Server, words: str, wait: timedelta | None) -> None:
    server.answers["/a"] = status(429, Retry_After=words)
    with pytest.raises(FetchError) as refused:
        fetcher().fetch(server.at("/a"))
    assert refused.value.wait == wait


# Politeness


def test_robots_are_heeded(server: Server) -> None:
    server.answers |= {
        "/robots.txt": page("User-agent: *\nDisallow: /private\n\nUser-agent: marsad\nDisallow: /ours\n"),
        "/private": page(TEXT),
        "/ours": page(TEXT),
        "/a": redirect("/ours"),
    }
    held = fetcher()
    assert held.fetch(server.at("/private")).data  # the group that names us counts alone
    assert reason(held, server.at("/ours")) == "not fetched: its robots.txt forbids it"
    assert "forbids" in reason(held, server.at("/a"))
    assert server.paths().count("/robots.txt") == 1
    assert "/ours" not in server.paths()


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_without_a_robots_file_all_is_allowed(server: Server, code: int) -> None:
    server.answers |= {"/robots.txt": status(code), "/a": page(TEXT)}
    assert fetcher().fetch(server.at("/a")).data


@pytest.mark.parametrize("code", [500, 503, 429])
def test_where_the_robots_file_cannot_be_had_nothing_is_fetched_for_now(server: Server, code: int) -> None:
    server.answers |= {"/robots.txt": status(code), "/a": page(TEXT)}
    clock = StillClock()
    held = fetcher(clock=clock)
    assert reason(held, server.at("/a")) == "its robots.txt cannot be had, so nothing is fetched for now"
    server.answers["/robots.txt"] = status(404)
    assert reason(held, server.at("/a"))
    clock.time += timedelta(hours=1)
    assert held.fetch(server.at("/a")).data


def test_a_robots_file_holds_for_a_day(server: Server) -> None:
    server.answers |= {"/robots.txt": redirect("/other.txt"), "/other.txt": page("User-agent: *\nAllow: /")}
    server.answers["/a"] = page(TEXT)
    clock = StillClock()
    held = fetcher(clock=clock)
    held.fetch(server.at("/a"))
    held.fetch(server.at("/a"))
    clock.time += timedelta(hours=24)
    held.fetch(server.at("/a"))
    assert server.paths() == ["/robots.txt", "/other.txt", "/a", "/a", "/robots.txt", "/other.txt", "/a"]


def test_a_hostile_robots_file_takes_little_time(server: Server) -> None:
    rules = "".join(f"Disallow: /{'*a' * 200}{number}$\n" for number in range(1000))
    server.answers |= {"/robots.txt": page("User-agent: *\n" + rules), "/" + "a" * 1500: page(TEXT)}
    assert fetcher().fetch(server.at("/" + "a" * 1500)).data


def test_a_host_is_left_alone_between_requests(server: Server) -> None:
    server.answers["/a"] = page(TEXT)
    clock = StillClock()
    held = fetcher(clock=clock)
    held.fetch(server.at("/a"))
    assert clock.waits == []
    held.fetch(server.at("/a"))
    assert clock.waits == [2.0]
    clock.time += timedelta(seconds=1.5)
    held.fetch(server.at("/a"))
    assert clock.waits == [2.0, 0.5]
    clock.time += timedelta(seconds=5)
    held.fetch(server.at("/a"))
    assert clock.waits == [2.0, 0.5]


def test_a_failed_request_takes_a_turn_too(server: Server) -> None:
    clock = StillClock()
    held = fetcher(clock=clock)
    reason(held, server.at("/none"))
    reason(held, server.at("/none"))
    assert clock.waits == [2.0]


def test_a_crawl_delay_is_kept(server: Server) -> None:
    server.answers |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 10"), "/a": page(TEXT)}
    clock = StillClock()
    held = fetcher(clock=clock)
    held.fetch(server.at("/a"))
    held.fetch(server.at("/a"))
    assert clock.waits == [10.0]


def test_a_long_crawl_delay_is_waited_for_elsewhere(server: Server) -> None:
    server.answers |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 600"), "/a": page(TEXT)}
    held = fetcher()
    held.fetch(server.at("/a"))
    with pytest.raises(FetchError, match="asks for 600 seconds between requests") as refused:
        held.fetch(server.at("/a"))
    assert refused.value.wait == timedelta(seconds=600)


def test_the_environment_and_the_commands_cannot_allow_more() -> None:
    source = Path(__file__).parents[1] / "src" / "marsad"
    callers = [path.name for path in source.rglob("*.py") if "also_allowed" in path.read_text("utf-8")]
    assert sorted(callers) == ["addresses.py", "fetcher.py"]
