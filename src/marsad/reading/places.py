"""Places named in a report, resolved through the gazetteer, and the places that "the city" and "there" stand for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.gazetteer import Context, normalise
from marsad.reading.tree import lemma, prepositions
from marsad.records import Extent, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token

    from marsad.gazetteer import Entry, Gazetteer
    from marsad.reading.names import NamedActor
    from marsad.theatre import Theatre
    from marsad.vocabulary import Demonyms
    from marsad.vocabulary.language import Language

_CONNECTORS = frozenset(
    {
        "al",
        "el",
        "ad",
        "as",
        "ash",
        "at",
        "an",
        "ar",
        "az",
        "ed",
        "es",
        "et",
        "ez",
        "de",
        "la",
        "le",
        "-",
        "'",
        "’",
        "um",
        "umm",
    }
)
_BEFORE = frozenset(
    {
        "in",
        "at",
        "near",
        "around",
        "towards",
        "toward",
        "outside",
        "into",
        "inside",
        "from",
        "to",
        "of",
        "on",
        "between",
        "and",
        ",",
        "through",
        "via",
        "of",
    }
)
_NOT_PLACES = frozenset(
    "january february march april may june july august september october november december god more monday tuesday wednesday thursday friday saturday sunday".split()
)
_PLACED = frozenset(
    {"in", "at", "near", "around", "towards", "toward", "into", "inside", "outside", "from", "through", "via"}
)
_POINTS = frozenset({"crossing", "bridge", "junction", "prison", "barracks", "checkpoint"})
_ADMIN = frozenset({"province", "governorate", "oblast", "region", "state", "county", "district", "raion"})
_ROUTE_NAME = re.compile(r"^[A-Z]\d{1,3}$")
_ROUTE_NOUNS = frozenset({"highway", "motorway", "road", "route"})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Tokens `[start, end)` that name a place; `head` is the token that stands in the tree for it."""

    start: int
    end: int
    head: int
    place: Place


