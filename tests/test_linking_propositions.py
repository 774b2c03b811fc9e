"""Which claims make one proposition, and what excludes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from marsad.records import Actor, Certainty, Count, Counts, DatePrecision, Extent, Interval, LinkKind, Place, Stance
from weighing_support import ARMY, DAY, REBELS, TOWN, War, claim, denial, report, theatre

if TYPE_CHECKING:
    from marsad.theatre import Theatre


def stances(war: War, event: str, agent: str | None = REBELS) -> dict[str, Stance]:
    return {member.claim.split("-")[1]: member.stance for member in war.proposition(event, agent).members}


def test_affirmation_and_denial_of_one_event_are_one_proposition() -> None:
    war = War([claim("a", "Monitor", "enter"), denial("b", "Ministry of Defence", "enter")], theatre=theatre())
    assert stances(war, "enter") == {"a": Stance.ASSERTS, "b": Stance.DENIES}


def test_capture_and_hold_by_one_agent_are_one_proposition() -> None:
    war = War([claim("a", "Monitor", "capture"), claim("b", "Wire", "hold")])
    assert len(war.linked.propositions) == 1


@pytest.mark.parametrize(
    "other",
    [
        claim("b", "Wire", "capture", days=9),
        claim("b", "Wire", "capture", place=Place(name="Dolmar", lat=10.1, lon=20.1)),
        claim("b", "Wire", "capture", place=replace(TOWN, name="Varenna airport", gazetteer_id="x:2")),
        claim("b", "Wire", "capture", place=None),
        claim("b", "Wire", "capture", extent=Extent.NEAR),
        claim("b", "Wire", "capture", agent="Lake Guard"),
        claim("b", "Wire", "shelling"),
    ],
    ids=["another week", "another town", "its airport", "no place", "near it", "another agent", "another event"],
)
def test_claims_of_other_things_stay_apart(other: object) -> None:
    war = War([claim("a", "Monitor", "capture"), other])
    assert len(war.linked.propositions) == 2


def test_spellings_of_one_town_are_one_place() -> None:
    unresolved = [Place(name=name, lat=10.0, lon=20.0) for name in ("Sowayrah", "Suwaira", "as-Sawira")]
    war = War([claim(str(n), "Monitor", "capture", place=place) for n, place in enumerate(unresolved)])
    assert len(war.linked.propositions) == 1


def test_bare_name_stands_for_the_only_place_of_that_name() -> None:
    bare = claim("b", "Wire", "capture", place=Place(name="Varenna"))
    assert len(War([claim("a", "Monitor", "capture"), bare]).linked.propositions) == 1
    twin = claim("c", "Wire", "shelling", place=Place(name="Varenna", gazetteer_id="x:9", lat=50.0, lon=20.0))
    assert len(War([claim("a", "Monitor", "capture"), bare, twin]).linked.propositions) == 3


def test_claim_without_agent_joins_the_only_event_that_it_can_mean() -> None:
    passive = claim("b", "Wire", "capture", agent=None)
    assert len(War([claim("a", "Monitor", "capture"), passive]).linked.propositions) == 1
    rival = claim("c", "Monitor", "capture", agent="Lake Guard")
    assert len(War([claim("a", "Monitor", "capture"), rival, passive]).linked.propositions) == 3


def test_loss_without_a_named_winner_is_not_a_hold_by_the_loser() -> None:
    fall = claim("a", "Wire", "capture", agent=None, target=ARMY)
    war = War([fall, claim("b", "State Agency", "hold", agent=ARMY)], theatre=theatre())
    assert stances(war, "capture", None) == {"a": Stance.ASSERTS, "b": Stance.DENIES}


def test_plans_and_hypotheticals_are_no_evidence() -> None:
    unreal = [
        claim("a", "Wire", "capture", certainty=Certainty.PLANNED),
        claim("b", "Wire", "capture", certainty=Certainty.CONDITIONAL),
    ]
    assert War(unreal).linked.propositions == ()


def test_vaguer_dates_match_more_widely() -> None:
    month = Interval(start=DAY.replace(day=1), end=DAY.replace(day=31), precision=DatePrecision.MONTH)
    early = claim("b", "Wire", "shelling", days=-4)
    day = claim("a", "Monitor", "shelling")
    assert len(War([day, early]).linked.propositions) == 2
    week = Interval(start=DAY - timedelta(days=4), end=DAY + timedelta(days=2), precision=DatePrecision.WEEK)
    assert len(War([day, replace(early, interval=week)]).linked.propositions) == 1
    assert len(War([day, replace(early, interval=month)]).linked.propositions) == 2


def test_enemies_cannot_both_hold_a_town() -> None:
    war = War([claim("a", REBELS, "capture"), claim("b", ARMY, "hold", agent=ARMY)], theatre=theatre())
    rebels, army = war.proposition("capture"), war.proposition("hold", ARMY)
    pairs = {(link.claim, link.other) for link in war.linked.links if link.kind is LinkKind.CONTRADICTS}
    assert {(rebels.id, army.id), (army.id, rebels.id)} <= pairs
    assert stances(war, "capture")["b"] is Stance.DENIES
    assert all(link.reasons for link in war.linked.links)


def test_enemies_can_hold_villages_near_one_town() -> None:
    near = {"extent": Extent.NEAR}
    war = War([claim("a", REBELS, "capture", **near), claim("b", ARMY, "hold", agent=ARMY, **near)], theatre=theatre())
    assert not [link for link in war.linked.links if link.kind is LinkKind.CONTRADICTS]


def test_without_a_theatre_enemies_are_those_who_attack_each_other() -> None:
    holds = [claim("a", REBELS, "capture"), claim("b", ARMY, "hold", agent=ARMY)]
    assert not [link for link in War(holds).linked.links if link.kind is LinkKind.CONTRADICTS]
    shelling = claim("c", "Monitor", "shelling", target=ARMY, days=-20)
    assert [link for link in War([*holds, shelling]).linked.links if link.kind is LinkKind.CONTRADICTS]


def test_hold_the_day_before_a_capture_excludes_nothing() -> None:
    war = War([claim("a", REBELS, "capture", days=1), claim("b", ARMY, "hold", agent=ARMY)], theatre=theatre())
    assert stances(war, "capture") == {"a": Stance.ASSERTS}


def test_safe_and_stable_supports_the_denial_of_an_entry() -> None:
    war = War([claim("a", "Monitor", "enter"), claim("b", ARMY, "hold", agent=ARMY)], theatre=theatre())
    assert stances(war, "enter") == {"a": Stance.ASSERTS, "b": Stance.DENIES}


def test_withdrawal_by_its_own_word_concedes_the_entry_of_the_enemy() -> None:
    claims = [claim("a", REBELS, "capture"), claim("b", ARMY, "withdraw", agent=ARMY)]
    assert stances(War(claims, theatre=theatre()), "capture")["b"] is Stance.CONCEDES
    third = [claims[0], claim("b", "Monitor", "withdraw", agent=ARMY)]
    assert "b" not in stances(War(third, theatre=theatre()), "capture")


def test_force_can_come_and_go_on_one_day() -> None:
    moves = [claim("a", "Monitor", "capture"), claim("b", "Wire", "withdraw")]
    assert stances(War(moves), "capture") == {"a": Stance.ASSERTS}
    stayed = [*moves, claim("c", "Gazette", "hold")]
    assert stances(War(stayed), "capture")["b"] is Stance.DENIES
    denied = [moves[0], denial("b", "Wire", "enter")]
    assert stances(War(denied), "capture")["b"] is Stance.DENIES


def test_beaten_back_attack_excludes_that_the_attacker_is_inside() -> None:
    repel = claim("b", ARMY, "repel", agent=ARMY, target=REBELS)
    war = War([claim("a", REBELS, "enter"), repel], theatre=theatre())
    assert stances(war, "enter")["b"] is Stance.DENIES


def test_open_and_closed_crossing_exclude_each_other_but_roads_to_a_town_do_not() -> None:
    crossing = [claim("a", "Monitor", "cut_route"), claim("b", "Wire", "open_route")]
    assert stances(War(crossing), "cut_route")["b"] is Stance.DENIES
    roads = [replace(one, extent=Extent.ROUTE) for one in crossing]
    assert "b" not in stances(War(roads), "cut_route")


def counted(name: str, source: str, killed: int, days: int = 0) -> object:
    counts = Counts(killed=Count(killed, killed))
    return claim(name, source, "casualties", agent=None, target="civilians", counts=counts, days=days)


def test_counts_that_exclude_each_other_contradict() -> None:
    war = War([counted("a", "Monitor", 89), counted("b", "Ministry of Health", 183)])
    (link,) = [
        one for one in war.linked.links if one.kind is LinkKind.CONTRADICTS and one.claim == "c-b-casualties-None"
    ]
    assert link.reasons[0] == (
        "183 killed according to Ministry of Health as of 10 May 2031 and 89 according to Monitor as of 10 May 2031 "
        "exclude each other"
    )


@pytest.mark.parametrize(
    "other",
    [counted("b", "Wire", 92), counted("b", "Wire", 120, days=1), counted("b", "Monitor", 183)],
    ids=["nearly the same", "grown by the next day", "the same source counts on"],
)
def test_counts_that_can_both_be_right_do_not_contradict(other: object) -> None:
    war = War([counted("a", "Monitor", 89), other])
    assert not [one for one in war.linked.links if one.kind is LinkKind.CONTRADICTS]


def test_numbers_of_one_event_are_compared_with_each_other_not_only_with_the_first_word() -> None:
    bare = claim("a", "Wire", "casualties", agent=None, target="civilians")
    war = War([bare, counted("b", "Monitor", 89), counted("c", "Ministry of Health", 183)])
    assert [len(one.members) for one in war.linked.propositions] == [3, 2]
    (first, second) = war.linked.propositions
    assert {member.claim.split("-")[1] for member in first.members if member.stance is Stance.DENIES} == {"c"}
    assert {member.claim.split("-")[1] for member in second.members if member.stance is Stance.DENIES} == {"b"}


def test_number_of_unknown_people_is_not_that_of_known_ones() -> None:
    unknown = replace(counted("b", "Wire", 89), target=None)
    assert (
        len(War([claim("a", "Monitor", "casualties", agent=None, target="civilians"), unknown]).linked.propositions)
        == 2
    )


def test_numbers_of_unknown_people_at_no_place_exclude_nothing() -> None:
    week = Interval(start=DAY - timedelta(days=4), end=DAY, precision=DatePrecision.WEEK)
    tolls = [
        replace(counted(name, source, killed), target=None, place=None, interval=week)
        for name, source, killed in (("a", "Monitor", 89), ("b", "Ministry of Health", 183))
    ]
    assert not [one for one in War(tolls).linked.links if one.kind is LinkKind.CONTRADICTS]
    known = [replace(one, target="civilians") for one in tolls]
    assert [one for one in War(known).linked.links if one.kind is LinkKind.CONTRADICTS]


def test_hold_on_a_day_leaves_room_for_a_capture_in_the_same_week() -> None:
    week = Interval(start=DAY - timedelta(days=2), end=DAY + timedelta(days=4), precision=DatePrecision.WEEK)
    taken = claim("a", REBELS, "capture", interval=week)
    war = War([taken, claim("b", ARMY, "hold", agent=ARMY)], theatre=theatre())
    assert stances(war, "capture") == {"a": Stance.ASSERTS}
    late = War([taken, claim("b", ARMY, "hold", agent=ARMY, days=4)], theatre=theatre())
    assert stances(late, "capture")["b"] is Stance.DENIES


def test_denial_counts_for_all_days_that_it_names() -> None:
    week = Interval(start=DAY - timedelta(days=2), end=DAY + timedelta(days=4), precision=DatePrecision.WEEK)
    war = War([claim("a", REBELS, "capture"), denial("b", ARMY, "enter", interval=week)], theatre=theatre())
    assert stances(war, "capture")["b"] is Stance.DENIES


def test_two_events_of_one_vague_span_exclude_nothing() -> None:
    week = Interval(start=DAY - timedelta(days=6), end=DAY, precision=DatePrecision.WEEK)
    claims = [claim("a", REBELS, "capture", interval=week), claim("b", ARMY, "hold", agent=ARMY, interval=week)]
    assert stances(War(claims, theatre=theatre()), "capture") == {"a": Stance.ASSERTS}


def test_who_names_the_day_dates_the_proposition() -> None:
    week = Interval(start=DAY - timedelta(days=3), end=DAY + timedelta(days=3), precision=DatePrecision.WEEK)
    war = War([claim("a", "Monitor", "capture"), claim("b", "Wire", "capture", interval=week)])
    (found,) = war.linked.propositions
    assert (found.interval.start, found.interval.end) == (DAY, DAY)


def test_airport_that_is_placed_at_its_town_is_not_the_town() -> None:
    airport = replace(TOWN, name="Varenna airport")
    assert (
        len(War([claim("a", "Monitor", "capture"), claim("b", "Wire", "capture", place=airport)]).linked.propositions)
        == 2
    )
    again = [claim("a", "Monitor", "capture", place=airport)]
    again.append(claim("b", "Wire", "capture", place=replace(TOWN, name="Varenna International Airport")))
    assert len(War(again).linked.propositions) == 1
    countryside = replace(TOWN, name="Varenna countryside")
    near = [claim("a", "Monitor", "capture", extent=Extent.NEAR)]
    near.append(claim("b", "Wire", "capture", extent=Extent.NEAR, place=countryside))
    assert len(War(near).linked.propositions) == 1


def spelt(*names: str, canonical: str | None = None) -> int:
    """Return how many propositions a capture makes that is told of these names, all of one point."""
    places = [Place(name=name, lat=10.0, lon=20.0, canonical=canonical) for name in names]
    return len(
        War([claim(str(n), "Monitor", "capture", place=place) for n, place in enumerate(places)]).linked.propositions
    )


def test_spellings_in_two_scripts_are_one_place() -> None:
    assert spelt("Kamenovsk", "Каменовск", "Каменовськ") == 1
    assert spelt("Tarmuq", "ترموق") == 1
    assert spelt("Upper Shamqa", "Дахлуна", "حجر الوادي") == 3


def test_an_airport_is_one_in_any_language_and_still_not_its_town() -> None:
    assert spelt("Vetrogorye airfield", "аэродром Ветрогорье", "aérodrome de Vetrogorye") == 1
    assert spelt("Vetrogorye", "аэродром Ветрогорье") == 2


def test_a_place_of_a_theatre_is_what_the_theatre_calls_it() -> None:
    names = ("Rashida", "معبر الراشدة", "пропускной пункт Рашида")
    assert spelt(*names, canonical="Rashida crossing") == 1


def test_a_town_that_is_called_after_a_bridge_is_no_bridge() -> None:
    assert spelt("Jisr al-Shughur", "جسر الشغور", canonical="Jisr ash Shughur") == 1


def test_a_truce_is_not_what_one_party_does_to_it() -> None:
    assert (
        len(War([claim("a", "Monitor", "ceasefire"), claim("b", "Wire", "ceasefire", agent=None)]).linked.propositions)
        == 2
    )


def shelled(name: str, days: int, event: str = "shelling", **fields: str) -> object:
    return claim(name, "Monitor", event, days=days, **fields)


def test_two_days_in_one_report_are_two_attacks_and_others_join_the_one_of_their_day() -> None:
    told = [shelled("a", 0), shelled("a2", 1, report="a")]
    war = War([*told, shelled("b", 1)])
    assert [[member.claim for member in one.members] for one in war.linked.propositions] == [
        ["c-a-shelling-Northern Front"],
        ["c-a2-shelling-Northern Front", "c-b-shelling-Northern Front"],
    ]
    assert len(War([shelled("a", 0), shelled("b", 1)]).linked.propositions) == 1


def test_a_town_held_on_two_days_by_one_report_is_held() -> None:
    assert len(War([shelled("a", 0, "hold"), shelled("a2", 1, "hold", report="a")]).linked.propositions) == 1


def test_a_bodys_own_channel_is_the_body() -> None:
    actors = theatre().actors | {"Bulletin": Actor(name="Bulletin", kind="media", speaks_for="Monitor")}
    war = War(
        [claim("a", "Bulletin", "capture"), claim("b", "Monitor", "hold")], theatre=replace(theatre(), actors=actors)
    )
    (voice,) = war.verdict("capture").voices_for
    assert (voice.name, voice.sources) == ("Monitor", ("Monitor",))


@pytest.mark.parametrize("own", [None, theatre()], ids=["no theatre", "a theatre that does not know it"])
def test_a_well_known_body_is_one_voice_in_every_language(own: Theatre | None) -> None:
    names = ("UN", "ООН", "Nations unies", "الأمم المتحدة", "Організація Об'єднаних Націй")
    war = War([claim(str(n), name, "capture") for n, name in enumerate(names)], theatre=own)
    (voice,) = war.verdict("capture").voices_for
    assert voice.name == "United Nations"
    acting = War([claim(str(n), "Monitor", "withdraw", agent=name) for n, name in enumerate(names)], theatre=own)
    assert len(acting.linked.propositions) == 1


def test_a_body_that_nobody_knows_in_two_languages_stays_two() -> None:
    war = War([claim("a", "Lake Council", "capture"), claim("b", "Озёрный совет", "capture")])
    assert len(war.verdict("capture").voices_for) == 2


def test_what_a_theatre_calls_a_body_goes_before_the_table() -> None:
    mission = Actor(name="UN Mission", kind="un", aliases=("United Nations",))
    war = War(
        [claim("a", "ООН", "capture")], theatre=replace(theatre(), actors=theatre().actors | {"UN Mission": mission})
    )
    (voice,) = war.verdict("capture").voices_for
    assert voice.name == "UN Mission"


def test_links_say_how_far_they_can_be_leant_on() -> None:
    blurred = replace(TOWN, name="Varinna", gazetteer_id=None)
    war = War(
        [
            claim("a", "Monitor", "capture"),
            claim("b", "Wire", "hold"),
            claim("c", "Gazette", "capture", agent=None, days=1, place=blurred),
        ]
    )
    first, same, vague = (link for link in war.linked.links if link.kind is LinkKind.SAME)
    assert (first.score, first.reasons) == (1.0, ("the first to speak of it",))
    assert same.score == 1.0
    assert same.reasons == (
        "speaks of it",
        "place: one entry of the gazetteer",
        "days: the same",
        "agent: the same",
    )
    assert vague.score < same.score
    assert vague.reasons[1:] == (
        "place: another spelling nearby",
        "days: as near as their precision allows",
        "agent: not named by both",
    )


def test_what_follows_is_leant_on_less_than_what_is_said() -> None:
    war = War([claim("a", "Monitor", "enter"), claim("b", ARMY, "hold", agent=ARMY)], theatre=theatre())
    scores = {link.kind: link.score for link in war.linked.links if link.claim.startswith("c-")}
    assert scores[LinkKind.CONTRADICTS] < scores[LinkKind.SAME]
    assert all(0 <= score <= 1 for score in scores.values())


def test_source_that_reports_a_change_does_not_dispute_itself() -> None:
    war = War([claim("a", "Monitor", "hold", agent=ARMY), claim("b", "Monitor", "capture")], theatre=theatre())
    assert stances(war, "hold", ARMY) == {"a": Stance.ASSERTS}


def test_identity_stays_when_later_reports_arrive() -> None:
    first = War([claim("a", "Monitor", "capture")])
    later = War([claim("a", "Monitor", "capture"), claim("b", "Wire", "capture"), denial("c", ARMY, "capture")])
    assert later.proposition("capture").id == first.proposition("capture").id
    assert first.proposition("capture").id.startswith("p-")


def test_claims_without_any_date_do_not_join_dated_ones() -> None:
    undated = report("b", published=None)
    blank = claim("b", "Wire", "capture", interval=Interval())
    assert len(War([claim("a", "Monitor", "capture"), blank], [undated]).linked.propositions) == 2
