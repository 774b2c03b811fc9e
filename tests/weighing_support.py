"""A small war between two armies, and the records of what is said about it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marsad.linking import Linked, link, trace_origins
from marsad.records import (
    Actor,
    Assessment,
    Certainty,
    Claim,
    DatePrecision,
    Extent,
    Interval,
    Passage,
    Place,
    Polarity,
    Proposition,
    Report,
    Stance,
)
from marsad.theatre import Side, Theatre
from marsad.vocabulary import load_rules
from marsad.weighing import grade, with_concessions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY = date(2031, 5, 10)
NOON = datetime(2031, 5, 10, 12, tzinfo=UTC)
TOWN = Place(name="Varenna", gazetteer_id="x:1", lat=10.0, lon=20.0, country="XA")
ARMY, REBELS = "Army of Exampleland", "Northern Front"


def theatre() -> Theatre:
    """The army with its ministry and agency against the Northern Front; a monitor and a wire belong to nobody."""
    actors = [
        Actor(name=ARMY, kind="state", side="government", aliases=("the army",)),
        Actor(name="Ministry of Defence", kind="state", side="government"),
        Actor(name="State Agency", kind="media", side="government"),
        Actor(name=REBELS, kind="armed_group", side="rebels", aliases=("the rebels",)),
        Actor(name="Front Channel", kind="media", side="rebels"),
        Actor(name="Ada Example", kind="person", speaks_for=REBELS),
        Actor(name="Monitor", kind="monitor", side="neutral"),
    ]
    sides = [
        Side(name="government", opposes=("rebels",), forces=ARMY),
        Side(name="rebels", opposes=("government",), forces=REBELS),
        Side(name="neutral"),
    ]
    return Theatre(
        name="Exampleland, 2031", actors={a.name: a for a in actors}, sides={side.name: side for side in sides}
    )


def report(name: str, *, hours: float = 0, text: str | None = None, **fields: Any) -> Report:
    """A report published so many hours after noon of the tenth."""
    text = text or f"What {name} tells in words of its own, unlike anything that {hash_word(name)} tells elsewhere."
    values: dict[str, Any] = {
        "publisher": f"Publisher of {name}",
        "kind": "newspaper",
        "title": f"Title of {name}",
        "published": NOON + timedelta(hours=hours),
        "published_precision": DatePrecision.PART_OF_DAY,
    }
    return Report(id=name, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **(values | fields))


def hash_word(name: str) -> str:
    """A word that only this name has."""
    return "w" + hashlib.sha256(name.encode()).hexdigest()[:12]


def claim(name: str, source: str, event: str, agent: str | None = REBELS, *, days: int = 0, **fields: Any) -> Claim:
    """A certain, affirmed claim about the town, of so many days after the tenth; its report has the claim's name."""
    polarity = fields.pop("polarity", Polarity.AFFIRMED)
    day = DAY + timedelta(days=days)
    values: dict[str, Any] = {
        "report": name,
        "certainty": Certainty.CERTAIN,
        "stance": Stance.DENIES if polarity is Polarity.DENIED else Stance.ASSERTS,
        "place": TOWN,
        "extent": Extent.WHOLE,
        "interval": Interval(start=day, end=day, precision=DatePrecision.DAY),
    }
    values |= fields
    anchor = Passage(report=values["report"], start=0, end=4)
    return Claim(
        id=f"c-{name}-{event}-{agent}",
        source=source,
        event=event,
        agent=agent,
        polarity=polarity,
        anchor=anchor,
        **values,
    )


def denial(name: str, source: str, event: str, agent: str | None = REBELS, **fields: Any) -> Claim:
    """A denied claim."""
    return claim(name, source, event, agent, polarity=Polarity.DENIED, **fields)


class War:
    """Claims and their reports, linked and graded."""

    def __init__(
        self,
        claims: Sequence[Claim],
        reports: Sequence[Report] = (),
        *,
        theatre: Theatre | None = None,
        as_of: datetime | None = None,
        rules: str = "marsad-1",
    ) -> None:
        """Give each claim without a report one that is published an hour after the one before."""
        given = {one.id: one for one in reports}
        missing = [name for name in dict.fromkeys(one.report for one in claims) if name not in given]
        given |= {name: report(name, hours=hours) for hours, name in enumerate(missing)}
        self.claims, self.reports, self.theatre = claims, given, theatre
        self.origins = trace_origins(given.values())
        linked = link(claims, given, self.origins, theatre)
        self.linked: Linked = with_concessions(linked, claims, given, self.origins, theatre)
        self.assessments: Mapping[str, Assessment] = grade(
            self.linked, claims, given, self.origins, theatre, as_of=as_of, rules=load_rules(rules)
        )

    def proposition(self, event: str, agent: str | None = REBELS) -> Proposition:
        """The only proposition of that event and agent."""
        (found,) = [one for one in self.linked.propositions if (one.event, one.agent) == (event, agent)]
        return found

    def verdict(self, event: str, agent: str | None = REBELS) -> Assessment:
        """The verdict on the only proposition of that event and agent."""
        return self.assessments[self.proposition(event, agent).id]


def copied(original: Report, name: str, hours: float, **fields: Any) -> Report:
    """The same text at another publisher."""
    published = original.published + timedelta(hours=hours) if original.published else None
    return replace(original, id=name, publisher=f"Publisher of {name}", published=published, **fields)
