"""What a side concedes late and in other words: it left the town, it fights inside it, the enemy has it after all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.linking import REAL, Linked, Sites, Window, Zone, side_of, speaker_of, window, zone_of
from marsad.records import Certainty, Extent, Link, LinkKind, Member, Polarity, Stance
from marsad.vocabulary import load_bearings, load_events, load_rules
from marsad.weighing.voices import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from marsad.records import Claim, Origin, Proposition, Report
    from marsad.theatre import Theatre

_LATE = timedelta(days=7)  # who leaves a town more than a week after a disputed entry speaks of other days
_SAME_DAYS = timedelta(days=1)
_SCORE = 0.8
_GIVEN_UP = frozenset({"absent", "lacks"})
_INSIDE = frozenset({Extent.PART, Extent.WHOLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A dated claim about a place itself: the sides that speak and act, and the standing that it gives its agent.

    `third` where it names a party of no warring side.
    """

    claim: Claim
    site: str
    speaker: str | None
    agent: str | None
    target: str | None
    third: bool
    standing: str
    affirms: bool
    said: datetime
    when: Window

    @property
    def own(self) -> bool:
        """Whether a side speaks of its own forces."""
        return self.speaker is not None and self.speaker == self.agent

    @property
    def gives_up(self) -> bool:
        """Whether it says that its agent left the place or laid down its arms there."""
        return self.standing in _GIVEN_UP and self.affirms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """That an enemy is inside a place or holds it: when, since when it was told, and since when who denied it."""

    event: str
    site: str
    agent: str
    holds: bool
    whole: bool
    when: Window
    told: datetime
    denied: Mapping[str, datetime]

    @property
    def late(self) -> timedelta:
        """How long after its days it can be conceded: an advance leaves its mark, but a hold can have ended since."""
        return _LATE if load_events()[self.event].harms == "target" else _SAME_DAYS


def with_concessions(
    linked: Linked,
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    sites: Sites | None = None,
) -> Linked:
    """Return `linked` with the claims by which a side concedes what it had denied, as members and as links.

    It does where it had denied that an enemy is inside a place or holds it, and says afterwards that its own forces
    left it or gave up there, that it fights inside it, or that the enemy is there: of the same days or at most a week
    later, and where nothing in between says that the enemy was gone or came anew. Without a theatre nobody has enemies.
    Where these are some claims of many, `sites` are those of all.
    """
    if theatre is None:
        return linked
    by_id = {claim.id: claim for claim in claims}
    case = Case(claims=by_id, reports=reports, origins=origins, theatre=theatre, rules=load_rules(), as_of=None)
    words = {word.claim.id: word for word in _words(case, theatre, sites)}
    there: dict[str, list[_Word]] = defaultdict(list)
    for word in words.values():
        there[word.site].append(word)
    propositions, links = [], list(linked.links)
    for proposition in linked.propositions:
        matter = _matter(proposition, words, theatre)
        apart = linked.apart.get(proposition.id, frozenset())
        found = list(_found(proposition, matter, there[matter.site])) if matter else []
        found = [(word, why) for word, why in found if word.claim.id not in apart]
        propositions.append(_joined(proposition, found, case) if found else proposition)
        links += [
            Link(claim=word.claim.id, other=proposition.id, kind=LinkKind.SUPPORTS, score=_SCORE, reasons=(why,))
            for word, why in found
        ]
    return replace(linked, propositions=tuple(propositions), links=tuple(links))


def _words(case: Case, theatre: Theatre, sites: Sites | None) -> Iterator[_Word]:
    sites = sites or Sites(claim.place for claim in case.claims.values())
    for claim in case.claims.values():
        site, said, when = sites.site(claim.place), case.said(claim), window(claim, case.source(claim))
        real = claim.certainty in REAL and claim.stance is not Stance.DOUBTS
        if site is None or said is None or when is None or not real or zone_of(claim) is not Zone.WITHIN:
            continue
        affirms = claim.polarity is Polarity.AFFIRMED and claim.stance is not Stance.DENIES
        bearing = load_bearings().get(claim.event)
        agent, target = side_of(claim.agent, theatre), side_of(claim.target, theatre)
        yield _Word(
            claim=claim,
            site=site,
            speaker=speaker_of(claim, case.reports, case.origins, theatre).side,
            agent=agent,
            target=target,
            third=(claim.agent is not None and agent is None) or (claim.target is not None and target is None),
            standing=(bearing.affirmed if affirms else bearing.denied) if bearing else "",
            affirms=affirms,
            said=said,
            when=when,
        )


