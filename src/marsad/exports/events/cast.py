"""Who the parties of events are in the terms of others: their kinds, countries, classes and sectors."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.vocabulary import load_acled_shape, load_demonyms, load_plover_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.records import Actor
    from marsad.theatre import Theatre

CIVILIANS = "civilians"
_STATE = "state"
_ARMED = "armed_group"
_PERSON = "person"
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LONGEST = 5  # words that the name of a country has at most


class Cast:
    """The parties as a theatre knows them; without one only civilians are known."""

    def __init__(self, theatre: Theatre | None) -> None:
        """Hold a theatre."""
        self._theatre = theatre
        self._countries: dict[str, frozenset[str]] = {}

    def side(self, name: str | None) -> str | None:
        """Return the side of a party, None where it has none that is known."""
        return self._theatre.side_of(name) if self._theatre is not None else None

    def kind(self, name: str | None) -> str:
        """Return the kind of a party, `civilians` for unarmed people, "" where it is not known."""
        if name is not None and name in load_acled_shape().civilians:
            return CIVILIANS
        actor = self._body(name)
        return actor.kind if actor is not None else ""

    def abroad(self, name: str | None, country: str | None) -> bool:
        """Tell whether all countries that a party's names tell are others than that one (alpha-2)."""
        told = self.countries(name)
        return country is not None and bool(told) and country not in told

    def beside(self, name: str | None, country: str | None) -> bool:
        """Tell whether an armed group opposes no state of a country; one without a side may."""
        actor = self._body(name)
        if self._theatre is None or actor is None or actor.side is None:
            return False
        return not any(self._theatre.opposed(actor.side, state) for state in self._state_sides(country))

    def countries(self, name: str | None) -> frozenset[str]:
        """Return the countries (alpha-2) that a party's name tells, or else its other names; none where none does."""
        actor = self._body(name)
        if actor is None:
            return frozenset()
        if actor.name not in self._countries:
            self._countries[actor.name] = _countries_in([actor.name]) or _countries_in(actor.aliases)
        return self._countries[actor.name]

    # The terms of others

    def acled_class(self, name: str | None, country: str | None) -> str:
        """Return the class of a party in an event in a country, "" where it is not known."""
        shape, kind = load_acled_shape(), self.kind(name)
        if kind == _STATE and self.abroad(name, country):
            return shape.abroad
        if kind == _ARMED:
            actor = self._body(name)
            if actor is None or actor.side is None:
                return ""
            return shape.beside if self.beside(name, country) else shape.kinds[kind]
        return shape.kinds.get(kind, "")

    def plover_sector(self, name: str | None, country: str | None, *, armed: bool) -> str:
        """Return the sector of a party, "" where it is not known; a state is its forces in what only forces commit."""
        sectors, kind = load_plover_shape().sectors, self.kind(name)
        if kind == _STATE and (armed or self._is_force(name)):
            return sectors["armed"]
        if kind == _ARMED and self.beside(name, country):
            return sectors["beside"]
        return sectors.get(kind, "")

    def _is_force(self, name: str | None) -> bool:
        actor, theatre = self._body(name), self._theatre
        return (
            theatre is not None and actor is not None and actor.name in {one.forces for one in theatre.sides.values()}
        )

    def _body(self, name: str | None) -> Actor | None:
        """Return the actor of a name, for a person the body that he speaks for, if any."""
        if self._theatre is None or name is None:
            return None
        actor = self._theatre.actor(name)
        if actor is not None and actor.kind == _PERSON and actor.speaks_for is not None:
            return self._theatre.actor(actor.speaks_for)
        return actor

    def _state_sides(self, country: str | None) -> frozenset[str]:
        """Return the sides that have a state of a country, or where none tells one, those that have any."""
        home = {side for side, actor in self._states if country is not None and country in self.countries(actor)}
        return frozenset(home or {side for side, _ in self._states})

    @cached_property
    def _states(self) -> tuple[tuple[str, str], ...]:
        actors = self._theatre.actors.values() if self._theatre is not None else ()
        return tuple((one.side, one.name) for one in actors if one.side is not None and one.kind == _STATE)


def _countries_in(names: Iterable[str]) -> frozenset[str]:
    words = load_demonyms()
    tables = (words.names, words.adjectives, words.capitals, words.metonyms)
    return frozenset(
        table[phrase]
        for name in names
        for phrase in _phrases(name.replace("’", "'"))
        for table in tables
        if phrase in table
    )


def _phrases(name: str) -> Iterator[str]:
    """Yield all runs of a name's words, those that a hyphen joins also apart."""
    words = [part for word in _WORD.findall(name.casefold()) for part in word.removesuffix("'s").split("-")]
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            yield " ".join(words[start:end])
