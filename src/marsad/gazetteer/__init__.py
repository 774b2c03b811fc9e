"""Where places are: names to points, built once from GeoNames and Marsad's own table of regions."""

from marsad.gazetteer.build import build, default_path
from marsad.gazetteer.countries import CountryCodes, country_codes
from marsad.gazetteer.entries import Entry
from marsad.gazetteer.features import features, site_of
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.gazetteer.importing import Added, BadRow, add_places, imported
from marsad.gazetteer.names import normalise
from marsad.gazetteer.resolving import Context, Lookup, Match
from marsad.gazetteer.scripts import likeness
from marsad.gazetteer.sphere import Point, kilometres, middle, towards
from marsad.gazetteer.together import Name, resolve_together

__all__ = [
    "Added",
    "BadRow",
    "Context",
    "CountryCodes",
    "Entry",
    "Gazetteer",
    "Lookup",
    "Match",
    "Name",
    "Point",
    "add_places",
    "build",
    "country_codes",
    "default_path",
    "features",
    "imported",
    "kilometres",
    "likeness",
    "middle",
    "normalise",
    "resolve_together",
    "site_of",
    "towards",
]
