"""Event tables for the field's tools: what is said to have happened in the columns of others, with whose word it is."""

from marsad.exports.events.acled import write_acled
from marsad.exports.events.ged import write_ged
from marsad.exports.events.hapi import write_hapi
from marsad.exports.events.plover import write_plover
from marsad.exports.events.rows import hashtags

__all__ = ["hashtags", "write_acled", "write_ged", "write_hapi", "write_plover"]
