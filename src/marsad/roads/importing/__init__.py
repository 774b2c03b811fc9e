"""Road networks from what others publish."""

from marsad.roads.importing.reading import read_roads

__all__ = ["read_roads"]
