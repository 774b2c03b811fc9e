"""Where shares of work are done: one by one, by processes of this machine, or on a cluster; all make the same."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from marsad.archive.steps import done
from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from marsad.archive.job import Job
    from marsad.archive.work import Done, Share

_WAITING = 2  # shares a process that are handed out before they are asked for


class Engine(Protocol):
    """Does shares of one step, in whatever order."""

    def __call__(self, job: Job, shares: Sequence[Share]) -> Iterator[Done]:
        """Yield what is done as it is."""
        ...


def one_by_one(job: Job, shares: Sequence[Share]) -> Iterator[Done]:
    """Do them here, in their order."""
    yield from map(partial(done, job), shares)


@contextmanager
def pool(workers: int) -> Iterator[Engine]:
    """Give an engine of so many processes, each of which loads what it reads with once."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as processes:

        def carry_out(job: Job, shares: Sequence[Share]) -> Iterator[Done]:
            left = iter(shares)
            running: set[Future[Done]] = set()
            try:
                while True:
                    for share in left:
                        running.add(processes.submit(done, job, share))
                        if len(running) >= _WAITING * workers:
                            break
                    if not running:
                        return
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    for one in finished:
                        yield one.result()
            except BrokenProcessPool as error:
                raise InputError("a process died, perhaps for want of memory; run it again to go on") from error

        yield carry_out


def _end_with_parent() -> None:
    """End this process as soon as the one that started it does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait_for() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait_for, daemon=True).start()
