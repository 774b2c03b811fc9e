"""Every name of a place in a report: where something is, who is meant by it, or part of another name."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from marsad.gazetteer import Name, features, normalise
from marsad.reading import tree
from marsad.reading.places import RENOWNED, PlaceReader, place_at
from marsad.reading.relations import placed, relations
from marsad.vocabulary import load_divisions, load_relations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading.names import NamedActor
    from marsad.records import Place
    from marsad.vocabulary import Relations

# The longest name that is looked for, in tokens; the longest that is an acronym, in letters.
_LONGEST, _ACRONYM = 6, 3
_AREAS = frozenset({"country", "admin1", "region"})
_LONGER = frozenset({"ORG", "PERSON", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC", "NORP"})
# How often a name that no gazetteer has and the parser takes for no place must stand where only a place can.
_SURE = 2
_SITES = frozenset({"FAC", "LOC"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_HINTS = frozenset({"admin1", "city", "region"})
# How many words may stand between the name of a place and that of what it lies in.
_APART = 3


class ToponymUse(StrEnum):
    """What a name of a place does in its sentence: says where, stands for who acts, or is part of another name."""

    LOCATION = "location"
    METONYM = "metonym"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """One name of a place in a report: its characters `[start, end)`, what it does there, and which place it is.

    The place has no `gazetteer_id` where the gazetteer knows none that fits. `told` is the place as the words beside
    the name have it, such as the point "15 km south of" it, None where they say nothing. `confidence` in 0..1 is how
    likely the name means that place, None where none was found. `side` is whose name for the place it is, where the
    theatre tells.
    """

    start: int
    end: int
    use: ToponymUse
    place: Place
    told: Place | None
    confidence: float | None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `[start, end)` of a sentence that name a place.

    `name` is what to look up, `prefer` the kind of place that a word beside it asks for.
    """

    start: int
    end: int
    name: str
    use: ToponymUse
    prefer: str | None


