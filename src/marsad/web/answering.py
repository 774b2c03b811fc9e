"""Who answers a question: what was answered before, a process with a picture, or nobody in time.

Drawing a picture of a large monitor takes a minute and more of a processor. So it is done in a process of its own,
while another goes on answering from the last one; then the new one takes over. Answers are kept with their revision.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from marsad.web.clerks import Clerk, GoneError, Order
from marsad.web.desk import OK, UNAVAILABLE, problem, written
from marsad.web.endpoints import BY_NAME
from marsad.web.wire import Question, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from marsad.monitor import Monitor
    from marsad.web.limits import Limits

WARM = (
    Question(endpoint="monitor", values={}),
    Question(endpoint="disputes", values={}),
    Question(endpoint="claims", values={}),
    Question(endpoint="towns", values={"limit": 500}),
    Question(endpoint="report", values={}),
)
"""What the first page asks for: answered before a new picture takes over."""


class Desk:
    """Pictures of one kind: the one that is shown, and the one that is drawn to follow it."""

    def __init__(self, order: Order, limits: Limits, warm: Callable[[Clerk], Coroutine[Any, Any, None]]) -> None:
        """Draw nothing yet; `warm` is awaited before a clerk takes over."""
        self._order = order
        self._limits = limits
        self._warm = warm
        self._clerk: Clerk | None = None
        self._there = asyncio.Event()
        self._drawing: asyncio.Task[None] | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._rested = 0.0
        self.asked = 0.0

    @property
    def clerk(self) -> Clerk | None:
        """Who answers now, None before the first picture is drawn."""
        return self._clerk

    @property
    def waiting(self) -> int:
        """How many questions wait here."""
        return self._clerk.waiting if self._clerk else 0

    def look(self, revision: str) -> None:
        """Begin a new picture where what is shown is not of this revision, unless one is drawn or it is too soon."""
        clerk = self._clerk
        fresh = clerk is not None and (clerk.live or clerk.revision == revision)
        resting = clerk is not None and asyncio.get_running_loop().time() < self._rested
        if not (fresh or resting or self._drawing):
            self.begin()

    def begin(self) -> asyncio.Task[None]:
        """Begin a new picture, or return the one that is begun."""
        if self._drawing is None:
            self._drawing = asyncio.create_task(self._draw())
            self._drawing.add_done_callback(self._drawn)
        return self._drawing

    async def ready(self) -> Clerk:
        """Return who answers, as soon as there is one; raise GoneError where there is none."""
        if self._clerk is None:
            there = asyncio.ensure_future(self._there.wait())
            await asyncio.wait({self.begin(), there}, return_when=asyncio.FIRST_COMPLETED)
            there.cancel()
        if self._clerk is None:
            raise GoneError
        return self._clerk

    def lost(self, clerk: Clerk) -> None:
        """Let nobody ask a clerk any more that has ended."""
        if self._clerk is clerk:
            self._clerk = None
            self._there.clear()
        self._retire(clerk)

    async def close(self) -> None:
        """End all processes."""
        tasks = [task for task in (self._drawing, *self._retiring) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._clerk:
            await self._clerk.close()

    async def _draw(self) -> None:
        clerk = await Clerk.start(self._order)
        first = self._clerk is None
        if first:  # late answers are better than none
            self._clerk = clerk
            self._there.set()
        try:
            await self._warm(clerk)
        except BaseException:
            if not first:
                await clerk.close()
            raise
        before, self._clerk = None if first else self._clerk, clerk
        self._rested = asyncio.get_running_loop().time() + self._limits.rest * clerk.seconds
        if before:
            self._retire(before)

    def _drawn(self, task: asyncio.Task[None]) -> None:
        self._drawing = None
        if not task.cancelled():
            task.exception()  # whoever waits is told; nobody else needs to be

    def _retire(self, clerk: Clerk) -> None:
        task = asyncio.create_task(clerk.retire())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)


class Answering:
    """Answers questions about one monitor; `begin` and `close` enclose its use."""

    def __init__(self, held: Monitor, where: str, rules: str | None, limits: Limits) -> None:
        """Hold the monitor to look whether anything was added; pictures are drawn by others."""
        self._held = held
        self._where = where
        self._rules = rules
        self._limits = limits
        self._desks: OrderedDict[tuple[str | None, str | None], Desk] = OrderedDict()
        self._kept = Kept(limits.kept)
        self._asked: dict[tuple[str, str], asyncio.Task[Told]] = {}
        self._writes = count()
        self._looking: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()
        self.revision = written(held.revision())

    def begin(self) -> None:
        """Begin the first picture, and look for news from now on."""
        self._main.begin()
        self._looking = asyncio.create_task(self._look())

    async def close(self) -> None:
        """End everything."""
        tasks = [task for task in (self._looking, *self._asked.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *(desk.close() for desk in self._desks.values()), return_exceptions=True)

    def shown(self, question: Question) -> str | None:
        """Return the revision that the answer to a question would be of now; None where nobody can tell."""
        if BY_NAME[question.endpoint].live:
            return self.revision
        desk = self._desks.get(self._place(question))
        if desk is None or desk.clerk is None:
            return None
        return self.revision if desk.clerk.live else desk.clerk.revision

    async def tell(self, question: Question) -> Told:
        """Return the answer, or a problem with the status 503 where it takes too long; it is then there later."""
        revision = self.shown(question)
        if revision and (kept := self._kept.get((revision, question.key))):
            return kept
        key = (revision or "", question.key)
        if BY_NAME[question.endpoint].writes:
            key = (str(next(self._writes)), question.key)  # nobody's judgement stands for another's
        if key not in self._asked:
            if len(self._asked) >= self._limits.waiting:
                return problem(UNAVAILABLE, "Busy", "too many questions wait for their answer")
            task = asyncio.create_task(self._answered(question))
            self._asked[key] = task
            task.add_done_callback(lambda _: self._asked.pop(key, None))
        else:
            task = self._asked[key]
        try:
            return await asyncio.wait_for(asyncio.shield(task), self._limits.seconds)
        except TimeoutError:
            return problem(UNAVAILABLE, "Not yet", "this is being worked out; ask again in a moment")
        except GoneError:
            return problem(UNAVAILABLE, "Unavailable", "the monitor cannot be read just now")

    async def heard(self, revision: str) -> str:
        """Return the revision that is shown as soon as it is another one than this."""
        async with self._news:
            await self._news.wait_for(lambda: self._shown not in {revision, ""})
            return self._shown

    @property
    def _shown(self) -> str:
        clerk = self._main.clerk
        if clerk is None:
            return ""
        return self.revision if clerk.live else clerk.revision

    @property
    def _main(self) -> Desk:
        return self._desk(self._rules, None)

    def _desk(self, rules: str | None, as_of: str | None) -> Desk:
        key = (rules, as_of)
        if key not in self._desks:
            order = Order(where=self._where, rules=rules, as_of=as_of, in_place=self._limits.in_place)
            warm = self._warm if key == (self._rules, None) else _not
            self._desks[key] = Desk(order, self._limits, warm)
        return self._desks[key]

    def _place(self, question: Question) -> tuple[str | None, str | None]:
        """Return the rules and the instant of the pictures that a question is about.

        Where pictures are drawn at once, one process draws those of all instants.
        """
        rules = question.values.get("rules") or self._rules
        clerk = self._main.clerk
        live = clerk is None or clerk.live or BY_NAME[question.endpoint].live
        return rules, None if live else question.values.get("as_of")

    async def _answered(self, question: Question) -> Told:
        await self._main.ready()
        desk = self._desk(*self._place(question))
        desk.asked = asyncio.get_running_loop().time()
        endpoint = BY_NAME[question.endpoint]
        await self._make_room(desk)
        clerk = await desk.ready()
        try:
            found = await clerk.ask(question, lasting=endpoint.lasting)
        except GoneError:
            desk.lost(clerk)
            if endpoint.writes:
                raise
            clerk = await desk.ready()
            found = await clerk.ask(question, lasting=endpoint.lasting)
        if found.status == OK and endpoint.kept:
            self._kept.put((found.revision, question.key), found)
        if endpoint.writes and found.revision:
            await self._added(found.revision)
        return found

    async def _make_room(self, asked: Desk) -> None:
        """Put away the pictures beside the main one that nobody asked for the longest, where they are too many."""
        beside = [desk for desk in self._desks.values() if desk is not self._main]
        beside.sort(key=lambda desk: desk.asked)
        now = asyncio.get_running_loop().time()
        most = self._limits.beside
        for number, desk in enumerate(beside):
            old = now - desk.asked > self._limits.idle
            if desk is not asked and not desk.waiting and (old or len(beside) - number > most):
                self._desks = OrderedDict((key, one) for key, one in self._desks.items() if one is not desk)
                await desk.close()

    async def _warm(self, clerk: Clerk) -> None:
        for question in WARM:
            found = await clerk.ask(question, lasting=BY_NAME[question.endpoint].lasting)
            if found.status == OK:
                self._kept.put((found.revision, question.key), found)

    async def _look(self) -> None:
        """Look for news again and again."""
        shown = ""
        while True:
            with suppress(Exception):  # the file may be busy, or a disk away, for a moment
                await self._added(written(await asyncio.to_thread(self._held.revision)))
            if shown != self._shown:
                shown = self._shown
                await self._tell_news()
            await asyncio.sleep(self._limits.look)

    async def _added(self, revision: str) -> None:
        if revision != self.revision:
            self.revision = revision
            await self._tell_news()
        for desk in tuple(self._desks.values()):
            if desk.clerk:
                desk.look(revision)

    async def _tell_news(self) -> None:
        async with self._news:
            self._news.notify_all()


async def _not(_: Clerk) -> None:
    """Warm nothing."""


class Kept:
    """Answers by revision and question, those that were asked for last, up to so many bytes in all."""

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._bytes = 0
        self._found: OrderedDict[tuple[str, str], Told] = OrderedDict()

    def get(self, key: tuple[str, str]) -> Told | None:
        """Return what was kept, None where nothing was."""
        if key in self._found:
            self._found.move_to_end(key)
        return self._found.get(key)

    def put(self, key: tuple[str, str], told: Told) -> None:
        """Keep an answer."""
        before = self._found.pop(key, None)
        self._bytes += len(told.body) - (len(before.body) if before else 0)
        self._found[key] = told
        while self._bytes > self._most and self._found:
            self._bytes -= len(self._found.popitem(last=False)[1].body)
