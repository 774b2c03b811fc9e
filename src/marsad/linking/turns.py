"""What a source says later of the same matter: it brings its word up to date, or takes it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from marsad.linking.bearing import SAID, TALLY, excludes
from marsad.linking.counts import newer
from marsad.linking.likeness import likeness
from marsad.linking.statements import Zone
from marsad.records import Link, LinkKind, Stance
from marsad.theatre import fold
from marsad.vocabulary import load_corrections, load_unnamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.linking.propositions import Cluster
    from marsad.linking.statements import Statement
    from marsad.records import Report

_HISTORY = timedelta(days=30)  # what was so longer before is history, and not the word that a new one replaces

_Matter = tuple[str | None, ...]


def turns(clusters: Iterable[Cluster], reports: Mapping[str, Report]) -> list[Link]:
    """Return the links from a source's claims to the last that it had made before, in another report, on one matter.

    A later figure or standing `updates`; a word that is taken back for the same days, or that a report calls a
    correction, `corrects`. Copies repeat, and nobody knows whether two sources without a name are one: neither turns.
    """
    pairs = ((statement, one.id) for one in clusters for statement in one.statements)
    last: dict[_Matter, Statement] = {}
    links: dict[tuple[str, str], Link] = {}
    for statement, proposition in sorted(pairs, key=lambda pair: pair[0].order):
        if not _turnable(statement):
            continue
        for matter in _matters(statement, proposition):
            earlier = last.get(matter)
            if earlier and _looks_back(statement, earlier):
                continue
            reason = _turn(statement, earlier) if earlier else None
            if earlier and reason:
                link = _link(statement, earlier, reason, reports)
                links.setdefault((link.claim, link.other), link)
            last[matter] = statement
    return list(links.values())


def _turnable(statement: Statement) -> bool:
    claim = statement.claim
    named = claim.source not in load_unnamed()
    return named and claim.report == statement.origin and claim.stance is not Stance.DOUBTS and bool(statement.when)


def _matters(statement: Statement, proposition: str) -> Iterator[_Matter]:
    """Yield what the statement is a word on: its proposition, its agent's standing at the site, a count of people."""
    yield "word", statement.voice, proposition
    if statement.standing and statement.site and statement.party and statement.zone is not Zone.ROUTE:
        yield "standing", statement.voice, statement.site, statement.zone, statement.party
    tally = statement.when is not None and statement.when.length >= TALLY
    if statement.affirms and (statement.site or (tally and statement.target)):
        yield "number", statement.voice, statement.site, statement.zone, statement.thing, statement.target


def _looks_back(later: Statement, earlier: Statement) -> bool:
    """Tell whether what was said later is of a time before that of the earlier word, which it then leaves as it was."""
    return later.when is not None and earlier.when is not None and later.when.end < earlier.when.start


def _turn(later: Statement, earlier: Statement) -> str | None:
    """Say how the later word differs; None where it only repeats, adds, or speaks of another time."""
    if later.claim.report == earlier.claim.report or later.when is None or earlier.when is None:
        return None
    if later.when.start - earlier.when.end > _HISTORY:
        return None
    if later.thing == earlier.thing and later.affirms is not earlier.affirms and later.party == earlier.party:
        said, now = ("affirmed", "denies") if earlier.affirms else ("denied", "says")
        return f"{later.source} {said} it before, and now {now} it"
    if excludes(later.standing, earlier.standing, later.zone) and later.party == earlier.party:
        who = later.claim.agent
        return f"{later.source} said before that {who} {SAID[earlier.standing]}, and now that it {SAID[later.standing]}"
    if later.thing != earlier.thing or not later.when.same_time(earlier.when):
        return None
    number = newer(later.claim.counts, earlier.claim.counts)
    return f"{later.source} now says {number}" if number else None


def _link(later: Statement, earlier: Statement, reason: str, reports: Mapping[str, Report]) -> Link:
    report = reports.get(later.claim.report)
    named = report is not None and _opens_as_correction(report.title)
    back = later.affirms is not earlier.affirms and _no_later(later, earlier)
    alike = likeness(later, earlier)
    reasons = (reason, *(("the report calls itself a correction",) if named else ()), *alike.reasons)
    kind = LinkKind.CORRECTS if named or back else LinkKind.UPDATES
    return Link(claim=later.claim.id, other=earlier.claim.id, kind=kind, score=alike.score, reasons=reasons)


def _no_later(later: Statement, earlier: Statement) -> bool:
    """Tell whether a later word is of days that the earlier one spoke of too."""
    return later.when is not None and earlier.when is not None and later.when.end <= earlier.when.end


def _opens_as_correction(title: str | None) -> bool:
    words = fold(title or "").split()
    return bool(words) and words[0] in load_corrections()
