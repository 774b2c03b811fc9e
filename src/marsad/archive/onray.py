"""Ray: shares of work done by the machines of a cluster, as a data set of which each row is one share."""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad.archive.steps import done
from marsad.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.archive.engines import Engine
    from marsad.archive.job import Job
    from marsad.archive.work import Done, Share

LOCAL = "local"
"""The address for a cluster of this machine alone, which is started and stopped."""

_OBJECTS = 256 << 20  # bytes that a local cluster may hold of what passes through it: shares are small


@contextmanager
def on_ray(address: str, workers: int) -> Iterator[Engine]:
    """Give an engine of a cluster's processes, `workers` at most at a time; raise InputError where there is none.

    The folder of the archive, and inputs that are files, must be in the same place on all its machines.
    """
    # Nothing is told to anybody, and Ray's own warnings on settings that are left alone are not for whoever runs this.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    ray, data = _module("ray"), _module("ray.data")
    own = address == LOCAL
    with tempfile.TemporaryDirectory(prefix="r", dir="/tmp") as folder:  # paths of its sockets must be short
        local = {"num_cpus": workers, "object_store_memory": _OBJECTS, "_temp_dir": folder, "include_dashboard": False}
        try:
            ray.init(log_to_driver=False, logging_level="ERROR", **(local if own else {"address": address}))
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise InputError(f"no Ray cluster at {address}: {' '.join(str(error).split())[:200]}") from error
        try:
            data.DataContext.get_current().enable_progress_bars = False
            logging.getLogger("ray.data").setLevel(logging.WARNING)
            yield _engine(data, workers)
        finally:
            ray.shutdown()


def _engine(data: Any, workers: int) -> Engine:
    def carry_out(job: Job, shares: Sequence[Share]) -> Iterator[Done]:
        if not shares:
            return
        # As bytes, which every worker of the same version understands, whatever Ray makes of other columns.
        rows = [{"share": pickle.dumps(share)} for share in shares]

        def do(row: dict[str, bytes]) -> dict[str, bytes]:
            share = pickle.loads(row["share"])  # noqa: S301 - ours, of a moment ago
            return {"done": pickle.dumps(done(job, share))}

        some = data.from_items(rows, override_num_blocks=len(rows)).map(do, concurrency=workers)
        for row in some.iter_rows():
            yield pickle.loads(row["done"])  # noqa: S301

    return carry_out


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError("a cluster needs Ray: pip install 'marsad[archive]'") from error
