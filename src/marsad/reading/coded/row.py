"""What every coded report is read with: its cells, who its publisher is, and how its parties are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.errors import MarsadError
from marsad.intake import cells_of, instant
from marsad.reading._forces import NARRATOR, Forces
from marsad.reading._identity import claim_id
from marsad.reading._local_places import LocalPlaces
from marsad.reading.actors import CIVILIANS
from marsad.records import Certainty, Claim, Passage, Polarity, Stance
from marsad.vocabulary import load_coded_names, load_demonyms
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from marsad.gazetteer import Gazetteer, Lookup
    from marsad.intake import Cell
    from marsad.records import Counts, Interval, Report
    from marsad.theatre import Theatre

_BRACKETS = re.compile(r"[^()]*+(?P<brackets>\([^()]*\)\s*)\Z")


class NotReadError(MarsadError):
    """A coded report that cannot be read, and why."""


@dataclass(frozen=True)
class CodedRow:
    """A coded report with all that it is read by."""

    report: Report
    theatre: Theatre | None
    gazetteer: Gazetteer
    extractor: str

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The cells by the lower case names of their columns."""
        return cells_of(self.report.text)

    def value(self, column: str | None) -> str:
        """Return the value of a column, empty where the row has none."""
        cell = self.cells.get(column) if column is not None else None
        return cell.value.strip() if cell is not None else ""

    def day(self, column: str) -> date | None:
        """Return the day of a column, None where it has none that can be read."""
        return self.parsed(self.value(column))

    def parsed(self, words: str) -> date | None:
        """Return the day that words name, None where they name none."""
        try:
            return instant(words)[0].date()
        except MarsadError:
            return None

    def number(self, column: str) -> float | None:
        """Return the number of a column, None where it is none."""
        try:
            return float(self.value(column))
        except ValueError:
            return None

    def passage(self, column: str) -> Passage:
        """Return where the value of a column stands in the text."""
        cell = self.cells[column]
        return Passage(report=self.report.id, start=cell.start, end=cell.end)

    def places(self, on: date | None) -> Lookup:
        """Return what knows the places of the row, by the names that they had on a day."""
        return LocalPlaces(self.gazetteer, self.theatre, on) if self.theatre is not None else self.gazetteer

    # Who

    @property
    def publisher(self) -> str:
        """The publisher by its canonical name, the narrator where nobody is named."""
        return self.named(self.report.publisher) if self.report.publisher else NARRATOR

    def named(self, name: str) -> str:
        """Return the canonical name of a source."""
        actor = self.theatre.actor(name) if self.theatre is not None else None
        return actor.name if actor is not None else name

    @cached_property
    def _forces(self) -> Forces:
        return Forces(load_language("en"), load_demonyms(), self.theatre)

    def forces_of(self, country: str) -> str | None:
        """Return who fights for a country (alpha-2), None for one that is not known."""
        return self._forces.of_code(country)

    def party(self, column: str | None) -> str | None:
        """Return the canonical name of the party in a column, None where it names nobody.

        What stands in brackets after a name, such as years, counts only where the theatre knows the name with it.
        """
        name, known = self.value(column), load_coded_names()
        if not name or name.startswith(known.nobody):
            return None
        if name.startswith(known.civilians):
            return CIVILIANS
        for one in _spellings(name):
            actor = self.theatre.worded(one) if self.theatre is not None else None
            if actor is not None:
                return self._forces.of(actor.name)
        bare = without_brackets(name)
        country = next((found for one in known.nations if (found := _filled(one, bare))), bare)
        code = load_demonyms().names.get(country.casefold())
        return (self._forces.of_code(code) if code is not None else None) or bare

    # Claims

    def base(self, source: str, interval: Interval, *, certainty: Certainty = Certainty.CERTAIN) -> Claim:
        """Return what the claims of one source have in common, without an event and an id."""
        return Claim(
            id="",
            report=self.report.id,
            source=source,
            event="",
            polarity=Polarity.AFFIRMED,
            certainty=certainty,
            stance=Stance.ASSERTS,
            anchor=Passage(report=self.report.id, start=0, end=0),
            interval=interval,
            extractor=self.extractor,
        )

    def told(
        self, base: Claim, event: str, column: str, *, agent: str | None, target: str | None = None, counts: Counts
    ) -> Claim:
        """Return the claim that the value of a column makes, with an id of its own."""
        anchor, place = self.passage(column), base.place
        where = (place.gazetteer_id or place.name) if place is not None else ""
        return replace(
            base,
            id=claim_id(self.report.id, base.source, event, base.polarity, anchor.start, where, agent or ""),
            event=event,
            anchor=anchor,
            agent=agent,
            target=target if target != agent else None,
            counts=counts,
        )


def without_brackets(name: str) -> str:
    """Return a name without what stands in brackets at its end."""
    match = _BRACKETS.match(name)
    return name[: match.start("brackets")].strip() or name if match is not None else name


def _spellings(name: str) -> Iterator[str]:
    """Yield a name as it stands, without brackets, and either part of "abbreviation: name"."""
    yield name
    bare = without_brackets(name)
    yield bare
    short, colon, full = bare.partition(":")
    if colon:
        yield full.strip()
        yield short.strip()


def _filled(pattern: str, name: str) -> str | None:
    """Return what stands in the place of the braces of a pattern, None where a name is not of it."""
    before, _, after = pattern.partition("{}")
    if not name.startswith(before) or not name.endswith(after):
        return None
    return name[len(before) : len(name) - len(after)].strip() or None
