"""What follows: what claims have in common, what is said for and against it, who holds what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from marsad.records.showing import Shown

if TYPE_CHECKING:
    from datetime import date, datetime

    from marsad.records.claims import Interval, Place, Polarity, Stance
    from marsad.records.judgements import HandGrade
    from marsad.records.reports import Passage


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


class Interest(StrEnum):
    """How a word stands to the interest of whoever says it."""

    AGAINST = "against interest"
    SERVING = "self-serving"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """That two reports share an origin, and why."""

    report: str
    other: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A sentence that a copy has and its origin lacks; `origin` is the report that has it first, mostly the copy."""

    passage: Passage
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a report's text comes from: itself, or the report that it republishes or lightly rewrites.

    `origin` is the id of the first report of its kin, the report's own id where it copies none. `agencies` are those
    that the report credits. `reasons` say why it counts as a copy, and are empty where it does not. `added` are the
    sentences that come from elsewhere.
    """

    report: str
    origin: str
    agencies: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    added: tuple[Addition, ...] = ()

    def of(self, passage: Passage) -> str:
        """Return the report that a passage of the report comes from."""
        inside = (one for one in self.added if one.passage.start <= passage.start < one.passage.end)
        return next((one.origin for one in inside), self.origin)


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
class Proposition(Shown):
    """What claims from different reports are about; `members` in order of statement."""

    _SHOWN: ClassVar = ("id", "event", "agent", "target", "place", "interval")

    id: str
    event: str
    family: str
    agent: str | None
    target: str | None
    place: Place | None
    interval: Interval
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Shown):
    """Root speakers of one side on one proposition, counted once however many outlets carry them.

    `sources` are the canonical names that spoke, `claims` their claims in order of statement, `first` and `last` the
    instants of the first and the last statement, `reports` how many reports carried it (its reach). `interest` says how
    the word stands to the interest of its side.
    """

    name: str
    side: str | None
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    reports: int
    interest: Interest = Interest.NEUTRAL

    def in_words(self) -> str:
        """Return its name, and its side where that is another word."""
        return f"{self.name} [{self.side}]" if self.side not in {None, self.name} else self.name

    @property
    def against_interest(self) -> bool:
        """Whether it speaks against its own interest."""
        return self.interest is Interest.AGAINST


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Shown):
    """The verdict on a proposition at a time, with its working.

    `rule_set` and `rule_version` name the rules that gave it, `as_of` is the last instant whose statements were
    weighed. `settled_as` is `affirmed` or `denied` for a settled proposition, else None. `probability` is None where
    the rule set gives none. `admiralty_source` is a letter A-F, `admiralty_item` a digit 1-6; the two are never merged.
    `by_hand` is the grade that a person gave it, which stands before the rules' `grade`.
    """

    _SHOWN: ClassVar = ("proposition", "grade", "voices_for", "voices_against", "admiralty_source", "admiralty_item")

    proposition: str
    grade: str
    voices_for: tuple[Voice, ...]
    voices_against: tuple[Voice, ...]
    working: tuple[str, ...]
    rule_set: str
    rule_version: str
    as_of: datetime | None
    settled_as: Polarity | None = None
    settled_on: datetime | None = None
    probability: float | None = None
    admiralty_source: str = "F"
    admiralty_item: str = "6"
    by_hand: HandGrade | None = None

    @property
    def stands(self) -> str:
        """The grade that stands: the one given by hand, else the rules'."""
        return self.by_hand.grade if self.by_hand else self.grade


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlState(Shown):
    """Who holds a place, according to whom, from when to when; `last_heard` is the account's last word on it."""

    _SHOWN: ClassVar = ("place", "according_to", "holder", "status", "start", "end", "last_heard")

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
class Nowcast(Shown):
    """Who probably holds a place on a day, by what was published until `as_of` (None: all there is).

    `holders` pairs each possible holder's canonical name with its probability, the likeliest first; the probabilities
    add up to 1. `contested` and `unknown` (somebody whom nobody has named) are always among them. `last_heard` is the
    instant of the last word on the place by that day, `claims` are the ids of the words that count.
    """

    place: Place
    on: date
    as_of: datetime | None
    holders: tuple[tuple[str, float], ...]
    last_heard: datetime | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Shown):
    """A proposition that some sources affirm and others deny, or exclude by what they claim instead.

    `supporters` and `deniers` are canonical names, `reports` the ids of all that carry it, in order of publication.
    `open` is False once it was settled. `excluded_by` are the ids of propositions that cannot be true with it, `also`
    those of others that tell the same quarrel, from this end or the other: nobody denies them in words, but what is
    said of this one bears on them.
    """

    _SHOWN: ClassVar = ("proposition", "event", "agent", "place", "interval", "supporters", "deniers", "open")

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
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of all cases with the bounds of its 95 % interval, each in 0..1."""

    value: float
    low: float
    high: float

    def in_words(self) -> str:
        """Return it in per cent, with its bounds."""
        return f"{self.value:.0%} ({self.low:.0%}–{self.high:.0%})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of settled propositions, how many settled the way that a voice said, and how many the other way.

    `share` is the share that held; None where nothing was settled.
    """

    held: int = 0
    failed: int = 0
    share: Share | None = None

    def in_words(self) -> str:
        """Return how many held and how many failed."""
        return f"{self.held} held, {self.failed} failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(Shown):
    """How the word of one voice on one topic fared: counts of propositions it spoke on, never a score.

    `topic` is the family of the events: territory, violence, routes or other. `claims` are all those propositions;
    `held` settled its way, `failed` the other way, `open` are unsettled; `share` is the share that held, None where
    nothing was settled. `self_serving` and `against_interest` are those of the settled ones where it spoke so.
    """

    voice: str
    side: str | None
    topic: str
    claims: int
    held: int
    failed: int
    open: int
    share: Share | None = None
    self_serving: Tally = Tally()
    against_interest: Tally = Tally()
