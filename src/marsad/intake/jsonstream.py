"""JSON of any length, piece by piece: objects member by member and lists item by item, in little memory."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, NoReturn

from marsad.errors import InputError
from marsad.intake.items import MAX_TEXT

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_CHUNK = 1 << 16
_MAX_VALUE = 4 * MAX_TEXT  # characters of one value that is held whole
_TAIL = 16  # an error so near to the end of what was read may only mean that more must be read
_SPACE = " \t\r\n"


class JsonStream:
    """Walks a JSON document in UTF-8; each value that is come to must be taken or skipped before the next.

    Every method raises InputError, with the line, where the document is none, ends too early, or holds a value that is
    too long.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        """Begin at the start of a document."""
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._values = json.JSONDecoder(parse_constant=_no_constant)
        self._text, self._at, self._line, self._over = "", 0, 1, False

    def peek(self) -> str:
        """Return the first character of what comes next, empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or self._over:
                return self._text[self._at : self._at + 1]
            self._more()

    def value(self) -> object:
        """Take the next value whole."""
        self.peek()
        while True:
            try:
                found, end = self._values.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self._more_or_fail(error)
            except RecursionError as error:
                raise InputError("not JSON that can be read: nested too deeply") from error
            except ValueError as error:  # a number beyond what Python converts
                raise InputError(f"not JSON that can be read: {error}") from error
            else:
                if end < len(self._text) or self._over:  # else a number may go on
                    self._at = end
                    return found
                self._more()

    def members(self) -> Iterator[str]:
        """Step into an object; yield the name of each member, with its value next to be taken."""
        self._take("{")
        if self.peek() == "}":
            self._take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                self._fail("a name in quotes is expected")
            self._take(":")
            yield name
            if self._take(",}") == "}":
                return

    def items(self) -> Iterator[None]:
        """Step into a list; come to each item, next to be taken."""
        self._take("[")
        if self.peek() == "]":
            self._take("]")
            return
        while True:
            yield
            if self._take(",]") == "]":
                return

    def skip(self) -> None:
        """Pass over the next value; of a list or an object one item is held at a time."""
        first = self.peek()
        if first not in {"[", "{"}:
            self.value()
            return
        for _ in self.items() if first == "[" else self.members():
            self.value()

    def _take(self, marks: str) -> str:
        mark = self.peek()
        if not mark or mark not in marks:
            self._fail("cut short" if not mark else f"expecting {' or '.join(map(repr, marks))}")
        self._at += 1
        return mark

    def _more(self) -> None:
        """Read on; as much again as is held, so that a long value is not decoded over and over."""
        held = self._text[self._at :]
        self._line += self._text.count("\n", 0, self._at)
        data = self._stream.read(max(_CHUNK, len(held)))
        self._over = not data
        self._text, self._at = held + self._decoder.decode(data, final=self._over), 0

    def _more_or_fail(self, error: json.JSONDecodeError) -> None:
        """Read on where a value may only be cut by what was read so far."""
        left = len(self._text) - error.pos
        open_string = error.msg.startswith("Unterminated string")
        if self._over or (left > _TAIL and not open_string):
            self._fail("cut short" if open_string or not left else error.msg, error.pos)
        if len(self._text) - self._at > _MAX_VALUE:
            raise InputError(f"too long: a value has more than {_MAX_VALUE:,} characters")
        self._more()

    def _fail(self, reason: str, at: int | None = None) -> NoReturn:
        line = self._line + self._text.count("\n", 0, self._at if at is None else at)
        raise InputError(f"not JSON: {reason} (line {line})")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
