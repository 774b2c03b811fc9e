"""The records that pass between stages: frozen, typed, and the only things that do.

Three clocks run through them: when it was (`Interval`), when it was said (`Report.published`), when Marsad learnt it
(`Report.retrieved`, and the store's own clock). Unknown is a value everywhere: `None`, or the member `unknown`, never a
default that looks like knowledge. Text is never changed; whatever is read from it is a `Passage` over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


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
    """What produced a field of a claim: the rules, the trained network, or both alike."""

    RULES = "rules"
    NETWORK = "network"
    BOTH = "both"


class DatePrecision(StrEnum):
    """How finely the text dates the event."""

    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class ControlStatus(StrEnum):
    """What one account says of a party and a place."""

    HELD = "held"
    CONTESTED = "contested"
    CLAIMED = "claimed"
    LOST = "lost"
    DENIED = "denied"
    UNKNOWN = "unknown"


class LinkKind(StrEnum):
    """How one claim bears on another, or on a proposition."""

    SAME = "same"
    SUPPORTS = "supports"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    CORRECTS = "corrects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document of one publisher.

    `id` is the publisher's where the input carries one, else derived from the content. `published` is timezone-aware;
    `published_precision` is `day` where the input gives no time of day (the instant is then that day's noon, UTC) and
    `unknown` where `published` is None. `sha256` is that of the UTF-8 text.
    """

    id: str
    publisher: str | None
    kind: str
    title: str
    text: str
    sha256: str
    published: datetime | None = None
    published_precision: DatePrecision = DatePrecision.UNKNOWN
    retrieved: datetime | None = None
    url: str | None = None
    agencies: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Half-open span `[start, end)` of code points in a report's text."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place as a claim speaks of it.

    `name` is the text's spelling. `gazetteer_id`, `canonical`, `lat`, `lon` (decimal degrees, WGS 84), `country`
    (ISO 3166-1 alpha-2), `admin` and `feature` are None where the gazetteer knows no match. `radius_km` says how far
    the point stands for the place. `relation` and `words` keep what the text says of the position (`near`, "15 km south
    of").
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """When the event was, as far as the text and the publication date tell; both days inclusive, None where open."""

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as the source gives it; equal bounds for one number, None for an open bound."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of a claim, by what befell the people; None where the text gives none."""

    killed: Count | None = None
    wounded: Count | None = None
    detained: Count | None = None
    displaced: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Producers:
    """What produced each field of a claim; everything else that a claim holds is the rules'."""

    event: Producer = Producer.RULES
    source: Producer = Producer.RULES
    polarity: Producer = Producer.RULES
    certainty: Producer = Producer.RULES
    agent: Producer = Producer.RULES
    target: Producer = Producer.RULES
    place: Producer = Producer.RULES
    extent: Producer = Producer.RULES
    interval: Producer = Producer.RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, force, body or outlet that a theatre names."""

    name: str
    kind: str
    side: str | None = None
    aliases: tuple[str, ...] = ()
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One source's commitment about one event or state.

    `source` is who vouches for it, by canonical name, or `narrator` for the publisher's own voice; `speaker` the named
    person who said it; `via` the medium where it was said; `relays` the chain from the publisher inwards where the text
    reports another's report (`nested`). `agent` and `target` are canonical names. `anchor` carries the event; `cue`,
    `source_passage` and `content` are the three spans of the attribution, None for the narrator. `extractor` names the
    reader and its version, `produced` which part of it each field is from.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a report's text comes from: itself, or the report that it republishes or lightly rewrites.

    `origin` is the id of the first report of its kin, the report's own id where it copies none. `agencies` are those
    that the report credits. `reasons` say why it counts as a copy, and are empty where it does not.
    """

    report: str
    origin: str
    agencies: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A judgement that one claim bears on another, or on a proposition, with its reasons.

    `score` lies in 0..1. `judge` is `machine` or a person's name; a retracted link keeps its row.
    """

    claim: str
    other: str
    kind: LinkKind
    score: float
    reasons: tuple[str, ...]
    judge: str = "machine"
    created: datetime | None = None
    retracted: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A claim's place in a proposition: for it, or against it, and why it was counted so."""

    claim: str
    stance: Stance
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What claims from different reports are about; `members` in order of statement."""

    id: str
    event: str
    family: str
    agent: str | None
    target: str | None
    place: Place | None
    interval: Interval
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Root speakers of one side on one proposition, counted once however many outlets carry them.

    `sources` are the canonical names that spoke, `claims` their claims in order of statement, `first` and `last` the
    instants of the first and the last statement, `reports` how many reports carried it (its reach).
    """

    name: str
    side: str | None
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    reports: int
    against_interest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The verdict on a proposition at a time, with its working.

    `as_of` is the last instant whose statements were weighed. `settled_as` is `affirmed` or `denied` for a settled
    proposition, else None. `probability` is None where the rule set gives none. `admiralty_source` is a letter A-F,
    `admiralty_item` a digit 1-6; the two are never merged.
    """

    proposition: str
    grade: str
    voices_for: tuple[Voice, ...]
    voices_against: tuple[Voice, ...]
    working: tuple[str, ...]
    rule_set: str
    as_of: datetime | None
    settled_as: Polarity | None = None
    settled_on: datetime | None = None
    probability: float | None = None
    admiralty_source: str = "F"
    admiralty_item: str = "6"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlState:
    """Who holds a place, according to whom, from when to when; `last_heard` is the account's last word on it."""

    place: Place
    holder: str
    according_to: str
    side: str | None
    status: ControlStatus
    start: date | None
    end: date | None
    last_heard: datetime | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A proposition that some sources affirm and others deny, or exclude by what they claim instead.

    `supporters` and `deniers` are canonical names, `reports` the ids of all that carry it, in order of publication.
    `open` is False once it was settled. `excluded_by` are the ids of propositions that cannot be true with it.
    """

    proposition: str
    event: str
    agent: str | None
    place: Place | None
    interval: Interval
    supporters: tuple[str, ...]
    deniers: tuple[str, ...]
    reports: tuple[str, ...]
    open: bool
    excluded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """How the word of one voice fared: counts of propositions it spoke on, never a score.

    `claims` are all those propositions; `held` settled its way, `failed` the other way, `open` are unsettled.
    `held_against_interest` are those of `held` where it spoke against its own interest.
    """

    voice: str
    side: str | None
    claims: int
    held: int
    failed: int
    open: int
    held_against_interest: int = 0
