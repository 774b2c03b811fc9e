"""The words of the pages against the vocabulary: whatever a data file may name has words in the interface."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.records import Certainty, ControlStatus
from marsad.theatre import ACTOR_KINDS
from marsad.vocabulary import load_events, load_rules, shipped_rules

STRINGS = Path(__file__).resolve().parents[1] / "frontend" / "src" / "strings"
NAMED = {
    "event": sorted(load_events()),
    "topic": sorted({event.family for event in load_events().values()}),
    "stands": [one.value for one in ControlStatus],
    "certainty": [one.value for one in Certainty],
    "kind": sorted(ACTOR_KINDS),
    "grade": sorted({grade for name in shipped_rules() for grade in load_rules(name).grades}),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", NAMED)
def test_each_word_of_the_vocabulary_has_words_in_the_pages_and_no_other(language: str, kind: str) -> None:
    strings = json.loads((STRINGS / f"{language}.json").read_text("utf-8"))
    known = {key.removeprefix(f"{kind}.") for key in strings if key.startswith(f"{kind}.")}
    assert known == set(NAMED[kind])
