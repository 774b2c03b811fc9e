"""The store: what is added comes back as it was, once, in order; a damaged or foreign file is refused plainly."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings

from marsad.errors import StoreError
from marsad.records import DatePrecision, Place, Report
from marsad.serial import to_json
from marsad.store import Receipt, Skip, Store, theatre_digest
from marsad.store.migrating import SCHEMA
from store_support import NOW, READER, claim, report
from test_serial import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "war.marsad"


@pytest.fixture
def store(where: Path | str) -> Iterator[Store]:
    with Store.open(where) as store:
        yield store


def test_a_report_and_its_claims_survive_closing(where: Path | str) -> None:
    claims = [claim("c2"), claim("c1", place=None)]
    with Store.open(where) as store:
        assert store.add(report(), claims, extractor=READER, theatre="", learnt=NOW, origin="a.jsonl:1") == "added"
    with Store.open(where) as store:
        assert store.reports() == (report(),)
        assert store.report("r1") == report()
        assert store.claims() == tuple(claims)
        assert store.receipts() == (Receipt("r1", "a.jsonl:1", NOW, "added"),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(REPORTS)
def test_any_report_comes_back_as_it_was(store: Store, any_report: Report) -> None:
    assume(not any("\0" in value for value in to_json(any_report).values() if isinstance(value, str)))
    if store.report(any_report.id) is None:
        store.add_report(any_report, learnt=NOW)
        found = store.report(any_report.id)
        assert to_json(found) == to_json(any_report)


def test_text_with_a_nul_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="NUL"):
        store.add_report(report(text="Rebels \0 entered."), learnt=NOW)
    assert store.reports() == ()


def test_the_same_report_again_changes_nothing(store: Store) -> None:
    store.add_report(report(), learnt=NOW, origin="a")
    assert store.add_report(report(publisher="Other"), learnt=NOW, origin="a") == ("r1", "duplicate")
    assert store.reports() == (report(),)
    assert len(store.receipts()) == 1


def test_a_duplicate_from_another_input_is_a_second_receipt(store: Store) -> None:
    store.add_report(report(), learnt=NOW, origin="a")
    store.add_report(report(), learnt=NOW + timedelta(days=1), origin="b")
    later = NOW + timedelta(days=1)
    assert store.receipts("r1") == (Receipt("r1", "a", NOW, "added"), Receipt("r1", "b", later, "duplicate"))
    assert store.receipts("r2") == ()


def test_a_later_text_is_a_version_beside_the_first(store: Store) -> None:
    store.add_report(report(), learnt=NOW)
    changed = report(text="The army left.", updated=NOW + timedelta(hours=2))
    name, outcome = store.add_report(changed, learnt=NOW)
    assert (outcome, name.split("@")[0]) == ("updated", "r1")
    assert store.add_report(changed, learnt=NOW) == (name, "duplicate")
    assert [(one.id, one.version_of, one.said) for one in store.versions("r1")] == [
        ("r1", None, NOW),
        (name, "r1", NOW + timedelta(hours=2)),
    ]
    assert [one.id for one in store.reports(published_until=NOW + timedelta(hours=1))] == ["r1"]


def test_a_page_that_changed_counts_from_its_retrieval(store: Store) -> None:
    store.add_report(report(), learnt=NOW)
    seen = report(text="The army left.", retrieved=NOW + timedelta(days=3))
    name, outcome = store.add_report(seen, learnt=NOW, versioned=True)
    found = store.report(name)
    assert outcome == "updated"
    assert found is not None
    assert found.said == NOW + timedelta(days=3)


def test_an_id_cannot_change_its_text(store: Store) -> None:
    store.add_report(report(), learnt=NOW)
    with pytest.raises(StoreError, match="id 'r1' is already used by another text"):
        store.add_report(report(text="The army left."), learnt=NOW)
    assert store.reports() == (report(),)


def test_reports_come_by_publication_and_id_with_the_undated_last(store: Store) -> None:
    east = datetime(2031, 5, 4, 14, 30, tzinfo=timezone(timedelta(hours=5)))  # 09:30 UTC, before noon UTC
    names = {"a": None, "b": NOW, "c": east, "d": NOW, "e": NOW + timedelta(microseconds=1)}
    for name, published in reversed(names.items()):
        store.add_report(report(name, published=published), learnt=NOW)
    assert [found.id for found in store.reports()] == ["c", "b", "d", "e", "a"]
    assert [found.id for found in store.reports(published_until=NOW)] == ["c", "b", "d"]
    assert str(store.reports()[0].published) == "2031-05-04 14:30:00+05:00"


def test_a_reading_is_added_once(store: Store) -> None:
    store.add_report(report(), learnt=NOW)
    assert store.add_reading("r1", READER, "", [claim()], learnt=NOW) == "added"
    assert store.add_reading("r1", READER, "", [claim(), claim("c2")], learnt=NOW) == "duplicate"
    assert store.claims() == (claim(),)


def test_a_reading_without_claims_is_a_reading(store: Store) -> None:
    store.add(report(), [], extractor=READER, theatre="", learnt=NOW)
    assert store.unread(READER, "") == ()
    assert store.claims() == ()


def test_reports_are_unread_until_read_by_that_extractor_with_that_theatre(store: Store) -> None:
    store.add(report("r1"), [], extractor=READER, theatre="x", learnt=NOW)
    store.add_report(report("r2"), learnt=NOW)
    assert list(store.unread(READER, "x")) == ["r2"]
    assert list(store.unread(READER, "y")) == ["r1", "r2"]
    assert list(store.unread("reader/2", "x")) == ["r1", "r2"]


def test_what_another_kind_of_extractor_has_read_can_be_left_out(store: Store) -> None:
    for name, extractor in (("r1", READER), ("r2", "other 100%_1"), ("r3", "other 100x1")):
        store.add(report(name), [], extractor=extractor, theatre="x", learnt=NOW)
    assert set(store.unread(READER, "x")) == {"r2", "r3"}
    assert list(store.unread(READER, "x", apart_from="other 100%_")) == ["r3"]
    assert set(store.unread(READER, "y", apart_from="other 100%_")) == {"r1", "r2", "r3"}


def test_claims_are_those_of_the_latest_reading_of_each_report(store: Store) -> None:
    store.add(report("r1"), [claim("a", "r1")], extractor=READER, theatre="x", learnt=NOW)
    store.add(report("r2", published=NOW - timedelta(1)), [claim("b", "r2")], extractor=READER, theatre="x", learnt=NOW)
    store.add_reading("r1", READER, "y", [claim("a", "r1", agent="Army")], learnt=NOW)
    assert store.claims() == (claim("b", "r2"), claim("a", "r1", agent="Army"))
    assert store.claims(theatre="x") == (claim("b", "r2"), claim("a", "r1"))
    assert store.claims(report="r1", extractor=READER) == (claim("a", "r1", agent="Army"),)
    assert store.claims(extractor="reader/2") == ()


def test_claims_need_their_report(store: Store) -> None:
    with pytest.raises(StoreError, match="no report 'r1' in the store"):
        store.add_reading("r1", READER, "", [claim()], learnt=NOW)
    store.add_report(report(), learnt=NOW)
    with pytest.raises(StoreError, match="claim 'c1' is of report 'r2', not of 'r1'"):
        store.add_reading("r1", READER, "", [claim(of="r2")], learnt=NOW)
    assert store.unread(READER, "") == ("r1",)


def test_a_report_whose_claims_fail_is_not_added(store: Store) -> None:
    with pytest.raises(StoreError, match="do not fit together"):
        store.add(report(), [claim(), claim()], extractor=READER, theatre="", learnt=NOW)
    assert store.reports() == ()


def test_a_value_that_json_does_not_know_is_refused_whole(store: Store) -> None:
    strange = claim(place=Place(name="town", lat=float("nan")))
    with pytest.raises(StoreError):
        store.add(report(), [strange], extractor=READER, theatre="", learnt=NOW)
    assert store.reports() == ()


def test_a_lone_surrogate_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="surrogate"):
        store.add_report(report(title_is_fine := "r9", publisher="\ud800"), learnt=NOW)
    assert store.report(title_is_fine) is None


def test_a_batch_is_there_whole_or_not_at_all(store: Store) -> None:
    def fail_midway() -> None:
        with store.transaction():
            store.add_report(report("r1"), learnt=NOW)
            assert len(store.reports()) == 1
            store.add_report(report("r1", text="The army left."), learnt=NOW)

    with pytest.raises(StoreError, match="already used"):
        fail_midway()
    assert store.reports() == ()
    with store.transaction():
        store.add_report(report("r1"), learnt=NOW)
        store.add_report(report("r2"), learnt=NOW)
    assert len(store.reports()) == 2


def test_a_failure_within_a_batch_undoes_only_itself(store: Store) -> None:
    with store.transaction():
        store.add(report("r1"), [claim("c1", "r1")], extractor=READER, theatre="", learnt=NOW)
        with pytest.raises(StoreError):
            store.add(report("r2"), [claim("c", "r2"), claim("c", "r2")], extractor=READER, theatre="", learnt=NOW)
        store.add_skip("b:2", "two claims with one id", learnt=NOW)
    assert [found.id for found in store.reports()] == ["r1"]
    assert len(store.claims()) == 1
    assert len(store.skips()) == 1


def test_a_batch_within_a_batch_is_refused(store: Store) -> None:
    with store.transaction(), pytest.raises(StoreError, match="a transaction is open already"), store.transaction():
        pass


def test_the_theatre_is_the_latest_and_not_added_twice(store: Store) -> None:
    assert store.theatre() is None
    for text in ("one", "two", "two", "one"):
        assert store.add_theatre(text, learnt=NOW) == theatre_digest(text)
    assert store.theatre() == "one"
    with store._database.connected() as connection:
        texts = connection.exec_driver_sql("SELECT text FROM theatre ORDER BY id").scalars().all()
    assert texts == ["one", "two", "one"]


def test_skips_are_kept_in_order(store: Store) -> None:
    store.add_skip("a:1", "empty", learnt=NOW)
    store.add_skip("a:1", "empty", learnt=NOW)
    assert store.skips() == (Skip("a:1", "empty", NOW), Skip("a:1", "empty", NOW))


def test_an_instant_is_kept_in_utc(store: Store) -> None:
    store.add_skip("a", "b", learnt=datetime(2031, 5, 4, 2, tzinfo=timezone(timedelta(hours=3))))
    assert store.skips()[0].learnt == datetime(2031, 5, 3, 23, tzinfo=UTC)


def test_the_file_is_durable_and_readable_while_written(path: Path) -> None:
    with Store.open(path) as store, store._database.connected() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert settings == ["wal", 2]


def test_a_file_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder .*/none does not exist"):
        Store.open(tmp_path / "none" / "war.marsad")
    with pytest.raises(StoreError, match="is a folder, not a file"):
        Store.open(tmp_path)


@pytest.mark.parametrize("content", [b"Rebels entered the town.\n" * 100, os.urandom(8192)], ids=["text", "noise"])
def test_another_file_is_no_store_and_is_left_as_it_was(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmark (url TEXT)")
    raw.close()
    with pytest.raises(StoreError, match="a database of another program"):
        Store.open(path)


def test_a_newer_schema_is_refused(path: Path) -> None:
    Store.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '999'")
    raw.close()
    with pytest.raises(StoreError, match=rf"another version of Marsad \(schema 999; this one knows schema {SCHEMA}\)"):
        Store.open(path)


def test_a_truncated_store_is_refused(path: Path) -> None:
    with Store.open(path) as store:
        for number in range(50):
            store.add_report(report(f"r{number}", "word " * 1000), learnt=NOW)
    path.write_bytes(path.read_bytes()[: 20 * 4096])
    with pytest.raises(StoreError, match=r"damaged|disk image"), Store.open(path) as store:
        store.reports()


def test_a_store_that_another_writer_holds_says_so(where: Path | str) -> None:
    with Store.open(where, busy_seconds=0.05) as store, Store.open(where) as other:
        with other.transaction(), pytest.raises(StoreError, match="another process is writing"):
            store.add_report(report(), learnt=NOW)
        with other.transaction():
            assert store.reports() == ()
        assert store.add_report(report(), learnt=NOW) == ("r1", "added")


def test_a_read_only_store_says_so(path: Path) -> None:
    Store.open(path).close()
    path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    try:
        path.open("ab").close()
    except PermissionError:
        with pytest.raises(StoreError, match="read-only"), Store.open(path) as store:
            store.add_report(report(), learnt=NOW)
    else:
        pytest.skip("this user writes to read-only files")


def test_several_processes_can_open_a_new_store_at_once(where: Path | str) -> None:
    code = f"from marsad.store import Store; Store.open({str(where)!r}).close()"
    openers = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(4)]
    assert [opener.communicate()[1] for opener in openers] == [b""] * 4


def test_a_day_without_time_is_kept_as_such(store: Store) -> None:
    store.add_report(report(published_precision=DatePrecision.DAY), learnt=NOW)
    assert store.reports()[0].published_precision is DatePrecision.DAY
