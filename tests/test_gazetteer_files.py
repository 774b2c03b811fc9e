"""The gazetteer's file: missing, damaged, of another schema, built whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from marsad.errors import GazetteerError
from marsad.gazetteer import Gazetteer, build, default_path

if TYPE_CHECKING:
    from pathlib import Path


def test_the_environment_chooses_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_GAZETTEER", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"


def test_without_the_environment_the_path_names_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARSAD_GAZETTEER", raising=False)
    assert default_path().name == "gazetteer-1.sqlite"


def test_a_missing_file_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"no gazetteer at .*none\.sqlite"):
        Gazetteer.open(tmp_path / "none.sqlite")


@pytest.mark.parametrize("content", [b"", b"this is no database, " * 100])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="damaged or is no gazetteer"):
        Gazetteer.open(path)


def test_another_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("CREATE TABLE meta (key TEXT, value TEXT); INSERT INTO meta VALUES ('schema', '0');")
    with pytest.raises(GazetteerError, match="has schema 0, this version needs 1"):
        Gazetteer.open(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="cannot write the gazetteer"):
        build(tmp_path / "file" / "gazetteer.sqlite")


@pytest.mark.slow
def test_a_build_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(path, progress=stop)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("gazetteer.sqlite", b"old")]
