"""By which words a text tells who somebody is: roles, public and private, and what stands round a name, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import word_sets

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent / "en" / "roles.toml"
_LISTS: Mapping[str, tuple[str, ...]] = {
    "public": ("offices", "command", "voices", "experts"),
    "private": ("people", "work", "family"),
    "titles": ("words", "kinship"),
    "names": ("particles",),
    "saying": ("words",),
    "naming": ("words",),
    "doing": ("public", "private"),
    "ends": ("words",),
    "locating": ("words",),
    "others": ("words", "starts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The words, lower-cased; phrases of several words among them.

    `public` and `private` are roles, `titles` stand before names and `kinship` is part of them. `particles` join the
    words of a name. `saying` and `naming` stand right beside one. `doing` maps verbs after "who" to whether they make a
    public role. `ends` close the phrase of a role, `locating` stand before names of places. `others` are capitalised
    words of what is no person, `starts` those of the beginnings of sentences.
    """

    public: frozenset[str]
    private: frozenset[str]
    titles: frozenset[str]
    kinship: frozenset[str]
    particles: frozenset[str]
    saying: frozenset[str]
    naming: frozenset[str]
    doing: Mapping[str, bool]
    ends: frozenset[str]
    locating: frozenset[str]
    others: frozenset[str]
    starts: frozenset[str]


@cache
def load_roles(path: Path = SHIPPED) -> Roles:
    """Load the words; raise DataFileError with line and reason where the file is wrong or a role is both."""
    file = DataFile(path)
    file.only(file.data, _LISTS)
    words = {name: word_sets(file, name, wanted) for name, wanted in _LISTS.items()}
    public: frozenset[str] = frozenset().union(*words["public"].values())
    for key, listed in words["private"].items():
        if both := sorted(public & listed):
            file.fail(f"'{both[0]}' is a public role too", "private", key)
    doing = {verb: key == "public" for key, verbs in words["doing"].items() for verb in verbs}
    return Roles(
        public=public,
        private=frozenset().union(*words["private"].values()),
        titles=words["titles"]["words"],
        kinship=words["titles"]["kinship"],
        particles=words["names"]["particles"],
        saying=words["saying"]["words"],
        naming=words["naming"]["words"],
        doing=doing,
        ends=words["ends"]["words"],
        locating=words["locating"]["words"],
        others=words["others"]["words"],
        starts=words["others"]["starts"],
    )
