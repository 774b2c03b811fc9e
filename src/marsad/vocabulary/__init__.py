"""The words that mean one thing everywhere: event types, outlet kinds, countries; data files and their loaders."""

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.demonyms import Country, Demonyms, load_demonyms
from marsad.vocabulary.events import CONTROL_EFFECTS, EventType, load_events
from marsad.vocabulary.outlets import OutletKind, load_outlets

__all__ = [
    "CONTROL_EFFECTS",
    "Country",
    "DataFile",
    "Demonyms",
    "EventType",
    "OutletKind",
    "load_demonyms",
    "load_events",
    "load_outlets",
]
