"""The words that mean one thing everywhere: event types, outlet kinds, grades; data files and the loaders that check them."""

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.events import CONTROL_EFFECTS, EventType, load_events
from marsad.vocabulary.outlets import OutletKind, load_outlets

__all__ = ["CONTROL_EFFECTS", "DataFile", "EventType", "OutletKind", "load_events", "load_outlets"]
