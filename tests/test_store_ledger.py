"""A store that tells what was done to it: the chain of hashes, the check, copies that can be kept."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import monitor_support as war
from marsad import Monitor
from marsad.errors import StoreError
from marsad.linking import arrive
from marsad.records import Kinship
from marsad.store import Store, ledger
from marsad.store import schema as s
from store_support import NOW, READER, claim, report

if TYPE_CHECKING:
    from pathlib import Path


PAGE = {
    "sha256": hashlib.sha256(b"page").hexdigest(),
    "url": "https://example.org/",
    "retrieved": NOW.isoformat(),
    "packed": zlib.compress(b"page"),
    "learnt": NOW,
}
VISIT = {"address": "https://example.org/", "outcome": "read", "added": 1, "due": NOW, "learnt": NOW}


def fill(where: Path | str, count: int = 3) -> None:
    with Store.open(where) as store:
        store.add_theatre("name = 'War'", learnt=NOW)
        for number in range(count):
            name = f"r{number}"
            store.add(report(name), [claim(f"c{number}", name)], extractor=READER, theatre="", learnt=NOW, origin="a")
        store.add_skip("b:1", "empty", learnt=NOW)
        with store.linking(NOW) as memory:
            arrive(store.unlinked(), memory, None)
            memory.add_kin({}, [Kinship(report="r1", other="r0", reasons=("alike",))])
        with store._writing() as connection:
            ledger.insert(connection, s.capture, PAGE)
            ledger.insert(connection, s.visit, VISIT)


def change(where: Path | str, *statements: str) -> None:
    """Do to the database what only somebody past Marsad does."""
    with Store.open(where) as store, store._database.connected(writing=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # foreign keys are not looked at
            connection.exec_driver_sql("SET LOCAL standard_conforming_strings = on")
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            connection.exec_driver_sql(statement)


def faults(where: Path | str, head: str | None = None) -> str:
    with Store.open(where) as store:
        return "\n".join(store.check(head).faults)


def test_a_store_that_only_marsad_wrote_to_is_sound(where: Path | str) -> None:
    fill(where)
    with Store.open(where) as store:
        found = store.check()
    assert found.faults == ()
    assert (found.reports, found.readings, found.claims, found.theatres, found.slots) == (3, 3, 3, 1, 3)
    assert (found.receipts, found.skips, found.kinships, found.captures, found.visits) == (3, 1, 1, 1, 1)
    assert found.entries == 14


def test_an_empty_store_is_sound_and_has_no_head(where: Path | str) -> None:
    with Store.open(where) as store:
        found = store.check()
    assert (found.faults, found.head, found.entries) == ((), None, 0)


TAMPERED = {
    "report 'r1' was changed": "UPDATE report SET title = 'Other' WHERE id = 'r1'",
    "report 'r1': its text is not the one of": "UPDATE report SET text = 'They left the town.' WHERE id = 'r1'",
    "reading '2' was changed": "UPDATE claim SET position = 7 WHERE id = 'c1'",
    "claim 'c1': its event is not the one of its record": "UPDATE claim SET event = 'leave' WHERE id = 'c1'",
    "claim 'c1': its point is not the one of its record": "UPDATE claim SET lat = 2.0 WHERE id = 'c1'",
    "claim 'c1': its place is not the one of its record": "UPDATE claim SET canonical = 'City' WHERE id = 'c1'",
    "receipt '2' was changed": "UPDATE receipt SET origin = 'c' WHERE id = 2",
    "receipt '3' was taken away": "DELETE FROM receipt WHERE id = 3",
    "receipt '9' was put in past the ledger": (
        "INSERT INTO receipt (id, report, origin, learnt, outcome) SELECT 9, report, 'z', learnt, outcome FROM receipt"
        " WHERE id = 1"
    ),
    "skip '1' was changed": "UPDATE skip SET reason = 'too long' WHERE id = 1",
    "skip '1' was taken away": "DELETE FROM skip",
    """kinship '["r1", "r0"]' was changed""": "UPDATE kinship SET reasons = '[]'",
    """kinship '["r1", "r0"]' was taken away""": "DELETE FROM kinship",
    f"capture '{PAGE['sha256']}' was changed": "UPDATE capture SET url = 'https://example.com/'",
    f"capture '{PAGE['sha256']}' was taken away": "DELETE FROM capture",
    "visit '1' was changed": "UPDATE visit SET added = 2",
    "visit '1' was taken away": "DELETE FROM visit",
    "theatre '1' was changed": "UPDATE theatre SET text = 'name = 1'",
    "entry 3 of the ledger was changed": "UPDATE ledger SET item = 'r9' WHERE number = 3",
    "the ledger lacks what stood between its entries 2 and 4": "DELETE FROM ledger WHERE number = 3",
    "stands with proposition 'p-x'": "UPDATE slot SET proposition = 'p-x' WHERE claim = 'c1'",
    "report 'new' was put in past the ledger": (
        "INSERT INTO report (id, publisher, kind, title, text, sha256, published, published_at, published_precision,"
        " retrieved, url, agencies, dateline, language, copy_of, learnt) SELECT 'new', publisher, kind, title, text,"
        " sha256, published, published_at, published_precision, retrieved, url, agencies, dateline, language, copy_of,"
        " learnt FROM report WHERE id = 'r1'"
    ),
}


@pytest.mark.parametrize("told", TAMPERED)
def test_what_was_done_past_marsad_is_told(where: Path | str, told: str) -> None:
    fill(where)
    change(where, TAMPERED[told])
    assert told in faults(where)


def test_a_judgement_that_was_changed_or_taken_away_is_told(tmp_path: Path) -> None:
    path = war.filled(tmp_path)
    with Monitor.open(path) as monitor:
        made = monitor.judge("reject", "c-taken", user="ana", reason="an old headline")
        found = monitor.check()
        assert (found.faults, found.judgements) == ((), 1)
    change(path, f"UPDATE judgement SET judge = 'ben' WHERE id = '{made.id}'")
    assert f"judgement '{made.id}' was changed" in faults(path)
    change(path, f"DELETE FROM judgement WHERE id = '{made.id}'")
    assert f"judgement '{made.id}' was taken away" in faults(path)


def test_bytes_of_a_page_that_were_changed_are_told(where: Path | str) -> None:
    fill(where)
    with Store.open(where) as store, store._database.connected(writing=True) as connection:
        connection.execute(s.capture.update().values(packed=b"y"))
    assert f"capture '{PAGE['sha256']}' was changed since it was added" in faults(where)


def test_a_claim_that_was_taken_away_is_told(where: Path | str) -> None:
    fill(where)
    change(where, "DELETE FROM claim WHERE id = 'c1'")
    told = faults(where)
    assert "reading '2' was changed" in told
    assert "claim 'c1' has a slot, and is not of its reading 2" in told


def test_a_passage_beyond_the_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    with Store.open(path) as store:
        store.add(report(text="Short."), [claim()], extractor=READER, theatre="", learnt=NOW)
    assert faults(path) == "claim 'c1': characters 7 to 14 are not within its report"


def test_rows_that_name_others_that_are_gone_are_told(tmp_path: Path) -> None:
    path = tmp_path / "war.marsad"
    fill(path)
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM report WHERE id = 'r1'")
    raw.close()
    told = faults(path)
    assert "report 'r1' was taken away: the ledger has it as entry 5" in told
    assert "1 rows of 'claim' name a report that is not there" in told


def test_a_cut_off_end_shows_only_beside_a_head_that_was_kept(where: Path | str) -> None:
    fill(where)
    with Store.open(where) as store:
        store.add_theatre("name = 'Later'", learnt=NOW)
        head = store.check().head
    change(where, "DELETE FROM theatre WHERE id = 2", "DELETE FROM ledger WHERE number = 15")
    assert faults(where) == ""
    assert "its end was cut off" in faults(where, head)


def test_a_head_still_holds_when_more_was_added(where: Path | str) -> None:
    fill(where)
    with Store.open(where) as store:
        head = store.check().head
        store.add_report(report("later"), learnt=NOW + timedelta(days=1))
        after = store.check(head)
    assert after.faults == ()
    assert after.head != head


def test_what_fails_leaves_no_entry(where: Path | str) -> None:
    with Store.open(where) as store:
        with pytest.raises(StoreError):
            store.add(report(), [claim(), claim()], extractor=READER, theatre="", learnt=NOW)
        store.add_report(report(), learnt=NOW)
        assert (store.check().entries, store.check().faults) == (1, ())


# Copies that can be kept


def content(where: Path | str) -> tuple[object, ...]:
    with Store.open(where) as store:
        asked = store.reports(), store.claims(), store.theatre(), store.receipts(), store.memberships()
        return (*asked, store.kinships(), store.unlinked(), store.check())


def test_a_backup_holds_all_and_can_be_restored(where: Path | str, tmp_path: Path) -> None:
    fill(where)
    kept, other = tmp_path / "kept.marsad", tmp_path / "other.marsad"
    with Store.open(where) as store:
        store.back_up(kept)
    assert sorted(file.name for file in tmp_path.iterdir() if not file.name.startswith("war")) == ["kept.marsad"]
    before = kept.read_bytes()
    Store.restore(kept, other)
    assert kept.read_bytes() == before
    assert content(other) == content(where)


def test_an_empty_monitor_can_be_filled_and_added_to(where: Path | str, tmp_path: Path) -> None:
    source, kept = tmp_path / "source.marsad", tmp_path / "kept.marsad"
    fill(source)
    with Store.open(source) as store:
        store.back_up(kept)
    Store.open(where).close()
    Store.restore(kept, where)
    assert content(where) == content(source)
    with Store.open(where) as store:
        store.add(report("more"), [claim("c-more", "more")], extractor=READER, theatre="", learnt=NOW, origin="b")
        store.add_theatre("name = 'Later'", learnt=NOW)
        with store.linking(NOW) as memory:
            arrive(store.unlinked(), memory, None)
        assert store.check().faults == ()


def test_nothing_is_overwritten(where: Path | str, tmp_path: Path) -> None:
    fill(where)
    kept = tmp_path / "kept.marsad"
    kept.write_text("mine")
    with Store.open(where) as store, pytest.raises(StoreError, match="nothing is overwritten"):
        store.back_up(kept)
    assert kept.read_text() == "mine"
    kept.unlink()
    with Store.open(where) as store:
        store.back_up(kept)
    with pytest.raises(StoreError, match="can only fill an empty monitor"):
        Store.restore(kept, where)
    assert faults(where) == ""


@pytest.mark.parametrize("content", [None, b"", os.urandom(4096)], ids=["none", "empty", "noise"])
def test_what_is_no_backup_fills_nothing(tmp_path: Path, content: bytes | None) -> None:
    kept, path = tmp_path / "kept.marsad", tmp_path / "war.marsad"
    if content is not None:
        kept.write_bytes(content)
    with pytest.raises(StoreError, match=r"kept\.marsad: "):
        Store.restore(kept, path)
    assert not path.exists()
    assert [file.name for file in tmp_path.iterdir()] == (["kept.marsad"] if content is not None else [])


def test_a_backup_made_while_others_write_is_one_state(where: Path | str, tmp_path: Path) -> None:
    fill(where)
    kept = tmp_path / "kept.marsad"
    with Store.open(where) as store, Store.open(where) as other, other.transaction():
        other.add(report("half"), [], extractor=READER, theatre="", learnt=NOW)
        store.back_up(kept)
    with Store.open(kept) as store:
        assert [one.id for one in store.reports()] == ["r0", "r1", "r2"]
        assert store.check().faults == ()


def test_a_monitor_is_checked_kept_and_restored(tmp_path: Path) -> None:
    with war.opened(tmp_path) as held:
        assert held.check().faults == ()
        held.back_up(tmp_path / "kept.marsad")
    Monitor.restore(tmp_path / "kept.marsad", tmp_path / "again.marsad")
    with Monitor.open(tmp_path / "again.marsad") as again, Monitor.open(tmp_path / "war.marsad") as held:
        assert again.claims() == held.claims()
        assert again.theatre == held.theatre
