"""The monitor's memory: one append-only file of reports, claims and what was skipped."""

from marsad.store.facts import Membership, Outcome, Receipt, Skip, Visit, VisitOutcome
from marsad.store.linkage import Linkage
from marsad.store.store import Store, theatre_digest

__all__ = ["Linkage", "Membership", "Outcome", "Receipt", "Skip", "Store", "Visit", "VisitOutcome", "theatre_digest"]
