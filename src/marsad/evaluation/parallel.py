"""What is joined of a war told in several languages, pair of claims by pair, across languages and within one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.evaluation.annotations import annotation_of, read_annotations, read_names
from marsad.evaluation.floors import corpus_digest
from marsad.evaluation.gold import load_gold
from marsad.evaluation.matching import Matcher, paired
from marsad.evaluation.scoring import Measure, by_sentence
from marsad.linking import link, trace_origins
from marsad.records import LinkKind
from marsad.theatre import load_theatre

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from marsad.linking import Linked
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

Key = tuple[str, str]
"""A claim's report and anchor."""

Pair = frozenset[Key]

_FILES = ("reports.jsonl", "claims.jsonl", "actors.json", "propositions.jsonl", "apart.jsonl", "theatre.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelScores:
    """Pairs of claims that are of one proposition, against the annotated ones: `across` languages and `within` one.

    A pair whose numbers differ counts as found where two propositions exclude one another by them. `kept` counts the
    pairs that look like one proposition and are none, and how many of them are kept apart. `claims` are the annotated
    ones that stand in the comparison: all of them, or those that were read.
    """

    across: Measure
    within: Measure
    kept: Measure
    claims: Measure

    @property
    def pinned(self) -> Mapping[str, float]:
        """The measures that floors hold, by name."""
        pairs = {"across languages": self.across, "within a language": self.within}
        shares = {f"{name}, precision": one.precision for name, one in pairs.items()}
        shares |= {f"{name}, recall": one.recall for name, one in pairs.items()}
        return shares | {"kept apart": self.kept.recall, "claims": self.claims.recall}


@dataclass(frozen=True, slots=True)
class _Told:
    """An annotated proposition: its claims, and whether they give numbers that cannot all be right."""

    claims: frozenset[Key]
    numbers_differ: bool

    def pairs(self) -> Iterator[Pair]:
        return map(frozenset, combinations(sorted(self.claims), 2))


@dataclass(frozen=True)
class ParallelSet:
    """A folder of one war in several languages, with the propositions that its claims make."""

    folder: Path
    reports: Mapping[str, Report]
    claims: Mapping[Key, Claim]
    theatre: Theatre
    _languages: Mapping[str, str]
    _told: tuple[_Told, ...]
    _apart: tuple[Pair, ...]

    @classmethod
    def open(cls, folder: Path) -> ParallelSet:
        """Read the folder; raise InputError or DataFileError where a file is missing or wrong."""
        gold, theatre = load_gold(folder), load_theatre(folder / "theatre.toml")
        text = {name: report.text for name, report in gold.reports.items()}
        claims = (_settled(claim, theatre) for claim in gold.claims)
        told = (
            _Told(frozenset((report, anchor) for report, anchor, _ in row["claims"]), row["numbers_differ"])
            for row in _rows(folder / "propositions.jsonl")
        )
        return cls(
            folder=folder,
            reports=gold.reports,
            claims={(c.report, text[c.report][c.anchor.start : c.anchor.end]): c for c in claims},
            theatre=theatre,
            _languages={row["id"]: row["language"] for row in _rows(folder / "reports.jsonl")},
            _told=tuple(told),
            _apart=tuple(frozenset(map(_key, row["claims"])) for row in _rows(folder / "apart.jsonl")),
        )

    @property
    def digest(self) -> str:
        """The SHA-256 over all that a score on this set depends on beside Marsad."""
        return corpus_digest(self.folder / name for name in _FILES)

    def score(self) -> ParallelScores:
        """Score the joining of the annotated claims, whose places stand as the theatre has them."""
        return self._scores(tuple(self.claims.values()), {claim.id: key for key, claim in self.claims.items()})

    def score_read(self, read: Sequence[Claim]) -> ParallelScores:
        """Score the joining of claims as they were read.

        An annotated claim is the one that was read of the same type in the same sentence, whichever has most fields
        right; pairs of which one was not read are missed.
        """
        return self._scores(read, self._known(read))

    def _scores(self, claims: Sequence[Claim], keys: Mapping[str, Key]) -> ParallelScores:
        origins = trace_origins(self.reports.values())
        joined = _Joined(link(claims, self.reports, origins, self.theatre), keys)
        gold = {pair: one.numbers_differ for one in self._told for pair in one.pairs()}
        found = {pair for pair, differ in gold.items() if joined.one(pair) or (differ and joined.excluded(pair))}
        wrong = joined.pairs() - gold.keys()

        def measure(pairs: Collection[Pair]) -> Measure:
            hits = len(found & set(pairs))
            return Measure(hits, len(gold.keys() & set(pairs)), hits + len(wrong & set(pairs)))

        across = {pair for pair in gold.keys() | wrong if len({self._languages[report] for report, _ in pair}) > 1}
        kept = sum(not joined.one(pair) for pair in self._apart)
        return ParallelScores(
            across=measure(across),
            within=measure((gold.keys() | wrong) - across),
            kept=Measure(kept, len(self._apart), kept),
            claims=Measure(len(keys), len(self.claims), len(claims)),
        )

    def _known(self, read: Iterable[Claim]) -> dict[str, Key]:
        """Return the annotated claims that read ones are, by the ids of those."""
        matcher = Matcher(self.reports, read_names(self.folder / "actors.json"))
        gold, _ = by_sentence(read_annotations(self.folder / "claims.jsonl"), self.reports.values())
        by_annotation = {
            (one.report, one.start, one.event, one.anchor): claim.id for claim, one in self._annotated(read)
        }
        predicted, _ = by_sentence((one for _, one in self._annotated(read)), self.reports.values())
        known = {}
        for place in gold.keys() & predicted.keys():
            for ours, theirs, _ in paired(gold[place], predicted[place], matcher):
                claim, guess = gold[place][ours], predicted[place][theirs]
                known[by_annotation[guess.report, guess.start, guess.event, guess.anchor]] = (
                    claim.report,
                    claim.anchor,
                )
        return known

    def _annotated(self, read: Iterable[Claim]) -> Iterator[tuple[Claim, Any]]:
        return ((claim, annotation_of(claim, self.reports[claim.report])) for claim in read)


class _Joined:
    """What linking made of claims, asked by the annotated claims that they are."""

    def __init__(self, linked: Linked, keys: Mapping[str, Key]) -> None:
        own = ((member.claim, one.id) for one in linked.propositions for member in one.members if not member.reasons)
        self._home = {keys[claim]: proposition for claim, proposition in own if claim in keys}
        contradictions = (one for one in linked.links if one.kind is LinkKind.CONTRADICTS)
        self._rivals = {frozenset({one.claim, one.other}) for one in contradictions}

    def one(self, pair: Pair) -> bool:
        """Tell whether two claims are of one proposition."""
        homes = [self._home.get(key) for key in pair]
        return homes[0] is not None and homes[0] == homes[1]

    def excluded(self, pair: Pair) -> bool:
        """Tell whether the propositions of two claims exclude one another."""
        return frozenset(self._home.get(key, "") for key in pair) in self._rivals

    def pairs(self) -> set[Pair]:
        """Return all pairs of claims that are of one proposition."""
        return {pair for pair in map(frozenset, combinations(self._home, 2)) if self.one(pair)}


def _settled(claim: Claim, theatre: Theatre) -> Claim:
    """Return the claim with its place by the name that the theatre has for it, as reading gives it."""
    found = theatre.place(claim.place.name, None) if claim.place else None
    if claim.place is None or found is None:
        return claim
    return replace(claim, place=replace(claim.place, canonical=found[0].name))


def _key(claim: Sequence[str]) -> Key:
    return claim[0], claim[1]


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
