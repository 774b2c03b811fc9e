"""Where an event was, and how much of the place it concerns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.places import WIDE_KM, PlaceReader, place_at
from marsad.records import Certainty, Extent, Place
from marsad.vocabulary import load_events, with_trait

if TYPE_CHECKING:
    from spacy.tokens import Token

    from marsad.reading._mentions import EventMention
    from marsad.reading._scene import Scene
    from marsad.reading.actors import ActorReader
    from marsad.reading.attribution import Cue
    from marsad.reading.places import PlaceMention
    from marsad.vocabulary.language import Language

# A sea or a continent is not where an event was.
TOO_WIDE_KM = 400
# How far before a place's name the words stand that say how much of it is meant, and the one that says "near" it.
_EXTENT_WORDS, _NEAR_WORDS = 5, 2
# How far a name of who speaks reaches beyond its head; how far apart a place, the unit that measures it from another,
# and that other may stand.
_NAME_WORDS, _MEASURE_WORDS, _MEASURED_WORDS = 8, 9, 5
_ELSEWHERE, _WHOLE = with_trait("elsewhere"), with_trait("whole")
_NEAR = with_trait("near")
_ROUTES = frozenset(name for name, one in load_events().items() if one.family == "routes")

Where = tuple[Place | None, Extent]


@dataclass
class Locator:
    """Places the events of one report; remembers where the last one was."""

    language: Language
    actors: ActorReader
    places: PlaceReader
    _last: Place | None = None
    _paragraph: int = -1
    _so_far: set[str] = field(default_factory=set)

    def where(self, scene: Scene, event: EventMention, cue: Cue | None, sure: Certainty) -> tuple[Where, ...]:
        """Return where an event was, by its roles, else the nearest place, else the last event's; one at least."""
        if scene.sentence.paragraph != self._paragraph:
            self._paragraph, self._so_far = scene.sentence.paragraph, set()
        self._so_far |= {one.place.name for one in scene.places}
        named = [places for index in event.places if (places := self._at(scene, index, event))]
        # "On Route 9 near the village": a road is where only roads are the matter, or nothing else is named.
        off_road = [places for places in named if places[0][0] is not None and places[0][0].feature != "route"]
        fitting = named if event.event in _ROUTES else off_road or named
        found = fitting[0] if fitting else self._nearest(scene, event, cue)
        if not found:
            found = ((self._last if self._inherits(scene, event, sure) else None, Extent.UNKNOWN),)
        if found[0][0] is not None:
            self._last = found[0][0]
        return found

    def _inherits(self, scene: Scene, event: EventMention, sure: Certainty) -> bool:
        """Tell whether an event without a place was where the last was, for some types only if there is no other."""
        if self._last is None or sure is Certainty.PLANNED:
            return False
        if event.event not in _ELSEWHERE:
            return self._last.feature != "route"
        summed = any(token.lower_ in self.language.place["sums"] for token in scene.doc)
        return event.event in _NEAR and len(self._so_far) == 1 and self._last.name in self._so_far and not summed

    # ---- candidates -----------------------------------------------------------------------------------------------

    def _at(self, scene: Scene, index: int, event: EventMention) -> tuple[Where, ...]:
        """Return the places that a noun names, has in its phrase, or stands for."""
        mention = place_at(scene.places, index)
        if mention is not None:
            return self._named(scene, mention, event)
        token = scene.doc[index]
        for child in token.children:
            inner = place_at(scene.places, child.i)
            if inner is None or child.dep_ not in {"compound", "poss", "nmod", "amod", "appos", "pobj"}:
                continue
            if child.dep_ != "poss" or inner.place.feature != "country":
                return ((_spot(scene, inner, event), self._extent(scene, index, event)),)
        place = self.places.definite(token) if self._is_definite(token) else None
        return ((place, self._extent(scene, index, event)),) if place is not None else ()

    def _named(self, scene: Scene, mention: PlaceMention, event: EventMention) -> tuple[Where, ...]:
        """Return a named place with those that are coordinated with it."""
        if (mention.place.radius_km or 0) > TOO_WIDE_KM:
            return ()
        joined = (place_at(scene.places, token.i) for token in tree.conjuncts(scene.doc[mention.head]))
        found = dict.fromkeys(
            (_spot(scene, one, event), self._extent(scene, one.head, event)) for one in joined if one is not None
        )
        return tuple(found) or ((_spot(scene, mention, event), self._extent(scene, mention.head, event)),)

    def _is_definite(self, token: Token) -> bool:
        """Tell a word that stands for a place named before: "there", "the city"."""
        if tree.lemma(token) in self.language.place["none"] or any(True for _ in tree.prepositions(token)):
            return False
        if token.lower_ in self.language.small["here"]:
            return True
        definite = tree.child(token, "poss") is not None or tree.is_definite(token)
        definite = definite or tree.has_child(token, {"det"}, self.language.determiners["definite"])
        return definite and bool(self.actors.classes(token) & {"place", "facility"})

    def _nearest(self, scene: Scene, event: EventMention, cue: Cue | None) -> tuple[Where, ...]:
        """Return the place in the sentence that is nearest to the event and no part of a name or of a distance."""
        fitting = [
            one
            for one in scene.places
            if one.place.feature != "country"
            and (one.place.radius_km or 0) < WIDE_KM
            and not self._is_landmark(scene, one)
            and not (cue is not None and _is_in_source(scene, one, cue))
        ]
        if not fitting:
            return ()
        nearest = min(fitting, key=lambda one: (abs(one.head - event.trigger), one.head))
        return ((_spot(scene, nearest, event), self._extent(scene, nearest.head, event)),)

    def _is_landmark(self, scene: Scene, mention: PlaceMention) -> bool:
        """Tell a place that only says where another is: "Damascus, about 140 kilometres south of Homs"."""
        before = scene.doc[max(0, mention.start - _MEASURE_WORDS) : mention.start]
        unit = next((token.i for token in before if token.lower_ in self.language.place["units"]), None)
        if unit is None:
            return False
        measured = [one.end for one in scene.places if one.end <= unit <= one.end + _MEASURED_WORDS]
        return any(scene.doc[end].text in {",", "،", "("} for end in measured)

    # ---- extent ---------------------------------------------------------------------------------------------------

    def _extent(self, scene: Scene, index: int, event: EventMention) -> Extent:
        """Return how much of the place at a token the event concerns, by the words around it, else by its type."""
        if event.event in _ROUTES:
            return Extent.ROUTE
        doc, first = scene.doc, scene.doc[index].left_edge.i
        words = [tree.lemma(t) for t in doc[max(0, first - _EXTENT_WORDS) : index] if t.i > event.trigger]
        words += [tree.lemma(token) for token in doc[index + 1 : index + 2]]
        for name in (Extent.OUTSKIRTS, Extent.NEAR, Extent.PART):
            if any(word in self.language.extent[name] for word in words):
                return name
        before = {token.lower_ for token in doc[max(0, first - _NEAR_WORDS) : index]}
        if event.event == "advance" or (event.event != "encircle" and before & self.language.prepositions["near"]):
            return Extent.NEAR
        if event.event in _WHOLE:
            return Extent.WHOLE
        return Extent.PART if before & self.language.prepositions["inside"] else Extent.UNKNOWN


def _spot(scene: Scene, mention: PlaceMention, event: EventMention) -> Place:
    """Return where at a named place the event was: beside it where the words say so, else at the place itself.

    A road is cut wherever it leads, and "15 km south of X, which fell" says of X itself that it fell.
    """
    token = scene.doc[event.trigger]
    about = any(one.dep_ == "relcl" and mention.start <= one.head.i < mention.end for one in (token, *token.ancestors))
    return mention.place if about or event.event in _ROUTES else mention.where


def _is_in_source(scene: Scene, mention: PlaceMention, cue: Cue) -> bool:
    """Tell that a place belongs to the name of who speaks: "the ministry in Damascus said"."""
    heads = (scene.doc[index] for index in cue.sources)
    return any(h.left_edge.i <= mention.head <= min(h.right_edge.i, h.i + _NAME_WORDS - 1) for h in heads)
