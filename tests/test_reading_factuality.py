"""Whether it is so: denials in all their forms, and how far a source commits itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.records import Certainty, Counts, Polarity, Stance
from reading_support import RSF, RUSSIAN, SAF, UKRAINIAN, Readings, denied, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


# ---- denials ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that the RSF had entered El Obeid.",
        "The army denied reports that the RSF had entered El Obeid.",
        "The army dismissed reports that the RSF had entered El Obeid.",
        "The army dismissed reports that the RSF had entered El Obeid as rumours.",
        "The army rejected claims that the RSF had entered El Obeid.",
        "The army refuted claims that the RSF had entered El Obeid.",
        "Reports that the RSF has entered El Obeid are baseless, the army said.",
        "Reports that the RSF has entered El Obeid are unfounded, the army said.",
        "The army said reports that the RSF had entered El Obeid were false.",
        "The claim that the RSF has entered El Obeid is a lie, the army said.",
        "There is no truth to reports that the RSF has entered El Obeid, the army said.",
        "The army said there was no truth to claims that the RSF had entered El Obeid.",
        "The RSF has not entered El Obeid, the army said.",
        "The RSF did not enter El Obeid, the army said.",
        "The RSF never entered El Obeid, the army said.",
        "The RSF failed to enter El Obeid, the army said.",
        "The army said that no RSF fighters had entered El Obeid.",
        "Not a single RSF fighter has entered El Obeid, the army said.",
    ],
)
def test_a_denial_in_any_form_denies_the_event_of_the_denied_agent(read: Readings, text: str) -> None:
    claim = read.one("enter", text, "sudan")
    assert (claim.source, denied(claim), claim.agent, where(claim)) == (SAF, True, RSF, "El Obeid")
    assert (claim.stance, claim.certainty) == (Stance.DENIES, Certainty.CERTAIN)


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ("shelling", "The RSF denied shelling El Fasher."),
        ("capture", "The army denied the fall of El Fasher."),
        ("capture", "The army dismissed reports of the fall of El Fasher as propaganda."),
        ("capture", "The army said talk of the capture of El Fasher was nonsense."),
        ("withdraw", "The army denied having withdrawn from El Fasher."),
    ],
)
def test_a_denied_deed_or_noun_is_denied(read: Readings, event: str, text: str) -> None:
    claim = read.one(event, text, "sudan")
    assert (denied(claim), where(claim)) == (True, "El Fasher")


def test_to_deny_losing_control_is_to_say_that_one_holds(read: Readings) -> None:
    claim = read.one("hold", "The army denied losing control of Wad Madani.", "sudan")
    assert (claim.agent, denied(claim), where(claim)) == (SAF, False, "Wad Madani")


@pytest.mark.parametrize(
    "text",
    ["The army lost control of Wad Madani, the RSF said.", "The army no longer controls Wad Madani, the RSF said."],
)
def test_lost_control_is_a_hold_denied(read: Readings, text: str) -> None:
    claim = read.one("hold", text, "sudan")
    assert (claim.source, claim.agent, denied(claim), where(claim)) == (RSF, SAF, True, "Wad Madani")


def test_a_denier_who_also_asserts_makes_two_claims(read: Readings) -> None:
    text = "The army denied that the RSF had entered El Obeid. It said its troops controlled the city."
    assert denied(read.one("enter", text, "sudan"))
    held = read.one("hold", text, "sudan")
    assert (held.source, held.agent, held.polarity) == (SAF, SAF, Polarity.AFFIRMED)


def test_a_denial_goes_with_what_its_participle_asserts(read: Readings) -> None:
    text = "Ukraine's military denied claims that Selydove had been captured, saying its troops still held the town."
    assert denied(read.one("capture", text, "ukraine"))
    held = read.one("hold", text, "ukraine")
    assert (held.source, held.agent, where(held), denied(held)) == (UKRAINIAN, UKRAINIAN, "Selydove", False)


def test_one_sentence_can_affirm_one_event_and_deny_another(read: Readings) -> None:
    text = "Russian troops are advancing on Pokrovsk but have not entered the city, the General Staff said."
    advance, enter = read(text, "ukraine")
    assert (advance.event, denied(advance)) == ("advance", False)
    assert (enter.event, denied(enter), enter.agent, where(enter)) == ("enter", True, RUSSIAN, "Pokrovsk")


@pytest.mark.parametrize(
    "denial", ["The army rejected this.", "The army denied this.", "The army denied the claim.", "The army denied it."]
)
def test_a_denial_that_points_back_denies_what_was_just_said(read: Readings, denial: str) -> None:
    told, rejected = read.of("enter", f"Witnesses said RSF fighters had entered El Obeid. {denial}", "sudan")
    assert (told.source, told.polarity) == ("witnesses", Polarity.AFFIRMED)
    assert (rejected.source, denied(rejected), rejected.agent) == (SAF, True, RSF)
    assert rejected.place == told.place


def test_a_denial_that_points_back_takes_no_numbers_along(read: Readings) -> None:
    text = "Emergency Lawyers said the army had shelled Kabkabiya, killing 30 people. The army denied this."
    claims = read.of("shelling", text, "sudan")
    assert [claim.counts == Counts() for claim in claims if denied(claim)] == [True]


def test_denied_responsibility_denies_ones_own_part(read: Readings) -> None:
    text = "Residents said shells had hit a hospital in El Fasher. The RSF denied responsibility."
    claim = next(claim for claim in read(text, "sudan") if denied(claim))
    assert (claim.source, claim.agent, claim.event, where(claim)) == (RSF, RSF, "shelling", "El Fasher")


def test_a_denial_with_nothing_before_it_claims_nothing(read: Readings) -> None:
    assert read("The army denied this.", "sudan") == ()


@pytest.mark.parametrize(
    "text",
    [
        "The RSF entered El Obeid, the army said.",
        "The RSF managed to enter El Obeid, the army said.",
        "The RSF has entered El Obeid without a fight, the army said.",
        "The RSF has entered El Obeid and the army is not resisting, a resident said.",
    ],
)
def test_what_is_affirmed_is_not_denied(read: Readings, text: str) -> None:
    assert read.one("enter", text, "sudan").polarity is Polarity.AFFIRMED


# ---- certainty -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The Houthis captured Marib.", Certainty.CERTAIN),
        ("The Houthis have reportedly captured Marib.", Certainty.PROBABLE),
        ("The Houthis have apparently captured Marib.", Certainty.PROBABLE),
        ("The Houthis probably captured Marib, analysts said.", Certainty.PROBABLE),
        ("The Houthis appear to have captured Marib.", Certainty.PROBABLE),
        ("Marib is believed to have been captured.", Certainty.PROBABLE),
        ("The Houthis may have captured Marib, an official said.", Certainty.POSSIBLE),
        ("The Houthis might have captured Marib, an official said.", Certainty.POSSIBLE),
        ("If the Houthis take Marib, the war is over.", Certainty.CONDITIONAL),
        ("Should the Houthis take Marib, the war is over.", Certainty.CONDITIONAL),
        ("Were the Houthis to capture Marib, the war would be over.", Certainty.CONDITIONAL),
        ("The war goes on unless the Houthis take Marib.", Certainty.CONDITIONAL),
        ("The capture of Marib would end the war.", Certainty.CONDITIONAL),
        ("The Houthis will capture Marib, their leader said.", Certainty.PLANNED),
        ("The Houthis vowed to capture Marib.", Certainty.PLANNED),
        ("The Houthis threatened to capture Marib.", Certainty.PLANNED),
        ("The Houthis plan to capture Marib.", Certainty.PLANNED),
        ("The Houthis are preparing to capture Marib.", Certainty.PLANNED),
        ("The Houthis are trying to capture Marib.", Certainty.PLANNED),
        ("The Houthis ordered their men to capture Marib.", Certainty.PLANNED),
    ],
)
def test_words_around_an_event_say_how_sure_it_is(read: Readings, text: str, certainty: Certainty) -> None:
    claim = read.one("capture", text)
    assert (claim.certainty, claim.polarity) == (certainty, Polarity.AFFIRMED)


def test_the_future_in_the_past_is_a_plan_and_no_condition(read: Readings) -> None:
    claim = read.one("withdraw", "The army said its troops would withdraw from Sinja.", "sudan")
    assert claim.certainty is Certainty.PLANNED


@pytest.mark.parametrize("text", ["The Houthis vowed to capture Marib.", "If the Houthis take Marib, all is lost."])
def test_what_has_not_happened_has_no_date(read: Readings, text: str) -> None:
    claim = read.one("capture", text)
    assert (claim.interval.start, claim.interval.end) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The Houthis managed to capture Marib.",
        "The Houthis succeeded in capturing Marib.",
    ],
)
def test_verbs_of_success_change_nothing(read: Readings, text: str) -> None:
    claim = read.one("capture", text)
    assert (claim.certainty, claim.polarity, claim.agent) == (Certainty.CERTAIN, Polarity.AFFIRMED, "Houthis")
