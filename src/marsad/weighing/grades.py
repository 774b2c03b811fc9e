"""Verdicts: a small evaluator of the published rule set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.records import Assessment, Polarity
from marsad.vocabulary import load_rules
from marsad.weighing.acts import Acts
from marsad.weighing.facts import find_facts
from marsad.weighing.sources import source_records
from marsad.weighing.voices import Case
from marsad.weighing.working import working

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from marsad.linking import Linked, Sites
    from marsad.records import Claim, Origin, Place, Proposition, Report, SourceRecord
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet


def grade(
    linked: Linked,
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    theatre: Theatre | None,
    *,
    as_of: datetime | None = None,
    rules: RuleSet | None = None,
    places: Iterable[Place] = (),
    records: Iterable[SourceRecord] | None = None,
    sites: Sites | None = None,
) -> Mapping[str, Assessment]:
    """Return the verdict on each proposition by id, from what was published by `as_of` (None: all there is).

    A proposition on which nobody had spoken by then, or that no rule covers, has none. `rules` None is the shipped set.
    Where these are some propositions of many, `places` are others that claims on the rest name, or `sites` those of
    all claims, and `records` how all voices fared; None: as they fared here.
    """
    case = Case(
        claims={claim.id: claim for claim in claims},
        reports=reports,
        origins=origins,
        theatre=theatre,
        rules=rules or load_rules(),
        as_of=as_of,
        places=tuple(places),
        sites=sites,
    )
    acts = Acts(linked.propositions, case)
    verdicts = {one.id: verdict for one in linked.propositions if (verdict := _assess(one, case, acts))}
    known = source_records(linked, verdicts) if records is None else records
    fared = {(record.voice, record.topic): record for record in known}
    return {
        one.id: lettered(verdicts[one.id], one.family, fared, case.rules)
        for one in linked.propositions
        if one.id in verdicts
    }


def lettered(
    verdict: Assessment, topic: str, records: Mapping[tuple[str, str], SourceRecord], rules: RuleSet
) -> Assessment:
    """Return a verdict on something of a topic with the letter that the `records`, by voice and topic, give it."""
    return replace(verdict, admiralty_source=_letter(verdict, topic, records, rules))


def _assess(proposition: Proposition, case: Case, acts: Acts) -> Assessment | None:
    facts = find_facts(proposition, case, acts)
    rule = next((rule for rule in case.rules.rules if facts and facts.fulfil(rule)), None)
    if facts is None or rule is None:
        return None
    return Assessment(
        proposition=proposition.id,
        grade=rule.grade,
        voices_for=facts.voices_for,
        voices_against=facts.voices_against,
        working=working(proposition, facts, rule, case),
        rule_set=case.rules.name,
        rule_version=case.rules.version,
        as_of=case.as_of,
        settled_as=Polarity(rule.settles) if rule.settles else None,
        settled_on=facts.settled_on if rule.settles else None,
        admiralty_item=rule.item,
    )


def _letter(verdict: Assessment, topic: str, records: Mapping[tuple[str, str], SourceRecord], rules: RuleSet) -> str:
    """Return the Admiralty letter of the voice for the proposition with the best record on its topic; F without any."""
    shares = []
    for voice in verdict.voices_for:
        record = records.get((voice.name, topic))
        if record and record.share and record.held + record.failed >= rules.settled_at_least:
            shares.append(record.share.value)
    return next((letter for letter, least in rules.letters if shares and max(shares) >= least), "F")
