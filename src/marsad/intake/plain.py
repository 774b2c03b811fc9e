"""Plain text and Markdown: one report a file.

The file may start with a front block of fields between two lines of dashes::

    ---
    publisher: Example News
    published: 2031-05-04
    ---

and the text with a Markdown heading, which is then the title. What is left is the text, character for character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marsad.intake.addresses import page_id
from marsad.intake.columns import fixed
from marsad.intake.items import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.intake.items import Input

_BLOCK = re.compile(r"\s*---[ \t]*\r?\n(?P<lines>(?:[ \t]*\w+[ \t]*:[^\r\n]*\r?\n|[ \t]*\r?\n)+)---[ \t]*(?:\r?\n|\Z)")
_LEADING_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?P<title>[^\r\n]{1,300})(?:[\r\n]\s*|\Z)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>[^\r\n]{1,300})(?=[\r\n]|\Z)", re.MULTILINE)


def read_plain(text: str, source: Input) -> Iterator[Row]:
    """Yield the one row that a text file makes."""
    fields: dict[str, object] = {}
    if block := _BLOCK.match(text):
        for line in block["lines"].splitlines():
            name, _, value = line.partition(":")
            fields[name.strip().lower()] = _unquoted(value.strip())
        text = text[block.end() :]
    if isinstance(agencies := fields.get("agencies"), str):
        fields["agencies"] = [name.strip() for name in agencies.strip("[]").split(",")]
    if heading := _LEADING_HEADING.match(text):
        text = text[heading.end() :]
    elif not fields.get("title"):
        heading = _HEADING.search(text)
    if heading and not fields.get("title"):
        fields["title"] = heading["title"].rstrip(" \t#")
    if source.url:  # what stands at an address is the same report whatever it says
        fields = {"id": page_id(source.url), "url": source.url, **fields}
    yield fixed(Row(source.origin, {**fields, "text": text}), source.columns)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
