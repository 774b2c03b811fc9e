"""Watching feeds of a real server: what is taken in, when each address is asked for again, what a restart knows."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from fetching_support import LOOPBACK, START, Server, StillClock, page, status
from marsad import DataFileError, Fetcher, Monitor
from marsad.fetching import Feed, FeedList, load_feeds
from marsad.monitor.adding import Adding
from marsad.monitor.rounds import NEVER, Rounds
from marsad.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from marsad.gazetteer import Gazetteer
    from marsad.monitor import Turn

EVERY = timedelta(minutes=15)
FIRST = "Rebels entered the town of Qarn on Monday."
SECOND = "The army left the town of Bay on Tuesday."


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


class Watch:
    """A store, a clock that stands, and rounds over the feeds of one server."""

    def __init__(self, path: Path, server: Server) -> None:
        self.path = path
        self.server = server
        self.clock = StillClock()
        self.turns: list[Turn] = []
        self.reads = 0

    @contextmanager
    def store(self) -> Iterator[Store]:
        with Store.open(self.path) as opened:
            yield opened

    def once(self, *feeds: Feed, after: timedelta = timedelta(0)) -> list[Turn]:
        """Return the turns of one round, by a process of its own, some time later."""
        self.clock.time += after
        before = len(self.turns)
        self.run(FeedList(feeds=feeds), once=True)
        return self.turns[before:]

    def run(self, feeds: FeedList, stop: threading.Event | None = None, *, once: bool = False) -> None:
        def read() -> None:
            self.reads += 1

        def tell(turn: Turn) -> None:
            self.turns.append(turn)
            if stop and len(self.turns) >= 3:
                stop.set()

        with self.store() as store, ExitStack() as closing:
            adding = Adding(store, None, None, closing)
            held = Fetcher(also_allowed=LOOPBACK, clock=self.clock)
            Rounds(store, adding, feeds, fetcher=held, clock=self.clock, stop=stop).run(read, tell, once=once)

    def texts(self) -> list[str]:
        with self.store() as store:
            return sorted(report.text for report in store.reports())

    def feed(self, path: str = "/feed", **more: Any) -> Feed:
        return Feed(**{"address": self.server.at(path), "name": "Example News", "every": EVERY, "given": {}, **more})


@pytest.fixture
def watch(tmp_path: Path, server: Server) -> Watch:
    return Watch(tmp_path / "war.marsad", server)


def entries(*texts: str, **more: Any) -> str:
    return json.dumps([{"id": f"e{number}", "text": text, **more} for number, text in enumerate(texts)])


def links(*addresses: str, **more: Any) -> str:
    return json.dumps([{"text": f"More at {one}", "url": one, **more} for one in addresses])


def feed_of(body: str, **headers: str) -> Any:
    return page(body, "application/json", **headers)


# What a feed carries


def test_what_a_feed_carries_is_taken_in_and_then_read(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST, SECOND))
    (turn,) = watch.once(watch.feed())
    assert (turn.added, turn.updated, turn.reason, turn.due) == (2, 0, None, START + EVERY)
    assert watch.texts() == [FIRST, SECOND]
    assert watch.reads == 2  # what an earlier run left, and what came in


def test_a_feed_is_not_asked_for_before_it_is_due(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST))
    watch.once(watch.feed())
    assert watch.once(watch.feed(), after=EVERY - timedelta(seconds=1)) == []
    assert len(watch.once(watch.feed(), after=timedelta(seconds=1))) == 1
    assert server.paths().count("/feed") == 2


def test_a_feed_that_shall_be_asked_for_more_often_is(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST))
    watch.once(watch.feed(every=timedelta(days=1)))
    assert len(watch.once(watch.feed(), after=EVERY)) == 1


def test_a_restart_asks_only_for_what_changed(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST), ETag='"1"', Last_Modified="Sun, 04 May 2031 11:00:00 GMT")
    watch.once(watch.feed())
    server.answers["/feed"] = status(304)
    for _ in range(2):
        (turn,) = watch.once(watch.feed(), after=EVERY)
        assert (turn.added, turn.updated, turn.reason) == (0, 0, None)
        assert server.asked[-1][1]["if-none-match"] == '"1"'
        assert server.asked[-1][1]["if-modified-since"] == "Sun, 04 May 2031 11:00:00 GMT"


def test_an_entry_that_changed_is_a_new_version(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST))
    watch.once(watch.feed())
    server.answers["/feed"] = feed_of(entries(SECOND))
    (turn,) = watch.once(watch.feed(), after=EVERY)
    assert (turn.added, turn.updated) == (0, 1)
    with watch.store() as store:
        first, second = sorted(store.versions("e0"), key=lambda one: one.version_of is not None)
    assert (first.text, second.text, second.version_of) == (FIRST, SECOND, "e0")
    assert second.said == START + EVERY


def test_the_same_again_is_unchanged_and_its_bytes_are_not_kept_twice(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST))
    watch.once(watch.feed())
    server.answers["/feed"] = feed_of(entries(FIRST) + " ")
    (turn,) = watch.once(watch.feed(), after=EVERY)
    assert (turn.added, turn.updated) == (0, 0)
    with watch.store() as store:
        assert store.visits(watch.feed().address)[0].outcome == "unchanged"
        assert [store.capture(one.content or "") is not None for one in store.receipts()] == [True]


def test_what_was_fetched_is_kept_beside_its_receipt(watch: Watch, server: Server) -> None:
    body = entries(FIRST)
    server.answers["/feed"] = feed_of(body)
    watch.once(watch.feed())
    with watch.store() as store:
        (receipt,) = store.receipts()
        assert receipt.content is not None
        kept = store.capture(receipt.content)
        assert kept is not None
        assert (kept.data, kept.url, kept.media_type) == (body.encode(), watch.feed().address, "application/json")
        assert kept.retrieved == START
        assert store.check().faults == ()


def test_what_the_list_says_of_a_feed_holds_for_its_reports(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST, publisher="Somebody"))
    watch.once(watch.feed(given={"publisher": "Example News", "kind": "newspaper"}))
    with watch.store() as store:
        (report,) = store.reports()
    assert (report.publisher, report.kind) == ("Example News", "newspaper")


def test_entries_that_cannot_be_read_are_noted_once(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(json.dumps([{"text": FIRST}, {"text": "..."}, 7]))
    for _ in range(2):
        (turn,) = watch.once(watch.feed(), after=EVERY)
        assert turn.reason is None
    with watch.store() as store:
        assert [skip.reason for skip in store.skips()] == [
            "'text' holds no words",
            "not a report: a JSON object is expected, not 7",
        ]


# Failures


def test_a_feed_that_fails_is_asked_for_ever_more_rarely(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = status(500)
    waits = []
    for _ in range(9):
        (turn,) = watch.once(watch.feed())
        assert turn.reason == "answered 500"
        waits.append((turn.due - watch.clock.time).total_seconds() / 60)
        watch.clock.time = turn.due
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    server.answers["/feed"] = feed_of(entries(FIRST))
    (turn,) = watch.once(watch.feed())
    assert (turn.reason, turn.due) == (None, watch.clock.time + EVERY)


def test_a_server_that_asks_to_be_left_alone_is(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = status(429, Retry_After="7200")
    (turn,) = watch.once(watch.feed())
    assert turn.due == START + timedelta(hours=2)


def test_a_failure_forgets_no_validators(watch: Watch, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST), ETag='"1"')
    watch.once(watch.feed())
    server.answers["/feed"] = status(500)
    watch.once(watch.feed(), after=EVERY)
    watch.once(watch.feed(), after=timedelta(days=1))
    assert server.asked[-1][1]["if-none-match"] == '"1"'


def test_one_feed_that_fails_keeps_no_other_waiting(watch: Watch, server: Server) -> None:
    server.answers |= {"/bad": feed_of("{"), "/feed": feed_of(entries(FIRST))}
    bad, good = watch.once(watch.feed("/bad", name="Bad"), watch.feed())
    assert bad.reason is not None
    assert bad.reason.startswith("not JSON")
    assert good.added == 1


# Pages


def test_the_page_of_each_entry_is_fetched_in_place_of_the_entry(watch: Watch, server: Server) -> None:
    server.answers |= {
        "/feed": feed_of(links(server.at("/one"), server.at("/two"))),
        "/one": page(FIRST),
        "/two": page(SECOND),
    }
    (turn,) = watch.once(watch.feed(pages=True, given={"publisher": "Example News"}))
    assert (turn.added, turn.pages, turn.trouble) == (2, 2, ())
    assert watch.texts() == [FIRST, SECOND]
    with watch.store() as store:
        assert {report.publisher for report in store.reports()} == {"Example News"}
        assert {report.url for report in store.reports()} == {server.at("/one"), server.at("/two")}
    assert watch.clock.waits == [2.0, 2.0]


def test_a_page_is_read_again_on_a_falling_schedule_and_then_no_more(watch: Watch, server: Server) -> None:
    server.answers |= {"/feed": feed_of(links(server.at("/one"))), "/one": page(FIRST)}
    hours = []
    for _ in range(30):
        (turn,) = watch.once(watch.feed(pages=True), after=timedelta(hours=1))
        hours += [round((turn.at - START) / timedelta(hours=1))] * turn.pages
    assert [hour - hours[0] for hour in hours] == [0, 1, 6, 24]
    with watch.store() as store:
        assert store.visits(server.at("/one"), limit=1)[0].due == NEVER


def test_a_page_that_changed_is_a_new_version(watch: Watch, server: Server) -> None:
    server.answers |= {"/feed": feed_of(links(server.at("/one"))), "/one": page(FIRST)}
    watch.once(watch.feed(pages=True))
    server.answers["/one"] = page(SECOND)
    (turn,) = watch.once(watch.feed(pages=True), after=timedelta(hours=2))
    assert (turn.added, turn.updated) == (0, 1)
    with watch.store() as store:
        (later,) = [report for report in store.reports() if report.version_of]
        assert later.text == SECOND
        assert len(store.versions(later.version_of or "")) == 2


def test_a_page_that_the_feed_says_was_changed_is_read_at_once(watch: Watch, server: Server) -> None:
    server.answers |= {"/feed": feed_of(links(server.at("/one"))), "/one": page(FIRST)}
    watch.once(watch.feed(pages=True))
    told = (watch.clock.time + timedelta(minutes=5)).isoformat()
    server.answers |= {"/feed": feed_of(links(server.at("/one"), updated=told)), "/one": page(SECOND)}
    (turn,) = watch.once(watch.feed(pages=True), after=EVERY)
    assert turn.updated == 1
    (turn,) = watch.once(watch.feed(pages=True), after=EVERY)
    assert turn.pages == 0


def test_pages_that_a_crash_left_behind_are_fetched_by_the_next_run(watch: Watch, server: Server) -> None:
    stop = threading.Event()

    def ends(handler: Any) -> None:
        page(FIRST)(handler)
        stop.set()

    server.answers |= {
        "/feed": feed_of(links(server.at("/one"), server.at("/two")), ETag='"1"'),
        "/one": ends,
        "/two": page(SECOND),
    }
    watch.run(FeedList(feeds=(watch.feed(pages=True),)), stop)
    assert watch.texts() == [FIRST]
    server.answers["/feed"] = status(304)
    (turn,) = watch.once(watch.feed(pages=True), after=EVERY)
    assert (turn.pages, turn.added) == (1, 1)
    assert watch.texts() == [FIRST, SECOND]


def test_pages_go_through_all_rules(watch: Watch, server: Server) -> None:
    bad = ["http://127.0.0.2/a", "http://169.254.169.254/latest", "file:///etc/passwd", "http://localhost/"]
    server.answers |= {"/feed": feed_of(links(*bad, server.at("/gone"), server.at("/login")))}
    server.answers["/login"] = status(403)
    (turn,) = watch.once(watch.feed(pages=True))
    assert (turn.pages, turn.added, len(turn.trouble)) == (6, 0, 6)
    (turn,) = watch.once(watch.feed(pages=True), after=timedelta(days=30))
    assert turn.pages == 0  # none of them is asked for again


def test_a_page_that_fails_is_tried_again_a_few_times(watch: Watch, server: Server) -> None:
    server.answers |= {"/feed": feed_of(links(server.at("/one"))), "/one": status(500)}
    for _ in range(12):
        watch.once(watch.feed(pages=True), after=timedelta(hours=1))
    assert server.paths().count("/one") == 5


def test_many_new_pages_are_spread_over_turns(watch: Watch, server: Server) -> None:
    addresses = [server.at(f"/{number}") for number in range(60)]
    server.answers |= {"/feed": feed_of(links(*addresses))}
    server.answers |= {f"/{number}": page(f"Report {number} of the day.") for number in range(60)}
    (turn,) = watch.once(watch.feed(pages=True))
    assert (turn.pages, turn.added) == (50, 50)
    (turn,) = watch.once(watch.feed(pages=True), after=EVERY)
    assert turn.added == 10


# The loop


def test_rounds_go_on_until_stopped_each_feed_at_its_own_pace(watch: Watch, server: Server) -> None:
    server.answers |= {"/often": feed_of(entries(FIRST)), "/rarely": feed_of(entries(SECOND))}
    feeds = (watch.feed("/often", name="often"), watch.feed("/rarely", name="rarely", every=timedelta(hours=1)))
    watch.run(FeedList(feeds=feeds), threading.Event())
    assert [turn.name for turn in watch.turns] == ["often", "rarely", "often"]
    assert watch.turns[2].at == START + EVERY


def test_a_stop_before_the_start_asks_for_nothing(watch: Watch, server: Server) -> None:
    stop = threading.Event()
    stop.set()
    watch.run(FeedList(feeds=(watch.feed(),)), stop)
    assert server.asked == []


def test_waiting_ends_when_stopped(tmp_path: Path, server: Server) -> None:
    server.answers["/feed"] = feed_of(entries(FIRST))
    stop = threading.Event()
    feed = Feed(address=server.at("/feed"), name="Example News", every=EVERY, given={})
    with Store.open(tmp_path / "war.marsad") as store, ExitStack() as closing:
        rounds = Rounds(
            store, Adding(store, None, None, closing), FeedList(feeds=(feed,)), fetcher=local_fetcher(), stop=stop
        )
        turns: list[Turn] = []
        running = threading.Thread(target=rounds.run, args=(lambda: None, turns.append))
        running.start()
        while not turns:
            stop.wait(0.01)
        stop.set()
        running.join(timeout=10)
        assert not running.is_alive()


def local_fetcher() -> Fetcher:
    return Fetcher(also_allowed=LOOPBACK)


# Health


def test_health_tells_how_each_feed_fares(watch: Watch, server: Server) -> None:
    server.answers |= {"/feed": feed_of(links(server.at("/one"))), "/one": page(FIRST), "/bad": feed_of("{")}
    good, bad = watch.feed(pages=True), watch.feed("/bad", name="Bad")
    watch.once(good, bad)
    watch.once(good, bad, after=timedelta(minutes=30))
    never = watch.feed("/never", name="Never")
    with Monitor.open(watch.path) as monitor:
        first, second, third = monitor.health(FeedList(feeds=(good, bad, never)))
        assert [one.address for one in monitor.health()] == [good.address, bad.address]
    assert (first.name, first.failures, first.reason, first.added) == ("Example News", 0, None, 1)
    assert first.last_visit is not None
    assert first.last_success == first.last_visit
    assert first.last_new is not None
    assert first.last_new < first.last_visit
    assert (second.failures, second.last_success, second.last_new, second.added) == (2, None, None, 0)
    assert second.reason is not None
    assert second.reason.startswith("not JSON")
    assert (third.last_visit, third.due, third.failures) == (None, None, 0)


# Through the monitor


@pytest.mark.slow
def test_a_monitor_reads_what_it_watches_and_what_it_is_told_to_add(
    tmp_path: Path, server: Server, gazetteer: Gazetteer
) -> None:
    server.answers |= {"/feed": feed_of(entries(FIRST)), "/one": page(SECOND)}
    feeds = FeedList(feeds=(Feed(address=server.at("/feed"), name="Example News", every=EVERY, given={}),))
    clock = StillClock(datetime.now(UTC))  # adding goes by the real one
    held = Fetcher(also_allowed=LOOPBACK, clock=clock)
    with Monitor.open(tmp_path / "war.marsad", gazetteer=gazetteer, fetcher=held) as monitor:
        turns: list[Turn] = []
        monitor.watch(feeds, once=True, tell=turns.append, fetcher=held, clock=clock)
        assert turns[0].added == 1
        assert {claim.event for claim in monitor.claims()} == {"enter"}
        receipt = monitor.add([server.at("/one"), server.at("/none"), "http://127.0.0.2/"])
        assert len(receipt.added) == 1
        assert [skip.reason for skip in receipt.skipped] == [
            "gone (404)",
            "not fetched: 127.0.0.2 is a loopback address",
        ]
        server.answers["/one"] = page(SECOND + " It said so.")
        assert len(monitor.add([server.at("/one")]).updated) == 1
        assert len(monitor.versions(receipt.added[0])) == 2
    with Store.open(tmp_path / "war.marsad") as store:
        assert all(store.capture(one.content or "") for one in store.receipts())


# The list of feeds

GOOD = """
contact = "desk@example.org"
delay = "5s"

