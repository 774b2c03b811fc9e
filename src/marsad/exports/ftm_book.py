"""Statements of FollowTheMoney as they are gathered: one value of one property of one entity, by one dataset's word."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from marsad.exports.ftm_words import load_ftm
from marsad.ids import identifier
from marsad.outputs import csv_cell, plain
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from marsad.exports.holdings import Word

OWN = "marsad"
"""The dataset of what Marsad itself says: verdicts, where reports and places are, who the parties are."""

_LINGUISTIC = frozenset({"name", "text", "string", "address"})  # the types whose statements have a language


@dataclass(slots=True)
class Statement:
    """A statement in the making; `first` and `last` are when it was said, `claims` the ids of who said it so."""

    entity: str
    schema: str
    prop: str
    value: str
    dataset: str
    lang: str | None
    claims: list[str] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None

    @property
    def type(self) -> str:
        """The type of its property."""
        return load_ftm().types[self.prop]

    def row(self) -> dict[str, Any]:
        """Return it as a row of a statement CSV, with the id that the followthemoney library gives that row."""
        value = float(self.value) if self.type == "number" else csv_cell(self.value)
        lang = "" if self.lang is None else f"@{self.lang}"
        key = f"{self.dataset}.{self.entity}.{self.prop}.{value}{lang}"
        return {
            "canonical_id": self.entity,
            "entity_id": self.entity,
            "prop": self.prop,
            "prop_type": self.type,
            "schema": self.schema,
            "value": value,
            "dataset": self.dataset,
            "origin": " ".join(self.claims),
            "lang": self.lang,
            "original_value": None,
            "external": "f",
            "first_seen": instant(self.first),
            "last_seen": instant(self.last),
            "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
        }


class Book:
    """Gathers statements by entity; what is said twice by one dataset is one statement."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entities: dict[str, dict[tuple[str, str, str, str | None], Statement]] = defaultdict(dict)

    def __contains__(self, entity: str) -> bool:
        """Tell whether anything is said of an entity."""
        return entity in self._entities

    def entities(self) -> Iterator[tuple[str, tuple[Statement, ...]]]:
        """Yield the entities by id, each with its statements by property, value and dataset."""
        for entity in sorted(self._entities):
            held = self._entities[entity]
            yield entity, tuple(held[key] for key in sorted(held, key=lambda key: tuple(part or "" for part in key)))

    def say(
        self,
        entity: str,
        schema: str,
        prop: str,
        value: str | None,
        *,
        dataset: str = OWN,
        word: Word | None = None,
        lang: str | None = None,
    ) -> None:
        """Add a statement, by the word of a claim where one says so; what is unknown or empty is not stated."""
        words = load_ftm()
        of = words.types[prop]
        text = cut(value, words.longest.get(of)) if value else ""
        if not text:
            return
        spoken = words.languages.get(lang or "") if of in _LINGUISTIC else None
        new = Statement(entity=entity, schema=schema, prop=prop, value=text, dataset=dataset, lang=spoken)
        held = self._entities[entity].setdefault((prop, text, dataset, spoken), new)
        if word is None:
            return
        if word.claim.id not in held.claims:
            held.claims.append(word.claim.id)
        if (said := word.report.said) is not None:
            held.first = said if held.first is None else min(held.first, said)
            held.last = said if held.last is None else max(held.last, said)


def cut(value: str, most: int | None) -> str:
    """Return a value on one line, cut to `most` characters with an ellipsis."""
    text = plain(value)
    return text if most is None or len(text) <= most else f"{text[: most - 1].rstrip()}…"


def dataset_of(voice: str) -> str:
    """Return the name of the dataset of a source: its folded name, or a hash of it where that is not in ASCII."""
    name = fold(voice)
    plainly = "_".join(name.split())
    if plainly.isascii() and plainly.replace("_", "").isalnum():
        return f"source_{plainly}"
    return identifier("source", name).replace("-", "_")


def instant(when: datetime | None) -> str | None:
    """Return an instant in UTC as FollowTheMoney writes it."""
    return None if when is None else f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
