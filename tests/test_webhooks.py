"""Webhooks: what is news to them, how it is signed, what is tried again, what is refused, what a restart knows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from fetching_support import START as NOW
from fetching_support import Server, StillClock, redirect, status
from marsad import DataFileError, InputError, Monitor
from marsad.fetching import FetchError, Poster, Webhook, load_feeds, load_fetching, signature
from marsad.monitor.telling import Telling
from marsad.reading import EXTRACTOR
from marsad.store import Notice, Store, Visit, theatre_digest
from marsad.vocabulary import load_policy
from monitor_support import START, THEATRE, claims, reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from marsad.outputs import Picture
    from marsad.vocabulary import Policy

HERE = ("127.0.0.1/32",)
SECRET = "whsec_" + base64.b64encode(b"twenty-four bytes of key").decode()
ENVIRONMENT = {"DESK": SECRET}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.answers["/hook"] = status(204)
        yield running


class Desk:
    """A monitor that learns the war report by report, and a webhook on a real server."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.path = folder / "war.marsad"
        self.server = server
        self.clock = StillClock()
        self.tried: list[Notice] = []
        with Store.open(self.path) as store:
            store.add_theatre(THEATRE, learnt=START)

    def learn(self, *names: str) -> None:
        with Store.open(self.path) as store:
            for name in names:
                found = [one for one in claims() if one.report == name]
                theatre = theatre_digest(THEATRE)
                store.add(reports()[name], found, extractor=EXTRACTOR, theatre=theatre, learnt=START, origin=name)

    def hook(self, **more: Any) -> Webhook:
        values: dict[str, Any] = {
            "name": "desk", "address": self.server.at("/hook"), "secret": "DESK", "on": frozenset({"dispute"}),
            "policy": load_policy("internal"), "allow": HERE,
        }  # fmt: skip
        return Webhook(**{**values, **more})

    def round(self, *hooks: Webhook, after: timedelta = timedelta(0), rounds: int = 1) -> Any:
        """Go round in a process of its own, some time later, and return when it wants to go again."""
        self.clock.time += after
        with Store.open(self.path) as store, Monitor.open(self.path) as held:

            def drawn(policy: Policy) -> Picture:
                return held.picture()

            telling = Telling(
                store, hooks or (self.hook(),), drawn,
                tell=self.tried.append, clock=self.clock, environment=ENVIRONMENT,
            )  # fmt: skip
            again = None
            for _ in range(rounds):
                again = telling.round()
        return again

    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.server.posted]


@pytest.fixture
def desk(tmp_path: Path, server: Server) -> Desk:
    return Desk(tmp_path, server)


# What is news


def test_a_webhook_that_begins_is_told_nothing_of_what_is_there(desk: Desk) -> None:
    desk.learn("r1", "r2")
    assert desk.round() is None
    assert desk.told() == []


def test_a_new_dispute_is_told_once_with_both_sides_and_its_policy(desk: Desk) -> None:
    desk.learn("r1")
    desk.round()
    desk.learn("r2")
    desk.round(rounds=2)
    desk.round()
    (message,) = desk.told()
    assert (message["specversion"], message["type"]) == ("1.0", "marsad.dispute")
    assert message["subject"] == message["data"]["proposition"]
    data = message["data"]
    assert (data["headline"], data["grade"], data["policy"]) == (
        "Northern Front captured Qarn",
        "disputed",
        "internal 1",
    )
    assert [voice["claims"] for voice in data["voices_for"]] == [["c-taken"]]
    assert [voice["name"] for voice in data["voices_against"]] == ["government"]


def test_a_first_dispute_of_an_empty_monitor_is_news(desk: Desk) -> None:
    desk.round()
    desk.learn("r1", "r2")
    desk.round()
    assert [one["type"] for one in desk.told()] == ["marsad.dispute"]


def test_a_webhook_is_told_of_what_it_asked_for(desk: Desk) -> None:
    hook = desk.hook(on=frozenset({"settled", "verdict", "control"}))
    desk.learn("r1", "r2")
    desk.round(hook)
    desk.learn("r3", "r4")
    desk.round(hook)
    kinds = {one["type"] for one in desk.told()}
    assert kinds == {"marsad.settled", "marsad.verdict", "marsad.control"}
    spells = {(one["data"]["holder"], one["data"]["status"]) for one in desk.told() if one["type"] == "marsad.control"}
    assert ("Army of Exampleland", "lost") in spells
    (settled,) = [one["data"] for one in desk.told() if one["type"] == "marsad.settled"]
    assert settled["settled_as"] == "affirmed"


