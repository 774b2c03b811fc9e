"""One answer from every kind of database: the same commands print the same, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import monitor_support as war
from marsad.cli import app
from marsad.linking import arrive
from marsad.monitor import Monitor
from marsad.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTIONS = (
    "claims --format jsonl",
    "claims --place Qarn --format csv",
    "disputes --format jsonl",
    "control --format jsonl",
    "sources --format jsonl",
    "nowcast --format jsonl",
    "assess r2 --format jsonl",
    "report --format markdown --full",
    "report --format json --since 7d",
)


def asked(question: str, monitor: Path | str, as_of: str | None) -> str:
    hour = ["--as-of", as_of] if as_of else []
    result = CliRunner().invoke(app, [*question.split(), "--monitor", str(monitor), *hour])
    assert result.exit_code == 0, result.output
    return result.stdout


def linked(where: Path | str) -> None:
    """Link what stands in a store, a report at a time, as adding does."""
    with Monitor.open(where) as monitor, Store.open(where) as store:
        for report in store.unlinked():
            with store.linking(war.START) as memory:
                arrive([report], memory, monitor.theatre)


@pytest.mark.postgresql
@pytest.mark.parametrize("as_of", [None, "2021-03-01T12:30+00:00"])
def test_both_kinds_of_database_answer_alike(
    as_of: str | None, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    file, url = tmp_path / "war.marsad", new_database()
    for where in (file, url):
        war.fill(where)
        linked(where)
    for question in QUESTIONS:
        answer = asked(question, file, as_of)
        assert answer.strip()
        assert asked(question, url, as_of) == answer


def test_a_monitor_that_is_not_there_is_not_made_by_asking(where: Path | str) -> None:
    result = CliRunner().invoke(app, ["claims", "--monitor", str(where)])
    assert result.exit_code == 2
    assert "make one with `marsad add FILE" in result.output


def test_reading_goes_on_while_another_adds(where: Path | str) -> None:
    war.fill(where)
    with Monitor.open(where) as reading, Store.open(where) as store, store.transaction():
        store.add_skip("late", "half written", learnt=war.START)
        assert reading.picture().skips == ()
        assert len(reading.reports()) == len(war.TEXTS)
