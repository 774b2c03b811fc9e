"""Own formats: what goes out comes back, byte for byte, and what was tampered with does not come in."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner

from marsad import Choice, MarsadError, Monitor, Polarity
from marsad.cli import app
from marsad.store import KEPT, Store
from own_support import chain_anew, fill, monitors, tamper, with_field
from test_serial import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = ("jsonl", "parquet")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A folder that a monitor with everything was exported to as JSON lines."""
    fill(tmp_path / "first.marsad")
    return export(tmp_path / "first.marsad", tmp_path / "folder", "jsonl")


def export(where: Path | str, to: Path, form: str) -> Path:
    with Monitor.open(where) as monitor:
        monitor.export(form, to)
    return to


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def head(where: Path | str) -> str | None:
    with Monitor.open(where) as monitor:
        return monitor.check().head


def assert_comes_back(where: Path | str, again: Path | str, folder: Path, form: str) -> None:
    """Export a monitor, import it to another place, and hold the other against it."""
    first = export(where, folder / f"first-{form}", form)
    Monitor.import_from(first, again)
    with Monitor.open(again) as monitor:
        found = monitor.check(head=head(where))
    assert found.faults == ()
    assert found.head == head(where)
    assert content(export(again, folder / f"second-{form}", form)) == content(first)


@pytest.mark.parametrize("form", FORMS)
def test_a_monitor_with_everything_comes_back_byte_for_byte(where: Path | str, tmp_path: Path, form: str) -> None:
    fill(where)
    assert_comes_back(where, tmp_path / "again.marsad", tmp_path, form)


@pytest.mark.parametrize("form", FORMS)
def test_it_comes_back_in_the_other_kind_of_database(
    new_database: Callable[[], str], tmp_path: Path, form: str
) -> None:
    fill(tmp_path / "war.marsad")
    assert_comes_back(tmp_path / "war.marsad", new_database(), tmp_path, form)


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(filled=monitors())
def test_any_monitor_comes_back_byte_for_byte(form: str, filled: Callable[[Store], None]) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with Store.open(folder / "war.marsad") as store:
            filled(store)
        assert_comes_back(folder / "war.marsad", folder / "again.marsad", folder, form)


@settings(deadline=None, max_examples=2, suppress_health_check=list(HealthCheck))
@given(filled=monitors(WORDS.filter(lambda text: "\0" not in text)))
def test_any_monitor_comes_back_from_a_server(new_database: Callable[[], str], filled: Callable[[Store], None]) -> None:
    with tempfile.TemporaryDirectory() as made:
        where = new_database()
        with Store.open(where) as store:
            filled(store)
        for form in FORMS:
            assert_comes_back(where, new_database(), Path(made), form)


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_comes_back_too(tmp_path: Path, form: str) -> None:
    fill(tmp_path / "war.marsad")
    first = export(tmp_path / "war.marsad", tmp_path / "first.zip", form)
    Monitor.import_from(first, tmp_path / "again.marsad")
    assert export(tmp_path / "again.marsad", tmp_path / "second.zip", form).read_bytes() == first.read_bytes()


def test_every_table_has_rows_in_the_monitor_with_everything(exported: Path) -> None:
    tables = json.loads((exported / "about.json").read_text("utf-8"))["tables"]
    assert {name for name, entry in tables.items() if entry["rows"]} == set(KEPT)


def test_what_was_imported_can_be_added_to(exported: Path, where: Path | str) -> None:
    Monitor.import_from(exported, where)
    with Store.open(where) as store:
        before = len(store.skips())
        store.add_skip("new.pdf", "empty", learnt=store.skips()[0].learnt)
        assert len(store.skips()) == before + 1
        assert store.check().faults == ()
        assert store.having(["end"]) == ()  # the index of words is made at the next search


