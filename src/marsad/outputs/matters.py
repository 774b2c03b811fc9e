"""Propositions as an editor meets them: what is disputed, settled or conceded, and in whose words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.linking import source_of
from marsad.outputs.quotations import Quotation, quote
from marsad.outputs.wording import headline
from marsad.records import Polarity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from marsad.outputs.picture import Picture
    from marsad.records import Assessment, Claim, Interval, Place, Proposition, Voice

_FAMILIES = ("territory", "routes", "violence", "other")  # the first to be told first
FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One voice's latest word on a proposition; `claims` are all that it said on it, `reports` its reach.

    `first` and `last` are when it first and last spoke so.
    """

    voice: str
    side: str | None
    against_interest: bool
    claims: tuple[str, ...]
    reports: int
    first: datetime | None
    last: datetime | None
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A proposition with its verdict and the words of both camps, each in order of first speaking.

    `site` is equal for matters at one place, empty without a place. `graded_by` is the person who gave the grade, None
    where the rules did; what a person graded is settled by no rule.
    """

    proposition: str
    headline: str
    family: str
    site: str
    place: Place | None
    interval: Interval
    grade: str
    settled_as: Polarity | None
    settled_on: datetime | None
    supporters: tuple[Word, ...]
    deniers: tuple[Word, ...]
    graded_by: str | None = None

    @property
    def last_word(self) -> datetime:
        """When a voice last spoke on it, the earliest instant there is where none has a date."""
        said = [word.quotation.said for word in (*self.supporters, *self.deniers)]
        return max((instant for instant in said if instant), default=FIRST)

    @property
    def opened(self) -> datetime | None:
        """When there first were words for and against it; None where there are not, or nobody knows when."""
        camps = [[word.first for word in camp if word.first] for camp in (self.supporters, self.deniers)]
        return max(map(min, camps)) if all(camps) else None

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind it."""
        return tuple(claim for word in (*self.supporters, *self.deniers) for claim in word.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """What a voice said against its own interest, since when, and who in these reports had denied it before."""

    matter: Matter
    by: Word
    since: datetime | None
    denials: tuple[Word, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind it."""
        return self.matter.claims


def long_past(interval: Interval, past: date | None) -> bool:
    """Tell whether something ended before the day `past`."""
    return past is not None and interval.end is not None and interval.end < past


def matters(picture: Picture, wanted: Callable[[Assessment], bool]) -> Iterator[Matter]:
    """Yield each proposition of the picture whose verdict is wanted, in the order of the picture."""
    for proposition in picture.linked.propositions:
        verdict = picture.assessments.get(proposition.id)
        if verdict and wanted(verdict):
            yield _matter(proposition, verdict, picture)


def by_place(found: Iterable[Matter], past: date | None) -> tuple[Matter, ...]:
    """Order matters by place, the place last spoken of first, and by their last word within it.

    What ended before the day `past` stands after all that did not.
    """
    ordered = latest_first(found, past)
    rank = {place: number for number, place in enumerate(dict.fromkeys(_group(one, past) for one in ordered))}
    return tuple(sorted(ordered, key=lambda one: rank[_group(one, past)]))


def latest_first(found: Iterable[Matter], past: date | None) -> tuple[Matter, ...]:
    """Order matters by their last word, ground before violence, and what ended before the day `past` after the rest."""

    def order(one: Matter) -> tuple[bool, float, int, str]:
        return long_past(one.interval, past), -one.last_word.timestamp(), _FAMILIES.index(one.family), one.proposition

    return tuple(sorted(found, key=order))


def concessions(found: Iterable[Matter], past: date | None = None) -> tuple[Concession, ...]:
    """Return, of matters that stand as affirmed, what voices said against their own interest.

    What had been denied stands first, ground before violence, and what ended before the day `past` last.
    """
    told = [
        Concession(matter=matter, by=word, since=(since := _conceded(word, matter)), denials=_earlier(matter, since))
        for matter in found
        if matter.settled_as is not Polarity.DENIED
        for word in matter.supporters
        if word.against_interest
    ]

    def order(one: Concession) -> tuple[bool, bool, int]:
        return long_past(one.matter.interval, past), not one.denials, _FAMILIES.index(one.matter.family)

    return tuple(sorted(told, key=order))


def ended(matter: Matter) -> datetime:
    """Return when a matter was settled or admitted: an admission dates from the word against its speaker's interest."""
    if matter.settled_on:
        return matter.settled_on
    costly = [one.since for one in concessions([matter]) if one.since]
    return min(costly, default=matter.last_word)


def _conceded(word: Word, matter: Matter) -> datetime | None:
    """Return when a voice conceded: with its first word, or with its last where its own denial came between."""
    own = [one.last for one in matter.deniers if one.voice == word.voice and one.last]
    return word.last if own and word.first and word.first < max(own) else word.first


def _earlier(matter: Matter, since: datetime | None) -> tuple[Word, ...]:
    return tuple(one for one in matter.deniers if since is None or (one.first or FIRST) <= since)


def _matter(proposition: Proposition, verdict: Assessment, picture: Picture) -> Matter:
    hand = verdict.by_hand
    return Matter(
        proposition=proposition.id,
        headline=headline(proposition),
        family=proposition.family,
        site=picture.sites.site(proposition.place) or "",
        place=proposition.place,
        interval=proposition.interval,
        grade=verdict.stands,
        graded_by=hand.user if hand else None,
        settled_as=None if hand else verdict.settled_as,
        settled_on=None if hand else verdict.settled_on,
        supporters=tuple(_word(voice, picture) for voice in verdict.voices_for),
        deniers=tuple(_word(voice, picture) for voice in verdict.voices_against),
    )


def _word(voice: Voice, picture: Picture) -> Word:
    """Quote a voice's latest claim, from the report that first carried it rather than from a copy."""
    claims = [picture.claim_by_id[claim] for claim in voice.claims]
    originals = [claim for claim in claims if source_of(claim, picture.origins) == claim.report] or claims

    def said(claim: Claim) -> datetime:
        return picture.report_by_id[claim.report].said or FIRST

    return Word(
        voice=voice.name,
        side=voice.side,
        against_interest=voice.against_interest,
        claims=voice.claims,
        reports=voice.reports,
        first=voice.first,
        last=voice.last,
        quotation=quote(max(originals, key=said), picture),
    )


def _group(matter: Matter, past: date | None) -> tuple[bool, str]:
    return long_past(matter.interval, past), matter.site
