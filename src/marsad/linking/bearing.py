"""How a claim bears on a proposition that is not its own: it entails it, concedes it, or cannot be true with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.linking.counts import Counted, exclusive
from marsad.linking.statements import Zone
from marsad.records import Counts, Extent, LinkKind, Stance
from marsad.vocabulary import load_bearings

if TYPE_CHECKING:
    from marsad.linking.parties import Parties
    from marsad.linking.propositions import Cluster
    from marsad.linking.statements import Statement
    from marsad.linking.times import Window

# Standings of one party at one place that cannot both be, whichever was claimed of the other.
_EXCLUDED = {
    frozenset(pair)
    for pair in (
        ("holds", "lacks"),
        ("holds", "absent"),
        ("inside", "absent"),
        ("surrounds", "loose"),
        ("near", "away"),
        ("open", "closed"),
    )
}
# Around a place, where many villages are meant, a force can leave one and take another; but not leave and surround.
_EXCLUDED_AROUND = {frozenset(pair) for pair in (("surrounds", "absent"), ("surrounds", "loose"), ("near", "away"))}
_FORCED_OUT = {Zone.WITHIN: {"holds", "inside", "surrounds"}, Zone.AROUND: {"holds", "surrounds"}, Zone.ROUTE: set()}
TALLY = timedelta(days=2)
_ONE_MOVE = timedelta(days=4)  # who left in the course of a longer span may have been there on any day before its last
# A standing that brings another with it.
_ENTAILED = {("holds", "inside"), ("absent", "lacks"), ("lacks", "absent"), ("surrounds", "near")}
SAID = {
    "holds": "holds it",
    "lacks": "does not hold it",
    "inside": "is inside",
    "absent": "is not there",
    "surrounds": "surrounds it",
    "loose": "does not surround it",
    "near": "is near",
    "away": "is not near",
    "open": "it is open",
    "closed": "it is closed",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """That a claim bears on a proposition: with what stance, how as a link, and why."""

    stance: Stance
    kind: LinkKind
    reason: str


def bearing(statement: Statement, proposition: Cluster, when: Window, parties: Parties) -> Finding | None:
    """Return how a claim bears on another proposition at its site, of the days `when`; None where it does not."""
    if statement.when is None or not statement.when.overlaps(when) or not statement.when.same_time(when):
        return None
    other = proposition.lead
    if statement.thing == other.thing and not statement.standing:
        return _numbers(statement, proposition)
    about = load_bearings().get(other.claim.event)
    standing = about.affirmed if about else ""
    if statement.site is None or not statement.standing or not standing or not _same_ground(statement, other):
        return None
    if Zone.ROUTE in {statement.zone, other.zone}:
        return None  # "a road to the town" does not say which
    if statement.party is None and statement.standing not in {"open", "closed"}:
        return None
    finding = _finding(statement, proposition, standing, parties)
    if finding is None:
        return None
    if finding.kind is LinkKind.SUPPORTS:
        return None if about and about.more else finding
    # A town that was held on Tuesday can still have been taken "this week".
    return finding if _at_once(statement, statement.when, other, when) else None


def _at_once(statement: Statement, when: Window, other: Statement, then: Window) -> bool:
    """Tell whether both are said of one day; who denies something denies it of all the days that it names."""
    if not when.firm and not then.firm:
        return False
    return (when.outcome if statement.affirms else when).overlaps(then.outcome if other.affirms else then)


def _finding(statement: Statement, proposition: Cluster, standing: str, parties: Parties) -> Finding | None:
    other = proposition.lead
    if statement.party == proposition.party or statement.standing in {"open", "closed"}:
        return _own(statement, standing, proposition, parties)
    if proposition.party is None and statement.party == other.target and statement.standing == "holds" == standing:
        who = statement.claim.agent
        return Finding(
            Stance.DENIES, LinkKind.CONTRADICTS, f"{who}, who is said to have lost it, holds it by this claim"
        )
    if parties.rivals(statement.party, proposition.party):
        return _rival(statement, standing, other)
    return None


def _same_ground(one: Statement, other: Statement) -> bool:
    """Tell whether two claims at one site are about the same ground; who surrounds a place stands around it."""
    if one.zone is other.zone:
        return True
    circling = {"surrounds", "loose", "near", "away"}
    zones = {Zone.AROUND if s.standing in circling and s.zone is Zone.WITHIN else s.zone for s in (one, other)}
    return len(zones) == 1


def excludes(one: str, other: str, zone: Zone) -> bool:
    """Tell whether one party cannot have both standings at once at a place."""
    return frozenset({one, other}) in (_EXCLUDED_AROUND if zone is Zone.AROUND else _EXCLUDED)


def _own(statement: Statement, standing: str, proposition: Cluster, parties: Parties) -> Finding | None:
    who = statement.claim.agent or "the road"
    if excludes(statement.standing, standing, statement.zone):
        if statement.moves and all(one.moves for one in proposition.statements if one.affirms):
            return None  # a force can come and go on one day
        return Finding(Stance.DENIES, LinkKind.CONTRADICTS, f"{who} {SAID[statement.standing]}, by this claim")
    if not statement.affirms and (statement.standing == "absent" or parties.rivals(statement.speaker, statement.party)):
        return None  # who never came in has not left, and an enemy's "they do not hold it" tells of no retreat
    if statement.standing == standing or (statement.standing, standing) in _ENTAILED:
        stance = Stance.CONCEDES if statement.claim.stance is Stance.CONCEDES else Stance.ASSERTS
        return Finding(stance, LinkKind.SUPPORTS, f"follows from the claim that {who} {SAID[statement.standing]}")
    return None


def _rival(statement: Statement, standing: str, other: Statement) -> Finding | None:
    who = statement.claim.agent
    reason = f"by this claim {who} {SAID[statement.standing]}"
    if statement.target_standing == "absent" and standing in _FORCED_OUT[statement.zone]:
        return Finding(Stance.DENIES, LinkKind.CONTRADICTS, f"{reason} and the attack was beaten back")
    repelled = other.target_standing == "absent" and statement.party == other.target
    if repelled and statement.standing in _FORCED_OUT[statement.zone]:
        return Finding(Stance.DENIES, LinkKind.CONTRADICTS, f"{reason}, though it is said to have been beaten back")
    if statement.zone is Zone.AROUND or other.zone is Zone.AROUND:
        return None
    if statement.standing == "holds" and statement.whole:
        if standing in {"holds", "inside"}:
            return Finding(Stance.DENIES, LinkKind.CONTRADICTS, f"{reason}, and the two are enemies")
        if standing in {"absent", "lacks"}:
            return Finding(Stance.ASSERTS, LinkKind.SUPPORTS, f"follows from the claim that {who} holds it")
    if statement.standing == "holds" == standing and {statement.claim.extent, other.claim.extent} == {Extent.PART}:
        return None  # of a place that is contested each can hold a part
    if standing == "holds" and (statement.standing == "holds" or (statement.standing == "inside" and other.whole)):
        return Finding(Stance.DENIES, LinkKind.CONTRADICTS, f"{reason}, and the two are enemies")
    leaves = statement.standing in {"absent", "lacks"} and statement.affirms and statement.speaker == statement.party
    leaves = leaves and statement.when is not None and statement.when.length <= _ONE_MOVE
    if leaves and (standing == "inside" or (standing == "holds" and statement.whole)):
        return Finding(Stance.CONCEDES, LinkKind.SUPPORTS, f"{who} says of itself that it {SAID[statement.standing]}")
    return None


def _numbers(statement: Statement, proposition: Cluster) -> Finding | None:
    other = next((one for one in proposition.statements if one.affirms and one.claim.counts != Counts()), None)
    if other is None or statement.target != other.target or statement.when is None or other.when is None:
        return None
    if statement.site is None and statement.target is None:
        return None  # nobody knows whose number it is
    if not statement.affirms or statement.voice in {one.voice for one in proposition.statements}:
        return None  # a source that gives another number brings its own count up to date
    if statement.site is None and min(statement.when.length, other.when.length) < TALLY:
        return None  # without a place, one day's number is of some incident; only tallies can be compared
    one = Counted(counts=statement.claim.counts, source=statement.source, when=statement.when)
    reason = exclusive(one, Counted(counts=other.claim.counts, source=other.source, when=other.when))
    return Finding(Stance.DENIES, LinkKind.CONTRADICTS, reason) if reason else None
