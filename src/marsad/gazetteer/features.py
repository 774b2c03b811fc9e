"""Words in a place's name that say what kind of place it is, in every language: "Hama airport", «город Хомс»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.gazetteer.names import fold
from marsad.vocabulary import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHIPPED = Path(__file__).with_name("features.toml")
SITE = "site"
AROUND = "around"
_AREAS = ("admin1", "city", "country", "region")
_FLAGS = ("behind", "before")
_LISTS = ("joins", "qualifiers")
# A French preposition or article that an apostrophe ties to the name: "province d'Idlib".
_ELIDED = re.compile(r"\b([dl])['’](?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The words of one language, folded: `kinds` of place and, for sites, what they are, as `features.toml` has them.

    `behind`, `before`, `joins` and `qualifiers` tell where the words stand.
    """

    kinds: Mapping[str, str]
    sites: Mapping[str, str]
    behind: bool
    before: bool
    joins: tuple[str, ...]
    qualifiers: frozenset[str]

    @property
    def longest(self) -> int:
        """How many words the longest of them has."""
        return max(len(word.split()) for word in self.kinds)

    def cuts(self, words: list[str]) -> Iterator[tuple[str, str]]:
        """Yield what is left of a folded name's words without a feature, and that feature, the longest first."""
        ends = len(words) - 1 if len(words) > 2 and words[-1] in self.qualifiers else len(words)
        for size in range(min(self.longest, ends - 1), 0, -1):
            if self.behind and (last := " ".join(words[-size:])) in self.kinds:
                yield " ".join(words[:-size]), last
            if (first := " ".join(words[:size])) in self.kinds:
                rest = " ".join(words[size : ends if self.kinds[first] == SITE else None])
                joined = next((join for join in self.joins if rest.startswith(f"{join} ")), None)
                if joined is not None:
                    yield rest.removeprefix(joined).strip(), first
                elif self.before:
                    yield rest, first


def features(code: str = "en") -> Mapping[str, str]:
    """Return each feature word of a language, folded, with the kind of place that it speaks of."""
    return load_features()[code].kinds if code in load_features() else {}


@cache
def load_features(path: Path = SHIPPED) -> Mapping[str, Features]:
    """Load the words by language; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    return {code: _features(file, code, file.table(file.data, code)) for code in file.data}


@lru_cache(maxsize=1 << 16)
def strip_feature(name: str) -> tuple[str | None, str | None]:
    """Return `name` without its feature word and that word's kind, or two Nones.

    The word stands where its language has it: "Idlib province", "province of Idlib", "province d'Idlib", «город Хомс».
    """
    bare, word, language = _cut(name)
    return (bare, language.kinds[word]) if language else (None, None)


@lru_cache(maxsize=1 << 16)
def site_of(name: str) -> tuple[str, str]:
    """Return what is left of a site's name and what it is: "Hama" and "airport"; the name and "" where it is none.

    The ground around a town is no site.
    """
    bare, word, language = _cut(name)
    site = language.sites.get(word, "") if language else ""
    return (bare, site) if site not in {"", AROUND} else (fold(name), "")


def _cut(name: str) -> tuple[str, str, Features | None]:
    """Return a name without its longest feature, the feature, and its language; None where it has none."""
    words = fold(_ELIDED.sub(r"\1 ", name)).split()
    if _ends().isdisjoint((*words[:1], *words[-2:])):
        return "", "", None
    found = ((bare, word, one) for one in load_features().values() for bare, word in one.cuts(words))
    return max(found, key=lambda cut: len(cut[1].split()), default=("", "", None))


@cache
def _ends() -> frozenset[str]:
    """Return the words with which features begin and end: a name has none of them at its ends, and so no feature."""
    words = [word.split() for one in load_features().values() for word in one.kinds]
    return frozenset(end for word in words for end in (word[0], word[-1]))


def _features(file: DataFile, code: str, table: Mapping[str, Any]) -> Features:
    file.only(table, {*_AREAS, *_FLAGS, *_LISTS, SITE}, code)
    for flag in _FLAGS:
        if not isinstance(table.get(flag), bool):
            file.fail(f"'{flag}' must be true or false", code, flag)
    sites = file.table(table, SITE, code)
    areas = {fold(word): kind for kind in _AREAS for word in file.texts(table, kind, code)}
    named = {fold(word): site for site in sites for word in file.texts(sites, site, code, SITE)}
    if twice := sorted(areas.keys() & named.keys()):
        file.fail(f"'{twice[0]}' is a site and another kind of place", code, SITE)
    joins = sorted(file.texts(table, "joins", code), key=len, reverse=True)
    return Features(
        kinds=areas | dict.fromkeys(named, SITE),
        sites=named,
        behind=table["behind"],
        before=table["before"],
        joins=tuple(fold(word) for word in joins),
        qualifiers=frozenset(fold(word) for word in file.texts(table, "qualifiers", code)),
    )