@pytest.mark.parametrize("form", FORMS)
def test_records_of_earlier_and_other_versions_come_back_as_they_are_kept(tmp_path: Path, form: str) -> None:
    where = tmp_path / "war.marsad"
    fill(where)
    with sqlite3.connect(where) as database:
        rows = database.execute("SELECT reading, id, record FROM claim ORDER BY reading, id").fetchall()
        records = [json.loads(record) for _, _, record in rows]
        del records[0]["produced"]
        records[1]["counts"] = {"killed": {"low": 2**70, "high": None}}
        records[2]["place"] = {"name": "Town", "lat": 35, "lon": 36.5}
        for (reading, name, _), record in zip(rows, records, strict=False):
            change = (json.dumps(record), reading, name)
            database.execute("UPDATE claim SET record = ? WHERE reading = ? AND id = ?", change)
        database.execute(
            "UPDATE claim SET lat = 35.0, lon = 36.5, place = 'Town' WHERE reading = 2 AND id = ?", rows[2][1:2]
        )
    database.close()
    chain_anew(where)
    assert_comes_back(where, tmp_path / "again.marsad", tmp_path, form)


# What is refused


@pytest.mark.parametrize(
    ("table", "change", "rows", "reason"),
    [
        ("reports", with_field(0, "learnt", "yesterday"), 0, r"reports.jsonl: line 2: 'learnt' cannot be 'yesterday'"),
        ("reports", with_field(1, "agencies", ["AFP", 7]), 0, r"reports.jsonl: line 3: 'agencies' cannot be"),
        ("reports", with_field(0, "published", "soon"), 0, "'published' cannot be 'soon'"),
        ("reports", with_field(0, "text", "Another text."), 0, "report 'r1': its text is not the one of its SHA-256"),
        ("reports", with_field(0, "title", "Another"), 0, "report 'r1' is not as the ledger has it"),
        ("reports", with_field(0, "title", "\0"), 0, "NUL"),
        ("reports", with_field(0, "title", "\ud800"), 0, "lone surrogate"),
        ("reports", with_field(0, "colour", "red"), 0, r"line 2: unknown column 'colour'"),
        ("readings", with_field(0, "id", True), 0, r"readings.jsonl: line 2: 'id' cannot be 'True'"),
        ("readings", with_field(0, "id", 2**63), 0, "'id' cannot be"),
        ("claims", with_field(0, "polarity", "maybe"), 0, r"claims.jsonl: line 2: .*'polarity' cannot be 'maybe'"),
        (
            "claims",
            with_field(0, "event", "leave"),
            0,
            "report 'r1' with the claims 'c2', 'c1'.* not as the ledger has",
        ),
        (
            "claims",
            with_field(0, "anchor", {"report": "r1", "start": 0, "end": 999}),
            0,
            "claim 'c2': characters 0 to 999",
        ),
        ("claims", lambda lines: [*lines[:2], lines[1], *lines[2:]], 1, "not as the ledger has it"),
        ("claims", lambda lines: lines[:-1], -1, "not as the ledger has it"),
        (
            "claims",
            lambda lines: [lines[0], *lines[:0:-1]],
            0,
            "reading '1' of report 'r1' with the claims none is not as",
        ),
        ("receipts", lambda lines: [*lines, lines[1]], 1, "receipt '1': stands there already"),
        ("receipts", lambda lines: lines[:-1], -1, r"the ledger has \d entries of kind receipt"),
        ("skips", with_field(0, "learnt", "2031-05-04T12:00:00"), 0, r"skips.jsonl: line 2: 'learnt' cannot be"),
        ("captures", with_field(0, "packed", "AAAA"), 0, "capture '.*': its bytes are not those"),
        ("captures", with_field(0, "packed", "%"), 0, r"captures.jsonl: line 2: 'packed' cannot be"),
        ("visits", with_field(0, "outcome", "eaten"), 0, "'outcome' cannot be 'eaten'"),
        ("notices", with_field(0, "outcome", "eaten"), 0, "'outcome' cannot be 'eaten'"),
        ("judgements", with_field(0, "reason", "None"), 0, "judgement 'j1' is not as the ledger has it"),
        ("judgements", with_field(0, "values", {"fields": 1}), 0, r"judgements.jsonl: line 2: .*'fields' cannot be 1"),
        ("theatres", with_field(0, "text", "name = 1"), 0, "theatre 1: its text is not the one of its digest"),
        ("ledger", with_field(2, "item", "r9"), 0, "entry 3 of the ledger does not follow"),
        ("ledger", lambda lines: lines[:-1], -1, "the ledger ends with"),
        (
            "slots",
            with_field(0, "report", "r9"),
            0,
            "slot 'c1': stands there already, or names a row that is not there",
        ),
        ("slots", with_field(0, "proposition", "p9"), 0, "claim 'c1' stands with proposition 'p9', and is of 'p2'"),
        ("members", with_field(0, "claim", "c9"), 0, "claim 'c9' is of proposition 'p1', and not there"),
        ("marks", with_field(0, "marks", [1.5]), 0, r"marks.jsonl: line 2: 'marks' cannot be"),
        ("skips", lambda lines: [lines[0], b"[" * 100_000 + b"\n"], 0, r"skips.jsonl: line 2: not a line of JSON"),
        ("skips", lambda lines: [lines[0], b'{"id": NaN}\n'], 0, "line 2: not a line of JSON"),
        ("skips", lambda lines: [lines[0], b'{"id": ' + b"9" * 5000 + b"}\n"], 0, "line 2: not a line of JSON"),
        ("skips", lambda lines: [lines[0], b"[]\n"], 0, "line 2: an object is expected"),
        ("skips", lambda lines: [lines[0], lines[1][:-1]], 0, "line 2: the file ends within the line"),
        ("skips", lambda lines: [], 0, "skips.jsonl: the file ends"),
        ("skips", lambda lines: lines, 1, "holds 1 rows, and about.json tells of 2"),
    ],
)
def test_what_was_tampered_with_is_refused_and_named(  # noqa: PLR0917 - the columns of a table
    exported: Path, tmp_path: Path, table: str, change: Callable[[list[bytes]], list[bytes]], rows: int, reason: str
) -> None:
    tamper(exported, table, change, rows=rows)
    assert_refused(exported, tmp_path, reason)


