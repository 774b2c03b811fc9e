"""The words that mean one thing everywhere: event types, outlet kinds, countries; data files and their loaders."""

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.bearings import Bearing, load_bearings
from marsad.vocabulary.codes import (
    CodedEvent,
    CodedNames,
    CodedTable,
    CodedWhere,
    ControlAreas,
    ControlTable,
    OwnRows,
    load_coded_names,
    load_coded_tables,
    load_control_areas,
    load_control_table,
)
from marsad.vocabulary.corrections import load_corrections
from marsad.vocabulary.demonyms import Country, Demonyms, load_demonyms
from marsad.vocabulary.digests import vocabulary_digest
from marsad.vocabulary.divisions import load_divisions
from marsad.vocabulary.events import CONTROL_EFFECTS, EventType, load_events, with_trait
from marsad.vocabulary.finer import Finer, load_finer
from marsad.vocabulary.grades import BEST_RATING, Grade, Rule, RuleSet, load_rules, read_rules, shipped_rules
from marsad.vocabulary.likeness import Part, load_likeness
from marsad.vocabulary.nowcast import Fit, NowcastModel, SpeakerCounts, load_nowcast
from marsad.vocabulary.outlets import OutletKind, load_outlets
from marsad.vocabulary.policies import INTERNAL, Fineness, Persons, Policy, load_policy, shipped_policies
from marsad.vocabulary.publishers import Publisher, Publishers, load_publishers, read_publishers
from marsad.vocabulary.relations import Relations, load_relations
from marsad.vocabulary.relevance import load_relevance
from marsad.vocabulary.roads import RoadAssumptions, Vehicle, load_roads
from marsad.vocabulary.roles import Roles, load_roles
from marsad.vocabulary.shapes import (
    AcledEvent,
    AcledShape,
    Codes,
    Codings,
    GedShape,
    PloverShape,
    PloverType,
    Precisions,
    Region,
    SubEvent,
    load_acled_shape,
    load_ged_shape,
    load_hashtags,
    load_plover_shape,
    load_precisions,
    load_regions,
)
from marsad.vocabulary.unnamed import load_unnamed

__all__ = [
    "BEST_RATING",
    "CONTROL_EFFECTS",
    "INTERNAL",
    "AcledEvent",
    "AcledShape",
    "Bearing",
    "CodedEvent",
    "CodedNames",
    "CodedTable",
    "CodedWhere",
    "Codes",
    "Codings",
    "ControlAreas",
    "ControlTable",
    "Country",
    "DataFile",
    "Demonyms",
    "EventType",
    "Fineness",
    "Finer",
    "Fit",
    "GedShape",
    "Grade",
    "NowcastModel",
    "OutletKind",
    "OwnRows",
    "Part",
    "Persons",
    "PloverShape",
    "PloverType",
    "Policy",
    "Precisions",
    "Publisher",
    "Publishers",
    "Region",
    "Relations",
    "RoadAssumptions",
    "Roles",
    "Rule",
    "RuleSet",
    "SpeakerCounts",
    "SubEvent",
    "Vehicle",
    "load_acled_shape",
    "load_bearings",
    "load_coded_names",
    "load_coded_tables",
    "load_control_areas",
    "load_control_table",
    "load_corrections",
    "load_demonyms",
    "load_divisions",
    "load_events",
    "load_finer",
    "load_ged_shape",
    "load_hashtags",
    "load_likeness",
    "load_nowcast",
    "load_outlets",
    "load_plover_shape",
    "load_policy",
    "load_precisions",
    "load_publishers",
    "load_regions",
    "load_relations",
    "load_relevance",
    "load_roads",
    "load_roles",
    "load_rules",
    "load_unnamed",
    "read_publishers",
    "read_rules",
    "shipped_policies",
    "shipped_rules",
    "vocabulary_digest",
    "with_trait",
]
