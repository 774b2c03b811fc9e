"""Who is meant by the names that a model quotes: by the theatre's names and labels, else by the model's choice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.reading._forces import NARRATOR, Forces
from marsad.vocabulary import load_demonyms, load_outlets, with_trait
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.records import Report
    from marsad.theatre import Theatre

_ARMED = with_trait("armed")
_NO_FIGHTERS = frozenset({"monitor", "media", "un", "ngo"})


@dataclass(frozen=True)
class Parties:
    """Names the parties of one report; `left_open` is told why a name was none."""

    report: Report
    theatre: Theatre | None
    left_open: Callable[[str], None]

    @cached_property
    def _forces(self) -> Forces:
        return Forces(load_language("en"), load_demonyms(), self.theatre)

    @cached_property
    def _narrators_side(self) -> str | None:
        """The side of the narrator where it is a body's own channel, as far as the theatre tells."""
        kind = load_outlets().get(self.report.kind)
        own = self.report.forwarded or (kind is not None and kind.own_channel)
        return self.theatre.side_of(self.report.narrator) if self.theatre is not None and own else None

    def side(self, source: str) -> str | None:
        """Return the side of a source, by which its labels are read; None where it is unknown or neutral."""
        if source == NARRATOR:
            return self._narrators_side
        return self.theatre.side_of(source) if self.theatre is not None else None

    def named(self, words: str | None, known: str | None, side: str | None = None) -> str | None:
        """Return the canonical name for words of the text, None where they are no name.

        What the theatre knows by these words comes first, then what the model chose among its actors.
        """
        if self.theatre is not None:
            actor = None
            if words is not None:
                actor = self.theatre.labelled(words, side) or self.theatre.worded(words)
            if actor is None and known is not None:
                actor = self.theatre.actors.get(known)
            if actor is not None:
                return actor.name
        if known is not None:
            self.left_open("an actor that the theatre does not know")
        return self._plain(words) if words is not None else None

    def party(self, event: str, words: str | None, known: str | None, side: str | None) -> str | None:
        """Return who acts: of what only forces do, the forces by which a government or office acts."""
        name = self.named(words, known, side)
        actor = self.theatre.actor(name) if self.theatre is not None and name is not None else None
        if name is None or event not in _ARMED:
            return name
        if actor is not None and actor.kind in _NO_FIGHTERS:
            self.left_open("an agent that does not fight")
            return None
        return self._forces.of(name)

    def body(self, speaker: str) -> str:
        """Return for whom a person speaks by the theatre, else the person."""
        actor = self.theatre.actor(speaker) if self.theatre is not None else None
        return actor.speaks_for or actor.name if actor is not None else speaker

    def _plain(self, words: str) -> str | None:
        """Return a name on one line without its article, None for a pronoun."""
        language = load_language("en")
        parts = words.split()
        while len(parts) > 1 and parts[0].lower() in language.determiners["articles"]:
            parts.pop(0)
        name = " ".join(parts)
        if name and parts[0].lower() in language.personal | language.pronouns["possessive"]:
            self.left_open("a pronoun in place of a name")
            return None
        return name or None
