"""Where the events of an answer were: the names that a model quotes, as gazetteer and theatre have them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.gazetteer import Name
from marsad.intake import dateline
from marsad.reading._local_places import LocalPlaces
from marsad.reading._place_names import is_route_name
from marsad.reading._where import TOO_WIDE_KM
from marsad.reading.places import PlaceReader, context_countries
from marsad.reading.relations import placed, relations
from marsad.records import Place
from marsad.vocabulary import load_demonyms, load_events
from marsad.vocabulary.language import load_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.gazetteer import Gazetteer
    from marsad.reading.llm.pieces import Paragraph
    from marsad.records import Report
    from marsad.theatre import Theatre

Span = tuple[int, int]


@dataclass
class Places:
    """The places of one report: first all their names are met, then each is resolved in the light of the others."""

    report: Report
    theatre: Theatre | None
    gazetteer: Gazetteer
    paragraphs: Sequence[Paragraph]
    _told: dict[Span, Place] = field(default_factory=dict)

    @cached_property
    def _reader(self) -> PlaceReader:
        on = self.report.published.date() if self.report.published else None
        known = self.gazetteer if self.theatre is None else LocalPlaces(self.gazetteer, self.theatre, on)
        demonyms = load_demonyms()
        countries = context_countries((self.report.title, self.report.text), self.theatre, demonyms)
        return PlaceReader(known, load_language("en"), demonyms, countries, local=self.theatre is not None)

    def is_name(self, span: Span) -> bool:
        """Tell whether words can be a name: in a script with capitals, one of them has one."""
        words = self.report.text[slice(*span)]
        return any(char.isupper() for char in words) or words.upper() == words.lower()

    def meet(self, spans: Sequence[Span]) -> None:
        """Take in the names of places that stand at some spans of the text."""
        text, every = self.report.text, sorted(set(spans))
        names = Counter(text[start:end] for start, end in every)
        line = dateline(text)
        for name in line.places if line is not None else ():
            names[name.title() if name.isupper() else name] += 1
        self._reader.settle([Name(text=name, count=count) for name, count in names.items()])
        for paragraph in self.paragraphs:
            inside = _apart([one for one in every if paragraph.start <= one[0] and one[1] <= paragraph.end])
            found = [self._named(text[start:end]) for start, end in inside]
            shifted = [(start - paragraph.start, end - paragraph.start) for start, end in inside]
            for span, place, how in zip(
                inside, found, relations(text[paragraph.start : paragraph.end], shifted), strict=True
            ):
                if how is not None:
                    other = found[how.other] if how.other is not None else None
                    self._told[span] = placed(place, how, other)

    def at(self, span: Span, event: str) -> Place | None:
        """Return where an event was by the name at a span, None where that is a sea or a continent.

        The words beside the name move the place ("15 km south of"), but for a road, which leads on.
        """
        place = self._named(self.report.text[slice(*span)])
        if (place.radius_km or 0) > TOO_WIDE_KM:
            return None
        return place if load_events()[event].family == "routes" else self._told.get(span, place)

    def _named(self, name: str) -> Place:
        if is_route_name(name) or name.lower().split()[-1] in load_language("en").place["roads"]:
            return Place(name=name, feature="route")
        return replace(self._reader.resolve(name), name=name)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order without those that begin inside another."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
