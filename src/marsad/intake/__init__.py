"""Inputs to reports: pure reading, one module a format; whatever cannot be read is skipped with a reason."""

from marsad.intake.dateline import Dateline, dateline
from marsad.intake.items import MAX_TEXT, Skipped, Taken
from marsad.intake.sources import read_inputs

__all__ = ["MAX_TEXT", "Dateline", "Skipped", "Taken", "dateline", "read_inputs"]