@dataclass
class ToponymReader:
    """Finds the names of places of one report, sentence by sentence, and gathers what each says of the others."""

    places: PlaceReader
    _counts: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    _heading: list[tuple[int, int, str]] = field(default_factory=list)
    _within: defaultdict[tuple[str, str | None], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def find(self, doc: Doc, actors: Sequence[NamedActor]) -> tuple[Found, ...]:
        """Return the names of places of a sentence, in order."""
        spans = tuple(self._spans(doc, actors))
        found = tuple(
            Found(start, end, self._name(doc, start, end), self._use(doc, start, end), self._prefer(doc, start, end))
            for start, end in spans
        )
        for one in found:
            self._counts[one.name, one.prefer] += 1
        for one, outer in itertools.pairwise(found):
            if _lies_in(doc, one, outer, load_relations(self.places.language.code)):
                self._within[one.name, one.prefer][outer.name] = None
        return found

    def enter(self, text: str, start: int, end: int, places: Sequence[str]) -> None:
        """Take in the names that a dateline `[start, end)` of the report gives."""
        for place in places:
            at = text.find(place, start, end)
            if at < 0:
                continue
            stop = at + len(place)
            stop += text.startswith(".", stop) and text[at : stop + 1] in load_divisions(self.places.language.code)
            short = load_divisions(self.places.language.code).get(text[at:stop])
            self._heading.append((at, stop, short[0] if short else _written(place)))
            start = stop
        for _, _, name in self._heading:
            self._counts[name, None] += 1
        for one, outer in itertools.pairwise(self._heading):
            if text[one[1] : outer[0]].strip() in {",", "،"}:
                self._within[one[2], None][outer[2]] = None

    def heading(self, text: str) -> Iterator[Toponym]:
        """Yield the toponyms of the dateline, once all names are settled."""
        for start, end, name in self._heading:
            place = replace(self.places.resolve(name), name=text[start:end])
            sure = self.places.confidence(name, None)
            yield Toponym(start=start, end=end, use=ToponymUse.LOCATION, place=place, told=None, confidence=sure)

    def toponyms(self, doc: Doc, start: int, found: Sequence[Found]) -> Iterator[Toponym]:
        """Yield the toponyms of a sentence that begins at character `start`, once all names are settled."""
        spans = [(doc[one.start].idx, doc[one.end - 1].idx + len(doc[one.end - 1])) for one in found]
        places = [self.places.resolve(one.name, one.prefer) for one in found]
        told = relations(tree.text(doc), spans, self.places.language.code)
        for one, span, place, how in zip(found, spans, places, told, strict=True):
            other = places[how.other] if how is not None and how.other is not None else None
            named = replace(place, name=tree.text(doc)[slice(*span)])
            yield Toponym(
                start=start + span[0],
                end=start + span[1],
                use=one.use,
                place=named,
                told=None if how is None else placed(named, how, other),
                confidence=self.places.confidence(one.name, one.prefer),
            )

    def names(self) -> tuple[Name, ...]:
        """Return the names found so far, each once with how often it stands and what it is said to lie in."""
        return tuple(
            Name(text=text, count=count, prefer=prefer, within=tuple(self._within[text, prefer]))
            for (text, prefer), count in self._counts.items()
        )

    # ---- spans ----------------------------------------------------------------------------------------------------

    def _spans(self, doc: Doc, actors: Sequence[NamedActor]) -> Iterator[tuple[int, int]]:
        mentions = self.places.find(doc, actors)
        index = 0
        while index < len(doc):
            mention = place_at(mentions, index)
            if mention is not None:
                span = self._trimmed(doc, mention.start, mention.end)
                if mention.place.feature != "route" and self._is_sure(doc, *span):
                    yield span
                    index = mention.end
                    continue
            end = self._known_end(doc, index)
            if end is not None:
                yield index, end
            index = end or index + 1

    def _is_sure(self, doc: Doc, start: int, end: int) -> bool:
        """Tell a name that is a place's by more than where it stands: by the gazetteer, the report or its last word."""
        text, names = tree.name(doc[start:end]), self.places.names
        if end - start == 1 and names.is_person(text):
            return False
        kind = doc[end - 1].ent_type_
        entry = self.places.best(text)
        if entry is None:
            site = kind in _SITES or tree.lemma(doc[end - 1]) in names.language.classes["facility"]
            return site or names.sure(text) >= (1 if kind in _PLACES else _SURE)
        if names.is_learnt(text) or entry.prominence >= RENOWNED or entry.kind in _AREAS:
            return True
        return kind in _PLACES and not names.is_word(text)

    def _trimmed(self, doc: Doc, start: int, end: int) -> tuple[int, int]:
        """Return a name without the article before it and the lower-case noun of a facility behind it."""
        while end > start + 1 and not self.places.names.is_written(doc[end - 1]):
            end -= 1
        while start < end - 1 and doc[start].lower_ in self.places.language.determiners["articles"]:
            start += 1
        return start, end

    def _known_end(self, doc: Doc, start: int) -> int | None:
        """Return where the longest name that begins at a token and is surely that of a place ends, None without one."""
        articles = self.places.language.determiners["articles"]
        if not self.places.names.is_written(doc[start]) or doc[start].lower_ in articles:
            return None
        for end in range(min(len(doc), start + _LONGEST), start, -1):
            if self.places.names.is_written(doc[end - 1]) and self._is_known(doc, start, end):
                return end
        return None

    def _is_known(self, doc: Doc, start: int, end: int) -> bool:
        """Tell a name that the whole world knows, or one that stands for a place elsewhere in the report."""
        text, names = tree.name(doc[start:end]), self.places.names
        if text in load_divisions(self.places.language.code):
            return self._is_division(doc, start, end)
        if text.casefold() in names.demonyms.names:
            return len(text) > _ACRONYM or text.isupper()
        if names.is_no_name(text, doc[end - 1]) or names.is_person(text) or names.is_word(text):
            return False
        if text.isupper() and not self._is_shouted(doc, start, end):
            entry = self.places.best(text)
            return entry is not None and entry.kind == "region"
        if end - start == 1 and doc[start].pos_ != "PROPN":
            return False
        person = next(
            (e for e in tree.entities(doc) if e.label_ == "PERSON" and e.start <= start and end <= e.end), None
        )
        if person is not None and len(person) > end - start:
            return False
        entry = self.places.best(_written(text))
        if entry is None:
            return end - start > 1 and doc[start].ent_iob_ == "B" and _is_site(doc, start, end)
        if entry.kind == "city" and normalise(entry.name) != normalise(text) and self._is_beside_name(doc, start, end):
            return False
        return names.is_learnt(text) or entry.prominence >= RENOWNED or entry.kind in _AREAS

    def _is_beside_name(self, doc: Doc, start: int, end: int) -> bool:
        """Tell a name with another capitalised word right beside it: "Human" of "Human Rights"."""
        beside = [doc[i] for i in (start - 1, end) if 0 <= i < len(doc)]
        return any(self.places.names.is_written(token) and token.pos_ == "PROPN" for token in beside)

    def _is_shouted(self, doc: Doc, start: int, end: int) -> bool:
        """Tell a name in capitals, as headlines and datelines have it, from an acronym."""
        return (
            end - start > 1 or len(doc[start]) > _ACRONYM + 2 or self.places.names.is_learnt(tree.written(doc[start]))
        )

    def _is_division(self, doc: Doc, start: int, end: int) -> bool:
        """Tell the short name of a division: behind a name and a comma, with full stops, or of three capitals."""
        text = doc[start:end].text
        behind = start > 1 and tree.is_comma(doc[start - 1]) and self.places.names.is_written(doc[start - 2])
        return behind or text.count(".") > 1 or (text.isupper() and len(text) >= _ACRONYM)

    # ---- what a name says -------------------------------------------------------------------------------------------

    def _name(self, doc: Doc, start: int, end: int) -> str:
        text = tree.name(doc[start:end])
        short = load_divisions(self.places.language.code).get(text)
        return short[0] if short is not None else _written(text)

    def _use(self, doc: Doc, start: int, end: int) -> ToponymUse:
        size = end - start
        if any(e.label_ in _LONGER and e.start <= start and end <= e.end and len(e) > size for e in tree.entities(doc)):
            return ToponymUse.EMBEDDED
        return ToponymUse.METONYM if _acts(doc[end - 1]) else ToponymUse.LOCATION

    def _prefer(self, doc: Doc, start: int, end: int) -> str | None:
        """Return the kind of place that the word beside a name asks for: "Idlib province", "the town of Binnish"."""
        kinds = features(self.places.language.code)
        after = kinds.get(doc[end].lower_) if end < len(doc) and not doc[end].is_title else None
        of = start > 1 and doc[start - 1].lower_ in self.places.language.prepositions["of"]
        before = kinds.get(doc[start - 2].lower_) if of else None
        kind = after or before
        return kind if kind in _HINTS else None


def _lies_in(doc: Doc, one: Found, outer: Found, words: Relations) -> bool:
    """Tell that a name says what the one before it lies in; the next of a list does not."""
    between = doc[one.end : outer.start]
    if not 0 < len(between) <= _APART or any(t.lower_ not in words.within for t in between):
        return False
    after = doc[outer.end].lower_ if outer.end < len(doc) else ""
    listed = doc[outer.end - 1].dep_ == "conj" or after in words.lists
    return between.text not in {",", "،"} or not listed


def _is_site(doc: Doc, start: int, end: int) -> bool:
    """Tell the whole of a name that the parser takes for that of a building, a bridge and the like."""
    return any(e.label_ == "FAC" and (e.start, e.end) in {(start, end), (start - 1, end)} for e in tree.entities(doc))


def _written(text: str) -> str:
    """Return a name as it is written where it does not stand in capitals."""
    return text.title() if text.isupper() and len(text) > _ACRONYM and "." not in text else text


def _acts(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.pos_ in {"VERB", "AUX"}
