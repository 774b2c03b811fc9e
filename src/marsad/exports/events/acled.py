"""Events in columns of the shape of ACLED's, each with who says so and who denies it; none of them is ACLED's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad.exports.events.cast import Cast
from marsad.exports.events.coding import coded
from marsad.exports.events.figures import NOBODY_SAYS, dead_by_proposition
from marsad.exports.events.rows import AFFIRMED, OURS, PREFIX, UNDATED, hashtags, joined, ours, quoted, telling
from marsad.exports.events.where import (
    country_of,
    day_codes,
    first_division_of,
    location_of,
    place_codes,
    region_of,
    second_division_of,
    span_of,
)
from marsad.exports.spreadsheets import csv_rows

if TYPE_CHECKING:
    from marsad.exports.account import Account
    from marsad.exports.events.coding import Coded
    from marsad.exports.events.figures import Dead
    from marsad.exports.holdings import Holdings, Matter
    from marsad.exports.sinks import Sink

SHAPE = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
COLUMNS = (*SHAPE, *OURS)


def write_acled(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write one row a proposition that is an event there, whatever its verdict, in order of ids."""
    cast, dead = Cast(holdings.theatre), dead_by_proposition(holdings.picture())
    beneath = hashtags(holdings, "acled", COLUMNS)
    with sink.file("events.csv") as stream, csv_rows(stream, COLUMNS, beneath=beneath) as put:
        for matter in holdings.matters():
            proposition = matter.proposition
            event = coded(proposition, cast)
            if event is None:
                account.left_out(proposition.id, f"these columns have no event of type '{proposition.event}'")
            elif span_of(proposition.interval) is None:
                account.left_out(proposition.id, UNDATED)
            else:
                figures = dead.get(proposition.id, NOBODY_SAYS)
                row = ours((matter,), figures, holdings)
                put(row | _event(matter, event, cast) | _where(matter) | _told(matter, row, figures, holdings))
                account.wrote("events")


def _event(matter: Matter, event: Coded, cast: Cast) -> dict[str, Any]:
    """Return what happened, when and between whom."""
    interval = matter.proposition.interval
    span, codes = span_of(interval), day_codes(interval)
    told, named = (word.claim.agent for word in telling(matter)), {event.actor1, event.actor2, None}
    agents = joined(one for one in told if one not in named)
    return {
        "event_id_cnty": f"{PREFIX}{matter.proposition.id}",
        "event_date": span[0].isoformat() if span else None,
        "year": span[0].year if span else None,
        "time_precision": codes.acled if codes else None,
        "disorder_type": event.kind.disorder,
        "event_type": event.kind.type,
        "sub_event_type": event.sub_event,
        "actor1": event.actor1,
        "assoc_actor_1": None if event.leaves else agents,
        "inter1": event.class1,
        "actor2": event.actor2,
        "assoc_actor_2": agents if event.leaves else None,
        "inter2": event.class2,
        "interaction": event.interaction,
        "civilian_targeting": "Civilian targeting" if event.on_civilians else None,
        "side1": cast.side(event.actor1),
        "side2": cast.side(event.actor2),
    }


def _where(matter: Matter) -> dict[str, Any]:
    place = matter.proposition.place
    country, region, codes = (
        country_of(place),
        region_of(place),
        place_codes(place, (word.claim.extent for word in telling(matter))),
    )
    return {
        "iso": country.numeric if country else None,
        "region": region.name if region else None,
        "country": country.name if country else None,
        "admin1": first_division_of(place),
        "admin2": second_division_of(place),
        "location": location_of(place),
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": codes.acled if codes else None,
    }


def _told(matter: Matter, row: dict[str, Any], dead: Dead, holdings: Holdings) -> dict[str, Any]:
    """Return who told it, in which words, and the number of dead where one stands."""
    said = [word.report.said for word in matter.words if word.report.said is not None]
    return {
        "source": joined(word.report.publisher for word in matter.words if word.report.publisher),
        "notes": quoted((matter,), holdings.zone),
        "fatalities": dead.only if row["claim_status"] == AFFIRMED else None,
        "tags": f"claim status: {row['claim_status']}; grade: {row['grade']}; coded by Marsad",
        "timestamp": int(max(said).timestamp()) if said else None,
    }