def assert_refused(exported: Path, tmp_path: Path, reason: str) -> None:
    """Import into a new and into an empty monitor: nothing is left in either."""
    with pytest.raises(MarsadError, match=reason):
        Monitor.import_from(exported, tmp_path / "new.marsad")
    assert not (tmp_path / "new.marsad").exists()
    assert not list(tmp_path.glob(".marsad-*"))
    with Store.open(tmp_path / "empty.marsad") as store:
        with pytest.raises(MarsadError, match=reason):
            Monitor.import_from(exported, tmp_path / "empty.marsad")
        assert store.head() is None
        assert store.reports() == ()


def test_a_changed_file_is_refused_though_no_row_is_wrong(exported: Path, tmp_path: Path) -> None:
    file = exported / "spots.jsonl"
    file.write_bytes(file.read_bytes().replace(b"hims", b"homs"))
    assert_refused(exported, tmp_path, r"spots.jsonl: its SHA-256 is not the one in about.json")


def test_swapped_tables_are_refused(exported: Path, tmp_path: Path) -> None:
    shutil.copy(exported / "skips.jsonl", exported / "reports.jsonl")
    assert_refused(exported, tmp_path, r"reports.jsonl: holds the table 'skips'")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("schema", 2, "later version of Marsad"),
        ("schema", "1", "says no version"),
        ("lossless", False, r"not lossless: .*`marsad export jsonl --policy internal`"),
        ("format", "claims", "not of a format that can be imported"),
        ("ledger", "f" * 64, "the ledger ends with"),
        ("ledger", "f", "'ledger' is no hash"),
        ("tables", {}, "tells nothing of the table 'theatres'"),
    ],
)
def test_an_export_that_cannot_be_imported_says_why(
    exported: Path, tmp_path: Path, name: str, value: Any, reason: str
) -> None:
    about = json.loads((exported / "about.json").read_text("utf-8"))
    (exported / "about.json").write_text(json.dumps({**about, name: value}), "utf-8")
    assert_refused(exported, tmp_path, reason)


def test_a_missing_table_is_named(exported: Path, tmp_path: Path) -> None:
    (exported / "visits.jsonl").unlink()
    assert_refused(exported, tmp_path, r"visits.jsonl: is missing")


