"""Who may ask and judge, from where and how often; and what no request can reach."""

from __future__ import annotations

import shutil
import socket
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from marsad.errors import InputError
from marsad.monitor import Monitor
from marsad.web import app
from marsad.web.buckets import Buckets
from marsad.web.limits import Pace
from marsad.web.tokens import Tokens, load_tokens
from webserver import ANA, BEN, PATIENT, bearer, serving, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

NOTE = {"kind": "note", "subject": "c-nothing", "text": "a word"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "empty.marsad"
    Monitor.open(path).close()
    return path


@pytest.fixture(scope="module")
def client(empty: Path) -> Iterator[httpx.Client]:
    with serving(empty, known=tokens(empty.parent)) as client:
        yield client


@pytest.fixture(scope="module")
def outside(empty: Path) -> Iterator[httpx.Client]:
    """A server that believes that other machines can reach it."""
    with serving(empty, known=tokens(empty.parent), host="192.0.2.1") as client:
        yield client


# What a browser is forbidden


@pytest.mark.parametrize("path", ["/", "/map/Homs", "/api/monitor", "/api/nothing", "/api/openapi.json"])
def test_every_answer_forbids_scripts_and_frames_from_elsewhere(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not [name for name in headers if name.startswith("access-control-")]


def test_a_page_from_elsewhere_gets_no_permission_to_read(client: httpx.Client) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    response = client.options("/api/claims", headers=asked)
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[::1", "127.0.0.2"])
def test_a_name_that_is_not_this_machines_is_refused(client: httpx.Client, host: str) -> None:
    assert client.get("/api/monitor", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:99", "[::1]:8000", "LOCALHOST"])
def test_names_of_this_machine_are_taken(client: httpx.Client, host: str) -> None:
    assert client.get("/api/monitor", headers={"host": host}).status_code == 200


# Tokens


def test_other_addresses_are_not_served_without_a_token(empty: Path) -> None:
    with pytest.raises(InputError, match="token is needed"):
        app(empty, host="0.0.0.0")


@pytest.mark.parametrize("path", ["/api/monitor", "/api/claims", "/api/events", "/api/openapi.json", "/api/nothing"])
def test_where_others_can_reach_it_all_that_is_asked_needs_a_token(outside: httpx.Client, path: str) -> None:
    response = outside.get(path)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert outside.get("/").status_code == 200  # the pages themselves say nothing of the monitor


def test_a_token_opens_it_and_names_its_user(outside: httpx.Client) -> None:
    for token, user in ((ANA, "ana"), (BEN, "ben")):
        told = outside.get("/api/monitor", headers=bearer(token)).json()
        assert (told["can_review"], told["user"]) == (True, user)


def test_without_a_token_nobody_can_review(client: httpx.Client) -> None:
    told = client.get("/api/monitor").json()
    assert (told["can_review"], told["user"]) == (False, None)
    assert client.post("/api/judgements", json=NOTE).status_code == 401


def test_where_no_token_is_known_nobody_can_judge(empty: Path) -> None:
    with serving(empty) as client:
        assert client.post("/api/judgements", json=NOTE).status_code == 403
        assert client.post("/api/judgements", json=NOTE, headers=bearer(ANA)).status_code == 401


def test_wrong_tokens_are_soon_not_even_looked_at(empty: Path) -> None:
    with serving(empty, known=tokens(empty.parent)) as client:
        told = [client.get("/api/monitor", headers=bearer(f"wrong-{number}")).status_code for number in range(7)]
        assert told == [401] * 5 + [429] * 2
        assert client.get("/api/monitor").status_code == 200


def test_a_token_is_long_and_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    for words, reason in (
        ("ana: short", r"tokens:1: a token has at least 16"),
        (f"ana: {ANA}\nben: {ANA}", r"tokens:2: this token stands twice"),
        (f": {ANA}", r"tokens:1: a name must stand"),
        ("# nobody\n", "holds no token"),
        (f"ana: {ANA} x", "tokens:1: a token has"),
    ):
        path.write_text(words, "utf-8")
        with pytest.raises(InputError, match=reason):
            load_tokens(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_tokens(tmp_path / "none")
    assert load_tokens(None, ANA).user(ANA) == "reviewer"


# Sessions of a browser


def test_a_session_stands_for_a_token_and_no_script_can_read_it(outside: httpx.Client) -> None:
    response = outside.post("/api/session", json={"token": ANA})
    assert (response.status_code, response.json()) == (201, {"user": "ana"})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ANA not in cookie
    session = {"cookie": f"marsad_session={response.cookies['marsad_session']}"}
    outside.cookies.clear()
    assert outside.get("/api/monitor", headers=session).json()["user"] == "ana"
    assert outside.delete("/api/session", headers=session).status_code == 204


def test_a_session_ends_and_cannot_be_made_up() -> None:
    known = load_tokens(None, ANA)
    session = known.session("reviewer", 100.0)
    assert known.signed_in(session, 99.0) == "reviewer"
    assert known.signed_in(session, 100.0) is None
    name, _, signature = session.split(".")
    for forged in (f"{name}.900.{signature}", f"{b'ana'.hex()}.100.{signature}", "", ".", "x.y.z", f"{name}.100.é"):
        assert known.signed_in(forged, 99.0) is None
    assert Tokens(known.users).signed_in(session, 99.0) is None  # another server has another secret


@pytest.mark.parametrize("body", [{"token": "wrong"}, {"token": ""}, {}, {"token": ANA, "more": 1}])
def test_signing_in_with_a_wrong_token_gives_no_session(client: httpx.Client, body: dict[str, object]) -> None:
    response = client.post("/api/session", json=body)
    assert response.status_code in {401, 422}
    assert "set-cookie" not in response.headers
    assert "wrong" not in response.text


# Writing


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_a_page_from_elsewhere_can_write_nothing(client: httpx.Client, headers: dict[str, str], status: int) -> None:
    response = client.post("/api/judgements", json=NOTE, headers={**bearer(ANA), **headers})
    assert response.status_code == status


def test_an_own_page_can_write(client: httpx.Client) -> None:
    origin = {"origin": str(client.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    response = client.post("/api/judgements", json=NOTE, headers={**bearer(ANA), **origin})
    assert (response.status_code, response.json()["detail"]) == (422, "no claim with the id 'c-nothing'")


def test_a_long_body_is_refused(client: httpx.Client) -> None:
    response = client.post("/api/judgements", json={**NOTE, "text": "x" * 70_000}, headers=bearer(ANA))
    assert response.status_code == 413


def test_a_body_that_is_no_json_is_refused_without_being_repeated(client: httpx.Client) -> None:
    for body in (b"{", b"[]", b"\xff\xfe", b'{"kind":"note","subject":"c","user":"ben"}', b"[" * 60_000):
        headers = {**bearer(ANA), "content-type": "application/json"}
        response = client.post("/api/judgements", content=body, headers=headers)
        assert response.status_code in {400, 422}
        assert "ben" not in response.text


@pytest.mark.slow
def test_a_judgement_is_of_whose_token_it_is_and_can_be_undone(demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.marsad"
    shutil.copy(demo_file, path)
    with serving(path, known=tokens(tmp_path)) as client:
        (first, *_) = client.get("/api/review").json()["items"]
        made = client.post(
            "/api/judgements",
            json={"kind": "reject", "subject": first["id"], "reason": "misread"},
            headers=bearer(BEN),
        )
        assert made.status_code == 201
        assert (made.json()["user"], made.json()["kind"], made.json()["status"]) == ("ben", "reject", "standing")
        assert first["id"] not in {one["id"] for one in client.get("/api/claims?limit=500").json()["items"]}
        undone = client.post(
            "/api/judgements",
            json={"kind": "undo", "subject": made.json()["id"], "reason": "it was right"},
            headers=bearer(ANA),
        )
        assert undone.status_code == 201
        assert first["id"] in {one["id"] for one in client.get("/api/review").json()["items"]}
        told = client.get("/api/judgements").json()["items"]
        assert [(one["user"], one["status"]) for one in told] == [("ben", "undone"), ("ana", "standing")]


# How often


def test_a_bucket_empties_and_fills_again() -> None:
    bucket = Buckets(Pace(a_second=2, burst=3), remembered=2)
    assert [bucket.wait("a", 0.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert bucket.wait("b", 0.0) == 0
    assert bucket.wait("a", 0.5) == 0
    assert bucket.wait("a", 0.5) == 0.5
    assert bucket.empty("a", 0.5)
    assert not bucket.empty("a", 100.0)


def test_a_client_that_asks_too_often_is_told_to_wait(empty: Path) -> None:
    slow = replace(PATIENT, requests=Pace(a_second=0.1, burst=3))
    with serving(empty, limits=slow) as client:
        told = [client.get("/api/roads") for _ in range(5)]
        assert [one.status_code for one in told] == [200] * 3 + [429] * 2
        assert int(told[-1].headers["retry-after"]) > 1


# What no request reaches


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/../../../pyproject.toml",
        "/assets/%2e%2e/%2e%2e/application.py",
        "//etc/passwd",
        "/%00",
        "/application.py",
    ],
)
def test_no_path_leads_to_a_file_of_the_machine(client: httpx.Client, path: str) -> None:
    address = urlsplit(str(client.base_url))
    with socket.create_connection((address.hostname, address.port)) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        told = b"".join(iter(lambda: raw.recv(65536), b""))
    assert b"root:" not in told
    assert b"import" not in told
    assert b"text/html" in told or b" 404 " in told or b" 400 " in told


@pytest.mark.parametrize(
    "path",
    [
        "/api/route?start=a&end=b&roads=/etc/passwd",
        "/api/route?start=a&end=b&roads=../../x",
        "/api/route?start=a&end=b&roads=http://127.0.0.1/",
        "/api/disputes?rules=../../../etc/passwd",
        "/api/captures/..%2f..%2fetc%2fpasswd",
        "/api/reports/%2fetc%2fpasswd",
    ],
)
def test_no_parameter_is_taken_for_a_file_or_an_address(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {404, 422}
    assert "No such file" not in response.text


def test_methods_that_nothing_takes_are_refused(client: httpx.Client) -> None:
    for method, path in (("PUT", "/api/claims"), ("DELETE", "/api/judgements"), ("POST", "/"), ("HEAD", "/api/events")):
        response = client.request(method, path, headers=bearer(ANA))
        assert response.status_code == 405
        assert response.headers["allow"]


def test_the_head_of_an_answer_comes_without_its_body(client: httpx.Client) -> None:
    whole, head = client.get("/api/outlets"), client.head("/api/outlets")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


def test_a_hostile_report_is_told_as_json_alone(tmp_path: Path) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    source = tmp_path / "hostile.jsonl"
    name = "r</script>1"
    source.write_text(
        f'{{"id": "{name}", "publisher": "{script}", "title": "{script}", "text": "{script}", '
        '"published": "2024-12-01T10:00:00Z"}\n',
        "utf-8",
    )
    path = tmp_path / "hostile.marsad"
    with Monitor.open(path) as held:
        held.add([source], read=False)
    with serving(path) as client:
        for asked in ("/api/reports", f"/api/reports/{name}", "/api/search?words=alert", "/api/receipts"):
            response = client.get(asked)
            assert response.status_code == 200, response.text
            assert response.headers["content-type"] == "application/json"
            assert response.headers["x-content-type-options"] == "nosniff"
        assert client.get(f"/api/reports/{name}").json()["title"] == script
        for asked in (f"/api/places/{script}", f"/api/claims?after={script}", f"/{script}"):
            assert script not in client.get(asked).text or asked.startswith("/api/places")
            kind = client.get(asked).headers["content-type"]
            assert kind.startswith("application/") or script not in client.get(asked).text


def test_problems_tell_no_path_of_the_machine(client: httpx.Client, empty: Path) -> None:
    for path in ("/api/assess/x", "/api/reports/x", "/api/route?start=a&end=b", "/api/claims?after=1", "/api/x"):
        told = client.get(path).text
        assert str(empty.parent) not in told
        assert "Traceback" not in told
        assert ".py" not in told
