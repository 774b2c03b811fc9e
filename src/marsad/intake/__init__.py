"""Inputs to reports: pure reading, one module a format; whatever cannot be read is skipped with a reason."""

from marsad.intake.columns import ColumnMap, load_columns
from marsad.intake.dateline import Dateline, dateline
from marsad.intake.feeds import FeedEntry, feed_entries
from marsad.intake.items import MAX_TEXT, Skipped, Taken
from marsad.intake.sources import read_inputs

__all__ = [
    "MAX_TEXT",
    "ColumnMap",
    "Dateline",
    "FeedEntry",
    "Skipped",
    "Taken",
    "dateline",
    "feed_entries",
    "load_columns",
    "read_inputs",
]
