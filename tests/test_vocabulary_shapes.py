"""The words of others' tables: what ships is whole, and wrong files are refused with line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.vocabulary import (
    load_acled_shape,
    load_events,
    load_ged_shape,
    load_hashtags,
    load_plover_shape,
    load_precisions,
    load_regions,
)
from marsad.vocabulary.shapes import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOADERS: dict[str, Callable[[Path], object]] = {
    "acled": load_acled_shape,
    "ged": load_ged_shape,
    "hxl": load_hashtags,
    "plover": load_plover_shape,
    "precision": load_precisions,
    "regions": load_regions,
}


def test_every_file_has_its_loader() -> None:
    assert {path.stem for path in SHIPPED.glob("*.toml")} == set(LOADERS)


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        ("acled", 'abroad = "External/Other forces"', 'abroad = "Foreigners"', "'abroad' is 'Foreigners'"),
        ("acled", 'state = "State forces"', 'state = "Soldiers"', "'state' is 'Soldiers'"),
        ("acled", "protest = {", "parade = {", "'parade' is not an event type"),
        ("acled", 'class = "Protesters"', 'klass = "Protesters"', "unknown key 'klass'"),
        ("acled", '"Agreement" = ', '"Accord" = ', "no sub-event 'Agreement', which 'ceasefire' is"),
        ("acled", '= "Government regains territory" }', '= "Reconquest" }', "'State forces' is 'Reconquest'"),
        ("ged", "type = 3", "type = 4", "'type' is 4; it must be above 0 and at most 3"),
        ("ged", '["state", "state"]', '["state"]', "'sides' must be two kinds"),
        ("hxl", '"#event+code"', '"event code"', "'event code' is no hashtag with attributes"),
        ("plover", "quad = 1", "quad = 5", "'quad' is 5"),
        ("plover", '["demo", "riot"', '["riot"', "no type and mode 'PROTEST/demo', which 'protest' is"),
        ("plover", "AID = {", "HELP = {", "no type and mode 'AID', which 'aid' is"),
        ("precision", "acled = [1, 7]", "acled = [7, 1]", "the days of 'acled' must rise"),
        ("precision", "acled = [1, 7]", "acled = []", "'acled' must be a list of days"),
        ("precision", "week = {", "fortnight = {", "unknown key 'fortnight'"),
        ("precision", "ged = 3", "ged = 8", "'ged' is 8"),
        ("regions", '"DZ", ', '"SY", ', "'SY' is of two regions"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, file: str, before: str, after: str, reason: str) -> None:
    text = (SHIPPED / f"{file}.toml").read_text("utf-8")
    assert before in text
    path = tmp_path / f"{file}.toml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(DataFileError) as raised:
        LOADERS[file](path)
    assert reason in str(raised.value)
    assert str(raised.value).startswith(f"{path}:")


def test_event_types_are_named_in_no_shape_that_lacks_them() -> None:
    shape = load_acled_shape()
    assert set(shape.events) <= set(load_events())
    assert set(load_plover_shape().two_sided) <= set(load_events())
    assert {one.disorder for one in shape.sub_events.values()} == {
        "Political violence",
        "Demonstrations",
        "Political violence; Demonstrations",
        "Strategic developments",
    }
