"""Every name of a place in a report: where something is, who is meant by it, or part of another name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.gazetteer import Name, features
from marsad.reading.places import PlaceReader, place_at
from marsad.records import ToponymUse
from marsad.vocabulary import load_divisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading.names import NamedActor

# The longest name that is looked for, in tokens; the longest that is an acronym, in letters.
_LONGEST, _ACRONYM = 6, 3
# How widely a place must be known for its name to be one wherever it stands.
RENOWNED = 0.6
_AREAS = frozenset({"country", "admin1", "region"})
_LONGER = frozenset({"ORG", "PERSON", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC", "NORP"})
_HINTS = frozenset({"admin1", "city", "region"})
# What stands between the name of a place and that of what it lies in: "Salem, Oregon", "Qamhana in Hama province".
_LIES = frozenset({",", "in", "of", "the", "(", "'s", "’s"})


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `[start, end)` of a sentence that name a place; `name` is what to look up, `prefer` the kind told beside it."""

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
        for one, outer in zip(found, found[1:], strict=False):
            if 0 < outer.start - one.end <= len(_LIES) and all(t.lower_ in _LIES for t in doc[one.end : outer.start]):
                self._within[one.name, one.prefer][outer.name] = None
        return found

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
                if mention.place.feature != "route":
                    yield self._trimmed(doc, mention.start, mention.end)
                index = mention.end
                continue
            end = self._known_end(doc, index)
            if end is not None:
                yield index, end
            index = end or index + 1

    def _trimmed(self, doc: Doc, start: int, end: int) -> tuple[int, int]:
        """Return a name without the article before it and the lower-case noun of a facility behind it."""
        while end > start + 1 and not self.places.names.is_written(doc[end - 1]):
            end -= 1
        while start < end - 1 and doc[start].lower_ in self.places.language.determiners["articles"]:
            start += 1
        return start, end

    def _known_end(self, doc: Doc, start: int) -> int | None:
        """Return where the longest name that begins at a token and is surely that of a place ends, None without one."""
        if not self.places.names.is_written(doc[start]) or doc[start].lower_ in {"the"}:
            return None
        for end in range(min(len(doc), start + _LONGEST), start, -1):
            if self.places.names.is_written(doc[end - 1]) and self._is_known(doc, start, end):
                return end
        return None

    def _is_known(self, doc: Doc, start: int, end: int) -> bool:
        """Tell a name that the whole world knows, or one that stands for a place elsewhere in the report."""
        text, names = doc[start:end].text, self.places.names
        if text in load_divisions():
            return self._is_division(doc, start, end)
        if text.lower().rstrip(".") in names.language.place["no_names"] or names.is_person(text):
            return False
        if text.casefold() in names.demonyms.names:
            return len(text) > _ACRONYM or text.isupper()
        if end - start == 1 and (doc[start].is_upper or doc[start].pos_ != "PROPN"):
            return False
        if any(e.label_ == "PERSON" and e.start <= start and end <= e.end for e in doc.ents):
            return False
        if names.is_learnt(text):
            return True
        entry = self.places.best(text)
        return entry is not None and (entry.prominence >= RENOWNED or entry.kind in _AREAS)

    def _is_division(self, doc: Doc, start: int, end: int) -> bool:
        """Tell the short name of a division: one with a full stop inside, or one behind a name and a comma."""
        text = doc[start:end].text
        behind = start > 1 and doc[start - 1].text == "," and self.places.names.is_written(doc[start - 2])
        return behind or text.count(".") > 1 or (text.isupper() and len(text) >= _ACRONYM)

    # ---- what a name says -------------------------------------------------------------------------------------------

    def _name(self, doc: Doc, start: int, end: int) -> str:
        text = doc[start:end].text
        short = load_divisions().get(text)
        if short is not None:
            return short[0]
        return text.title() if text.isupper() and len(text) > _ACRONYM else text

    def _use(self, doc: Doc, start: int, end: int) -> ToponymUse:
        size = end - start
        if any(e.label_ in _LONGER and e.start <= start and end <= e.end and len(e) > size for e in doc.ents):
            return ToponymUse.EMBEDDED
        return ToponymUse.METONYM if _acts(doc[end - 1]) else ToponymUse.LOCATION

    def _prefer(self, doc: Doc, start: int, end: int) -> str | None:
        """Return the kind of place that the word beside a name asks for: "Idlib province", "the town of Binnish"."""
        kinds = features()
        after = kinds.get(doc[end].lower_) if end < len(doc) and not doc[end].is_title else None
        before = kinds.get(doc[start - 2].lower_) if start > 1 and doc[start - 1].lower_ == "of" else None
        kind = after or before
        return kind if kind in _HINTS else None


def _acts(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.pos_ in {"VERB", "AUX"}
