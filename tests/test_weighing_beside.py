"""Verdicts from some of what is known: they are the same where all that they rest on is among it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from marsad.linking import Linked, Sites
from marsad.vocabulary import load_rules, shipped_rules
from marsad.weighing import beside, grade, source_records
from weighing_support import ARMY, REBELS, TOWN, War, claim, denial, theatre

if TYPE_CHECKING:
    from marsad.records import Assessment, Place

_PEOPLE = "civilians"


def a_war(rules: str) -> War:
    """Settled cases, a dispute, force nearby, a rival blamed for the same, and an event elsewhere."""
    town = replace(TOWN, gazetteer_id="x:9", name="Elsewhere", lat=30.0)
    settled = []
    for week in range(1, 6):
        settled += [
            claim(f"a{week}", "Monitor", "enter", days=7 * week),
            denial(f"b{week}", ARMY, "enter", days=7 * week),
            claim(f"c{week}", ARMY, "enter", days=7 * week),
        ]
    claims = [
        *settled,
        claim("d", REBELS, "capture"),
        denial("e", ARMY, "capture"),
        claim("f", ARMY, "hold", ARMY),
        claim("g", REBELS, "advance"),
        claim("h", "Monitor", "shelling", target=_PEOPLE),
        claim("i", "Wire", "shelling", ARMY, target=_PEOPLE),
        claim("j", "Monitor", "shelling", ARMY, place=town, target=_PEOPLE),
        claim("k", "Monitor", "capture", days=90),
    ]
    return War(claims, theatre=theatre(), rules=rules)


def again(war: War, asked: str, rules: str) -> Assessment:
    """Return the verdict on one proposition from what `beside` says that it rests on, and from nothing else."""
    reports, origins = war.reports, war.origins
    others = beside(war.linked, war.claims, reports, origins, war.theatre, asked={asked})
    assert asked not in others
    kept = tuple(one for one in war.linked.propositions if one.id in {asked, *others})
    members = {member.claim for one in kept for member in one.members}
    return grade(
        Linked(propositions=kept, links=()),
        [one for one in war.claims if one.id in members],
        reports,
        origins,
        war.theatre,
        rules=load_rules(rules),
        records=source_records(war.linked, war.assessments),
    )[asked]


@pytest.mark.parametrize("rules", shipped_rules())
def test_a_verdict_is_the_same_from_what_it_rests_on(rules: str) -> None:
    war = a_war(rules)
    for asked, verdict in war.assessments.items():
        assert again(war, asked, rules) == verdict


def test_it_rests_on_force_nearby_rivals_and_what_excludes_it_and_on_nothing_elsewhere() -> None:
    war = a_war("marsad-1")
    (blamed,) = [one for one in war.linked.propositions if (one.event, one.agent) == ("shelling", REBELS)]
    others = beside(war.linked, war.claims, war.reports, war.origins, war.theatre, asked={blamed.id})
    known = {one.id: one for one in war.linked.propositions}
    told = {(known[one].event, known[one].agent) for one in others}
    assert ("advance", REBELS) in told
    assert ("shelling", ARMY) in told
    assert all(known[one].place == TOWN for one in others)


def test_the_letter_follows_the_record_that_is_given() -> None:
    war = a_war("marsad-1")
    (asked,) = [one.id for one in war.linked.propositions if one.event == "capture" and len(one.members) == 1]
    assert war.assessments[asked].admiralty_source == "A"
    assert again(war, asked, "marsad-1").admiralty_source == "A"


def test_places_that_others_name_tell_which_spellings_are_one() -> None:
    nameless = replace(TOWN, gazetteer_id=None)
    one, other = replace(nameless, name="Varenna"), replace(nameless, name="Vrn", lat=10.3)
    bridge = replace(nameless, name="Varena", lat=10.15)
    assert len({Sites([one, other]).site(place) for place in (one, other)}) == 2
    assert len({Sites([one, other, bridge]).site(place) for place in (one, other)}) == 1
    claims = [
        claim("a", REBELS, "advance", place=other),
        claim("b", "Monitor", "shelling", place=one),
        claim("c", "witnesses", "shelling", place=one),
    ]
    war, rules = War(claims, theatre=theatre(), rules="recorders-1"), load_rules("recorders-1")

    def graded(*places: Place) -> str:
        found = grade(war.linked, claims, war.reports, war.origins, war.theatre, rules=rules, places=places)
        return found[war.proposition("shelling").id].grade

    assert (graded(), graded(bridge)) == ("weak", "fair")
