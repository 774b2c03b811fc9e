"""JSON lines: one report a line, read line by line however long the input is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.intake.decode import decode, marked_encoding
from marsad.intake.items import MAX_BYTES, Row, Skipped
from marsad.intake.jsonrows import parse, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.intake.items import Input


def read_lines(source: Input) -> Iterator[Row | Skipped]:
    """Yield a row, or the reason against it, for every line that is not blank."""
    some, origin = False, source.origin
    for number, line in enumerate(_lines(source.stream), start=source.first):
        where = f"{origin}:{number}"
        if isinstance(line, Skipped):
            some = True
            yield Skipped(where, line.reason)
            continue
        try:
            text = decode(line)
            if not text.strip():
                continue
            some = True
            yield from rows(parse(text, number), where, source)
        except InputError as error:
            some = True
            cut = "" if line.endswith(b"\n") else "; the last line has no end, it may be cut short"
            yield Skipped(where, f"{error}{cut}")
    if not some:
        yield Skipped(origin, "empty")


def _lines(stream: io.BufferedReader) -> Iterator[bytes | Skipped]:
    """Yield the lines, UTF-16 and UTF-32 re-encoded; an overlong line is read past and gives the reason instead."""
    encoding = marked_encoding(stream.peek(4)[:4])
    wide = io.TextIOWrapper(stream, encoding, newline="\n") if encoding in {"utf-16", "utf-32"} else None

    def source(limit: int) -> bytes:
        return wide.readline(limit).encode("utf-8", "surrogatepass") if wide else stream.readline(limit)

    try:
        while line := source(MAX_BYTES):
            if len(line) < MAX_BYTES or line.endswith(b"\n"):
                yield line
                continue
            while (rest := source(MAX_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield Skipped("", f"too long: the line has more than {MAX_BYTES:,} bytes")
    except UnicodeError:
        yield Skipped("", f"not text: marked as {encoding}, but is not")
    finally:
        if wide:
            wide.detach()
