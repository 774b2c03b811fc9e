"""The words that mean one thing everywhere: event types, outlet kinds, countries; data files and their loaders."""

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.bearings import Bearing, load_bearings
from marsad.vocabulary.demonyms import Country, Demonyms, load_demonyms
from marsad.vocabulary.divisions import load_divisions
from marsad.vocabulary.events import CONTROL_EFFECTS, EventType, load_events, with_trait
from marsad.vocabulary.grades import Grade, Rule, RuleSet, load_rules
from marsad.vocabulary.nowcast import Fit, NowcastModel, SpeakerCounts, load_nowcast
from marsad.vocabulary.outlets import OutletKind, load_outlets
from marsad.vocabulary.relations import Relations, load_relations
from marsad.vocabulary.unnamed import load_unnamed

__all__ = [
    "CONTROL_EFFECTS",
    "Bearing",
    "Country",
    "DataFile",
    "Demonyms",
    "EventType",
    "Fit",
    "Grade",
    "NowcastModel",
    "OutletKind",
    "Relations",
    "Rule",
    "RuleSet",
    "SpeakerCounts",
    "load_bearings",
    "load_demonyms",
    "load_divisions",
    "load_events",
    "load_nowcast",
    "load_outlets",
    "load_relations",
    "load_rules",
    "load_unnamed",
    "with_trait",
]
