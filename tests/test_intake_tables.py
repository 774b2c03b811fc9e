"""Tables: which column holds what, and rows that are read whatever stands beside them."""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intake_support import NOW, read, reasons, reports, write
from marsad.errors import DataFileError
from marsad.intake import ColumnMap, Skipped, Taken, load_columns, read_inputs
from marsad.intake.build import FIELDS
from marsad.records import DatePrecision, Report

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Rebels entered the town."
MAP = """
[columns]
text = ["Headline", "body"]
published = "when"
publisher = "source"
id = "record"

[constants]
language = "en"
publisher = "Example Monitor"
"""


def columns(folder: Path, text: str = MAP) -> ColumnMap:
    return load_columns(write(folder, "columns.toml", text))


def chosen(columns: ColumnMap, *sources: Path) -> list[Taken | Skipped]:
    return list(read_inputs(sources, retrieved=NOW, columns=columns))


def report_of(columns: ColumnMap, source: Path) -> Report:
    (item,) = chosen(columns, source)
    assert isinstance(item, Taken), item
    return item.report


# CSV as it should be


def test_a_table_named_as_reports_are_is_read_without_a_map(tmp_path: Path) -> None:
    table = (
        "ID,Publisher,kind,published,title,Text,authors,agencies,other\r\n"
        "7,Example News,wire,2031-05-03T21:15:00+03:00,Title,"
        '"Rebels, ""many"", entered.\r\n\r\nThey left.",A; B,AFP;,x\r\n'
    )
    (item,) = read(write(tmp_path, "a.csv", table))
    assert isinstance(item, Taken)
    assert item.origin == f"{tmp_path}/a.csv:2"
    report = item.report
    assert (report.id, report.publisher, report.kind, report.title) == ("7", "Example News", "wire", "Title")
    assert report.text == 'Rebels, "many", entered.\r\n\r\nThey left.'
    assert (report.authors, report.agencies) == (("A", "B"), ("AFP",))
    assert report.published == datetime(2031, 5, 3, 18, 15, tzinfo=UTC)


