"""Linking: which reports copy which, and which claims speak of one thing."""

from marsad.linking.arrivals import arrive, slot_of
from marsad.linking.counts import compatible
from marsad.linking.linking import Linked, link
from marsad.linking.memory import Memory
from marsad.linking.origins import find_kin, source_of, trace_origins
from marsad.linking.parties import Parties, attacks
from marsad.linking.passages import passage_of
from marsad.linking.propositions import founded_by
from marsad.linking.regrouping import redirected
from marsad.linking.sites import Sites, spot_of
from marsad.linking.sketches import Sketch, sketch
from marsad.linking.speakers import Speaker, side_of, speaker_of
from marsad.linking.statements import REAL, Zone, thing_of, zone_of
from marsad.linking.times import Window, window
from marsad.linking.versions import current, version_age

__all__ = [
    "REAL",
    "Linked",
    "Memory",
    "Parties",
    "Sites",
    "Sketch",
    "Speaker",
    "Window",
    "Zone",
    "arrive",
    "attacks",
    "compatible",
    "current",
    "find_kin",
    "founded_by",
    "link",
    "passage_of",
    "redirected",
    "side_of",
    "sketch",
    "slot_of",
    "source_of",
    "speaker_of",
    "spot_of",
    "thing_of",
    "trace_origins",
    "version_age",
    "window",
    "zone_of",
]
