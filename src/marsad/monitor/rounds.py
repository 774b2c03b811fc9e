"""Rounds over feeds: what is due is asked for, and what came is kept at once, with when to ask again.

All that is known of an address stands in the store's visits, so a round that ends in the middle goes on where it was.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.fetching import Fetcher, FetchError, NotModified, Stopped, SystemClock, load_fetching
from marsad.intake import Taken, feed_entries, load_columns, read_inputs
from marsad.monitor.adding import Kept
from marsad.monitor.turns import Turn
from marsad.records import Outcome
from marsad.store import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marsad.fetching import Clock, Feed, FeedList
    from marsad.intake import Skipped
    from marsad.monitor.adding import Adding
    from marsad.monitor.turns import Tell
    from marsad.records import Capture
    from marsad.store import Store, VisitOutcome

NEVER = datetime.max.replace(tzinfo=UTC)
"""When an address is due that is asked for no more."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_ANSWERED = frozenset({"read", "unchanged"})
_LOOK_BACK = 64  # visits of an address: with doubled waits more than enough to count its failures
_ENTRIES = 2000  # of a feed whose pages are looked for: real ones have some hundreds
_DOUBLINGS = 16  # of a minute are a month and a half


@dataclass(slots=True)
class _Brought:
    """What a turn has brought so far, as in `Turn`."""

    added: int = 0
    updated: int = 0
    pages: int = 0
    reason: str | None = None
    trouble: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