def test_a_kind_that_is_asked_for_later_begins_then(desk: Desk) -> None:
    desk.learn("r1", "r2")
    desk.round()
    desk.learn("r3")
    desk.round(desk.hook(on=frozenset({"dispute", "control"})))
    assert desk.told() == []


def test_a_verdict_that_comes_back_is_news_again(desk: Desk) -> None:
    hook = desk.hook(on=frozenset({"verdict"}))
    desk.learn("r1", "r2")
    desk.round(hook)
    with Monitor.open(desk.path) as held:
        (one,) = [one for one in held.propositions() if one.members[0].claim == "c-taken"]
        first = held.judge("grade", one.id, user="ana", reason="seen", grade="admitted")
        desk.round(hook)
        held.judge("undo", first.id, user="ana", reason="not seen")
        desk.round(hook)
        held.judge("grade", one.id, user="ana", reason="seen", grade="admitted")
        desk.round(hook)
    assert [one["data"]["grade"] for one in desk.told()] == ["admitted", "disputed", "admitted"]
    assert len({one["id"] for one in desk.told()}) == 3


def test_two_webhooks_are_told_alike(desk: Desk, server: Server) -> None:
    server.answers["/other"] = status(500)
    hooks = desk.hook(), desk.hook(name="other", address=server.at("/other"))
    desk.learn("r1")
    desk.round(*hooks)
    desk.learn("r2")
    desk.round(*hooks)
    assert [one.outcome for one in desk.tried] == ["told", "failed"]
    assert len({one["id"] for one in desk.told()}) == 1


# How it is signed


