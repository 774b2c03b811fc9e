"""Places named in a report, resolved through the gazetteer, and the places that "the city" and "there" stand for."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from marsad.gazetteer import Context, normalise, resolve_together
from marsad.reading import tree
from marsad.reading._place_names import PlaceNames, is_route_name
from marsad.reading.relations import placed, relations
from marsad.records import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from marsad.gazetteer import Entry, Lookup, Name, Point
    from marsad.reading.names import NamedActor
    from marsad.reading.relations import Relation
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

# A place wider than this is a region or a country: "the city" is none.
WIDE_KM = 200
# How widely a place must be known for its name to be one wherever it stands.
RENOWNED = 0.6
# The radius by which the gazetteer's towns of some 50,000 people and more are told from smaller ones.
_CITY_KM = 3.5
# The longest name that is looked for, in tokens.
_LONGEST = 4
_DASHES = frozenset("-–—")
_ANCHORS = 8
_COUNTRIES = 4


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Tokens `[start, end)` that name a place; `head` is the token that stands in the tree for it.

    `told` is the place as the words beside the name have it, such as a point 15 km south of it; None where they say
    nothing.
    """

    start: int
    end: int
    head: int
    place: Place
    told: Place | None = None

    @property
    def where(self) -> Place:
        """The place as the words beside the name have it."""
        return self.told or self.place


