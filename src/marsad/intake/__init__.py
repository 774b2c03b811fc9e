"""Inputs to reports: pure reading, one module a format; whatever cannot be read is skipped with a reason."""

from marsad.intake.coded import GEOMETRY, Cell, cells_of, in_words
from marsad.intake.columns import ColumnMap, load_columns
from marsad.intake.dateline import Dateline, dateline
from marsad.intake.dates import instant
from marsad.intake.feeds import FeedEntry, feed_entries
from marsad.intake.items import MAX_TEXT, Skipped, Taken
from marsad.intake.sources import files_of, read_inputs, read_opened

__all__ = [
    "GEOMETRY",
    "MAX_TEXT",
    "Cell",
    "ColumnMap",
    "Dateline",
    "FeedEntry",
    "Skipped",
    "Taken",
    "cells_of",
    "dateline",
    "feed_entries",
    "files_of",
    "in_words",
    "instant",
    "load_columns",
    "read_inputs",
    "read_opened",
]
