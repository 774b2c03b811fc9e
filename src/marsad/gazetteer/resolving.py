"""Which of the places of one name a text means: a score out of renown, theatre, neighbourhood and wording."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import exp
from typing import TYPE_CHECKING, Protocol

from marsad.gazetteer.features import strip_feature
from marsad.gazetteer.names import fold, normalise, skeleton
from marsad.gazetteer.scripts import likeness
from marsad.gazetteer.sphere import kilometres
from marsad.vocabulary import load_demonyms, load_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.gazetteer.entries import Entry
    from marsad.gazetteer.gazetteer import Gazetteer
    from marsad.gazetteer.sphere import Point

# Outside of the theatre a name must be one that the whole world knows; next door, one that the region knows.
WELL_KNOWN = 0.78
KNOWN_NEXT_DOOR = 0.58
KNOWN_NEAR_ANCHOR = 0.3
NEAR_ANCHOR_KM = 150.0
# Without a theatre and without anchors a hamlet of that name is as likely a surname.
KNOWN_ANYWHERE = 0.42
# How alike two spellings of the same consonants must be, 0..100; three consonants or fewer say little, and so does a
# script without vowels.
ALIKE = 80.0
ALIKE_STRICT = 90.0

# How far from the middle of its division a town lies that gave it the name, and how much less known it may be.
_SEAT_KM = 60.0
_SEAT_RENOWN = 0.15
_AREAS = ("admin1", "admin2")

# From where on two places are apart; the lead beyond which there is no doubt; the curve's constant and weights.
_APART_KM = 25.0
_CLEAR_LEAD = 0.25
_CONFIDENCE = (-3.71, 9.6, 4.76)

_KIND_WORTH = {"country": 0.12, "city": 0.08, "region": 0.07, "site": 0.06, "admin1": 0.02, "admin2": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a text tells of where it plays.

    `countries` are alpha-2 codes, nearest first; `anchors` the points of places already resolved, the dateline's first;
    `prefer` is the kind that a feature word beside the name asks for: `city`, `site`, `admin1`, `country` or `region`;
    `within` the folded names of what the text says that the place lies in, divisions or countries. Where the text is
    `local`, its countries are those of a war, beyond which names are ruled out unless the world knows them; where it is
    not, they are but where it mostly plays.
    """

    countries: tuple[str, ...] = ()
    anchors: tuple[Point, ...] = ()
    prefer: str | None = None
    within: tuple[str, ...] = ()
    local: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a name may stand for; `score` in 0..1, with the reasons for it.

    `possible` is False where the context rules the place out; the only reason is then why. `confidence` in 0..1 is how
    likely the best of several is the one that is meant; None for the others.
    """

    entry: Entry
    score: float
    reasons: tuple[str, ...]
    possible: bool = True
    confidence: float | None = None


class Lookup(Protocol):
    """What resolving names asks of a gazetteer: of the file, or of something that answers in its place."""

    def known(self, key: str, countries: tuple[str, ...], /) -> bool:
        """Tell whether a normalised name is that of a place in `countries`, or of one known all over the world."""

    def rank(self, name: str, context: Context) -> tuple[Match, ...]:
        """Return every place that `name` might mean with score and reasons, the best first, those ruled out last."""

    def resolve(self, name: str, context: Context) -> Match | None:
        """Return the place that `name` most likely means in this context, None where nothing fits well enough."""


def rank(gazetteer: Gazetteer, name: str, context: Context) -> tuple[Match, ...]:
    """Return every place that `name` might mean, the best first, and last those that the context rules out.

    Other spellings are looked for in the context's countries, and only where no place of that very name is possible.
    """
    if fold(name) in _peoples():
        return ()
    bare, kind = strip_feature(name)
    context = replace(context, prefer=context.prefer or kind)
    matches = _ranked(gazetteer, name, [(entry, 100.0) for entry in gazetteer.find(name, limit=200)], context)
    if bare and not (matches and matches[0].possible and matches[0].entry.kind == kind == "site"):
        found = [entry for entry in _named(gazetteer, bare, kind) if kind != "region" or _fits(entry, "region")]
        matches = _sorted([*matches, *_ranked(gazetteer, name, [(entry, 100.0) for entry in found], context)], context)
    if kind != "region" and not any(match.possible for match in matches):
        alike = _alike(gazetteer, bare or name, context.countries)
        matches = _sorted([*matches, *_ranked(gazetteer, bare or name, alike, context)], context)
    if matches and matches[0].possible:
        matches[0] = replace(matches[0], confidence=_confidence(matches))
    return tuple(matches)


def _named(gazetteer: Gazetteer, bare: str, kind: str | None) -> list[Entry]:
    """Return the places of a name; a division that is asked for may be known by its seat's name alone.

    Divisions have few names in other scripts, their towns have many: «провинция Идлиб».
    """
    found = list(gazetteer.find(bare, limit=200))
    if kind not in _AREAS or any(entry.kind in _AREAS for entry in found):
        return found
    seats = [(one.country, area) for one in found if one.kind == "city" for area in gazetteer.find(one.name, limit=200)]
    areas = {area.id: area for country, area in seats if area.kind in _AREAS and area.country == country}
    return [*found, *areas.values()]


def _confidence(matches: Sequence[Match]) -> float:
    """Return how likely the first of matches is the place that is meant: by its score and its lead over another place.

    A logistic curve fitted to the towns of GeoVirus (Gritta et al. 2018); figures in docs/gazetteer.md.
    """
    best = matches[0]
    apart = max(_APART_KM, best.entry.radius_km)
    rival = next((m for m in matches[1:] if m.possible and kilometres(m.entry.point, best.entry.point) > apart), None)
    lead = min(max(0.0, best.score - (rival.score if rival else 0.0)), _CLEAR_LEAD)
    return round(1 / (1 + exp(-(_CONFIDENCE[0] + _CONFIDENCE[1] * lead + _CONFIDENCE[2] * best.score))), 3)


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives and the people of countries, folded: words for whose something is, not for where."""
    english = load_demonyms().countries.values()
    words = {word for one in english for word in (*one.adjectives, *one.people)}
    names = {name for one in english for name in one.names}
    for one in map(load_demonyms, load_languages()):
        words.update(one.adjectives, one.people)
        names.update(one.names)
    return frozenset(map(fold, words)) - frozenset(map(fold, names))