@dataclass
class PlaceReader:
    """Finds and resolves the places of one report; remembers what was named for "the city" and "there".

    `called` gives the usual form of a name that a theatre's profile has, None for any other; no `called` without a
    theatre.
    """

    gazetteer: Lookup
    language: Language
    demonyms: Demonyms
    countries: tuple[str, ...]
    local: bool = True
    called: Callable[[str], str | None] | None = None
    _anchors: list[tuple[float, float]] = field(default_factory=list)
    _resolved: dict[tuple[str, str | None], Place] = field(default_factory=dict)
    _confidence: dict[tuple[str, str | None], float | None] = field(default_factory=dict)
    _history: list[Place] = field(default_factory=list)
    _before: int = 0
    _here: tuple[PlaceMention, ...] = ()
    _runs: dict[Doc, tuple[frozenset[int], tuple[tuple[int, tuple[int, ...]], ...]]] = field(default_factory=dict)

    @cached_property
    def names(self) -> PlaceNames:
        """What of a sentence can be the name of a place."""
        return PlaceNames(self.language, self.demonyms, self._is_known)

    def _called(self, span: Span) -> str:
        """Return a name as it stands alone; where that must be guessed, as `called` writes it."""
        name = tree.name(span)
        known = self.called(name) if self.called is not None and tree.is_inflected(span.doc) else None
        return known or name

    def _is_known(self, text: str) -> bool:
        return self.gazetteer.known(normalise(text), self.countries)

    # ---- finding --------------------------------------------------------------------------------------------------

    def learn(self, doc: Doc, actors: Sequence[NamedActor]) -> None:
        """Note the names of a sentence that are surely places, before the report is read from its beginning."""
        self.names.learn(doc, actors)

    def mentions(self, doc: Doc, actors: Sequence[NamedActor]) -> tuple[PlaceMention, ...]:
        """Return the named places of a sentence in order, and remember them for the words that refer to them later."""
        self._before = len(self._history)
        self._here = _related(doc, self.find(doc, actors), self.language.code)
        self._history += [mention.place for mention in self._here]
        return self._here

    @property
    def named(self) -> int:
        """How many places were named before the sentence."""
        return self._before

    def go_back(self, named: int, here: tuple[PlaceMention, ...]) -> None:
        """Return to a sentence before which so many places were named, with its own."""
        self._before, self._here = named, here

    def find(self, doc: Doc, actors: Sequence[NamedActor]) -> tuple[PlaceMention, ...]:
        """Return the named places of a sentence in order; spans of known actors and of persons are left out."""
        found: list[PlaceMention] = []
        reached = 0
        taken, starts = self._starts(doc, actors)
        for start, stops in starts:
            if start < reached:
                continue
            mentions = (self._mention(doc, start, stop, whole=stop == stops[-1]) for stop in reversed(stops))
            mention = self._listed(doc, start, taken) or next((one for one in mentions if one is not None), None)
            if mention is not None:
                found.append(mention)
                reached = mention.end
        return tuple(found)

    def _starts(
        self, doc: Doc, actors: Sequence[NamedActor]
    ) -> tuple[frozenset[int], tuple[tuple[int, tuple[int, ...]], ...]]:
        """Return which tokens name something else, and those at which a name of a place may begin.

        Each of these comes with where the name may end; in a script that marks no names it may begin anywhere. What was
        found is kept.
        """
        if doc not in self._runs:
            taken = self.names.taken(doc, actors)
            free = [token for token in doc if token.i not in taken]
            self._runs[doc] = (
                taken,
                tuple(
                    (token.i, self._stops(doc, token.i, taken) if self.names.may_start(token) else ())
                    for token in free
                    if self._may_be_listed(token) or self.names.may_start(token)
                ),
            )
        return self._runs[doc]

    def _may_be_listed(self, token: Token) -> bool:
        return self.called is not None and not tree.has_case(token) and token.pos_ in {"ADJ", "NOUN", "PROPN"}

    def _listed(self, doc: Doc, start: int, taken: frozenset[int]) -> PlaceMention | None:
        """Return the longest known name that begins at a token, in a script that marks no names."""
        if self.called is None or not self._may_be_listed(doc[start]):
            return None
        for stop in range(min(len(doc), start + _LONGEST), start, -1):
            name = self.called(tree.name(doc[start:stop])) if taken.isdisjoint(range(start, stop)) else None
            if name is not None:
                return PlaceMention(start, stop, doc[start:stop].root.i, self.resolve(name))
        return None

    def _stops(self, doc: Doc, start: int, taken: frozenset[int]) -> tuple[int, ...]:
        stops = []
        for token in doc[start:]:
            if token.i in taken:
                break
            if self.names.is_written(token):
                stops.append(token.i + 1)
            elif not self.names.joins(token):
                break
        return tuple(stops)

    def _mention(self, doc: Doc, start: int, stop: int, *, whole: bool) -> PlaceMention | None:
        """Return the mention that the tokens `[start, stop)` make; `whole` where no word of the name follows."""
        text, token, words = self._called(doc[start:stop]), doc[stop - 1], self.language.place
        if tree.word(token) in self.language.classes["place"] and stop < len(doc) and doc[stop].like_num:
            return PlaceMention(start, stop + 1, token.i, Place(name=tree.name(doc[start : stop + 1])))
        if self.names.is_no_name(text, token):
            return None
        after = tree.lemma(doc[stop]) if stop < len(doc) else ""
        if tree.word(token) in words["roads"] and stop < len(doc) and doc[stop].like_num:
            return PlaceMention(start, stop + 1, token.i, Place(name=tree.name(doc[start : stop + 1]), feature="route"))
        if is_route_name(text):
            end = stop + 1 if after in words["roads"] else stop
            return PlaceMention(start, end, end - 1, Place(name=tree.name(doc[start:end]), feature="route"))
        if tree.word(token) in words["roads"] and stop - start > 1:
            return PlaceMention(start, stop, token.i, Place(name=text, feature="route"))
        last = stop + 1 if after in words["joining"] and stop + 1 < len(doc) else stop
        after = tree.lemma(doc[last]) if last < len(doc) else ""
        facility = after in self.language.classes["facility"] or after in words["features"]
        # "The Ostrelets-Lozdan road" is a road between two places.
        joined = start > 0 and doc[start - 1].text in _DASHES
        facility = facility and not (after in words["roads"] and joined)
        titled = stop - start > 1 and tree.word(token) in words["features"]
        likely = whole and (titled or self.names.looks_like_place(doc, start, stop, facility=facility))
        known = self._is_known(text)
        if not (self.names.stands_as_place(doc, start, stop) if known else likely):
            return None
        if self.names.is_inside_name(doc, start) or self.names.is_speaker(token):
            return None
        place = self.resolve(text)
        if place.gazetteer_id is None and not likely:
            return None
        if after in words["admin"] and place.gazetteer_id is None:
            return PlaceMention(start, stop + 1, stop, replace(place, name=tree.name(doc[start : stop + 1])))
        if not facility:
            return PlaceMention(start, stop, token.i, place)
        bare = place.gazetteer_id is None and after in words["points"]
        name = text if bare else tree.name(doc[start : last + 1])
        feature = "route" if after in words["roads"] else after
        return PlaceMention(start, last + 1, last, replace(place, name=name, feature=feature))

    # ---- resolving ------------------------------------------------------------------------------------------------

    def resolve(self, name: str, prefer: str | None = None) -> Place:
        """Return the place of that name as this report means it; coordinates are None where the gazetteer has none.

        `prefer` is the kind that a word beside the name asks for, as in `Context`.
        """
        key = normalise(name), prefer
        if key not in self._resolved:
            context = Context(countries=self.countries, anchors=self._around, prefer=prefer)
            match = self.gazetteer.resolve(name, context)
            if match and match.entry.kind == "city":
                self._anchors.append(match.entry.point)
            self._resolved[key] = place_of(name, match.entry) if match else Place(name=name)
        place = self._resolved[key]
        return place if place.name == name else replace(place, name=name)

    def best(self, name: str) -> Entry | None:
        """Return the gazetteer's entry that a name means in this report, None where none fits."""
        match = self.gazetteer.resolve(name, Context(countries=self.countries, anchors=self._around, local=self.local))
        return match.entry if match else None

    @property
    def _around(self) -> tuple[Point, ...]:
        return tuple(self._anchors[:_ANCHORS])

    def settle(self, names: Sequence[Name]) -> None:
        """Decide what the names of the report mean, each in the light of all; later look-ups keep to it."""
        found = resolve_together(self.gazetteer, names, self.countries, settled=self.local)
        for name in names:
            match = found.get(name)
            place = self._inside(name.text) if match is None else place_of(name.text, match.entry)
            self._resolved[normalise(name.text), name.prefer] = place
            self._confidence[normalise(name.text), name.prefer] = match.confidence if match else None

    def confidence(self, name: str, prefer: str | None) -> float | None:
        """Return how likely a name that was settled means its place, None where no place was found."""
        return self._confidence.get((normalise(name), prefer))

    def _inside(self, name: str) -> Place:
        """Return a place that no gazetteer has, at the town that its name begins with: "Homs Military Academy"."""
        words = name.split()
        for size in range(len(words) - 1, 0, -1):
            outer = " ".join(words[:size])
            entry = self.best(outer)
            if entry is not None and entry.kind == "city" and entry.prominence >= RENOWNED:
                around = replace(place_of(name, entry), gazetteer_id=None, canonical=None, feature=None)
                return replace(around, relation="in", words=outer)
        return Place(name=name)

    def definite(self, token: Token) -> Place | None:
        """Return what "the city", "there" or "the capital" stands for, None where nothing fitting was named."""
        word, words = tree.lemma(token), self.language.place
        is_capital = word in words["capital"]
        if is_capital and (capital := self._capital()) is not None:
            return capital
        before = [one for one in self._here if one.head < token.i]
        if called := next((one.place for one in reversed(before) if _called(one, word, token.doc)), None):
            return called
        named = [*self._history[: self._before], *(one.place for one in before)]
        fitting = [
            place
            for place in reversed(named)
            if place.feature not in {"route", "country"}
            and (place.radius_km or 0) <= WIDE_KM
            and (is_capital or word in words["admin"] or word in words["any"] or place.feature == word)
        ]
        return next((one for one in fitting if self._is_size(one, word)), next(iter(fitting), None))

    def _is_size(self, place: Place, word: str) -> bool:
        """Tell whether a place is as large as the word for it says, as far as the gazetteer knows."""
        if place.radius_km is None or place.gazetteer_id is None:
            return True
        if word in self.language.place["large"]:
            return place.radius_km >= _CITY_KM
        return word not in self.language.place["small"] or place.radius_km < _CITY_KM

    def _capital(self) -> Place | None:
        country = self.demonyms.country(self.countries[0]) if self.countries else None
        return self.resolve(country.capital) if country is not None and country.capital else None


