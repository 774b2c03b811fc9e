"""What is read: who says what of which event, and the spans that say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from marsad.records.reports import DatePrecision
from marsad.records.showing import Shown

if TYPE_CHECKING:
    from datetime import date

    from marsad.records.reports import Passage


COARSE = "coarse"
"""The feature of a place that a policy has made coarser: it stands for one that is not told."""


class Polarity(StrEnum):
    """Whether the source says that it is so."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Certainty(StrEnum):
    """How far the source commits itself: the scale of FactBank, plus the two unreal moods of war reporting."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    PLANNED = "planned"


class Stance(StrEnum):
    """What the source does with the event: says it, denies it, admits it to its own cost, doubts it, passes it on."""

    ASSERTS = "asserts"
    DENIES = "denies"
    CONCEDES = "concedes"
    DOUBTS = "doubts"
    RELAYS = "relays"


class Extent(StrEnum):
    """How much of the place the event concerns."""

    WHOLE = "whole"
    PART = "part"
    OUTSKIRTS = "outskirts"
    NEAR = "near"
    ROUTE = "route"
    UNKNOWN = "unknown"


class Producer(StrEnum):
    """What produced a field of a claim: rules, the trained network, both alike, a language model, or a person."""

    RULES = "rules"
    NETWORK = "network"
    BOTH = "both"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place as a claim speaks of it.

    `name` is the text's spelling. `gazetteer_id`, `canonical`, `lat`, `lon` (decimal degrees, WGS 84), `country`
    (ISO 3166-1 alpha-2), `admin` and `feature` are None where the gazetteer knows no match. `radius_km` says how far
    the point stands for the place. `relation` and `words` keep what the text says of the position (`near`, "15 km south
    of"). A `feature` of `COARSE` is no feature: the place stands for one that is not told.
    """

    name: str
    gazetteer_id: str | None = None
    canonical: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin: str | None = None
    feature: str | None = None
    radius_km: float | None = None
    relation: str | None = None
    words: str | None = None

    def in_words(self) -> str:
        """Return its name, with what the text says of the position before it."""
        name = self.canonical or self.name
        return f"{self.words} {name}" if self.words else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """When the event was, as far as the text and the publication date tell; both days inclusive, None where open."""

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    expression: str | None = None

    def in_words(self) -> str:
        """Return its days: one, or from the first to the last, with "?" for an open end."""
        if self.start is None and self.end is None:
            return ""
        return str(self.start) if self.start == self.end else f"{self.start or '?'} to {self.end or '?'}"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as the source gives it; equal bounds for one number, None for an open bound."""

    low: int | None
    high: int | None

    def in_words(self) -> str:
        """Return the number or its bounds."""
        if self.low is None:
            return f"at most {self.high}"
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of a claim, by what befell the people; None where the text gives none."""

    killed: Count | None = None
    wounded: Count | None = None
    detained: Count | None = None
    displaced: Count | None = None

    def in_words(self) -> str:
        """Return the numbers with what befell the people."""
        told = (("killed", self.killed), ("wounded", self.wounded), ("detained", self.detained))
        counts = ((name, count) for name, count in (*told, ("displaced", self.displaced)) if count)
        return ", ".join(f"{count.in_words()} {name}" for name, count in counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Producers:
    """What produced each field of a claim; everything else that a claim holds is the rules'."""

    event: Producer = Producer.RULES
    source: Producer = Producer.RULES
    speaker: Producer = Producer.RULES
    polarity: Producer = Producer.RULES
    certainty: Producer = Producer.RULES
    stance: Producer = Producer.RULES
    agent: Producer = Producer.RULES
    target: Producer = Producer.RULES
    place: Producer = Producer.RULES
    extent: Producer = Producer.RULES
    interval: Producer = Producer.RULES
    counts: Producer = Producer.RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, force, body or outlet that a theatre names."""

    name: str
    kind: str
    side: str | None = None
    aliases: tuple[str, ...] = ()
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Shown):
    """One source's commitment about one event or state.

    `source` is who vouches for it, by canonical name, or `narrator` for the publisher's own voice; `speaker` the named
    person who said it; `via` the medium where it was said; `speaks_for` the party of a source without a name, where the
    text tells it; `relays` the chain from the publisher inwards where the text reports another's report (`nested`).
    `agent` and `target` are canonical names. `anchor` carries the event; `cue`, `source_passage` and `content` are the
    three spans of the attribution, None for the narrator. `extractor` names the reader and its version, `produced`
    which part of it each field is from.
    """

    _SHOWN: ClassVar = (
        "id", "source", "speaker", "polarity", "event", "agent", "target", "place", "interval", "certainty", "counts",
        "report",
    )  # fmt: skip

    id: str
    report: str
    source: str
    event: str
    polarity: Polarity
    certainty: Certainty
    stance: Stance
    anchor: Passage
    speaker: str | None = None
    via: str | None = None
    speaks_for: str | None = None
    relays: tuple[str, ...] = ()
    nested: bool = False
    agent: str | None = None
    target: str | None = None
    place: Place | None = None
    extent: Extent = Extent.UNKNOWN
    interval: Interval = field(default_factory=Interval)
    counts: Counts = field(default_factory=Counts)
    cue: Passage | None = None
    source_passage: Passage | None = None
    content: Passage | None = None
    extractor: str = ""
    produced: Producers = field(default_factory=Producers)
