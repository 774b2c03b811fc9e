"""The steps of an archive by name, and what does a share of one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.archive.families import gather, group, match, trace
from marsad.archive.laying import lay, tally
from marsad.archive.linking import link_blocks, place
from marsad.archive.reading import read
from marsad.archive.taking import take
from marsad.archive.work import carry_out
from marsad.archive.world import gather_world

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.archive.job import Job
    from marsad.archive.work import Done, Share, Step

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "take": take,
        "read": read,
        "match": match,
        "group": group,
        "gather": gather,
        "trace": trace,
        "world": gather_world,
        "place": place,
        "link": link_blocks,
        "tally": tally,
        "lay": lay,
    }
)
"""What each step does, in their order."""


def done(job: Job, share: Share) -> Done:
    """Do a share unless it is done, and return what it made."""
    return carry_out(job, share, STEPS)
