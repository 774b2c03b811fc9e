"""What Marsad does not compute: firing points, tracks of persons, live positions."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import marsad
import monitor_support as war
from marsad import Certainty, Monitor, Place, records
from marsad.reading import EXTRACTOR
from marsad.releasing.walking import held_in
from marsad.store import Store, theatre_digest
from marsad.vocabulary import load_events

if TYPE_CHECKING:
    from pathlib import Path

AIMING = re.compile(r"bearing|launch|firing|origin_point|trajectory|azimuth|target_lat|(?<!pro)position", re.IGNORECASE)
TRACKING = re.compile(r"track|movements|whereabouts|persons", re.IGNORECASE)


def struck(folder: Path) -> Path:
    """A war in which three places are struck from somewhere that nobody tells."""
    path = folder / "struck.marsad"
    with Store.open(path) as store:
        store.add_theatre(war.THEATRE, learnt=war.START)
        for number, place in enumerate([war.QARN, war.BAY, replace(war.BAY, name="Far", gazetteer_id="x:3", lat=36.5)]):
            report = replace(war.reports()["r5"], id=f"s{number}")
            claim = replace(
                war.claim(f"c{number}", "r5", "fighting went on", "shelling", "narrator", agent="Northern Front"),
                report=report.id,
                place=place,
                anchor=replace(war.span("r5", "fighting went on"), report=report.id),
            )
            digest = theatre_digest(war.THEATRE)
            store.add(report, [claim], extractor=EXTRACTOR, theatre=digest, learnt=war.START, origin=report.id)
    return path


def test_no_record_or_question_has_a_place_to_fire_from_or_a_person_to_follow() -> None:
    kinds = [one for name in records.__all__ if is_dataclass(one := getattr(records, name))]
    names = [f"{kind.__name__}.{field.name}" for kind in kinds for field in fields(kind)]
    names += [name for name in dir(Monitor) if not name.startswith("_")]
    names += [name for name in load_events() if name != "launch_offensive"] + [
        name for name in marsad.__all__ if name[0].isupper()
    ]
    assert [name for name in names if AIMING.search(name) or TRACKING.search(name)] == []


def test_strikes_give_no_point_but_those_that_were_struck(tmp_path: Path) -> None:
    with Monitor.open(struck(tmp_path)) as held:
        answers = (
            held.picture(), held.report(since=timedelta(days=9)), held.control(), held.nowcast(), held.review_queue(),
            held.assess("s0"), held.disputes(), held.sources(),
        )  # fmt: skip
        points = {(one.lat, one.lon) for one in held_in(answers, Place)}
    assert points == {(35.0, 37.0), (36.0, 39.0), (36.5, 39.0)}


def test_a_person_has_another_label_in_another_report_and_no_record_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    digest = theatre_digest(war.THEATRE)
    with Store.open(path) as store:
        store.add_theatre(war.THEATRE, learnt=war.START)
        for number, before in enumerate(["", "Rima Dar, a nurse, was there. "]):
            text = f"{before}Sami Dar, a nurse, said rebels had taken Qarn."
            report = replace(war.reports()["r2"], id=f"n{number}", text=text)
            words = "rebels had taken"
            anchor = records.Passage(report=report.id, start=text.index(words), end=text.index(words) + len(words))
            claim = replace(
                war.claims()[1], id=f"c{number}", report=report.id, source="Sami Dar", speaker="Sami Dar",
                anchor=anchor, cue=None,
            )  # fmt: skip
            store.add(report, [claim], extractor=EXTRACTOR, theatre=digest, learnt=war.START, origin=report.id)
    with Monitor.open(path, policy="public") as held:
        assert [one.speaker for one in held.claims()] == ["a nurse (1)", "a nurse (2)"]
        assert held.sources(name="Sami Dar") == held.claims(source="Sami Dar") == held.search("Sami") == ()


def test_what_is_planned_or_under_way_is_kept_back_by_the_delay(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    now = datetime.now(UTC)
    with Store.open(path) as store:
        for hours, certainty in ((2, Certainty.PLANNED), (2, Certainty.CERTAIN), (60, Certainty.PLANNED)):
            name = f"m{hours}{certainty.value}"
            report = replace(war.reports()["r5"], id=name, published=now - timedelta(hours=hours))
            claim = replace(
                war.claims()[5], id=f"c-{name}", report=name, certainty=certainty, event="deploy",
                anchor=replace(war.span("r5", "fighting went on"), report=name), cue=None,
            )  # fmt: skip
            store.add(report, [claim], extractor=EXTRACTOR, theatre="", learnt=now, origin=name)
    with Monitor.open(path) as whole, Monitor.open(path, policy="public") as held:
        assert len(whole.claims()) == 3
        assert [one.id for one in held.claims()] == ["c-m60planned"]
        assert held.search("fighting", since=now - timedelta(hours=5)) == ()
