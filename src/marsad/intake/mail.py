"""E-mail: single messages, and mailboxes in the mbox form, read message by message.

A message is one report of its sender or its list. What the sender passes on is a report of its own; attachments are
inputs like files.
"""

from __future__ import annotations

import hashlib
import io
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.intake.columns import fixed
from marsad.intake.dates import stamped
from marsad.intake.decode import decode_as
from marsad.intake.fragments import text_of_html
from marsad.intake.ids import steady_id
from marsad.intake.items import Input, Row, Skipped, shown, too_long
from marsad.intake.letters import letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.intake.letters import Letter

_MAX_MESSAGE = 32 * 1024 * 1024
_MAX_LINES = 500_000
_MAX_BOUNDARIES = 2_000  # lines that may part a message; each part costs more memory than it has bytes
_MAX_MULTIPARTS = 50
_MAX_ATTACHMENTS = 100
_MAX_HEADER = 4_000
_PICTURES = frozenset({"audio", "font", "image", "video"})
_LIST = re.compile(r"(?P<name>[^<]{0,200})<(?P<id>[^<>\s]{1,200})>")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")
_SEPARATOR = b"From "


class _Policy(EmailPolicy):
    """The standard rules, with headers no longer than any that means something, for some take long to be understood.

    What the parser of headers stumbles over is taken as it is written, or as if it were not there where it would tell
    how the message is built.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MAX_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            return self.header_factory(name, "") if name.lower().startswith("content-") else " ".join(value.split())


_POLICY = _Policy(utf8=True)


def read_mail(source: Input) -> Iterator[Row | Skipped | Input]:
    """Yield the row of a message, that of a message which it passes on, and its attachments."""
    yield from _message(source.stream.read(_MAX_MESSAGE + 1), source.origin, source)


def read_mailbox(source: Input) -> Iterator[Row | Skipped | Input]:
    """Yield what each message of a mailbox gives, or the reason against it; holds one message at a time."""
    for number, data in enumerate(_messages(source.stream), start=1):
        where = f"{source.origin}#{number}"
        try:
            yield from _message(data, where, source)
        except InputError as error:
            yield Skipped(where, str(error))
        except Exception as error:  # noqa: BLE001 - one odd message must not end the mailbox, whatever the library says
            yield Skipped(where, f"cannot be read: {type(error).__name__}: {shown(str(error))}")


def _messages(stream: io.BufferedReader) -> Iterator[bytes]:
    """Yield the messages of a mailbox; of one that is too long as much as shows that."""
    if not stream.peek(len(_SEPARATOR)).startswith(_SEPARATOR):
        raise InputError("not a mailbox: it does not begin with a line of 'From '")
    lines: list[bytes] = []
    size, blank, whole = 0, True, True
    while line := stream.readline(_MAX_MESSAGE):
        if blank and whole and line.startswith(_SEPARATOR):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= _MAX_MESSAGE:
            # Lines that looked like a separator were given a mark of quotation when they were put here.
            lines.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(_SEPARATOR) else line)
            size += len(line)
        blank, whole = not line.strip(), line.endswith(b"\n")
    if lines:
        yield b"".join(lines)


def _message(data: bytes, where: str, source: Input) -> Iterator[Row | Skipped | Input]:
    _refuse_bombs(data)
    message = message_from_bytes(data, EmailMessage, policy=_POLICY)
    if not isinstance(message, EmailMessage) or not (message["from"] or message["subject"] or message["date"]):
        raise InputError("not a message: no sender, subject or date")
    content = hashlib.sha256(data).hexdigest()
    try:
        said = letter(_body(message))
        fields = _fields(message)
        for one in _reports(fields, said):
            yield fixed(Row(where, one, source.retrieved, content), source.columns)
    except InputError as error:
        yield Skipped(where, str(error))
    yield from _attachments(message, where, source)


def _refuse_bombs(data: bytes) -> None:
    """Raise InputError for what would take too long, or too much memory, only to be taken apart."""
    if len(data) > _MAX_MESSAGE:
        raise InputError(f"too long: a message of more than {_MAX_MESSAGE:,} bytes")
    if (lines := data.count(b"\n") + data.count(b"\r")) > 2 * _MAX_LINES:
        raise InputError(f"a message is {too_long(lines, 'lines', _MAX_LINES)}")
    lower = data.lower()
    nested = lower.count(b"multipart/") + lower.count(b"message/rfc822")
    if nested > _MAX_MULTIPARTS or data.count(b"\n--") > _MAX_BOUNDARIES:
        raise InputError("a message of too many parts")


def _reports(fields: dict[str, object], said: Letter) -> Iterator[dict[str, object]]:
    """Yield the fields of what the sender wrote, and of what he passes on, which is the word of who wrote that."""
    if said.own or said.passed_on is None:
        yield {**fields, "text": said.own}
    if said.passed_on is None:
        return
    name, address = parseaddr(said.writer or "")
    own_id = f"{fields['id']}#forwarded" if fields["id"] and said.own else fields["id"]
    yield {
        **fields,
        "id": steady_id(str(own_id)) if own_id else None,
        "title": said.subject or fields["title"],
        "text": said.passed_on,
        "forwarded_from": name or address or said.writer or "unknown",
        "published": stamped(said.date or "") or fields["published"],
        "reply_to": None,
    }


def _fields(message: EmailMessage) -> dict[str, object]:
    name, address = parseaddr(_header(message, "from"))
    sender = name or address or None
    listed = _LIST.search(_header(message, "list-id"))
    publisher = (listed["name"].strip(' "') or listed["id"]) if listed else sender
    return {
        "id": _id(_header(message, "message-id")),
        "title": _header(message, "subject"),
        "publisher": publisher,
        "authors": [sender] if listed and sender else [],
        "published": stamped(_raw(message, "date")),
        "reply_to": _id(_header(message, "in-reply-to").split(">")[0]),
        "language": _header(message, "content-language").split(",")[0].strip() or None,
    }


def _header(message: EmailMessage, name: str) -> str:
    """Return a header on one line, encoded words decoded."""
    return " ".join(str(message.get(name, "")).replace("\0", "").split())


def _raw(message: EmailMessage, name: str) -> str:
    """Return a header as it was written: a date that was understood no longer shows whether it named a zone."""
    return next((str(value).strip() for key, value in message.raw_items() if key.lower() == name), "")


def _id(name: str) -> str | None:
    return steady_id(name.strip("<> "))


def _body(message: EmailMessage) -> str:
    """Return the text of a message, plain where there is a plain one with words, else that of its HTML."""
    for kind in ("plain", "html"):
        part: Any = message.get_body((kind,))
        if part is None:
            continue
        data: Any = part.get_payload(decode=True)
        text = decode_as(data, part.get_content_charset()) if data else ""
        text = text_of_html(text) if kind == "html" else text
        if text.strip():
            return text
    raise InputError("no words: a message without a text")


def _attachments(message: EmailMessage, where: str, source: Input) -> Iterator[Input | Skipped]:
    """Yield the attachments of a message that can be texts, each as a file would be."""
    number = 0
    for part in message.iter_attachments() if message.is_multipart() else ():
        kind = part.get_content_type()
        if part.get_content_maintype() in _PICTURES or part.get("content-id"):
            continue
        number += 1
        if number > _MAX_ATTACHMENTS:
            yield Skipped(where, f"more than {_MAX_ATTACHMENTS} attachments; the rest is not opened")
            return
        data = _payload(part)
        name = part.get_filename() or ""
        suffix = _SUFFIX.search(name, name.rfind(".")) if "." in name else None
        yield Input(
            origin=f"{where}/{shown(name).strip(chr(39)) if name else number}",
            stream=io.BufferedReader(io.BytesIO(data)),
            suffix=suffix[0].lower() if suffix else "",
            media_type=None if suffix else kind,
            charset=part.get_content_charset(),
            retrieved=source.retrieved,
        )


def _payload(part: Any) -> bytes:
    """Return the bytes of a part; of a message inside of the message, that message."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return bytes(part.get_payload(0))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
