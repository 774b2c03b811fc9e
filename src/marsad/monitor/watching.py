"""What watching does: feeds asked for again and again, and how each of them fared."""

from __future__ import annotations

from abc import ABC
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.records import Health

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable

    from marsad.fetching import Clock, FeedList, Fetcher
    from marsad.monitor.adding import Adding, Progress
    from marsad.monitor.turns import Tell
    from marsad.store import Store

_ANSWERED = frozenset({"read", "unchanged"})
_LOOK_BACK = 1000  # visits: nothing that answers was silent for longer


class Watching(ABC):
    """Feeds that are watched; a part of `Monitor`."""

    _store: Store
    _adding: Adding

    def watch(
        self,
        feeds: Path | str | FeedList,
        *,
        once: bool = False,
        tell: Tell | None = None,
        stop: threading.Event | None = None,
        progress: Progress | None = None,
        fetcher: Fetcher | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Ask for the feeds of a list whenever they are due, and add what they bring, until `stop` is set.

        `feeds` is the list or its file. `once` asks for what is due now, and returns. `tell` is told what each turn of
        a feed brought; after a round all that came in is read and linked. What is known of each address stands in the
        monitor, so that a later call goes on there. `fetcher` and `clock` take the place of those that the list asks
        for. Raises DataFileError for a wrong list.
        """
        from marsad.monitor.rounds import Rounds  # noqa: PLC0415 - slow, and most commands ask no server

        rounds = Rounds(self._store, self._adding, _loaded(feeds), fetcher=fetcher, clock=clock, stop=stop)
        rounds.run(lambda: self._adding.catch_up(progress), tell, once=once)

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
