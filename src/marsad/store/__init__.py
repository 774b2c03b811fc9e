"""The monitor's memory: one append-only file of reports, claims and what was skipped."""

from marsad.store.linkage import Linkage
from marsad.store.store import Membership, Receipt, Skip, Store, theatre_digest

__all__ = ["Linkage", "Membership", "Receipt", "Skip", "Store", "theatre_digest"]
