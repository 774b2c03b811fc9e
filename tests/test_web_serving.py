"""How the server keeps answering: what has not changed, what is new, and what takes long to draw."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from marsad.monitor import Monitor
from marsad.web.answering import Kept
from marsad.web.limits import SHIPPED, load_limits
from marsad.web.pages import Site
from marsad.web.wire import Told
from webserver import ANA, PATIENT, bearer, serving, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STANDING = replace(PATIENT, in_place=1e-9, look=0.05, rest=0.0)
"""Limits by which no picture is drawn fast enough to be drawn for whoever asks."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "war.marsad"
    Monitor.open(path).close()
    return path


def add(path: Path, name: str) -> None:
    """Add a report, as another process would."""
    source = path.with_name(f"{name}.jsonl")
    row = {"id": name, "publisher": "Wire", "title": name, "text": f"Word of {name}.", "published": "2024-12-01"}
    source.write_text(json.dumps(row) + "\n", "utf-8")
    with Monitor.open(path) as held:
        held.add([source], read=False)


def data(lines: Iterator[str]) -> dict[str, object]:
    """The data of the next event of a stream."""
    return next(json.loads(line[6:]) for line in lines if line.startswith("data: "))


def test_what_has_not_changed_is_not_sent_again(path: Path) -> None:
    with serving(path) as client:
        first = client.get("/api/reports")
        assert first.headers["cache-control"] == "private, no-cache"
        known = {"if-none-match": first.headers["etag"]}
        assert client.get("/api/reports", headers=known).status_code == 304
        assert client.get("/api/reports?limit=3", headers=known).status_code == 200
        assert (
            client.get("/api/reports", headers={"if-none-match": f'"x", {known["if-none-match"]}'}).status_code == 304
        )


def test_roads_may_change_without_an_addition_and_are_always_sent(path: Path) -> None:
    with serving(path) as client:
        response = client.get("/api/roads")
        assert "etag" not in response.headers
        assert response.headers["cache-control"] == "no-store"


def test_long_answers_are_packed_for_those_who_can_unpack_them(path: Path) -> None:
    with serving(path) as client:
        plain = client.get("/api/outlets?limit=500", headers={"accept-encoding": "identity"})
        packed = client.get("/api/outlets?limit=500", headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "Accept-Encoding"
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < len(gzip.compress(plain.content)) * 2 < len(plain.content)


def test_who_listens_hears_at_once_what_is_there_and_then_what_is_added(path: Path) -> None:
    often = replace(PATIENT, look=0.05)
    with serving(path, limits=often) as client, client.stream("GET", "/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines) == "event: revision"
        first = data(lines)
        assert first["reports"] == 0
        add(path, "new")
        while (told := data(lines))["reports"] == 0:
            assert told["revision"] != first["revision"]
        assert told["reports"] == 1


def test_so_many_may_listen_and_no_more(path: Path) -> None:
    one = replace(PATIENT, listeners_of_one=1)
    with serving(path, limits=one) as client, client.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: revision"
        assert client.get("/api/events").status_code == 429


def test_an_addition_is_told_by_the_next_picture_while_the_last_one_is_still_answered_from(path: Path) -> None:
    with serving(path, limits=STANDING) as client, client.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        before = client.get("/api/reports").json()
        assert before["total"] == 0
        add(path, "new")
        assert client.get("/api/receipts").json()["total"] in {0, 1}  # live, as soon as it was looked
        while data(lines)["revision"] == before["revision"]:
            pass
        after = client.get("/api/reports").json()
        assert (after["total"], after["items"][0]["id"]) == (1, "new")
        assert after["revision"] != before["revision"]


@pytest.mark.slow
def test_other_instants_and_rules_have_pictures_of_their_own(demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.marsad"
    shutil.copy(demo_file, path)
    asked = ("/api/disputes?as_of=2024-12-03", "/api/disputes?rules=recorders-1")
    with serving(path) as live, serving(path, limits=replace(STANDING, beside=1)) as standing:
        for one in (*asked, "/api/disputes", asked[0]):
            assert standing.get(one).json()["items"] == live.get(one).json()["items"]


@pytest.mark.slow
def test_a_judgement_is_kept_also_where_the_picture_stands(demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.marsad"
    shutil.copy(demo_file, path)
    with serving(path, known=tokens(tmp_path), limits=STANDING) as client:
        (first, *_) = client.get("/api/review").json()["items"]
        body = {"kind": "accept", "subject": first["id"], "reason": "so it says"}
        assert client.post("/api/judgements", json=body, headers=bearer(ANA)).status_code == 201
    with Monitor.open(path) as held:
        assert [(one.subject, one.user) for one in held.judgements()] == [(first["id"], "ana")]


def test_an_answer_that_takes_too_long_is_promised_for_later(path: Path) -> None:
    with serving(path, limits=replace(PATIENT, seconds=0.001)) as client:
        response = client.get("/api/reports")
        assert response.status_code == 503
        assert response.headers["retry-after"] == "5"
        assert response.json()["status"] == 503


def test_answers_are_kept_up_to_so_many_bytes() -> None:
    kept = Kept(10)
    for name in "abc":
        kept.put(("1", name), Told(status=200, body=name.encode() * 4, revision="1"))
    assert kept.get(("1", "a")) is None
    assert kept.get(("1", "b")) is not None
    kept.put(("1", "d"), Told(status=200, body=b"dddd", revision="1"))
    assert kept.get(("1", "b")) is not None
    assert kept.get(("1", "c")) is None


def test_views_are_the_front_page_and_hashed_files_are_kept_for_long(tmp_path: Path) -> None:
    assert b"The pages were not built" in getattr(Site(tmp_path / "none").at("/map"), "data", b"")
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("front", "utf-8")
    (tmp_path / "assets" / "a-1.js").write_text("1", "utf-8")
    site = Site(tmp_path)
    view, script = site.at("/places/Homs"), site.at("/assets/a-1.js")
    assert view is not None
    assert (view.data, view.kind, view.keeping) == (b"front", "text/html; charset=utf-8", "no-cache")
    assert script is not None
    assert script.kind == "text/javascript; charset=utf-8"
    assert "immutable" in script.keeping
    assert site.at("/assets/b-2.js") is None
    assert site.at("/../conftest.py") == view


def test_the_limits_that_ship_are_sound() -> None:
    limits = load_limits(SHIPPED)
    assert limits.refused.a_second < limits.writing.a_second < limits.requests.a_second
    assert limits.in_place < limits.seconds
