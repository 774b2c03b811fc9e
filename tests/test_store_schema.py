"""The schema over time: every step leads to the tables that the code knows, on each kind of database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations

from marsad.errors import StoreError
from marsad.serial import to_json
from marsad.store import Store, ledger
from marsad.store import schema as s
from marsad.store.engine import open_database
from marsad.store.migrating import SCHEMA
from marsad.store.migrations import versions
from marsad.store.migrations.versions import r1_reports_and_claims as first
from marsad.store.rows import claim_row, report_row
from marsad.store.schema import tables
from store_support import NOW, READER, claim, report


def test_the_steps_lead_to_the_tables_that_the_code_knows(where: Path | str) -> None:
    database = open_database(where, 1)
    with database.connected() as connection:
        opts = {"compare_type": True, "include_name": tells}
        context = MigrationContext.configure(connection, opts=opts)
        assert context.get_current_revision() == SCHEMA
        assert compare_metadata(context, tables) == []
    database.engine.dispose()


def tells(name: str | None, kind: str, _: object) -> bool:
    """Leave out the words that reports are found by: each kind of database keeps them in its own form."""
    return kind != "table" or not str(name).startswith("indexed_words")


def test_a_file_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.marsad"
    made_with_the_first_schema(path)
    with Store.open(path) as store:
        assert store.report("r1") == report()
        assert store.claims() == (claim(),)
        assert store.unlinked() == ("r1",)
        found = store.check()
        assert (found.entries, found.faults) == (2, ())
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA,)]
    raw.close()


def made_with_the_first_schema(path: Path) -> None:
    """Write a file as the first schema had it: its tables, its way of telling its version, one report with a claim."""
    with Store.open(path.with_suffix(".new")) as new:
        new.add(report(), [claim()], extractor=READER, theatre="", learnt=NOW)
    database = open_database(path, 1)
    with database.connected(writing=True) as connection:
        for table in reversed(tables.sorted_tables):
            table.drop(connection)
        connection.exec_driver_sql("DROP TABLE indexed_words")
        connection.exec_driver_sql("DROP TABLE alembic_version")
        with Operations.context(MigrationContext.configure(connection)):
            first.upgrade()
        connection.exec_driver_sql("INSERT INTO meta VALUES ('schema', '1')")
    database.engine.dispose()
    with sqlite3.connect(path) as raw:
        raw.execute("ATTACH ? AS new", (str(path.with_suffix(".new")),))
        for table in ("report", "reading", "claim"):
            columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({table})"))
            raw.execute(f"INSERT INTO {table} SELECT {columns} FROM new.{table}")
    raw.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.marsad"
    made_with_the_first_schema(path)
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE slot (claim TEXT)")  # in the way of a table that a step makes
        before = list(raw.iterdump())
    raw.close()
    with pytest.raises(StoreError, match="already exists"):
        Store.open(path)
    with sqlite3.connect(path) as raw:
        assert list(raw.iterdump()) == before
    raw.close()


def test_other_databases_are_not_known() -> None:
    with pytest.raises(StoreError, match="a monitor is a file, or a database at a postgresql:// URL"):
        Store.open("mysql://somewhere/war")
    with pytest.raises(StoreError, match="no server answers there"):
        Store.open("postgresql://localhost:1/war")


def test_the_chain_of_an_older_monitor_goes_on_over_its_receipts_and_its_head_is_still_found(where: Path | str) -> None:
    head = made_with_the_fifth_schema(where)
    with Store.open(where) as store:
        found = store.check(head)
        assert found.faults == ()
        assert (found.entries, found.receipts, found.skips, found.kinships) == (6, 1, 1, 1)
        assert found.head != head
        assert store.claims() == (claim(speaker="the mayor"),)


def made_with_the_fifth_schema(where: Path | str) -> str:
    """Fill a database as the fifth schema had it, and return the head of its chain, which left receipts out."""
    database = open_database(where, 1)
    with database.connected(writing=True) as connection:
        connection.exec_driver_sql("DROP TABLE indexed_words")
        for table in reversed(tables.sorted_tables):
            table.drop(connection)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(versions.__file__).parents[1]))
        command.stamp(config, "base")
        command.upgrade(config, "5")
        rows = [report_row(report(name), NOW) for name in ("r1", "r2")]
        connection.execute(s.report.insert(), rows)
        reading = {"report": "r1", "extractor": READER, "theatre": "", "learnt": NOW}
        connection.execute(s.reading.insert().values(reading))
        said = claim(speaker="the mayor")
        row = claim_row(said, 1, 0, to_json(said, brief=True))
        later = {"speaker", "place", "canonical", "gazetteer"}
        connection.execute(s.claim.insert().values({name: row[name] for name in row.keys() - later}))
        ledger.append(connection, *map(ledger.report_fact, rows), ledger.reading_fact({**reading, "id": 1}, [row]))
        connection.execute(s.receipt.insert().values(report="r1", origin="a", learnt=NOW))
        connection.execute(s.skip.insert().values(origin="b", reason="empty", learnt=NOW))
        connection.execute(s.kinship.insert().values(report="r1", other="r2", reasons=["alike"], learnt=NOW))
        _, head = ledger.last(connection)
    database.engine.dispose()
    return head
