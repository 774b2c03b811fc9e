"""How often each client may do something: a bucket that empties with every request, and fills again with time."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.web.limits import Pace


class Buckets:
    """A bucket for each client, those seen last; a client that is forgotten begins with a full one."""

    def __init__(self, pace: Pace, remembered: int) -> None:
        """Remember nobody yet."""
        self._pace = pace
        self._remembered = remembered
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Take one from the client's bucket and return 0, or how many seconds it must wait until there is one."""
        left = self._level(client, now)
        if left < 1:
            return (1 - left) / self._pace.a_second
        self._left[client] = left - 1, now
        self._left.move_to_end(client)
        if len(self._left) > self._remembered:
            self._left.popitem(last=False)
        return 0.0

    def empty(self, client: str, now: float) -> bool:
        """Tell whether nothing is left in the client's bucket; nothing is taken."""
        return self._level(client, now) < 1

    def _level(self, client: str, now: float) -> float:
        left, then = self._left.get(client, (self._pace.burst, now))
        return min(self._pace.burst, left + (now - then) * self._pace.a_second)
