"""The notebooks of the documentation run, and show what they were kept with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# A picture's bytes hang on the fonts of the machine.
_PICTURES = frozenset({"image/png"})


def told(cells: list[Any]) -> list[list[object]]:
    """What each cell of code shows: its texts, and for a picture that there is one."""
    return [[_output(output) for output in cell["outputs"]] for cell in cells if cell["cell_type"] == "code"]


def _output(output: Any) -> object:
    if output["output_type"] == "stream":
        return output["text"]
    data = output.get("data", {})
    if "text/html" in data:  # what is read; the plain text beside tells when each report came in
        data = {"text/html": data["text/html"]}
    return {kind: "a picture" if kind in _PICTURES else _plain(value) for kind, value in sorted(data.items())}


def _plain(value: str) -> str:
    """Return text without the addresses and paths that differ each time."""
    return re.sub(r"0x[0-9a-f]+|/tmp/\S+", "...", value)


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} == {"how-far-to-trust", "who-holds-what"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_shows_what_it_was_kept_with(path: Path, tmp_path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    before = nbformat.reads(json.dumps(kept), as_version=4)
    again = nbformat.reads(json.dumps(kept), as_version=4)
    NotebookClient(again, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert told(again.cells) == told(before.cells)
    assert not any(output["output_type"] == "error" for cell in again.cells for output in cell.get("outputs", []))
