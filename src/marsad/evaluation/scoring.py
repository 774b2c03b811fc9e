"""Predicted claims against gold claims: what was found, what was named rightly, what went wrong.

A prediction can match one gold claim: of the same report, sentence and event type. `detected` ignores the type and
`family` asks for its family only, both still one to one. Accuracies of fields are over the typed matches. `full` counts
claims right in type, source, polarity, agent and place at once; `denials` looks at denied claims alone; `attribution`
counts those right in type, source and cue.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from marsad.evaluation.matching import ESSENTIAL, FIELDS, Matcher, Sentences, paired, same_cue
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marsad.evaluation.annotations import Annotation
    from marsad.records import Report


@dataclass(frozen=True, slots=True)
class Measure:
    """Hits out of gold and predicted items; every ratio is in 0..1, and 0 where it has no items."""

    hits: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, float | int]:
        """Return ratios with three decimals, and the counts."""
        return {
            "p": round(self.precision, 3),
            "r": round(self.recall, 3),
            "f1": round(self.f1, 3),
            "gold": self.gold,
            "predicted": self.predicted,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """One claim that was missed, made up or got wrong; `wrong` maps a field to what gold and prediction say."""

    kind: Literal["missed", "spurious", "wrong"]
    report: str
    event: str
    anchor: str
    wrong: Mapping[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All measures of one prediction.

    `attribution` counts claims right in type, source and the words that attribute them. `confusions` counts which type
    was read in the place of which: pairs of gold and predicted types that are left over in one sentence. `unplaced`
    counts claims of either side whose anchor is not in the text.
    """

    detected: Measure
    family: Measure
    typed: Measure
    full: Measure
    denials: Measure
    attribution: Measure
    fields: Mapping[str, float]
    types: Mapping[str, Measure]
    faults: tuple[Fault, ...]
    confusions: Mapping[tuple[str, str], int]
    unplaced: int

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The measures of whole claims, by name."""
        names = ("detected", "family", "typed", "full", "denials", "attribution")
        return {name: getattr(self, name) for name in names}

    @property
    def pinned(self) -> Mapping[str, float]:
        """The measures that floors hold, by name.

        F1 of claims; and per field "typed, right FIELD": F1 of the claims that have type and that field right. A
        field's accuracy alone is no floor: its denominator is the claims found, so finding one more hard claim can
        lower it.
        """
        return {
            **{name: measure.f1 for name, measure in self.measures.items()},
            **{f"typed, right {name}": self.typed.f1 * share for name, share in self.fields.items()},
        }

    @property
    def fault_classes(self) -> Mapping[str, int]:
        """How many faults of each class: `missed`, `spurious`, and `wrong` with the field; the most frequent first."""
        classes: Counter[str] = Counter()
        for fault in self.faults:
            classes.update([fault.kind] if fault.kind != "wrong" else [f"wrong {name}" for name in fault.wrong])
        return dict(sorted(classes.items(), key=lambda item: (-item[1], item[0])))

    def to_json(self) -> dict[str, Any]:
        """Return all but the single faults as JSON-safe values, ratios with three decimals."""
        return {
            **{name: measure.to_json() for name, measure in self.measures.items()},
            "attributes": {name: round(share, 3) for name, share in self.fields.items()},
            "types": {name: measure.to_json() for name, measure in self.types.items()},
            "faults": dict(self.fault_classes),
            "confusions": {f"{gold} as {found}": count for (gold, found), count in self.confusions.items()},
            "unplaced": self.unplaced,
        }


def score_claims(
    gold: Iterable[Annotation],
    predicted: Iterable[Annotation],
    reports: Iterable[Report],
    actors: Mapping[str, Sequence[str]],
) -> Scores:
    """Score predicted claims against gold ones; claims of other reports are left out.

    `actors` maps canonical names to the spellings that count as the same.
    """
    by_id = {report.id: report for report in reports}
    ours, unplaced_gold = by_sentence(gold, by_id.values())
    theirs, unplaced = by_sentence(predicted, by_id.values())
    tally = _Tally(Matcher(by_id, actors))
    for key in sorted(ours.keys() | theirs.keys()):
        tally.sentence(ours.get(key, []), theirs.get(key, []))
    return tally.scores(unplaced + unplaced_gold)


def by_sentence(
    claims: Iterable[Annotation], reports: Iterable[Report]
) -> tuple[dict[tuple[str, int], list[Annotation]], int]:
    """Return the claims of these reports by report and sentence, and how many stand nowhere in their report's text."""
    sentences = {report.id: Sentences(report.text) for report in reports}
    found: dict[tuple[str, int], list[Annotation]] = defaultdict(list)
    unplaced = 0
    for claim in claims:
        if claim.report not in sentences:
            continue
        sentence = sentences[claim.report].holding(claim)
        if sentence is None:
            unplaced += 1
        else:
            found[claim.report, sentence].append(claim)
    return found, unplaced


