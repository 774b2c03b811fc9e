"""The working of a verdict, in sentences that a reader can check against the claims."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from marsad.records import Interest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from marsad.records import Proposition, Voice
    from marsad.vocabulary import Rule
    from marsad.weighing.acts import Act
    from marsad.weighing.facts import Facts
    from marsad.weighing.voices import Case

_QUOTED = 160  # characters of a concession


def working(proposition: Proposition, facts: Facts, rule: Rule, case: Case) -> tuple[str, ...]:
    """Return why the rule's grade was given: who says what since when, against whose interest, what would change it."""
    return tuple(_sentences(proposition, facts, rule, case))


def _sentences(proposition: Proposition, facts: Facts, rule: Rule, case: Case) -> Iterator[str]:
    for voice in facts.voices_for:
        yield f"For: {_spoken(voice)}."
    for voice in facts.voices_against:
        yield f"Against: {_spoken(voice)}."
    reasons = dict.fromkeys(reason for member in proposition.members for reason in member.reasons)
    if reasons:
        yield f"Counted from other claims: {'; '.join(reasons)}."
    yield (f"Independent voices whose last word is so: {len(facts.now_for)} for, {len(facts.now_against)} against.")
    yield from _interests(facts)
    both = {voice.name for voice in facts.voices_for} & {voice.name for voice in facts.voices_against}
    for name in sorted(both):
        turned = "for" if name in {voice.name for voice in facts.now_for} else "against"
        yield f"The word of {name} changed; its last is {turned}."
    yield rule.because
    yield from _other_acts(facts, rule)
    if facts.settled_on and rule.settles:
        yield f"Settled on {told(facts.settled_on)}{_conceding(facts.concession, facts.settled_on, case)}."
    yield from _silence(facts, case.as_of)
    yield rule.would_change


def _interests(facts: Facts) -> Iterator[str]:
    """Say whose word stands against its own interest, and whom it serves to say so."""
    for voices, does, to_do in ((facts.now_for, "says so", "say so"), (facts.now_against, "denies it", "deny it")):
        for voice in voices:
            if voice.against_interest:
                yield f"{_who(voice)} {does} against its own interest."
        served = [voice.name for voice in voices if voice.interest is Interest.SERVING]
        if served:
            yield f"It serves {' and '.join(served)} to {to_do}."


def _other_acts(facts: Facts, rule: Rule) -> Iterator[str]:
    """Say which other propositions a rule has counted."""
    if rule.when.get("action_nearby"):
        acts = facts.acts.nearby(facts.proposition)
        yield f"Known of the place and time: {'; '.join(map(_act, acts))}."
    if rule.when.get("other_blamed") or rule.when.get("other_accepted"):
        acts = facts.acts.rivals(facts.proposition)
        yield f"Also told: {'; '.join(map(_act, acts))}."


def _act(act: Act) -> str:
    return f"{act.event.replace('_', ' ')} by {act.agent} ({act.proposition})"


def _conceding(voice: Voice | None, when: datetime, case: Case) -> str:
    """Return who conceded and in what words, "" where nobody did."""
    if voice is None:
        return ""
    claim = next((case.claims[one] for one in voice.claims if case.said(case.claims[one]) == when), None)
    report = case.reports.get(claim.report) if claim else None
    if claim is None or report is None:
        return f" by {_who(voice)}"
    spans = [span for span in (claim.content, claim.anchor) if span and span.report == report.id]
    words = " ".join(report.text[spans[0].start : spans[0].end].split()) if spans else ""
    short = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rsplit(' ', 1)[0]} ..."
    return f" by {_who(voice)}{f', in {report.id}: “{short}”' if short else ''}"


def _silence(facts: Facts, as_of: datetime | None) -> Iterator[str]:
    """Say since when each camp has been silent, where that is more than a day."""
    if as_of is None:
        return
    for camp, voices in (("those for it", facts.now_for), ("those against it", facts.now_against)):
        last = max((voice.last for voice in voices if voice.last), default=None)
        if last and (as_of - last).days >= 1:
            yield f"Nothing new from {camp} since {told(last)}."


def _spoken(voice: Voice) -> str:
    times = "at an unknown time"
    if voice.first and voice.last:
        times = f"at {told(voice.first)}"
        if voice.last != voice.first:
            times = f"from {told(voice.first)} to {told(voice.last)}"
    reports = f"{voice.reports} report{'' if voice.reports == 1 else 's'}"
    return f"{_who(voice)}, {times}, in {reports}"


def _who(voice: Voice) -> str:
    return voice.name if voice.sources == (voice.name,) else f"{voice.name} ({', '.join(voice.sources)})"


def told(when: datetime) -> str:
    """Return an instant in UTC, as in "2031-05-10 12:00 UTC"."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
