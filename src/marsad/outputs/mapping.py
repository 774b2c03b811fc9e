"""Places for a map: where each lies, who holds it by each account from when to when, and the likeliest holder."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.outputs.tables import control_rows
from marsad.records import ControlStatus
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from marsad.outputs.picture import Picture
    from marsad.records import ControlState, Nowcast, Place

_STANDING = frozenset({ControlStatus.HELD, ControlStatus.CLAIMED})
_OF_PLACE = frozenset({"place", "gazetteer_id", "lat", "lon", "country", "according_to", "side"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOfTown:
    """What one account said of a place, spell by spell in order of time."""

    name: str
    side: str | None
    spells: tuple[ControlState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTown:
    """A place on a map. `disputed`: a proposition on it is; `contested`: accounts differ on who stands there now.

    `claims` counts the claims about it; `nowcast` is None where nothing tells who may hold it.
    """

    place: Place
    accounts: tuple[AccountOfTown, ...]
    nowcast: Nowcast | None
    disputed: bool
    contested: bool
    claims: int


def map_towns(picture: Picture, states: Iterable[ControlState], nowcasts: Iterable[Nowcast]) -> tuple[MapTown, ...]:
    """Return the places of some spells of the picture by name, each account's spells together."""
    sites = picture.sites
    rows: dict[str, dict[tuple[str, str | None], list[ControlState]]] = defaultdict(lambda: defaultdict(list))
    places: dict[str, Place] = {}
    for state in states:
        site = sites.site(state.place) or ""
        places.setdefault(site, state.place)
        rows[site][state.according_to, state.side].append(state)
    likely = {sites.site(one.place): one for one in nowcasts}
    disputed = {sites.site(one.place) for one in picture.disputes if one.open and one.place}
    told = Counter(sites.site(claim.place) for claim in picture.claims if claim.place)
    found = [
        MapTown(
            place=places[site],
            accounts=tuple(AccountOfTown(name=key[0], side=key[1], spells=tuple(some)) for key, some in own.items()),
            nowcast=likely.get(site),
            disputed=site in disputed,
            contested=_contested(own),
            claims=told[site],
        )
        for site, own in rows.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.place.name, one.place.gazetteer_id or "")))


def map_town_rows(towns: Iterable[MapTown], zone: ZoneInfo, now: datetime | None) -> Iterator[dict[str, Any]]:
    """Yield a row for each place: its accounts with their spells, which have the columns of `control_rows`."""
    for one in towns:
        yield {
            "place": one.place.name,
            "canonical": one.place.canonical,
            "gazetteer_id": one.place.gazetteer_id,
            "lat": one.place.lat,
            "lon": one.place.lon,
            "country": one.place.country,
            "feature": one.place.feature,
            "accounts": [
                {
                    "according_to": account.name,
                    "side": account.side,
                    "spells": [_spell(row) for row in control_rows(account.spells, zone, now).full],
                }
                for account in one.accounts
            ],
            "nowcast": _likely(one.nowcast) if one.nowcast else None,
            "disputed": one.disputed,
            "contested": one.contested,
            "claims": one.claims,
        }


def _spell(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _OF_PLACE}


def _likely(one: Nowcast) -> dict[str, Any]:
    holder, chance = one.holders[0]
    return {
        "holder": holder,
        "probability": round(chance, 4),
        "on": one.on.isoformat(),
        "last_heard": to_json(one.last_heard),
        "holders": [{"holder": name, "probability": round(value, 4)} for name, value in one.holders],
    }


def _contested(accounts: Mapping[tuple[str, str | None], list[ControlState]]) -> bool:
    running = [state for some in accounts.values() for state in some if state.end is None]
    holders = {state.holder for state in running if state.status in _STANDING}
    return len(holders) > 1 or any(state.status is ControlStatus.CONTESTED for state in running)
