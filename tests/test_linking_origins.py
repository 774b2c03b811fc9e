"""Reports that carry one story are one origin."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from marsad.linking import speaker_of, trace_origins
from marsad.linking.origins import Families
from marsad.linking.sketches import sketch
from marsad.records import Passage
from weighing_support import NOON, War, claim, copied, report, theatre

if TYPE_CHECKING:
    from marsad.records import Report

STORY = """The Northern Front said on Friday that its fighters had entered the town of Varenna after three days of
heavy fighting along the river. "We control every street and every bridge," commander Ada Example told reporters.
The defence ministry denied the report, calling it "a desperate invention". Residents reached by telephone described
columns of smoke above the grain market. At least 14 people were killed, according to the Monitor, among them two
children. The army sent reinforcements from Dolmar overnight, while aid groups counted 3,200 families on the road."""
REWRITE = """Fighters of the Northern Front entered Varenna, the group said on Friday, following heavy fighting along
the river that lasted three days. Commander Ada Example told reporters: "We control every street and every bridge."
Calling the report "a desperate invention", the defence ministry denied it. Above the grain market, residents described
columns of smoke by telephone. The Monitor said at least 14 people were killed, two children among them. Overnight the
army had sent reinforcements from Dolmar, and 3,200 families were on the road, aid groups counted."""
OTHER = """Fuel prices in Karsk doubled within a week as lorries stayed away from southern passes. Traders blamed the
closed tunnel; the chamber of commerce asked for a convoy. Bakeries opened for four hours a day, and the water company
warned that its pumps would stop on Sunday unless diesel arrived. Two schools reopened in the old quarter."""


OWN = "Our correspondent Hoda Example counted twenty ambulances waiting beside the customs shed at Ferrin this evening."


def test_sentence_that_a_copy_adds_is_its_own() -> None:
    wire = report("wire", text=STORY, kind="wire", agencies=("WR",))
    copy = report("copy", text=f"{STORY}\n\n{OWN}", hours=2, agencies=("WR",))
    origin = trace_origins([wire, copy])["copy"]
    (added,) = origin.added
    assert copy.text[added.passage.start : added.passage.end] == OWN
    assert origin.of(added.passage) == "copy"
    assert origin.of(Passage(report="copy", start=0, end=10)) == "wire"


def test_sentence_that_a_copy_takes_from_another_copy_is_that_ones() -> None:
    wire = report("wire", text=STORY, kind="wire")
    copy = report("copy", text=f"{STORY}\n\n{OWN}", hours=2)
    second = report("second", text=f"{STORY}\n\n{OWN}", hours=3)
    (added,) = trace_origins([wire, copy, second])["second"].added
    assert added.origin == "copy"


def test_rewriting_adds_nothing() -> None:
    wire = report("wire", text=STORY, kind="wire", agencies=("WR",))
    assert trace_origins([wire, report("rewrite", text=REWRITE, hours=2, agencies=("WR",))])["rewrite"].added == ()


SHORT = "The rebels are in Varenna."


def forward(name: str, hours: float, text: str = SHORT, of: str = "Front Channel", **fields: Any) -> Report:
    return report(name, hours=hours, text=text, title="", kind="unknown", forwarded_from=of, **fields)


def post(name: str = "post", hours: float = 0, text: str = SHORT, **fields: Any) -> Report:
    return report(name, hours=hours, text=text, title="", kind="unknown", publisher="Front Channel", **fields)


def test_forwarded_posts_and_the_post_of_the_channel_are_one_origin() -> None:
    origins = trace_origins([forward("a", 1), forward("b", 3), post()])
    assert {one.origin for one in origins.values()} == {"post"}
    assert origins["a"].reasons == ("forwarded from Front Channel (post)",)


def test_forwards_of_a_post_that_nobody_added_are_one_origin() -> None:
    assert {one.origin for one in trace_origins([forward("a", 1), forward("b", 3)]).values()} == {"a"}


def test_a_long_post_is_known_again_after_weeks_and_edited() -> None:
    origins = trace_origins([post(text=STORY), forward("late", 1_000, text=f"{STORY} More follows.")])
    assert origins["late"].origin == "post"
    assert origins["late"].reasons[0] == "forwarded from Front Channel (post)"


def test_a_post_that_was_edited_after_it_was_forwarded_is_still_the_origin() -> None:
    edited = post(text=STORY, updated=NOON + timedelta(hours=9))
    assert trace_origins([forward("a", 1, text=STORY), edited])["a"].origin == "post"


def test_few_words_are_no_forward_of_another_channels_or_another_days_post() -> None:
    for other in (
        forward("other", 1, of="Qarn Observers"),
        forward("other", 60),
        forward("other", 1, text="The army is in Varenna."),
        post("other", 1),  # the channel says it again
    ):
        assert trace_origins([post(), other])["other"].origin == "other", other


def test_a_forwarded_post_is_the_word_of_the_channel_that_it_comes_from() -> None:
    passed_on = forward("a", 1, publisher="Gazette")
    told = claim("a", "narrator", "capture")
    assert speaker_of(told, {"a": passed_on}, trace_origins([passed_on]), None).name == "Front Channel"
    assert speaker_of(told, {"a": passed_on}, trace_origins([passed_on]), theatre()).side == "rebels"
    itself = replace(passed_on, forwarded_from="Gazette")
    assert speaker_of(told, {"a": itself}, trace_origins([itself]), theatre()).name == "Gazette"


def test_unnamed_sources_of_a_forwarded_post_are_of_the_side_of_its_channel_and_not_of_who_passes_it_on() -> None:
    told = claim("a", "unnamed source", "capture", via="Telegram")
    passed_on = forward("a", 1, publisher="State Agency")
    assert speaker_of(told, {"a": passed_on}, trace_origins([passed_on]), theatre()).side == "rebels"
    unknown = forward("a", 1, publisher="State Agency", of="Qarn Observers")
    assert speaker_of(told, {"a": unknown}, trace_origins([unknown]), theatre()).side is None


def test_a_post_that_many_channels_pass_on_is_one_voice_with_reach() -> None:
    reports = [post(), *(forward(f"f{n}", n + 1, publisher=f"Channel {n}") for n in range(5))]
    war = War([claim(one.id, "narrator", "capture") for one in reports], reports, theatre=theatre())
    (voice,) = war.verdict("capture").voices_for
    assert (voice.sources, voice.reports) == (("Front Channel",), 6)


def test_narrator_of_an_added_sentence_is_a_voice_beside_the_agency() -> None:
    wire = report("wire", text=STORY, kind="wire", publisher="Wire")
    copy = report("copy", text=f"{STORY}\n\n{OWN}", hours=2, publisher="Daily")
    start = copy.text.index(OWN)
    told = claim("copy", "narrator", "aid", None)
    reports, origins = {"wire": wire, "copy": copy}, trace_origins([wire, copy])
    assert speaker_of(told, reports, origins, None).name == "Wire"
    own = replace(told, anchor=Passage(report="copy", start=start, end=start + 5))
    assert speaker_of(own, reports, origins, None).name == "Daily"


def test_ten_outlets_with_one_wire_story_are_one_origin() -> None:
    wire = report("wire", text=STORY, kind="wire", publisher="Wire", agencies=("WR",))
    copies = [copied(wire, f"copy{n}", hours=n + 1, kind="newspaper") for n in range(10)]
    origins = trace_origins([wire, *copies])
    assert {origin.origin for origin in origins.values()} == {"wire"}
    assert origins["wire"].reasons == ()
    assert all("of the wording is the same" in origins[copy.id].reasons[0] for copy in copies)


def test_light_rewrite_that_credits_the_agency_is_a_copy() -> None:
    wire = report("wire", text=STORY, kind="wire", agencies=("WR",))
    rewrite = report("rewrite", text=REWRITE, hours=2, agencies=("WR",))
    origins = trace_origins([wire, rewrite])
    assert origins["rewrite"].origin == "wire"
    assert any("both credit wr" in reason for reason in origins["rewrite"].reasons)
    assert any("quotation" in reason for reason in origins["rewrite"].reasons)


def test_light_rewrite_without_credit_stands_for_itself() -> None:
    wire = report("wire", text=STORY, kind="wire", agencies=("WR",))
    origins = trace_origins([wire, report("rewrite", text=REWRITE, hours=2)])
    assert origins["rewrite"].origin == "rewrite"


def test_credit_alone_does_not_make_a_copy() -> None:
    wire = report("wire", text=STORY, kind="wire", agencies=("WR",))
    origins = trace_origins([wire, report("other", text=OTHER, hours=2, agencies=("WR",))])
    assert origins["other"].origin == "other"
    assert origins["other"].agencies == ("WR",)


def test_declared_copy_counts_however_different_its_words() -> None:
    origins = trace_origins([report("first", text=STORY), report("second", text=OTHER, hours=1, copy_of="first")])
    assert origins["second"].origin == "first"
    assert origins["second"].reasons == ("declared a copy (first)",)


def test_two_copies_of_a_report_that_is_not_there_share_an_origin() -> None:
    absent = [
        report(name, text=text, hours=hours, copy_of="gone") for name, text, hours in (("a", STORY, 1), ("b", OTHER, 0))
    ]
    assert {origin.origin for origin in trace_origins(absent).values()} == {"b"}


def test_earliest_is_the_origin_and_an_agency_at_the_same_time() -> None:
    paper = report("a-paper", text=STORY)
    wire = report("wire", text=STORY, kind="wire")
    assert trace_origins([paper, wire])["a-paper"].origin == "wire"
    assert trace_origins([paper, copied(wire, "late", hours=1)])["late"].origin == "a-paper"


def test_short_texts_do_not_count_as_copies_by_chance() -> None:
    origins = trace_origins(
        [report("a", text="Update at six.", title="Update"), report("b", text="Update at six.", title="Update")]
    )
    assert origins["b"].origin == "b"


def test_order_of_arrival_does_not_change_origins() -> None:
    wire = report("wire", text=STORY, kind="wire", agencies=("WR",))
    reports = [wire, report("rewrite", text=REWRITE, hours=2, agencies=("WR",)), report("other", text=OTHER)]
    reports += [copied(wire, f"copy{n}", hours=n + 1) for n in range(5)]
    expected = trace_origins(reports)
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert trace_origins(reports) == expected


def test_copies_of_a_version_that_was_replaced_are_still_one_origin() -> None:
    first = report("story", text=STORY, kind="wire", agencies=("WR",))
    later = report("story@2", text=REWRITE, hours=5, version_of="story", kind="wire", agencies=("WR",))
    copies = [report(f"copy{number}", text=STORY, hours=number) for number in (1, 2)]
    known = [
        kinship
        for families in [Families()]
        for one in (first, later, *copies)
        for kinship in families.meet(sketch(one))
    ]
    assert {one.origin for one in trace_origins([first, later, *copies], known).values()} == {"story"}
    without = trace_origins([later, *copies], known)
    assert {one.origin for one in (without["copy1"], without["copy2"])} == {"copy1"}
    assert without == trace_origins([later, *copies])


def test_versions_of_one_report_share_an_origin_whatever_their_words() -> None:
    first, later = report("story"), report("story@2", hours=5, version_of="story")
    third = report("story@3", hours=6, version_of="story")
    assert trace_origins([first, later, third])["story@3"].origin == "story"
    assert trace_origins([later, third])["story@3"].reasons == ("versions of one report (story@2)",)
