"""Which languages are read and by what: the folders of word data beside this module, one a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent
PROFILE = "language.toml"
_KEYS = frozenset({"name", "engine", "model", "extra", "learned", "inflects", "without"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageProfile:
    """What reads one language.

    `code` is of ISO 639-1, `name` English. `engine` names the module that parses, `model` what it loads, `extra` the
    extra of the package that brings it, None where it comes with Marsad. `learned` tells that the network was trained
    on the language, `inflects` that names change their endings, so that they are compared by their base forms.
    `without` are the lists, as `file.table.key`, for which the language has no words: articles, in Russian.
    """

    code: str
    name: str
    engine: str
    model: str
    extra: str | None
    learned: bool
    inflects: bool
    without: frozenset[str]


@cache
def load_languages(folder: Path = SHIPPED) -> Mapping[str, LanguageProfile]:
    """Load the languages by code; raise DataFileError with line and reason where a profile is wrong."""
    found = {path.parent.name: _profile(path) for path in sorted(folder.glob(f"*/{PROFILE}"))}
    return MappingProxyType(found)


def _profile(path: Path) -> LanguageProfile:
    file = DataFile(path)
    file.only(file.data, _KEYS)
    for key in ("learned", "inflects"):
        if not isinstance(file.data.get(key), bool):
            file.fail(f"'{key}' must be true or false", key)
    return LanguageProfile(
        code=path.parent.name,
        name=file.text(file.data, "name"),
        engine=file.text(file.data, "engine"),
        model=file.text(file.data, "model"),
        extra=file.text(file.data, "extra") if "extra" in file.data else None,
        learned=file.data["learned"],
        inflects=file.data["inflects"],
        without=frozenset(file.texts(file.data, "without")),
    )