class Rounds:
    """Asks for feeds in turn, each when it is due; `stop` ends that after what is being written."""

    def __init__(
        self,
        store: Store,
        adding: Adding,
        feeds: FeedList,
        *,
        fetcher: Fetcher | None = None,
        clock: Clock | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """Ask nothing yet; raise DataFileError where the column map of a feed is wrong."""
        self._store = store
        self._adding = adding
        self._feeds = feeds.feeds
        self._stop = stop or threading.Event()
        self._clock = clock or SystemClock(self._stop)
        self._fetcher = fetcher or Fetcher(contact=feeds.contact, delay=feeds.delay, clock=self._clock)
        self._pace = load_fetching().pace
        self._columns = {feed.address: load_columns(feed.columns) for feed in self._feeds if feed.columns}

    def run(self, read: Callable[[], datetime | None], tell: Tell | None = None, *, once: bool = False) -> None:
        """Go round until stopped, or once over what is due; `read` is called for what came in, also in an earlier run.

        It returns when it is to be called again, though no feed is due; None for never. Raises StoreError where the
        store cannot be written.
        """
        read()
        try:
            while not self._stop.is_set():
                self._round(tell)
                if self._stop.is_set():
                    return
                again = read()
                if once:
                    return
                wait = min((*map(self._due, self._feeds), again or NEVER)) - self._clock.now()
                if wait > timedelta(0):
                    self._clock.sleep(wait.total_seconds())
        except Stopped:
            return

    def _round(self, tell: Tell | None) -> None:
        due = {feed.address: self._due(feed) for feed in self._feeds}
        for feed in sorted(self._feeds, key=lambda one: due[one.address]):
            if due[feed.address] > self._clock.now() or self._stop.is_set():
                return
            turn = self._turn(feed)
            if tell:
                tell(turn)

    def _due(self, feed: Feed) -> datetime:
        """Return when a feed is to be asked for; one that shall be asked for more often since is due earlier."""
        known = self._store.visits(feed.address, limit=1)
        if not known:
            return _ALWAYS
        return min(known[0].due, known[0].learnt + feed.every) if known[0].outcome in _ANSWERED else known[0].due

    # One turn

    def _turn(self, feed: Feed) -> Turn:
        at, turn = self._clock.now(), _Brought()
        self._ask_feed(feed, turn)
        if feed.pages:
            for page in self._store.pages(feed.address, due=self._clock.now())[: self._pace.pages]:
                if self._stop.is_set():
                    break
                turn.pages += 1
                self._ask_page(feed, page, turn)
        self._adding.note((item.origin, item.reason) for item in turn.skipped)
        return Turn(
            name=feed.name,
            address=feed.address,
            at=at,
            due=self._due(feed),
            added=turn.added,
            updated=turn.updated,
            pages=turn.pages,
            reason=turn.reason,
            trouble=tuple(turn.trouble),
            skipped=tuple(turn.skipped),
        )

    def _ask_feed(self, feed: Feed, turn: _Brought) -> None:
        """Ask for a feed, and keep what it carries, or which pages it names."""
        known = self._store.visits(feed.address, limit=_LOOK_BACK)
        past = _validators(known)
        try:
            answer = self._fetcher.fetch(feed.address, etag=past["etag"], modified=past["modified"])
            if isinstance(answer, NotModified):
                self._store.add_visit(self._visit(feed.address, "unchanged", feed.every, status=304, **past))
            elif feed.pages:
                self._note_pages(feed, answer)
            else:
                self._keep(feed, answer, turn, self._visit(feed.address, "read", feed.every, **_told(answer)))
        except FetchError as error:
            turn.reason = str(error)
            wait = min(feed.every * 2 ** min(_failures(known) + 1, _DOUBLINGS), max(self._pace.longest, feed.every))
            wait = max(wait, error.wait or wait)
            self._store.add_visit(self._visit(feed.address, "failed", wait, **_why(error), **past))

    def _note_pages(self, feed: Feed, answer: Capture) -> None:
        """Keep which pages a feed names that are new, or were changed since they were fetched: they are due now."""
        with self._store.transaction():
            for link, updated in self._entries(feed, answer):
                known = self._store.visits(link, limit=1)
                fresh = bool(known) and (known[0].outcome == "found" or not updated or updated <= known[0].learnt)
                if link != feed.address and not fresh:
                    new = self._visit(link, "found", timedelta(0), feed=feed.address, **_validators(known))
                    self._store.add_visit(new)
            self._store.add_visit(self._visit(feed.address, "read", feed.every, **_told(answer)))

    def _entries(self, feed: Feed, answer: Capture) -> list[tuple[str, datetime | None]]:
        """Return the address of each entry's page, and when the feed says that it was changed."""
        try:
            entries = feed_entries(answer.data, answer.url)
        except InputError:  # other formats name pages too
            return self._named(feed, answer)
        if not entries:
            raise FetchError("a feed without entries")
        return [(entry.url, _instant(entry.updated)) for entry in entries if entry.url][:_ENTRIES]

    def _named(self, feed: Feed, answer: Capture) -> list[tuple[str, datetime | None]]:
        """Return the addresses of reports that an answer of another format holds, and when they were changed."""
        items = self._items(feed, feed.address, answer)
        if not any(isinstance(item, Taken) for item in items):
            raise FetchError(_reason(items))
        reports = [item.report for item in items if isinstance(item, Taken)]
        return [(report.url, report.updated) for report in reports if report.url][:_ENTRIES]

    def _ask_page(self, feed: Feed, page: Visit, turn: _Brought) -> None:
        """Ask for a page, and keep what it says."""
        known = self._store.visits(page.address, limit=_LOOK_BACK)
        past = _validators(known)
        answered = sum(one.outcome in _ANSWERED for one in known)
        wait = self._pace.again[answered] if answered < len(self._pace.again) else None
        try:
            answer = self._fetcher.fetch(page.address, etag=past["etag"], modified=past["modified"])
            if isinstance(answer, NotModified):
                new = self._visit(page.address, "unchanged", wait, status=304, feed=feed.address, **past)
                self._store.add_visit(new)
            else:
                new = self._visit(page.address, "read", wait, feed=feed.address, **_told(answer))
                self._keep(feed, answer, turn, new)
        except FetchError as error:
            turn.trouble.append(str(error))
            failures = _failures(known)
            last = error.final or failures + 1 >= self._pace.tries
            wait = None if last else max(self._pace.retry * 2**failures, error.wait or timedelta(0))
            outcome: VisitOutcome = "gone" if last else "failed"
            self._store.add_visit(self._visit(page.address, outcome, wait, feed=feed.address, **_why(error), **past))

    def _keep(self, feed: Feed, answer: Capture, turn: _Brought, visit: Visit) -> None:
        """Add the reports that an answer holds, its bytes and the visit, all or nothing; raise FetchError for none."""
        items = self._items(feed, visit.address, answer)
        if not any(isinstance(item, Taken) for item in items):
            raise FetchError(_reason(items))
        kept = Kept()
        with self._store.transaction():
            self._adding.keep(items, visit.learnt, kept)
            added, updated = len(kept.ids[Outcome.ADDED]), len(kept.ids[Outcome.UPDATED])
            if added + updated:
                self._store.add_capture(answer, learnt=visit.learnt)
            self._store.add_visit(
                replace(visit, added=added + updated, outcome="read" if added + updated else "unchanged")
            )
        turn.added += added
        turn.updated += updated
        turn.skipped += kept.skipped

    def _items(self, feed: Feed, address: str, answer: Capture) -> list[Taken | Skipped]:
        """Return the reports of an answer, and what gave none."""
        columns = self._columns.get(feed.address)
        found = read_inputs(
            [address], retrieved=answer.retrieved, columns=columns, fetch=lambda _: answer, given=feed.given
        )
        return list(found)

    def _visit(self, address: str, outcome: VisitOutcome, wait: timedelta | None, **more: Any) -> Visit:
        """Return a visit of now; without a wait the address is asked for no more."""
        now = self._clock.now()
        return Visit(address=address, outcome=outcome, due=NEVER if wait is None else now + wait, learnt=now, **more)


def _instant(words: str | None) -> datetime | None:
    """Return the instant of a feed's entry; None where it has no zone, since then it cannot be compared."""
    when = datetime.fromisoformat(words) if words else None
    return when if when and when.tzinfo else None


def _validators(known: Sequence[Visit]) -> dict[str, str | None]:
    """Return what tells the server which answer is known: each visit carries on what the last answer came with."""
    return {"etag": known[0].etag, "modified": known[0].modified} if known else {"etag": None, "modified": None}


def _told(answer: Capture) -> dict[str, Any]:
    return {"status": 200, "etag": answer.etag, "modified": answer.modified}


def _why(error: FetchError) -> dict[str, Any]:
    return {"status": error.status, "reason": str(error)}


def _failures(known: Sequence[Visit]) -> int:
    """Return how often an address failed, one time after the other; visits come the latest first."""
    return next((count for count, one in enumerate(known) if one.outcome != "failed"), len(known))


def _reason(items: Sequence[Taken | Skipped]) -> str:
    return next((item.reason for item in items if not isinstance(item, Taken)), "nothing in it")
