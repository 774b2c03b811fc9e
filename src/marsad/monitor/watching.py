"""What watching does: feeds asked for again and again, and how each of them fared."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.records import Health

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable
    from datetime import datetime

    from marsad.fetching import Clock, FeedList, Fetcher
    from marsad.monitor.adding import Adding, Progress
    from marsad.monitor.turns import Tell, TellNotice
    from marsad.outputs import Picture
    from marsad.releasing import Gate, Out
    from marsad.store import Store
    from marsad.theatre import Theatre
    from marsad.vocabulary import Policy

_ANSWERED = frozenset({"read", "unchanged"})
_LOOK_BACK = 1000  # visits: nothing that answers was silent for longer


class Watching(ABC):
    """Feeds that are watched; a part of `Monitor`."""

    _store: Store
    _adding: Adding
    _theatre: Theatre | None

    @abstractmethod
    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant."""

    @abstractmethod
    def _gate_of(self, policy: Policy, theatre: Theatre | None) -> Gate: ...

    @abstractmethod
    def _out(self, gate: Gate) -> Out: ...

    def watch(
        self,
        feeds: Path | str | FeedList,
        *,
        once: bool = False,
        tell: Tell | None = None,
        stop: threading.Event | None = None,
        tell_notice: TellNotice | None = None,
        progress: Progress | None = None,
        fetcher: Fetcher | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Ask for the feeds of a list whenever they are due, and add what they bring, until `stop` is set.

        `feeds` is the list or its file. `once` asks for what is due now, and returns. `tell` is told what each turn of
        a feed brought; after a round all that came in is read and linked, and the webhooks of the list are told what is
        new; `tell_notice` is told what came of each try. What is known of each address stands in the
        monitor, so that a later call goes on there. `fetcher` and `clock` take the place of those that the list asks
        for. Raises DataFileError for a wrong list, and InputError where the environment lacks a webhook's secret.
        """
        from marsad.fetching import SystemClock  # noqa: PLC0415 - slow, and most commands ask no server
        from marsad.monitor.rounds import Rounds  # noqa: PLC0415
        from marsad.monitor.telling import Telling  # noqa: PLC0415

        chosen = _loaded(feeds)
        clock = clock or SystemClock(stop)
        telling = Telling(
            self._store, chosen.webhooks, partial(self._let_out, clock), tell=tell_notice, stop=stop, clock=clock
        )
        rounds = Rounds(self._store, self._adding, chosen, fetcher=fetcher, clock=clock, stop=stop)

        def read() -> datetime | None:
            self._adding.catch_up(progress)
            return telling.round()

        rounds.run(read, tell, once=once)

    def _let_out(self, clock: Clock, policy: Policy) -> Picture:
        """Return the picture of now, as a policy lets it out."""
        gate = self._gate_of(policy, self._theatre)
        return gate.release(self.picture(gate.until(None, clock.now())), self._out(gate))

    def health(self, feeds: Path | str | FeedList | None = None) -> tuple[Health, ...]:
        """Return how each feed of a list fared, in its order, or each that was ever watched.

        Raises DataFileError for a wrong list.
        """
        if feeds is None:
            names = {address: address for address in self._store.watched()}
        else:
            names = {feed.address: feed.name for feed in _loaded(feeds).feeds}
        with self._store.snapshot():
            return tuple(self._healths(names.items()))

    def _healths(self, names: Iterable[tuple[str, str]]) -> Iterable[Health]:
        for address, name in names:
            visits = self._store.visits(address, limit=_LOOK_BACK)
            answered = next((count for count, one in enumerate(visits) if one.outcome in _ANSWERED), len(visits))
            added, last_new = self._store.brought(address)
            yield Health(
                name=name,
                address=address,
                last_visit=visits[0].learnt if visits else None,
                last_success=visits[answered].learnt if answered < len(visits) else None,
                last_new=last_new,
                failures=answered,
                reason=visits[0].reason if answered else None,
                due=visits[0].due if visits else None,
                added=added,
            )


def _loaded(feeds: Path | str | FeedList) -> FeedList:
    from marsad.fetching import load_feeds  # noqa: PLC0415 - slow, and most commands ask no server

    return load_feeds(Path(feeds)) if isinstance(feeds, Path | str) else feeds