@dataclass
class PlaceReader:
    """Finds and resolves the places of one report; remembers what was named for "the city" and "there"."""

    gazetteer: Gazetteer
    language: Language
    demonyms: Demonyms
    countries: tuple[str, ...]
    anchors: list[tuple[float, float]] = field(default_factory=list)
    _known: dict[tuple[str, str | None], Place] = field(default_factory=dict)
    history: list[Place] = field(default_factory=list)

    def mentions(self, doc: Doc, actors: Sequence[NamedActor]) -> tuple[PlaceMention, ...]:
        """Return the named places of a sentence in order; spans of known actors and of persons are left out."""
        taken = self._taken(doc, actors)
        found: list[PlaceMention] = []
        index = 0
        while index < len(doc):
            if index in taken or not _may_start(doc[index]):
                index += 1
                continue
            mention = self._longest(doc, index, taken)
            if mention is None:
                index += 1
                continue
            found.append(mention)
            index = mention.end
        for mention in found:
            self.history.append(mention.place)
        return tuple(found)

    def _taken(self, doc: Doc, actors: Sequence[NamedActor]) -> frozenset[int]:
        taken = {i for name in actors for i in range(name.start, name.end) if not self._is_place_too(doc, name)}
        for entity in doc.ents:
            long_person = entity.label_ == "PERSON" and len(entity) > 1 and not self._known_place(entity.text)
            if long_person or entity.label_ in {"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"}:
                taken.update(t.i for t in entity if t.lower_ in _NOT_PLACES or long_person)
        for token in doc:
            if token.dep_ == "compound" and token.i + 1 < len(doc) and token.lower_ in self.language.titles:
                head = token.head
                if head.pos_ == "PROPN":
                    taken.update(range(token.i + 1, head.i + 1))
        return frozenset(taken)

    def _is_place_too(self, doc: Doc, name: NamedActor) -> bool:
        """A country or capital that stands for its government is a place after a preposition of place."""
        if name.actor.kind != "state" or name.end - name.start > 2:
            return False
        before = doc[name.start - 1].lower_ if name.start else ""
        token = doc[name.end - 1]
        taken = token.dep_ in {"dobj", "nsubjpass"} and lemma(token.head) in self.language.takers
        if token.dep_ == "appos" and lemma(token.head) in self.language.classes["place"]:
            taken = True
        return (before in _BEFORE or taken) and self._known_place(doc[name.start : name.end].text)

    def _known_place(self, text: str) -> bool:
        return self.gazetteer.known(normalise(text), self.countries)

    def _longest(self, doc: Doc, start: int, taken: frozenset[int]) -> PlaceMention | None:
        end = start
        last = start
        while end < len(doc) and end not in taken and (_name_like(doc[end]) or (end > start and _joins(doc, end))):
            end += 1
            if _name_like(doc[end - 1]):
                last = end
        for stop in range(last, start, -1):
            if not _name_like(doc[stop - 1]):
                continue
            mention = self._mention(doc, start, stop, last)
            if mention is not None:
                return mention
        return None

    def _mention(self, doc: Doc, start: int, stop: int, last: int) -> PlaceMention | None:
        text = doc[start:stop].text
        token = doc[stop - 1]
        follower = doc[stop] if stop < len(doc) else None
        after = lemma(follower) if follower is not None else ""
        if self._is_no_name(text, token):
            return None
        if _ROUTE_NAME.match(text):
            end = stop + 1 if after in _ROUTE_NOUNS else stop
            return PlaceMention(start, end, end - 1, Place(name=doc[start:end].text, feature="route"))
        facility = after in self.language.classes["facility"] or after in {
            "mountain",
            "plain",
            "crossing",
            "bridge",
            "square",
            "valley",
        }
        known = self._known_place(text)
        if not known and not self._looks_like_place(doc, start, stop, last, after, facility=facility):
            return None
        if known and not self._stands_as_place(doc, start, stop):
            return None
        prefer = "admin1" if after in _ADMIN else None
        place = self.resolve(text, prefer)
        if place.gazetteer_id is None and not self._looks_like_place(doc, start, stop, last, after, facility=facility):
            return None
        if facility and follower is not None:
            bare = place.gazetteer_id is None and after in _POINTS
            name = text if bare else doc[start : stop + 1].text
            named = Place(**{**_fields(place), "name": name, "feature": after})
            return PlaceMention(start, stop + 1, stop, named)
        return PlaceMention(start, stop, token.i, place)

    def _is_no_name(self, text: str, token: Token) -> bool:
        """Tell words that are capitalised but name no place: peoples, months, bodies, a bare "Airport"."""
        word = text.lower().rstrip(".")
        classes = self.language.classes
        if word in self.demonyms.adjectives or word in self.demonyms.people or word in _NOT_PLACES:
            return True
        common = classes["force"] | classes["place"] | classes["facility"] | self.language.definite["body"]
        return (
            token.ent_type_ == "NORP"
            and token.tag_ == "NNPS"
            or word in common
            or (lemma(token) in classes["force"] | self.language.definite["body"])
        )

    def _stands_as_place(self, doc: Doc, start: int, stop: int) -> bool:
        """A known name is no place where it is part of a longer name of a person or body."""
        before = doc[start - 1] if start else None
        after = doc[stop] if stop < len(doc) else None
        entity = next((e for e in doc.ents if e.start <= start and stop <= e.end and len(e) > stop - start), None)
        if entity is not None and entity.label_ in {"PERSON", "ORG"}:
            outside = [t for t in entity if not start <= t.i < stop and t.lower_ not in {"the", "'s"}]
            if any(t.text[:1].isupper() and lemma(t) not in self.language.classes["place"] for t in outside):
                return entity.label_ == "ORG" and lemma(entity[-1]) in self.language.classes["facility"]
        if before is not None and before.lower_ in self.language.titles and before.text[:1].isupper():
            return False
        return not (
            after is not None
            and after.pos_ == "PROPN"
            and after.dep_ != "punct"
            and doc[stop - 1].dep_ == "compound"
            and after.ent_type_ == "PERSON"
        )

    def _looks_like_place(self, doc: Doc, start: int, stop: int, last: int, after: str, *, facility: bool) -> bool:
        if (
            stop != last
            or doc[start].lower_ in self.demonyms.adjectives
            or doc[stop - 1].lower_.rstrip(".") in _NOT_PLACES
        ):
            return False
        if doc[stop - 1].pos_ not in {"PROPN", "X"} and doc[stop - 1].ent_type_ not in {"GPE", "LOC", "FAC"}:
            return False
        if start == 0 and stop == 1 and doc[0].ent_type_ not in {"GPE", "LOC", "FAC"}:
            return False
        if facility or after in self.language.classes["place"] and doc[stop - 1].dep_ == "compound":
            return True
        before = doc[start - 1].lower_ if start else ""
        token = doc[stop - 1]
        if token.ent_type_ in {"PERSON", "NORP", "DATE", "TIME"} and len(doc[start:stop]) > 1:
            return token.ent_type_ == "PERSON" and before in {"in", "at", "near", "around", "into"} and start > 0
        if token.ent_type_ in {"GPE", "LOC", "FAC"}:
            return True
        if token.dep_ == "conj" and token.head.ent_type_ in {"GPE", "LOC", "FAC"}:
            return True
        if token.pos_ != "PROPN":
            return False
        first = token
        while first.dep_ == "conj" and first.head.pos_ == "PROPN":
            first = first.head
        if first.dep_ == "pobj":
            return first.head.lower_ in _PLACED or (
                first.head.lower_ == "of" and lemma(first.head.head) in self.language.takers
            )
        if first.dep_ == "nsubj":
            return lemma(first.head) in self.language.falling
        return first.dep_ in {"dobj", "nsubjpass"} and lemma(first.head) in self.language.takers

    def resolve(self, name: str, prefer: str | None = None) -> Place:
        """Return the place of that name in this report's context; coordinates are None where the gazetteer has no match."""
        key = (normalise(name), prefer)
        if key not in self._known:
            match = None
            context = Context(countries=self.countries, anchors=tuple(self.anchors[:8]), prefer=None)
            match = self.gazetteer.resolve(name, context)
            place = place_of(name, match.entry) if match else Place(name=name)
            if match and match.entry.kind == "city":
                self.anchors.append((match.entry.lat, match.entry.lon))
            self._known[key] = place
        place = self._known[key]
        return place if place.name == name else Place(**{**_fields(place), "name": name})

    def definite(self, token: Token) -> Place | None:
        """Return what "the city", "there" or "the capital" stands for, None where nothing fitting was named."""
        word = lemma(token)
        if word == "capital":
            capital = self._capital()
            if capital is not None:
                return capital
        for place in reversed(self.history):
            if place.feature in {"route", "country"} or (place.radius_km or 0) > 200:
                continue
            if word in _ADMIN or word in {
                "city",
                "town",
                "village",
                "there",
                "capital",
                "area",
                "neighbourhood",
                "district",
                "here",
            }:
                return place
            if place.feature == word:
                return place
        return None

    def _capital(self) -> Place | None:
        if not self.countries:
            return None
        country = self.demonyms.country(self.countries[0])
        return self.resolve(country.capital) if country is not None and country.capital else None


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


