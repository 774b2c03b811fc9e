"""Telling webhooks what is new: everything at least once, under ids that stay, also over a restart.

What a webhook knows stands in the monitor. News is what stands otherwise in the picture than the webhook last knew: it
is written down as owed before anybody is told, and as told only once the webhook has said so.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.fetching import FetchError, Poster, SystemClock, key_of, load_fetching
from marsad.ids import identifier
from marsad.outputs import standings
from marsad.serial import to_json
from marsad.store import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from marsad.fetching import Clock, Webhook
    from marsad.monitor.turns import TellNotice
    from marsad.outputs import Picture, Standing
    from marsad.store import NoticeOutcome, Store
    from marsad.vocabulary import Policy

_AGAIN = timedelta(hours=1)  # after which a policy with a delay may let more out, though nothing came in


class Telling:
    """Tells webhooks; `drawn` returns the picture that a policy lets out now, `tell` is told what came of each try."""

    def __init__(
        self,
        store: Store,
        webhooks: Sequence[Webhook],
        drawn: Callable[[Policy], Picture],
        *,
        tell: TellNotice | None = None,
        stop: threading.Event | None = None,
        clock: Clock | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Tell nothing yet; raise InputError where the environment lacks a secret."""
        self._store = store
        self._webhooks = webhooks
        self._drawn = drawn
        self._told = tell
        self._stop = stop or threading.Event()
        self._clock = clock or SystemClock()
        self._rules = load_fetching().posting
        self._secrets = {hook.name: _secret(hook, environment) for hook in webhooks}
        self._posters = {hook.name: Poster(allow=hook.allow, clock=self._clock) for hook in webhooks}
        self._looked: dict[str, tuple[tuple[int, ...], datetime]] = {}

    def round(self) -> datetime | None:
        """Look for news, tell what is owed and due, and return when there is something to do again; None for never.

        A webhook that is new knows all that is there when it begins; so does one of a kind that is new to it.
        """
        return min(filter(None, map(self._serve, self._webhooks)), default=None)

    def _serve(self, hook: Webhook) -> datetime | None:
        if self._may_have_news(hook):
            self._store.add_notices(list(self._news(hook)))
        for owed in self._store.owed(hook.name):
            waits = owed.due is None or owed.due > self._clock.now()
            if waits or self._stop.is_set() or not self._tell(hook, owed):
                break  # what follows waits too: a server that fails is not pressed, and events come in their order
        return self._next(hook)

    def _next(self, hook: Webhook) -> datetime | None:
        """Return when a webhook may be told something again."""
        owed = next((one.due for one in self._store.owed(hook.name)), None)
        if not hook.policy.delay_hours:
            return owed
        look = self._looked[hook.name][1] + _AGAIN
        return look if owed is None else min(owed, look)

    # News

    def _may_have_news(self, hook: Webhook) -> bool:
        now, known = self._clock.now(), self._store.known()
        last = self._looked.get(hook.name)
        waits = hook.policy.delay_hours and last is not None and now >= last[1] + _AGAIN
        if last is not None and last[0] == known and not waits:
            return False
        self._looked[hook.name] = (known, now)
        return True

    def _news(self, hook: Webhook) -> Iterator[Notice]:
        """Yield what a webhook does not know yet: what it is owed, and what is only noted."""
        known, now = self._store.noticed(hook.name), self._clock.now()
        fresh = {kind for kind in hook.on if _begun(kind) not in known}
        for kind in sorted(fresh):
            begun = _begun(kind)
            yield Notice(webhook=hook.name, event=begun, subject=begun, state="", outcome="known", learnt=now)
        picture = self._drawn(hook.policy)
        for one in standings(picture):
            was, count = known.get(one.subject, ("", 0))
            if one.kind not in hook.on or one.state == was:
                continue
            event = identifier("e", one.subject, one.state, count)
            message = self._message(one, event, hook, picture)
            owed = one.told and one.kind not in fresh and (one.always or count > 0)
            yield Notice(
                webhook=hook.name,
                event=event,
                subject=one.subject,
                state=one.state,
                outcome="owed" if owed else "known",
                learnt=now,
                message=message if owed else None,
                due=now if owed else None,
            )

    def _message(self, one: Standing, event: str, hook: Webhook, picture: Picture) -> str:
        """Return a message as CloudEvents 1.0 have it."""
        data: dict[str, Any] = {**one.data, "policy": str(hook.policy), "as_of": to_json(picture.as_of)}
        message = {
            "specversion": "1.0",
            "id": event,
            "source": "/marsad/watch",
            "type": f"marsad.{one.kind}",
            "subject": one.about,
            "time": to_json(self._clock.now()),
            "datacontenttype": "application/json",
            "data": data,
        }
        return json.dumps(message, ensure_ascii=False, separators=(",", ":"))

    # Telling

    def _tell(self, hook: Webhook, owed: Notice) -> bool:
        """Try to tell a webhook what it is owed, keep what came of it, and return whether it may be told more now."""
        body = self._store.message(hook.name, owed.event).encode()
        try:
            status = self._posters[hook.name].post(hook.address, owed.event, body, self._secrets[hook.name])
        except FetchError as error:
            failures = self._store.failures(hook.name, owed.event)
            last = error.final or failures + 1 >= self._rules.tries
            wait = max(min(self._rules.retry * 2**failures, self._rules.longest), error.wait or timedelta(0))
            self._keep(owed, "gone" if last else "failed", error.status, str(error), None if last else wait)
            return last
        self._keep(owed, "told", status, None, None)
        return True

    def _keep(
        self, owed: Notice, outcome: NoticeOutcome, status: int | None, reason: str | None, wait: timedelta | None
    ) -> None:
        now = self._clock.now()
        due = None if wait is None else now + wait
        tried = replace(owed, outcome=outcome, message=None, status=status, reason=reason, due=due, learnt=now)
        self._store.add_notices([tried])
        if self._told:
            self._told(tried)


def _begun(kind: str) -> str:
    """Return what stands for all of a kind that a webhook knew when it began."""
    return f"begun-{kind}"


def _secret(hook: Webhook, environment: Mapping[str, str]) -> str:
    secret = environment.get(hook.secret, "")
    try:
        key_of(secret)
    except ValueError as error:
        raise InputError(f"webhook '{hook.name}': the variable {hook.secret} of the environment: {error}") from error
    return secret
