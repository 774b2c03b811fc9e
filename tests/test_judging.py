"""Judgements as a pure function: claims and what people ruled on them to claims as people left them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from judging_support import MADE, judgement, on, undo
from marsad import Certainty, Count, Counts, InputError, Interval, Judgement, MarsadError, Place, Polarity, Stance
from marsad.judging import Subject, agreement, correction, judged, make, the_one
from marsad.records import DatePrecision, JudgementKind, Passage, Producer
from marsad.serial import from_json, to_json
from weighing_support import ARMY, REBELS, TOWN, claim, denial, theatre

if TYPE_CHECKING:
    from marsad import Claim

TAKEN = claim("a", REBELS, "capture")
DENIED = denial("b", ARMY, "capture")
DEAD = claim("c", "Monitor", "casualties", None, target=ARMY, counts=Counts(killed=Count(12, 12)))
CLAIMS = (TAKEN, DENIED, DEAD)


def read_anew(was: Claim, **fields: object) -> Claim:
    """The claim as another version of the reader finds it: another id, one word more in its anchor."""
    anchor = Passage(report=was.report, start=was.anchor.start, end=was.anchor.end + 6)
    return replace(was, **{"id": f"{was.id}-anew", "anchor": anchor, "extractor": "reader/2", **fields})  # type: ignore[arg-type]


# What is obeyed


def test_without_judgements_claims_are_as_they_were_read() -> None:
    assert judged(CLAIMS, ()).claims == CLAIMS


def test_a_rejected_claim_is_left_out_and_kept() -> None:
    found = judged(CLAIMS, [on("reject", TAKEN)])
    assert found.claims == (DENIED, DEAD)
    assert found.rejected == (TAKEN,)


def test_a_corrected_field_is_a_persons_and_the_others_stay_the_readers() -> None:
    found = judged(CLAIMS, [on("correct", TAKEN, values={"agent": "Second Front", "extent": "part"})])
    left = found.claims[0]
    assert (left.agent, left.extent, left.source) == ("Second Front", "part", REBELS)
    assert (left.produced.agent, left.produced.extent, left.produced.source) == (
        Producer.PERSON,
        Producer.PERSON,
        Producer.RULES,
    )


def test_the_later_of_two_judgements_wins() -> None:
    first = on("correct", TAKEN, values={"agent": "One"})
    second = on("correct", TAKEN, values={"agent": "Two"}, hours=1)
    assert judged(CLAIMS, [first, second]).claims[0].agent == "Two"
    back = on("accept", TAKEN, hours=2)
    assert judged(CLAIMS, [on("reject", TAKEN), back]).claims == CLAIMS


def test_notes_and_labels_change_no_claim() -> None:
    found = judged(CLAIMS, [on("note", TAKEN, text="see the map"), on("label", TAKEN, text="check", hours=1)])
    assert found.claims == CLAIMS
    assert len(found.standing) == 2


KINDS = some.sampled_from(["accept", "reject", "correct", "note"])


@some.composite
def histories(draw: some.DrawFn) -> list[Judgement]:
    """Judgements on the claims in order of time, some of which take back one made before."""
    made: list[Judgement] = []
    for hours in range(draw(some.integers(0, 8))):
        if made and draw(some.booleans()):
            made.append(undo(draw(some.sampled_from(made)), hours=hours))
            continue
        kind, of = draw(KINDS), draw(some.sampled_from(CLAIMS))
        extra = {"values": {"agent": f"Force {hours}"}} if kind == "correct" else {}
        extra |= {"text": "a note"} if kind == "note" else {}
        made.append(on(kind, of, hours=hours, **extra))
    return made


def left(found: object) -> tuple[object, ...]:
    return tuple(getattr(found, name) for name in ("claims", "rejected", "regroupings", "found"))


@given(histories(), KINDS, some.sampled_from(CLAIMS))
def test_undo_restores_exactly_what_was(before: list[Judgement], kind: str, of: Claim) -> None:
    extra: dict[str, object] = {"values": {"target": "somebody"}} if kind == "correct" else {}
    extra |= {"text": "a note"} if kind == "note" else {}
    one = on(kind, of, hours=20, **extra)
    after = judged(CLAIMS, [*before, one, undo(one, hours=21)])
    was = judged(CLAIMS, before)
    assert (after.claims, after.rejected) == (was.claims, was.rejected)
    again = undo(undo(one, hours=21), hours=22)
    redone = judged(CLAIMS, [*before, one, undo(one, hours=21), again])
    now = judged(CLAIMS, [*before, one])
    assert (redone.claims, redone.rejected) == (now.claims, now.rejected)


@given(histories())
def test_no_claim_and_no_judgement_is_ever_lost(history: list[Judgement]) -> None:
    found = judged(CLAIMS, history)
    assert sorted(one.id for one in (*found.claims, *found.rejected)) == sorted(one.id for one in CLAIMS)
    told = (*found.standing, *found.undone, *found.orphaned)
    assert sorted(one.id for one in told) == sorted(one.id for one in history)


@given(histories())
def test_judgements_are_kept_as_json_without_loss(history: list[Judgement]) -> None:
    for one in history:
        assert from_json(Judgement, to_json(one, brief=True)) == one


# What is found again


def test_judgements_win_over_another_reading_of_the_report() -> None:
    history = [on("reject", TAKEN), on("correct", DEAD, values={"killed": "21"}, hours=1)]
    anew = [read_anew(one) for one in CLAIMS]
    found = judged(anew, history)
    assert found.rejected == (anew[0],)
    assert found.claims[1].counts == Counts(killed=Count(21, 21))
    assert found.orphaned == ()


def test_what_was_accepted_stays_as_it_was_seen_when_a_reader_reads_otherwise() -> None:
    anew = [read_anew(TAKEN, certainty=Certainty.POSSIBLE, agent=None)]
    (found,) = judged(anew, [on("accept", TAKEN)]).claims
    assert (found.certainty, found.agent) == (Certainty.CERTAIN, REBELS)
    assert found.produced.certainty is Producer.PERSON
    assert found.produced.event is Producer.RULES


def test_a_judgement_is_found_by_what_people_made_of_its_claim() -> None:
    first = on("correct", TAKEN, values={"event": "enter"})
    seen = judged(CLAIMS, [first]).claims[0]
    anew = [read_anew(TAKEN)]
    found = judged(anew, [first, on("reject", seen, hours=1)])
    assert [one.id for one in found.rejected] == [anew[0].id]


@pytest.mark.parametrize(
    "otherwise",
    [
        {"event": "enter"},
        {"polarity": Polarity.DENIED},
        {"source": "Somebody else"},
        {"agent": ARMY},
        {"place": Place(name="Elsewhere")},
        {"anchor": Passage(report="a", start=40, end=50)},
    ],
    ids=lambda value: next(iter(value)),
)
def test_a_judgement_whose_claim_nobody_reads_any_more_is_orphaned(otherwise: dict[str, object]) -> None:
    reject = on("reject", TAKEN)
    found = judged([read_anew(TAKEN, **otherwise)], [reject])
    assert found.orphaned == (reject,)
    assert (found.rejected, found.standing) == ((), ())


def test_of_claims_on_the_same_words_the_one_of_the_same_place_is_meant() -> None:
    here, there = (read_anew(TAKEN, id=name, place=Place(name=name)) for name in ("Varenna", "Bay"))
    found = judged([there, here], [on("reject", TAKEN)])
    assert [one.id for one in found.rejected] == ["Varenna"]


# What is refused


HOSTILE = [
    ({"colour": "red"}, "'colour' cannot be set"),
    ({"id": "c-1"}, "'id' cannot be set"),
    ({"event": "sneeze"}, "'event' cannot be 'sneeze'"),
    ({"event": ""}, "'event' cannot be ''"),
    ({"polarity": "maybe"}, "must be one of affirmed, denied"),
    ({"polarity": "affirmed", "stance": "denies"}, "cannot both be"),
    ({"source": ""}, "'source' cannot be empty"),
    ({"agent": "x" * 201}, "longer than 200 characters"),
    ({"agent": "a\x00b"}, "cannot be printed"),
    ({"agent": "a\ud800b"}, "cannot be printed"),
    ({"agent": "a\u202eb"}, "cannot be printed"),
    ({"agent": "a\nb"}, "cannot be printed"),
    ({"place": "", "lat": "1", "lon": "2"}, "has no country and no point"),
    ({"lat": "1"}, "needs both 'lat' and 'lon'"),
    ({"lat": "nan", "lon": "0"}, "from -90 to 90"),
    ({"lat": "0", "lon": "inf"}, "from -180 to 180"),
    ({"lat": "91", "lon": "0"}, "from -90 to 90"),
    ({"country": "Syria"}, "two capital letters"),
    ({"from": "yesterday"}, "must be a date"),
    ({"from": "2031-05-12", "to": "2031-05-11"}, "after its end"),
    ({"date_precision": "hour"}, "must be one of"),
    ({"killed": "-1"}, "must be a whole number"),
    ({"killed": "1e9"}, "must be a whole number"),
    ({"killed": "٣"}, "must be a whole number"),
    ({"killed": "12345678901"}, "must be a whole number"),
    ({"killed": "3", "killed_min": "2"}, "not both"),
    ({"killed_min": "5", "killed_max": "2"}, "more than 'killed_max'"),
    ({"agent": REBELS}, "changes nothing"),
]


@pytest.mark.parametrize(("values", "reason"), HOSTILE)
def test_a_value_that_cannot_be_is_refused_in_one_line(values: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=reason) as refused:
        correction(values, TAKEN, None, ())
    assert len(str(refused.value).splitlines()) == 1


@given(some.dictionaries(some.text(max_size=20), some.text(max_size=60), min_size=1))
def test_any_words_are_either_a_correction_or_refused(values: dict[str, object]) -> None:
    with pytest.raises(InputError):
        correction(values, TAKEN, None, ())


@given(some.sampled_from(["from", "to", "lat", "killed", "agent", "place", "stance"]), some.text(max_size=30))
def test_any_value_of_a_field_is_either_kept_or_refused(name: str, value: str) -> None:
    try:
        found = correction({name: value}, TAKEN, theatre(), [TOWN])
    except InputError:
        return
    assert from_json(type(found), to_json(found)) == found


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("correct", {}, "needs a field and its new value"),
        ("merge", {}, "needs another proposition"),
        ("split", {}, "needs claims"),
        ("grade", {}, "needs a grade"),
        ("note", {}, "needs a text"),
        ("accept", {"grade": "single"}, "takes no grade"),
        ("accept", {"reason": "  "}, "'reason' is empty"),
        ("accept", {"user": ""}, "'user' is empty"),
        ("accept", {"user": "a\x1b[2J"}, "cannot be printed"),
        ("accept", {"reason": "x" * 4001}, "4000 are the most"),
        ("accept", {"made": MADE.replace(tzinfo=None)}, "needs a time zone"),
    ],
)
def test_a_judgement_that_lacks_what_it_needs_is_refused(kind: str, fields: dict[str, object], reason: str) -> None:
    given = {"user": "ana", "reason": "why", "made": MADE, **fields}
    with pytest.raises(InputError, match=reason):
        make(JudgementKind(kind), Subject(id="c-1"), **given)  # type: ignore[arg-type]


# What values become


def corrected(values: dict[str, object], of: Claim = TAKEN) -> Claim:
    (found,) = judged([of], [judgement("correct", of.id, [of], values=values)]).claims
    return found


def test_names_that_the_theatre_knows_become_canonical() -> None:
    assert correction({"agent": "the army"}, TAKEN, theatre(), ()).agent == ARMY


def test_nothing_is_unknown() -> None:
    found = corrected({"agent": "", "place": "", "from": "", "to": None})
    assert (found.agent, found.place) == (None, None)
    assert found.interval == Interval()


def test_polarity_and_stance_go_together() -> None:
    assert corrected({"polarity": "denied"}).stance is Stance.DENIES
    assert corrected({"stance": "denies"}).polarity is Polarity.DENIED
    assert corrected({"polarity": "affirmed"}, DENIED).stance is Stance.ASSERTS


def test_a_place_that_claims_name_keeps_its_point_and_any_other_has_none() -> None:
    known = correction({"place": "varenna"}, DEAD, None, [TOWN]) if DEAD.place != TOWN else None
    assert known is None
    nowhere = replace(DEAD, place=None)
    assert correction({"place": "varenna"}, nowhere, None, [TOWN]).place == TOWN
    assert correction({"place": "Bay"}, nowhere, None, [TOWN]).place == Place(name="Bay")
    pointed = correction({"place": "Bay", "lat": "1.5", "lon": "-2", "country": "XA"}, nowhere, None, [TOWN])
    assert pointed.place == Place(name="Bay", lat=1.5, lon=-2.0, country="XA")


def test_one_end_of_the_days_can_be_set_alone() -> None:
    found = corrected({"to": "2031-05-13"}).interval
    assert (found.start, found.end, found.precision) == (date(2031, 5, 10), date(2031, 5, 13), DatePrecision.WEEK)


def test_numbers_are_exact_or_bounds() -> None:
    assert corrected({"killed": 7}, DEAD).counts.killed == Count(7, 7)
    assert corrected({"killed_min": "20"}, DEAD).counts.killed == Count(20, None)
    assert corrected({"killed": ""}, DEAD).counts.killed is None
    assert corrected({"wounded_max": 3}, DEAD).counts == Counts(killed=Count(12, 12), wounded=Count(None, 3))


# Ids


def test_an_id_is_found_by_its_beginning_if_only_one_begins_so() -> None:
    assert the_one(["c-12", "c-34"], "c-1") == "c-12"
    assert the_one(["c-12", "c-123"], "c-12") == "c-12"
    assert the_one(["c-12"], "x") is None
    assert the_one(["c-12"], "") is None
    with pytest.raises(MarsadError, match="fits 2 ids: c-12, c-13"):
        the_one(["c-12", "c-13"], "c-1")


# Agreement


def opinions(verdicts: dict[str, tuple[str, ...]]) -> tuple[list[Claim], list[Judgement]]:
    """Claims, and what each user says of each in turn."""
    count = len(next(iter(verdicts.values())))
    claims = [claim(f"r{number}", REBELS, "capture") for number in range(count)]
    made = [
        on(kind, claims[number], user=user, hours=number)
        for user, kinds in verdicts.items()
        for number, kind in enumerate(kinds)
        if kind
    ]
    return claims, sorted(made, key=lambda one: one.made)


def test_alpha_is_that_of_the_textbook() -> None:
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section B: two observers, binary data.
    ana = "0100000000"
    ben = "1110010010"
    words = {"0": "accept", "1": "reject"}
    claims, made = opinions({"ana": tuple(words[x] for x in ana), "ben": tuple(words[x] for x in ben)})
    (verdict,) = agreement(judged(claims, made), "ana", "ben")
    assert (verdict.question, verdict.claims, verdict.agreed) == ("verdict", 10, 6)
    assert verdict.alpha == pytest.approx(0.095, abs=0.001)


def test_only_claims_that_both_ruled_on_count() -> None:
    claims, made = opinions({"ana": ("accept", "reject", "accept"), "ben": ("accept", "", "reject")})
    (verdict,) = agreement(judged(claims, made), "ana", "ben")
    assert (verdict.claims, verdict.agreed) == (2, 1)


def test_where_all_answers_are_alike_alpha_is_not_defined() -> None:
    claims, made = opinions({"ana": ("accept", "accept"), "ben": ("accept", "accept")})
    (verdict,) = agreement(judged(claims, made), "ana", "ben")
    assert (verdict.claims, verdict.agreed, verdict.alpha) == (2, 2, None)
    (nothing,) = agreement(judged(claims, made), "ana", "nobody")
    assert (nothing.claims, nothing.alpha) == (0, None)


def test_corrected_fields_are_compared_by_the_value_that_each_left() -> None:
    first, second = claim("r1", REBELS, "capture"), claim("r2", REBELS, "capture")
    made = [
        on("correct", first, user="ana", values={"agent": "X"}),
        on("correct", first, user="ben", values={"agent": "X"}, hours=1),
        on("correct", second, user="ana", values={"agent": "Y"}, hours=2),
        on("accept", second, user="ben", hours=3),
    ]
    verdict, agent = agreement(judged([first, second], made), "ana", "ben")
    assert verdict.agreed == 2
    assert (agent.question, agent.claims, agent.agreed) == ("agent", 2, 1)


def test_what_was_taken_back_does_not_count_for_agreement() -> None:
    one = on("reject", TAKEN, user="ana")
    made = [one, on("accept", TAKEN, user="ben", hours=1), undo(one, hours=2)]
    (verdict,) = agreement(judged(CLAIMS, made), "ana", "ben")
    assert verdict.claims == 0
