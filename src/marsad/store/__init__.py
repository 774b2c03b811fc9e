"""The monitor's memory: one append-only file of reports, claims and what was skipped."""

from marsad.store.facts import Membership, Notice, NoticeOutcome, Receipt, Skip, Visit, VisitOutcome
from marsad.store.kept import KEPT, Cell, Kept, Kind, Row
from marsad.store.linkage import Linkage
from marsad.store.listing import PlaceNames
from marsad.store.rows import as_version
from marsad.store.store import Store, theatre_digest

__all__ = [
    "KEPT",
    "Cell",
    "Kept",
    "Kind",
    "Linkage",
    "Membership",
    "Notice",
    "NoticeOutcome",
    "PlaceNames",
    "Receipt",
    "Row",
    "Skip",
    "Store",
    "Visit",
    "VisitOutcome",
    "as_version",
    "theatre_digest",
]
