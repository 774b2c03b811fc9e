"""Small wars, and one reader for each, for the tests of reading."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from marsad.reading import Reader, Unread
from marsad.records import Actor, Claim, DatePrecision, Polarity, Report
from marsad.theatre import Side, Theatre

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

SUNDAY = datetime(2024, 12, 1, 19, 0, tzinfo=UTC)
UKRAINIAN, RUSSIAN = "Armed Forces of Ukraine", "Russian Armed Forces"
SAF, RSF = "Sudanese Armed Forces", "Rapid Support Forces"
LEAGUE, GUARD = "River League", "National Guard of Uruguay"


def _theatre(name: str, country: str, sides: list[Side], actors: list[Actor]) -> Theatre:
    return Theatre(
        name=name, countries=(country,), sides={s.name: s for s in sides}, actors={a.name: a for a in actors}
    )


UKRAINE = _theatre(
    "Ukraine",
    "UA",
    [
        Side(
            name="ukraine",
            opposes=("russia",),
            forces=UKRAINIAN,
            government="Government of Ukraine",
            labels={"enemy": RUSSIAN, "occupiers": RUSSIAN, "invaders": RUSSIAN},
        ),
        Side(
            name="russia",
            opposes=("ukraine",),
            forces=RUSSIAN,
            government="Government of Russia",
            labels={"enemy": UKRAINIAN, "militants": UKRAINIAN},
        ),
    ],
    [
        Actor(
            name=UKRAINIAN,
            kind="state",
            side="ukraine",
            aliases=("Ukrainian army", "Ukrainian forces", "Ukrainian troops", "Ukrainian military"),
        ),
        Actor(
            name=RUSSIAN,
            kind="state",
            side="russia",
            aliases=("Russian army", "Russian forces", "Russian troops", "Russian military"),
        ),
        Actor(name="Government of Ukraine", kind="state", side="ukraine", aliases=("Kyiv",)),
        Actor(name="Government of Russia", kind="state", side="russia", aliases=("Kremlin", "Moscow")),
        Actor(name="General Staff of Ukraine", kind="state", side="ukraine", aliases=("General Staff",)),
        Actor(
            name="Russian Ministry of Defence",
            kind="state",
            side="russia",
            aliases=("Russian defence ministry", "Ministry of Defence of Russia"),
        ),
        Actor(name="TASS", kind="media", side="russia"),
        Actor(name="Ukrinform", kind="media", side="ukraine"),
        Actor(name="Institute for the Study of War", kind="monitor", aliases=("ISW",)),
        Actor(name="Oleh Marchenko", kind="person", side="ukraine", speaks_for="General Staff of Ukraine"),
    ],
)
SUDAN = _theatre(
    "Sudan",
    "SD",
    [
        Side(
            name="army", opposes=("rsf",), forces=SAF, government="Government of Sudan", labels={"rebel militia": RSF}
        ),
        Side(name="rsf", opposes=("army",), forces=RSF, labels={"remnants": SAF}),
    ],
    [
        Actor(name=SAF, kind="state", side="army", aliases=("Sudanese army", "SAF", "the army")),
        Actor(name=RSF, kind="armed_group", side="rsf", aliases=("RSF", "paramilitaries", "the paramilitary")),
        Actor(name="Government of Sudan", kind="state", side="army"),
        Actor(name="SUNA", kind="media", side="army"),
        Actor(name="Sudan Doctors Network", kind="ngo", aliases=("doctors network",)),
        Actor(name="Emergency Lawyers", kind="ngo"),
    ],
)
INVENTED = _theatre(
    "Uruguay, 2031",
    "UY",
    [
        Side(name="state", opposes=("league",), forces=GUARD, labels={"bandits": LEAGUE, "terrorists": LEAGUE}),
        Side(name="league", opposes=("state",), forces=LEAGUE, labels={"terrorists": GUARD, "usurpers": GUARD}),
    ],
    [
        Actor(name=GUARD, kind="state", side="state", aliases=("National Guard", "guardsmen")),
        Actor(name=LEAGUE, kind="armed_group", side="league", aliases=("leaguers",)),
        Actor(name="Plata Radio", kind="media", side="state"),
        Actor(name="League Channel", kind="media", side="league"),
        Actor(name="Pampas Monitor", kind="monitor"),
        Actor(name="Inés Baldor", kind="person", side="league", speaks_for=LEAGUE),
    ],
)


def report(text: str, **fields: Any) -> Report:
    """A newspaper's report of Sunday 1 December 2024, unless `fields` say otherwise."""
    plain: dict[str, Any] = {
        "id": "r1",
        "publisher": "The Daily",
        "kind": "newspaper",
        "title": "",
        "text": text,
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "published": SUNDAY,
        "published_precision": DatePrecision.DAY,
        "language": "en",
    }
    return Report(**(plain | fields))


@cache
def reader(gazetteer: Gazetteer, war: str) -> Reader:
    """The one reader of a war for the whole session: `ukraine`, `sudan`, `invented`, or `none` without a theatre."""
    theatres = {"ukraine": UKRAINE, "sudan": SUDAN, "invented": INVENTED, "none": None}
    return Reader(gazetteer, theatres[war], network=None)  # the rules alone


class Readings:
    """Reads texts into claims, as the tests ask for them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, text: str, war: str = "none", **fields: Any) -> tuple[Claim, ...]:
        """Return all claims of a text."""
        claims = reader(self._gazetteer, war).read(report(text, **fields))
        assert not isinstance(claims, Unread), claims
        return claims

    def of(self, event: str, text: str, war: str = "none", **fields: Any) -> tuple[Claim, ...]:
        """Return the claims of one event type."""
        return tuple(claim for claim in self(text, war, **fields) if claim.event == event)

    def one(self, event: str, text: str, war: str = "none", **fields: Any) -> Claim:
        """Return the only claim of one event type."""
        claims = self.of(event, text, war, **fields)
        assert len(claims) == 1, claims
        return claims[0]


def denied(claim: Claim) -> bool:
    """Tell whether the source says that it is not so."""
    return claim.polarity is Polarity.DENIED


def where(claim: Claim) -> str | None:
    """Return the place's name in the text's spelling."""
    return claim.place.name if claim.place else None
