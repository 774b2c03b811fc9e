"""The one object people hold: reports that can be added to and asked, as of any hour."""

from marsad.monitor.adding import Difference, Receipt
from marsad.monitor.borders import countries_of
from marsad.monitor.exporting import Choice
from marsad.monitor.monitor import Monitor
from marsad.monitor.options import (
    beginning_of,
    borders_of,
    day_of,
    instant_of,
    period_of,
    road_classes,
    supposed,
    topic_of,
)
from marsad.monitor.turns import Turn

__all__ = [
    "Choice",
    "Difference",
    "Monitor",
    "Receipt",
    "Turn",
    "beginning_of",
    "borders_of",
    "countries_of",
    "day_of",
    "instant_of",
    "period_of",
    "road_classes",
    "supposed",
    "topic_of",
]