def test_only_an_export_is_imported(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no export")
    (tmp_path / "folder").mkdir()
    for path, reason in (
        ("note.txt", "neither a folder nor"),
        ("none", "neither"),
        ("folder", "about.json: is missing"),
    ):
        assert_refused(tmp_path / path, tmp_path, reason)


def test_a_monitor_that_holds_anything_is_not_imported_into(exported: Path, tmp_path: Path) -> None:
    before = head(tmp_path / "first.marsad")
    with pytest.raises(MarsadError, match="can only fill an empty monitor"):
        Monitor.import_from(exported, tmp_path / "first.marsad")
    assert head(tmp_path / "first.marsad") == before


def archived(folder: Path, to: Path, **extra: bytes) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**content(folder), **extra}.items():
            archive.writestr(name, data)
    return to


def test_an_archive_writes_nothing_outside(exported: Path, tmp_path: Path) -> None:
    made = archived(exported, tmp_path / "made.zip", **{"../outside.txt": b"x", "/tmp/own-outside.txt": b"x"})
    Monitor.import_from(made, tmp_path / "again.marsad")
    assert not (tmp_path.parent / "outside.txt").exists()
    assert not Path("/tmp/own-outside.txt").exists()


def test_an_archive_that_unpacks_to_far_more_is_refused(exported: Path, tmp_path: Path) -> None:
    bomb = b" " * 150_000_000
    made = archived(exported, tmp_path / "made.zip", **{"ledger.jsonl": bomb})
    assert_refused(made, tmp_path, r"ledger.jsonl: unpacks to more than 200 times its size")


def test_a_damaged_archive_is_refused(exported: Path, tmp_path: Path) -> None:
    made = archived(exported, tmp_path / "made.zip")
    data = bytearray(made.read_bytes())
    data[200:260] = bytes(60)
    made.write_bytes(bytes(data))
    with pytest.raises(MarsadError, match=r"cannot be read|SHA-256|JSON"):
        Monitor.import_from(made, tmp_path / "new.marsad")
    assert not (tmp_path / "new.marsad").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda table: table.drop_columns(["reason"]), "its columns are not those of the table"),
        (lambda table: table.slice(0, 0), "holds 0 rows, and about.json tells of 1"),
        (lambda table: pa.concat_tables([table, table]), "holds 2 rows, and about.json tells of 1"),
    ],
)
def test_tampered_parquet_is_refused(tmp_path: Path, change: Callable[[pa.Table], pa.Table], reason: str) -> None:
    fill(tmp_path / "war.marsad")
    folder = export(tmp_path / "war.marsad", tmp_path / "folder", "parquet")
    file = folder / "skips.parquet"
    metadata = pq.read_metadata(file).metadata
    table = change(pq.read_table(file))
    with pq.ParquetWriter(file, table.schema, store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({b"marsad": metadata[b"marsad"]})
    assert_refused(folder, tmp_path, reason)


def test_parquet_with_far_more_rows_than_its_size_allows_is_refused(tmp_path: Path) -> None:
    fill(tmp_path / "war.marsad")
    folder = export(tmp_path / "war.marsad", tmp_path / "folder", "parquet")
    file = folder / "linked.parquet"
    metadata = pq.read_metadata(file).metadata
    row = pq.read_table(file).slice(0, 1)
    many = row.take(pa.array([0] * 2_000_000))
    with pq.ParquetWriter(file, row.schema, compression="zstd", store_schema=False) as writer:
        writer.write_table(many)
        writer.add_key_value_metadata({b"marsad": metadata[b"marsad"]})
    assert_refused(folder, tmp_path, r"linked.parquet: row 1: unpacks to far more than its size")


def test_truncated_parquet_is_refused(tmp_path: Path) -> None:
    fill(tmp_path / "war.marsad")
    folder = export(tmp_path / "war.marsad", tmp_path / "folder", "parquet")
    file = folder / "ledger.parquet"
    file.write_bytes(file.read_bytes()[:-100])
    assert_refused(folder, tmp_path, r"ledger.parquet: no Parquet file of Marsad")


def test_the_commands_export_and_import(tmp_path: Path) -> None:
    fill(tmp_path / "war.marsad")
    run = CliRunner().invoke
    done = run(app, ["export", "parquet", "--out", f"{tmp_path}/war.zip", "--monitor", f"{tmp_path}/war.marsad"])
    assert done.exit_code == 0
    assert "4 claims" in done.stderr
    done = run(app, ["import", f"{tmp_path}/war.zip", "--monitor", f"{tmp_path}/again.marsad"])
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}/again.marsad filled from {tmp_path}/war.zip\n")
    assert head(tmp_path / "again.marsad") == head(tmp_path / "war.marsad")


