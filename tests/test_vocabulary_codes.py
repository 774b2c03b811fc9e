"""The files that say what coded data mean: what they hold, and how a wrong one is told."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from coded_support import ACLED, GED
from marsad.errors import DataFileError
from marsad.records import Certainty
from marsad.vocabulary import (
    load_coded_names,
    load_coded_tables,
    load_control_areas,
    load_control_table,
    load_demonyms,
    load_events,
)
from marsad.vocabulary.codes import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path


def test_every_event_and_column_that_the_tables_name_is_there() -> None:
    for table in load_coded_tables().values():
        assert {one.event for one in table.events.values()} - {None} <= load_events().keys()
        columns = {one for event in table.events.values() for one in (event.agent, event.target) if one}
        columns |= {one for toll in table.tolls.values() for one in (toll.agent, toll.target) if one}
        columns |= {table.start, table.end, table.day_code, table.place_code, table.lat, table.lon, *table.killed}
        assert columns <= {*ACLED, *GED[0]}
        assert all(table.needed <= set(header) for header in table.headers)


def test_all_sub_events_of_acled_are_named() -> None:
    assert len(load_coded_tables()["acled"].events) == 25


def test_acleds_sub_events_agree_with_those_that_the_event_types_name() -> None:
    events = load_coded_tables()["acled"].events
    named = {one.acled.casefold() for one in load_events().values() if one.acled}
    assert named <= events.keys()


def test_the_countries_of_a_status_are_known() -> None:
    codes = {code for some in load_control_table().holders.values() for code in some}
    assert codes <= load_demonyms().countries.keys()


@pytest.mark.parametrize(
    ("layer", "certainty"), [(None, Certainty.CERTAIN), ("", Certainty.CERTAIN), ("CLAIMED", Certainty.POSSIBLE)]
)
def test_a_layer_says_how_firmly(layer: str | None, certainty: Certainty) -> None:
    assert load_control_areas().certainty(layer) is certainty


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        ("acled", 'event = "clash"', 'event = "duel"', "'event' is 'duel'; it must be one of"),
        ("acled", 'winner = "state"', 'winner = "me"', "'winner' is 'me'; it must be one of , alone, other, state"),
        ("acled", '"fatalities", "fatalities"]', '"fatalities"]', "'killed' must be two columns"),
        ("acled", 'prefix = "acled:"', 'prefox = "acled:"', "unknown key 'prefox'"),
        ("acled", 'precision = "week"', 'precision = "fortnight"', "'precision' is 'fortnight'"),
        ("ucdp-ged", "tolls = [", 'tolls = ["dead", ', "'dead' is not one of the tolls"),
        ("acled", 'stands = "affirmed"', 'stance = "affirmed"', "unknown key 'stance'"),
        (
            "acled",
            'columns = ["claim_status", "evidence_ids"]',
            "columns = []",
            "'columns' must name those that only own",
        ),
        ("ucdp-ged", "radius_km = 65", "radius_km = 0", "'radius_km' is 0; it must be above 0"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(tmp_path: Path, file: str, before: str, after: str, reason: str) -> None:
    folder = tmp_path / "coded"
    shutil.copytree(SHIPPED, folder)
    path = folder / f"{file}.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(DataFileError) as raised:
        load_coded_tables(folder)
    assert reason in str(raised.value)
    assert str(raised.value).startswith(f"{path}:")


def test_other_wrong_files_are_told(tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    names.write_text('nations = ["Army"]\ncivilians = []\nnobody = []\n', "utf-8")
    with pytest.raises(DataFileError, match=r"names\.toml:1: 'Army' must have one \{\} for the country"):
        load_coded_names(names)
    areas = tmp_path / "control-area.toml"
    areas.write_text((SHIPPED / areas.name).read_text("utf-8").replace('is = "possible"', 'is = "maybe"'), "utf-8")
    with pytest.raises(DataFileError, match="'is' is 'maybe'"):
        load_control_areas(areas)
    control = tmp_path / "viina-control.toml"
    control.write_text((SHIPPED / control.name).read_text("utf-8").replace('day = "date"\n', ""), "utf-8")
    with pytest.raises(DataFileError, match="'day' must be a non-empty string"):
        load_control_table(control)
