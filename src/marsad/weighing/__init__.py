"""Weighing: whose word stands for and against each proposition, what follows by the published rules, who holds what."""

from marsad.weighing.control import control
from marsad.weighing.disputes import disputes
from marsad.weighing.grades import grade
from marsad.weighing.interest import Interest, interest
from marsad.weighing.nowcast import nowcast, prior
from marsad.weighing.reliability import reliabilities
from marsad.weighing.sources import source_records
from marsad.weighing.voices import voices

__all__ = [
    "Interest",
    "control",
    "disputes",
    "grade",
    "interest",
    "nowcast",
    "prior",
    "reliabilities",
    "source_records",
    "voices",
]
