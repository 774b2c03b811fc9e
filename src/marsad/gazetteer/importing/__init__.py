"""Users' own places: files of GeoNames, of OpenStreetMap and of their own, added to the gazetteer."""

from marsad.gazetteer.importing.adding import Added, add_places, imported
from marsad.gazetteer.importing.rows import BadRow

__all__ = ["Added", "BadRow", "add_places", "imported"]
