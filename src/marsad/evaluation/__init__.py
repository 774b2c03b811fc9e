"""Evaluation: what was read against what people annotated, and the floors below which no measure may fall."""

from marsad.evaluation.annotations import Annotation, annotation, annotation_of, read_annotations, read_names
from marsad.evaluation.control import ControlScore, ControlScores, Known, score_control, score_nowcasts
from marsad.evaluation.corpus import Corpus
from marsad.evaluation.disputes import DisputeScore, DisputeScores, score_disputes, score_folder
from marsad.evaluation.floors import Pinnable, breaches, corpus_digest, pinned, raise_floors
from marsad.evaluation.gold import GoldControl, GoldDispute, GoldTheatre, load_gold, theatre_from_actors
from marsad.evaluation.gold_pages import GoldPage, GoldReport, is_pages
from marsad.evaluation.pages import PageFault, PageScores, SavedPages, Share, score_pages
from marsad.evaluation.parallel import ParallelScores, ParallelSet
from marsad.evaluation.scoring import Fault, Measure, Scores, score_claims
from marsad.evaluation.simulation import (
    ARMIES,
    Habit,
    History,
    Sayings,
    armies,
    forecasts,
    simulate,
)
from marsad.evaluation.skill import Bin, Forecast, Skill, brier, calibration, calibration_error, log_loss, skill

__all__ = [
    "ARMIES",
    "Annotation",
    "Bin",
    "ControlScore",
    "ControlScores",
    "Corpus",
    "DisputeScore",
    "DisputeScores",
    "Fault",
    "Forecast",
    "GoldControl",
    "GoldDispute",
    "GoldPage",
    "GoldReport",
    "GoldTheatre",
    "Habit",
    "History",
    "Known",
    "Measure",
    "PageFault",
    "PageScores",
    "ParallelScores",
    "ParallelSet",
    "Pinnable",
    "SavedPages",
    "Sayings",
    "Scores",
    "Share",
    "Skill",
    "annotation",
    "annotation_of",
    "armies",
    "breaches",
    "brier",
    "calibration",
    "calibration_error",
    "corpus_digest",
    "forecasts",
    "is_pages",
    "load_gold",
    "log_loss",
    "pinned",
    "raise_floors",
    "read_annotations",
    "read_names",
    "score_claims",
    "score_control",
    "score_disputes",
    "score_folder",
    "score_nowcasts",
    "score_pages",
    "simulate",
    "skill",
    "theatre_from_actors",
]