def test_an_empty_monitor_comes_back(tmp_path: Path) -> None:
    Store.open(tmp_path / "war.marsad").close()
    for form in FORMS:
        assert_comes_back(tmp_path / "war.marsad", tmp_path / f"{form}.marsad", tmp_path, form)


# What leaves under a choice, and for readers


@pytest.mark.parametrize("form", FORMS)
def test_a_choice_of_claims_is_told_and_not_lossless(tmp_path: Path, form: str) -> None:
    fill(tmp_path / "war.marsad")
    with Monitor.open(tmp_path / "war.marsad") as monitor:
        done = monitor.export(form, tmp_path / "some", choice=Choice(polarity=Polarity.AFFIRMED))
        assert done.rows == {
            "reports": done.rows["reports"],
            "claims": len(monitor.claims()),
            "captures": 0,
            "receipts": 0,
        }
    assert json.loads((tmp_path / "some" / "about.json").read_text("utf-8"))["lossless"] is False
    with pytest.raises(MarsadError, match="not lossless"):
        Monitor.import_from(tmp_path / "some", tmp_path / "new.marsad")


def test_a_monitor_as_it_was_is_not_lossless(tmp_path: Path) -> None:
    fill(tmp_path / "war.marsad")
    with Store.open(tmp_path / "war.marsad") as store:
        then = store.skips()[0].learnt
    with Monitor.open(tmp_path / "war.marsad", learnt_by=then) as monitor:
        monitor.export("jsonl", tmp_path / "then")
    assert json.loads((tmp_path / "then" / "about.json").read_text("utf-8"))["lossless"] is False


def test_parquet_opens_with_typed_columns(tmp_path: Path) -> None:
    fill(tmp_path / "war.marsad")
    folder = export(tmp_path / "war.marsad", tmp_path / "folder", "parquet")
    claims = ds.dataset(folder / "claims.parquet")
    wanted = claims.to_table(filter=pc.field("place", "country") == "SY", columns=["id", "place", "report"])
    assert wanted.to_pylist()[0]["place"]["lat"] == 34.73
    assert claims.schema.field("interval").type.field("start").type == pa.date32()
    reports = ds.dataset(folder / "reports.parquet")
    assert reports.schema.field("learnt").type == pa.timestamp("us", tz="UTC")
    assert reports.schema.field("agencies").type.value_type == pa.string()
    said = json.loads(pq.read_metadata(folder / "claims.parquet").metadata[b"marsad"])
    assert (said["table"], said["schema"], said["policy"]) == ("claims", 1, "internal 1")


def test_every_file_of_json_lines_says_what_it_is(exported: Path) -> None:
    for name in KEPT:
        with (exported / f"{name}.jsonl").open(encoding="utf-8") as lines:
            said = json.loads(next(lines))
        assert (said["table"], said["schema"], said["policy"]) == (name, 1, "internal 1")


@pytest.mark.parametrize("form", FORMS)
def test_verdicts_are_tables_for_readers_and_not_imported(tmp_path: Path, form: str) -> None:
    fill(tmp_path / "war.marsad")
    folder = export(tmp_path / "war.marsad", tmp_path / "folder", f"verdicts-{form}")
    with Monitor.open(tmp_path / "war.marsad") as monitor:
        propositions = {one.id for one in monitor.propositions()}
    if form == "parquet":
        rows = ds.dataset(folder / "assessments.parquet").to_table().to_pylist()
    else:
        rows = [json.loads(line) for line in (folder / "assessments.jsonl").read_text("utf-8").split("\n")[1:-1]]
    assert {row["proposition"] for row in rows} == propositions
    assert all(row["working"] and row["voices_for"] for row in rows)
    with pytest.raises(MarsadError, match="not of a format that can be imported"):
        Monitor.import_from(folder, tmp_path / "new.marsad")
