"""Events as PLOVER's records, a line of JSON each; what it cannot hold, denials and plans among them, is told of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from marsad.exports.events.cast import Cast
from marsad.exports.events.figures import NOBODY_SAYS, dead_by_proposition
from marsad.exports.events.rows import DENIED, PREFIX, UNDATED, ours, standing, telling, words_in
from marsad.exports.events.where import country_of, first_division_of, place_codes, second_division_of, span_of
from marsad.gazetteer import country_codes
from marsad.linking import REAL
from marsad.outputs import passage_of
from marsad.vocabulary import load_events, load_plover_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.exports.account import Account
    from marsad.exports.events.figures import Dead
    from marsad.exports.holdings import Holdings, Matter, Word
    from marsad.exports.sinks import Sink
    from marsad.records import Place, Proposition

_DENIAL = "a denial: PLOVER has events alone"
_UNREAL = "planned or conditional: PLOVER has what happened"
_NO_ACTOR = "nobody is named who did it, which PLOVER asks for"
_DENIED = "denied, with nobody left who says it"
_GEONAMES = "geonames:"
_RESOLUTIONS = {1: "city", 2: "vicinity", 3: "district", 4: "province", 5: "region", 6: "country", 7: "sea"}


def write_plover(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write one record a proposition that PLOVER can hold, in order of ids, disputed ones with what disputes them."""
    cast, dead = Cast(holdings.theatre), dead_by_proposition(holdings.picture())
    with sink.file("events.jsonl") as stream:
        for matter in holdings.matters():
            for word in matter.words:
                if word.denies:
                    account.left_out(word.claim.id, _DENIAL)
            if reason := _why_not(matter, holdings):
                account.left_out(matter.proposition.id, reason)
                continue
            record = _record(matter, cast, dead.get(matter.proposition.id, NOBODY_SAYS), holdings)
            stream.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            account.wrote("events")
    asked = holdings.asked()
    for claim in holdings.picture().claims:
        if claim.certainty not in REAL and (asked is None or claim.id in asked):
            account.left_out(claim.id, _UNREAL)


def _why_not(matter: Matter, holdings: Holdings) -> str | None:
    proposition = matter.proposition
    if not load_events()[proposition.event].plover:
        return f"PLOVER has no event of type '{proposition.event}'"
    if standing(matter.assessment, holdings.about.rules) == DENIED:
        return _DENIED
    if proposition.agent is None:
        return _NO_ACTOR
    return UNDATED if span_of(proposition.interval) is None else None


def _record(matter: Matter, cast: Cast, dead: Dead, holdings: Holdings) -> dict[str, Any]:
    proposition, shape = matter.proposition, load_plover_shape()
    event = load_events()[proposition.event]
    kind, _, mode = event.plover.partition("/")
    span = span_of(proposition.interval)
    two_sided = proposition.event in shape.two_sided
    said = telling(matter)
    status = ours((matter,), dead, holdings)
    return {
        "id": f"{PREFIX}{proposition.id}",
        "date": span[0].isoformat() if span else None,
        "enddate": span[1].isoformat() if span and span[1] else None,
        "actor": _parties([proposition.agent, proposition.target if two_sided else None], proposition, cast),
        "recipient": _parties([None if two_sided else proposition.target], proposition, cast),
        "event": [kind],
        "mode": [mode] if mode else [],
        "context": [shape.contexts[trait] for trait in sorted(event.traits) if trait in shape.contexts],
        "quad_code": shape.types[kind].quad,
        "event_loc": _location(proposition.place, said),
        "event_text": [words_in(word) for word in said],
        "text_info": [_passage(word) for word in said],
        "cite_info": [_citation(word, holdings) for word in said],
        "coder": f"Marsad {holdings.about.row()['marsad']}",
        "coded_date": None,
        "comment": f"{status['claim_status']} ({status['grade']}); said by {status['claimants_for']}"
        + (f"; denied by {status['claimants_against']}" if status["claimants_against"] else ""),
        "marsad": status,
    }


def _parties(names: Iterable[str | None], proposition: Proposition, cast: Cast) -> list[dict[str, Any]]:
    armed = "armed" in load_events()[proposition.event].traits
    country = proposition.place.country if proposition.place is not None else None
    return [
        {
            "code": _code(name, cast),
            "sector": cast.plover_sector(name, country, armed=armed),
            "entity_text": name,
            "identifier_id": "",
            "identifier_text": name,
        }
        for name in names
        if name is not None
    ]


def _code(name: str, cast: Cast) -> str:
    """Return what the party is a part of: its only country (alpha-3), or the kind of a body of no country."""
    codes = load_plover_shape().codes
    if cast.kind(name) in codes:
        return codes[cast.kind(name)]
    told = cast.countries(name)
    found = country_codes().get(next(iter(told))) if len(told) == 1 else None
    return found.alpha3 if found is not None else ""


def _location(place: Place | None, said: Iterable[Word]) -> dict[str, Any]:
    if place is None:
        return {}
    codes, country = place_codes(place, (word.claim.extent for word in said)), country_of(place)
    number = place.gazetteer_id or ""
    return {
        "extracted_place": place.name,
        "resolved_place": place.canonical,
        "geonameid": int(number.removeprefix(_GEONAMES)) if number.startswith(_GEONAMES) else None,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.canonical if codes is not None and codes.ged <= 2 else None,
        "district": second_division_of(place) or None,
        "province": first_division_of(place) or None,
        "country": country.name if country else None,
        "country_code": country.alpha3 if country else None,
        "feature_class": None,
        "feature_code": None,
        "resolution": _RESOLUTIONS[codes.ged] if codes else None,
    }


def _passage(word: Word) -> dict[str, Any]:
    """Return where the words stand in the report's text, in code points, the end exclusive."""
    where = passage_of(word.claim, word.report)
    return {"sequence": None, "start": where.start, "end": where.end, "report": word.report.id, "claim": word.claim.id}


def _citation(word: Word, holdings: Holdings) -> dict[str, Any]:
    about = holdings.about.row()
    return {
        "corpus": holdings.theatre.name if holdings.theatre is not None else None,
        "citation": word.report.id,
        "url": word.report.url,
        "title": word.report.title,
        "language": word.report.language,
        "publication": word.report.publisher,
        "license": about["licence"],
        "codebook": load_plover_shape().codebook,
        "version": about["marsad"],
    }
