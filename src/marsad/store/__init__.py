"""The monitor's memory: one append-only file of reports, claims and what was skipped."""

from marsad.store.store import Receipt, Skip, Store, theatre_digest

__all__ = ["Receipt", "Skip", "Store", "theatre_digest"]
