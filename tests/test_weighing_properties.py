"""What must hold whatever is reported: order does not matter, copies add no weight, denials admit nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.linking import link, trace_origins
from marsad.records import Extent, Polarity
from marsad.weighing import control, grade
from weighing_support import ARMY, REBELS, claim, copied, report, theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.records import Assessment, Claim, Proposition, Report

SOURCES = [ARMY, "Ministry of Defence", REBELS, "Monitor", "witnesses", "unnamed official", "narrator"]
EVENTS = ["enter", "capture", "hold", "withdraw", "repel", "shelling"]
Words = list[tuple[str, str, str | None, Polarity, Extent, int]]
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
    reports: Sequence[Report], claims: Sequence[Claim]
) -> tuple[tuple[Proposition, ...], dict[str, Assessment], object]:
    by_id = {one.id: one for one in reports}
    origins = trace_origins(reports)
    linked = link(claims, by_id, origins, theatre())
    verdicts = grade(linked, claims, by_id, origins, theatre())
    return linked.propositions, dict(verdicts), control(claims, by_id, origins, theatre())


@given(words, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_arrival_changes_nothing(drawn: Words, random: object) -> None:
    reports, claims = corpus(drawn)
    expected = weigh(reports, claims)
    for items in (reports, claims):
        random.shuffle(items)  # type: ignore[attr-defined]
    assert weigh(reports, claims) == expected


@given(words, st.data())
@settings(max_examples=60, deadline=None)
def test_copy_changes_no_grade(drawn: Words, data: st.DataObject) -> None:
    reports, claims = corpus(drawn)
    index = data.draw(st.integers(0, len(drawn) - 1))
    source, event, agent, polarity, extent, days = drawn[index]
    copy = copied(reports[index], "copy", hours=data.draw(st.integers(1, 96)), kind="newspaper")
    again = claim("copy", source, event, agent, polarity=polarity, extent=extent, days=days)
    _, before, _ = weigh(reports, claims)
    _, after, _ = weigh([*reports, copy], [*claims, again])
    assert {key: verdict.grade for key, verdict in after.items()} == {key: v.grade for key, v in before.items()}


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


@given(words)
@settings(max_examples=40, deadline=None)
def test_denials_alone_are_never_admitted(drawn: Words) -> None:
    denials = [(source, event, agent, Polarity.DENIED, extent, days) for source, event, agent, _, extent, days in drawn]
    _, verdicts, _ = weigh(*corpus(denials))
    assert "admitted" not in {verdict.grade for verdict in verdicts.values()}