def _fields(place: Place) -> dict[str, object]:
    return {name: getattr(place, name) for name in Place.__slots__}


def _may_start(token: Token) -> bool:
    if token.is_upper and len(token.text) > 2 and not _shouted(token.doc):
        return False
    if token.lower_ in _CONNECTORS and token.i + 1 < len(token.doc) and token.nbor().text == "-":
        return True
    if token.pos_ in {"DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "NUM", "AUX", "PART"} and token.ent_type_ not in {
        "GPE",
        "LOC",
        "FAC",
    }:
        return False
    if (
        token.i == 0
        and token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"}
        and token.ent_type_ not in {"GPE", "LOC", "FAC", "ORG", "PERSON"}
    ):
        return False
    return _name_like(token)


def _shouted(doc: Doc) -> bool:
    """Tell a sentence all in capitals."""
    return not any(char.islower() for char in doc.text)


def _name_like(token: Token) -> bool:
    return token.text[:1].isupper() or bool(re.match(r"^[A-Za-z]{0,4}['’‘-]?[A-Z]", token.text))


def _joins(doc: Doc, index: int) -> bool:
    """Tell whether a lower-case token or a hyphen stands inside a name."""
    token = doc[index]
    return token.lower_ in _CONNECTORS and index + 1 < len(doc)


def extent_of(words: Iterable[str], language: Language) -> Extent:
    """Return how much of a place the words around its name speak of; UNKNOWN where they do not say."""
    found = Counter(name for word in words for name in ("outskirts", "near", "part") if word in language.classes[name])
    for name, extent in (("outskirts", Extent.OUTSKIRTS), ("near", Extent.NEAR), ("part", Extent.PART)):
        if found[name]:
            return extent
    return Extent.UNKNOWN


def context_countries(texts: Iterable[str], theatre: Theatre | None, demonyms: Demonyms) -> tuple[str, ...]:
    """Return the theatre's countries, else those that the text names or whose people it names, the commonest first."""
    if theatre is not None and theatre.countries:
        return theatre.countries
    votes: Counter[str] = Counter()
    for text in texts:
        for word in re.findall(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?", text):
            for part in {word, *word.split()}:
                plain = re.sub(r"[’']s$", "", part).lower()
                code = demonyms.adjectives.get(plain) or demonyms.names.get(plain) or demonyms.capitals.get(plain)
                if code:
                    votes[code] += 1
    return tuple(code for code, _ in votes.most_common(4))


__all__ = ["PlaceMention", "PlaceReader", "context_countries", "extent_of", "place_of", "prepositions"]
