"""Roads: networks of others, what accounts' words close in them, and which way is open by whose word."""

from marsad.roads.access import Access, access, closed_by
from marsad.roads.answers import Forecast, RouteQuestion, Said, Town, answer
from marsad.roads.drawing import RoadWord, drawn
from marsad.roads.files import load_roads_file, save_roads
from marsad.roads.importing import read_roads
from marsad.roads.library import add_roads, open_roads, road_files, roads_folder
from marsad.roads.network import Network, Road
from marsad.roads.search import Search, Way
from marsad.roads.words import Supposed, Traffic

__all__ = [
    "Access",
    "Forecast",
    "Network",
    "Road",
    "RoadWord",
    "RouteQuestion",
    "Said",
    "Search",
    "Supposed",
    "Town",
    "Traffic",
    "Way",
    "access",
    "add_roads",
    "answer",
    "closed_by",
    "drawn",
    "load_roads_file",
    "open_roads",
    "read_roads",
    "road_files",
    "roads_folder",
    "save_roads",
]
