"""What every record has in common: fields that can be gone through, whatever the record is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from marsad.vocabulary import Policy, RuleSet

_PLAIN = (bool, int, float, bytes, date, time, timedelta, Enum, Path, ZoneInfo, Policy, RuleSet, type(None))
# Fields of codes, not of words: they name nobody, and what looks like a name in them is none ("Asia/Damascus").
_CODES = frozenset(
    {"content", "country", "event", "extractor", "family", "feature", "form", "gazetteer_id", "grade", "id", "language",
     "rule_set", "rule_version", "settled_as", "sha256", "time_zone", "topic"}
)  # fmt: skip
_MANY = (tuple, list, set, frozenset)

Change = Callable[[Any], Any]


class _Dropped:
    """Stands for what is left out of whatever holds it."""


DROPPED = _Dropped()


class Walk:
    """Goes through a record and puts it together anew where something in it changes.

    `changes` are by type what becomes of a record, before its fields are gone through; `DROPPED` leaves it out of the
    collection that holds it, and any record that cannot do without it. `words` is what becomes of any other text.
    What a record says of the `policy` that it passed is `passed`, where it said nothing. The same record becomes the
    same one each time.
    """

    def __init__(self, changes: Mapping[type, Change], words: Callable[[str], str], passed: str | None) -> None:
        """Hold what becomes of what."""
        self._changes = changes
        self._words = words
        self._passed = passed
        self._done: dict[
            int, tuple[Any, Any]
        ] = {}  # the record stays with what became of it, so that its id is its own

    def through(self, value: Any) -> Any:
        """Return what becomes of a value; raise TypeError for what is no record, so that nothing unknown leaves."""
        if isinstance(value, _PLAIN) and not isinstance(value, bytes | Path):
            return value
        if isinstance(value, str):
            return self._words(value)
        known = self._done.get(id(value))
        if known is None:
            known = value, self._changed(value)
            self._done[id(value)] = known
        return known[1]

    def _changed(self, value: Any) -> Any:
        if (change := self._changes.get(type(value))) is not None:
            return change(value)
        return self.inside(value)

    def inside(self, value: Any) -> Any:
        """Return a record or a collection with what becomes of all that it holds; itself where nothing changes."""
        if isinstance(value, _MANY):
            made = [one for one in map(self.through, value) if one is not DROPPED]
            same = len(made) == len(value) and all(one is other for one, other in zip(made, value, strict=True))
            return value if same else type(value)(made)
        if isinstance(value, Mapping):
            pairs = [(self.through(key), self.through(held)) for key, held in value.items()]
            kept = [pair for pair in pairs if pair[1] is not DROPPED]
            held = zip(kept, value.items(), strict=False)
            same = len(kept) == len(value) and all(a is c and b is d for (a, b), (c, d) in held)
            return value if same else dict(kept)
        if not is_dataclass(value) or isinstance(value, type):
            raise TypeError(f"{type(value).__name__} is no record, and cannot be given out")
        made_fields = {
            one.name: held if one.name in _CODES else self.through(held)
            for one in fields(value)
            if one.init
            for held in [getattr(value, one.name)]
        }
        if any(made is DROPPED for made in made_fields.values()):
            return DROPPED
        if made_fields.get("policy", "") is None:
            made_fields["policy"] = self._passed
        changed = {name: made for name, made in made_fields.items() if made is not getattr(value, name)}
        return replace(value, **changed) if changed else value


def held_in(value: Any, *kinds: type) -> Iterator[Any]:
    """Yield the records of some kinds that a value holds, each once, in order."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (str, *_PLAIN)) or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, kinds):
            yield one
        if isinstance(one, Mapping):
            waiting += reversed((*one.keys(), *one.values()))
        elif isinstance(one, _MANY):
            waiting += reversed(tuple(one))
        elif is_dataclass(one):
            waiting += [getattr(one, field.name) for field in reversed(fields(one))]
