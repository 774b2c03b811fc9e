"""The commands that fetch: what they print, how they end, and that nobody talks them into private networks."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from fetching_support import Server, page
from marsad.cli import app
from marsad.fetching import load_fetching
from marsad.monitor.rounds import NEVER
from marsad.records import Capture
from marsad.store import Store, Visit
from store_support import NOW, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

MARSAD = Path(sys.executable).with_name("marsad")
FIRST, SECOND = "Rebels entered the town of Qarn on Monday.", "Rebels left the town of Qarn on Tuesday."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that the commands take for news.example.org, on a machine where loopback counts as public."""
    rules = load_fetching()
    loopback = ip_address("127.0.0.1")
    known = replace(rules, networks=tuple(one for one in rules.networks if loopback not in one[0]))
    monkeypatch.setattr("marsad.fetching.fetcher.load_fetching", lambda: known)
    usual = socket.getaddrinfo

    def found(host: Any, *more: Any, **named: Any) -> Any:
        return usual("127.0.0.1" if host == "news.example.org" else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with Server() as running:
        yield running


def listed(folder: Path, address: str, **more: str) -> Path:
    path = folder / "feeds.toml"
    lines = [f'address = "{address}"', 'name = "Example News"', *(f'{key} = "{value}"' for key, value in more.items())]
    path.write_text("[[feeds]]\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.slow
def test_watch_tells_what_each_feed_brought_and_health_how_it_fares(tmp_path: Path, server: Server) -> None:
    server.answers["/feed"] = page(json.dumps([{"id": "a", "text": FIRST}, {"id": "b"}]), "application/json")
    feeds = listed(tmp_path, server.at("/feed", "news.example.org"))
    store = tmp_path / "war.marsad"
    done = run("watch", feeds, "--once", "--monitor", store)
    assert done.exit_code == 0, done.output
    line, skipped = done.output.splitlines()
    assert line.split("  ")[1:2] == ["Example News"]
    assert line.split("  ")[2].startswith("new 1; next 20")
    assert skipped.startswith("skipped http://news.example.org:")
    assert run("watch", feeds, "--once", "--monitor", store).output == "nothing is due\n"

    (row,) = map(json.loads, run("health", feeds, "--monitor", store, "--format", "jsonl").output.splitlines())
    assert (row["name"], row["added"], row["failures"], row["reason"]) == ("Example News", 1, 0, None)
    shown = run("health", feeds, "--monitor", store, "--format", "html").output
    assert shown.startswith("<!doctype html>")
    assert "<td>Example News</td>" in shown
    assert "Example News" in run("health", feeds, "--monitor", store).output
    assert "http://news.example.org" in run("health", "--monitor", store, "--format", "csv").output


@pytest.mark.slow
def test_addresses_are_added_and_read(tmp_path: Path, server: Server) -> None:
    server.answers["/a"] = page(FIRST)
    address, store = server.at("/a", "news.example.org"), tmp_path / "war.marsad"
    done = run("add", address, "--monitor", store)
    assert (done.exit_code, done.output.split(";")[0]) == (0, "1 reports added"), done.output
    (claim,) = map(json.loads, run("read", address, "--format", "jsonl").output.splitlines())
    assert claim["event"] == "enter"
    server.answers["/a"] = page(SECOND)
    assert "1 new versions of known ones" in run("add", address, "--monitor", store).output
    (versions,) = {one["version_of"] for one in rows(store, claim["report"])} - {None}
    assert versions == claim["report"]


def rows(store: Path, name: str) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in run("versions", name, "--monitor", store, "--format", "jsonl").output.splitlines()
    ]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1/", "not fetched: 127.0.0.1 is a loopback address"),
        ("http://169.254.169.254/latest/meta-data/", "not fetched: 169.254.169.254 is a link-local address"),
        ("http://2130706433/", "not fetched: 2130706433 is a number in place of a name"),
        ("https://localhost/", "not fetched: localhost is a name of a private network"),
        ("https://user:word@example.org/", "not fetched: an address with a user or a password"),
    ],
)
def test_addresses_that_are_refused_are_named_in_one_line(tmp_path: Path, address: str, words: str) -> None:
    done = run("add", address, "--monitor", tmp_path / "war.marsad")
    assert done.exit_code == 1
    assert f"skipped {address}: {words}" in done.output


def test_a_wrong_list_is_told_in_one_line(tmp_path: Path) -> None:
    feeds = listed(tmp_path, "http://10.0.0.1/feed")
    for command in ("watch", "health"):
        Store.open(tmp_path / "war.marsad").close()
        done = run(command, feeds, "--monitor", tmp_path / "war.marsad")
        assert (done.exit_code, len(done.output.splitlines())) == (2, 1)
        assert "feeds.toml:2: 'address': not fetched: 10.0.0.1 is a private address" in done.output


