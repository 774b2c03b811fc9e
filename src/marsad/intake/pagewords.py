"""The words by which the parts of a page are told, from `pages.toml`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from functools import cache

from marsad.intake.addresses import WORDS
from marsad.vocabulary import DataFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Words and names, folded; `pages.toml` says of each list what it is for."""

    furniture: frozenset[str]
    stray_lines: frozenset[str]
    stray_leads: frozenset[str]
    errors: frozenset[str]
    logins: frozenset[str]
    consents: frozenset[str]
    house: frozenset[str]
    pinned: frozenset[str]
    live: frozenset[str]
    not_latin: frozenset[str]
    no_sites: frozenset[str]
    checks: frozenset[str]
    privacy: frozenset[str]
    accounts: frozenset[str]
    bylines: frozenset[str]
    sites: frozenset[str]


@cache
def page_words() -> PageWords:
    """Return the words that ship with Marsad; raise DataFileError where the file is wrong."""
    file = DataFile(WORDS)
    names = [field.name for field in fields(PageWords)]
    file.only(file.data, {*names, "tracking"})
    lists = {name: frozenset(map(str.casefold, file.texts(file.data, name))) for name in names}
    return PageWords(**lists)


def folded(words: str) -> str:
    """Return words as they are compared: without case, accents on nothing, marks at the ends and runs of blanks."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split()).strip(" .:…!|-–—»«›‹>→")


def letters(words: str) -> str:
    """Return the letters and digits of words alone, for comparing titles."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())
