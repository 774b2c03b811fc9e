"""Linking: which reports copy which, and which claims speak of one thing."""

from marsad.linking.arrivals import arrive
from marsad.linking.counts import compatible
from marsad.linking.linking import Linked, link
from marsad.linking.memory import Memory
from marsad.linking.origins import source_of, trace_origins
from marsad.linking.parties import Parties
from marsad.linking.passages import passage_of
from marsad.linking.regrouping import redirected
from marsad.linking.sites import Sites
from marsad.linking.speakers import Speaker, side_of, speaker_of
from marsad.linking.statements import REAL, Zone, zone_of
from marsad.linking.times import Window, window

__all__ = [
    "REAL",
    "Linked",
    "Memory",
    "Parties",
    "Sites",
    "Speaker",
    "Window",
    "Zone",
    "arrive",
    "compatible",
    "link",
    "passage_of",
    "redirected",
    "side_of",
    "source_of",
    "speaker_of",
    "trace_origins",
    "window",
    "zone_of",
]
