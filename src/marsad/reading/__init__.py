"""Reading: a report to the attributed claims that it carries."""

from marsad.reading.reader import EXTRACTOR, Reader, Unread

__all__ = ["EXTRACTOR", "Reader", "Unread"]
