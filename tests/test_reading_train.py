"""Training: annotations laid over words, names exchanged, and a small network trained to its files."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from marsad.reading import Reader, Unread
from marsad.reading.learned._inputs import ROLES, SLOTS, TYPES, Inputs
from marsad.reading.learned._network import Network
from marsad.reading.learned._pieces import Pieces
from marsad.reading.learned._trace import Trace, Word
from marsad.reading.train import Settings, train
from marsad.reading.train.examples import example
from marsad.reading.train.export import export
from marsad.reading.train.model import Model
from marsad.reading.train.names import Substitution, name_words
from marsad.reading.train.network import Encoder
from marsad.records import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.gazetteer import Gazetteer
    from marsad.reading.train.examples import Target

CORPUS = Path(__file__).parents[1] / "corpus"
PUBLISHED = datetime(2031, 4, 7, 18, 0, tzinfo=UTC)
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "front", "took", "tolmera", "it", "said", "on", "monday", ".")

# Each word with its head, part of speech and relation, as the parser gives them.
SENTENCES = (
    (
        ("The", 1, "DET", "det"),
        ("Front", 2, "PROPN", "nsubj"),
        ("took", 2, "VERB", "ROOT"),
        ("Tolmera", 2, "PROPN", "dobj"),
        (".", 2, "PUNCT", "punct"),
    ),
    (
        ("It", 1, "PRON", "nsubj"),
        ("said", 1, "VERB", "ROOT"),
        ("it", 3, "PRON", "nsubj"),
        ("holds", 1, "VERB", "ccomp"),
        ("Tolmera", 3, "PROPN", "dobj"),
        (".", 1, "PUNCT", "punct"),
    ),
)
TEXT = "The Front took Tolmera. It said it holds Tolmera."
ROW = {"event": "capture", "polarity": "affirmed", "certainty": "certain", "extent": "whole", "anchor": "took Tolmera"}
ROW |= {"source": "narrator", "cue": None, "agent": "Ruma Front", "target": None, "place": "Tolmera", "words": {}}
ROW |= {"from": "2031-04-07", "to": "2031-04-07"}


def inputs() -> Inputs:
    trace = Trace(Report(id="r", publisher="Aro", kind="wire", title="", text=TEXT, sha256="", published=PUBLISHED))
    at = 0
    for number, sentence in enumerate(SENTENCES):
        first = len(trace.words)
        trace.firsts.append(first)
        for text, head, pos, dep in sentence:
            at = TEXT.index(text, at)
            trace.offsets.append(at)
            trace.words.append(Word(text, "body", number, first + head, pos, dep))
    return Inputs(trace, PUBLISHED.date())


def targets(*changes: dict[str, Any]) -> tuple[Target, ...]:
    laid = inputs()
    front = laid.trace.firsts[0] + 1
    return example(laid, [{**ROW, **change} for change in changes], [(front, front + 1, "Ruma Front")]).targets


def named(target: Target, role: str) -> list[list[str]]:
    """Return the words, or the slots, that stand for a role's values."""
    slots, words = SLOTS[role], inputs().trace.words
    options = target.roles.get(role, ())
    return [[slots[o] if o < len(slots) else words[o - len(slots)].text for o in value] for value in options]


# ---- examples -----------------------------------------------------------------------------------------------------


def test_a_claim_is_laid_over_its_words() -> None:
    (target,) = targets({})
    assert inputs().trace.words[target.trigger].text == "took"
    assert TYPES[target.event] == "capture"
    assert {role: named(target, role) for role in ROLES} == {
        "source": [["narrator"]],
        "agent": [["Front"]],
        "target": [["none"]],
        "place": [["Tolmera"]],
    }
    assert target.dated is not None
    assert list(np.flatnonzero(target.dated)) == [1]


def test_given_words_come_before_names() -> None:
    holding = {"event": "hold", "anchor": "it holds", "source": "Ruma Front", "cue": "said"}
    (target,) = targets({**holding, "words": {"agent": "it", "source": "It"}})
    assert named(target, "agent") == [["it"]]
    assert named(target, "source") == [["It"]]


def test_a_source_without_words_is_found_at_its_cue() -> None:
    (target,) = targets({"event": "hold", "anchor": "it holds", "source": "spokesman", "cue": "said"})
    assert named(target, "source") == [["It"]]


def test_an_earlier_name_stands_for_who_is_not_named_again() -> None:
    (target,) = targets({"event": "hold", "anchor": "it holds"})
    assert named(target, "agent") == [["Front"]]


def test_what_the_words_do_not_show_is_left_out() -> None:
    (target,) = targets({"agent": "Army of Ro", "from": "2019-01-01", "to": "2019-01-02"})
    assert "agent" not in target.roles
    assert target.dated is None


def test_claims_of_one_event_become_one_target_with_all_their_values() -> None:
    (target,) = targets({}, {"agent": "civilians"})
    assert named(target, "agent") == [["Front"], ["civilians"]]


