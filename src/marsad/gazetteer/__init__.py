"""Where places are: names to points, built once from GeoNames and Marsad's own table of regions."""

from marsad.gazetteer.build import build, default_path
from marsad.gazetteer.entries import Entry
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.gazetteer.names import normalise
from marsad.gazetteer.resolving import Context, Match
from marsad.gazetteer.sphere import kilometres

__all__ = ["Context", "Entry", "Gazetteer", "Match", "build", "default_path", "kilometres", "normalise"]
