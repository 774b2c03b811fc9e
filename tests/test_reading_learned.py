"""The learned reader: what it is given, what it answers, and what becomes of the answers in claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from marsad.errors import DataFileError
from marsad.reading import EXTRACTOR, Reader, Unread
from marsad.reading.learned._finding import answers
from marsad.reading.learned._inputs import DATED, DATING, FEATURES, RELATIONS, Inputs
from marsad.reading.learned._network import NETWORK, Network
from marsad.reading.learned._pieces import Pieces
from marsad.reading.learned._trace import Trace, Word
from marsad.records import Interval, Producer, Report
from reading_support import SUDAN

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "town", "the", "fell", "##s", "al", "-", "bab", "cafe", "to", "##wn")
PUBLISHED = datetime(2024, 12, 1, 19, 0, tzinfo=UTC)
STORY = (
    "The Rapid Support Forces said on Sunday that their fighters had taken Kutum. Not one soldier of the army was left "
    "in the town by noon, residents said.\n\n"
    "The Sudanese army denied it. Its spokesman said the garrison was holding every gate.\n\n"
    "On Friday shells had come down on the market of El Fasher, killing nine people."
)


def report(text: str = STORY, **fields: object) -> Report:
    plain = Report(
        id="r1",
        publisher="Meridian",
        kind="wire",
        title="Town changes hands, force says",
        text=text,
        sha256="0" * 64,
        published=PUBLISHED,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def claims(reader: Reader, one: Report) -> tuple[Claim, ...]:
    found = reader.read(one)
    assert not isinstance(found, Unread)
    return found


# ---- pieces -------------------------------------------------------------------------------------------------------


@pytest.fixture
def pieces() -> Pieces:
    return Pieces.read(f"{piece}\n" for piece in VOCABULARY)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("town", ["town"]),
        ("Towns", ["town", "##s"]),
        ("al-Bab", ["al", "-", "bab"]),
        ("Café", ["cafe"]),
        ("falls", ["[UNK]"]),
        ("…", ["[UNK]"]),
        ("t" * 70, ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(pieces: Pieces, word: str, expected: list[str]) -> None:
    assert [VOCABULARY[number] for number in pieces.of(word)] == expected


# ---- inputs -------------------------------------------------------------------------------------------------------


def laid_out(sentences: int, length: int) -> Inputs:
    """Return a trace of made-up sentences: in each, the second word is the root and the first its subject."""
    trace = Trace(report("", title="The town"))
    for number in range(sentences):
        first = len(trace.words)
        trace.firsts.append(first)
        for index in range(length):
            dep = "ROOT" if index == 1 else "nsubj" if index == 0 else "dep"
            pos = "VERB" if index == 1 else "NOUN"
            trace.words.append(Word("town", "body", number, first + 1, pos, dep))
            trace.offsets.append(first + index)
    return Inputs(trace, PUBLISHED.date())


@pytest.mark.parametrize(("sentences", "length"), [(1, 3), (3, 20), (40, 30), (2, 400), (1, 700)])
def test_windows_take_every_word_once(pieces: Pieces, sentences: int, length: int) -> None:
    inputs = laid_out(sentences, length)
    windows = list(inputs.windows(pieces))
    taken = [int(word) for window in windows for word in window.words[window.taken]]
    assert all(len(window.pieces) <= 512 for window in windows)
    assert len(taken) == len(set(taken))
    if length < 500:  # what a single sentence has beyond a window is not seen
        assert set(taken) == set(range(len(inputs.trace.words)))


def test_other_words_can_stand_for_those_of_the_report(pieces: Pieces) -> None:
    inputs = laid_out(1, 3)
    (window,) = inputs.windows(pieces, ["fell"] * len(inputs.trace.words))
    assert {VOCABULARY[number] for number in window.pieces} == {"[CLS]", "fell", "[SEP]"}


def test_features_stay_within_their_tables() -> None:
    features = laid_out(2, 5).features
    assert features.shape[1] == len(FEATURES)
    assert all(features[:, number].max() <= len(values) for number, (_, values) in enumerate(FEATURES))


def test_relations_tell_how_words_stand_to_a_trigger() -> None:
    inputs = laid_out(5, 3)
    start = inputs.trace.firsts[0]
    names = [RELATIONS[number] for number in inputs.relations(start + 3 * 3 + 1)]
    assert set(names[:start]) == {"header"}
    assert names[start:] == ["far"] * 6 + ["before"] * 3 + ["subject", "self", "child"] + ["later"] * 3


def test_a_date_can_be_read_in_several_ways() -> None:
    inputs = laid_out(1, 3)
    today = Interval(start=PUBLISHED.date(), end=PUBLISHED.date())
    eve = Interval(start=date(2024, 11, 30), end=date(2024, 11, 30))
    assert [DATED[index] for index in np.flatnonzero(inputs.dated(today))] == ["published"]
    assert [DATED[index] for index in np.flatnonzero(inputs.dated(eve))] == ["day before"]
    assert not inputs.dated(Interval(start=date(2020, 1, 1), end=date(2020, 1, 1))).any()


def test_without_a_publication_only_dates_in_the_text_count() -> None:
    inputs = Inputs(laid_out(1, 3).trace, None)
    assert all(interval == Interval() for interval in inputs.intervals)


# ---- the network --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_the_rules_saw_is_laid_out_word_by_word(gazetteer: Gazetteer) -> None:
    trace, docs = Reader(gazetteer, SUDAN, network=None).traced(report())
    assert len(trace.firsts) == len(docs)
    assert [word.text for word in trace.words[trace.firsts[0] :]] == [token.text for doc in docs for token in doc]
    assert all(STORY.startswith(w.text, at) for w, at in zip(trace.words, trace.offsets, strict=True) if at >= 0)
    assert {time.interval.start for time in trace.times} >= {date(2024, 12, 1), date(2024, 11, 29)}
    assert [trace.words[event.trigger].text for event in trace.events if event.event == "capture"][:1] == ["taken"]


@pytest.mark.slow
def test_answers_are_probabilities(gazetteer: Gazetteer) -> None:
    trace, _ = Reader(gazetteer, SUDAN, network=None).traced(report())
    inputs = Inputs(trace, PUBLISHED.date())
    found = answers(Network.load(NETWORK), inputs)
    assert found
    for answer in found.values():
        for chances in (answer.polarity, answer.certainty, answer.extent, *answer.options.values()):
            assert chances.min() >= 0
            assert chances.sum() == pytest.approx(1, abs=1e-4)
        assert len(answer.options["when"]) == len(DATED) + len(DATING) * len(trace.times)


def test_a_folder_without_a_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"no network: encoder\.onnx is missing"):
        Network.load(tmp_path)


# ---- claims -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_claims_say_what_each_field_is_from(gazetteer: Gazetteer) -> None:
    learned = claims(Reader(gazetteer, SUDAN), report())
    assert {claim.extractor for claim in learned} == {EXTRACTOR}
    assert {claim.produced.event for claim in learned} <= set(Producer)
    assert Producer.BOTH in {claim.produced.event for claim in learned}
    rules = claims(Reader(gazetteer, SUDAN, network=None), report())
    assert {claim.produced.event for claim in rules} == {Producer.RULES}


@pytest.mark.slow
def test_what_no_rule_knows_is_read(gazetteer: Gazetteer) -> None:
    rules = claims(Reader(gazetteer, SUDAN, network=None), report())
    learned = claims(Reader(gazetteer, SUDAN), report())
    assert "withdraw" not in {claim.event for claim in rules}
    assert "withdraw" in {claim.event for claim in learned}


@pytest.mark.slow
def test_reading_again_gives_the_same(gazetteer: Gazetteer) -> None:
    reader = Reader(gazetteer, SUDAN)
    assert claims(reader, report()) == claims(reader, report())


@pytest.mark.slow
def test_what_a_report_says_does_not_depend_on_those_read_with_it(gazetteer: Gazetteer) -> None:
    parts = STORY.split("\n\n")
    texts = [STORY, parts[2], "\n\n".join(parts * 6), parts[1], "\n\n".join(reversed(parts))]
    reports = [report(text, id=f"r{number}") for number, text in enumerate(texts)]
    reader = Reader(gazetteer, SUDAN)
    alone = {one.id: claims(reader, one) for one in reports}
    assert any(alone.values())
    assert {one.id: found for one, found in reader.read_many(reports)} == alone
    assert {one.id: found for one, found in reader.read_many(reports[::-1])} == alone


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "",
        "ADVANCE IN THE NORTH",
        "Who holds the town?",
        "…",
        "The army took Kutum " + "and then the next village " * 400 + ".",
        "The army took Kutum. " * 300,
    ],
)
def test_odd_reports_are_read_or_refused(gazetteer: Gazetteer, text: str) -> None:
    found = Reader(gazetteer).read(report(text, title="", publisher=None, published=None))
    assert isinstance(found, (tuple, Unread))
