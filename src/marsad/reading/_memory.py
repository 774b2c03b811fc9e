"""What a report has spoken of so far: parties and people by mention, who spoke last, whom people speak for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from marsad.theatre import Theatre
    from marsad.vocabulary.language import Language

# How many mentions back a pronoun reaches, how many of those compete to be its subject, and how many speakers.
_REACH, _NEWEST, _SPEAKERS = 12, 4, 6


@dataclass(frozen=True, slots=True)
class Heard:
    """One mention of a party, body or person: canonical name, lemma of its head, and what can refer back to it."""

    name: str
    head: str
    plural: bool
    person: bool
    force: bool
    subject: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a memory holds at one point of the report."""

    heard: tuple[Heard, ...]
    speakers: tuple[Heard, ...]
    people: Mapping[str, str]


@dataclass
class Memory:
    """The mentions of one report, newest last."""

    language: Language
    theatre: Theatre | None
    heard: list[Heard] = field(default_factory=list)
    speakers: list[Heard] = field(default_factory=list)
    _people: dict[str, str] = field(default_factory=dict)

    def remembered(self) -> Remembered:
        """Return what is remembered now."""
        return Remembered(tuple(self.heard), tuple(self.speakers), dict(self._people))

    def recall(self, remembered: Remembered) -> None:
        """Remember what was remembered before, and nothing else."""
        self.heard[:], self.speakers[:] = remembered.heard, remembered.speakers
        self._people = dict(remembered.people)

    def last_person(self) -> str | None:
        """Return the last person spoken of, for "he"."""
        return next((one.name for one in reversed(self.heard) if one.person), None)

    def last_many(self) -> str | None:
        """Return the last force spoken of, of several men where there is one, for "they"."""
        near = [one for one in self.heard[-_REACH:] if one.force]
        return _leading([one for one in near if one.plural] or near)

    def last_body(self) -> str | None:
        """Return the last body spoken of as one, for "it"."""
        return _leading([one for one in self.heard[-_REACH:] if not one.plural and not one.person])

    def last_speaker(self, fits: Callable[[Heard], bool]) -> Heard | None:
        """Return the last that spoke and fits."""
        return next((one for one in reversed(self.speakers[-_SPEAKERS:]) if fits(one)), None)

    def speaker_again(self, word: str) -> str | None:
        """Return whom a noun means that spoke or was spoken of before: "the ministry", "the monitor"."""
        for one in (*reversed(self.speakers), *reversed(self.heard)):
            if one.name.lower() != word and (one.head == word or _has_word(one.name, word, plural=True)):
                return one.name
        if word in self.language.definite["any_body"]:
            last = self.last_speaker(lambda one: not one.person and not one.plural)
            return last.name if last is not None else None
        return None

    def party_again(self, word: str, *, plural: bool) -> str | None:
        """Return which party a noun means that was named before: "the militia", "the group"."""
        own = {fold(word), fold(f"{word}s")}
        newest = self.heard[::-1]
        for one in newest:
            if one.head == word and one.plural == plural and fold(one.name) not in own:
                return one.name
        for one in newest:
            if _has_word(one.name, word) and fold(one.name) != fold(word):
                return one.name
        if word in self.language.party["any_group"]:
            return next((one.name for one in newest if one.force and not one.person), None)
        if word in self.language.party["any_fighters"]:
            return next((one.name for one in newest if one.force and one.plural and one.head != word), None)
        return None

    def last_of_kind(self, kind: str, text: str) -> str | None:
        """Return the last force of a kind, `regular` or `irregular`, for a bare "troops" or "fighters" (`text`)."""
        return next((one.name for one in reversed(self.heard) if self._is_of_kind(one, kind, text)), None)

    def _is_of_kind(self, one: Heard, kind: str, text: str) -> bool:
        if not one.force or one.person:
            return False
        actor = self.theatre.actor(one.name) if self.theatre is not None else None
        if actor is not None:
            return actor.kind == ("state" if kind == "regular" else "armed_group")
        words = self.language.classes[kind]
        if one.head in words and fold(one.name) != fold(text):
            return True
        return " " in one.name and one.name.lower().split()[-1].rstrip("s") in words

    def introduce(self, person: str, body: str) -> None:
        """Remember for whom a person speaks, by full and by last name."""
        self._people[fold(person)] = body
        self._people.setdefault(fold(person.rsplit(maxsplit=1)[-1]), body)

    def speaks_for(self, person: str) -> str | None:
        """Return the body that a person speaks for, by the theatre or by what the report said of them."""
        actor = self.theatre.actor(person) if self.theatre is not None else None
        if actor is not None and actor.speaks_for:
            return actor.speaks_for
        return self._people.get(fold(person))

    def introduced(self, person: str) -> str:
        """Return the body that the report said a person speaks for, else the name itself."""
        return self._people.get(fold(person), person)


def _leading(fitting: Sequence[Heard]) -> str | None:
    """Return the newest of a few that was a subject, else the newest."""
    leading = [one for one in fitting[-_NEWEST:] if one.subject] or fitting
    return leading[-1].name if leading else None


def _has_word(name: str, word: str, *, plural: bool = False) -> bool:
    if word not in name.lower():
        return False
    return bool(re.search(rf"\b{re.escape(word)}{'s?' if plural else ''}\b", name.lower()))