def test_a_watch_once_in_which_a_feed_fails_says_so_by_its_exit_code(tmp_path: Path, server: Server) -> None:
    server.answers["/feed"] = page("{", "application/json")
    done = run("watch", listed(tmp_path, server.at("/feed", "news.example.org")), "--once", "--monitor", tmp_path / "w")
    assert done.exit_code == 1
    assert "failed: not JSON" in done.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watching_ends_at_once_and_cleanly_when_told_to(tmp_path: Path, number: signal.Signals) -> None:
    """A feed that is not due for long: the process waits, asks nobody, and ends as soon as it is told."""
    feeds = listed(tmp_path, "https://news.example.org/feed.xml", every="30d")
    store = tmp_path / "war.marsad"
    now = datetime.now(UTC)
    with Store.open(store) as opened:
        due = now.replace(year=now.year + 1, day=1)
        opened.add_visit(Visit(address="https://news.example.org/feed.xml", outcome="failed", due=due, learnt=now))
    code = (
        "import os, sys, threading; from marsad.cli import app; "
        "import marsad.fetching.clock as clock; usual = clock.SystemClock.sleep; "
        "clock.SystemClock.sleep = lambda self, s: (print('waits', flush=True), usual(self, s)); app()"
    )
    arguments = [sys.executable, "-c", code, "watch", str(feeds), "--monitor", str(store)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as one:
        assert one.stdout is not None
        assert one.stdout.readline() == "waits\n"
        one.send_signal(number)
        _, errors = one.communicate(timeout=20)
    assert (one.returncode, errors) == (0, "")
    with Store.open(store) as opened:
        assert opened.check().faults == ()


# Versions


def test_versions_are_listed_with_what_each_one_changed(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    first = "Rebels entered Qarn. Nobody was hurt. The mayor fled.\n\nThe army was silent."
    second = "Rebels entered Qarn. Two people were hurt. The mayor fled.\n\nThe army was silent. It spoke later."
    with Store.open(path) as store:
        store.add_report(report("a", first), learnt=NOW)
        store.add_report(report("a", second, updated=NOW, note="Adds the wounded"), learnt=NOW)
    before, after = rows(path, "a")
    assert (before["id"], before["version_of"], before["gone"], before["new"]) == ("a", None, [], [])
    assert after["version_of"] == "a"
    assert after["gone"] == ["Nobody was hurt."]
    assert after["new"] == ["Two people were hurt.", "It spoke later."]
    assert rows(path, after["id"]) == [before, after]
    table = run("versions", "a", "--monitor", path).output
    for words in ("- Nobody was hurt.", "+ Two people were hurt.", "Adds the wounded"):
        assert words in " ".join(table.split())


def test_versions_of_an_unknown_report_are_an_error(tmp_path: Path) -> None:
    Store.open(tmp_path / "war.marsad").close()
    done = run("versions", "nothing", "--monitor", tmp_path / "war.marsad")
    assert (done.exit_code, done.output) == (2, "marsad: no report 'nothing'\n")


def test_long_versions_with_nothing_in_common_are_told_soon(tmp_path: Path) -> None:
    with Store.open(tmp_path / "war.marsad") as store:
        store.add_report(report("a", "It rained. " * 50_000), learnt=NOW)
        store.add_report(report("a", "It snowed. " * 50_000, updated=NOW), learnt=NOW)
    _, after = rows(tmp_path / "war.marsad", "a")
    assert (len(after["gone"]), len(after["new"])) == (50_000, 50_000)


# Captures


def test_a_damaged_capture_is_found(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "war.marsad"
    with Store.open(path) as store:
        name = store.add_capture(Capture(url="https://example.org/", data=b"text", retrieved=NOW), learnt=NOW)
        assert store.add_capture(Capture(url="https://example.com/", data=b"text", retrieved=NOW), learnt=NOW) == name
        kept = store.capture(name)
        assert kept is not None
        assert (kept.url, kept.data, kept.retrieved) == ("https://example.org/", b"text", NOW)
        assert store.capture("0" * 64) is None
        assert store.check().faults == ()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE capture SET packed = x'00'")
    raw.close()
    with Store.open(path) as store:
        assert f"capture '{name}': its bytes are not those of its SHA-256" in store.check().faults


def test_what_was_learnt_later_is_not_known_earlier(where: Path | str, tmp_path: Path) -> None:
    feed = "https://example.org/"
    with Store.open(where) as store:
        name = store.add_capture(Capture(url=feed, data=b"text", retrieved=NOW), learnt=NOW)
        for outcome, added in (("read", 2), ("unchanged", 0)):
            store.add_visit(Visit(address=feed, outcome=outcome, due=NOW, learnt=NOW, added=added))  # type: ignore[arg-type]
        store.add_visit(Visit(address=feed + "a", outcome="found", due=NOW, learnt=NOW, feed=feed))
        store.add_visit(Visit(address=feed + "a", outcome="read", due=NEVER, learnt=NOW, feed=feed, added=1))
        store.add_visit(Visit(address=feed + "b", outcome="found", due=NOW, learnt=NOW, feed=feed))
        store.back_up(tmp_path / "kept.marsad")
    with Store.open(tmp_path / "kept.marsad") as kept, Store.open(where) as store:
        for one in (kept, store):
            assert one.check().faults == ()
            assert one.capture(name) is not None
            assert [visit.outcome for visit in one.visits(feed)] == ["unchanged", "read"]
            assert [visit.address for visit in one.pages(feed, due=NOW)] == [feed + "b"]
            assert one.visits(feed + "a", limit=1)[0].due == NEVER
            assert (one.watched(), one.brought(feed)) == ((feed,), (3, NOW))
    with Store.open(where, learnt_by=NOW.replace(year=2000)) as store:
        assert (store.capture(name), store.visits("https://example.org/"), store.watched()) == (None, (), ())
        assert store.brought("https://example.org/") == (0, None)