def _matter(proposition: Proposition, words: Mapping[str, _Word], theatre: Theatre) -> _Matter | None:
    """Return what a proposition says that a side could concede; None where it is nothing such or no enemy denied it."""
    bearing = load_bearings().get(proposition.event)
    agent = side_of(proposition.agent, theatre)
    own = [words[m.claim] for m in proposition.members if not m.reasons and m.claim in words]
    told = [word.said for word in own if word.affirms]
    if bearing is None or bearing.more or bearing.affirmed not in {"holds", "inside"} or agent is None or not told:
        return None
    denied: dict[str, datetime] = {}
    for member in proposition.members:
        word = words.get(member.claim)
        if word and word.speaker and member.stance is Stance.DENIES and theatre.opposed(word.speaker, agent):
            denied[word.speaker] = min(word.said, denied.get(word.speaker, word.said))
    if not denied:
        return None
    return _Matter(
        event=proposition.event,
        site=own[0].site,
        agent=agent,
        holds=bearing.affirmed == "holds",
        whole=any(word.claim.extent is Extent.WHOLE for word in own if word.affirms),
        when=Window(
            min(word.when.start for word in own),
            max(word.when.end for word in own),
            max(word.when.tolerance for word in own),
        ),
        told=min(told),
        denied=denied,
    )


def _found(proposition: Proposition, matter: _Matter, there: Sequence[_Word]) -> Iterator[tuple[_Word, str]]:
    """Yield the words that concede a matter, with why."""
    members = {member.claim for member in proposition.members}
    for word in there:
        since = matter.denied.get(word.speaker or "")
        if word.claim.id in members or since is None or word.said <= max(since, matter.told):
            continue
        if not matter.when.start <= word.when.end <= matter.when.end + matter.late:
            continue
        why = _grants(word, matter) if word.claim.certainty is Certainty.CERTAIN else ""
        if why and not _broken(word, matter, there):
            yield word, why


def _grants(word: _Word, matter: _Matter) -> str:
    """Say how a word of who denied a matter grants it; "" where it does not."""
    who = word.claim.agent
    whole = word.claim.extent is Extent.WHOLE
    if word.own and word.gives_up and (whole or not matter.holds):
        return f"{who}, whose side had denied it, says of itself that it no longer holds out there"
    if word.agent == matter.agent and word.affirms and word.standing in {"holds", "inside"}:
        has = word.standing == "holds" and (whole or not matter.whole)
        standing = "holds it" if word.standing == "holds" else "is inside"
        return f"who had denied it now says that {who} {standing}" if has or not matter.holds else ""
    event = load_events().get(word.claim.event)
    fights = event is not None and event.control == "contested" and word.affirms and word.claim.extent in _INSIDE
    between = {word.agent, word.target} <= {word.speaker, matter.agent, None} and not word.third
    if fights and between and not matter.holds:
        return "who had denied it now tells of fighting inside"
    return ""


def _broken(word: _Word, matter: _Matter, there: Iterable[_Word]) -> bool:
    """Tell whether something in between makes a later word one of other days; of a span of days, the last counts.

    The enemy was gone, or came anew; or the side that concedes had said since that it holds the place.
    """
    if word.when.end <= matter.when.end + _SAME_DAYS:
        return False
    for one in there:
        if not matter.when.end < one.when.start <= word.when.end:
            continue
        if one.agent == matter.agent and (one.gives_up or (one.affirms and one.claim.event == matter.event)):
            return True
        if one.own and one.speaker == word.speaker and one.standing == "holds":
            return True
    return False


def _joined(proposition: Proposition, found: Iterable[tuple[_Word, str]], case: Case) -> Proposition:
    """Return a proposition with further members, in order of statement."""
    added = [Member(claim=word.claim.id, stance=Stance.CONCEDES, reasons=(why,)) for word, why in found]

    def order(member: Member) -> tuple[bool, float, str, int, str]:
        claim = case.claims[member.claim]
        report = case.reports.get(claim.report)
        said = report.said.timestamp() if report and report.said else None
        return said is None, said or 0.0, claim.report, claim.anchor.start, claim.id

    return replace(proposition, members=tuple(sorted((*proposition.members, *added), key=order)))
