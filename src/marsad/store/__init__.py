"""The monitor's memory: one append-only file of reports, claims and what was skipped."""

from marsad.store.facts import Membership, Outcome, Receipt, Skip
from marsad.store.linkage import Linkage
from marsad.store.store import Store, theatre_digest

__all__ = ["Linkage", "Membership", "Outcome", "Receipt", "Skip", "Store", "theatre_digest"]
