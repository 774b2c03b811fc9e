"""The third clock: a monitor asked as it was answers like one that stopped then."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import monitor_support as war
from marsad.cli import app
from marsad.demo import demo_gold, demo_theatre
from marsad.errors import StoreError
from marsad.evaluation import load_gold
from marsad.linking import arrive
from marsad.monitor import Monitor
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest
from test_databases import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


def replayed(path: Path) -> Iterator[datetime]:
    """Take the demonstration's reports in when they were published; yield the hour after each."""
    gold = load_gold(demo_gold())
    text = demo_theatre().read_text("utf-8")
    ordered = sorted(gold.reports.values(), key=lambda one: (one.published, one.id))
    assert ordered[0].published is not None
    with Store.open(path) as store:
        store.add_theatre(text, learnt=ordered[0].published)
    for report in ordered:
        assert report.published is not None
        claims = [claim for claim in gold.claims if claim.report == report.id]
        with Monitor.open(path) as monitor, Store.open(path) as store:
            store.add(
                report, claims, extractor=EXTRACTOR, theatre=theatre_digest(text), learnt=report.published, origin="x"
            )
            with store.linking(report.published) as memory:
                arrive([report.id], memory, monitor.theatre)
        yield report.published


def answers(monitor: Path, *options: str) -> list[str]:
    found = []
    for question in QUESTIONS:
        words = question.replace("Qarn", "Homs").replace("assess r2", "assess demo-001").split()
        result = CliRunner().invoke(app, [*words, "--monitor", str(monitor), *options])
        assert result.exit_code == 0, result.output
        found.append(result.stdout)
    return found


def test_a_monitor_as_it_was_answers_like_one_that_stopped_then(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    stopped: list[tuple[datetime, Path]] = []
    for number, hour in enumerate(replayed(path)):
        if number % 5 == 4:
            copy = tmp_path / f"stopped-{number}.marsad"
            shutil.copy(path, copy)
            stopped.append((hour, copy))
    assert len(stopped) > 5
    for hour, copy in stopped:
        assert answers(path, "--learnt-by", hour.isoformat()) == answers(copy)


def test_what_is_published_before_but_learnt_later_is_not_known_then(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    before = war.START - timedelta(hours=1)
    with Monitor.open(path, learnt_by=before) as monitor:
        assert (monitor.reports(), monitor.theatre) == ((), None)
    with Monitor.open(path, learnt_by=war.START) as monitor:
        assert len(monitor.reports(as_of=war.at(0))) == 1


def test_a_monitor_as_it_was_takes_nothing_in(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    (tmp_path / "new.txt").write_text("Rebels entered the town.", "utf-8")
    with (
        Monitor.open(path, learnt_by=war.START) as monitor,
        pytest.raises(StoreError, match=r"opened as it was at .*, and takes nothing in"),
    ):
        monitor.add([tmp_path / "new.txt"])