[[feeds]]
address = "https://news.example.org/feed.xml#top"
name = "Example News"
publisher = "Example News"
kind = "newspaper"
every = "1h"
pages = true
columns = "columns.toml"

[[feeds]]
address = "https://other.example.org/"
"""


def test_a_list_of_feeds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(GOOD)
    found = load_feeds(path)
    assert (found.contact, found.delay) == ("desk@example.org", 5.0)
    assert found.feeds == (
        Feed(
            address="https://news.example.org/feed.xml",
            name="Example News",
            every=timedelta(hours=1),
            pages=True,
            given={"publisher": "Example News", "kind": "newspaper"},
            columns=tmp_path / "columns.toml",
        ),
        Feed(address="https://other.example.org/", name="https://other.example.org/", every=EVERY, given={}),
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: "", "no feeds"),
        (lambda text: "feeds = 7", "no feeds"),
        (lambda text: text.replace("every", "often"), ":10: unknown key 'often'"),
        (lambda text: text.replace('"1h"', '"1 hour"'), ":10: 'every' must be a period"),
        (lambda text: text.replace('"1h"', '"59s"'), ":10: 'every' must be from 1m to 30d"),
        (lambda text: text.replace('"1h"', '"31d"'), ":10: 'every' must be from 1m to 30d"),
        (lambda text: text.replace('"5s"', '"0s"'), ":3: 'delay' must be from 1s to 1h"),
        (lambda text: text.replace('"newspaper"', '"paper"'), ":9: 'kind' is 'paper'"),
        (lambda text: text.replace("true", '"yes"'), ":11: 'pages' must be true or false"),
        (lambda text: text.replace("https://news.example.org", "http://127.0.0.1"), ":6: 'address': not fetched: 127"),
        (lambda text: text.replace("https://news", "ftp://news"), ":6: 'address': not fetched: only http and https"),
        (
            lambda text: text.replace("other.example.org/", "news.example.org/feed.xml"),
            ":15: address .* stands .* twice",
        ),
        (lambda text: text + 'name = "Example News"', ":16: name 'Example News' stands here twice"),
        (lambda text: text.replace("desk@example.org", "the desk"), ":2: 'contact' must be"),
    ],
)
def test_a_wrong_list_of_feeds_is_refused_with_its_line(
    tmp_path: Path, change: Callable[[str], str], words: str
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(change(GOOD))
    with pytest.raises(DataFileError, match=words):
        load_feeds(path)


def test_a_wrong_column_map_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(GOOD)
    with Monitor.open(tmp_path / "war.marsad") as monitor, pytest.raises(DataFileError, match=r"columns\.toml"):
        monitor.watch(tmp_path / "feeds.toml", once=True)
