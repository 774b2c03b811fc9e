"""Judging: what people rule on claims and propositions, checked when it is made, obeyed when a picture is drawn."""

from marsad.judging.agreement import agreement
from marsad.judging.applying import judged, retracted
from marsad.judging.finding import the_one
from marsad.judging.making import Subject, make
from marsad.judging.values import FIELDS, SETTABLE, correction, spanning

__all__ = [
    "FIELDS",
    "SETTABLE",
    "Subject",
    "agreement",
    "correction",
    "judged",
    "make",
    "retracted",
    "spanning",
    "the_one",
]