def _fits(entry: Entry, kind: str) -> bool:
    """Tell whether an entry is of the kind asked for; divisions and regions go by each other's feature words.

    A town stands for the sites that are named after it.
    """
    areas = ("admin1", "admin2", "region")
    return entry.kind == kind or (entry.kind in areas and kind in areas) or (entry.kind == "city" and kind == "site")


def _alike(gazetteer: Gazetteer, name: str, countries: Sequence[str]) -> list[tuple[Entry, float]]:
    key = normalise(name)
    short = len(skeleton(key)) <= 3
    found: dict[int, float] = {}
    for number, other in gazetteer.sounding(name, countries):
        alike = likeness(key, other)
        if alike > (ALIKE if not short and other.isascii() else ALIKE_STRICT):
            found[number] = max(alike, found.get(number, 0.0))
    return [(gazetteer.place(number), alike) for number, alike in found.items()]


def _ranked(gazetteer: Gazetteer, name: str, found: list[tuple[Entry, float]], context: Context) -> list[Match]:
    plain = fold(name)
    return _sorted([_judge(gazetteer, plain, entry, alike, context) for entry, alike in found], context)


def _sorted(matches: list[Match], context: Context) -> list[Match]:
    def order(match: Match) -> tuple[bool, float, int, str]:
        return match.possible, match.score, match.entry.population, match.entry.id

    ordered = sorted(matches, key=order, reverse=True)
    return ordered if context.prefer in _AREAS else _settlements_first(ordered)


