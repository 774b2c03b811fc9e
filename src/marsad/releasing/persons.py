"""Masking: which persons a report names, who of them has a public role, and what stands in place of the others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from marsad.releasing.names import Names
from marsad.releasing.roles import Sign, signs_of
from marsad.releasing.runs import runs_in, words_in
from marsad.theatre import fold
from marsad.vocabulary import Persons, load_demonyms, load_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from marsad.records import Claim, Report
    from marsad.releasing.runs import Run, Word
    from marsad.theatre import Theatre

_NOBODY = "private person"
_LABEL = re.compile(r"an? [\w -]+ \(\d+\)")  # who has one has been through this already
_SHORT = 3  # letters that a surname must have to be looked for alone
_TITLED = 0.6  # share of capitalised words from which a title is in title case

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person whom a report names; `role` is what it calls them, "" where it does not say.

    `forms` are the ways in which the report writes the name, the full one first.
    """

    name: str
    role: str
    public: bool
    forms: tuple[str, ...]


def cast_of(report: Report, claims: Iterable[Claim], theatre: Theatre | None, persons: Persons) -> Names:
    """Return who is masked of the persons whom a report and its claims name."""
    if persons is Persons.NAMED:
        return Names({})
    found = persons_of(report, tuple(claims), theatre)
    masked = [one for one in found if persons is Persons.MASKED or not one.public]
    public = {form for one in found if one not in masked for form in one.forms}
    labels: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for one in masked:
        role = one.role or _NOBODY
        numbers[role] += 1
        label = f"{'an' if role[0] in 'aeiou' else 'a'} {role} ({numbers[role]})"
        for form in one.forms:
            if form not in public:  # a bare surname is the minister's, not that of the minister's father
                labels.setdefault(form, label)
    return Names(labels, [one.name for one in found if one not in masked])


def persons_of(report: Report, claims: Sequence[Claim], theatre: Theatre | None) -> tuple[Person, ...]:
    """Return the persons whom a report names, in the order in which it does."""
    return tuple(_Reading(report, claims, theatre).persons())


class _Reading:
    """One report in the search for its persons."""

    def __init__(self, report: Report, claims: Sequence[Claim], theatre: Theatre | None) -> None:
        self._texts = [report.text] if _in_title_case(report.title) else [report.text, report.title]
        actors = theatre.actors.values() if theatre else ()
        self._public = {name for one in actors if one.kind == "person" for name in (one.name, *one.aliases)}
        told = (claim.speaker for claim in claims if claim.speaker)
        speakers = dict.fromkeys(name for name in told if not _LABEL.fullmatch(name))
        self._speakers = [name for name in speakers if name not in self._public]
        self._others = _others(report, claims, theatre) - {fold(name) for name in (*self._public, *speakers)}
        self._voices = {fold(claim.source) for claim in claims} - {fold(name) for name in speakers}
        self._first: dict[Key, tuple[int, str]] = {}
        self._signs: dict[Key, list[Sign]] = {}
        self._alone: set[str] = set()

    def persons(self) -> Iterator[Person]:
        """Yield the persons in the order in which they are first named; those whom only claims name are last."""
        for number, text in enumerate(self._texts):
            self._read(text, number)
        for name in (*self._speakers, *sorted(self._public)):
            self._name(name)
        whole = [key for key in self._first if not any(key != other and _is_part(key, other) for other in self._first)]
        for key in sorted(whole, key=lambda one: self._first[one]):
            yield self._person(key)

    def _name(self, name: str) -> None:
        """Take in a name that is known to be a person's, where the report has it."""
        places = [at for text in self._texts if (at := text.find(name)) >= 0]
        known = name in self._public
        if places or not known:
            key = _key(name)
            self._first.setdefault(key, (places[0] if places else len(self._texts[0]), name))
            self._signs.setdefault(key, []).append(Sign(role="official") if known else Sign())

    def _read(self, text: str, number: int) -> None:
        words = words_in(text)
        shared: Sign | None = None
        reached = 0
        for run in runs_in(text, words):
            name = text[words[run.first].start : words[run.last - 1].end]
            if run.last - run.first == 1:
                self._alone.add(name)
            between = text[reached : words[run.first].start]
            reached = words[run.last - 1].end
            if fold(name) in self._others:
                shared = None
                continue
            signs = signs_of(text, words, run, spoken=fold(name) not in self._voices)
            if not signs and shared is not None and between in {", ", " and ", ", and "}:
                signs = [shared]
            shared = next((one for one in signs if one.shared), None)
            if signs and self._is_name(run, words, signs):
                key = _key(name)
                self._first.setdefault(key, (words[run.first].start + number * len(self._texts[0]), name))
                self._signs.setdefault(key, []).extend(signs)

    def _is_name(self, run: Run, words: Sequence[Word], signs: Sequence[Sign]) -> bool:
        """Tell whether a run is a name: a single word only where more than a title stands beside it."""
        return run.last - run.first > 1 or any(one.role for one in signs) or words[run.first].key not in _countries()

    def _person(self, key: Key) -> Person:
        parts = [other for other in self._first if _is_part(other, key)]
        signs = [sign for part in (key, *(one for one in parts if one != key)) for sign in self._signs[part]]
        name = self._first[key][1]
        public = [one for one in signs if one.public]
        private = [one for one in signs if one.private]
        return Person(
            name=name,
            role=next((one.role for one in (*private, *public)), ""),
            public=bool(public) and not private,
            forms=tuple(dict.fromkeys((name, *(self._first[part][1] for part in parts), *self._shorter(name)))),
        )

    def _shorter(self, name: str) -> Iterator[str]:
        """Yield what later mentions leave of a name: the surname, and the first name where it stands alone."""
        roles = load_roles()
        words = name.split()
        if len(words) == 1 or words[0].lower() in roles.kinship:
            return
        bare = words[-1]
        if words[-2].lower() in roles.particles:
            yield f"{words[-2]} {bare}"
            yield f"{words[-2].capitalize()} {bare}"
        short = re.sub(r"^(?:[Aa]l|[Ee]l)[-‑]", "", bare)
        for form in (bare, f"{bare[0].upper()}{bare[1:]}", short, *({words[0]} & self._alone)):
            if len(form) >= _SHORT and fold(form) not in self._others and form.lower() not in roles.starts:
                yield form


def _others(report: Report, claims: Iterable[Claim], theatre: Theatre | None) -> set[str]:
    """Return the folded names of what is known to be no person: places, bodies, outlets."""
    places = [place for claim in claims if (place := claim.place) is not None]
    actors = [one for one in theatre.actors.values() if one.kind != "person"] if theatre else []
    names: list[str | None] = [report.publisher, report.forwarded_from, report.dateline, *report.agencies]
    names += [name for place in places for name in (place.name, place.canonical)]
    names += [place.name.rpartition(" ")[0] for place in places if place.name.rpartition(" ")[2].islower()]
    names += [name for one in actors for name in (one.name, *one.aliases)]
    if theatre:
        names += [name for place in theatre.places for name in (place.name, *(one.name for one in place.names))]
    return {fold(name) for name in names if name} | _countries()


@cache
def _countries() -> frozenset[str]:
    known = load_demonyms()
    return frozenset((*known.names, *known.adjectives, *known.capitals))


def _in_title_case(title: str) -> bool:
    words = words_in(title)
    return sum(word.capital for word in words) > _TITLED * len(words)


def _key(name: str) -> Key:
    return tuple(word.key for word in words_in(name)) or (name,)


def _is_part(key: Key, of: Key) -> bool:
    """Tell whether a name is the other, its beginning or its end."""
    return of[: len(key)] == key or of[-len(key) :] == key