def _called(mention: PlaceMention, word: str, doc: Doc) -> bool:
    """Tell whether a name comes with the word that refers back to it: "Hama city", "the city of Hama"."""
    inside = {tree.lemma(token) for token in doc[mention.start : mention.end + 1]}
    ahead = {tree.lemma(token) for token in doc[max(0, mention.start - 2) : mention.start]}
    return word in inside or word in ahead


def _related(doc: Doc, mentions: Sequence[PlaceMention], language: str) -> tuple[PlaceMention, ...]:
    """Return mentions with what the words beside their names say of the position."""
    spans = [(doc[one.start].idx, doc[one.end - 1].idx + len(doc[one.end - 1])) for one in mentions]
    told = relations(tree.text(doc), spans, language)
    return tuple(
        one if how is None else replace(one, told=placed(one.place, how, _other(mentions, how)))
        for one, how in zip(mentions, told, strict=True)
    )


def _other(mentions: Sequence[PlaceMention], how: Relation) -> Place | None:
    return None if how.other is None else mentions[how.other].place


def place_at(places: Sequence[PlaceMention], index: int) -> PlaceMention | None:
    """Return the place that a token belongs to, None where it is part of none."""
    return next((one for one in places if one.start <= index < one.end), None)


def context_countries(
    texts: Iterable[str], theatre: Theatre | None, demonyms: Demonyms, base: Callable[[str], str] | None = None
) -> tuple[str, ...]:
    """Return the theatre's countries, else those that the text names or whose people it names, the commonest first.

    `base` gives the base form of a word where words change their endings.
    """
    if theatre is not None and theatre.countries:
        return theatre.countries
    votes: Counter[str] = Counter()
    for text in texts:
        for words in _runs(text, base):
            for part in {words, *words.split()}:
                plain = re.sub(r"[’']s$", "", part).lower()
                code = demonyms.adjectives.get(plain) or demonyms.names.get(plain) or demonyms.capitals.get(plain)
                if code:
                    votes[code] += 1
    return tuple(code for code, _ in votes.most_common(_COUNTRIES))


def _runs(text: str, base: Callable[[str], str] | None) -> Iterator[str]:
    """Yield one or two words that could name a country: capitalised ones; in their base forms, any."""
    if base is None:
        yield from re.findall(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?", text)
        return
    forms = [base(word) for word in re.findall(r"[^\W\d_][\w’'-]+", text)]
    yield from forms
    yield from (f"{one} {other}" for one, other in itertools.pairwise(forms))


def place_of(name: str, entry: Entry) -> Place:
    """Return a gazetteer entry as the place that a text calls `name`."""
    return Place(
        name=name,
        gazetteer_id=str(entry.id),
        canonical=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin=entry.admin,
        feature=entry.feature,
        radius_km=entry.radius_km,
    )
