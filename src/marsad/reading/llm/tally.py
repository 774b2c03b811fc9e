"""What asking a model took and gave: requests, tokens, cost, refusals, and what was dropped, with why."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.reading.llm.settings import Price

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmTally:
    """What asking a model took and gave.

    `requests` counts every one that was sent, `retries` those of them that were another try; `cached` answers were
    kept from earlier and cost nothing. `tokens_in` and `tokens_out` are as the endpoint counts them; `uncounted`
    answers came without such counts. `cost` is by the prices of the settings, None where there are none. `refused`
    answers were no answers, `cut_off` ones reached the longest length; `damaged` entries of the cache could not be
    read or written. `claims` passed every check; `dropped` did not, by reason; `left_open` are fields that did not.
    """

    requests: int
    retries: int
    cached: int
    tokens_in: int
    tokens_out: int
    uncounted: int
    cost: float | None
    currency: str | None
    refused: int
    cut_off: int
    damaged: int
    unread: int
    claims: int
    dropped: Mapping[str, int]
    left_open: Mapping[str, int]

    def in_words(self) -> tuple[str, ...]:
        """Return it in a few lines."""
        tokens = f"{self.tokens_in:,} tokens in and {self.tokens_out:,} out"
        tokens += f" ({self.uncounted:,} answers not counted)" if self.uncounted else ""
        cost = "cost unknown" if self.cost is None else f"{self.cost:,.4f} {self.currency}"
        sent = f"{self.requests:,} requests, {self.retries:,} of them retries; {self.cached:,} answers from the cache"
        lines = [sent, f"{tokens}; {cost}"]
        failed = {"reports not read": self.unread, "refused": self.refused, "cut off": self.cut_off}
        failed["entries of the cache damaged"] = self.damaged
        lines += [", ".join(f"{count:,} {what}" for what, count in failed.items() if count)]
        lines += [f"{self.claims:,} claims, {sum(self.dropped.values()):,} dropped{_reasons(self.dropped)}"]
        lines += [f"{sum(self.left_open.values()):,} fields left open{_reasons(self.left_open)}"]
        return tuple(line for line in lines if line)


@dataclass
class Counting:
    """Counts from several threads at once."""

    price: Price | None = None
    _counts: Counter[str] = field(default_factory=Counter)
    _dropped: Counter[str] = field(default_factory=Counter)
    _left_open: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, what: str, count: int = 1) -> None:
        """Count one of the fields of a tally up."""
        with self._lock:
            self._counts[what] += count

    def dropped(self, reason: str) -> None:
        """Count a claim that failed a check."""
        with self._lock:
            self._dropped[reason] += 1

    def left_open(self, reason: str) -> None:
        """Count a field that failed a check."""
        with self._lock:
            self._left_open[reason] += 1

    def tally(self) -> LlmTally:
        """Return what was counted so far."""
        with self._lock:
            counts, price = Counter(self._counts), self.price
            names = ("requests", "retries", "cached", "tokens_in", "tokens_out", "uncounted", "refused", "cut_off")
            dropped, left_open = (dict(one.most_common()) for one in (self._dropped, self._left_open))
        cost = None
        if price is not None:
            cost = (counts["tokens_in"] * price.tokens_in + counts["tokens_out"] * price.tokens_out) / _MILLION
        return LlmTally(
            **{name: counts[name] for name in (*names, "damaged", "unread", "claims")},
            cost=cost,
            currency=price.currency if price is not None else None,
            dropped=dropped,
            left_open=left_open,
        )


def _reasons(counts: Mapping[str, int]) -> str:
    return ": " + ", ".join(f"{reason} {count:,}" for reason, count in counts.items()) if counts else ""
