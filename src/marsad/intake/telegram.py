"""Exports of Telegram Desktop, `result.json`: of one chat, or of all chats of somebody.

An export holds its chats as lists of messages, however long; they are read one by one. A post that a channel passes on
names the channel that it comes from, whose words it is.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.columns import fixed
from marsad.intake.items import Row, Skipped, shown
from marsad.intake.jsonstream import JsonStream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from marsad.intake.items import Input

DELETED = "Deleted Account"
"""What Telegram calls somebody who is no more."""

_ABOUT_CHAT = frozenset({"name", "type", "id", "username"})
_LISTS = frozenset({"chats", "left_chats"})
_SECTIONS = _LISTS | frozenset(
    {
        "contacts",
        "frequent_contacts",
        "other_data",
        "personal_information",
        "profile_music",
        "profile_pictures",
        "sessions",
        "stories",
        "web_sessions",
    }
)
_CONVERSATIONS = frozenset({"personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"})
_GROUPS = frozenset({"private_group", "private_supergroup", "public_supergroup"})
_USERNAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
_WORDLESS = {
    "media_type": None,  # says itself what it is
    "photo": "a photo",
    "poll": "a poll",
    "location_information": "a location",
    "contact_information": "a contact",
    "file": "a file",
}
_MEDIA = {
    "animation": "an animation",
    "audio_file": "an audio file",
    "sticker": "a sticker",
    "video_file": "a video",
    "video_message": "a video",
    "voice_message": "a voice message",
}


@dataclass(frozen=True, slots=True)
class _Chat:
    """What an export says of a chat; `zone` is the clock that it goes by, where somebody told it."""

    id: int
    name: str | None
    kind: str
    username: str | None
    zone: ZoneInfo | None


def starts_export(head: bytes) -> bool:
    """Tell whether a document begins as an export does: with what a chat is, or with the sections of an account."""
    stream = JsonStream(io.BufferedReader(io.BytesIO(head)))
    seen: set[str] = set()
    try:
        for name in stream.members():
            if name == "messages" and stream.peek() == "[":
                return {"id", "type"} <= seen
            if name in _SECTIONS and stream.peek() == "{" and seen <= _SECTIONS | {"about"}:
                return True
            seen.add(name)
            stream.skip()
    except InputError:
        return False
    return False


def is_export(value: Mapping[str, object]) -> bool:
    """Tell whether a JSON object is an export, in whatever order its members stand."""
    chats = value.get("chats")
    if isinstance(chats, dict):
        return isinstance(chats.get("list"), list)
    return isinstance(value.get("messages"), list) and {"id", "type"} <= value.keys()


def read_export(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every message of an export, holding one at a time."""
    stream = JsonStream(source.stream)
    chat: dict[str, object] = {}
    for name in stream.members():
        if name == "messages":
            yield from _messages(chat, _items(stream), source)
        elif name in _LISTS:
            for inner in stream.members():
                if inner == "list":
                    for _ in stream.items():
                        yield from _listed(stream, source)
                else:
                    stream.skip()
        elif name in _ABOUT_CHAT:
            chat[name] = stream.value()
        else:
            stream.skip()


def export_rows(value: Mapping[str, object], _: str, source: Input) -> Iterator[Row | Skipped]:
    """Yield what `read_export` does for an export that has been read whole."""
    for section in _LISTS:
        chats = value.get(section)
        for chat in _list(chats.get("list")) if isinstance(chats, dict) else ():
            if isinstance(chat, dict):
                yield from _messages(chat, _list(chat.get("messages")), source, among_others=True)
    if "messages" in value:
        yield from _messages(value, _list(value["messages"]), source)


def _listed(stream: JsonStream, source: Input) -> Iterator[Row | Skipped]:
    """Yield what one chat of a whole account holds."""
    chat: dict[str, object] = {}
    for name in stream.members():
        if name == "messages":
            yield from _messages(chat, _items(stream), source, among_others=True)
        elif name in _ABOUT_CHAT:
            chat[name] = stream.value()
        else:
            stream.skip()


