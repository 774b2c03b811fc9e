"""Text in XML: what it cannot hold is shown as such."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return text with U+FFFD in place of each character that XML 1.0 has no way to write."""
    return _IMPOSSIBLE.sub("\ufffd", text)


def element(tag: str, *inside: Any, text: str | None = None, **attributes: str) -> Any:
    """Return an element with its attributes and children; None among the children is left out."""
    made = etree.Element(tag, {name: xml_text(value) for name, value in attributes.items()})
    made.text = None if text is None else xml_text(text)
    made.extend(one for one in inside if one is not None)
    return made