@dataclass
class _Tally:
    """The running counts, one sentence at a time."""

    matcher: Matcher
    counts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[Fault] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def sentence(self, gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> None:
        """Count one sentence's claims."""
        for side, claims in (("gold", gold), ("predicted", predicted)):
            self.counts[side] += len(claims)
            self.counts[f"denied {side}"] += sum(claim.polarity == "denied" for claim in claims)
            for claim in claims:
                self.types[claim.event][side] += 1
        self.counts["detected"] += min(len(gold), len(predicted))
        self.counts["family"] += (_families(gold) & _families(predicted)).total()
        self.counts["denied"] += (_denied(gold) & _denied(predicted)).total()
        self._pairs(gold, predicted)

    def _pairs(self, gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> None:
        left, spare = dict(enumerate(gold)), dict(enumerate(predicted))
        for ours, theirs, agreement in paired(gold, predicted, self.matcher):
            self._match(left.pop(ours), spare.pop(theirs), agreement)
        self.confusions.update(_confused(list(left.values()), list(spare.values())))
        self.faults += [Fault("missed", c.report, c.event, c.anchor) for c in left.values()]
        self.faults += [Fault("spurious", c.report, c.event, c.anchor) for c in spare.values()]

    def _match(self, gold: Annotation, predicted: Annotation, agreement: Mapping[str, bool]) -> None:
        self.counts["typed"] += 1
        self.types[gold.event]["hits"] += 1
        self.right.update(name for name, right in agreement.items() if right)
        self.counts["attributed"] += agreement["source"] and same_cue(gold, predicted)
        self.counts["full"] += all(agreement[name] for name in ESSENTIAL)
        wrong = {
            name: (_stated(gold, name), _stated(predicted, name)) for name, right in agreement.items() if not right
        }
        if wrong:
            self.faults.append(Fault("wrong", gold.report, gold.event, gold.anchor, wrong))

    def scores(self, unplaced: int) -> Scores:
        """Return the sum of what was counted."""
        counts, typed = self.counts, self.counts["typed"]

        def whole(name: str) -> Measure:
            return Measure(counts[name], counts["gold"], counts["predicted"])

        by_frequency = sorted(self.types.items(), key=lambda item: (-item[1]["gold"], item[0]))
        return Scores(
            detected=whole("detected"),
            family=whole("family"),
            typed=whole("typed"),
            full=whole("full"),
            denials=Measure(counts["denied"], counts["denied gold"], counts["denied predicted"]),
            attribution=whole("attributed"),
            fields={name: self.right[name] / typed if typed else 0.0 for name in FIELDS},
            types={name: Measure(c["hits"], c["gold"], c["predicted"]) for name, c in by_frequency},
            faults=tuple(self.faults),
            confusions=dict(sorted(self.confusions.items(), key=lambda item: (-item[1], item[0]))),
            unplaced=unplaced,
        )


def _confused(gold: list[Annotation], predicted: list[Annotation]) -> Iterator[tuple[str, str]]:
    """Yield the types of leftover claims of a sentence, each with that of the predicted one that shares most words."""
    for claim in gold:
        if not predicted:
            return
        words = set(claim.anchor.lower().split())
        nearest = max(predicted, key=lambda other: len(words & set(other.anchor.lower().split())))
        predicted.remove(nearest)
        yield claim.event, nearest.event


def _families(claims: Iterable[Annotation]) -> Counter[str]:
    events = load_events()
    return Counter(events[claim.event].family if claim.event in events else "?" for claim in claims)


def _denied(claims: Iterable[Annotation]) -> Counter[str]:
    return Counter(claim.event for claim in claims if claim.polarity == "denied")


def _stated(claim: Annotation, name: str) -> object:
    return claim.counts if name == "killed" else getattr(claim, name)
