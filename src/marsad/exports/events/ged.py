"""Deaths in columns of the shape of UCDP's georeferenced events, a dyad a row; none of them is UCDP's data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.exports.events.cast import CIVILIANS, Cast
from marsad.exports.events.figures import NOBODY_SAYS, Dead, dead_of
from marsad.exports.events.rows import (
    AFFIRMED,
    OURS,
    PREFIX,
    UNDATED,
    hashtags,
    joined,
    ours,
    standing_of,
    telling,
    words_of,
)
from marsad.exports.events.where import (
    country_of,
    day_codes,
    first_division_of,
    grid_cell,
    location_of,
    place_codes,
    region_of,
    second_division_of,
    span_of,
)
from marsad.exports.spreadsheets import csv_rows
from marsad.outputs import every_toll
from marsad.vocabulary import load_acled_shape, load_events, load_ged_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings, Matter
    from marsad.exports.sinks import Sink
    from marsad.records import Place
    from marsad.vocabulary import Codes

SHAPE = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
COLUMNS = (*SHAPE, *OURS)
_NO_FIGURE = "nobody gives a number of dead"
_NO_DEAD = "nobody died by any account"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deaths:
    """The propositions that tell of one matter's dead, in whatever numbers, and those numbers."""

    matters: tuple[Matter, ...]
    dead: Dead

    @property
    def name(self) -> str:
        """The id of the first proposition."""
        return self.matters[0].proposition.id

    @property
    def place(self) -> Place | None:
        """The first place that is told."""
        return next((one.proposition.place for one in self.matters if one.proposition.place), None)

    @property
    def place_codes(self) -> Codes | None:
        """How finely the place is known."""
        return place_codes(self.place, (word.claim.extent for one in self.matters for word in telling(one)))


def write_ged(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write one row for each matter of which somebody gives a number of dead, in order of ids."""
    cast = Cast(holdings.theatre)
    beneath = hashtags(holdings, "ged", COLUMNS)
    with sink.file("deaths.csv") as stream, csv_rows(stream, COLUMNS, beneath=beneath) as put:
        for one in sorted(_deaths(holdings), key=lambda deaths: deaths.name):
            if reason := _why_not(one):
                account.left_out(one.name, reason)
                continue
            parts = (_conflict(one, cast, holdings), _sources(one, holdings), _where(one), _when(one))
            row = ours(one.matters, one.dead, holdings)
            for part in parts:
                row |= part
            put(row)
            account.wrote("events with dead")


def _deaths(holdings: Holdings) -> Iterator[_Deaths]:
    """Yield the matters that were asked for, those together that tell of one thing in different numbers."""
    matters = {one.proposition.id: one for one in holdings.matters()}
    for toll in every_toll(holdings.picture()):
        together = tuple(matters.pop(name) for name in toll.propositions if name in matters)
        if together:
            yield _Deaths(matters=together, dead=dead_of(toll))
    for one in matters.values():
        yield _Deaths(matters=(one,), dead=NOBODY_SAYS)


def _why_not(deaths: _Deaths) -> str | None:
    if not deaths.dead.voices:
        return _NO_FIGURE
    if deaths.dead.high == 0:
        return _NO_DEAD
    return UNDATED if span_of(deaths.matters[0].proposition.interval) is None else None


def _conflict(deaths: _Deaths, cast: Cast, holdings: Holdings) -> dict[str, Any]:
    """Return the sides, the type of violence between them and whose dead they were."""
    shape, proposition = load_ged_shape(), deaths.matters[0].proposition
    agent = next((one.proposition.agent for one in deaths.matters if one.proposition.agent), None)
    beside = load_acled_shape().events.get(proposition.event)
    target = proposition.target or (beside.target if beside is not None else None)
    sides, kinds = (agent, target), (cast.kind(agent), cast.kind(target))
    if kinds not in shape.violence and kinds[::-1] in shape.violence:
        sides, kinds = sides[::-1], kinds[::-1]
    names = [shape.civilians if cast.kind(one) == CIVILIANS else one for one in sides]
    return {
        "id": f"{PREFIX}{deaths.name}",
        "type_of_violence": shape.violence.get(kinds),
        "conflict_name": holdings.theatre.name if holdings.theatre is not None else None,
        "dyad_name": " - ".join(name for name in names if name) if all(names) else None,
        "side_a": names[0],
        "side_b": names[1],
        "side1": cast.side(sides[0]),
        "side2": cast.side(sides[1]),
        **_numbers(deaths, sides, target, cast, holdings),
    }


def _numbers(
    deaths: _Deaths, sides: Sequence[str | None], target: str | None, cast: Cast, holdings: Holdings
) -> dict[str, Any]:
    """Return the range over all sources, and single numbers only where one stands."""
    stands = standing_of(deaths.matters, holdings.about.rules) == AFFIRMED
    only = deaths.dead.only if stands else None
    told = target if load_events()[deaths.matters[0].proposition.event].harms == "target" else None
    if cast.kind(told) == CIVILIANS:
        whose = "deaths_civilians"
    elif told is None:
        whose = "deaths_unknown"
    else:
        whose = "deaths_a" if told == sides[0] else "deaths_b"
    return {
        whose: only,
        "best": deaths.dead.borne_out if stands else None,
        "high": deaths.dead.high,
        "low": deaths.dead.low,
    }


def _sources(deaths: _Deaths, holdings: Holdings) -> dict[str, Any]:
    words = [word for word in words_of(deaths.matters) if not word.denies]
    reports = list({word.report.id: word.report for word in words}.values())
    days = {one.id: f"{one.said.astimezone(holdings.zone):%Y-%m-%d}" if one.said else "" for one in reports}
    voices = [voice for one in deaths.matters for voice in one.assessment.voices_for]
    return {
        "number_of_sources": len({voice.name for voice in voices}),
        "source_article": joined(f'"{one.publisher or ""},{days[one.id]},{one.title}"' for one in reports),
        "source_office": joined(one.publisher for one in reports if one.publisher),
        "source_date": joined(day for day in days.values() if day),
        "source_headline": joined(one.title for one in reports if one.title),
        "source_original": joined(source for voice in voices for source in voice.sources),
    }


def _where(deaths: _Deaths) -> dict[str, Any]:
    place, codes = deaths.place, deaths.place_codes
    country, region = country_of(place), region_of(place)
    row = {
        "where_prec": codes.ged if codes else None,
        "where_coordinates": location_of(place),
        "where_description": " ".join(part for part in (place.words, place.name) if part) if place else None,
        "adm_1": first_division_of(place),
        "adm_2": second_division_of(place),
        "country": country.name if country else None,
        "region": region.ged if region else None,
    }
    if place is None or place.lat is None or place.lon is None:
        return row
    return row | {
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": grid_cell(place.lat, place.lon),
    }


def _when(deaths: _Deaths) -> dict[str, Any]:
    shape, interval = load_ged_shape(), deaths.matters[0].proposition.interval
    span, days, where = span_of(interval), day_codes(interval), deaths.place_codes
    clear = days is not None and days.ged <= shape.clear_days and where is not None and where.ged <= shape.clear_place
    return {
        "year": span[0].year if span else None,
        "date_prec": days.ged if days else None,
        "date_start": interval.start.isoformat() if interval.start else None,
        "date_end": interval.end.isoformat() if interval.end else None,
        "event_clarity": 1 if clear else 2,
    }
