"""Inputs that are broken, huge or malicious: each gives one clear reason, or what can be saved of it; none raises."""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_support import NOW, read, reasons, reports, write
from marsad.intake import MAX_TEXT, Skipped, Taken, read_inputs


def row(**fields: object) -> str:
    return json.dumps({"text": "Rebels entered the town.", **fields}) + "\n"


REFUSED = {
    "empty text": ("a.txt", b"", "empty"),
    "blank text": ("a.txt", b" \r\n\t\n", "empty"),
    "mark alone": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "empty lines": ("a.jsonl", b"", "empty"),
    "blank lines": ("a.jsonl", b"\n\n  \n", "empty"),
    "empty document": ("a.json", b"", "empty"),
    "empty list": ("a.json", b"[]", "empty"),
    "PDF": ("a.txt", b"%PDF-1.7\n1 0 obj", "not text: a PDF document"),
    "PNG": ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text: a PNG image"),
    "ZIP named as lines": ("a.jsonl", b"PK\x03\x04\x14\0\0\0", "not text: a ZIP archive"),
    "gzip named as JSON": ("a.json", b"\x1f\x8b\x08\0\0\0\0\0", "not text: gzip data"),
    "NUL bytes": ("a.txt", b"Rebels\0entered\0the\0town", "not text: NUL bytes"),
    "noise": ("a.txt", random.Random(1).randbytes(5000), "not text"),
    "control characters": ("a.txt", b"\x01\x02\x03\x04Rebels\x05\x06", "not text: 6 control characters among 12"),
    "mark of another encoding": ("a.txt", b"\xff\xfeR\x00e\x00b\x00\x00\xd8x", "not text: marked as UTF-16"),
    "a long text": ("a.txt", b"a " * (MAX_TEXT // 2 + 1), f"too long: 2,000,002 characters, the limit is {MAX_TEXT:,}"),
    "20 MB of text": ("a.txt", b"abcd efghi" * 2_000_000, "too long: 20,000,000 characters, the limit is 2,000,000"),
    "20 MB in a line": ("a.jsonl", row(text="abcd efghi" * 2_000_000), "too long: 20,000,000 characters"),
    "a long title": ("a.jsonl", row(title="t" * 20_000), "'title' is too long: 20,000 characters"),
    "a page": ("a.html", b"<html><body>Rebels", "HTML is not read yet; save the text"),
    "a page named as text": ("a.txt", b"<!DOCTYPE html>\n<html>", "HTML is not read yet; save the text"),
    "an unknown type": ("a.docm", b"Rebels entered.", "files of type '.docm' are not read; known: "),
    "no JSON": ("a.jsonl", "Rebels entered.\n", "not JSON: Expecting value (line 1, column 1)"),
    "a line cut short": ("a.jsonl", '{"text": "Rebels ent', "(line 1, column 10); the last line has no end"),
    "a document cut short": ("a.json", '[{"text": "Rebels"},\n {"te', "not JSON"),
    "an open bracket": (
        "a.json",
        '{"text": "Rebels"\n"title": 1}',
        "not JSON: Expecting ',' delimiter (line 2, column 1)",
    ),
    "a deep nest": ("a.jsonl", "[" * 200_000 + "\n", "not a report: nested too deeply"),
    "a huge number": ("a.jsonl", '{"text": ' + "9" * 5000 + "}\n", "not JSON that can be read"),
    "not a number": ("a.jsonl", '{"text": NaN}\n', "not JSON that can be read: NaN is not JSON"),
    "a number": ("a.jsonl", "17\n", "a JSON object is expected, not 17"),
    "a list in a line": ("a.jsonl", '["text"]\n', "a JSON object is expected, not ['text']"),
    "a string": ("a.json", '"text"', "a JSON object is expected, not 'text'"),
    "null": ("a.json", "null", "a JSON object is expected, not None"),
    "no text": ("a.jsonl", '{"id": "1"}\n', "no 'text'"),
    "a null text": ("a.jsonl", row(text=None), "no 'text'"),
    "a list as text": ("a.jsonl", row(text=["Rebels"]), "'text' must be a text, not a list"),
    "white space as text": ("a.jsonl", row(text=" \n\t"), "'text' holds no words"),
    "invisible text": ("a.jsonl", row(text="\u200b\u200f\ufeff"), "'text' holds no words"),
    "a NUL in the text": ("a.jsonl", row(text="Rebels\0"), "not text: NUL character at 6"),
    "a lone surrogate": ("a.jsonl", '{"text": "Rebels \\ud83d took it"}\n', "lone surrogate at character 7"),
    "a lone surrogate in the title": ("a.jsonl", row(title="\ud800"), "'title' is not text: lone surrogate"),
    "a number as title": ("a.jsonl", row(title=5), "'title' must be a text, not a number"),
    "a truth as id": ("a.jsonl", row(id=True), "'id' must be a text, not true or false"),
    "an object as id": ("a.jsonl", row(id={}), "'id' must be a text, not an object"),
    "a long id": ("a.jsonl", row(id="x" * 300), "'id' must be at most 200 printable characters"),
    "an id of several lines": ("a.jsonl", row(id="a\nb"), "'id' must be at most 200 printable characters: 'a\\nb'"),
    "a text as agencies": ("a.jsonl", row(agencies="AFP"), "'agencies' must be a list of texts: 'AFP'"),
    "numbers as agencies": ("a.jsonl", row(agencies=[1]), "'agencies' must be a list of texts: [1]"),
    "a number as date": ("a.jsonl", row(published=1733000000), "'published' must be a text, not a number"),
    "no date": ("a.jsonl", row(published="yesterday"), "no date that can be read: 'yesterday'"),
    "no such day": ("a.jsonl", row(published="2031-02-30T10:00:00Z"), "no date that can be read"),
    "a week as date": ("a.jsonl", row(published="2031-W02"), "no date that can be read: '2031-W02'"),
    "before the calendar": ("a.jsonl", row(published="0001-01-01T00:00:00+14:00"), "no date that can be read"),
    "the future": (
        "a.jsonl",
        row(published="2031-05-06T12:00:01Z"),
        "published in the future: 2031-05-06T12:00:01+00:00",
    ),
    "fetched in the future": ("a.jsonl", row(retrieved="2032-01-01T00:00:00Z"), "retrieved in the future"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_input_is_skipped_with_a_clear_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    found = read(write(tmp_path, name, content))
    assert [type(item) for item in found] == [Skipped]
    assert isinstance(found[0], Skipped)
    assert reason in found[0].reason
    assert found[0].reason.isprintable()
    assert len(found[0].reason) < 200
    assert found[0].origin.startswith(str(tmp_path / name))


KEPT = {
    "unbalanced quotes": 'The general said "we hold the town.',
    "right to left": "أعلن الجيش انسحابه من مدينة حمص",
    "mixed directions": "The town (\u202bحمص\u202c) fell.",
    "beyond the basic plane": "Rebels 🚀 took it. 𐎀",
    "combining marks": "E\u0301" * 50,
    "Windows lines": "Rebels entered.\r\n\r\nThe army left.\r\n",
    "old lines": "Rebels entered.\rThe army left.",
    "odd separators": "Rebels\u2028entered\u2029the\x85town\x0b.",
    "a colour code": "Rebels \x1b[31mentered the town\x1b[0m.",
    "markup": "<script>alert(1)</script> Rebels' -- DROP TABLE report;",
    "one endless word": "a" * 100_000,
    "endless brackets": "(" * 50_000 + "a",
    "an endless heading": "x\n# " + "# " * 400_000 + "x",
    "endless leading space": " " * 400_000 + "x",
    "endless capitals": "AAA, " * 50_000 + "a",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_an_odd_text_is_kept_character_for_character(tmp_path: Path, text: str) -> None:
    assert [report.text for report in reports(write(tmp_path, "a.jsonl", row(text=text)))] == [text]
    assert [report.text for report in reports(write(tmp_path, "a.txt", text))] == [text]


ENCODED = {
    "UTF-8 with a mark": ("Die Armee verließ die Stadt.", "utf-8-sig"),
    "UTF-16": ("Die Armee verließ die Stadt.", "utf-16"),
    "UTF-32": ("Die Armee verließ die Stadt.", "utf-32"),
    "Western": ("Les rebelles ont pris la ville, a déclaré l’armée, évacuée à l’aube après l’attaque.", "cp1252"),
    "Cyrillic": ("Сирийская армия покинула город, сообщило министерство обороны.", "cp1251"),
    "Arabic": ("أعلن الجيش انسحابه من المدينة مساء السبت وفق مصدر عسكري", "cp1256"),
    "Chinese": ("叙利亚军队撤出该市，国防部周六晚间宣布，居民正在逃离。", "gb18030"),
    "typographic quotes": ("The ministry said there was “no truth” in the report, which it called “a lie”.", "cp1252"),
}


@pytest.mark.parametrize(("text", "encoding"), ENCODED.values(), ids=ENCODED)
def test_another_encoding_is_read_as_what_it_is(tmp_path: Path, text: str, encoding: str) -> None:
    assert [report.text for report in reports(write(tmp_path, "a.txt", text.encode(encoding)))] == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_lines_in_a_marked_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    lines = '{"text": "Die Armee verließ"}\n{"text": "die Stadt."}\n'
    path = write(tmp_path, "a.jsonl", lines.encode(encoding))
    assert [report.text for report in reports(path)] == ["Die Armee verließ", "die Stadt."]


def test_utf8_with_a_broken_byte_keeps_the_rest_and_shows_the_place(tmp_path: Path) -> None:
    data = "Die Armee verließ die Städte am Fluß, größtenteils.".encode() + b"\xc3"
    assert [report.text for report in reports(write(tmp_path, "a.txt", data))] == [data[:-1].decode() + "\ufffd"]


def test_one_bad_row_stops_nobody(tmp_path: Path) -> None:
    lines = row(id="1") + "{broken\n" + row(id="2") + "[]\n" + "\n" + row(id="3") + '{"text": "cut'
    found = read(write(tmp_path, "a.jsonl", lines))
    assert [re.sub(r".*:", "", item.origin) for item in found] == ["1", "2", "3", "4", "6", "7"]
    assert [item.report.id for item in found if isinstance(item, Taken)] == ["1", "2", "3"]
    assert "(line 2, column 2)" in reasons(tmp_path / "a.jsonl")[0]


def test_an_overlong_line_is_skipped_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.intake.jsonlines.MAX_BYTES", 100)
    found = read(write(tmp_path, "a.jsonl", row(text="word " * 100) + row(id="2")))
    assert isinstance(found[0], Skipped)
    assert found[0].reason == "too long: the line has more than 100 bytes"
    assert isinstance(found[1], Taken)
    assert found[1].origin.endswith(":2")


def test_an_id_that_comes_again_with_another_text_is_skipped(tmp_path: Path) -> None:
    one = write(tmp_path, "1.jsonl", row(id="a"))
    other = write(tmp_path, "2.jsonl", row(id="a", text="The army left."))
    assert reasons(one, other) == ["id 'a' is already used by another text"]
    assert len(reports(one, one)) == 2


def test_a_missing_input_is_skipped(tmp_path: Path) -> None:
    (missing,) = reasons(tmp_path / "none.txt")
    assert missing == "cannot be read: No such file or directory"
    assert reasons("") == ["no name of a file or folder"]
    assert reasons("a\0b") == ["cannot be read: no file can have this name"]
    assert len(reasons("x" * 5000)) == 1


def test_a_file_name_of_any_bytes_gives_a_printable_origin(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\x1b[31m\n.txt"
    Path(os.fsdecode(name)).write_text("Rebels entered.")
    (item,) = read(tmp_path)
    assert item.origin == f"{tmp_path}/\\xff\\x1b[31m\\n.txt"


def test_a_pipe_or_a_circle_in_a_folder_does_not_hold_up_the_walk(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    write(tmp_path, "z.txt", "Rebels entered.")
    assert reasons(tmp_path) == [
        "a link to a folder, not followed",
        "cannot be read: No such file or directory",
        "not a file",
    ]
    assert len(reports(tmp_path)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
    suffix=st.sampled_from(["", ".txt", ".md", ".json", ".jsonl"]),
)
def test_no_bytes_raise(tmp_path: Path, data: bytes, suffix: str) -> None:
    for item in read_inputs([write(tmp_path, f"any{suffix}", data)], retrieved=NOW):
        if isinstance(item, Taken):
            item.report.text.encode()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [
    "id",
    "publisher",
    "kind",
    "agencies",
    "published",
    "retrieved",
    "title",
    "text",
    "copy_of",
    "url",
    "language",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON_VALUES))
def test_no_row_raises(tmp_path: Path, fields: dict[str, object]) -> None:
    path = write(tmp_path, "a.jsonl", json.dumps({"text": "Rebels entered.", **fields}))
    assert len(read(path)) == 1
