"""Well-formed inputs: what each format gives."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from intake_support import NOW, read, reasons, reports, write
from marsad.intake import Taken, read_inputs
from marsad.records import DatePrecision

FULL = {
    "id": "x-1",
    "publisher": "Example News",
    "kind": "wire",
    "agencies": ["AFP"],
    "published": "2031-05-03T21:15:00+03:00",
    "retrieved": "2031-05-04T00:00:00Z",
    "title": "Rebels enter town",
    "text": "Rebels entered the town.",
    "copy_of": "x-0",
    "url": "https://example.org/1",
    "language": "en",
    "other": 5,
}


def line(**fields: object) -> str:
    return json.dumps({"text": "Rebels entered the town.", **fields}) + "\n"


def test_a_row_gives_every_field_of_a_report(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "a.jsonl", json.dumps(FULL)))
    assert (report.id, report.publisher, report.kind, report.agencies) == ("x-1", "Example News", "wire", ("AFP",))
    assert (report.title, report.text, report.copy_of) == ("Rebels enter town", "Rebels entered the town.", "x-0")
    assert (report.url, report.language) == ("https://example.org/1", "en")
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"
    assert report.published_precision is DatePrecision.PART_OF_DAY
    assert report.retrieved == datetime(2031, 5, 4, tzinfo=UTC)
    assert report.sha256 == hashlib.sha256(report.text.encode()).hexdigest()


def test_a_row_with_text_alone_is_a_report_of_unknowns(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "a.jsonl", line(publisher=" ", kind="blog", published=None)))
    assert (report.publisher, report.kind, report.title, report.agencies) == (None, "unknown", "", ())
    assert (report.published, report.published_precision) == (None, DatePrecision.UNKNOWN)
    assert report.retrieved == NOW


@pytest.mark.parametrize("words", ["2031-05-03", "20310503", "2031-05-03T21:15:00", "3 May 2031", "May 3rd, 2031"])
def test_a_date_without_time_or_zone_is_that_day_at_noon(tmp_path: Path, words: str) -> None:
    (report,) = reports(write(tmp_path, "a.jsonl", line(published=words)))
    assert (report.published, report.published_precision) == (datetime(2031, 5, 3, 12, tzinfo=UTC), DatePrecision.DAY)


def test_an_id_is_derived_from_publisher_title_and_text_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", line() + line(kind="wire") + line(title="t") + line(publisher="p"))
    ids = [report.id for report in reports(path)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(len(name) == 18 and name.startswith("r-") for name in ids)


def test_a_number_is_an_id(tmp_path: Path) -> None:
    assert reports(write(tmp_path, "a.jsonl", line(id=17)))[0].id == "17"


def test_a_dateline_gives_date_and_agencies_where_the_row_does_not(tmp_path: Path) -> None:
    text = "KYIV, May 2, 2031 (AFP) - Troops left."
    given, bare = reports(
        write(tmp_path, "a.jsonl", line(text=text, agencies=["dpa"], published="2031-05-03T10:00Z") + line(text=text))
    )
    assert (given.agencies, given.dateline) == (("dpa",), "KYIV, May 2, 2031 (AFP) -")
    assert given.published == datetime(2031, 5, 3, 10, tzinfo=UTC)
    assert bare.agencies == ("AFP",)
    assert (bare.published, bare.published_precision) == (datetime(2031, 5, 2, 12, tzinfo=UTC), DatePrecision.DAY)


def test_a_dateline_of_the_future_gives_no_date(tmp_path: Path) -> None:
    assert reports(write(tmp_path, "a.txt", "KYIV, May 2, 2041 (AFP) - Troops left."))[0].published is None


def test_a_document_is_one_report_or_a_list(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, "a.json", json.dumps(FULL, indent=2)))
    assert one.origin == str(tmp_path / "a.json")
    path = write(tmp_path, "b.json", json.dumps([FULL, 5, {**FULL, "id": "x-2"}]))
    assert [item.origin for item in read(path)] == [f"{path}[0]", f"{path}[1]", f"{path}[2]"]
    assert len(reasons(path)) == 1


def test_plain_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "a.txt", "  Rebels entered.\r\n\r\nThe army left.\r\n"))
    assert (report.text, report.title) == ("  Rebels entered.\r\n\r\nThe army left.\r\n", "")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_front_block_and_a_heading_are_not_the_text(tmp_path: Path, end: str) -> None:
    lines = [
        "---",
        "publisher: 'Example: News'",
        "kind: wire",
        "published: 2031-05-03",
        "agencies: [AFP, dpa]",
        "tags: x",
    ]
    content = end.join([*lines, "---", "", "# Rebels enter town #", "", "Rebels entered.", "", "## More", "They left."])
    (report,) = reports(write(tmp_path, "a.md", content))
    assert (report.publisher, report.kind, report.agencies) == ("Example: News", "wire", ("AFP", "dpa"))
    assert (report.title, report.published_precision) == ("Rebels enter town", DatePrecision.DAY)
    assert report.text == end.join(["Rebels entered.", "", "## More", "They left."])


def test_a_later_heading_is_the_title_and_stays_in_the_text(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "a.md", "Rebels entered.\n\n## More #1\nThey left."))
    assert (report.title, report.text) == ("More #1", "Rebels entered.\n\n## More #1\nThey left.")


def test_lines_of_dashes_around_prose_are_text(tmp_path: Path) -> None:
    content = "---\nRebels entered the town.\n---\nThe army left."
    assert reports(write(tmp_path, "a.txt", content))[0].text == content


def test_a_folder_is_read_by_name_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.jsonl", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(line() if name.endswith("jsonl") else "Rebels entered.")
    assert [item.origin.removeprefix(f"{tmp_path}/") for item in read(tmp_path)] == ["a/1.jsonl:1", "a/2.txt", "b.txt"]


@pytest.mark.parametrize(
    ("content", "origins"),
    [
        (line() + line(), ["-:1", "-:2"]),
        ("\n " + line(), ["-:2"]),
        (json.dumps(FULL, indent=1), ["-"]),
        (json.dumps([FULL]), ["-[0]"]),
        ("[Reuters] Rebels entered.", ["-"]),
        ("Rebels entered.", ["-"]),
    ],
)
def test_standard_input_is_told_by_its_first_characters(
    monkeypatch: pytest.MonkeyPatch, content: str, origins: list[str]
) -> None:
    stream = io.BytesIO(content.encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    found = read("-")
    assert [item.origin for item in found] == origins
    assert all(isinstance(item, Taken) for item in found)
    assert not stream.closed


def test_empty_standard_input_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    assert reasons("-") == ["empty"]


def test_a_batch_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    with path.open("w") as out:
        for number in range(300):
            out.write(line(id=str(number), text=f"{number} " + "Rebels entered the town. " * 4000))
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Taken) for item in read_inputs([path], retrieved=NOW))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 300
    assert peak < path.stat().st_size / 5


def test_a_clock_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone-aware"):
        read_inputs([], retrieved=datetime(2031, 5, 4))  # noqa: DTZ001


def test_reports_of_the_gold_folder_are_all_taken() -> None:
    gold = Path(__file__).parents[2] / "shared" / "gold"
    if not gold.is_dir():
        pytest.skip("no gold reports beside the checkout")
    for path in gold.glob("*/reports.jsonl"):
        rows = [json.loads(words) for words in path.read_text("utf-8").splitlines()]
        found = reports(path)
        assert [(report.id, report.text) for report in found] == [(row["id"], row["text"]) for row in rows]
