"""Data that others coded or drew: rows of events, tables of control, areas on maps; a report's text is its row."""

from marsad.intake.coded.areas import is_geojson, read_areas
from marsad.intake.coded.cells import GEOMETRY, Cell, cells_of, in_words, written
from marsad.intake.coded.kml import read_kml
from marsad.intake.coded.tables import CodedReader, coded_header, coded_reader

__all__ = [
    "GEOMETRY",
    "Cell",
    "CodedReader",
    "cells_of",
    "coded_header",
    "coded_reader",
    "in_words",
    "is_geojson",
    "read_areas",
    "read_kml",
    "written",
]
