"""One more report: what is kept is what linking everything at once finds, and only what lies beside is looked at."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.linking import arrive, link, trace_origins
from marsad.records import Count, Counts, Place, Polarity
from marsad.store import Store
from weighing_support import ARMY, NOON, REBELS, TOWN, claim, copied, denial, report, theatre

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from marsad.linking import Linked, Memory
    from marsad.records import Claim, Report

    Pair = tuple[Report, list[Claim]]

PLACES = [
    TOWN,
    Place(name="Varena", lat=10.05, lon=20.05),  # another spelling, near enough
    Place(name="Varenna"),  # no coordinates: the only Varenna, as long as there is one
    Place(name="Varenna", gazetteer_id="x:9", lat=-30.0, lon=80.0),  # a second one far away
    Place(name="Dolmar", gazetteer_id="x:2", lat=11.0, lon=21.0),
    None,
]
STORY = (
    "A column of lorries was seen on the river road towards the mill before dawn on Friday by several shepherds there"
)


class Monitored:
    """A store that is given reports with their claims, in whatever order and portions."""

    def __init__(self, path: Path | str) -> None:
        self.store = Store.open(path)
        self.pairs: list[Pair] = []

    def take(self, *pairs: Pair, reader: str = "reader/1") -> Linked:
        for one, claims in pairs:
            self.store.add(one, claims, extractor=reader, theatre="", learnt=NOON)
        new = {one.id for one, _ in pairs}
        self.pairs = [pair for pair in self.pairs if pair[0].id not in new] + list(pairs)
        with self.store.linking(NOON) as memory:
            arrive(self.store.unlinked(), self.watched(memory), theatre())
        assert self.store.unlinked() == ()
        return self.linked()

    def watched(self, memory: Memory) -> Memory:
        return memory

    def linked(self) -> Linked:
        """What linking everything at once finds, with the ids that were given."""
        reports = {one.id: one for one, _ in self.pairs}
        claims = [claim for _, some in self.pairs for claim in some]
        origins = trace_origins(reports.values(), self.store.kinships())
        return link(claims, reports, origins, theatre(), self.store.founders())

    def kept(self) -> dict[str, set[str]]:
        """The claims of each proposition, as the store keeps them."""
        kept: dict[str, set[str]] = defaultdict(set)
        with self.store.linking(NOON) as memory:
            for slot in memory.slots_of([one.id for one, _ in self.pairs]):
                kept[slot.proposition].add(slot.claim)
        return dict(kept)


@contextmanager
def monitored(path: Path | str = ":memory:") -> Iterator[Monitored]:
    held = Monitored(path)
    try:
        yield held
    finally:
        held.store.close()


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Monitored]:
    with monitored(tmp_path / "war.marsad") as one:
        yield one


def said(name: str, *claims: Claim, hours: float = 0, **fields: Any) -> Pair:
    return report(name, hours=hours, **fields), [
        replace(one, report=name, anchor=replace(one.anchor, report=name)) for one in claims
    ]


def own(linked: Linked) -> set[frozenset[str]]:
    """The claims that each proposition is made of; those counted from others have a reason."""
    return {frozenset(m.claim for m in one.members if not m.reasons) for one in linked.propositions}


reports = st.lists(
    st.tuples(
        st.sampled_from([ARMY, REBELS, "Monitor", "narrator", "witnesses"]),
        st.sampled_from(["enter", "capture", "hold", "casualties", "shelling"]),
        st.sampled_from([ARMY, REBELS, None]),
        st.sampled_from([None, ARMY]),
        st.sampled_from(PLACES),
        st.sampled_from(Polarity),
        st.integers(0, 9),  # day
        st.integers(0, 25),  # length
        st.sampled_from([None, 12, 13, 40]),  # killed
        st.booleans(),  # a copy of a story that others carry
        st.sampled_from([None, None, "Post", "Forward", "Long forward"]),
    ),
    min_size=1,
    max_size=12,
)


def drawn_pairs(drawn: Iterable[tuple[Any, ...]]) -> list[Pair]:
    pairs = []
    for index, (source, event, agent, target, place, polarity, day, length, killed, copy, post) in enumerate(drawn):
        made = claim(f"r{index}", source, event, agent, days=day, polarity=polarity, target=target, place=place)
        start = made.interval.start
        assert start is not None
        counts = Counts(killed=Count(killed, killed)) if killed and event == "casualties" else Counts()
        when = replace(made.interval, end=start + timedelta(days=length))
        text = f"{STORY}. And {index} more." if copy else None
        fields: dict[str, Any] = {}
        if post:
            text = text if post == "Long forward" else "The rebels are in the town."
            fields = {"title": "", "forwarded_from": None if post == "Post" else "Front Channel"}
            fields |= {"publisher": "Front Channel"} if post == "Post" else {}
        pairs.append(
            said(f"r{index}", replace(made, interval=when, counts=counts), hours=24 * day + index, text=text, **fields)
        )
    return pairs


@pytest.mark.parametrize("portion", [1, 4])
@settings(max_examples=40, deadline=None)
@given(drawn=reports, random=st.randoms(use_true_random=False))
def test_what_is_kept_is_what_linking_everything_at_once_finds(
    portion: int, drawn: list[tuple[Any, ...]], random: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pairs = drawn_pairs(drawn)
    random.shuffle(pairs)
    with monitored(tmp_path_factory.mktemp("order") / "war.marsad") as held:
        for start in range(0, len(pairs), portion):
            held.take(*pairs[start : start + portion])
        linked, kept = held.linked(), held.kept()
    everything = {one.id: one for one, _ in pairs}
    fresh = link([c for _, some in pairs for c in some], everything, trace_origins(everything.values()), theatre())
    assert set(kept) == {one.id for one in linked.propositions}
    assert {frozenset(claims) for claims in kept.values()} == own(linked) == own(fresh)


def test_a_proposition_keeps_its_id_when_an_earlier_report_arrives_late(held: Monitored) -> None:
    (before,) = held.take(said("second", claim("second", "Monitor", "capture"), hours=5)).propositions
    (after,) = held.take(said("first", claim("first", "witnesses", "capture"), hours=1)).propositions
    assert after.id == before.id
    assert [member.claim for member in after.members] == [
        "c-first-capture-Northern Front",
        "c-second-capture-Northern Front",
    ]


def test_propositions_that_become_one_leave_a_redirect(held: Monitored) -> None:
    spelt = replace(TOWN, gazetteer_id=None, name="Varenna West", lat=None, lon=None)
    held.take(said("a", claim("a", "Monitor", "capture"), hours=1))
    held.take(said("b", claim("b", "witnesses", "capture", place=spelt), hours=2))
    one, other = held.linked().propositions
    known = replace(spelt, name="Varenna")
    linked = held.take(said("b", claim("b", "witnesses", "capture", place=known), hours=2), reader="reader/2")
    assert [proposition.id for proposition in linked.propositions] == [one.id]
    assert linked.redirects == {other.id: one.id}


def test_propositions_that_part_again_have_their_own_ids(held: Monitored) -> None:
    vague = Place(name="Varenna")
    held.take(said("a", claim("a", "Monitor", "capture"), hours=1))
    (whole,) = held.take(said("b", claim("b", "witnesses", "capture", place=vague), hours=2)).propositions
    namesake = Place(name="Varenna", gazetteer_id="x:9", lat=-30.0, lon=80.0)
    linked = held.take(said("c", claim("c", "narrator", "protest", None, place=namesake), hours=3))
    captures = [one for one in linked.propositions if one.event == "capture"]
    assert len(captures) == 2  # nobody can tell any more which Varenna is meant
    assert whole.id in {one.id for one in captures}
    assert linked.redirects == {}


def test_history_of_what_was_of_what_is_kept(held: Monitored) -> None:
    vague = Place(name="Varenna")
    held.take(said("a", claim("a", "Monitor", "capture"), hours=1))
    held.take(said("b", claim("b", "witnesses", "capture", place=vague), hours=2))
    namesake = Place(name="Varenna", gazetteer_id="x:9", lat=-30.0, lon=80.0)
    held.take(said("c", claim("c", "narrator", "protest", None, place=namesake), hours=3))
    moved = [one for one in held.store.memberships() if one.claim.startswith("c-b")]
    assert len(moved) == 2
    assert moved[0].proposition != moved[1].proposition
    assert all(one.learnt == NOON for one in moved)


def test_a_report_that_is_read_anew_leaves_what_it_said_before(held: Monitored) -> None:
    held.take(said("a", claim("a", "Monitor", "capture"), hours=1))
    held.take(said("b", denial("b", ARMY, "capture"), hours=2))
    linked = held.take(said("b", claim("b", ARMY, "shelling"), hours=2), reader="reader/2")
    assert {one.event: len(one.members) for one in linked.propositions} == {"capture": 1, "shelling": 1}
    assert {frozenset(claims) for claims in held.kept().values()} == own(linked)


def test_a_copy_that_is_found_later_moves_the_claims_of_those_before_it(held: Monitored) -> None:
    story = " ".join(f"word{n}" for n in range(60))
    late = said("late", claim("late", "witnesses", "capture", None), hours=9, text=story)
    held.take(late)
    early = copied(late[0], "early", hours=-8)
    linked = held.take((early, said("early", claim("early", "witnesses", "capture", None))[1]))
    origins = trace_origins([late[0], early], held.store.kinships())
    assert origins["late"].origin == "early"
    assert {frozenset(claims) for claims in held.kept().values()} == own(linked)


class Counting(Monitored):
    """A store that counts the claims that are looked at."""

    looked_at = 0

    def watched(self, memory: Memory) -> Memory:
        held, asked = self, memory.claims_in

        def claims_in(slots: Sequence[Any]) -> tuple[Claim, ...]:
            held.looked_at += len(slots)
            return asked(slots)

        memory.claims_in = claims_in  # type: ignore[method-assign]
        return memory


def test_one_more_report_looks_only_at_what_lies_beside_it(tmp_path: Path) -> None:
    held = Counting(tmp_path / "war.marsad")
    towns = [Place(name=f"Town {n}", gazetteer_id=f"t:{n}", lat=n / 2 - 40, lon=10.0) for n in range(40)]
    days = range(0, 60, 6)
    held.take(
        *(
            said(f"r{n}-{day}", claim(f"r{n}-{day}", "Monitor", "capture", days=day, place=town), hours=24 * day)
            for n, town in enumerate(towns)
            for day in days
        )
    )
    held.looked_at = 0
    held.take(said("new", claim("new", "witnesses", "capture", days=12, place=towns[7]), hours=300))
    held.store.close()
    assert held.looked_at == 2
