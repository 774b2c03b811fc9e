"""Spreadsheets: no text is run as a formula, numbers stay numbers, and the table of losses is the code's."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monitor_support as war
from marsad import Monitor, export_formats
from marsad.exports.spreadsheets import csv_rows
from marsad.reading import EXTRACTOR
from marsad.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

STARTS = "=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20\uff5c\uff05"
PASSED_OVER = ' \ufeff\u200b\u00a0\u3000"'
EVIL = st.builds(
    lambda before, start, rest: before + start + rest,
    st.text(PASSED_OVER, max_size=4),
    st.sampled_from([*STARTS, "", "a"]),
    st.text(max_size=20),
)
ROOT = Path(__file__).parents[1]


def written(cells: Iterable[object]) -> list[str]:
    stream = io.BytesIO()
    with csv_rows(stream, ["text"]) as put:
        for cell in cells:
            put({"text": cell})
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))
    return [row[0] if row else "" for row in rows[1:]]


def runs(cell: str) -> bool:
    return bool(cell.strip(PASSED_OVER)) and cell.lstrip(PASSED_OVER)[:1] in set(STARTS)


@given(EVIL)
def test_no_text_begins_as_a_formula(text: str) -> None:
    (cell,) = written([text])
    assert not runs(cell)
    assert cell.removeprefix("'") == text or cell == text


@given(st.lists(EVIL, min_size=1, max_size=3))
def test_no_list_begins_as_a_formula(texts: list[str]) -> None:
    (cell,) = written([texts])
    assert not runs(cell)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_stay_numbers(number: float) -> None:
    assert written([number]) == [str(number)]


@pytest.mark.parametrize("form", sorted(name for name, one in export_formats().items() if one.suffix == ".csv"))
def test_no_cell_of_an_export_begins_as_a_formula(tmp_path: Path, form: str) -> None:
    path = tmp_path / "evil.marsad"
    report = war.reports()["r2"]
    formula = '=HYPERLINK("https://evil.example","x")'
    report = replace(report, title=formula, publisher="+evil", url="@evil", text=report.text.replace("Gen.", "=Ge."))
    place = replace(war.QARN, name="\uff1devil", canonical="|evil", admin="%evil")
    evil = [
        replace(one, speaker="\ufeff=cmd", agent="-evil", place=place, via=' "=evil')
        for one in war.claims()
        if one.report == "r2"
    ]
    with Store.open(path) as store:
        store.add(report, evil, extractor=EXTRACTOR, theatre="", learnt=war.START, origin="x")
    stream = io.BytesIO()
    with Monitor.open(path) as held:
        held.export(form, stream, policy="internal")
    cells = [cell for row in csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))) for cell in row]
    told = {"claims", "acled", "ftm-statements"}  # the others have no row for a claim without numbers or country
    assert cells
    assert any("evil" in cell for cell in cells) == (form in told)
    assert [cell for cell in cells if runs(cell) and not re.fullmatch(r"-?\d+(?:\.\d+)?", cell)] == []


def test_the_table_of_losses_is_that_of_the_code() -> None:
    page = (ROOT / "docs/exports.md").read_text("utf-8")
    table = page.split("## What each format loses\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    found = [[cell.strip() for cell in row] for row in rows]
    assert found == [[f"`{one.name}`", f"`{one.policy}`", one.loses] for one in export_formats().values()]
