"""A folder of annotated reports, as it is scored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.evaluation.annotations import annotation_of, read_annotations, read_names
from marsad.evaluation.floors import corpus_digest
from marsad.evaluation.scoring import score_claims
from marsad.intake import Skipped, read_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from marsad.evaluation.annotations import Annotation
    from marsad.evaluation.scoring import Scores
    from marsad.records import Claim, Report

# Annotated reports may be set in any year: invented wars are set in years to come.
_AFTER_ALL = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Reports, their gold claims, the spellings that count as one actor, and the theatre that goes with them."""

    folder: Path
    reports: tuple[Report, ...]
    gold: tuple[Annotation, ...]
    names: Mapping[str, Sequence[str]]
    theatre: Path | None

    @classmethod
    def open(cls, folder: Path, theatre: Path | None = None) -> Corpus:
        """Read reports.jsonl, claims.jsonl and actors.json of a folder, and note its theatre.toml unless one is given.

        Raises InputError where one of the three is missing or wrong.
        """
        reports = []
        for item in read_inputs([folder / "reports.jsonl"], retrieved=_AFTER_ALL):
            if isinstance(item, Skipped):
                raise InputError(f"{item.origin}: {item.reason}")
            reports.append(item.report)
        own = folder / "theatre.toml"
        return cls(
            folder=folder,
            reports=tuple(reports),
            gold=read_annotations(folder / "claims.jsonl"),
            names=read_names(folder / "actors.json"),
            theatre=theatre or (own if own.exists() else None),
        )

    def only(self, patterns: Sequence[str]) -> Corpus:
        """Return the corpus with the reports alone whose ids fit one of the patterns (`*`, `?`, `[]`).

        Raises InputError where none does.
        """
        kept = tuple(one for one in self.reports if any(fnmatchcase(one.id, pattern) for pattern in patterns))
        if not kept:
            raise InputError(f"{self.folder}: no report's id fits {' or '.join(patterns)}")
        ids = {one.id for one in kept}
        return replace(self, reports=kept, gold=tuple(claim for claim in self.gold if claim.report in ids))

    @property
    def digest(self) -> str:
        """The SHA-256 over all that a score on this corpus depends on beside the reader and the choice of reports."""
        files = [self.folder / name for name in ("reports.jsonl", "claims.jsonl", "actors.json")]
        return corpus_digest([*files, *([self.theatre] if self.theatre else [])])

    def score(self, predicted: Iterable[Annotation]) -> Scores:
        """Score predicted claims."""
        return score_claims(self.gold, predicted, self.reports, self.names)

    def score_read(self, read: Iterable[tuple[Report, Sequence[Claim]]]) -> Scores:
        """Score claims as a reader gave them, report by report."""
        return self.score(annotation_of(claim, report) for report, claims in read for claim in claims)