def test_a_map_names_the_columns(tmp_path: Path) -> None:
    table = "RECORD;headline;Body;When;source\n17;Town falls;The army left.;2031-05-03;\n18;;Only a body.;;Other\n"
    one, other = (
        item.report for item in chosen(columns(tmp_path), write(tmp_path, "a.csv", table)) if isinstance(item, Taken)
    )
    assert (one.id, one.text, one.publisher, one.language) == (
        "17",
        "Town falls\n\nThe army left.",
        "Example Monitor",
        "en",
    )
    assert (one.published, one.published_precision) == (datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY)
    assert (other.text, other.publisher, other.published) == ("Only a body.", "Other", None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_delimiter_and_encoding_are_told_by_the_table(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = f"Größtenteils verließ die Armee die Städte am Fluß{delimiter} ließ der General wissen"
    rows = [
        ("id", "text", "note"),
        *((str(n), f'"{text} {n}."', "x,y;z" if delimiter == "\t" else "") for n in range(9)),
    ]
    table = "\n".join(delimiter.join(row) for row in rows)
    found = reports(write(tmp_path, "a.csv", table.encode(encoding)))
    assert [report.text for report in found] == [f"{text} {n}." for n in range(9)]


def test_quotes_after_a_backslash_are_part_of_the_text(tmp_path: Path) -> None:
    table = 'id,text\n1,"He said \\"no\\", twice."\n2,"Rebels entered, she said."\n'
    assert [report.text for report in reports(write(tmp_path, "a.csv", table))] == [
        'He said "no", twice.',
        "Rebels entered, she said.",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_end_of_a_line_ends_a_row(tmp_path: Path, ending: str) -> None:
    table = ending.join(["sep=;", "", "id;text", '1;"One\n\ntext."', "", "2; 'Another' text. ", ""])
    found = read(write(tmp_path, "a.csv", table))
    assert [item.report.text for item in found if isinstance(item, Taken)] == ["One\n\ntext.", " 'Another' text. "]


def test_a_table_of_one_column_is_one(tmp_path: Path) -> None:
    assert len(reports(write(tmp_path, "a.csv", "text\nRebels entered, they said.\nThe army; left.\n"))) == 2
    assert len(reports(write(tmp_path, "a.csv", "text\nRebels entered.\nThe army left.\n"))) == 2


def test_a_table_without_a_header_has_numbers(tmp_path: Path) -> None:
    numbered = columns(tmp_path, "header = false\n[columns]\ntext = [3, 2]\nid = 1\n")
    found = chosen(numbered, write(tmp_path, "a.csv", "1,b one,c one\n2,b two,c two\n"))
    assert [item.report.text for item in found if isinstance(item, Taken)] == ["c one\n\nb one", "c two\n\nb two"]
    assert [item.origin[-6:] for item in found] == [".csv:1", ".csv:2"]


def test_standard_input_is_a_table_where_columns_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    from types import SimpleNamespace

    data = "record,headline,body,when,source\n1,Rebels enter,They did.,,\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    (item,) = read_inputs(["-"], retrieved=NOW, columns=columns(tmp_path))
    assert isinstance(item, Taken)
    assert item.report.text == "Rebels enter\n\nThey did."


def test_a_table_is_read_in_constant_memory(tmp_path: Path) -> None:
    with (tmp_path / "big.csv").open("w") as out:
        out.write("id,text\n")
        for number in range(300):
            out.write(f'{number},"{number} ' + "Rebels entered, the town. " * 4000 + '"\n')
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Taken) for item in read_inputs([tmp_path / "big.csv"], retrieved=NOW))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 300
    assert peak < (tmp_path / "big.csv").stat().st_size / 5


# CSV as it comes


def test_an_open_quote_costs_its_own_row_alone(tmp_path: Path) -> None:
    rows = [f'{n},"Rebels entered town {n}, they said.",x' for n in range(2, 40)]
    rows[3] = '5,"Rebels entered town 5, they said.,x'
    found = read(write(tmp_path, "a.csv", "\n".join(["id,text,note", *rows]) + "\n"))
    (skip,) = [item for item in found if isinstance(item, Skipped)]
    assert skip == Skipped(f"{tmp_path}/a.csv:5", "a quote is not closed, or one stands where none may")
    assert [item.report.id for item in found if isinstance(item, Taken)] == [str(n) for n in range(2, 40) if n != 5]


def test_an_open_quote_does_not_swallow_a_table_without_quotes(tmp_path: Path) -> None:
    rows = [f"{n},Rebels entered town {n},x" for n in range(2, 30_000)]
    rows[3] = '5,"Rebels entered town 5,x'
    found = read(write(tmp_path, "a.csv", "\n".join(["id,text,note", *rows])))
    assert [item.origin for item in found if isinstance(item, Skipped)] == [f"{tmp_path}/a.csv:5"]
    assert len(found) == len(rows)


def test_a_broken_text_of_several_lines_is_told_once(tmp_path: Path) -> None:
    table = 'id,text,note\n1,"One.",x\n2,"Two "broke".\nMore of it.\nAnd more.",x\n3,"Three, here.",x\n'
    found = read(write(tmp_path, "a.csv", table))
    assert [item.origin[-6:] for item in found if isinstance(item, Skipped)] == [".csv:3", ".csv:4", ".csv:5"]
    assert [item.report.id for item in found if isinstance(item, Taken)] == ["1", "3"]


def test_rows_of_another_width_are_skipped_with_their_line(tmp_path: Path) -> None:
    table = "id,text,note\n1,Rebels entered\n2,Rebels, entered,the,town\n3,Rebels entered.,x,,,\n4,They left.,\n"
    found = read(write(tmp_path, "a.csv", table))
    assert [(item.origin[-6:], item.reason) for item in found if isinstance(item, Skipped)] == [
        (".csv:2", "2 cells where the header has 3"),
        (".csv:3", "5 cells where the header has 3"),
    ]
    assert [item.report.id for item in found if isinstance(item, Taken)] == ["3", "4"]


def test_bad_values_cost_their_own_row_alone(tmp_path: Path) -> None:
    rows = [f"1,{TEXT},yesterday", "2,,2031-05-03", "3,a\x01\x02\x03b,", f"4,{TEXT},2031-05-03", f"{'x' * 300},{TEXT},"]
    table = "\n".join(["id,text,published", *rows])
    found = read(write(tmp_path, "a.csv", table))
    assert [item.origin[-6:] for item in found if isinstance(item, Skipped)] == [".csv:2", ".csv:3", ".csv:4", ".csv:6"]
    assert [item.report.id for item in found if isinstance(item, Taken)] == ["4"]


def test_an_overlong_line_is_read_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tables", "csvrecords"):
        monkeypatch.setattr(f"marsad.intake.{module}.MAX_RECORD", 100)
    table = f"id,text\n1,{'a ' * 300}\n2,{TEXT}\n"
    found = read(write(tmp_path, "a.csv", table))
    assert isinstance(found[0], Skipped)
    assert found[0].reason == "too long: more than 100 characters"
    assert isinstance(found[1], Taken)
    assert found[1].origin.endswith(":3")


REFUSED = {
    "no text": ("date,notes\n1,2\n", "no column 'text' among 'date', 'notes'; a column map can say which one it is"),
    "nothing": ("", "empty"),
    "blank lines": ("\n\r\n\n", "empty"),
    "a header alone": ("id,text\n", "empty: a table with a header alone"),
    "two texts": ("text,Text,TEXT\na,b,c\n", None),
    "the same name twice": ("text,text\na,b\n", "several columns are named 'text'; the column map can give a number"),
    "many columns": (",".join(f"column{n}" for n in range(50)) + "\n", "no column 'text' among 'column0'"),
    "too many columns": ("a," * 3000 + "\n", "no column 'text' among 'a,a,a"),
    "NUL bytes": ("id,text\n1,a\0b\n", "not text: NUL bytes"),
    "a header that is open": ('id,"text\n1,Rebels entered.\n', "no column 'text' among 'id,"),
}


@pytest.mark.parametrize(("table", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, table: str, reason: str | None) -> None:
    found = read(write(tmp_path, "a.csv", table))
    if reason is None:
        assert isinstance(found[0], Taken)
        return
    (skip,) = found
    assert isinstance(skip, Skipped)
    assert reason in skip.reason
    assert skip.reason.isprintable()
    assert len(skip.reason) < 200


def test_more_columns_than_any_table_has_are_refused(tmp_path: Path) -> None:
    assert reasons(write(tmp_path, "a.tsv", "a\t" * 3000)) == ["too many columns: 3,001, the limit is 2,000"]


HOSTILE = {
    "quotes alone": '"' * 600_000,
    "quotes in lines": '"\n' * 100_000,
    "pairs in lines": '""\n' * 100_000,
    "triples in lines": '"""\n' * 100_000,
    "quotes that open every row": 'x",y,"z\n' * 60_000,
    "open rows": '1,"x\n' * 60_000,
    "delimiters": "," * 600_000,
    "spaces": " " * 600_000,
    "blank lines": "\n" * 600_000,
    "long rows of spaces": ("a," + " " * 1900 + '"\n') * 1_000,
    "backslashes": '"\\\\' * 200_000,
    "a long line of pairs": '1,"' + '""' * 300_000 + "\n",
}


@pytest.mark.parametrize("width", [2, 3, 500])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_quotes_of_any_kind_take_little_time(tmp_path: Path, body: str, width: int) -> None:
    path = write(tmp_path, "a.csv", ",".join(["text", *("abc"[n % 3] + str(n) for n in range(1, width))]) + "\n" + body)
    started = time.process_time()
    assert sum(1 for _ in read_inputs([path], retrieved=NOW))
    assert time.process_time() - started < 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.text(alphabet='ab,;"\\\n\r \t|é', max_size=120), st.sampled_from(["text,b\n", "", "text\n"]))
def test_no_table_raises_and_every_line_is_told(tmp_path: Path, body: str, header: str) -> None:
    for item in read(write(tmp_path, "a.csv", header + body)):
        assert isinstance(item, Taken) or (item.reason.isprintable() and len(item.reason) < 200)


CELL = st.text(alphabet='ab,;"\n\r \t|é', max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
@example(rows=[('"\r,,\r', ",,;")])  # lines that would make more records if a backslash stood before quotes
def test_what_the_standard_library_writes_is_read_as_it_was(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    import csv

    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(["id", "text", "note"])
        for number, (text, note) in enumerate(rows):
            writer.writerow([number, f"Rebels {text}", note])
    assert [report.text for report in reports(tmp_path / "a.csv")] == [f"Rebels {text}" for text, _ in rows]


# Column maps


def test_a_column_that_is_missing_is_told_before_any_row(tmp_path: Path) -> None:
    (skip,) = chosen(columns(tmp_path), write(tmp_path, "a.csv", "record,headline,text,when,source\n1,2,3,4,5\n"))
    assert isinstance(skip, Skipped)
    assert skip.reason == "no column 'body' among 'record', 'headline', 'text', 'when', 'source'"
    numbered = columns(tmp_path, "[columns]\ntext = 9\n")
    (skip,) = chosen(numbered, write(tmp_path, "a.csv", "a,b\n1,2\n"))
    assert isinstance(skip, Skipped)
    assert skip.reason == "no column 9: the table has 2"


def test_words_for_kinds_are_mapped(tmp_path: Path) -> None:
    text = '[columns]\ntext = "t"\nkind = "k"\n[kinds]\n"Government" = "state_media"\n'
    table = write(tmp_path, "a.csv", f"t,k\n{TEXT},GOVERNMENT \n{TEXT} 2,ngo\n{TEXT} 3,Something\n")
    found = [item.report.kind for item in chosen(columns(tmp_path, text), table) if isinstance(item, Taken)]
    assert found == ["state_media", "ngo", "unknown"]


DAMASCUS = timezone(timedelta(hours=3))
AT_TEN = datetime(2031, 5, 3, 10, tzinfo=DAMASCUS)


@pytest.mark.parametrize(
    ("dates", "words", "when", "precision"),
    [
        ('zone = "Asia/Damascus"', "2031-05-03 10:00", AT_TEN, DatePrecision.PART_OF_DAY),
        ('zone = "Asia/Damascus"', "2031-05-03T10:00:00", AT_TEN, DatePrecision.PART_OF_DAY),
        ('zone = "Asia/Damascus"', "2031-05-03T07:00:00Z", AT_TEN, DatePrecision.PART_OF_DAY),
        ('zone = "Asia/Damascus"', "2031-05-03", datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY),
        ('zone = "Asia/Damascus"', "3 May 2031", datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY),
        ("", "2031-05-03 10:00", datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY),
        ('format = "%d/%m/%Y"', "03/05/2031", datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY),
        ('format = "%d/%m/%Y %H:%M"', "03/05/2031 10:00", datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY),
        (
            'format = "%d/%m/%Y %H:%M"\nzone = "Asia/Damascus"',
            "03/05/2031 10:00",
            AT_TEN,
            DatePrecision.PART_OF_DAY,
        ),
        ('format = "%d.%m.%Y %H:%M %z"', "03.05.2031 10:00 +0300", AT_TEN, DatePrecision.PART_OF_DAY),
        ('format = "seconds"', str(int(AT_TEN.timestamp())), AT_TEN, DatePrecision.PART_OF_DAY),
        ('format = "milliseconds"', str(int(AT_TEN.timestamp() * 1000)), AT_TEN, DatePrecision.PART_OF_DAY),
    ],
)
def test_instants_are_read_as_the_map_says(
    tmp_path: Path, dates: str, words: str, when: datetime, precision: DatePrecision
) -> None:
    chart = columns(tmp_path, f'[columns]\ntext = "t"\npublished = "d"\n[dates]\n{dates}\n')
    for name, content in (
        ("a.csv", f"d,t\n{words},{TEXT}\n"),
        ("a.jsonl", json.dumps({"d": int(words) if words.isdigit() else words, "t": TEXT})),
    ):
        report = report_of(chart, write(tmp_path, name, content))
        assert (report.published, report.published_precision) == (when, precision)


def test_a_day_and_a_time_in_two_columns_are_one_instant(tmp_path: Path) -> None:
    chart = columns(tmp_path, '[columns]\ntext = "t"\npublished = ["d", "h"]\n[dates]\nzone = "Asia/Damascus"\n')
    report = report_of(chart, write(tmp_path, "a.csv", f"d,h,t\n2031-05-03,10:00,{TEXT}\n"))
    assert report.published == AT_TEN


@pytest.mark.parametrize("words", ["03.05.2031", "2031-05-03", "x" * 9000, "99/99/9999"])
def test_a_date_of_another_form_is_told(tmp_path: Path, words: str) -> None:
    chart = columns(tmp_path, '[columns]\ntext = "t"\npublished = "d"\n[dates]\nformat = "%d/%m/%Y"\n')
    (skip,) = chosen(chart, write(tmp_path, "a.csv", f"d,t\n{words},{TEXT}\n"))
    assert isinstance(skip, Skipped)
    assert skip.reason.startswith("'published' does not have the form '%d/%m/%Y': ")


@pytest.mark.parametrize("words", ["1e400", "nan", "-1e18", "soon", "9" * 40])
def test_seconds_that_are_none_are_told(tmp_path: Path, words: str) -> None:
    chart = columns(tmp_path, '[columns]\ntext = "t"\npublished = "d"\n[dates]\nformat = "seconds"\n')
    (skip,) = chosen(chart, write(tmp_path, "a.csv", f"d,t\n{words},{TEXT}\n"))
    assert isinstance(skip, Skipped)
    assert "does not have the form 'seconds'" in skip.reason


def test_a_map_leads_into_objects_of_json(tmp_path: Path) -> None:
    chart = columns(tmp_path, '[columns]\ntext = "properties.text"\nauthors = "properties.by"\ntitle = "Name"\n')
    row = {"name": "Title", "properties": {"text": TEXT, "by": ["A", "B"]}}
    for name, content in (("a.jsonl", json.dumps(row)), ("a.json", json.dumps([row]))):
        report = report_of(chart, write(tmp_path, name, content))
        assert (report.text, report.title, report.authors) == (TEXT, "Title", ("A", "B"))


def test_the_fields_that_a_map_may_name_are_those_that_are_read() -> None:
    full: dict[str, Any] = dict.fromkeys(FIELDS, "x") | {"text": TEXT, "authors": ["A"], "agencies": ["A"]}
    full |= dict.fromkeys(["published", "updated", "retrieved", "embargo"], "2031-05-03")
    from marsad.intake.build import build_report

    seen = set()

    class Watched(dict[str, object]):
        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
            seen.add(name)
            return super().get(name, default)

    build_report(Watched(full), NOW, {})
    assert seen == FIELDS


WRONG = {
    "an unknown field": ('[columns]\ntxt = "a"\n', "2: unknown key 'txt'; known here: agencies, authors, copy_of"),
    "an unknown part": ('[column]\ntext = "a"\n', "1: unknown key 'column'; known here: columns, constants, dates"),
    "no columns": ("", "nothing in it: [columns] says which column holds the 'text'"),
    "an unknown kind": (
        '[columns]\ntext = "a"\n[constants]\nkind = "paper"\n',
        "4: 'kind' is 'paper'; it must be one of",
    ),
    "a kind mapped to none": ('[columns]\ntext = "a"\n[kinds]\nG = "paper"\n', "4: 'G' is 'paper'; it must be one of"),
    "an unknown zone": ('[columns]\ntext = "a"\n[dates]\nzone = "Syria"\n', "4: no time zone 'Syria'; names are those"),
    "no form": ('[columns]\ntext = "a"\n[dates]\nformat = "unix"\n', "4: 'format' must be one of strptime"),
    "zero": ("[columns]\ntext = 0\n", "2: 'text' must be a column's name or its number from 1"),
    "true": ("[columns]\ntext = true\n", "2: 'text' must be a column's name or its number from 1"),
    "a list of lists": ('[columns]\ntext = [["a"]]\n', "2: 'text' must be a column's name"),
    "names without a header": (
        'header = false\n[columns]\ntext = "a"\n',
        "3: 'text': columns of a table without a header",
    ),
    "no truth": ('header = "no"\n[columns]\ntext = "a"\n', "1: 'header' must be true or false"),
    "no TOML": ("[columns", "not TOML"),
}


@pytest.mark.parametrize(("text", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_map_is_told_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(DataFileError) as refused:
        columns(tmp_path, text)
    assert reason in str(refused.value)


# Parquet


def parquet(folder: Path, columns: dict[str, Any], name: str = "a.parquet", **options: Any) -> Path:
    pq.write_table(pa.table(columns), folder / name, **options)
    return folder / name


def test_a_parquet_file_is_read_with_its_types(tmp_path: Path) -> None:
    instants = [datetime(2031, 5, 3, 7, tzinfo=UTC), None, None]
    path = parquet(
        tmp_path,
        {
            "id": [1, 2, 3],
            "text": [TEXT, None, f"{TEXT} 3"],
            "published": pa.array(instants, pa.timestamp("ns", "Asia/Damascus")),
            "authors": [["A", "B"], None, []],
        },
    )
    found = read(path)
    assert [type(item) for item in found] == [Taken, Skipped, Taken]
    assert isinstance(found[0], Taken)
    assert found[0].origin == f"{path}:1"
    assert (found[0].report.id, found[0].report.authors) == ("1", ("A", "B"))
    assert (found[0].report.published, found[0].report.published_precision) == (AT_TEN, DatePrecision.PART_OF_DAY)


def test_a_map_reads_days_and_naive_instants_and_objects_of_parquet(tmp_path: Path) -> None:
    chart = columns(
        tmp_path,
        '[columns]\ntext = "event.text"\npublished = "day"\nupdated = "changed"\nid = ["set", "number"]\n'
        '[dates]\nzone = "Asia/Damascus"\n',
    )
    path = parquet(
        tmp_path,
        {
            "event": [{"text": TEXT, "other": 1}],
            "day": pa.array([datetime(2031, 5, 3).date()], pa.date32()),  # noqa: DTZ001
            "changed": pa.array([datetime(2031, 5, 3, 10)], pa.timestamp("ms")),  # noqa: DTZ001
            "set": ["S"],
            "number": [1.5],
        },
    )
    report = report_of(chart, path)
    assert (report.text, report.id) == (TEXT, "S 1.5")
    assert report.published_precision == DatePrecision.DAY
    assert report.updated == AT_TEN


def test_values_of_parquet_that_cannot_be_read_cost_their_row_alone(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        {
            "text": pa.array([TEXT.encode(), b"\xff\xfe", TEXT.encode() + b" 3"], pa.binary()),
            "published": pa.array([0, 0, 2**62], pa.timestamp("us", "UTC")),
        },
    )
    found = read(path)
    assert [type(item) for item in found] == [Taken, Skipped, Skipped]


def test_a_parquet_file_in_an_archive_is_read(tmp_path: Path) -> None:
    import gzip

    path = parquet(tmp_path, {"text": [TEXT]})
    (item,) = read(write(tmp_path, "b.parquet.gz", gzip.compress(path.read_bytes())))
    assert isinstance(item, Taken)
    assert item.origin == f"{tmp_path}/b.parquet.gz:1"


def test_a_word_in_many_rows_is_unpacked_once(tmp_path: Path) -> None:
    """A megabyte that stands in a hundred thousand rows is a hundred gigabytes, in a file of a few thousand bytes."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array([f"{TEXT} " * 40_000]))
    path = parquet(tmp_path, {"text": text, "id": list(range(100_000))}, compression="zstd")
    assert path.stat().st_size < 2_000_000
    before = pa.total_allocated_bytes()
    found = read_inputs([path], retrieved=NOW)
    for _ in range(3):
        assert isinstance(next(found), Taken)
        assert pa.total_allocated_bytes() - before < 100_000_000


def test_a_parquet_file_that_swells_is_refused(tmp_path: Path) -> None:
    path = parquet(
        tmp_path, {"text": [f"{n:09}" + "a" * 200_000 for n in range(300)]}, compression="zstd", use_dictionary=False
    )
    assert reasons(path) == ["it unpacks to more than 100 times its size"]


def test_a_damaged_parquet_file_never_raises(tmp_path: Path) -> None:
    data = parquet(tmp_path, {"text": [f"{TEXT} {n}" for n in range(50)], "id": list(range(50))}).read_bytes()
    chance = random.Random(1)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        found = read(
            write(
                tmp_path, "b.parquet", bytes(broken[: chance.choice([len(broken), chance.randrange(12, len(broken))])])
            )
        )
        assert found
        assert all(item.reason.isprintable() and len(item.reason) < 200 for item in found if isinstance(item, Skipped))


def test_a_parquet_file_without_rows_says_so(tmp_path: Path) -> None:
    assert reasons(parquet(tmp_path, {"text": pa.array([], pa.string())})) == ["empty: a table without rows"]
