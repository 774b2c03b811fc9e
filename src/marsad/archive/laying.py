"""The last step: the rows of every folder of the archive, put in order and written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from marsad.archive.entries import by_key, entry, new_file, read_entries
from marsad.archive.job import rules_of
from marsad.archive.tables import partition, write_table
from marsad.archive.work import ROWS, parts
from marsad.records import Assessment, SourceRecord
from marsad.serial import from_json, to_json
from marsad.weighing import lettered, merged_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share

MAKING_ROWS = ("read", "trace", "world", "link", "tally")
"""The steps that make rows."""

_FILE = "part-0.parquet"


def tally(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:  # noqa: ARG001 - all of it is one share
    """Yield how all voices fared in all blocks."""
    told = (one for path in parts(job, "link", "sources") for one in read_entries([path]))
    for record in merged_records(from_json(SourceRecord, one.value) for one in told):
        yield "records", entry(record.topic, record.voice, to_json(record))
        yield ROWS, entry(partition("sources"), f"{record.voice} {record.topic}", to_json(record, brief=True))


def lay(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:
    """Write the files of some folders; yield how many rows each table got."""
    paths = [path for step in MAKING_ROWS for path in parts(job, step, ROWS)]
    for key, entries in by_key(read_entries(paths, share.low, share.high)):
        table = key.partition("/")[0]
        rows = (_row(job, table, one.value) for one in entries)
        with new_file(job.root / key / _FILE, job.work) as stream:
            number = write_table(table, rows, stream)
        yield "laid", entry(key, "folder", number)


def _row(job: Job, table: str, value: Any) -> Any:
    if table != "assessments":
        return value
    verdict = from_json(Assessment, value["assessment"])
    return to_json(lettered(verdict, value["topic"], _records(job), rules_of(job)), brief=True)


@cache
def _records(job: Job) -> Mapping[tuple[str, str], SourceRecord]:
    found = (from_json(SourceRecord, one.value) for one in read_entries(parts(job, "tally", "records")))
    return {(one.voice, one.topic): one for one in found}
