"""Evaluation: what was read against what people annotated, and the floors below which no measure may fall."""

from marsad.evaluation.annotations import Annotation, annotation, annotation_of, read_annotations, read_names
from marsad.evaluation.corpus import Corpus
from marsad.evaluation.disputes import DisputeScore, DisputeScores, score_disputes, score_folder
from marsad.evaluation.floors import breaches, corpus_digest, pinned, raise_floors
from marsad.evaluation.gold import GoldControl, GoldDispute, GoldTheatre, load_gold, theatre_from_actors
from marsad.evaluation.scoring import Fault, Measure, Scores, score_claims

__all__ = [
    "Annotation",
    "Corpus",
    "DisputeScore",
    "DisputeScores",
    "Fault",
    "GoldControl",
    "GoldDispute",
    "GoldTheatre",
    "Measure",
    "Scores",
    "annotation",
    "annotation_of",
    "breaches",
    "corpus_digest",
    "load_gold",
    "pinned",
    "raise_floors",
    "read_annotations",
    "read_names",
    "score_claims",
    "score_disputes",
    "score_folder",
    "theatre_from_actors",
]
