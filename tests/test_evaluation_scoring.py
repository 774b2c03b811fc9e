"""Scoring predicted claims: pairing, fields, denials, faults, and the same numbers as the shared scorer."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from marsad.demo import demo_gold
from marsad.errors import InputError
from marsad.evaluation import Annotation, Corpus, Measure, annotation, read_annotations, score_claims
from marsad.records import Report
from marsad.vocabulary import load_events

SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"
TEXT = "The army said it had retaken Qarn on Friday. Rebels denied leaving Qarn. Shells fell on Old Town, killing two."
INVENTED = Path(__file__).parent / "data" / "invented"


def report(text: str = TEXT, **fields: Any) -> Report:
    values = {"publisher": "Example News", "kind": "wire", "title": "", **fields}
    return Report(id="r1", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **values)


def claim(event: str, anchor: str, **fields: Any) -> Annotation:
    values: dict[str, Any] = {"source": "narrator", "polarity": "affirmed", "certainty": "certain", **fields}
    return Annotation(report="r1", event=event, anchor=anchor, **values)


CAPTURE = claim("capture", "had retaken Qarn", source="Army of Sorvenia", agent="Army of Sorvenia", place="Qarn")
DENIAL = claim("withdraw", "denied leaving Qarn", source="Rebels", polarity="denied", agent="Rebels", place="Qarn")
SHELLS = claim("shelling", "Shells fell", place="Old Town", lat=10.0, lon=20.0, counts=(2, None, None, None))
GOLD = (CAPTURE, DENIAL, SHELLS)


def score(*predicted: Annotation, of: Report | None = None, **actors: tuple[str, ...]) -> Any:
    return score_claims(GOLD, predicted, [of or report()], actors)


def test_gold_against_itself_is_perfect() -> None:
    scores = score(*GOLD)
    assert {measure.f1 for measure in scores.measures.values()} == {1.0}
    assert set(scores.fields.values()) == {1.0}
    assert scores.faults == ()


def test_nothing_predicted_scores_nothing_and_misses_all() -> None:
    scores = score()
    assert {measure.f1 for measure in scores.measures.values()} == {0.0}
    assert scores.fault_classes == {"missed": 3}


@pytest.mark.parametrize(
    ("text", "first", "second", "place", "other"),
    [
        ("Армия заняла Велижин. Ополченцы это отрицают.", "заняла Велижин", "это отрицают", "Велижин", "Залукань"),
        ("L'armée a pris Évran. « Évran tient », dit-on.", "a pris Évran", "Évran tient", "Évran", "Évrac"),
        ("دخل الجيش مدينة قرن. ونفى الثوار ذلك.", "دخل الجيش", "ونفى الثوار", "قرن", "حلفا"),
    ],
    ids=["Russian", "French", "Arabic"],
)
def test_other_scripts_are_cut_and_compared_as_latin_is(
    text: str, first: str, second: str, place: str, other: str
) -> None:
    gold = claim("capture", first, place=place)

    def found(anchor: str, where: str) -> tuple[int, float]:
        scores = score_claims([gold], [claim("capture", anchor, place=where)], [report(text)], {})
        return scores.typed.hits, scores.fields["place"]

    assert found(first, place) == (1, 1.0)
    assert found(first, other) == (1, 0.0)
    assert found(second, place)[0] == 0


@pytest.mark.parametrize(("cue", "right"), [("said", 1), ("had said", 1), ("claimed", 0), (None, 0)])
def test_attribution_asks_for_the_words_that_attribute(cue: str | None, right: int) -> None:
    gold = dataclasses.replace(CAPTURE, cue="said")
    found = dataclasses.replace(CAPTURE, cue=cue)
    assert score_claims([gold], [found], [report()], {}).attribution == Measure(right, 1, 1)


def test_attribution_asks_for_the_source() -> None:
    found = dataclasses.replace(CAPTURE, source="narrator")
    assert score_claims([CAPTURE], [found], [report()], {}).attribution.hits == 0


def test_types_taken_for_others_are_counted() -> None:
    swapped = [dataclasses.replace(CAPTURE, event="hold"), DENIAL, dataclasses.replace(SHELLS, event="casualties")]
    assert score(*swapped).confusions == {("capture", "hold"): 1, ("shelling", "casualties"): 1}
    assert score(*GOLD).confusions == {}


def test_claim_of_another_type_is_detected_but_not_typed() -> None:
    scores = score(dataclasses.replace(CAPTURE, event="clash"))
    assert scores.detected == Measure(1, 3, 1)
    assert scores.family == Measure(0, 3, 1)
    assert scores.typed.hits == 0
    assert scores.fault_classes == {"missed": 3, "spurious": 1}


def test_claim_of_the_same_family_counts_for_the_family() -> None:
    scores = score(dataclasses.replace(CAPTURE, event="hold"))
    assert (scores.family.hits, scores.typed.hits) == (1, 0)


def test_claim_in_another_sentence_does_not_match() -> None:
    assert score(dataclasses.replace(CAPTURE, anchor="denied leaving")).typed.hits == 0


def test_offset_wins_over_the_anchor_words() -> None:
    assert score(dataclasses.replace(CAPTURE, anchor="elsewhere", start=TEXT.index("retaken"))).typed.hits == 1


def test_anchor_that_is_not_in_the_text_is_unplaced() -> None:
    scores = score(dataclasses.replace(CAPTURE, anchor="had left Qarn"))
    assert (scores.unplaced, scores.typed.predicted) == (1, 0)


def test_claims_of_other_reports_are_left_out() -> None:
    scores = score(dataclasses.replace(CAPTURE, report="r2"))
    assert (scores.unplaced, scores.typed.predicted) == (0, 0)


def test_wrong_essential_field_costs_full_and_is_told() -> None:
    scores = score(dataclasses.replace(CAPTURE, source="Rebels"))
    assert (scores.typed.hits, scores.full.hits, scores.fields["source"]) == (1, 0, 0.0)
    (fault,) = [fault for fault in scores.faults if fault.kind == "wrong"]
    assert fault.wrong == {"source": ("Army of Sorvenia", "Rebels")}
    assert scores.fault_classes == {"missed": 2, "wrong source": 1}


def test_wrong_date_leaves_full_alone() -> None:
    scores = score(dataclasses.replace(CAPTURE, when=("2031-01-01", None)))
    assert (scores.full.hits, scores.fields["when"]) == (1, 0.0)


def test_spellings_and_shared_words_name_one_actor() -> None:
    others = {"Army of Sorvenia": ("SGF",)}
    assert score(dataclasses.replace(CAPTURE, source="SGF"), **others).fields["source"] == 1.0
    assert score(dataclasses.replace(CAPTURE, source="the Sorvenia army"), **others).fields["source"] == 1.0
    assert score(dataclasses.replace(CAPTURE, source="the army"), **others).fields["source"] == 0.0


def test_publisher_of_an_own_channel_is_its_narrator() -> None:
    guess = dataclasses.replace(SHELLS, source="Example News")
    assert score(guess, of=report(kind="ngo")).fields["source"] == 1.0
    assert score(guess, of=report(kind="newspaper")).fields["source"] == 0.0


def test_places_match_within_25_km_or_by_name() -> None:
    assert score(dataclasses.replace(SHELLS, place="Oldtown", lat=10.2)).fields["place"] == 1.0
    assert score(dataclasses.replace(SHELLS, place="Old Town", lat=10.3)).fields["place"] == 0.0
    assert score(dataclasses.replace(SHELLS, place="old town", lat=None)).fields["place"] == 1.0


def test_closest_prediction_of_several_is_paired_first() -> None:
    scores = score(dataclasses.replace(CAPTURE, place=None, agent=None), CAPTURE)
    assert (scores.typed.hits, scores.full.hits) == (1, 1)


def test_denials_are_counted_by_sentence_and_type() -> None:
    assert score(dataclasses.replace(DENIAL, source="Army of Sorvenia")).denials == Measure(1, 1, 1)
    assert score(dataclasses.replace(CAPTURE, polarity="denied")).denials == Measure(0, 1, 1)


def test_row_without_event_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"report": "r1", "event": "hold"}\n{"report": "r1"}\n')
    with pytest.raises(InputError, match=r"claims\.jsonl:2: a claim without 'event'"):
        read_annotations(path)


def test_folder_without_claims_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_text('{"text": "Shells fell."}\n')
    with pytest.raises(InputError, match=r"claims\.jsonl"):
        Corpus.open(tmp_path)


@pytest.mark.parametrize("folder", [demo_gold(), INVENTED], ids=["demo", "invented"])
def test_bundled_gold_against_itself_is_perfect(folder: Path) -> None:
    corpus = Corpus.open(folder)
    scores = corpus.score(corpus.gold)
    assert scores.unplaced == 0
    assert {measure.f1 for measure in scores.measures.values()} == {1.0}


def spoilt(folder: Path, seed: int) -> list[dict[str, Any]]:
    """Gold rows with every kind of mistake in them."""
    chance, types = random.Random(seed), sorted(load_events())
    rows = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    names = sorted({row["source"] for row in rows})
    guesses = []
    for row in rows:
        if chance.random() < 0.15:
            continue
        mistakes = {
            "event": chance.choice(types),
            "source": chance.choice(names),
            "polarity": "denied",
            "agent": None,
            "place": None,
            "lat": row["lat"] and row["lat"] + 0.2,
            "from": None,
            "killed": 7,
            "anchor": "no such words",
        }
        guess = row | {name: value for name, value in mistakes.items() if chance.random() < 0.1}
        guesses += [guess, guess] if chance.random() < 0.1 else [guess]
    return guesses


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the shared scorer is not there")
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("folder", [demo_gold(), INVENTED, SHARED / "syria-2024"], ids=["demo", "invented", "shared"])
def test_numbers_are_those_of_the_shared_scorer(folder: Path, seed: int, tmp_path: Path) -> None:
    guesses = spoilt(folder, seed)
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(guess) + "\n" for guess in guesses), "utf-8")
    command = [sys.executable, SHARED / "score.py", folder, predicted, "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    scores = Corpus.open(folder).score(annotation(guess) for guess in guesses)
    ours = scores.to_json()
    assert 0.3 < scores.full.f1 < scores.typed.f1 < 1
    assert {name: ours[name] for name in theirs} == theirs
