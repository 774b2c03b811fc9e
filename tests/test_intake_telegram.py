"""Exports of Telegram: what each message gives, however long the export, and whose words a forwarded post holds."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_support import NOW, read, reasons, reports, write
from marsad.errors import InputError
from marsad.intake import ColumnMap, Skipped, Taken, read_inputs
from marsad.intake.columns import DateForm
from marsad.intake.jsonstream import JsonStream
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marsad.records import Report


def message(number: int = 7, text: Any = "Rebels entered the town.", **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2031-05-03T21:15:00",
        "date_unixtime": "1935598500",
        "from": "Front Channel",
        "from_id": "channel1234",
        "text": text,
        **fields,
    }


def chat(*messages: Any, **fields: Any) -> dict[str, Any]:
    about = {"name": "Front Channel", "type": "public_channel", "id": 1234}
    return {**about, **fields, "messages": list(messages)}


def export(folder: Path, value: object) -> Path:
    return write(folder, "result.json", json.dumps(value, ensure_ascii=False, indent=1))


def one(folder: Path, *, about: dict[str, Any] | None = None, **fields: Any) -> Report:
    (report,) = reports(export(folder, chat(message(**fields), **about or {})))
    return report


def mapped(path: Path, zone: str, **constants: str) -> list[Report]:
    columns = ColumnMap(columns={}, constants=constants, dates=DateForm(zone=ZoneInfo(zone)))
    found = read_inputs([path], retrieved=NOW, columns=columns)
    return [item.report for item in found if isinstance(item, Taken)]


def test_a_post_of_a_channel_is_a_report_of_it(tmp_path: Path) -> None:
    report = one(tmp_path)
    assert (report.id, report.publisher, report.kind) == ("tg-1234-7", "Front Channel", "unknown")
    assert (report.title, report.text, report.authors, report.url) == ("", "Rebels entered the town.", (), None)
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-03T18:15:00+00:00"
    assert report.published_precision is DatePrecision.PART_OF_DAY
    assert report.forwarded_from is report.updated is report.reply_to is None


def test_pieces_of_a_text_are_put_together_as_they_are_read(tmp_path: Path) -> None:
    pieces = ["Rebels ", {"type": "bold", "text": "entered"}, " ", {"type": "hashtag", "text": "#Qarn"}, ".\n\nMore."]
    assert one(tmp_path, text=pieces).text == "Rebels entered #Qarn.\n\nMore."
    entities = [{"type": "plain", "text": "Rebels entered "}, {"type": "spoiler", "text": "Qarn"}]
    assert one(tmp_path, text="", text_entities=entities).text == "Rebels entered Qarn"


def test_a_caption_is_the_text_of_a_picture(tmp_path: Path) -> None:
    assert one(tmp_path, photo="photos/1.jpg", text="Rebels in Qarn").text == "Rebels in Qarn"


def test_an_edited_post_is_a_later_version(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "result.json",
        json.dumps(chat(message(), message(text="The army left.", edited_unixtime="1935602100", edited="2031-05-03"))),
    )
    first, second = reports(path)
    assert first.id == second.id
    assert second.updated is not None
    assert second.updated.isoformat() == "2031-05-03T19:15:00+00:00"


def test_a_forwarded_post_tells_whose_it_is(tmp_path: Path) -> None:
    report = one(tmp_path, forwarded_from="Qarn Observers")
    assert (report.forwarded_from, report.publisher, report.narrator) == (
        "Qarn Observers",
        "Front Channel",
        "Qarn Observers",
    )
    assert one(tmp_path, forwarded_from=None).narrator == "Deleted Account"  # certainly not who passes it on


def test_an_answer_names_the_report_that_it_answers(tmp_path: Path) -> None:
    assert one(tmp_path, reply_to_message_id=5).reply_to == "tg-1234-5"
    assert one(tmp_path, reply_to_message_id=5, reply_to_peer_id="channel99").reply_to == "tg-99-5"


def test_an_address_is_given_where_the_export_knows_the_name(tmp_path: Path) -> None:
    assert one(tmp_path, about={"username": "front_channel"}).url == "https://t.me/front_channel/7"
    assert one(tmp_path, about={"username": "x/../y"}).url is None


def test_in_a_group_the_sender_is_the_author(tmp_path: Path) -> None:
    group = {"name": "Qarn News Chat", "type": "public_supergroup"}
    assert one(tmp_path, about=group, **{"from": "Ada Example"}).authors == ("Ada Example",)
    assert one(tmp_path, about=group, **{"from": None}).authors == ("Deleted Account",)
    assert one(tmp_path, about=group, **{"from": "Qarn News Chat"}).authors == ()  # sent in the group's own name
    assert one(tmp_path, author="A. Example").authors == ("A. Example",)  # a signed post of a channel


def test_an_old_export_without_instants_tells_the_day_unless_the_zone_is_told(tmp_path: Path) -> None:
    old = message(edited="2031-05-04T01:00:00", text="Rebels entered.")
    del old["date_unixtime"]
    path = export(tmp_path, chat(old))
    (report,) = reports(path)
    assert report.published is not None
    assert (report.published.isoformat(), report.published_precision) == ("2031-05-03T12:00:00+00:00", "day")
    (report,) = mapped(path, zone="Europe/Kyiv")
    assert report.published is not None
    assert report.updated is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"
    assert report.updated.isoformat() == "2031-05-04T01:00:00+03:00"


def test_what_somebody_tells_of_a_channel_counts_for_all_its_posts(tmp_path: Path) -> None:
    path = export(tmp_path, chat(message()))
    (report,) = mapped(path, kind="party_channel", zone="Europe/Kyiv")
    assert (report.kind, report.publisher) == ("party_channel", "Front Channel")
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"  # "today" is told by this clock


WORDLESS = {
    "a service message": {"type": "service", "action": "pin_message", "text": ""},
    "a sticker": {"media_type": "sticker", "file": "stickers/1.webp", "text": ""},
    "a video": {"media_type": "video_file", "text": "", "text_entities": []},
    "a photo": {"photo": "photos/1.jpg", "text": ""},
    "a poll": {"poll": {"question": "Who holds Qarn?", "answers": []}, "text": ""},
    "a location": {"location_information": {"latitude": 1, "longitude": 2}, "text": ""},
    "a file": {"file": "(File not included)", "text": " \n"},
    "an empty message": {"text": []},
}


@pytest.mark.parametrize(("what", "fields"), WORDLESS.items(), ids=WORDLESS)
def test_a_message_without_words_is_skipped_with_what_it_is(tmp_path: Path, what: str, fields: dict[str, Any]) -> None:
    path = export(tmp_path, chat(message(**fields), message(8)))
    skipped, taken = read(path)
    assert isinstance(skipped, Skipped)
    assert (skipped.origin, skipped.reason) == (f"{path}#1234/7", f"no words: {what}")
    assert isinstance(taken, Taken)
    assert taken.origin == f"{path}#1234/8"


def account(*chats: object) -> dict[str, Any]:
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Ada"},
        "contacts": {"about": "", "list": [{"first_name": "Bob", "date": "2020"}] * 2_000},
        "chats": {"about": "This page lists all chats from this export.", "list": list(chats)},
        "left_chats": {"about": "", "list": [chat(message(3), id=77, name="Left Channel")]},
    }


def test_an_export_of_an_account_gives_its_channels_and_groups_but_no_private_talk(tmp_path: Path) -> None:
    private = chat(message(1), message(2), type="personal_chat", name="Bob", id=5)
    path = export(tmp_path, account(chat(message()), private, chat(message(9), id=55, name=None)))
    assert [report.id for report in reports(path)] == ["tg-1234-7", "tg-55-9", "tg-77-3"]
    assert reasons(path) == ["a conversation of persons, not taken out of the export of an account"]
    assert reports(path)[1].publisher is None


def test_a_conversation_that_is_exported_by_itself_is_taken(tmp_path: Path) -> None:
    private = chat(message(**{"from": "Bob"}), type="personal_chat", name="Bob")
    assert [report.publisher for report in reports(export(tmp_path, private))] == ["Bob"]


def test_an_export_is_known_in_whatever_order_its_members_stand(tmp_path: Path) -> None:
    about = chat(message())
    turned = dict(reversed(about.items()))
    assert [report.id for report in reports(export(tmp_path, turned))] == ["tg-1234-7"]
    whole = {"left_chats": {}, "chats": {"list": [turned]}}
    assert [report.id for report in reports(write(tmp_path, "x.json", json.dumps({"x": 1, **whole})))] == ["tg-1234-7"]


def test_a_report_that_speaks_of_messages_is_no_export(tmp_path: Path) -> None:
    value = {"id": 5, "text": "Rebels entered.", "messages": []}
    assert [report.id for report in reports(export(tmp_path, value))] == ["5"]


BROKEN = {
    "cut short": (json.dumps(chat(message(), message(8)))[:-60], 1, "not JSON: cut short (line 1)"),
    "cut in the list": (json.dumps(chat(message()))[:-2], 1, "not JSON: cut short (line 1)"),
    "a comma too many": ('{"id": 1, "type": "x", "messages": [{"id": 1},]}', 0, "not JSON: Expecting value (line 1)"),
    "no list": ('{"type": "x", "id": 1, "messages": [1 2]}', 0, "not JSON: expecting ',' or ']' (line 1)"),
    "nested": ('{"id": 1, "type": "x", "messages": [' + "[" * 200_000, 0, "nested too deeply"),
    "a long message": (
        '{"id": 1, "type": "x", "messages": [{"id": 1, "text": "' + "x" * 9_000_000,
        0,
        "too long: a value has more than 8,000,000 characters",
    ),
    "no id of the chat": (json.dumps(chat(message(), id="x")), 0, "a chat without an id before its messages"),
    "no id of the message": (json.dumps(chat(message(number=None))), 0, "a message without an id"),  # type: ignore[arg-type]
    "no messages": (json.dumps(chat()), 0, "empty: a chat without messages"),
    "no message": (json.dumps(chat("x", 5)), 0, "not a message: 5"),
    "no date": (json.dumps(chat(message(date="soon", date_unixtime="x"))), 0, "no date that can be read: 'soon'"),
    "a far date": (json.dumps(chat(message(date_unixtime="99999999999"))), 0, "published in the future"),
}


@pytest.mark.parametrize(("text", "kept", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_export_keeps_what_came_before(tmp_path: Path, text: str, kept: int, reason: str) -> None:
    path = write(tmp_path, "result.json", text)
    assert len(reports(path)) == kept
    told = reasons(path)
    assert reason in told[-1]
    assert all(one.isprintable() and len(one) < 200 for one in told)


class Endless(io.RawIOBase):
    """The bytes of an export that is made as it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer) and (piece := next(self._pieces, b"")):
            self._rest += piece
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def test_an_export_of_any_length_is_read_in_little_memory() -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"name": "Front Channel", "type": "public_channel", "id": 1, "messages": ['
        for number in range(20_000):
            yield json.dumps(message(number, f"{'Rebels entered the town. ' * 20}{number}")).encode() + b",\n"
        yield json.dumps(message(20_000)).encode() + b"]}"

    stream = JsonStream(io.BufferedReader(Endless(pieces())))
    tracemalloc.start()
    started = time.process_time()
    count = 0
    for name in stream.members():
        if name != "messages":
            stream.skip()
            continue
        for _ in stream.items():
            stream.value()
            count += 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_001
    assert peak < 2_000_000  # of 14 MB
    assert time.process_time() - started < 20


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


@given(value=st.dictionaries(st.text(max_size=5), values, max_size=5), space=st.sampled_from([None, 1]))
def test_walking_a_document_gives_what_reading_it_whole_does(value: dict[str, Any], space: int | None) -> None:
    data = json.dumps(value, indent=space).encode()
    stream = JsonStream(io.BufferedReader(io.BytesIO(data)))
    found: dict[str, Any] = {}
    for name in stream.members():
        found[name] = [stream.value() for _ in stream.items()] if stream.peek() == "[" else stream.value()
    assert found == value


@given(data=st.binary(max_size=200), start=st.sampled_from([b"", b'{"messages": [', b'{"a": {"b": 1']))
def test_walking_anything_ends_with_a_reason(data: bytes, start: bytes) -> None:
    stream = JsonStream(io.BufferedReader(io.BytesIO(start + data)))
    told = ""
    try:
        for _ in stream.members():
            stream.skip()
    except InputError as error:
        told = str(error)
    assert told.startswith("not JSON") or not told
