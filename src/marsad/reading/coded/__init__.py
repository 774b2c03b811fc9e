"""Coded data read: rows of events, tables and areas of control to the claims of whoever coded or drew them."""

from marsad.reading.coded.reading import coded_forms, read_coded

__all__ = ["coded_forms", "read_coded"]