def _settlements_first(matches: list[Match]) -> list[Match]:
    """Put a town before the division that is named after it, unless the text asks for the division."""
    best = matches[0] if matches else None
    if best is None or not best.possible or best.entry.kind not in _AREAS:
        return matches
    for match in matches[1:]:
        one, area = match.entry, best.entry
        inside = one.country == area.country and kilometres(one.point, area.point) <= max(area.radius_km, _SEAT_KM)
        if match.possible and one.kind == "city" and inside and one.prominence >= area.prominence - _SEAT_RENOWN:
            return [match, *(other for other in matches if other is not match)]
    return matches


def _judge(gazetteer: Gazetteer, plain: str, entry: Entry, alike: float, context: Context) -> Match:
    """Return the match of one entry with its score."""
    inside = next((i for i, code in enumerate(context.countries) if code in entry.countries), None)
    distance = min((kilometres(entry.point, anchor) for anchor in context.anchors), default=None)
    if not _plausible(gazetteer, entry, context, inside is not None, distance):
        return Match(entry, 0.0, (_too_little_known(entry, context),), possible=False)
    score, reasons = (
        0.1 + (0.3 if context.local else 0.5) * entry.prominence + _KIND_WORTH[entry.kind],
        [f"{entry.kind} of renown {entry.prominence:.2f}"],
    )
    if inside is not None:
        score += 0.2 - 0.02 * min(inside, 5)
        reasons.append(f"in the theatre's country {context.countries[inside]}")
    elif context.countries:
        score -= 0.1 if context.local else 0.0
        reasons.append("outside of the theatre's countries")
    if distance is not None:
        score += 0.12 * exp(-max(0.0, distance - entry.radius_km) / 150.0)
        reasons.append(f"{distance:.0f} km from the nearest place of the text")
    if context.prefer:
        fits = _fits(entry, context.prefer)
        score += 0.15 if fits else -0.1
        reasons.append(f"the text speaks of a {context.prefer}" + ("" if fits else ", which this is not"))
    if context.within and (outer := _outer(gazetteer, entry, context.within)) is not None:
        score += 0.3
        reasons.append(f"in {outer}, as the text says")
    if fold(entry.name) == plain:
        score += 0.05
        reasons.append("its main name")
    if alike < 100:
        score -= 0.01 * (100 - alike)
        reasons.append(f"spelt alike ({alike:.0f} of 100)")
    return Match(entry, round(min(1.0, max(0.0, score)), 3), tuple(reasons))


def _plausible(gazetteer: Gazetteer, entry: Entry, context: Context, inside: bool, distance: float | None) -> bool:
    """Tell whether a place may be meant at all, so far from the theatre and so little known as it is."""
    if inside or entry.prominence >= WELL_KNOWN or _outer(gazetteer, entry, context.within) is not None:
        return True
    if distance is not None and distance <= NEAR_ANCHOR_KM and entry.prominence >= KNOWN_NEAR_ANCHOR:
        return True
    if not (context.countries and context.local):
        return entry.prominence >= KNOWN_ANYWHERE
    next_door = any(gazetteer.borders(code, context.countries) for code in entry.countries)
    return next_door and entry.prominence >= KNOWN_NEXT_DOOR


def _outer(gazetteer: Gazetteer, entry: Entry, within: Sequence[str]) -> str | None:
    """Return which of some folded names is that of the entry's division or country, None where none is."""
    outer = [entry.admin or "", *(gazetteer.countries()[code] for code in entry.countries)] if within else []
    return next((name for name in outer if fold(name) in within), None)


def _too_little_known(entry: Entry, context: Context) -> str:
    if not context.countries:
        return f"renown {entry.prominence:.2f} is too little for a place of no named country"
    return f"renown {entry.prominence:.2f} is too little for a place outside of the theatre's countries"
