"""The parser as the reader loads it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import spacy

from marsad.demo import demo_reports
from marsad.intake import Taken, read_inputs
from marsad.reading.parsing.pipelines import load_pipeline
from marsad.reading.reader import MODEL
from marsad.reading.sentences import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc


def told(docs: Iterable[Doc]) -> list[list[tuple[str, str, str, int, str]]]:
    return [[(one.lemma_, one.tag_, one.dep_, one.head.i, one.ent_type_) for one in doc] for doc in docs]


@pytest.mark.slow
def test_the_parser_says_the_same_however_it_multiplies(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = read_inputs([demo_reports()], retrieved=datetime(2026, 1, 1, tzinfo=UTC))
    reports = [one.report for one in taken if isinstance(one, Taken)][:6]
    sentences = [report.text[one.start : one.end] for report in reports for one in cut(report.text, frozenset())]
    plain = told(spacy.load(MODEL).pipe(sentences))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    parser = load_pipeline(MODEL)
    assert not any(node.ops.use_blis for node in parser.get_pipe("parser").model.walk())
    assert told(parser.pipe(sentences)) == plain
    assert told(map(parser, sentences)) == plain
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert all(node.ops.use_blis for node in load_pipeline(MODEL).get_pipe("parser").model.walk())


@pytest.mark.slow
def test_loading_the_parser_does_not_load_torch_and_leaves_it_to_others() -> None:
    code = (
        "import sys, importlib.util\n"
        "before = importlib.util.find_spec('torch')\n"
        f"from marsad.reading.parsing.pipelines import load_pipeline; load_pipeline({MODEL!r})\n"
        "assert 'torch' not in sys.modules\n"
        "assert (importlib.util.find_spec('torch') is None) == (before is None)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
