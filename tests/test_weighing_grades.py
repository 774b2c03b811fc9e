"""The verdicts of the shipped rule sets, and the voices behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from marsad.records import Actor, Interest, Polarity, Stance, Tally
from marsad.theatre import Side
from marsad.weighing import disputes, source_records, voices, wilson
from weighing_support import ARMY, NOON, REBELS, War, claim, copied, denial, report, theatre

if TYPE_CHECKING:
    from marsad.records import Claim


def test_one_voice_is_single() -> None:
    verdict = War([claim("a", "Monitor", "enter")], theatre=theatre()).verdict("enter")
    assert (verdict.grade, verdict.admiralty_source, verdict.admiralty_item) == ("single", "F", "3")


def test_single_word_that_serves_its_speaker_cannot_be_judged() -> None:
    verdict = War([claim("a", REBELS, "enter")], theatre=theatre()).verdict("enter")
    assert (verdict.grade, verdict.admiralty_item) == ("single", "6")


def test_party_ministry_and_agency_are_one_voice() -> None:
    claims = [claim(n, source, "hold", agent=ARMY) for n, source in (("a", ARMY), ("b", "Ministry of Defence"))]
    claims.append(claim("c", "narrator", "hold", agent=ARMY))
    agency = report("c", kind="state_media", publisher="State Agency", hours=5)
    verdict = War(claims, [agency], theatre=theatre()).verdict("hold", ARMY)
    (voice,) = verdict.voices_for
    assert (voice.name, voice.side, voice.reports) == ("government", "government", 3)
    assert voice.sources == (ARMY, "Ministry of Defence", "State Agency")
    assert verdict.grade == "single"


def test_without_a_theatre_each_source_is_its_own_voice() -> None:
    verdict = War([claim("a", ARMY, "enter"), claim("b", "Ministry of Defence", "enter")]).verdict("enter")
    assert verdict.grade == "corroborated"


def test_person_speaks_for_the_body() -> None:
    war = War([claim("a", "Ada Example", "enter"), claim("b", REBELS, "enter")], theatre=theatre())
    assert war.verdict("enter").grade == "single"


def test_two_independent_voices_corroborate() -> None:
    war = War([claim("a", "Monitor", "enter"), claim("b", "witnesses", "enter")], theatre=theatre())
    assert war.verdict("enter").grade == "corroborated"


def test_own_loss_is_admitted() -> None:
    verdict = War([claim("a", ARMY, "enter")], theatre=theatre()).verdict("enter")
    assert (verdict.grade, verdict.admiralty_item) == ("admitted", "1")
    assert any("against its own interest" in sentence for sentence in verdict.working)


def test_opposed_sides_that_agree_admit() -> None:
    war = War([claim("a", ARMY, "clash", agent=None), claim("b", REBELS, "clash", agent=None)], theatre=theatre())
    assert war.verdict("clash", None).grade == "admitted"


def test_victim_that_accuses_does_not_admit() -> None:
    war = War([claim("a", ARMY, "shelling", target=ARMY)], theatre=theatre())
    assert war.verdict("shelling").grade == "single"


def test_voices_on_both_sides_are_a_dispute() -> None:
    claims = [claim("a", "Monitor", "enter"), denial("b", "Ministry of Defence", "enter")]
    war = War(claims, theatre=theatre())
    (dispute,) = disputes(war.linked, war.assessments, claims)
    assert (dispute.supporters, dispute.deniers) == (("Monitor",), ("Ministry of Defence",))
    assert (dispute.open, dispute.reports, dispute.event) == (True, ("a", "b"), "enter")


def test_denial_of_what_nobody_says_is_denied() -> None:
    assert (
        War([denial("a", ARMY, "withdraw", agent=ARMY)], theatre=theatre()).verdict("withdraw", ARMY).grade == "denied"
    )


def test_denier_that_later_admits_settles_it() -> None:
    claims = [claim("a", REBELS, "enter"), denial("b", "Ministry of Defence", "enter"), claim("c", ARMY, "enter")]
    war = War(claims, theatre=theatre())
    verdict = war.verdict("enter")
    assert (verdict.grade, verdict.settled_as) == ("settled", Polarity.AFFIRMED)
    assert verdict.settled_on == NOON + timedelta(hours=2)
    assert any("Settled on 2031-05-10 14:00 UTC by government" in sentence for sentence in verdict.working)
    assert [dispute.open for dispute in disputes(war.linked, war.assessments, claims)] == [False]


def test_withdrawal_settles_the_denied_entry() -> None:
    claims = [claim("a", REBELS, "enter"), denial("b", ARMY, "enter"), claim("c", ARMY, "withdraw", agent=ARMY)]
    assert War(claims, theatre=theatre()).verdict("enter").grade == "settled"


def test_new_denial_opens_the_dispute_again() -> None:
    claims = [denial("a", ARMY, "enter"), claim("b", ARMY, "enter"), denial("c", "State Agency", "enter")]
    claims.append(claim("d", "Monitor", "enter"))
    assert War(claims, theatre=theatre()).verdict("enter").grade == "disputed"


def test_claim_that_its_makers_took_back_is_denied() -> None:
    claims = [claim("a", "Monitor", "enter"), denial("b", "Monitor", "enter")]
    assert War(claims, theatre=theatre()).verdict("enter").grade == "denied"


def test_third_party_that_corrects_itself_settles_it() -> None:
    claims = [denial("a", "Monitor", "enter"), claim("b", "witnesses", "enter"), claim("c", "Monitor", "enter")]
    assert War(claims, theatre=theatre()).verdict("enter").grade == "settled"


def test_concession_in_words_needs_no_theatre() -> None:
    claims = [claim("a", REBELS, "enter"), denial("b", ARMY, "enter")]
    claims.append(claim("c", ARMY, "enter", stance=Stance.CONCEDES))
    assert War(claims).verdict("enter").grade == "settled"


def test_only_what_was_published_by_then_counts() -> None:
    claims = [claim("a", "Monitor", "enter"), denial("b", ARMY, "enter"), claim("c", ARMY, "enter")]
    grades = [War(claims, theatre=theatre(), as_of=NOON + timedelta(hours=h)).verdict("enter").grade for h in range(3)]
    assert grades == ["single", "disputed", "settled"]
    assert War(claims, theatre=theatre(), as_of=NOON - timedelta(hours=1)).assessments == {}


def test_working_tells_since_when_a_camp_is_silent() -> None:
    claims = [claim("a", "Monitor", "enter"), denial("b", ARMY, "enter")]
    verdict = War(claims, theatre=theatre(), as_of=NOON + timedelta(days=3)).verdict("enter")
    assert "Nothing new from those against it since 2031-05-10 13:00 UTC." in verdict.working


def test_doubt_is_no_voice() -> None:
    doubt = denial("b", "unnamed analyst", "enter", stance=Stance.DOUBTS)
    assert War([claim("a", "Monitor", "enter"), doubt], theatre=theatre()).verdict("enter").grade == "single"


@pytest.mark.parametrize(
    ("fields", "publisher", "side"),
    [
        ({"via": "State Agency"}, "Wire", "government"),
        ({"relays": ("Wire", "State Agency")}, "Wire", "government"),
        ({}, "State Agency", "government"),
        ({}, "Wire", None),
    ],
)
def test_unnamed_official_belongs_to_the_side_of_the_medium(
    fields: dict[str, object], publisher: str, side: str | None
) -> None:
    one = claim("a", "unnamed official", "enter", **fields)
    carrier = report("a", kind="state_media", publisher=publisher)
    war = War([one], [carrier], theatre=theatre())
    ((voice,), against) = voices(war.proposition("enter"), [one], war.reports, war.origins, war.theatre)
    assert (voice.side, against) == (side, ())


def test_unnamed_official_belongs_to_the_party_that_the_text_tells() -> None:
    claims = [
        claim("a", "unnamed official", "withdraw", ARMY, speaks_for=ARMY),
        claim("b", "unnamed official", "withdraw", ARMY, speaks_for="Foreign Army", via="State Agency"),
    ]
    known, foreign = War(claims, theatre=theatre()).verdict("withdraw", ARMY).voices_for
    assert (known.side, known.against_interest) == ("government", True)
    assert (foreign.side, foreign.name) == (None, "unnamed official of Foreign Army")


def test_residents_met_by_a_state_agency_stay_residents() -> None:
    one = claim("a", "local residents", "enter", via="State Agency")
    assert War([one], theatre=theatre()).verdict("enter").voices_for[0].side is None


def test_unnamed_sources_of_different_reports_are_different_voices() -> None:
    claims = [claim("a", "witnesses", "enter"), claim("b", "witnesses", "enter")]
    assert War(claims, theatre=theatre()).verdict("enter").grade == "corroborated"
    wire = report("a", kind="wire", text="long " * 3 + " ".join(f"word{n}" for n in range(40)))
    assert War(claims, [wire, copied(wire, "b", hours=1)], theatre=theatre()).verdict("enter").grade == "single"


def test_outlets_own_voice_in_an_agency_story_is_the_agency() -> None:
    claims = [claim("a", "narrator", "enter"), claim("b", "narrator", "enter")]
    reports = [report("a", agencies=("WR",)), report("b", agencies=("WR",), hours=1)]
    (voice,) = War(claims, reports, theatre=theatre()).verdict("enter").voices_for
    assert (voice.name, voice.reports) == ("WR", 2)


def settled_entries(weeks: int) -> list[Claim]:
    """What the monitor says, the army denies and then admits, week after week."""
    claims = []
    for week in range(weeks):
        claims += [
            claim(f"a{week}", "Monitor", "enter", days=7 * week),
            denial(f"b{week}", ARMY, "enter", days=7 * week),
            claim(f"c{week}", ARMY, "enter", days=7 * week),
        ]
    return claims


def test_letter_is_earned_by_settled_cases_of_the_same_topic() -> None:
    open_ones = [claim("y", "Monitor", "capture", days=90), claim("z", "Monitor", "shelling", days=90)]
    war = War([*settled_entries(5), *open_ones], theatre=theatre())
    assert war.verdict("capture").admiralty_source == "A"
    assert war.verdict("shelling").admiralty_source == "F"
    fewer = War([*settled_entries(4), *open_ones], theatre=theatre())
    assert fewer.verdict("capture").admiralty_source == "F"


def test_records_are_kept_by_topic_and_interest_with_intervals() -> None:
    war = War([*settled_entries(5), claim("z", "Monitor", "shelling", days=90)], theatre=theatre())
    records = {(one.voice, one.topic): one for one in source_records(war.linked, war.assessments)}
    monitor, army = records["Monitor", "territory"], records["government", "territory"]
    assert (monitor.claims, monitor.held, monitor.failed, monitor.open) == (5, 5, 0, 0)
    assert monitor.share == wilson(5, 5)
    assert (monitor.self_serving, monitor.against_interest) == (Tally(), Tally())
    assert (army.held, army.failed) == (0, 5)
    assert (army.self_serving.held, army.self_serving.failed) == (0, 5)
    shelling = records["Monitor", "violence"]
    assert (shelling.open, shelling.share) == (1, None)


def test_unnamed_sources_have_no_record() -> None:
    war = War([claim("a", "witnesses", "enter")], theatre=theatre())
    assert source_records(war.linked, war.assessments) == ()


@pytest.mark.parametrize(
    ("held", "settled", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_interval_is_wilsons(held: int, settled: int, low: float, high: float) -> None:
    share = wilson(held, settled)
    assert share is not None
    assert (share.value, share.low, share.high) == pytest.approx((held / settled, low, high), abs=1e-4)


def test_no_settled_case_gives_no_share() -> None:
    assert wilson(0, 0) is None


def test_every_voice_carries_its_interest() -> None:
    claims = [claim("a", REBELS, "enter"), claim("b", "Monitor", "enter"), claim("c", ARMY, "enter")]
    verdict = War(claims, theatre=theatre()).verdict("enter")
    assert {voice.name: voice.interest for voice in verdict.voices_for} == {
        "rebels": Interest.SERVING,
        "Monitor": Interest.NEUTRAL,
        "government": Interest.AGAINST,
    }


def test_working_tells_whom_a_word_serves() -> None:
    claims = [claim("a", REBELS, "enter"), denial("b", ARMY, "enter")]
    working = War(claims, theatre=theatre()).verdict("enter").working
    assert "It serves rebels to say so." in working
    assert "It serves government to deny it." in working


def test_what_a_side_denied_its_ally_cannot_concede() -> None:
    allied = theatre()
    sides = {**allied.sides, "friends": Side(name="friends", opposes=("rebels",))}
    actors = {**allied.actors, "Friendly Army": Actor(name="Friendly Army", kind="state", side="friends")}
    claims = [claim("a", REBELS, "enter"), denial("b", ARMY, "enter"), claim("c", "Friendly Army", "enter")]
    war = War(claims, theatre=replace(allied, sides=sides, actors=actors))
    assert war.verdict("enter").grade == "disputed"


def test_verdict_names_the_rules_and_their_version() -> None:
    verdict = War([claim("a", "Monitor", "enter")], theatre=theatre(), rules="recorders-1").verdict("enter")
    assert (verdict.rule_set, verdict.rule_version) == ("recorders-1", "1.0")


# The rules of casualty recorders


def recorded(*claims: Claim, event: str = "shelling", agent: str | None = REBELS) -> str:
    """Return the grade that the rules of casualty recorders give."""
    return War(claims, theatre=theatre(), rules="recorders-1").verdict(event, agent).grade


def test_recorders_call_one_voice_weak() -> None:
    assert recorded(claim("a", "Monitor", "shelling")) == "weak"
    assert recorded(claim("a", REBELS, "shelling")) == "weak"


def test_recorders_ask_for_an_action_nearby_before_violence_is_fair() -> None:
    told = [claim("a", "Monitor", "shelling"), claim("b", "witnesses", "shelling")]
    assert recorded(*told) == "weak"
    assert recorded(*told, claim("c", REBELS, "advance")) == "fair"
    assert recorded(*told, claim("c", "Monitor", "advance")) == "weak"
    assert recorded(*told, claim("c", ARMY, "withdraw", agent=ARMY)) == "weak"
    assert recorded(*told, claim("c", REBELS, "advance", days=30)) == "weak"
    assert recorded(*told, claim("c", REBELS, "advance"), denial("d", ARMY, "advance")) == "weak"


def test_working_names_what_was_counted_from_elsewhere() -> None:
    told = [claim("a", "Monitor", "shelling"), claim("b", "witnesses", "shelling"), claim("c", REBELS, "advance")]
    war = War(told, theatre=theatre(), rules="recorders-1")
    nearby = f"Known of the place and time: advance by {REBELS} ({war.proposition('advance').id})."
    assert nearby in war.verdict("shelling").working
    hurt = {"target": "civilians"}
    told = [claim("a", "Monitor", "shelling", **hurt), claim("b", ARMY, "shelling", agent=ARMY, **hurt)]
    war = War(told, theatre=theatre(), rules="recorders-1")
    rival = f"Also told: shelling by {ARMY} ({war.proposition('shelling', ARMY).id})."
    assert rival in war.verdict("shelling").working


def test_recorders_call_two_voices_on_other_things_fair() -> None:
    assert recorded(claim("a", "Monitor", "enter"), claim("b", "witnesses", "enter"), event="enter") == "fair"


def test_recorders_confirm_what_the_party_that_did_it_accepts() -> None:
    assert recorded(claim("a", "Monitor", "shelling"), claim("b", "Front Channel", "shelling")) == "confirmed"
    assert recorded(claim("a", ARMY, "enter"), event="enter") == "confirmed"


def test_recorders_do_not_confirm_a_capture_that_its_captor_claims() -> None:
    told = [claim("a", "Monitor", "capture"), claim("b", REBELS, "capture")]
    assert recorded(*told, event="capture") == "fair"


def test_recorders_call_rival_blame_contested() -> None:
    hurt = {"target": "civilians"}
    told = [claim("a", "Monitor", "shelling", **hurt), claim("b", "witnesses", "shelling", agent=ARMY, **hurt)]
    assert recorded(*told) == "contested"
    elsewhere = claim("b", "witnesses", "shelling", agent=ARMY, days=20, **hurt)
    assert recorded(told[0], elsewhere) == "weak"
    soldiers = claim("b", "witnesses", "shelling", agent=ARMY, target="soldiers")
    assert recorded(told[0], soldiers) == "weak"
    nobody_known = claim("b", "witnesses", "shelling", agent="armed men", **hurt)
    assert recorded(told[0], nobody_known) == "weak"


def test_recorders_discount_what_another_party_says_it_did() -> None:
    hurt = {"target": "civilians"}
    told = [claim("a", "Monitor", "shelling", **hurt), claim("b", ARMY, "shelling", agent=ARMY, **hurt)]
    assert recorded(*told) == "discounted"


def test_two_parties_that_each_accept_did_two_things() -> None:
    hurt = {"target": "civilians"}
    told = [claim("a", REBELS, "shelling", **hurt), claim("b", ARMY, "shelling", agent=ARMY, **hurt)]
    assert recorded(*told) == "weak"


def test_recorders_call_a_bare_denial_contested() -> None:
    assert recorded(denial("a", ARMY, "shelling", agent=ARMY), agent=ARMY) == "contested"