def test_an_anchor_outside_the_text_gives_nothing() -> None:
    assert targets({"anchor": "."}) == ()


# ---- names --------------------------------------------------------------------------------------------------------


@pytest.fixture
def named_folder(tmp_path: Path) -> Path:
    actors = {
        "Ruma Front": {"kind": "armed_group", "side": "rebels", "aliases": ["RF", "the rebels"]},
        "Ilo Vant": {"kind": "person", "side": "rebels", "aliases": []},
    }
    (tmp_path / "actors.json").write_text(json.dumps(actors), "utf-8")
    (tmp_path / "places.jsonl").write_text('{"name": "Tolmera North", "kind": "town", "country": "XA"}\n', "utf-8")
    return tmp_path


def test_words_of_names_are_sorted_by_what_they_name(named_folder: Path) -> None:
    found = name_words(named_folder, {"front", "north"})
    assert found == {"actor": ["Ruma"], "person": ["Ilo", "Vant"], "place": ["Tolmera"]}


def test_each_name_gives_way_to_one_other_of_its_sort() -> None:
    own, others = {"place": ["Tolmera"], "person": ["Ilo"]}, [{"place": ["Velch", "Orum"]}]
    swap = Substitution(own, others, random.Random(1))
    assert swap.of("Tolmera") in {"Velch", "Orum"}
    assert swap.of("Tolmera") == swap.of("Tolmera")
    assert swap.of("Ilo") == "Ilo"  # nobody else's name is known
    assert swap.of("took") == "took"


# ---- the network --------------------------------------------------------------------------------------------------


def test_the_files_answer_like_the_network_that_was_trained(tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = Model(Encoder(len(VOCABULARY), layers=1))
    export(model, VOCABULARY, tmp_path)
    network, laid = Network.load(tmp_path), inputs()
    vectors = network.vectors(laid)
    windows = list(laid.windows(Pieces.read(VOCABULARY)))
    with torch.no_grad():
        (wanted,) = model.vectors([(laid, windows)])
    assert np.corrcoef(vectors.ravel(), wanted.numpy().ravel())[0, 1] > 0.95  # what 8 bits leave over
    pair = (laid.trace.firsts[0] + 2, TYPES.index("capture"))
    (answer,) = network.answers(vectors, laid, [(*pair, 1.0)])
    with torch.no_grad():
        given = torch.as_tensor(np.asarray(vectors, dtype=np.float32))
        event = model.heads.events(given, [pair])
        mood = torch.softmax(model.heads.certainty(event), 1)[0]
    assert np.abs(answer.certainty - mood.numpy()).max() < 0.01


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two reports from each of three theatres, the last of them held out."""
    corpus = tmp_path_factory.mktemp("corpus")
    theatres = ("ostravia", "tamurant", "karabelia")
    for theatre in theatres:
        source, out = CORPUS / theatre, corpus / theatre
        out.mkdir()
        for name in ("actors.json", "places.jsonl", "theatre.toml"):
            (out / name).write_text((source / name).read_text("utf-8"), "utf-8")
        reports = (source / "reports.jsonl").read_text("utf-8").splitlines()[:2]
        kept = {json.loads(line)["id"] for line in reports}
        claims = (source / "claims.jsonl").read_text("utf-8").splitlines()
        (out / "reports.jsonl").write_text("\n".join(reports) + "\n", "utf-8")
        own = [line for line in claims if json.loads(line)["report"] in kept]
        (out / "claims.jsonl").write_text("\n".join(own) + "\n", "utf-8")
    (corpus / "corpus.toml").write_text(f'held_out = ["{theatres[-1]}"]\n', "utf-8")
    return corpus


@pytest.fixture(scope="module")
def trained(small: Path, gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """Two networks, trained alike."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    for folder in folders:
        train(small, folder, gazetteer, Settings(epochs=1), layers=1, tell=lambda _: None)
    yield folders
    torch.use_deterministic_algorithms(mode=False)


@pytest.mark.slow
def test_training_twice_gives_the_same_network(trained: list[Path]) -> None:
    one, two = (json.loads((folder / "made.json").read_text("utf-8")) for folder in trained)
    assert one == two
    assert (one["reports"], one["layers"]) == (4, 1)


@pytest.mark.slow
def test_a_network_of_your_own_reads(trained: list[Path], small: Path, gazetteer: Gazetteer) -> None:
    reader = Reader(gazetteer, network=trained[0])
    row = json.loads((small / "karabelia" / "reports.jsonl").read_text("utf-8").splitlines()[0])
    report = Report(id="r", publisher="Aro", kind="wire", title="", text=row["text"], sha256="", published=PUBLISHED)
    assert not isinstance(reader.read(report), Unread)
    assert reader.extractor.endswith(json.loads((trained[0] / "made.json").read_text("utf-8"))["digest"])
