"""What must hold whatever is reported: order does not matter, copies add no weight, denials admit nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.linking import link, trace_origins
from marsad.records import Extent, Interest, Polarity
from marsad.vocabulary import load_rules, shipped_rules
from marsad.weighing import control, grade, with_concessions
from weighing_support import ARMY, REBELS, claim, copied, report, theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.records import Assessment, Claim, Proposition, Report

SOURCES = [ARMY, "Ministry of Defence", REBELS, "Monitor", "witnesses", "unnamed official", "narrator"]
EVENTS = ["enter", "capture", "hold", "withdraw", "repel", "clash", "shelling"]
Words = list[tuple[str, str, str | None, Polarity, Extent, int]]
every_set = st.sampled_from(shipped_rules())
words = st.lists(
    st.tuples(
        st.sampled_from(SOURCES),
        st.sampled_from(EVENTS),
        st.sampled_from([ARMY, REBELS, None]),
        st.sampled_from(Polarity),
        st.sampled_from([Extent.WHOLE, Extent.PART, Extent.NEAR]),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=9,
)


def corpus(drawn: Words) -> tuple[list[Report], list[Claim]]:
    reports, claims = [], []
    for index, (source, event, agent, polarity, extent, days) in enumerate(drawn):
        name = f"r{index}"
        text = " ".join(f"{name}word{n}" for n in range(40))
        reports.append(report(name, hours=24 * days + index, text=text))
        claims.append(claim(name, source, event, agent, polarity=polarity, extent=extent, days=days))
    return reports, claims


def weigh(
    reports: Sequence[Report], claims: Sequence[Claim], rules: str = "marsad-1"
) -> tuple[tuple[Proposition, ...], dict[str, Assessment], object]:
    by_id = {one.id: one for one in reports}
    origins = trace_origins(reports)
    linked = with_concessions(link(claims, by_id, origins, theatre()), claims, by_id, origins, theatre())
    verdicts = grade(linked, claims, by_id, origins, theatre(), rules=load_rules(rules))
    return linked.propositions, dict(verdicts), control(claims, by_id, origins, theatre())


def grades(verdicts: dict[str, Assessment]) -> dict[str, str]:
    return {key: verdict.grade for key, verdict in verdicts.items()}


@given(words, every_set, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_arrival_changes_nothing(drawn: Words, rules: str, random: object) -> None:
    reports, claims = corpus(drawn)
    expected = weigh(reports, claims, rules)
    for items in (reports, claims):
        random.shuffle(items)  # type: ignore[attr-defined]
    assert weigh(reports, claims, rules) == expected


@given(words, every_set, st.data())
@settings(max_examples=60, deadline=None)
def test_copy_changes_no_grade(drawn: Words, rules: str, data: st.DataObject) -> None:
    reports, claims = corpus(drawn)
    index = data.draw(st.integers(0, len(drawn) - 1))
    source, event, agent, polarity, extent, days = drawn[index]
    copy = copied(reports[index], "copy", hours=data.draw(st.integers(1, 96)), kind="newspaper")
    again = claim("copy", source, event, agent, polarity=polarity, extent=extent, days=days)
    _, before, _ = weigh(reports, claims, rules)
    _, after, _ = weigh([*reports, copy], [*claims, again], rules)
    assert grades(after) == grades(before)


@given(words, every_set, st.data())
@settings(max_examples=40, deadline=None)
def test_taking_a_report_away_again_restores_what_was(drawn: Words, rules: str, data: st.DataObject) -> None:
    reports, claims = corpus(drawn)
    gone = data.draw(st.sampled_from([one.id for one in reports]))
    fewer = [one for one in reports if one.id != gone], [one for one in claims if one.report != gone]
    before = weigh(*fewer, rules)
    weigh(reports, claims, rules)
    assert weigh(*fewer, rules) == before


@given(words)
@settings(max_examples=40, deadline=None)
def test_later_reports_keep_the_ids_of_earlier_propositions(drawn: Words) -> None:
    reports, claims = corpus(drawn)
    order = sorted(range(len(drawn)), key=lambda index: reports[index].published or 0)  # type: ignore[arg-type, return-value]
    seen: set[str] = set()
    for count in range(1, len(order) + 1):
        known = order[:count]
        propositions, _, _ = weigh([reports[i] for i in known], [claims[i] for i in known])
        ids = {one.id for one in propositions}
        assert seen <= ids
        seen = ids


@given(words, every_set)
@settings(max_examples=40, deadline=None)
def test_denials_alone_are_never_admitted(drawn: Words, rules: str) -> None:
    denials = [(source, event, agent, Polarity.DENIED, extent, days) for source, event, agent, _, extent, days in drawn]
    _, verdicts, _ = weigh(*corpus(denials), rules)
    assert {"admitted", "confirmed"}.isdisjoint(verdict.grade for verdict in verdicts.values())


@given(words, every_set, st.data())
@settings(max_examples=80, deadline=None)
def test_a_denial_by_somebody_else_only_opens_a_dispute(drawn: Words, rules: str, data: st.DataObject) -> None:
    """Whatever somebody still says is never graded as if nobody said it, nor as false, because another denies it."""
    reports, claims = corpus(drawn)
    _, event, agent, _, extent, days = data.draw(st.sampled_from(drawn))
    hours = 24 * days + data.draw(st.integers(1, 72))
    reports.append(report("denial", hours=hours, text=" ".join(f"denialword{n}" for n in range(40))))
    claims.append(claim("denial", "Outsider", event, agent, polarity=Polarity.DENIED, extent=extent, days=days))
    _, verdicts, _ = weigh(reports, claims, rules)
    for verdict in verdicts.values():
        said = {voice.name for voice in verdict.voices_for} - {voice.name for voice in verdict.voices_against}
        denied = "Outsider" in {voice.name for voice in verdict.voices_against}
        if said and denied:
            assert verdict.grade in {"disputed", "contested", "settled", "confirmed", "fair"}
            assert verdict.settled_as is not Polarity.DENIED


@given(words, every_set)
@settings(max_examples=40, deadline=None)
def test_every_proposition_that_somebody_spoke_on_has_a_verdict_and_its_voices(drawn: Words, rules: str) -> None:
    propositions, verdicts, _ = weigh(*corpus(drawn), rules)
    assert {one.id for one in propositions} == set(verdicts)
    assert {verdict.grade for verdict in verdicts.values()} <= set(load_rules(rules).grades)


@given(words, every_set)
@settings(max_examples=40, deadline=None)
def test_a_concession_comes_from_a_side_that_had_denied_it(drawn: Words, rules: str) -> None:
    propositions, verdicts, _ = weigh(*corpus(drawn), rules)
    for proposition in propositions:
        if any("had denied it" in reason for member in proposition.members for reason in member.reasons):
            verdict = verdicts[proposition.id]
            denied = {voice.side for voice in verdict.voices_against if voice.side}
            assert any(v.interest is Interest.AGAINST and v.side in denied for v in verdict.voices_for)
