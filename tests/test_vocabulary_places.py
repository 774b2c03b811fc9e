"""Words for the position beside a place, and short names of divisions, as data files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.vocabulary import load_divisions, load_relations

if TYPE_CHECKING:
    from pathlib import Path


def test_short_names_tell_the_division_and_its_country() -> None:
    short = load_divisions()
    assert short["N.J."] == ("New Jersey", "US")
    assert short["NSW"] == ("New South Wales", "AU")
    assert "New Jersey" not in short


def test_a_short_name_of_two_divisions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "en" / "divisions.toml"
    path.parent.mkdir()
    path.write_text('[US]\n"Washington" = ["WA"]\n[AU]\n"Western Australia" = ["WA"]\n', "utf-8")
    with pytest.raises(DataFileError, match="'WA' stands for two divisions"):
        load_divisions(folder=tmp_path)


def test_directions_are_degrees_and_units_kilometres() -> None:
    words = load_relations()
    assert words.directions["east"] == 90
    assert words.units["mile"] == pytest.approx(1.609, abs=0.001)
    assert words.before["the outskirts of"] == "outskirts"
    assert set(words.joins) == {"between", "road"}


@pytest.mark.parametrize("value", ["-1", "true", '"far"'])
def test_a_unit_that_is_no_number_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "en" / "relations.toml"
    path.parent.mkdir()
    path.write_text(
        f'[directions]\nnorth = 0\n[units]\nkm = {value}\n[reach]\nnear = 1.0\n[before]\nnear = ["near"]\n'
        '[joins]\nbetween = ["and"]\n[after]\naround = ["countryside"]\n[skipped]\nwords = ["the"]\n'
        '[lying]\nwithin = ["in"]\nlists = ["and"]\n',
        "utf-8",
    )
    with pytest.raises(DataFileError, match="'km' must be a number that is not negative"):
        load_relations(folder=tmp_path)