def _items(stream: JsonStream) -> Iterator[object]:
    return (stream.value() for _ in stream.items())


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _messages(
    about: Mapping[str, object], messages: Iterable[object], source: Input, *, among_others: bool = False
) -> Iterator[Row | Skipped]:
    """Yield what the messages of a chat give; those of a chat that is none of ours are still walked through."""
    where = f"{source.origin}#{about['id'] if _is_number(about.get('id')) else '?'}"
    try:
        chat = _chat(about, source, among_others=among_others)
    except InputError as error:
        for _ in messages:
            pass
        yield Skipped(where, str(error))
        return
    number = -1
    for number, message in enumerate(messages):
        if not isinstance(message, dict):
            yield Skipped(f"{where}[{number}]", f"not a message: {shown(message)}")
            continue
        name = message.get("id")
        if not _is_number(name):
            yield Skipped(f"{where}[{number}]", "a message without an id")
            continue
        try:
            yield fixed(Row(f"{where}/{name}", _fields(message, chat)), source.columns)
        except InputError as error:
            yield Skipped(f"{where}/{name}", str(error))
    if number < 0:
        yield Skipped(where, "empty: a chat without messages")


def _chat(about: Mapping[str, object], source: Input, *, among_others: bool) -> _Chat:
    """Return what is known of a chat; raise InputError for one that is not taken."""
    if among_others and about.get("type") in _CONVERSATIONS:
        raise InputError("a conversation of persons, not taken out of the export of an account")
    number, name, username = about.get("id"), about.get("name"), about.get("username")
    if not isinstance(number, int) or not _is_number(number):
        raise InputError("a chat without an id before its messages")
    return _Chat(
        id=number,
        name=name if isinstance(name, str) else None,
        kind=str(about.get("type")),
        username=username if isinstance(username, str) and _USERNAME.fullmatch(username) else None,
        zone=source.columns.dates.zone if source.columns else None,
    )


def _fields(message: Mapping[str, object], chat: _Chat) -> dict[str, object]:
    """Return the fields of a report; raise InputError for a message without words of somebody."""
    if message.get("type", "message") != "message":
        raise InputError("no words: a service message")
    text = _words(message.get("text")) or _words(message.get("text_entities"))
    if not text.strip():
        raise InputError(f"no words: {_wordless(message)}")
    sender, signed = message.get("from"), message.get("author")
    authors = [signed] if isinstance(signed, str) else []
    if chat.kind in _GROUPS | _CONVERSATIONS and sender != chat.name:
        authors = [sender if isinstance(sender, str) else DELETED]
    fields: dict[str, object] = {
        "id": f"tg-{chat.id}-{message['id']}",
        "publisher": chat.name,
        "authors": authors,
        "text": text,
        "published": _instant(message, "date", chat.zone),
        "updated": _instant(message, "edited", chat.zone),
        "reply_to": _answered(message, chat),
    }
    if "forwarded_from" in message:
        origin = message["forwarded_from"]
        fields["forwarded_from"] = origin if isinstance(origin, str) and origin.strip() else DELETED
    if chat.username:
        fields["url"] = f"https://t.me/{chat.username}/{message['id']}"
    return fields


def _words(text: object) -> str:
    """Return a text as it is read: pieces of it, plain or with a format, one after another."""
    if isinstance(text, str):
        return text
    pieces = (piece.get("text") if isinstance(piece, dict) else piece for piece in _list(text))
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _wordless(message: Mapping[str, object]) -> str:
    for name, what in _WORDLESS.items():
        if name in message:
            return what or _MEDIA.get(str(message[name]), "a file")
    return "an empty message"


def _instant(message: Mapping[str, object], name: str, zone: ZoneInfo | None) -> str | None:
    """Return when it was as ISO 8601: by the chat's clock where that is known, without a zone where only a day is sure.

    The local time of an export is that of the computer that wrote it, and tells no instant.
    """
    stamp, local = message.get(f"{name}_unixtime"), message.get(name)
    if isinstance(stamp, str | int) and re.fullmatch(r"\d{1,11}", str(stamp)):
        return datetime.fromtimestamp(int(stamp), UTC).astimezone(zone or UTC).isoformat()
    if not isinstance(local, str) or not local:
        return None
    try:
        when = datetime.fromisoformat(local)
    except ValueError as error:
        raise InputError(f"no date that can be read: {shown(local)}") from error
    return (when.replace(tzinfo=zone) if when.tzinfo is None else when).isoformat()


def _answered(message: Mapping[str, object], chat: _Chat) -> str | None:
    """Return the id of the report that a message answers, in this chat or in another."""
    number = message.get("reply_to_message_id")
    other = re.fullmatch(r"\D*(\d{1,20})", str(message.get("reply_to_peer_id", "")))
    return f"tg-{other[1] if other else chat.id}-{number}" if _is_number(number) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 64