def test_a_message_is_signed_as_standard_webhooks_are(desk: Desk) -> None:
    news(desk)
    ((headers, body),) = desk.server.posted
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert headers["webhook-id"] == json.loads(body)["id"]
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(b"twenty-four bytes of key", signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"


def test_the_signature_is_that_of_the_published_example() -> None:
    # The test vector of the libraries of Standard Webhooks.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("value", ["", "whsec_", "whsec_not base 64!"])
def test_a_secret_that_is_none_is_refused_before_anything_is_asked(desk: Desk, value: str) -> None:
    with Store.open(desk.path) as store, pytest.raises(InputError, match="webhook 'desk': the variable DESK"):
        Telling(store, [desk.hook()], lambda _: pytest.fail("drawn"), environment={"DESK": value})


# What is tried again


def news(desk: Desk) -> Any:
    desk.learn("r1")
    desk.round()
    desk.learn("r2")
    return desk.round()


def test_what_fails_is_tried_again_with_doubled_waits_under_the_same_id(desk: Desk, server: Server) -> None:
    server.answers["/hook"] = status(500)
    first = load_fetching().posting.retry
    assert news(desk) == NOW + first
    assert desk.round() == NOW + first  # not yet
    assert len(desk.told()) == 1
    assert desk.round(after=first) == desk.clock.time + 2 * first
    server.answers["/hook"] = status(200)
    assert desk.round(after=2 * first) is None
    assert [one.outcome for one in desk.tried] == ["failed", "failed", "told"]
    assert len({body for _, body in server.posted}) == 1
    assert desk.tried[0].reason == "answered 500"


def test_what_fails_for_good_is_given_up_and_the_next_is_told(desk: Desk, server: Server) -> None:
    server.answers["/hook"] = status(410)
    assert news(desk) is None
    assert [one.outcome for one in desk.tried] == ["gone"]
    desk.round(after=timedelta(days=9))
    assert len(desk.told()) == 1


def test_after_so_many_tries_a_message_is_given_up(desk: Desk, server: Server) -> None:
    server.answers["/hook"] = status(503)
    again = news(desk)
    while again:
        again = desk.round(after=again - desk.clock.time)
    assert len(desk.told()) == load_fetching().posting.tries
    assert desk.tried[-1].outcome == "gone"


def test_events_come_in_their_order_also_when_one_fails(desk: Desk, server: Server) -> None:
    hook = desk.hook(on=frozenset({"dispute", "settled"}))
    server.answers["/hook"] = status(500)
    desk.learn("r1")
    desk.round(hook)
    desk.learn("r2")
    desk.round(hook)
    desk.learn("r4")
    desk.round(hook)
    assert [one["type"] for one in desk.told()] == ["marsad.dispute"]
    server.answers["/hook"] = status(200)
    desk.round(hook, after=timedelta(hours=1))
    assert [one["type"] for one in desk.told()] == ["marsad.dispute", "marsad.dispute", "marsad.settled"]


def test_a_redirect_is_not_followed(desk: Desk, server: Server) -> None:
    server.answers["/hook"] = redirect(server.at("/elsewhere"), 307)
    news(desk)
    assert len(server.posted) == 1
    assert desk.tried[0].reason == "answered with a redirect (307), which is not followed"


def test_a_server_that_keeps_us_waiting_is_left(server: Server) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        server.open.wait(20)

    server.answers["/hook"] = slow
    with pytest.raises(FetchError, match=r"too slow: nothing whole within 0\.2 seconds"):
        Poster(allow=HERE, seconds=0.2).post(server.at("/hook"), "e-1", b"{}", SECRET)


def test_a_server_that_is_not_there_is_a_failure(desk: Desk) -> None:
    with Server() as dead:
        address = dead.at("/hook")
    desk.learn("r1")
    desk.round(desk.hook(address=address))
    desk.learn("r2")
    assert desk.round(desk.hook(address=address)) is not None
    assert [(one.outcome, one.status) for one in desk.tried] == [("failed", None)]


def test_the_answers_own_words_are_not_read(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.open.wait(0.001):
            handler.wfile.write(b"x" * 65536)

    server.answers["/hook"] = endless
    assert Poster(allow=HERE, seconds=5).post(server.at("/hook"), "e-1", b"{}", SECRET) == 200


# Private addresses


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/", "http://10.0.0.7:8080/", "http://169.254.169.254/"])
def test_private_addresses_are_refused_unless_the_list_allows_them(address: str) -> None:
    with pytest.raises(FetchError, match=r"not fetched: .* is a .* address"):
        Poster().post(address, "e-1", b"{}", SECRET)


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    with pytest.raises(FetchError, match=r"leads to 10\.0\.0\.7, a private address"):
        Poster(look_up=lambda host, port: ["10.0.0.7"]).post("https://desk.example.org/", "e-1", b"{}", SECRET)


# What a restart knows


def test_what_is_owed_when_a_process_ends_is_told_by_the_next(desk: Desk, server: Server) -> None:
    server.answers["/hook"] = status(500)
    news(desk)
    server.answers["/hook"] = status(200)
    desk.round(after=timedelta(hours=1))
    assert [one.outcome for one in desk.tried] == ["failed", "told"]


def test_what_came_in_before_a_process_ended_is_told_by_the_next(desk: Desk) -> None:
    desk.learn("r1")
    desk.round()
    desk.learn("r2")  # and the process ends here
    desk.round()
    assert len(desk.told()) == 1


def test_what_was_told_is_part_of_the_ledger(desk: Desk) -> None:
    news(desk)
    with Monitor.open(desk.path) as held:
        found = held.check()
    assert found.faults == ()
    assert found.notices == 3  # that it began, what it was owed, that it was told


def test_a_webhook_ends_where_it_is_told_to_stop(desk: Desk) -> None:
    desk.learn("r1")
    desk.round()
    desk.learn("r2")
    stop = threading.Event()
    stop.set()
    with Store.open(desk.path) as store, Monitor.open(desk.path) as held:
        Telling(store, [desk.hook()], lambda _: held.picture(), stop=stop, environment=ENVIRONMENT).round()
        assert len(store.owed("desk")) == 1
    assert desk.told() == []


def test_watching_tells_webhooks_after_a_round(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from fetching_support import fetcher
    from marsad.fetching import FeedList

    monkeypatch.setenv("DESK", SECRET)
    tried: list[Notice] = []

    def watch() -> None:
        with Monitor.open(desk.path) as held:
            feeds = FeedList(feeds=load_feeds(one_feed).feeds, webhooks=(desk.hook(),))
            held.watch(feeds, once=True, fetcher=fetcher(), clock=desk.clock, tell_notice=tried.append)

    one_feed = desk.path.with_name("feeds.toml")
    one_feed.write_text('[[feeds]]\naddress = "https://news.example.org/feed"\n', "utf-8")
    desk.clock.time = NOW
    with Store.open(desk.path) as store:
        later = NOW + timedelta(days=1)  # so that nothing is asked for
        address = "https://news.example.org/feed"
        store.add_visit(Visit(address=address, outcome="failed", due=later, learnt=NOW))
    desk.learn("r1")
    watch()
    desk.learn("r2")
    watch()
    assert [one["type"] for one in desk.told()] == ["marsad.dispute"]
    assert [one.outcome for one in tried] == ["told"]


# The list


LIST = """
[[feeds]]
address = "https://news.example.org/feed.xml"

[[webhooks]]
url = "https://desk.example.org/hook"
secret = "DESK"
"""


def listed(folder: Path, more: str = "", text: str = LIST) -> Any:
    path = folder / "feeds.toml"
    path.write_text(text + more, "utf-8")
    return load_feeds(path).webhooks


def test_a_webhook_of_a_list_is_public_unless_it_says_otherwise(tmp_path: Path) -> None:
    (hook,) = listed(tmp_path)
    assert (hook.name, hook.address) == ("desk.example.org", "https://desk.example.org/hook")
    assert hook.policy.name == "public"
    assert hook.on == {"dispute", "settled", "verdict", "control"}
    (other,) = listed(tmp_path, 'on = ["control"]\npolicy = "internal"\nname = "own"\n')
    assert (other.name, other.on, other.policy.name) == ("own", {"control"}, "internal")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('on = ["rumour"]', "'rumour' is no news; it must be one of dispute, settled, verdict, control"),
        ('allow = ["nowhere"]', "'nowhere' is no network"),
        ('policy = "own"', "'policy': .*own: cannot be read"),
        ('colour = "red"', "unknown key 'colour'"),
        ('name = "a\\tb"', "'name' must be at most 100 printable characters"),
        ('[[webhooks]]\nurl = "https://desk.example.org/b"\nsecret = "DESK"', "stands here twice"),
        ('[[webhooks]]\nurl = "http://127.0.0.1/"\nsecret = "DESK"', "'url': .*loopback"),
        ('[[webhooks]]\nurl = "https://b.example.org/"\nsecret = "s3cr3t!"', "has no place here"),
    ],
)
def test_what_is_wrong_with_a_webhook_is_told_with_its_line(tmp_path: Path, more: str, reason: str) -> None:
    with pytest.raises(DataFileError, match=rf"feeds\.toml:\d+: .*{reason}"):
        listed(tmp_path, more)


def test_a_server_of_ones_own_network_is_allowed_by_its_number(tmp_path: Path) -> None:
    _, own = listed(tmp_path, '[[webhooks]]\nurl = "http://10.0.0.7:8080/"\nsecret = "OWN"\nallow = ["10.0.0.7/32"]\n')
    assert own.allow == ("10.0.0.7/32",)


# What is kept


def test_what_is_owed_is_kept_in_every_database_in_the_order_of_events(where: Path | str) -> None:
    def row(event: str, outcome: Any, minutes: int | None, **more: Any) -> Notice:
        due = None if minutes is None else NOW + timedelta(minutes=minutes)
        return Notice(
            webhook="desk", event=event, subject="s", state=event, outcome=outcome, due=due, learnt=NOW, **more
        )

    with Store.open(where) as store:
        store.add_notices([row("e-2", "owed", 0, message="second"), row("e-1", "owed", 0, message="first")])
        store.add_notices([row("e-2", "failed", 5), row("e-1", "failed", 1), row("e-0", "known", None)])
        assert [(one.event, one.outcome) for one in store.owed("desk")] == [("e-2", "failed"), ("e-1", "failed")]
        assert (store.message("desk", "e-2"), store.failures("desk", "e-2")) == ("second", 1)
        assert store.noticed("desk") == {"s": ("e-0", 3)}
        store.add_notices([row("e-2", "told", None, status=200)])
        assert [one.event for one in store.owed("desk")] == ["e-1"]
        assert store.owed("other") == ()
        assert store.check().faults == ()
