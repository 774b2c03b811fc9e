"""Weighing: whose word stands for and against each proposition, what follows by the published rules, who holds what."""

from marsad.weighing.beside import beside
from marsad.weighing.by_hand import graded_by_hand
from marsad.weighing.concessions import with_concessions
from marsad.weighing.control import control
from marsad.weighing.disputes import disputes
from marsad.weighing.grades import grade, lettered
from marsad.weighing.interest import interest
from marsad.weighing.nowcast import nowcast, prior
from marsad.weighing.reliability import reliabilities
from marsad.weighing.routes import route_states
from marsad.weighing.sources import merged_records, source_records, wilson
from marsad.weighing.voices import voices

__all__ = [
    "beside",
    "control",
    "disputes",
    "grade",
    "graded_by_hand",
    "interest",
    "lettered",
    "merged_records",
    "nowcast",
    "prior",
    "reliabilities",
    "route_states",
    "source_records",
    "voices",
    "wilson",
    "with_concessions",
]
