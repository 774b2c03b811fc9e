"""Versions of reports: each instant is answered from the version that stood there then."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import monitor_support as war
from marsad import MarsadError, Monitor, Report
from marsad.reading import EXTRACTOR
from marsad.records import WITHDRAWN
from marsad.store import Store, theatre_digest

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = "The Exampleland Monitor said it could not tell who was inside Qarn."


def changed(hours: float, text: str = CHANGED, form: str = "prose") -> Report:
    first = war.reports()["r3"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(first, text=text, sha256=digest, updated=war.at(hours), form=form)


def held(folder: Path, *later: Report) -> Monitor:
    """Return a monitor of the war with later versions of its third report, which say nothing of who is where."""
    path = war.filled(folder)
    with Store.open(path) as store:
        for report in later:
            name, outcome = store.add_report(report, learnt=war.at(40))
            assert outcome == "updated"
            store.add_reading(name, EXTRACTOR, theatre_digest(war.THEATRE), [], learnt=war.at(40))
    return Monitor.open(path)


def told(monitor: Monitor, hours: float | None) -> set[str]:
    return {claim.id for claim in monitor.claims(as_of=None if hours is None else war.at(hours))}


def test_a_claim_ends_with_the_version_that_made_it(tmp_path: Path) -> None:
    with held(tmp_path, changed(20)) as monitor:
        assert "c-inside" in told(monitor, 19)
        assert "c-inside" not in told(monitor, 20)
        assert "c-inside" not in told(monitor, None)
        before, after = (monitor.picture(war.at(hours)) for hours in (19, 20))
    assert {claim.id for claim in before.claims} - {claim.id for claim in after.claims} == {"c-inside", "c-dead"}


def test_the_version_that_was_changed_last_counts_however_they_came(tmp_path: Path) -> None:
    with held(tmp_path, changed(24, "Third text of them."), changed(20)) as monitor:
        texts = [{one.text for one in monitor.reports(war.at(hours))} for hours in (8, 21, 25)]
    assert [CHANGED in some for some in texts] == [False, True, False]
    assert ["Third text of them." in some for some in texts] == [False, False, True]


def test_versions_are_told_from_any_of_them(tmp_path: Path) -> None:
    with held(tmp_path, changed(24, "Third text of them."), changed(20)) as monitor:
        found = monitor.versions("r3")
        assert [one.said for one in found] == [war.at(7), war.at(20), war.at(24)]
        assert monitor.versions(found[1].id) == found
        with pytest.raises(MarsadError, match="no report 'r9'"):
            monitor.versions("r9")


def test_a_withdrawn_report_says_nothing_from_then_on(tmp_path: Path) -> None:
    with held(tmp_path, changed(20, "Please disregard.", WITHDRAWN)) as monitor:
        assert "c-inside" in told(monitor, 19)
        assert "r3" in {one.id for one in monitor.reports(war.at(19))}
        assert not {one.id for one in monitor.reports() if (one.version_of or one.id) == "r3"}


def test_a_version_that_came_later_is_no_news_to_an_earlier_monitor(tmp_path: Path) -> None:
    with held(tmp_path, changed(20)) as monitor:
        name = monitor.name
    with Monitor.open(name, learnt_by=war.at(40) - timedelta(minutes=1)) as monitor:
        assert "c-inside" in told(monitor, None)
